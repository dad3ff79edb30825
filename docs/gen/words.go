package main

import (
	"strings"

	"thidua/templates/wording"
)

// words lists the texts an office may say its own way.
func words() *page {
	w := newPage("Wording of papers and letters",
		"Every text of papers and letters that an office may say its own way. Put `wording.yaml` into the plan's "+
			"folder "+
			"(or fill the sheet “Câu chữ riêng” of the plan's workbook):\n\n```yaml\nwording:\n  - key: letter.dear\n "+
			"   text: \"Kính gửi: {{.name}}\"\n```\n\n"+
			"A text is a Go template. Its fields are those named beside the text, written {{.name}}; `{{if .name}} … "+
			"{{else}} … {{end}}` and `{{with .name}} … {{end}}` may be used, "+
			"nothing else. `thidua plan lint` names a key that does not exist, a field a text does not have, and a "+
			"template that cannot be read. "+
			"The folder's hash covers this file: every paper says from which words it was made.\n")
	group := ""
	for _, key := range wording.Keys() {
		if !wording.Mine(key) {
			continue
		}
		part := strings.Join(strings.SplitN(key, ".", 3)[:2], ".")
		if part != group {
			group = part
			w.line("\n## %s", group)
			w.table("Key", "Text", "Fields")
		}
		fields := ""
		if names := wording.Placeholders(key); len(names) > 0 {
			fields = "`{{." + strings.Join(names, "}}`, `{{.") + "}}`"
		}
		w.row("`"+key+"`", raw(key), fields)
	}
	return w
}

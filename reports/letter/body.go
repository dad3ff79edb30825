package letter

import (
	"html"
	"slices"
	"strings"
	"unicode/utf8"
)

// Body is the content of a letter, written once and rendered as text and as HTML, so that both say
// the same.
type Body struct{ blocks []block }

type block struct {
	kind  blockKind
	text  string
	heads []string
	rows  [][]string
	tones []string // of rows: must, should or ""
	left  int      // rows that were left out
}

type blockKind uint8

const (
	paraBlock blockKind = iota
	titleBlock
	headingBlock
	factsBlock // two columns: name, value
	tableBlock
	boxBlock // what to do next
)

// Title adds the title.
func (b *Body) Title(s string) { b.blocks = append(b.blocks, block{kind: titleBlock, text: s}) }

// Heading adds a heading.
func (b *Body) Heading(s string) { b.blocks = append(b.blocks, block{kind: headingBlock, text: s}) }

// Para adds a paragraph.
func (b *Body) Para(s string) { b.blocks = append(b.blocks, block{kind: paraBlock, text: s}) }

// Box adds what is to be done next, set apart.
func (b *Body) Box(s string) { b.blocks = append(b.blocks, block{kind: boxBlock, text: s}) }

// Facts adds name and value pairs; pairs with an empty value are left out.
func (b *Body) Facts(pairs ...string) {
	var rows [][]string
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			rows = append(rows, []string{pairs[i], pairs[i+1]})
		}
	}
	b.blocks = append(b.blocks, block{kind: factsBlock, rows: rows})
}

// Table adds a list whose first column is a number. A column that no row fills is left out.
func (b *Body) Table(heads []string, rows [][]string, tones []string) {
	heads, rows = slices.Clone(heads), slices.Clone(rows)
	for col := len(heads) - 1; col > 0; col-- {
		if slices.ContainsFunc(rows, func(row []string) bool { return col < len(row) && row[col] != "" }) {
			continue
		}
		heads = slices.Delete(heads, col, col+1)
		for i, row := range rows {
			if col < len(row) {
				rows[i] = slices.Delete(slices.Clone(row), col, col+1)
			}
		}
	}
	b.blocks = append(b.blocks, block{kind: tableBlock, heads: heads, rows: rows, tones: tones})
}

// entry is a row of a table as text: its number, then each cell below its title, as a phone shows
// it.
func (k block) entry(row []string) string {
	var number string
	var parts []string
	for i, c := range row {
		switch {
		case c == "":
		case i == 0:
			number = c + ". "
		case i < len(k.heads):
			parts = append(parts, k.heads[i]+": "+c)
		default:
			parts = append(parts, c)
		}
	}
	return number + strings.Join(parts, "\n")
}

const textWidth = 92

// Text renders the body for mail programs without HTML.
func (b *Body) Text() string {
	var out strings.Builder
	for _, k := range b.blocks {
		switch k.kind {
		case titleBlock:
			out.WriteString(strings.ToUpper(k.text) + "\n\n")
		case headingBlock:
			out.WriteString(k.text + "\n" + strings.Repeat("-", min(utf8.RuneCountInString(k.text), textWidth)) + "\n")
		case boxBlock:
			out.WriteString(wrap("» "+k.text, "  ") + "\n\n")
		case factsBlock:
			for _, r := range k.rows {
				out.WriteString(wrap("- "+r[0]+": "+r[1], "  ") + "\n")
			}
			out.WriteString("\n")
		case tableBlock:
			for _, r := range k.rows {
				out.WriteString(wrap(k.entry(r), "   ") + "\n")
			}
			out.WriteString("\n")
		default:
			out.WriteString(wrap(k.text, "") + "\n\n")
		}
	}
	return strings.TrimRight(out.String(), "\n") + "\n"
}

// wrap breaks lines at spaces; continuation lines are indented.
func wrap(s, indent string) string {
	var out []string
	for i, line := range strings.Split(s, "\n") {
		cur := ""
		if i > 0 {
			cur = indent
		}
		start := true
		for _, w := range strings.Fields(line) {
			if !start && utf8.RuneCountInString(cur)+1+utf8.RuneCountInString(w) > textWidth {
				out = append(out, cur)
				cur, start = indent, true
			}
			if !start {
				cur += " "
			}
			cur += w
			start = false
		}
		out = append(out, cur)
	}
	return strings.Join(out, "\n")
}

// The look of a letter: system serif, no images, nothing loaded, readable on a phone and in dark
// mode. Tables have rules also where a mail program leaves the style sheet out.
const (
	htmlHead = `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" ` +
		`content="width=device-width,initial-scale=1">` +
		`<meta name="color-scheme" content="light dark"><style>` +
		`body{font:16px/1.5 "Times New Roman",Tinos,"Liberation Serif",serif;max-width:860px;margin:0 ` +
		`auto;padding:16px;color:#111;background:#fff}` +
		`h1{font-size:20px;text-align:center;margin:.4em 0 .8em}h2{font-size:17px;margin:1.2em 0 .4em;color:#1f3864}` +
		`table{border-collapse:collapse;width:100%;margin:.5em 0}th,td{border:1px solid #999;padding:5px ` +
		`7px;text-align:left;vertical-align:top;overflow-wrap:break-word}.facts td{overflow-wrap:anywhere}` +
		`th{background:#dce6f1}td.n{width:2.2em;text-align:center}.facts ` +
		`th{width:34%;font-weight:normal;background:#f3f6fa}` +
		`.must td:nth-child(3){background:#f8cbad;font-weight:bold}.should td:nth-child(3){background:#fff2cc}` +
		`.box{border-left:5px solid #1f3864;background:#f3f6fa;padding:10px 14px;margin:1em 0}` +
		`@media (prefers-color-scheme:dark){body{color:#eee;background:#1c1c1c}h2{color:#9dc3f5}` +
		`th{background:#2b3a4d}.facts th,.box{background:#262d36}` +
		`.must td:nth-child(3){background:#7a3218}.should ` +
		`td:nth-child(3){background:#66571b}.box{border-left-color:#9dc3f5}}` +
		`@media (max-width:560px){.list thead{display:none}.list tr{display:block;border:1px solid ` +
		`#999;margin:.6em 0}.list td{display:block;border:0;width:auto!important;text-align:left!important}` +
		`.list{border:0}.list td:empty{display:none}.list td.n{background:#dce6f1;font-weight:bold}.list ` +
		`td[data-h]::before{content:attr(data-h) ": ";font-weight:bold}}` +
		`@media (max-width:560px) and (prefers-color-scheme:dark){.list td.n{background:#2b3a4d}}` +
		`</style></head><body>`
	htmlFoot = `</body></html>`
)

// Html renders the body for mail programs that show HTML.
func (b *Body) HTML() string {
	var out strings.Builder
	out.WriteString(htmlHead)
	esc := func(s string) string { return strings.ReplaceAll(html.EscapeString(s), "\n", "<br>") }
	for _, k := range b.blocks {
		switch k.kind {
		case titleBlock:
			out.WriteString("<h1>" + esc(k.text) + "</h1>")
		case headingBlock:
			out.WriteString("<h2>" + esc(k.text) + "</h2>")
		case boxBlock:
			out.WriteString(`<div class="box">` + esc(k.text) + "</div>")
		case factsBlock:
			out.WriteString(`<table class="facts" border="1" cellpadding="5" cellspacing="0">`)
			for _, r := range k.rows {
				out.WriteString("<tr><th>" + esc(r[0]) + "</th><td>" + esc(r[1]) + "</td></tr>")
			}
			out.WriteString("</table>")
		case tableBlock:
			out.WriteString(`<table class="list" border="1" cellpadding="5" cellspacing="0"><thead><tr>`)
			for _, h := range k.heads {
				out.WriteString("<th>" + esc(h) + "</th>")
			}
			out.WriteString("</tr></thead><tbody>")
			for i, r := range k.rows {
				out.WriteString("<tr")
				if i < len(k.tones) && k.tones[i] != "" {
					out.WriteString(` class="` + k.tones[i] + `"`)
				}
				out.WriteString(">")
				for j, c := range r {
					switch {
					case j == 0:
						out.WriteString(`<td class="n">` + esc(c) + "</td>")
					case j < len(k.heads):
						out.WriteString(`<td data-h="` + esc(k.heads[j]) + `">` + esc(c) + "</td>")
					default:
						out.WriteString("<td>" + esc(c) + "</td>")
					}
				}
				out.WriteString("</tr>")
			}
			out.WriteString("</tbody></table>")
		default:
			out.WriteString("<p>" + esc(k.text) + "</p>")
		}
	}
	out.WriteString(htmlFoot)
	return out.String()
}

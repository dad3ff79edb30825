package reports

import (
	"strings"

	"thidua/reports/document"
)

// overrides lists the rulings of the standing office that changed something in this evaluation, each with its ground and what it changed.
// Where none did nothing is written.
func (d *draft) overrides() {
	var items []string
	for _, o := range d.Result.Overrides {
		if len(o.Effects) > 0 {
			items = append(items, d.words.Text("paper.overrides.item", "text", o.Text, "ground", o.Ground, "effects", strings.Join(o.Effects, " ")))
		}
	}
	if len(items) == 0 {
		return
	}
	d.heading(2, d.words.Text("paper.overrides", "office", d.Plan.Office.Name))
	d.add(document.BulletList{Items: items})
}

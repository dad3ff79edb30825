package council

import (
	"strings"

	"thidua/reports/document"
	"thidua/templates/finding"
)

// overrides lists the rulings of the standing office that changed something in this evaluation,
// each with its ground and what it changed. Where none did nothing is written.
func (d sheet) overrides() {
	var items []string
	for _, o := range d.Result.Overrides {
		if len(o.Effects) > 0 {
			effects := strings.TrimRight(strings.Join(o.Effects, "; "), ". ")
			// A judgement quotes the ruling that stands in the same sentence already.
			effects = strings.ReplaceAll(effects, d.Text("paper.overrides.quoted", "ruling", o.Ground),
				d.Text("paper.overrides.same"))
			items = append(items, d.Text("paper.overrides.item", "text", o.Text, "ground", o.Ground, "effects",
				effects))
		}
	}
	if len(items) == 0 {
		return
	}
	d.Heading(2, d.Text("paper.overrides", "office", d.Plan.Office.Name))
	d.Add(document.BulletList{Items: items})
}

// proveFinding notes for the control sheet in which cell a finding was read.
func (d sheet) proveFinding(f finding.Finding) {
	if f.Sheet != "" {
		d.Prove(d.Text("paper.control.finding", "where", f.Where(), "message", f.Message))
	}
}

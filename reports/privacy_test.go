package reports_test

import (
	"strings"
	"testing"

	"thidua/reports"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// everything is all that any renderer may show of a paper, what only workbooks have room for included.
func everything(p paper.Paper) string {
	all := p.Document.Texts()
	for _, b := range p.Document.Blocks {
		if t, ok := b.(document.Table); ok {
			for _, r := range t.Rows {
				for _, c := range r.Cells {
					all = append(all, c.Whole)
				}
			}
		}
	}
	return strings.Join(all, "\n")
}

// What goes to other units names no date of birth and no breach of discipline, whatever the dossiers say; the bulletin names nobody at all.
func TestPapersForUnitsKeepWhatIsPrivate(t *testing.T) {
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			sources := s.build(t)
			var born, names []string
			for _, x := range sources.Data.Submissions {
				if d, ok := x.Value.(*templates.Dossier); ok {
					for i := range d.Individuals {
						p := &d.Individuals[i]
						if day, ok := (form.Value{Text: p.Born.Text}).Date(); ok {
							born = append(born, day.Short(), day.String())
						}
						names = append(names, p.Name.Text)
					}
				}
			}
			for _, u := range sources.Plan.Units {
				names = append(names, u.Name)
			}
			made := 0
			for _, n := range reports.Names() {
				p := make1(t, n.Name, sources)
				if p.Audience != plan.ToUnits && p.Audience != plan.ToMissingUnits {
					continue
				}
				made++
				text := everything(p)
				for _, b := range born {
					if strings.Contains(text, b) && len(b) > 4 {
						t.Errorf("%s tells the date of birth %s", n.Name, b)
					}
				}
				for _, w := range []string{"kỷ luật", "Kỷ luật", "kiểm điểm", "phản ánh đến"} {
					if strings.Contains(text, w) {
						t.Errorf("%s speaks of discipline: %q", n.Name, w)
					}
				}
				if n.Name != "bulletin" {
					continue
				}
				for _, name := range names {
					if name != sources.Plan.Office.Name && strings.Contains(text, name) {
						t.Errorf("the bulletin names %q", name)
					}
				}
			}
			if made < 4 {
				t.Errorf("only %d papers are for units", made)
			}
		})
	}
}

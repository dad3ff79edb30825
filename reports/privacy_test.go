package reports_test

import (
	"strings"
	"testing"

	"thidua/evaluate"
	"thidua/reports"
	"thidua/reports/award"
	"thidua/reports/council"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/round/roundtest"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// everything is all that any renderer may show of a paper, what only workbooks have room for
// included.
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

// What goes to other units names no date of birth and no breach of discipline, whatever the
// dossiers say; the bulletin names nobody at all.
func TestPapersForUnitsKeepWhatIsPrivate(t *testing.T) {
	for _, s := range roundtest.Kinds() {
		t.Run(s.Name, func(t *testing.T) {
			sources := s.Make(t)
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

// Which paper may go to whom: a paper that goes beyond the Council, and above all to units, names
// no date of birth, no breach and no ground.
func TestWhoMayReadWhat(t *testing.T) {
	s := roundtest.Normal(t)
	private := []string{"Biên bản kiểm điểm về giờ giấc", "05/10/1972", "1972-10-05"}
	grounds := []string{"Không đủ tiêu chuẩn", "Không đủ tỷ lệ phiếu", "kỷ luật, kỷ cương"}
	for _, n := range reports.Names() {
		p := make1(t, n.Name, s)
		text := strings.Join(p.Document.Texts(), "\n")
		for _, secret := range private {
			if p.Audience != plan.ToCouncil && strings.Contains(text, secret) {
				t.Errorf("%s goes to %s and says %q", n.Name, p.Audience, secret)
			}
		}
		for _, ground := range grounds {
			if (p.Audience == plan.ToUnits || p.Audience == plan.ToMissingUnits) && strings.Contains(text, ground) {
				t.Errorf("%s goes to %s and says %q", n.Name, p.Audience, ground)
			}
		}
	}
	docket := strings.Join(make1(t, "docket", s).Document.Texts(), "\n")
	for _, secret := range private[:2] {
		if !strings.Contains(docket, secret) {
			t.Errorf("the docket does not say %q", secret)
		}
	}
	for _, u := range s.Plan.Units {
		p, err := award.UnitNotice().MakeOf(u.Code, s)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(p.Document.Texts(), "\n")
		for _, v := range s.Result.Verdicts {
			if v.Nominee.Unit != u.Code && v.Nominee.Kind == evaluate.Individual &&
				strings.Contains(text, v.Nominee.Name+", "+v.Nominee.UnitName) {
				t.Errorf("the notice to %s speaks of %s", u.Code, v.Nominee.Name)
			}
		}
	}
	if _, err := council.Docket().MakeOf("05431", s); err == nil {
		t.Error("a unit got a docket of its own")
	}
}

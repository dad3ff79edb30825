package unitpaper_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thidua/ingest/submission"
	"thidua/reports/document/documenttest"
	"thidua/reports/round"
	"thidua/reports/round/roundtest"
	"thidua/reports/unitpaper"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
)

// dossierOf returns the first dossier of a scenario, the one with most nominees in it.
func dossierOf(t *testing.T, s round.Sources) submission.Submission {
	t.Helper()
	best, most := submission.Submission{}, -1
	for _, x := range s.Data.Submissions {
		if d, ok := x.Value.(*templates.Dossier); ok && len(d.Collectives)+len(d.Individuals) > most {
			best, most = x, len(d.Collectives)+len(d.Individuals)
		}
	}
	return best
}

// sentCases are workbooks a unit may have sent, by the year they come from.
func sentCases(t *testing.T) map[string]func() (round.Sources, submission.Submission) {
	t.Helper()
	return map[string]func() (round.Sources, submission.Submission){
		"normal": func() (round.Sources, submission.Submission) {
			s := roundtest.MakeNormal(t)
			return s, dossierOf(t, s)
		},
		"overfull": func() (round.Sources, submission.Submission) {
			s := roundtest.MakeOverfull(t)
			return s, dossierOf(t, s)
		},
		"empty": func() (round.Sources, submission.Submission) { // accepted, and nothing in it but the unit
			y := roundtest.New(t, "2018")
			y.Send("05452", templates.DossierForm.ID, roundtest.At(12, 20, 8), submission.Accepted, &templates.Dossier{
				Proposal: templates.Proposal{SignerTitle: form.Of("Phó Chủ tịch UBND phường")},
				Reports:  []templates.AchievementReport{{Kind: form.Of(templates.KindCollective)}},
			})
			s := y.Sources(roundtest.At(13, 15, 8))
			return s, s.Data.Submissions[0]
		},
		"tofix": func() (round.Sources, submission.Submission) {
			y := roundtest.New(t, "2018")
			y.Send("PB03", templates.DossierForm.ID, roundtest.At(12, 20, 8), submission.ToFix,
				&templates.Dossier{Proposal: templates.Proposal{Contact: form.Of("Lê Thị Mẫu")}},
				finding.New(finding.NobodyProposed, finding.At{}),
				finding.New(finding.CountsDiffer, finding.At{Sheet: "TỜ TRÌNH", Cell: "C14"}, "field", "số tập thể",
					"read", 3, "want", 0))
			s := y.Sources(roundtest.At(13, 15, 8))
			return s, s.Data.Submissions[0]
		},
		"returned": func() (round.Sources, submission.Submission) {
			y := roundtest.New(t, "2018")
			x := y.Send("05452", "", roundtest.At(12, 20, 8), submission.ToFix, nil,
				finding.New(finding.NotWorkbook, finding.At{}))
			x.Form, x.Value, x.File = "", nil, "ho so scan.pdf"
			s := y.Sources(roundtest.At(13, 15, 8))
			return s, s.Data.Submissions[0]
		},
	}
}

func TestPapersOfAUnitReadAsRecorded(t *testing.T) {
	if testing.Short() {
		t.Skip("short: draws every paper twice")
	}
	for name, build := range sentCases(t) {
		t.Run(name, func(t *testing.T) {
			s, sent := build()
			s2, sent2 := build() // everything made anew
			for _, n := range unitpaper.Names() {
				paper, ok, err := unitpaper.Make(n.Name, s.Plan, sent, s.Data, calendar.DateOf(s.Data.AsOf))
				if err != nil {
					t.Fatal(err)
				}
				got := "none\n"
				if ok {
					got = roundtest.Dump(paper)
				}
				if strings.Contains(got, "⟦") {
					t.Errorf("%s has a text without words", n.Name)
				}
				file := filepath.Join("testdata", name, n.Name+".txt")
				documenttest.Golden(t, file, got)
				again := paper
				if ok {
					if again, _, err = unitpaper.Make(n.Name, s2.Plan, sent2, s2.Data,
						calendar.DateOf(s2.Data.AsOf)); err != nil {
						t.Fatal(err)
					}
				}
				for _, f := range paper.Formats {
					b, err := paper.Render(f)
					if err != nil {
						t.Fatal(err)
					}
					second, err := again.Render(f)
					if err != nil {
						t.Fatal(err)
					}
					if !bytes.Equal(b, second) {
						t.Errorf("%s as %s is not the same twice", n.Name, f)
					}
					if dir := os.Getenv("PAPERS_DIR"); dir != "" {
						_ = os.WriteFile(filepath.Join(dir, fmt.Sprintf("unit-%s-%s.%s", name, n.Name, f)), b, 0o644)
					}
				}
			}
		})
	}
}

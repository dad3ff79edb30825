package reports_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thidua/reports"
	"thidua/reports/document/documenttest"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/reports/round/roundtest"
	"thidua/templates"
)

func TestPapersReadAsRecorded(t *testing.T) {
	for _, s := range roundtest.Kinds() {
		t.Run(s.Name, func(t *testing.T) {
			sources := s.Make(t)
			for _, n := range reports.Names() {
				paper, err := reports.Make(n.Name, sources)
				if err != nil {
					t.Fatal(err)
				}
				got := roundtest.Dump(paper)
				if strings.Contains(got, "⟦") {
					t.Errorf("%s has a text without words", n.Name)
				}
				file := filepath.Join("testdata", s.Name, n.Name+".txt")
				documenttest.Golden(t, file, got)
			}
		})
	}
}

func TestEveryFormatIsWrittenTheSameTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("short: draws every paper twice")
	}
	for _, s := range roundtest.Kinds() {
		t.Run(s.Name, func(t *testing.T) {
			one, other := s.Make(t), s.Make(t)
			for _, n := range reports.Names() {
				first, second := make1(t, n.Name, one), make1(t, n.Name, other)
				for _, f := range first.Formats {
					a, err := first.Render(f)
					if err != nil {
						t.Fatal(err)
					}
					b, err := second.Render(f)
					if err != nil {
						t.Fatal(err)
					}
					if !bytes.Equal(a, b) {
						t.Errorf("%s as %s is not the same twice", n.Name, f)
					}
					if dir := os.Getenv("PAPERS_DIR"); dir != "" {
						_ = os.WriteFile(filepath.Join(dir, s.Name+"-"+first.Name+"."+string(f)), a, 0o644)
					}
				}
			}
		})
	}
}

func make1(t *testing.T, name string, s round.Sources) paper.Paper {
	t.Helper()
	p, err := reports.Make(name, s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestUnknownPaperAndForeignSourcesAreRefused(t *testing.T) {
	s := roundtest.Empty(t)
	if _, err := reports.Make("horoscope", s); err == nil {
		t.Error("a paper that does not exist was made")
	}
	s.Result.Period = "2019"
	if _, err := reports.Make("docket", s); err == nil {
		t.Error("a paper was made from the evaluation of another period")
	}
	p := make1(t, "ballots", roundtest.Empty(t))
	if _, err := p.Render(paper.XLSX); err == nil {
		t.Error("a ballot was written as a workbook")
	}
}

func TestOccasionsAskForPapersThatAreMade(t *testing.T) {
	made := map[string]bool{"reminder": true}
	for _, n := range reports.Names() {
		made[n.Name] = true
	}
	for _, o := range roundtest.New(t, "2018").Plan.Occasions {
		for _, name := range o.Papers {
			form, isForm := strings.CutPrefix(name, "form-")
			if _, known := templates.Lookup(form); !made[name] && !(isForm && known) {
				t.Errorf("%s asks for %q, which nobody makes", o.ID, name)
			}
		}
	}
}

func TestEveryPeriodOfThePlanHasItsPapers(t *testing.T) {
	for _, per := range roundtest.New(t, "2018").Plan.Periods {
		t.Run(per.ID, func(t *testing.T) {
			y := roundtest.New(t, per.ID)
			u := y.Plan.Units[0]
			y.Dossier(u.Code, roundtest.At(12, 20, 9), 3, []string{u.Name}, []roundtest.Person{roundtest.Someone(1)})
			s := y.Sources(roundtest.At(13, 10, 9))
			for _, n := range reports.Names() {
				p := make1(t, n.Name, s)
				if text := strings.Join(p.Document.Texts(), "\n"); strings.Contains(text, "⟦") {
					t.Errorf("%s has a text without words", n.Name)
				}
				if _, err := p.Render(p.Formats[0]); err != nil {
					t.Error(err)
				}
				if p.File != strings.ToLower(p.File) || strings.ContainsAny(p.File, " /đ") {
					t.Errorf("file name %q", p.File)
				}
			}
		})
	}
}

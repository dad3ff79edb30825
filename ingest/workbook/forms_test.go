package workbook_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thidua/ingest/ooxml"
	"thidua/ingest/workbook"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/plan"
	"thidua/templates/reader"
	"thidua/templates/xlsx"
)

// freeze writes the sample of every form version that has none yet. A sample that exists is never
// touched: it stands for the files that units filled in when that version was current.
var freeze = flag.Bool("freeze", false, "write the frozen samples that are missing")

const frozen = "../../templates/testdata/frozen"

func thePlan(t testing.TB) *plan.Plan {
	t.Helper()
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// round is the period a form is filled in for.
func round(t testing.TB, f *form.Form) plan.Period {
	t.Helper()
	first, ok := thePlan(t).AnnualPeriod(2018)
	if !ok {
		t.Fatal("no annual round of 2018")
	}
	per, _ := templates.PeriodOf(thePlan(t), f, "", first)
	return per
}

// example fills every field of a form with its own example: one row in every table.
func example(t testing.TB, f *form.Form, ctx form.Context) any {
	t.Helper()
	value := f.New()
	for _, b := range f.Blocks() {
		rec := value
		if b.Kind == form.TableBlock {
			rec = b.Append(value)
		}
		for _, x := range b.Fields {
			if x.Example == "" {
				t.Errorf("%s.%s.%s has no example", f.ID, b.Key, x.Key)
			}
			p := x.Parse("", grid.Cell{Row: 1, Col: 1, Kind: grid.Text, Text: ctx.Example(x)}, false, ctx)
			for _, found := range p.Findings {
				t.Errorf("%s.%s.%s refuses its example %q: %s", f.ID, b.Key, x.Key, x.Example, found.Message)
			}
			*x.At(rec) = form.Value{Text: p.Value.Text}
		}
	}
	settle(value)
	return value
}

// settle makes the examples of a form agree with each other where its rules ask for it.
func settle(value any) {
	both := func(p *templates.Proposal) { p.Collectives, p.Individuals = form.OfInt(1), form.OfInt(1) }
	dossier := func(p *templates.Proposal, reports *[]templates.AchievementReport, votes *[]templates.UnitVote) {
		both(p)
		r, v := (*reports)[0], (*votes)[0]
		r.Kind, r.Name = v.Kind, v.Name
		v.Kind, v.Name = (*reports)[0].Kind, (*reports)[0].Name
		*reports, *votes = append(*reports, r), append(*votes, v)
	}
	switch v := value.(type) {
	case *templates.Dossier:
		dossier(&v.Proposal, &v.Reports, &v.Votes)
	case *templates.StageDossier:
		dossier(&v.Proposal, &v.Reports, &v.Votes)
	case *templates.AdHocProposal:
		both(&v.Proposal)
	case *templates.Votes:
		v.Individuals[0].Agree = v.Session.IndividualValid
	}
}

// filled is the workbook of a form with its examples.
func filled(t testing.TB, f *form.Form, value any) []byte {
	t.Helper()
	per := round(t, f)
	h := xlsx.Heading{Superior: "UBND THÀNH PHỐ THÁI NGUYÊN", Issuer: "UBND phường Tân Thịnh",
		Plan: "Kế hoạch số 31/KH-UBND ngày 27/02/2018", Period: strings.ToLower(per.Title), Office: "Phòng Nội vụ"}
	b, err := xlsx.Write(f, h, templates.Context(thePlan(t), per, ""), value)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func musts(r *form.Reading) []string {
	var out []string
	for _, f := range r.Findings {
		if f.Level == finding.Must {
			out = append(out, fmt.Sprintf("%s %s: %s", f.Code, f.Where(), f.Message))
		}
	}
	return out
}

func TestEveryFormReadsBackWhatWasWritten(t *testing.T) {
	for _, f := range templates.Forms() {
		t.Run(f.ID, func(t *testing.T) {
			per := round(t, f)
			ctx := templates.Context(thePlan(t), per, "")
			value := example(t, f, ctx)
			w, err := ooxml.Read(filled(t, f, value), ooxml.DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			g, stamp, ok := reader.Identify(w, templates.Forms())
			if !ok || g != f || stamp.Period != per.ID || stamp.Version != f.Version {
				t.Fatalf("identified as %v, %+v", g, stamp)
			}
			r := reader.Read(f, stamp, w, ctx)
			for _, m := range musts(r) {
				t.Error(m)
			}
			for _, b := range f.Blocks() {
				if n := b.Len(r.Value); n != b.Len(value) {
					t.Fatalf("%s: %d rows, want %d", b.Key, n, b.Len(value))
				}
				for i := range b.Len(value) {
					for _, x := range b.Fields {
						if got, want := x.At(b.Record(r.Value, i)).Text, x.At(b.Record(value, i)).Text; got != want {
							t.Errorf("%s.%s row %d: read %q, wrote %q", b.Key, x.Key, i, got, want)
						}
					}
				}
			}
		})
	}
}

// Without our markers a form is known by its headers, and a form that shares columns with it is not
// taken for it.
func TestEveryFormIsKnownByItsHeaders(t *testing.T) {
	for _, f := range templates.Forms() {
		t.Run(f.ID, func(t *testing.T) {
			w, err := ooxml.Read(filled(t, f, example(t, f, templates.Context(thePlan(t), round(t, f), ""))),
				ooxml.DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			w.Names, w.Properties = nil, nil
			if g, stamp, ok := reader.Identify(w, templates.Forms()); !ok || g != f || stamp.Form != "" {
				t.Errorf("identified as %v by %+v", g, stamp)
			}
		})
	}
}

func TestFormsOfARoundOfTheirOwnFindIt(t *testing.T) {
	p := thePlan(t)
	season, _ := p.AnnualPeriod(2019)
	for _, c := range []struct {
		form    *form.Form
		stamped string
		want    string
		stated  bool
	}{
		{templates.DossierForm, "2018", "2018", true},
		{templates.DossierForm, "", "2019", false},
		{templates.DossierForm, "1999", "2019", false},
		{templates.StageForm, "2018-2020", "2018-2020", true},
		{templates.StageForm, "2018", "2018-2020", false},
		{templates.StageForm, "", "2018-2020", false},
		{templates.AdHocForm, "", "dot-xuat", false},
		{templates.VotesForm, "2018-2020", "2018-2020", true},
		{templates.OutreachForm, "2018", "2018", true},
	} {
		if per, stated := templates.PeriodOf(p, c.form, c.stamped, season); per.ID != c.want || stated != c.stated {
			t.Errorf("%s stamped %q: %s, stated %v; want %s, %v", c.form.ID, c.stamped, per.ID, stated, c.want,
				c.stated)
		}
	}
}

func TestAFormThatNamesAnotherRoundThanItsStampIsAsked(t *testing.T) {
	p := *thePlan(t)
	later := plan.Period{ID: "2021-2025", Kind: plan.Stage, Title: "Giai đoạn 2021 - 2025", From: p.Periods[0].From,
		To: p.Periods[0].To, Years: []int{2021}}
	p.Periods = append(append([]plan.Period{}, p.Periods...), later)
	ctx := templates.Context(&p, round(t, templates.StageForm), "")
	value := example(t, templates.StageForm, ctx).(*templates.StageDossier)
	value.Stage = form.Of(later.Title)
	season, _ := p.AnnualPeriod(2020)
	r := workbook.Read(&p, season, "x.xlsx", filled(t, templates.StageForm, value), "")
	if m := musts(r.Reading); len(m) != 1 || !strings.HasPrefix(m[0], string(finding.WrongYear)) ||
		!strings.Contains(m[0], "Giai đoạn") {
		t.Errorf("%q", m)
	}
}

func TestFrozenFormsAreStillRead(t *testing.T) {
	if *freeze {
		for _, f := range templates.Forms() {
			name := filepath.Join(frozen, fmt.Sprintf("%s-v%d.xlsx", f.ID, f.Version))
			if _, err := os.Stat(name); err == nil {
				continue
			}
			if err := os.WriteFile(name, filled(t, f, example(t, f, templates.Context(thePlan(t), round(t, f), ""))),
				0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, f := range templates.Forms() {
		for version := 1; version <= f.Version; version++ {
			name := fmt.Sprintf("%s-v%d.xlsx", f.ID, version)
			t.Run(name, func(t *testing.T) {
				b, err := os.ReadFile(filepath.Join(frozen, name))
				if err != nil {
					t.Fatal(err)
				}
				r := workbook.Read(thePlan(t), round(t, f), name, b, f.ID)
				if r.Reading.Form != f || r.Reading.Stamp.Version != version || r.Period.ID != round(t, f).ID {
					t.Fatalf("read as %v, %+v, for %s", r.Reading.Form, r.Reading.Stamp, r.Period.ID)
				}
				for _, m := range musts(r.Reading) {
					t.Error(m)
				}
				if n := r.Reading.Rows; n.Read == 0 || n.Accepted != n.Read {
					t.Errorf("rows %+v", n)
				}
			})
		}
	}
}

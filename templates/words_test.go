package templates_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/plan"
)

// of is a copy of the built-in plan, changed.
func of(t *testing.T, edit func(*plan.Plan)) *plan.Plan {
	t.Helper()
	p, err := plan.Load(plan.BuiltIn())
	if err != nil {
		t.Fatal(err)
	}
	edit(p)
	return p
}

// stages replaces the plan's stage by others, of these first and last years.
func stages(of ...[2]int) func(*plan.Plan) {
	return func(p *plan.Plan) {
		p.Periods = slices.DeleteFunc(p.Periods, func(x plan.Period) bool { return x.Kind == plan.Stage })
		for _, s := range of {
			per := plan.Period{
				ID: fmt.Sprintf("%d-%d", s[0], s[1]), Kind: plan.Stage, Title: fmt.Sprintf("Giai đoạn %d - %d", s[0],
					s[1]),
				From: calendar.Date{Year: s[0], Month: 1, Day: 1}, To: calendar.Date{Year: s[1], Month: 12, Day: 31},
			}
			for y := s[0]; y <= s[1]; y++ {
				per.Years = append(per.Years, y)
			}
			p.Periods = append(p.Periods, per)
		}
	}
}

// The dossier of a stage has a column for each year of the plan's stage and no other, whichever
// years they are (Plan III.1.2).
func TestIII_1_2_TheDossierOfAStageHasThePlansOwnYears(t *testing.T) {
	for _, c := range []struct {
		stages [][2]int
		in     string
		want   []int
	}{
		{[][2]int{{2018, 2020}}, "2018-2020", []int{2018, 2019, 2020}},
		{[][2]int{{2021, 2025}}, "2021-2025", []int{2021, 2022, 2023, 2024, 2025}},
		{[][2]int{{2026, 2027}}, "2026-2027", []int{2026, 2027}},
		{[][2]int{{2018, 2020}, {2021, 2022}}, "2021-2022", []int{2021, 2022}},
	} {
		p := of(t, stages(c.stages...))
		per, _ := p.Period(c.in)
		f := templates.Fit(templates.StageForm, p, per)
		if again := templates.Fit(f, p, per); again != f {
			t.Errorf("%s: fitted twice it is another form", c.in)
		}
		if c.in == "2018-2020" && f != templates.StageForm {
			t.Error("under the built-in plan the form is not the one declared")
		}
		if n := len(slices.DeleteFunc(templates.Fits(p),
			func(f *form.Form) bool { return f.ID != templates.StageForm.ID })); n != len(c.stages) {
			t.Errorf("%v: %d forms for %d stages", c.stages, n, len(c.stages))
		}
		for _, b := range f.Blocks() {
			if b.Key != "collectives" && b.Key != "individuals" {
				continue
			}
			var years []int
			rec := b.Append(f.New())
			for i, x := range b.Fields {
				if strings.HasPrefix(x.Key, "grade") {
					years = append(years, x.InYear)
					if want := fmt.Sprint("Mức độ hoàn thành nhiệm vụ năm ", x.InYear); x.Title != want {
						t.Errorf("%s: %q, want %q", c.in, x.Title, want)
					}
				}
				if i > 0 && b.Fields[i].At(rec) == b.Fields[i-1].At(rec) {
					t.Errorf("%s: %s and the field before it are one", c.in, x.Key)
				}
			}
			if !slices.Equal(years, c.want) {
				t.Errorf("%s, %s: columns of %v, want %v", c.in, b.Key, years, c.want)
			}
		}
	}
	none := of(t, stages())
	if slices.Contains(templates.Used(none), templates.StageForm) {
		t.Error("a plan without a stage uses the dossier of a stage")
	}
}

// Another plan's forms ask for what that plan has, in its words, and their examples are values that
// they take.
func TestFormsSpeakInTheWordsOfTheirPlan(t *testing.T) {
	ward, _ := plan.Embedded("mau-ke-hoach-phuong")
	p, err := plan.Load(ward)
	if err != nil {
		t.Fatal(err)
	}
	for _, per := range p.Periods {
		ctx := templates.Context(p, per, "")
		for _, f := range templates.Used(p) {
			f = ctx.Fitted(f)
			for _, b := range f.Blocks() {
				for _, x := range b.Fields {
					all := strings.Join([]string{f.SheetOf(b.Key).Title, b.Title, x.Title, x.Help, ctx.Example(x)},
						"\n")
					for _, foreign := range []string{"CCHC", "ải cách hành chính", "CẢI CÁCH", "xã, phường", "Nội vụ",
						"Thái Nguyên", "thainguyen", "Tân Thịnh", "05452", "cấp tỉnh", "UBND thành phố"} {
						if strings.Contains(all, foreign) {
							t.Errorf("%s/%s: %s.%s says %q: %s", per.ID, f.ID, b.Key, x.Key, foreign, all)
						}
					}
					read := x.Parse("TRANG", grid.Cell{Row: 10, Col: 2, Kind: grid.Text, Text: ctx.Example(x)}, false,
						ctx)
					if w := finding.Worst(read.Findings); w == finding.Must || w == finding.Should ||
						!read.Value.Given() {
						t.Errorf("%s/%s: %s.%s refuses its example %q: %v", per.ID, f.ID, b.Key, x.Key, ctx.Example(x),
							read.Findings)
					}
				}
			}
		}
	}
}

// A plan that numbers its clauses otherwise reads of its own numbers, in forms, findings and
// letters.
func TestClausesAreCitedByThePlansOwnNumbers(t *testing.T) {
	p := of(t, func(*plan.Plan) {})
	for _, c := range p.Clauses {
		if got := p.Cite(c.Ref); got != c.Ref {
			t.Errorf("the built-in plan cites %s as %s", c.Ref, got)
		}
	}
	files, err := plan.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	numbers := regexp.MustCompile(`((?:ref|clause): )"?(I[IV]*)((?:\.\d)*)"?`)
	for name, raw := range files {
		files[name] = numbers.ReplaceAllFunc(raw, func(m []byte) []byte {
			x := numbers.FindSubmatch(m)
			return fmt.Appendf(nil, "%s\"%d%s\"", x[1],
				map[string]int{"I": 1, "II": 2, "III": 3, "IV": 4}[string(x[2])], x[3])
		})
	}
	if p, err = plan.Decode(files); err != nil {
		t.Fatal(err)
	}
	for _, x := range plan.Lint(p) {
		t.Errorf("the plan in other numbers: %s: %s", x.Where, x.Text)
	}
	if got := p.Words.Text("letter.reminder.due", "plan", "Kế hoạch", "date", "10/3/2018"); !strings.Contains(got,
		"mục 3.4 ") {
		t.Errorf("a reminder says %q", got)
	}
	ctx := templates.Context(p, p.Periods[0], "")
	for _, f := range templates.Used(p) {
		for _, b := range ctx.Fitted(f).Blocks() {
			for _, x := range b.Fields {
				if _, ok := p.Clause(x.Clause); !ok && x.Clause != "" {
					t.Errorf("%s: %s.%s cites %s, which the plan does not have", f.ID, b.Key, x.Key, x.Clause)
				}
			}
		}
	}
	all := templates.Cite(p,
		[]finding.Finding{finding.New(finding.WrongYear, finding.At{}, "field", "x", "read", "2019", "want", "2018")})
	if all[0].Clause != "3.4" {
		t.Errorf("a finding cites %q", all[0].Clause)
	}
}

// Every clause that a form cites tells the forms of one plan from those of another.
func TestFormsOfPlansThatDifferInOneClauseDiffer(t *testing.T) {
	cited := map[string]bool{}
	for _, f := range templates.Forms() {
		for _, b := range f.Blocks() {
			for _, x := range b.Fields {
				cited[x.Clause] = x.Clause != ""
			}
		}
	}
	for ref := range cited {
		p := of(t, func(p *plan.Plan) {
			p.Clauses = slices.DeleteFunc(p.Clauses, func(c plan.Clause) bool { return c.Ref == ref })
		})
		want := p.Cite(ref)
		for _, f := range templates.Fits(p) {
			declared, _ := templates.Lookup(f.ID)
			for i, b := range f.Blocks() {
				for k, x := range b.Fields {
					if was := declared.Blocks()[i].Fields[k]; was.Clause == ref && x.Clause != want {
						t.Errorf("%s: %s.%s cites %s, want %q", f.ID, b.Key, x.Key, x.Clause, want)
					}
				}
			}
		}
	}
}

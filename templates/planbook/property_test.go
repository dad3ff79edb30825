package planbook

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// words draws texts as plans hold them, with what spreadsheets like to spoil: leading zeros, days,
// formulas, semicolons, line breaks.
func words() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"Tốt", "05431", "1.10", "=1+1", "31/12/2018", "a;b", "dòng một\ndòng hai", "“ngoặc”",
			"- gạch", "Có", "không", "1e5", "#N/A", "'nháy", "true", "null", "~"}),
		rapid.StringMatching(`[A-Za-zĐđàằộ]([A-Za-z0-9 ,;:/().-]{0,20}[a-zơư])?`),
	)
}

// items are words for lists, where a line break cannot be kept; now and then there is one all the
// same.
func items() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		w := words().Draw(t, "word")
		if rapid.IntRange(0, 99).Draw(t, "broken") < 99 {
			w = strings.ReplaceAll(w, "\n", " ")
		}
		return w
	})
}

func days() *rapid.Generator[calendar.Date] {
	return rapid.Custom(func(t *rapid.T) calendar.Date {
		return calendar.Date{Year: rapid.IntRange(1990, 2040).Draw(t, "year"),
			Month: rapid.IntRange(1, 12).Draw(t, "month"), Day: rapid.IntRange(1, 28).Draw(t, "day")}
	})
}

func someMark(t *rapid.T) plan.Mark {
	if !rapid.Bool().Draw(t, "assumed") {
		return plan.Mark{}
	}
	return plan.Mark{Assumed: true, Note: words().Draw(t, "note")}
}

// someCheck draws a check of any shape; whether it makes sense is for plan.Lint.
func someCheck(t *rapid.T, depth int) plan.Check {
	c := plan.Check{Kind: plan.CheckKind(rapid.SampledFrom(sets["check"]).Draw(t, "kind"))}
	switch rapid.IntRange(0, 4).Draw(t, "fields") {
	case 0:
		c.Fact, c.Scale, c.Level, c.Top = "grade", "grade", words().Draw(t, "level"),
			rapid.IntRange(0, 4).Draw(t, "top")
	case 1:
		c.Values, c.Council = rapid.SliceOfN(items(), 1, 4).Draw(t, "values"),
			rapid.SliceOfN(items(), 0, 2).Draw(t, "council")
	case 2:
		c.Number = rapid.Float64Range(-1e6, 1e6).Draw(t, "number") + 0
		c.Absent, c.Basis = plan.NotApplicable, plan.Official
	case 3:
		c.Date, c.Title = days().Draw(t, "date").String(), words().Draw(t, "title")
	}
	if depth > 0 {
		// the tenth stands at 10, which is not 1
		for range rapid.IntRange(0, []int{0, 2, 3, 11}[depth]).Draw(t, "parts") {
			c.Of = append(c.Of, someCheck(t, depth-1-rapid.IntRange(0, depth-1).Draw(t, "less")))
		}
	}
	return c
}

// mutated is the built-in plan, its longest lists cut, with parts of it drawn anew.
func mutated(t *rapid.T) *plan.Plan {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	q := *p
	q.Units, q.Clauses, q.Contents = p.Units[:5], p.Clauses[:9], p.Contents[:1]
	q.Number, q.Title, q.Recipients = words().Draw(t, "number"), words().Draw(t, "title"),
		rapid.SliceOfN(items(), 0, 5).Draw(t, "recipients")
	q.Council.Threshold = plan.Threshold{Percent: rapid.IntRange(0, 200).Draw(t, "percent"), Base: plan.ValidBallots,
		Strict: rapid.Bool().Draw(t, "strict")}
	q.Criteria = nil
	for i := range rapid.IntRange(0, 4).Draw(t, "criteria") {
		q.Criteria = append(q.Criteria, plan.Criterion{
			ID: fmt.Sprint("X", i), Clause: "III.2.1", Item: rapid.IntRange(0, 9).Draw(t, "item"),
			Nominee: plan.Individual,
			Roles:   []plan.RoleID{plan.RoleHead, plan.RoleOther}[:rapid.IntRange(0, 2).Draw(t, "roles")],
			Title:   words().Draw(t, "name"), Text: words().Draw(t, "text"), Check: someCheck(t, 3), Mark: someMark(t),
		})
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "columns") {
		least := rapid.Float64Range(-1e6, 1e6).Draw(t, "least") + 0 // a workbook knows no negative zero
		q.Columns = append(q.Columns, plan.Column{
			Form:  rapid.SampledFrom(sets["form"]).Draw(t, "form"),
			Block: rapid.SampledFrom(sets["block"]).Draw(t, "block"), Key: fmt.Sprint("c", i),
			Title: words().Draw(t, "title"), Type: plan.ColumnType(rapid.SampledFrom(sets["type"]).Draw(t, "type")),
			Values: rapid.SliceOfN(items(), 0, 3).Draw(t, "values"), Min: &least,
			Required: rapid.SampledFrom([]string{"", "yes", "no"}).Draw(t, "required"),
			Groups:   []plan.GroupID{plan.Communes},
			Help:     words().Draw(t, "help"), Example: words().Draw(t, "example"),
			Printed: plan.PrintedIn()[:rapid.IntRange(0, 2).Draw(t, "printed")], Mark: someMark(t),
		})
		q.Derived = append(q.Derived, plan.Derived{Key: fmt.Sprint("d", i), Title: words().Draw(t, "called"),
			Kind: plan.DerivedKind(rapid.SampledFrom(sets["derived"]).Draw(t, "reckoned")),
			Of:   rapid.SliceOfN(items(), 1, 3).Draw(t, "of")})
	}
	q.Scales = nil
	for i := range rapid.IntRange(0, 3).Draw(t, "scales") {
		s := plan.Scale{ID: fmt.Sprint("s", i), Title: words().Draw(t, "scale"), To: days().Draw(t, "to"),
			Mark: someMark(t)}
		for range rapid.IntRange(0, 4).Draw(t, "levels") {
			l := plan.Level{Label: words().Draw(t, "label"), Aliases: rapid.SliceOfN(items(), 0, 3).Draw(t, "aliases")}
			if rapid.Bool().Draw(t, "banded") {
				x := rapid.Float64Range(0, 100).Draw(t, "min")
				l.Min = &x
			}
			s.Levels = append(s.Levels, l)
		}
		q.Scales = append(q.Scales, s)
	}
	q.Periods = append([]plan.Period{}, p.Periods...)
	for i := range q.Periods {
		if rapid.Bool().Draw(t, "registers") {
			q.Periods[i].Registration = &plan.Deadline{Before: days().Draw(t, "before"),
				LastDay: days().Draw(t, "last"), Clause: "III.4", Mark: someMark(t)}
		} else {
			q.Periods[i].Registration = nil
		}
	}
	q.Calendar = calendar.Calendar{Holidays: rapid.SliceOfN(days(), 0, 5).Draw(t, "holidays"),
		Workdays: rapid.SliceOfN(days(), 0, 5).Draw(t, "workdays")}
	q.Occasions = append([]plan.Occasion{}, p.Occasions...)
	q.Occasions[0].When = plan.Rule{Deadline: "dossier", Days: rapid.SliceOfN(rapid.IntRange(-300, 300), 1, 4).Draw(t,
		"days"), EveryDay: rapid.Bool().Draw(t, "every")}
	q.Heads = append([]plan.Head{}, p.Heads...)
	q.Heads[0].Signatures = nil
	for range rapid.IntRange(0, 3).Draw(t, "signatures") {
		q.Heads[0].Signatures = append(q.Heads[0].Signatures,
			plan.Signature{Lines: rapid.SliceOfN(items(), 1, 3).Draw(t, "lines"), Name: words().Draw(t, "signer")})
	}
	return &q
}

// A plan takes long to write as a workbook: fewer drawn ones than usual, more with -rapid.checks,
// as .ci/long has it. What writing takes is garbage at once: collecting it less often saves time.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	if _, said := os.LookupEnv("RAPID_CHECKS"); !said {
		_ = flag.Set("rapid.checks", "30")
	}
	flag.Parse()
	os.Exit(m.Run())
}

// Whatever a plan holds, its workbook says the same: what comes back encodes alike, and what could
// not come back is never written.
func TestProperty_AnyPlanComesBackOrIsRefused(t *testing.T) {
	refused, total := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		p := mutated(rt)
		total++
		tables := build(p)
		if err := checkRoundTrip(p, tables); err != nil {
			if !errors.Is(err, ErrUnfit) {
				rt.Fatal(err)
			}
			refused++
			return
		}
		w := toGrid(tables)
		if rapid.IntRange(0, 5).Draw(rt, "as a file") == 0 { // which takes most of the time
			b, err := Write(p)
			if err != nil {
				rt.Fatal(err)
			}
			w = open(t, b)
		}
		r := Read(w)
		if r.Plan == nil {
			rt.Fatalf("%+v", r.Problems)
		}
		want, wantHash := encoded(t, p)
		if got, gotHash := encoded(t, r.Plan); got != want || gotHash != wantHash {
			rt.Fatalf("the plan is another: %+v", Diff(p, r.Plan))
		}
		told, faults := len(r.Problems), 0
		for _, x := range plan.Lint(r.Plan) {
			if !x.Warning {
				faults++
			}
			if r.Blame(x); len(r.Problems) != told {
				rt.Fatalf("the workbook does not tell %+v", x)
			}
		}
		// the same of several versions of a scale is told once
		if r.Faults() > faults || (r.Faults() > 0) != (faults > 0) {
			rt.Fatalf("lint has %d problems, the workbook tells %d", faults, r.Faults())
		}
	})
	if refused*2 > total {
		t.Errorf("%d of %d plans refused: the property holds of too few", refused, total)
	}
}

func TestProperty_ADifferenceIsToldOnlyOfWhatDiffers(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p, q := mutated(rt), mutated(rt)
		if d := Diff(p, p); len(d) > 0 {
			rt.Fatalf("%+v", d)
		}
		a, b := Diff(p, q), Diff(q, p)
		if len(a) != len(b) {
			rt.Fatalf("%d differences, and %d back", len(a), len(b))
		}
		for _, x := range a {
			if x.Before == x.After {
				rt.Fatalf("no difference: %+v", x)
			}
		}
	})
}

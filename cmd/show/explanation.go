package show

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"thidua/cmd/screen"
	"thidua/evaluate"
	"thidua/evaluate/check"
	"thidua/templates/finding"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// Sides prints a nominee's rounds as a table.
func Sides(s *screen.Screen, x evaluate.Side) {
	s.Print("%s\n", wording.Text("cli.explain.sides", "name", x.Name, "unit", x.Unit))
	table := [][]string{append([]string{wording.Text("cli.explain.side.title")}, x.Periods...)}
	for _, row := range x.Rows {
		table = append(table, append([]string{row.Title}, row.Values...))
	}
	widths := make([]int, len(table[0]))
	for _, row := range table {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range table {
		var line strings.Builder
		for i, cell := range row {
			cell = cmp.Or(cell, "–")
			line.WriteString("  " + cell + strings.Repeat(" ", max(0, widths[i]-utf8.RuneCountInString(cell))))
		}
		s.Print("%s\n", strings.TrimRight(line.String(), " "))
	}
	s.Print("\n")
}

// Explanation prints why a nominee was judged so, down to the cell each fact stands in.
func Explanation(s *screen.Screen, p *plan.Plan, e evaluate.Explanation) {
	n := e.Verdict.Nominee
	s.Print("%s\n%s\n", n.Name, strings.Repeat("=", len([]rune(n.Name))))
	s.Print("%s\n", wording.Text("cli.explain.who", "id", n.ID, "kind", KindTitle(n.Kind), "unit", n.UnitName,
		"group", e.Board.GroupTitle, "period", e.Period))
	s.Print("%s\n", wording.Text("cli.explain.source", "receipt", n.Receipt, "file", n.File, "sheet", n.Sheet,
		"cell", n.Cell))
	s.Print("%s\n\n", wording.Text("cli.explain.verdict", "outcome", evaluate.OutcomeText(e.Verdict.Outcome)))
	for i, j := range e.Verdict.Judgements {
		s.Print("%d. %s (%s)\n   %s: %s\n", i+1, j.Title, wording.Text("cli.explain.clause", "clause", j.Clause),
			evaluate.OutcomeText(j.Outcome), j.Reason)
		if j.Threshold != "" {
			s.Print("   %s\n", wording.Text("cli.explain.threshold", "text", j.Threshold))
		}
		for _, f := range j.Facts {
			s.Print("   - %s\n", describeFact(p, n.Kind, f))
		}
		if len(j.Overrides) > 0 { // papers tell a ruling without its code; here it can be looked up
			s.Print("   %s\n", wording.Text("cli.explain.ruling", "codes", strings.Join(j.Overrides, ", ")))
		}
		if j.WouldChange != "" {
			s.Print("   %s\n", wording.Text("cli.explain.change", "text", j.WouldChange))
		}
	}
	if e.Place.Rank > 0 {
		s.Print("\n%s\n", wording.Text("cli.explain.place", "rank", e.Place.Rank, "quota", e.Board.Quota,
			"band", bandTitle(e.Place.Band)))
		for _, r := range e.Place.Reasons {
			s.Print("   - %s\n", r)
		}
	}
	for _, f := range e.Verdict.Flags {
		s.Print("! %s\n", f.Text)
	}
	for _, c := range e.Contradictions {
		s.Print("! %s\n", c.Finding.Message)
	}
	if e.Award != nil {
		s.Print("\n%s\n", wording.Text("cli.explain.award", "votes", e.Award.Votes, "base", e.Award.Base,
			"percent", e.Award.Percent, "reason", e.Award.Reason))
	}
	s.Print("\n")
}

// describeFact says what a fact is, whose word it is, and where it stands: message, file, sheet,
// cell.
func describeFact(p *plan.Plan, kind string, f evaluate.Fact) string {
	where := ""
	if f.Cell != "" {
		where = finding.Finding{Sheet: f.Sheet, Cell: f.Cell}.Where()
	}
	return wording.Text("cli.explain.fact", "key", check.TitleOf(p, plan.NomineeKind(kind), f), "value", f.Shown(),
		"basis", basisTitle(f.Basis),
		"source", strings.Join(slices.DeleteFunc([]string{f.Message, f.File, where},
			func(s string) bool { return s == "" }), ", "))
}

//wording:composed cli.basis.
func basisTitle(b evaluate.Basis) string { return wording.Text("cli.basis." + string(b)) }

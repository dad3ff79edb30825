package paper

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"thidua/evaluate"
	"thidua/evaluate/check"
	"thidua/reports/document"
	"thidua/reports/round"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Own are the columns of the plan's own that state facts of nominees of a kind and that a paper
// prints, each key once, in the plan's order.
func (d Work) Own(kind, printed string) []plan.Column {
	var out []plan.Column
	for _, c := range d.Plan.Columns {
		if slices.Contains(c.Printed, printed) && templates.States(c, plan.NomineeKind(kind)) &&
			!slices.ContainsFunc(out, func(x plan.Column) bool { return x.Key == c.Key }) {
			out = append(out, c)
		}
	}
	return out
}

// OwnFigures is a table of what the plan's own columns say of the nominees, a line a column: of
// numbers the average, the least and the most, and how many meet what criteria want of them; of
// choices how often each was chosen. ok is false where the paper prints none.
func (d Work) OwnFigures(printed string) (t document.Table, ok bool) {
	text := func(key string, weight float64) document.Column {
		return document.Column{Title: d.Text("paper.own." + key), Weight: weight}
	}
	t = document.Table{Caption: d.Text("paper.own.table"), Columns: []document.Column{text("column", 5),
		text("kind", 1.6), Figure("", d.Text("paper.own.stated")), text("average", 1.6), text("least", 1.4),
		text("most", 1.4), text("met", 2), text("distribution", 5)}}
	for _, kind := range []string{evaluate.Collective, evaluate.Individual} {
		for _, c := range d.Own(kind, printed) {
			t.Rows = append(t.Rows, d.ownFigure(kind, c))
		}
	}
	return t, len(t.Rows) > 0
}

func (d Work) ownFigure(kind string, c plan.Column) document.Row {
	var numbers []float64
	counts := map[string]int{}
	var values []string
	stated, met, judged := 0, 0, 0
	for _, v := range d.Result.Verdicts {
		if v.Nominee.Kind != kind {
			continue
		}
		for _, f := range best(v, c.Key) {
			stated++
			if x, ok := (form.Value{Text: f.Value}).Number(); ok && c.Numeric() {
				numbers = append(numbers, x)
			} else {
				if counts[f.Shown()]++; counts[f.Shown()] == 1 {
					values = append(values, f.Shown())
				}
			}
		}
		for _, j := range v.Judgements {
			if slices.ContainsFunc(j.Facts, func(f evaluate.Fact) bool { return f.Key == c.Key && f.Value != "" }) {
				if judged++; j.Outcome == evaluate.Met {
					met++
				}
			}
		}
	}
	cells := []document.Cell{document.T(c.Title), document.T(style.KindTitle(kind)), document.I(stated)}
	if len(numbers) > 0 {
		sum := 0.0
		for _, x := range numbers {
			sum += x
		}
		cells = append(cells, document.T(decimal(sum/float64(len(numbers)))), document.T(decimal(slices.Min(numbers))),
			document.T(decimal(slices.Max(numbers))))
	} else {
		cells = append(cells, document.T("–"), document.T("–"), document.T("–"))
	}
	share := "–"
	if judged > 0 {
		share = fmt.Sprintf("%d/%d (%s%%)", met, judged, decimal(100*float64(met)/float64(judged)))
	}
	return document.R(append(cells, document.T(share), document.T(distribution(c, values, counts)))...)
}

// best are a nominee's facts of a key, those of the records before the unit's word.
func best(v evaluate.Verdict, key string) []evaluate.Fact {
	of := func(basis evaluate.Basis) []evaluate.Fact {
		var out []evaluate.Fact
		for _, f := range v.Facts {
			if f.Key == key && f.Basis == basis && f.Value != "" {
				out = append(out, f)
			}
		}
		return out
	}
	if out := of(check.Official); len(out) > 0 {
		return out
	}
	return of(check.Declared)
}

// mostValues is how many different texts a distribution tells.
const mostValues = 8

// distribution says how often each value was given, the most frequent first; long texts are no
// choices and are not told.
func distribution(c plan.Column, values []string, counts map[string]int) string {
	if c.Type != plan.ColumnChoice && c.Type != plan.ColumnYesNo || len(values) > mostValues {
		return "–"
	}
	slices.SortStableFunc(values, func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
	var out []string
	for _, v := range values {
		out = append(out, v+": "+strconv.Itoa(counts[v]))
	}
	if len(out) == 0 {
		return "–"
	}
	return strings.Join(out, "; ")
}

// decimal is a number with at most two decimals, as an office writes it.
func decimal(x float64) string {
	return style.Comma(strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(x, 'f', 2, 64), "0"), "."))
}

// OwnCells are what is known of a nominee in the plan's own columns.
func OwnCells(v evaluate.Verdict, columns []plan.Column) []document.Cell {
	var out []document.Cell
	for _, c := range columns {
		out = append(out, document.T(round.Known(v, c.Key)))
	}
	return out
}

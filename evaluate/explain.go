package evaluate

import (
	"strings"

	"thidua/templates"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// Explanation is everything a Result holds about one nominee.
type Explanation struct {
	Period         string          `json:"period"`
	Verdict        Verdict         `json:"verdict"`
	Place          Place           `json:"place"`
	Board          Board           `json:"board"` // without its places
	Contradictions []Contradiction `json:"contradictions"`
	Award          *Award          `json:"award,omitempty"` // nil before the council's vote
}

// Find returns the nominees a query may mean, by ID order: an ID alone gives that nominee;
// otherwise every word of the query must occur in the name or the unit's name, without regard to
// case and accents. An exact name, accents and all, beats looser matches.
func Find(r Result, query string) []Nominee {
	query = viet.CleanSpaces(query)
	words := strings.Fields(viet.Fold(query))
	if len(words) == 0 {
		return nil
	}
	var exact, loose []Nominee
	for _, v := range r.Verdicts {
		n := v.Nominee
		if n.ID == query {
			return []Nominee{n}
		}
		if templates.NameKey(n.Kind, n.Name) == templates.NameKey(n.Kind, query) {
			exact = append(exact, n)
		}
		if holdsAll(" "+viet.Fold(n.Name+" "+n.UnitName)+" ", words) {
			loose = append(loose, n)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return loose
}

func holdsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, " "+w+" ") {
			return false
		}
	}
	return true
}

// Explain gathers what a Result holds about the nominee with that ID. ok is false when there is
// none.
func Explain(r Result, id string) (e Explanation, ok bool) {
	e = Explanation{Period: r.Period, Contradictions: []Contradiction{}}
	for _, v := range r.Verdicts {
		if v.Nominee.ID == id {
			e.Verdict, ok = v, true
		}
	}
	if !ok {
		return Explanation{}, false
	}
	for _, b := range r.Boards {
		for _, p := range b.Places {
			if p.Nominee.ID == id {
				e.Place, e.Board = p, b
				e.Board.Places = []Place{}
			}
		}
	}
	for _, c := range r.Contradictions {
		if c.Nominee == id {
			e.Contradictions = append(e.Contradictions, c)
		}
	}
	for _, list := range [][]Award{r.Awards, r.NotChosen} {
		for i := range list {
			if list[i].Nominee.ID == id {
				e.Award = &list[i]
			}
		}
	}
	return e, true
}

// Side is one nominee's explanations of several rounds, side by side.
type Side struct {
	Name    string    `json:"name"`
	Unit    string    `json:"unit"` // its name
	Periods []string  `json:"periods"`
	Rows    []SideRow `json:"rows"` // the verdict, every criterion, the place, the award
}

// SideRow is one line; Values has one for each period, "" where the round says nothing.
type SideRow struct {
	Title  string   `json:"title"`
	Values []string `json:"values"`
}

// Sides puts explanations of the same nominee in several rounds side by side, in the order given.
// Nominees explained in one round only are left out.
func Sides(all []Explanation) []Side {
	var out []Side
	done := make([]bool, len(all))
	for i, first := range all {
		if done[i] {
			continue
		}
		of := []Explanation{first}
		for k := i + 1; k < len(all); k++ {
			n := all[k].Verdict.Nominee
			if !done[k] && all[k].Period != first.Period && identity(n) == identity(first.Verdict.Nominee) &&
				sameBirth(n, first.Verdict.Nominee) {
				of, done[k] = append(of, all[k]), true
			}
		}
		if len(of) > 1 {
			out = append(out, side(of))
		}
	}
	return out
}

func side(of []Explanation) Side {
	s := Side{Name: of[0].Verdict.Nominee.Name, Unit: of[0].Verdict.Nominee.UnitName}
	line := func(title string, value func(Explanation) string) {
		row := SideRow{Title: title}
		for _, e := range of {
			row.Values = append(row.Values, value(e))
		}
		s.Rows = append(s.Rows, row)
	}
	for _, e := range of {
		s.Periods = append(s.Periods, e.Period)
	}
	line(wording.Text("evaluate.side.verdict"), func(e Explanation) string { return OutcomeText(e.Verdict.Outcome) })
	for _, j := range of[0].Verdict.Judgements {
		line(j.Criterion+" "+j.Title, func(e Explanation) string {
			for _, x := range e.Verdict.Judgements {
				if x.Criterion == j.Criterion {
					return OutcomeText(x.Outcome)
				}
			}
			return ""
		})
	}
	line(wording.Text("evaluate.side.place"), func(e Explanation) string { return rank(e.Place) })
	line(wording.Text("evaluate.side.award"), func(e Explanation) string {
		switch {
		case e.Award == nil:
			return ""
		case e.Award.NeedsDecision:
			return wording.Text("evaluate.side.decide")
		case e.Award.Chosen:
			return wording.Text("evaluate.side.chosen")
		}
		return wording.Text("evaluate.side.not")
	})
	return s
}

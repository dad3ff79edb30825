package evaluate

import (
	"strings"

	"thidua/templates/viet"
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

// Find returns the nominees a query may mean, by ID order: an ID alone gives that nominee; otherwise every word of the query must occur in
// the name or the unit's name, without regard to case and accents. An exact name, accents and all, beats looser matches.
func Find(r Result, query string) []Nominee {
	query = viet.CleanSpaces(query)
	words, key := strings.Fields(viet.Fold(query)), viet.NameKey(query)
	if len(words) == 0 {
		return nil
	}
	var exact, loose []Nominee
	for _, v := range r.Verdicts {
		n := v.Nominee
		if n.ID == query {
			return []Nominee{n}
		}
		if viet.NameKey(n.Name) == key {
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

// Explain gathers what a Result holds about the nominee with that ID. ok is false when there is none.
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

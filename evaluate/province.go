package evaluate

import (
	"slices"

	"thidua/templates/plan"
	"thidua/templates/viet"
)

// ProvinceList is who is marked for an award of the province, of one kind (Plan III.1.1). The
// province decides: nobody is cut, and being on the list takes nobody off the city's boards.
type ProvinceList struct {
	Kind     string          `json:"kind"`
	Places   int             `json:"places"`
	Limited  bool            `json:"limited"` // false while the province's guidance sets no number
	Eligible int             `json:"eligible"`
	Entries  []ProvinceEntry `json:"entries"` // groups in the plan's order, in each the order of the city's board
}

// ProvinceEntry is one nominee on the list, with its verdict by the standards that the province's
// guidance counts, and where it stands on the city's board.
type ProvinceEntry struct {
	Nominee Nominee `json:"nominee"`
	Outcome Outcome `json:"outcome"`
	Rank    int     `json:"rank"`
	Band    Band    `json:"band"`
}

// ForProvince reports whether a nominee's dossier asks for an award of the province (Plan III.1.1).
func ForProvince(p *plan.Plan, n Nominee) bool {
	return p.Province.Award != "" && viet.Fold(n.Award) == viet.Fold(p.Province.Award)
}

// province gathers the nominees marked for the province from the boards.
func (s setting) province(r Result) []ProvinceList {
	verdicts := make(map[string]Verdict, len(r.Verdicts))
	for _, v := range r.Verdicts {
		verdicts[v.Nominee.ID] = v
	}
	out := []ProvinceList{}
	for _, kind := range []plan.NomineeKind{plan.Collective, plan.Individual} {
		list := ProvinceList{Kind: string(kind), Entries: []ProvinceEntry{}}
		list.Places, list.Limited = s.plan.ProvincePlaces(s.period.ID, kind)
		for _, b := range r.Boards {
			if b.Kind != string(kind) {
				continue
			}
			for _, p := range b.Places {
				if !ForProvince(s.plan, p.Nominee) {
					continue
				}
				e := ProvinceEntry{Nominee: p.Nominee, Outcome: s.byProvince(verdicts[p.Nominee.ID]), Rank: p.Rank,
					Band: p.Band}
				if class(e.Outcome) == 0 {
					list.Eligible++
				}
				list.Entries = append(list.Entries, e)
			}
		}
		out = append(out, list)
	}
	return out
}

// byProvince is the verdict by the standards that count for the province; all of them when its
// guidance names none.
func (s setting) byProvince(v Verdict) Outcome {
	counted := s.plan.Province.Criteria
	if len(counted) == 0 {
		return v.Outcome
	}
	var outcomes []Outcome
	for _, j := range v.Judgements {
		if slices.Contains(counted, j.Criterion) {
			outcomes = append(outcomes, j.Outcome)
		}
	}
	return overall(outcomes)
}

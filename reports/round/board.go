package round

import (
	"strings"

	"thidua/evaluate"
	"thidua/reports/style"
)

// OfKind returns the boards of one kind of nominee, in the plan's order of groups.
func OfKind(all []evaluate.Board, kind string) []evaluate.Board {
	var out []evaluate.Board
	for _, b := range all {
		if b.Kind == kind {
			out = append(out, b)
		}
	}
	return out
}

// Voted returns the places of a board that are put to the vote: those who do not meet a criterion
// are not.
func Voted(b evaluate.Board) []evaluate.Place {
	var out []evaluate.Place
	for _, p := range b.Places {
		if p.Outcome != evaluate.NotMet {
			out = append(out, p)
		}
	}
	return out
}

// Balloted are the places of a board that are put to the vote in the order of names: a ballot that
// keeps the machine's order would vote for it.
func Balloted(b evaluate.Board) []evaluate.Place {
	places := map[string]evaluate.Place{}
	var list []evaluate.Nominee
	for _, p := range Voted(b) {
		places[p.Nominee.ID] = p
		list = append(list, p.Nominee)
	}
	style.SortNominees(list)
	var out []evaluate.Place
	for _, n := range list {
		out = append(out, places[n.ID])
	}
	return out
}

// Verdict is what was said of the nominee with that ID, zero for nobody.
func (s Sources) Verdict(id string) evaluate.Verdict {
	return s.verdicts[id]
}

// Unmet names the criteria that are not met; what was found stands with the criteria.
func (s Sources) Unmet(id string) string {
	var out []string
	for _, j := range s.Verdict(id).Judgements {
		if j.Outcome == evaluate.NotMet {
			out = append(out, s.text("paper.boards.unmet.item", "id", j.Criterion, "title", style.LowerFirst(j.Title)))
		}
	}
	return s.text("paper.boards.unmet", "list", strings.Join(out, "; "))
}

// Failures joins the reasons of the criteria that are not met.
func (s Sources) Failures(id string) string {
	var out []string
	for _, j := range s.Verdict(id).Judgements {
		if j.Outcome == evaluate.NotMet {
			out = append(out, s.text("paper.failure", "title", j.Title, "clause", j.Clause, "reason", j.Reason))
		}
	}
	return strings.Join(out, "\n")
}

// NomineesOf returns all nominees of a kind.
func (s Sources) NomineesOf(kind string) []evaluate.Nominee {
	var out []evaluate.Nominee
	for _, v := range s.Result.Verdicts {
		if v.Nominee.Kind == kind {
			out = append(out, v.Nominee)
		}
	}
	return out
}

// ForProvince are the nominees marked for an award of the province (Plan III.1.1), collectives
// first, in the order of the boards.
func (s Sources) ForProvince() []evaluate.ProvinceEntry {
	var out []evaluate.ProvinceEntry
	for _, l := range s.Result.Province {
		out = append(out, l.Entries...)
	}
	return out
}

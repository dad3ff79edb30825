package plan

import (
	"cmp"
	"strings"
)

// Forms, findings and papers cite clauses by the numbers of the built-in plan. Another plan may
// number its own otherwise; what its data cite says which clause is which.

// Cite is the plan's own number of a clause that the built-in plan numbers ref: "III.4" is that of
// its deadlines. "" where it has none.
func (p *Plan) Cite(ref string) string {
	own := ""
	switch ref {
	case "II.2":
		for i := len(p.Contents) - 1; i >= 0; i-- {
			own = cmp.Or(p.Contents[i].Clause, own)
		}
	case "III.1", "III.1.2":
		if len(p.Quotas) > 0 {
			own = p.Quotas[0].Clause
		}
	case "III.1.1":
		own = p.Province.Clause
	case "III.2", "III.2.1":
		own = p.citedBy(Collective)
	case "III.2.2":
		own = p.citedBy(Individual)
	case "III.3":
		if len(p.Dossier) > 0 {
			own = p.Dossier[0].Clause
		}
	case "III.4":
		for _, per := range p.Periods {
			for _, d := range []*Deadline{per.Registration, per.Dossier} {
				if d != nil {
					own = cmp.Or(own, d.Clause)
				}
			}
		}
	case "IV.1":
		for _, o := range p.Occasions {
			own = cmp.Or(own, o.Clause)
		}
	}
	if ref == "III.1" || ref == "III.2" {
		if i := strings.LastIndex(own, "."); i > 0 {
			if _, ok := p.Clause(own[:i]); ok {
				own = own[:i]
			}
		}
	}
	if own != "" {
		return own
	}
	if _, ok := p.Clause(ref); ok {
		return ref
	}
	return ""
}

// citedBy is the clause of the first standard for a kind of nominee.
func (p *Plan) citedBy(kind NomineeKind) string {
	for _, c := range p.Criteria {
		if c.Nominee == kind && c.Clause != "" {
			return c.Clause
		}
	}
	return ""
}

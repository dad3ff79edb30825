package ingest

import (
	"slices"
	"strings"

	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// sender is who a mail is from, as far as the plan knows. Whether the address is genuine is for
// evidence to say.
type sender struct {
	address   string
	unit      plan.Unit
	known     bool
	office    bool
	secretary bool
	leads     string // code of the unit the address leads by the roster, "" for none
}

// may reports whether the sender may send a form (Plan III.1.3, IV.1, IV.2).
func (in *intake) may(s sender, f *form.Form) bool {
	switch f.From {
	case form.FromOffice:
		return s.office
	case form.FromSecretary:
		return s.secretary || s.office
	}
	return s.known && templates.MaySend(in.plan, f, s.unit)
}

// senders names those who send a form.
func senders(p *plan.Plan, f *form.Form) string {
	switch {
	case f.From == form.FromSecretary:
		return p.Council.Name
	case f.From == form.FromOffice:
		return p.Office.Name
	case !slices.ContainsFunc(templates.Used(p), func(x *form.Form) bool { return x.ID == f.ID }):
		return wording.Text("mail.senders.nobody")
	case f.Circle == form.Communes:
		return wording.Text("mail.senders.communes")
	}
	var names []string
	for _, u := range p.Units {
		if templates.MaySend(p, f, u) {
			names = append(names, u.Name)
		}
	}
	return strings.Join(names, ", ")
}

// otherUnit compares the unit written in a file with the sender's. The code and the name must both
// be the sender's where they are given.
func (in *intake) otherUnit(id templates.Identity, u plan.Unit) *finding.Finding {
	report := func(v form.Value, read string) *finding.Finding {
		f := finding.New(finding.WrongUnit, finding.At{Sheet: v.At.Sheet, Cell: v.At.Cell}, "read", read, "want",
			u.Name)
		return &f
	}
	if id.Unit.Given() {
		if named, ok, _ := in.plan.MatchUnit(id.Unit.Text); !ok || named.Code != u.Code {
			return report(id.Unit, id.Unit.Text)
		}
	}
	if id.Code.Given() && id.Code.Text != u.Code && strings.TrimLeft(id.Code.Text, "0") != strings.TrimLeft(u.Code,
		"0") {
		return report(id.Code, id.Code.Text)
	}
	return nil
}

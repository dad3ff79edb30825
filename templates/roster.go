package templates

import (
	"slices"
	"strings"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// Roster is the standing office's list of units and whom to reach there (Plan II.1, IV.1). It
// changes no plan: what differs from the plan's list of units is told to the office, which edits
// the plan.
type Roster struct {
	Head  RosterHead
	Units []RosterUnit
}

// RosterHead says as of when the list is.
type RosterHead struct {
	Year, Date, Preparer, Note form.Value
	Own                        form.Own `json:"own,omitzero"`
}

// RosterUnit is one unit.
type RosterUnit struct {
	Code, Name, Group, Emails, HeadTitle  form.Value
	Leader, LeaderEmail, LeaderPhone      form.Value
	Contact, ContactPhone, Location, Note form.Value
	Own                                   form.Own `json:"own,omitzero"`
}

// RosterForm declares the roster of units.
var RosterForm = declare("danh-ba", func() any { return &Roster{} }, checkRoster)

// checkRoster holds addresses to their form, and tells what differs from the plan's list of units.
func checkRoster(value any, c form.Context) []finding.Finding {
	r := value.(*Roster)
	var out []finding.Finding
	for _, u := range r.Units {
		for _, v := range []struct {
			title string
			form.Value
		}{{"Địa chỉ thư điện tử của đơn vị", u.Emails}, {"Địa chỉ thư của thủ trưởng", u.LeaderEmail}} {
			for _, a := range addresses(v.Value) {
				if !plan.IsAddress(a) {
					out = append(out, finding.New(finding.BadAddress, at(v.Value), "field", v.title, "read", a))
				}
			}
		}
	}
	l, ok := c.Lists.(lists)
	if !ok {
		return out
	}
	return append(out, r.againstPlan(l)...)
}

// addresses splits a cell of addresses, in lower case.
func addresses(v form.Value) []string {
	return strings.FieldsFunc(strings.ToLower(v.Text), func(r rune) bool { return r == ';' || r == ',' || r == ' ' })
}

// againstPlan lists what the office should change in the plan if the roster is right. What the
// roster leaves blank says nothing.
func (r *Roster) againstPlan(l lists) []finding.Finding {
	var out []finding.Finding
	known := map[string]form.Value{}
	for _, u := range r.Units {
		if !u.Code.Given() {
			continue
		}
		if first, twice := known[u.Code.Text]; twice {
			out = append(out, finding.New(finding.Twice, at(u.Code), "name", u.Code.Text, "read",
				place(first), "clause", "II.1"))
			continue
		}
		known[u.Code.Text] = u.Code
		p, ok := l.plan.UnitByCode(u.Code.Text)
		if !ok {
			out = append(out, finding.New(finding.RosterNew, at(u.Code), "name", u.Name.Text, "read", u.Code.Text))
			continue
		}
		out = append(out, u.differences(l.plan, p)...)
	}
	for _, p := range l.plan.UnitsOn(l.on) {
		if _, listed := known[p.Code]; !listed {
			out = append(out, finding.New(finding.RosterGone, finding.At{}, "name", p.Name, "read", p.Code))
		}
	}
	return out
}

// differences compares a unit's line with the plan's.
func (u RosterUnit) differences(p *plan.Plan, in plan.Unit) []finding.Finding {
	g, _ := p.Group(in.Group)
	var out []finding.Finding
	for _, x := range []struct {
		title string
		v     form.Value
		want  string
		same  bool
	}{
		{"Tên đơn vị", u.Name, in.Name, viet.NameKey(u.Name.Text) == viet.NameKey(in.Name)},
		{"Khối", u.Group, g.Title, u.Group.Text == g.Title},
		{"Địa chỉ thư điện tử của đơn vị", u.Emails, strings.Join(in.Emails, "; "),
			sameSet(addresses(u.Emails), in.Emails)},
		{"Chức danh thủ trưởng", u.HeadTitle, in.Head, viet.NameKey(u.HeadTitle.Text) == viet.NameKey(in.Head)},
	} {
		if x.v.Given() && !x.same {
			out = append(out, finding.New(finding.RosterDiffers, at(x.v), "name", in.Name, "field",
				x.title, "read", x.v.Text, "want", x.want))
		}
	}
	return out
}

func sameSet(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

// NewRoster returns the roster as the plan has it, for the office to correct and complete.
func NewRoster(p *plan.Plan, period plan.Period) *Roster {
	r := &Roster{Head: RosterHead{Year: form.OfInt(period.To.Year)}}
	for _, u := range p.UnitsOn(period.To) {
		g, _ := p.Group(u.Group)
		r.Units = append(r.Units, RosterUnit{
			Code: form.Of(u.Code), Name: form.Of(u.Name), Group: form.Of(g.Title),
			Emails: form.Of(strings.Join(u.Emails, "; ")), HeadTitle: form.Of(u.Head),
		})
	}
	return r
}

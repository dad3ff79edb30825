package evaluate

import (
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// sent is a dossier of any of the dossier forms, as evaluation reads it (Plan III.1.2, III.3).
type sent struct {
	targets []templates.TargetResult
	reports []templates.AchievementReport
	votes   []templates.UnitVote
	members form.Value // of the unit's own council
	lines   []line
}

// line is one nominee's line in the danh sách trích ngang.
type line struct {
	nominee  Nominee
	name     form.Value
	record   any
	fields   []form.Field // those of the record that criteria may use
	achieved form.Value   // day of an ad hoc achievement
}

// listed are the fields criteria may use, of the dossier forms' lists of nominees, by form and block.
type listed map[*form.Form]map[string][]form.Field

func listedFields(p *plan.Plan, per plan.Period) listed {
	out := listed{}
	for _, f := range []*form.Form{templates.DossierForm, templates.StageForm, templates.AdHocForm} {
		fit := templates.Fit(f, p, per)
		out[f] = map[string][]form.Field{Collective: factFields(fit, "collectives"), Individual: factFields(fit, "individuals")}
	}
	return out
}

// read returns the dossier in a filled form; ok is false when the form is no dossier.
func (l listed) read(value any) (s sent, ok bool) {
	collective := func(f *form.Form, record any, name, size, award, summary form.Value) *line {
		n, _ := size.Int()
		s.lines = append(s.lines, line{
			nominee: Nominee{Kind: Collective, Name: name.Text, Size: n, Award: award.Text, Summary: summary.Text},
			name:    name, record: record, fields: l[f][Collective],
		})
		return &s.lines[len(s.lines)-1]
	}
	individual := func(f *form.Form, record any, p templates.NominatedPerson) *line {
		s.lines = append(s.lines, line{
			nominee: Nominee{
				Kind: Individual, Name: p.Name.Text, Title: p.Title.Text, Position: p.Position.Text, Department: p.Department.Text,
				Sex: sex(p.Sex, p.Title), Born: p.Born.Text, Award: p.Award.Text, Summary: p.Summary.Text, RoleName: p.Role.Text,
			},
			name: p.Name, record: record, fields: l[f][Individual],
		})
		return &s.lines[len(s.lines)-1]
	}
	switch d := value.(type) {
	case *templates.Dossier:
		s = sent{targets: d.Targets, reports: d.Reports, votes: d.Votes, members: d.Minutes.Members}
		for i := range d.Collectives {
			t := &d.Collectives[i]
			collective(templates.DossierForm, t, t.Name, t.Size, t.Award, t.Summary)
		}
		for i := range d.Individuals {
			individual(templates.DossierForm, &d.Individuals[i], d.Individuals[i])
		}
	case *templates.StageDossier:
		s = sent{reports: d.Reports, votes: d.Votes, members: d.Minutes.Members}
		for i := range d.Collectives {
			t := &d.Collectives[i]
			collective(templates.StageForm, t, t.Name, t.Size, t.Award, t.Summary)
		}
		for i := range d.Individuals {
			p := &d.Individuals[i]
			individual(templates.StageForm, p, templates.NominatedPerson{
				Title: p.Title, Name: p.Name, Born: p.Born, Sex: p.Sex, Position: p.Position, Department: p.Department, Role: p.Role, Award: p.Award, Summary: p.Summary,
			})
		}
	case *templates.AdHocProposal:
		for i := range d.Collectives {
			t := &d.Collectives[i]
			collective(templates.AdHocForm, t, t.Name, t.Size, t.Award, t.Achievement).achieved = t.Date
		}
		for i := range d.Individuals {
			p := &d.Individuals[i]
			individual(templates.AdHocForm, p, templates.NominatedPerson{
				Title: p.Title, Name: p.Name, Born: p.Born, Sex: p.Sex, Position: p.Position, Department: p.Department, Role: p.Role, Award: p.Award, Summary: p.Achievement,
			}).achieved = p.Date
		}
	default:
		return sent{}, false
	}
	return s, true
}

// sex is what was given, else what the form of address says.
func sex(given, title form.Value) string {
	switch {
	case given.Given():
		return given.Text
	case title.Text == "Ông":
		return "Nam"
	case title.Text == "Bà":
		return "Nữ"
	}
	return ""
}

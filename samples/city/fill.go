package city

import (
	"fmt"

	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// registration is a unit's registration as it ought to be.
func (c *season) registration(u *unit) *templates.Registration {
	r := templates.NewRegistration(c.plan, c.period, u.Unit, nil)
	x := &r.Unit
	x.Head, x.Preparer, x.Phone = form.Of(u.head), form.Of(u.preparer), form.Of(u.phone())
	x.Number, x.Date = form.Of(fmt.Sprintf("%02d/%s", u.number, u.symbol("ĐK"))),
		form.OfDate(calendar.Date{Year: c.year, Month: 3, Day: 1 + u.number%7})
	x.Staff, x.Women, x.Reformers = form.OfInt(u.staff), form.OfInt(u.women), form.OfInt(u.reformers)
	x.PlanIssue = form.Of(fmt.Sprintf("%d/%s ngày %02d/3/%d", u.number+2, u.symbol("KH"), 1+u.number%6, c.year))
	r.Targets = nil
	for _, t := range u.targets {
		r.Targets = append(r.Targets, templates.Target{Content: form.Of(t.content), Goal: form.Of(t.goal),
			Measure: form.Of(t.measure), Due: form.OfDate(t.due)})
	}
	r.Collectives = []templates.RegisteredCollective{{
		Name: form.Of(u.Name), Leader: form.Of(u.head), Size: form.OfInt(u.staff), Award: form.Of(templates.CityAward),
		Solution: form.Of(solutions[u.number%len(solutions)]),
	}}
	for _, p := range u.people {
		if p.unregistered {
			continue
		}
		r.Individuals = append(r.Individuals, templates.RegisteredPerson{
			Title: form.Of(p.title()), Name: form.Of(p.name), Born: form.OfDate(p.born), Sex: form.Of(p.sex()),
			Position:   form.Of(p.position),
			Department: form.Of(p.department), Role: form.Of(c.role(p.role)), Solution: form.Of(p.initiative),
			Award: form.Of(templates.CityAward),
		})
	}
	return r
}

// dossier is a unit's dossier as it ought to be.
func (c *season) dossier(u *unit) *templates.Dossier {
	d := templates.NewDossier(c.plan, c.period, u.Unit, c.registration(u))
	met := calendar.Date{Year: c.year, Month: 11, Day: 26 + u.number%5}
	d.Proposal.Number, d.Proposal.Date = form.Of(fmt.Sprintf("%d/%s", u.number+70, u.symbol("TTr"))),
		form.OfDate(met.AddDays(1))
	d.Proposal.Signer, d.Proposal.Contact = form.Of(u.head), form.Of(u.preparer+", "+u.phone())
	d.Proposal.Collectives, d.Proposal.Individuals = form.OfInt(1), form.OfInt(len(u.people))
	d.Proposal.Level, d.Proposal.Copies = form.Of("Cấp thành phố"), form.OfInt(1)
	d.Individuals = nil // proposed are those below, registered or not
	for i := range d.Targets {
		d.Targets[i].Result, d.Targets[i].Met = form.Of(u.targets[i].result), form.Of(yesNo(u.targets[i].met))
	}
	d.Minutes = templates.UnitMinutes{
		Number: form.Of(fmt.Sprintf("%02d/BB-HĐTĐKT", 1+u.number%9)), Date: form.OfDate(met),
		Place: form.Of("Phòng họp " + u.Name), Chair: form.Of(u.head),
		Secretary: form.Of(u.preparer), Members: form.OfInt(u.members), Present: form.OfInt(u.present),
	}
	if away := u.members - u.present; away > 0 {
		d.Minutes.Absent = form.Of(fmt.Sprintf("%02d thành viên, đi công tác", away))
	}
	add := func(kind, name, results, initiative, decision string, files, against int) {
		d.Votes = append(d.Votes, templates.UnitVote{Kind: form.Of(kind), Name: form.Of(name),
			Agree: form.OfInt(u.present - against), Disagree: form.OfInt(against)})
		late := files * 6 / 1000
		d.Reports = append(d.Reports, templates.AchievementReport{
			Kind: form.Of(kind), Name: form.Of(name), Results: form.Of(results), Received: form.OfInt(files),
			OnTime: form.OfInt(files - late), Overdue: form.OfInt(late),
			Online: form.OfNumber(float64(250+u.number*3) / 10), Initiative: form.Of(initiative),
			InitiativeDecision: form.Of(decision),
		})
	}
	summary := fmt.Sprintf("Tiếp nhận %d hồ sơ, quá hạn %d; hoàn thành các chỉ tiêu đăng ký; %d người trực tiếp "+
		"làm nhiệm vụ cải cách hành chính.", u.received, u.received*6/1000, u.reformers)
	t := u.truth
	party := t.party
	if u.oldLabel {
		party = "Trong sạch, vững mạnh"
	}
	collective := templates.NominatedCollective{
		Name: form.Of(u.Name), Size: form.OfInt(u.staff), Grade: form.Of(excellent), Party: form.Of(party),
		Union: form.Of(t.union), Youth: form.Of(t.youth),
		Women: form.Of(t.women), Farmers: form.Of(t.farmers), Veterans: form.Of(t.veterans), Front: form.Of(t.front),
		Discipline: form.OfInt(0), Summary: form.Of(summary), Award: form.Of(templates.CityAward),
	}
	if u.Group == plan.Communes {
		collective.IndexScore = form.OfNumber(u.self)
		if u.claims {
			collective.IndexBand = form.Of("Tốt")
		}
	}
	award := form.Of(templates.CityAward)
	if u.province { // Plan III.1.1, III.3: two sets for the province
		award = form.Of(templates.ProvinceAward)
		collective.Award = award
		d.Proposal.Level, d.Proposal.Copies = form.Of("Cấp tỉnh"), form.OfInt(2)
	}
	d.Collectives = []templates.NominatedCollective{collective}
	add(templates.KindCollective, u.Name, "Tập thể "+u.Name+": "+summary, solutions[u.number%len(solutions)], "",
		u.received, 0)
	for i, p := range u.people {
		results := fmt.Sprintf("%s trực tiếp tham mưu, giải quyết %d hồ sơ trong năm, không để quá hạn quá %d hồ "+
			"sơ; thái độ phục vụ đúng mực.", p.name, p.files, p.files*6/1000)
		x := templates.NominatedPerson{
			Title: form.Of(p.title()), Name: form.Of(p.name), Born: form.OfDate(p.born), Sex: form.Of(p.sex()),
			Position: form.Of(p.position), Department: form.Of(p.department),
			Role: form.Of(c.role(p.role)), Grade: form.Of(excellent), Initiative: form.Of(p.initiative),
			Discipline: form.OfInt(0),
			Summary:    form.Of(fmt.Sprintf("Giải quyết %d hồ sơ, tham gia đầy đủ phong trào thi đua.", p.files)),
			Award:      award,
		}
		d.Individuals = append(d.Individuals, x)
		add(templates.KindIndividual, p.name, results, p.initiative, p.decision, p.files, min(i, 1))
	}
	return d
}

func (c *season) role(id plan.RoleID) string {
	r, _ := c.plan.Role(id)
	return r.Title
}

func (p person) title() string {
	if p.woman {
		return "Bà"
	}
	return "Ông"
}

func (p person) sex() string {
	if p.woman {
		return "Nữ"
	}
	return "Nam"
}

func yesNo(b bool) string {
	if b {
		return form.Yes
	}
	return form.No
}

// phone is a number of the plan's place that nobody has.
func (u *unit) phone() string { return fmt.Sprintf("0208 3000 %03d", 100+u.number) }

// symbol is the symbol of a kind of paper of the unit, such as "TTr-UBND".
func (u *unit) symbol(kind string) string {
	if u.Group == plan.Communes {
		return kind + "-UBND"
	}
	return kind + "-" + u.Code
}

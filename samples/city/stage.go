package city

import (
	"fmt"
	"strings"

	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// What goes beyond one year: the dossiers that close a stage, and awards between the years (Plan
// III.1.2).

// stageSeasons are the years of a stage that the city has played.
func (c *City) stageSeasons(per plan.Period) []*season {
	var out []*season
	for _, s := range c.seasons {
		for _, year := range per.Years {
			if s.year == year {
				out = append(out, s)
			}
		}
	}
	return out
}

// stage sends the dossiers of a stage: of the units that were put up for an award in its last year
// and in another one.
func (p *postman) stage(c *City, per plan.Period) error {
	seasons := c.stageSeasons(per)
	for _, u := range p.city.units {
		years := 0
		for _, s := range seasons {
			if x, ok := s.unit(u.Code); ok && x.nominates {
				years++
			}
		}
		if !u.nominates || years < 2 {
			continue
		}
		err := p.send(u, parcel{
			kind: "stage", form: templates.StageForm, period: per,
			fill:  func(u *unit) any { return stageDossier(seasons, per, u) },
			first: clock(p.city.year, 12, 7, 0, 0, 0), days: 20, hurry: 15,
			subject: "Hồ sơ đề nghị khen thưởng tổng kết giai đoạn " + per.ID + " - " + u.Name,
			text: u.Name + " gửi hồ sơ đề nghị khen thưởng tổng kết " + strings.ToLower(per.Title) +
				", gồm đủ bốn thành phần trong mẫu kèm theo.",
			file: "Hồ sơ tổng kết giai đoạn " + per.ID + " - " + u.Short,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// stageDossier is a unit's dossier of a stage. Whoever was put up in the last year and in another
// one stands in it; years in which somebody was not stay blank.
func stageDossier(seasons []*season, per plan.Period, u *unit) *templates.StageDossier {
	last := seasons[len(seasons)-1]
	d := templates.NewStageDossier(last.plan, per, u.Unit)
	met := calendar.Date{Year: last.year, Month: 12, Day: 1 + u.number%4}
	d.Proposal.Number, d.Proposal.Date = form.Of(fmt.Sprintf("%d/%s", u.number+80, u.symbol("TTr"))),
		form.OfDate(met.AddDays(1))
	d.Proposal.Signer, d.Proposal.Contact = form.Of(u.head), form.Of(u.preparer+", "+u.phone())
	d.Proposal.Level, d.Proposal.Copies = form.Of("Cấp thành phố"), form.OfInt(1)
	d.Minutes = templates.UnitMinutes{
		Number: form.Of(fmt.Sprintf("%02d/BB-HĐTĐKT", 10+u.number%9)), Date: form.OfDate(met),
		Place: form.Of("Phòng họp " + u.Name), Chair: form.Of(u.head),
		Secretary: form.Of(u.preparer), Members: form.OfInt(u.members), Present: form.OfInt(u.members),
	}
	add := func(kind, name, results, initiative string, files int) {
		d.Votes = append(d.Votes, templates.UnitVote{Kind: form.Of(kind), Name: form.Of(name),
			Agree: form.OfInt(u.members), Disagree: form.OfInt(0)})
		late := files * 6 / 1000
		d.Reports = append(d.Reports, templates.AchievementReport{
			Kind: form.Of(kind), Name: form.Of(name), Results: form.Of(results), Received: form.OfInt(files),
			OnTime: form.OfInt(files - late), Overdue: form.OfInt(late),
			Online: form.OfNumber(float64(300+u.number*3) / 10), Initiative: form.Of(initiative),
		})
	}
	collective, files := stageCollective(seasons, u)
	d.Collectives = []templates.StageCollective{collective}
	add(templates.KindCollective, u.Name, "Tập thể "+u.Name+": "+collective.Summary.Text,
		solutions[u.number%len(solutions)], files)
	for _, p := range u.people {
		x, years, files := stagePerson(seasons, u, p)
		if years < 2 {
			continue
		}
		d.Individuals = append(d.Individuals, x)
		add(templates.KindIndividual, p.name,
			fmt.Sprintf("%s trực tiếp tham mưu, giải quyết %d hồ sơ trong giai đoạn, không để quá hạn quá %d hồ sơ.",
				p.name, files, files*6/1000), p.initiative, files)
	}
	d.Proposal.Collectives, d.Proposal.Individuals = form.OfInt(1), form.OfInt(len(d.Individuals))
	return d
}

func stageCollective(seasons []*season, u *unit) (out templates.StageCollective, files int) {
	lowest := ratings{}
	for i, s := range seasons {
		x, ok := s.unit(u.Code)
		if !ok || i >= len(out.Years) {
			continue
		}
		files += x.received
		met := 0
		for _, t := range x.targets {
			if t.met {
				met++
			}
		}
		y := templates.StageYear{Grade: form.Of(x.truth.grade), Met: form.OfInt(met * 100 / max(1, len(x.targets)))}
		if x.nominates { // in the other years the unit was rated all the same
			y.Grade, y.Initiative = form.Of(excellent), form.Of(solutions[x.number%len(solutions)])
		}
		if u.Group == plan.Communes {
			y.IndexScore, y.IndexBand = form.OfNumber(x.appraised), form.Of(s.band(x.appraised))
			if i == len(seasons)-1 { // not published yet
				y.IndexScore, y.IndexBand = form.OfNumber(x.self), form.Value{}
			}
		}
		out.Years[i] = y
		lowest = worse(lowest, x.truth, s)
	}
	out.Name, out.Size, out.Discipline, out.Award = form.Of(u.Name), form.OfInt(u.staff), form.OfInt(0),
		form.Of(templates.CityAward)
	out.Party, out.Union, out.Youth = form.Of(lowest.party), form.Of(lowest.union), form.Of(lowest.youth)
	out.Women, out.Farmers, out.Veterans, out.Front = form.Of(lowest.women), form.Of(lowest.farmers),
		form.Of(lowest.veterans), form.Of(lowest.front)
	out.Summary = form.Of(fmt.Sprintf("Tiếp nhận %d hồ sơ trong giai đoạn, quá hạn %d; hoàn thành các chỉ tiêu "+
		"đăng ký.", files, files*6/1000))
	return out, files
}

// worse keeps the lower rating of every body of a unit.
func worse(a, b ratings, s *season) ratings {
	lower := func(id, x, y string) string {
		scale, ok := s.plan.Scale(id, s.period.To)
		if x == "" || !ok {
			return y
		}
		for _, l := range scale.Levels { // highest first
			switch l.Label {
			case x:
				return y
			case y:
				return x
			}
		}
		return x
	}
	return ratings{
		party: lower("party", a.party, b.party), union: lower("union", a.union, b.union),
		youth: lower("youth", a.youth, b.youth), women: lower("women", a.women, b.women),
		farmers: lower("farmers", a.farmers, b.farmers), veterans: lower("veterans", a.veterans, b.veterans),
		front: lower("front", a.front, b.front),
	}
}

// stagePerson is a person's line; years counts those in which the unit put the person up.
func stagePerson(seasons []*season, u *unit, p person) (out templates.StagePerson, years, files int) {
	for i, s := range seasons {
		x, ok := s.unit(u.Code)
		if !ok || i >= len(out.Years) || !x.nominates {
			continue
		}
		for _, then := range x.people {
			if then.name != p.name {
				continue
			}
			years++
			files += then.files
			out.Years[i] = templates.StageYear{Grade: form.Of(excellent), Initiative: form.Of(then.initiative)}
		}
	}
	out.Title, out.Name, out.Born, out.Sex = form.Of(p.title()), form.Of(p.name), form.OfDate(p.born), form.Of(p.sex())
	out.Position, out.Department, out.Role = form.Of(p.position), form.Of(p.department),
		form.Of(seasons[0].role(p.role))
	out.Discipline, out.Award = form.OfInt(0), form.Of(templates.CityAward)
	out.Summary = form.Of(fmt.Sprintf("Giải quyết %d hồ sơ trong giai đoạn, tham gia đầy đủ phong trào thi đua.",
		files))
	if years < len(seasons) {
		out.Note = form.Of(fmt.Sprintf("Được đề nghị %d trong %d năm của giai đoạn", years, len(seasons)))
	}
	return out, years, files
}

// adHoc sends two proposals in the first summer: a commune's for those who cleared old files, an
// office's for one person.
func (p *postman) adHoc(c *City, per plan.Period) error {
	first := c.seasons[0]
	p.city = first
	communes, offices := first.group(plan.Communes), first.group(plan.Offices)
	for i, u := range []*unit{unitAtRank(communes, 4), offices[0]} {
		err := p.send(u, parcel{
			kind: "ad-hoc", form: templates.AdHocForm, period: per,
			fill:  func(u *unit) any { return first.adHocProposal(u, i == 0) },
			first: clock(first.year, 8, 13, 0, 0, 0), days: 5, hurry: 5,
			subject: "Tờ trình đề nghị khen thưởng đột xuất - " + u.Name,
			text:    u.Name + " gửi tờ trình đề nghị khen thưởng đột xuất trong thực hiện cải cách hành chính.",
			file:    "Đề nghị khen thưởng đột xuất - " + u.Short,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// unitAtRank is the unit at a place of the index.
func unitAtRank(units []*unit, rank int) *unit {
	for _, u := range units {
		if u.rank == rank {
			return u
		}
	}
	return units[0]
}

func (c *season) adHocProposal(u *unit, collective bool) *templates.AdHocProposal {
	d := templates.NewAdHocProposal(c.plan, u.Unit)
	day := calendar.Date{Year: c.year, Month: 8, Day: 6}
	d.Proposal.Number, d.Proposal.Date = form.Of(fmt.Sprintf("%d/%s", u.number+40, u.symbol("TTr"))),
		form.OfDate(day.AddDays(3))
	d.Proposal.Signer, d.Proposal.Contact = form.Of(u.head), form.Of(u.preparer+", "+u.phone())
	d.Proposal.Level, d.Proposal.Copies = form.Of("Cấp thành phố"), form.OfInt(1)
	noted := form.Of(fmt.Sprintf("Thông báo số 45/TB-UBND ngày 09/8/%d của UBND thành phố", c.year))
	if collective {
		d.Collectives = []templates.AdHocCollective{{
			Name: form.Of(desks[0] + " " + u.Name), Size: form.OfInt(u.reformers), Date: form.OfDate(day),
			Evidence: noted, Discipline: form.OfInt(0),
			Achievement: form.Of("Giải quyết dứt điểm 320 hồ sơ tồn đọng trong 30 ngày, không phát sinh khiếu nại"),
			Grade:       form.Of(excellent), Award: form.Of(templates.CityAward),
		}}
	}
	h := person{name: u.head, woman: u.womanHeads, born: calendar.Date{Year: 1970, Month: 1 + u.number%12,
		Day: 1 + u.number%28}, position: u.Head, role: plan.RoleHead, department: "Lãnh đạo đơn vị"}
	if u.Group == plan.Communes {
		h.role, h.department = plan.RoleCommuneLeader, "Lãnh đạo UBND "+u.Kind
	}
	if len(u.people) > 0 {
		h = u.people[0]
	}
	d.Individuals = []templates.AdHocPerson{{
		Title: form.Of(h.title()), Name: form.Of(h.name), Born: form.OfDate(h.born), Sex: form.Of(h.sex()),
		Position: form.Of(h.position), Department: form.Of(h.department),
		Role: form.Of(c.role(h.role)), Date: form.OfDate(day), Evidence: noted, Grade: form.Of(excellent),
		Discipline: form.OfInt(0), Award: form.Of(templates.CityAward),
		Achievement: form.Of("Đề xuất và triển khai tra cứu kết quả hồ sơ bằng mã QR, được các phường áp dụng " +
			"trong một tháng"),
	}}
	d.Proposal.Collectives, d.Proposal.Individuals = form.OfInt(len(d.Collectives)), form.OfInt(len(d.Individuals))
	return d
}

package city

import (
	"fmt"

	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// What units report besides their dossiers: propaganda (Plan IV.2) and the awards that communes'
// chairmen gave themselves (Plan III.1.3).

// outreach sends the propaganda reports of the year.
func (p *postman) outreach() error {
	for _, code := range p.city.plan.Reporters {
		u, ok := p.city.unit(code)
		if !ok {
			continue
		}
		err := p.send(u, parcel{
			kind: "outreach", form: templates.OutreachForm, period: p.city.period,
			fill:  func(u *unit) any { return p.city.outreach(u) },
			first: clock(p.city.year, 12, 10, 0, 0, 0), days: 10, hurry: 10,
			subject: "Báo cáo công tác tuyên truyền CCHC năm " + p.city.label() + " - " + u.Name,
			text: u.Name + " gửi báo cáo công tác tuyên truyền phong trào thi đua thực hiện cải cách hành chính năm " +
				p.city.label() + ".",
			file: "Báo cáo tuyên truyền CCHC " + p.city.label() + " - " + u.Short,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// reportHead is the head of a report of the year.
func (c *season) reportHead(u *unit, h templates.ReportHead) templates.ReportHead {
	h.Number, h.Date = form.Of(fmt.Sprintf("%d/%s", u.number+60, u.symbol("BC"))),
		form.OfDate(calendar.Date{Year: c.year, Month: 12, Day: 7 + u.number%3})
	h.Signer, h.Preparer, h.Phone = form.Of(u.head), form.Of(u.preparer), form.Of(u.phone())
	return h
}

func (c *season) outreach(u *unit) *templates.Outreach {
	o := templates.NewOutreach(c.period, u.Unit)
	o.Unit = c.reportHead(u, o.Unit)
	day := func(month int) form.Value {
		return form.OfDate(calendar.Date{Year: c.year, Month: month, Day: 4 + u.number%20})
	}
	o.News = []templates.NewsItem{
		{Kind: form.Of("Tin"), Title: form.Of("Ra mắt bộ phận tiếp nhận và trả kết quả hiện đại"),
			Medium: form.Of("Cổng thông tin điện tử"), Date: day(3), Count: form.OfInt(6 + c.number)},
		{Kind: form.Of("Bài"), Title: form.Of("Nộp hồ sơ trực tuyến: dễ hơn người dân nghĩ"),
			Medium: form.Of("Phát thanh"), Date: day(5), Count: form.OfInt(12 + u.number%7)},
		{Kind: form.Of("Phóng sự"), Title: form.Of("Một ngày ở bộ phận một cửa"), Medium: form.Of("Truyền hình"),
			Date: day(9), Count: form.OfInt(2)},
	}
	o.Programmes = []templates.Programme{
		{Name: form.Of("Cải cách hành chính với người dân thành phố"), Medium: form.Of("Phát thanh"), Date: day(4),
			Count: form.OfInt(36), Minutes: form.OfInt(15)},
	}
	o.Sections = []templates.PressSection{
		{Kind: form.Of("Chuyên mục"), Name: form.Of("Gương người tốt, việc tốt trong cải cách hành chính"),
			Medium: form.Of("Truyền hình"), Since: day(4), Count: form.OfInt(12)},
	}
	o.Activities = []templates.OutreachActivity{
		{Kind: form.Of("Băng rôn, khẩu hiệu"), Content: form.Of("Tuyên truyền dịch vụ công trực tuyến mức độ 3, 4"),
			Date: day(6), Count: form.OfInt(40 + u.number)},
	}
	return o
}

// communeAwards sends the reports of the communes whose chairmen gave awards; only some tell of it.
func (p *postman) communeAwards() error {
	for i, u := range p.city.group(plan.Communes) {
		if !u.nominates || i%3 != p.city.number%3 {
			continue
		}
		err := p.send(u, parcel{
			kind: "commune-awards", form: templates.CommuneAwardsForm, period: p.city.period,
			fill:  func(u *unit) any { return p.city.communeAwards(u) },
			first: clock(p.city.year, 12, 12, 0, 0, 0), days: 12, hurry: 12,
			subject: "Báo cáo khen thưởng cấp xã năm " + p.city.label() + " - " + u.Name,
			text: u.Name + " báo cáo kết quả khen thưởng cấp xã trong phong trào thi đua thực hiện cải cách hành " +
				"chính năm " + p.city.label() + ".",
			file: "Báo cáo khen thưởng cấp xã " + p.city.label() + " - " + u.Short,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *season) communeAwards(u *unit) *templates.CommuneAwards {
	a := templates.NewCommuneAwards(c.period, u.Unit)
	a.Unit = c.reportHead(u, a.Unit)
	award := form.Of("Giấy khen của Chủ tịch UBND " + u.Kind)
	day := calendar.Date{Year: c.year, Month: 12, Day: 3 + u.number%5}
	decision := form.Of(fmt.Sprintf("%d/QĐ-UBND", u.number+110))
	a.Awards = []templates.CommuneAward{{
		Kind: form.Of(templates.KindCollective), Name: form.Of(desks[0] + " " + u.Name), Award: award,
		Decision: decision, Date: form.OfDate(day),
		Result: form.Of(solutions[u.number%len(solutions)]), Bonus: form.OfInt(600000),
	}}
	for i, p := range u.people {
		a.Awards = append(a.Awards, templates.CommuneAward{
			Kind: form.Of(templates.KindIndividual), Title: form.Of(p.title()), Name: form.Of(p.name),
			Position: form.Of(p.position), Sex: form.Of(p.sex()),
			Award: award, Decision: decision, Date: form.OfDate(day),
			Result: form.Of(fmt.Sprintf("Giải quyết %d hồ sơ, không để quá hạn quá %d hồ sơ", p.files, p.files*6/1000+
				i)),
			Bonus: form.OfInt(300000),
		})
	}
	return a
}

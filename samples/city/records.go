package city

import (
	"fmt"

	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// dispatch is one mail of the standing office with official records.
type dispatch struct {
	key, subject, file string
	value              *templates.Records
	month, day         int // of the year after
}

// records sends what the standing office knows by law (Plan IV.1), in parts as it becomes known:
// the index, the ratings with the register of breaches, a correction of one commune's index, and
// what comes only after the session.
func (p *postman) records() error {
	c := p.city
	corrected := c.correctedCommune()
	index := c.blankRecords("")
	index.Head.IndexSource = form.Of(fmt.Sprintf("Quyết định số 15/QĐ-UBND ngày 14/01/%d", c.year+1))
	index.UnitRatings = nil
	var results []templates.IndexResult
	for i := range index.Index {
		u, ok := c.unitByName(index.Index[i].Unit.Text)
		switch {
		case !ok || u.tardy:
		case u == corrected:
			results = append(results, c.result(u, misread))
		default:
			results = append(results, c.result(u, u.appraised))
		}
	}
	index.Index = results
	correction := c.blankRecords("Đính chính điểm thẩm định của một đơn vị")
	correction.Head.IndexSource = form.Of(fmt.Sprintf("Quyết định số 19/QĐ-UBND ngày 18/01/%d", c.year+1))
	correction.UnitRatings = nil
	correction.Index = []templates.IndexResult{c.result(corrected, corrected.appraised)}

	year, ratingsDay := c.label(), 17
	if c.number == 1 { // after the docket went to the council
		ratingsDay = 20
	}
	all := []dispatch{
		{"records/index", "Kết quả Chỉ số CCHC các xã, phường năm " + year, "Chi so CCHC " + year + ".xlsx", index, 1,
			15},
		{"records/ratings", "Kết quả xếp loại và sổ theo dõi kỷ luật, kỷ cương năm " + year, "Xep loai, ky luat " +
			year + ".xlsx", c.ratings(), 1, ratingsDay},
		{"records/correction", "Đính chính Chỉ số CCHC năm " + year, "Dinh chinh Chi so CCHC " + year + ".xlsx",
			correction, 1, 18},
	}
	all = append(all, c.afterwards()...)
	for _, x := range all {
		b, err := c.write(templates.RecordsForm, c.period, c.plan.Office.Name, c.plan.Office.Unit, x.value)
		if err != nil {
			return err
		}
		m := Mail{Key: x.key, From: p.office(), To: p.office(), Subject: x.subject,
			Text: "Gửi hệ thống số liệu chính thức năm " + year + ".\r\n"}
		p.stamp(&m, clock(c.year+1, x.month, x.day, 9, between(p.random, 0, 59), 0))
		m.Attachments = []Attachment{{Name: x.file, Type: m.client.typeOf(".xlsx"), Bytes: b}}
		p.mails = append(p.mails, m)
	}
	return nil
}

// blankRecords is the office's workbook with its head.
func (c *season) blankRecords(note string) *templates.Records {
	r := templates.NewRecords(c.plan, c.period)
	r.Head.Preparer, r.Head.Note = form.Of("Trịnh Mẫu Chuyên"), form.Of(note)
	return r
}

// ratings are the ratings of all units and of everybody proposed, and the register of breaches.
func (c *season) ratings() *templates.Records {
	out := c.blankRecords("")
	out.Index = nil
	out.Head.RatingSource = form.Of(fmt.Sprintf("Thông báo số 02/TB-UBND ngày 16/01/%d", c.year+1))
	out.Head.DisciplineUpTo = form.OfDate(calendar.Date{Year: c.year, Month: 12, Day: 31})
	for i := range out.UnitRatings {
		u, ok := c.unitByName(out.UnitRatings[i].Unit.Text)
		if !ok {
			continue
		}
		t := u.truth
		out.UnitRatings[i] = templates.UnitRating{
			Unit: form.Of(u.Name), Grade: form.Of(t.grade), Party: form.Of(t.party), Union: form.Of(t.union),
			Youth: form.Of(t.youth),
			Women: form.Of(t.women), Farmers: form.Of(t.farmers), Veterans: form.Of(t.veterans),
			Front: form.Of(t.front),
		}
	}
	for _, u := range c.units {
		for _, x := range u.people {
			if u.nominates {
				out.Ratings = append(out.Ratings, templates.PersonRating{Unit: form.Of(u.Name), Name: form.Of(x.name),
					Position: form.Of(x.position), Grade: form.Of(x.official)})
			}
			if x.breach {
				out.Discipline = append(out.Discipline, c.breach(u, x.name, "Biên bản kiểm điểm về giờ giấc làm việc",
					9))
			}
		}
		if u.breach {
			out.Discipline = append(out.Discipline,
				c.breach(u, "", "Công dân phản ánh việc giải quyết hồ sơ đất đai quá hạn, đã xác minh là đúng", 10))
		}
	}
	return out
}

// afterwards are the records that come when the council has met: the index of one commune, a breach
// that came to light late.
func (c *season) afterwards() []dispatch {
	var out []dispatch
	for _, u := range c.units {
		if u.tardy {
			r := c.blankRecords("Bổ sung kết quả phúc tra của một đơn vị")
			r.UnitRatings = nil
			r.Head.IndexSource = form.Of(fmt.Sprintf("Quyết định số 31/QĐ-UBND ngày 07/02/%d", c.year+1))
			r.Index = []templates.IndexResult{c.result(u, u.appraised)}
			out = append(out, dispatch{"records/late-index", "Bổ sung kết quả Chỉ số CCHC năm " + c.label(),
				"Bo sung Chi so CCHC " + c.label() + ".xlsx", r, 2, 10})
		}
		for _, x := range u.people {
			if x.late {
				r := c.blankRecords("Bổ sung sổ theo dõi kỷ luật, kỷ cương")
				r.UnitRatings, r.Index = nil, nil
				r.Head.DisciplineUpTo = form.OfDate(calendar.Date{Year: c.year, Month: 12, Day: 31})
				r.Discipline = []templates.DisciplineEntry{c.breach(u, x.name,
					"Gây phiền hà khi tiếp nhận hồ sơ, đã có kết luận xác minh", 12)}
				out = append(out, dispatch{"records/late-breach", "Bổ sung sổ theo dõi kỷ luật, kỷ cương năm " +
					c.label(), "Bo sung ky luat " + c.label() + ".xlsx", r, 2, 3})
			}
		}
	}
	return out
}

// misread is the score that the office's first mail gives one commune by mistake.
const misread = 79.4

// correctedCommune is the lowest commune that reaches Tốt: the first mail puts it below.
func (c *season) correctedCommune() *unit {
	var found *unit
	for _, u := range c.group(plan.Communes) {
		if label := c.band(u.appraised); label == "Tốt" && (found == nil || u.rank > found.rank) {
			found = u
		}
	}
	return found
}

func (c *season) band(score float64) string {
	s, _ := c.plan.Scale("index-band", c.period.To)
	label, _ := s.Band(score)
	return label
}

func (c *season) result(u *unit, score float64) templates.IndexResult {
	return templates.IndexResult{
		Unit: form.Of(u.Name), Self: form.OfNumber(u.self), Appraised: form.OfNumber(score), Rank: form.OfInt(u.rank),
		Band: form.Of(c.band(score)),
	}
}

func (c *season) breach(u *unit, name, content string, month int) templates.DisciplineEntry {
	return templates.DisciplineEntry{
		Unit: form.Of(u.Name), Name: form.Of(name),
		Date: form.OfDate(calendar.Date{Year: c.year, Month: month, Day: 20}), Content: form.Of(content),
		Source: form.Of(fmt.Sprintf("Biên bản số %02d/BB ngày 20/%d/%d", u.number, month, c.year)),
	}
}

func (c *season) unitByName(name string) (*unit, bool) {
	for _, u := range c.units {
		if u.Name == name {
			return u, true
		}
	}
	return nil, false
}

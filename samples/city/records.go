package city

import (
	"fmt"

	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// records sends what the standing office knows by law (Plan IV.1): the index, the ratings with the register of breaches, and later a
// correction of one commune's index.
func (p *postman) records() error {
	c := p.city
	corrected := c.corrected()
	index := templates.NewRecords(c.plan, c.period)
	source := func(r *templates.Records, note string) {
		r.Head.Preparer, r.Head.Note = form.Of("Trịnh Mẫu Chuyên"), form.Of(note)
	}
	source(index, "")
	index.Head.IndexSource = form.Of(fmt.Sprintf("Quyết định số 15/QĐ-UBND ngày 14/01/%d", Year+1))
	index.UnitRatings = nil
	for i := range index.Index {
		u, ok := c.named(index.Index[i].Unit.Text)
		if !ok {
			continue
		}
		index.Index[i] = c.result(u, u.appraised)
		if u == corrected {
			index.Index[i] = c.result(u, misread)
		}
	}
	ratings := templates.NewRecords(c.plan, c.period)
	source(ratings, "")
	ratings.Index = nil
	ratings.Head.RatingSource = form.Of(fmt.Sprintf("Thông báo số 02/TB-UBND ngày 16/01/%d", Year+1))
	ratings.Head.DisciplineUpTo = form.OfDate(calendar.Date{Year: Year, Month: 12, Day: 31})
	for i := range ratings.UnitRatings {
		u, ok := c.named(ratings.UnitRatings[i].Unit.Text)
		if !ok {
			continue
		}
		t := u.truth
		ratings.UnitRatings[i] = templates.UnitRating{
			Unit: form.Of(u.Name), Grade: form.Of(t.grade), Party: form.Of(t.party), Union: form.Of(t.union), Youth: form.Of(t.youth),
			Women: form.Of(t.women), Farmers: form.Of(t.farmers), Veterans: form.Of(t.veterans), Front: form.Of(t.front),
		}
	}
	for _, u := range c.units {
		for _, x := range u.people {
			if u.nominates {
				ratings.Ratings = append(ratings.Ratings, templates.PersonRating{Unit: form.Of(u.Name), Name: form.Of(x.name), Position: form.Of(x.position), Grade: form.Of(x.official)})
			}
			if x.breach {
				ratings.Discipline = append(ratings.Discipline, breach(u, x.name, "Biên bản kiểm điểm về giờ giấc làm việc", 9))
			}
		}
		if u.breach {
			ratings.Discipline = append(ratings.Discipline, breach(u, "", "Công dân phản ánh việc giải quyết hồ sơ đất đai quá hạn, đã xác minh là đúng", 10))
		}
	}
	correction := templates.NewRecords(c.plan, c.period)
	source(correction, "Đính chính điểm thẩm định của một đơn vị")
	correction.Head.IndexSource = form.Of(fmt.Sprintf("Quyết định số 19/QĐ-UBND ngày 18/01/%d", Year+1))
	correction.UnitRatings = nil
	correction.Index = []templates.IndexResult{c.result(corrected, corrected.appraised)}

	for _, x := range []struct {
		key, subject, file string
		value              *templates.Records
		day                int
	}{
		{"records/index", "Kết quả Chỉ số CCHC các xã, phường năm 2018", "Chi so CCHC 2018.xlsx", index, 15},
		{"records/ratings", "Kết quả xếp loại và sổ theo dõi kỷ luật, kỷ cương năm 2018", "Xep loai, ky luat 2018.xlsx", ratings, 17},
		{"records/correction", "Đính chính Chỉ số CCHC năm 2018", "Dinh chinh Chi so CCHC 2018.xlsx", correction, 18},
	} {
		b, err := c.write(templates.RecordsForm, c.plan.Office.Name, c.plan.Office.Unit, x.value)
		if err != nil {
			return err
		}
		m := Mail{Key: x.key, From: p.office(), To: p.office(), Subject: x.subject, Text: "Gửi hệ thống số liệu chính thức năm 2018.\r\n"}
		p.stamp(&m, clock(Year+1, 1, x.day, 9, between(p.random, 0, 59), 0))
		m.Attachments = []Attachment{{Name: x.file, Type: m.client.typeOf(".xlsx"), Bytes: b}}
		p.mails = append(p.mails, m)
	}
	return nil
}

// misread is the score that the office's first mail gives one commune by mistake.
const misread = 79.4

// corrected is the lowest commune that reaches Tốt: the first mail puts it below.
func (c *City) corrected() *unit {
	var found *unit
	for _, u := range c.group(plan.Communes) {
		if label := c.band(u.appraised); label == "Tốt" && (found == nil || u.rank > found.rank) {
			found = u
		}
	}
	return found
}

func (c *City) band(score float64) string {
	s, _ := c.plan.Scale("index-band", c.period.To)
	label, _ := s.Band(score)
	return label
}

func (c *City) result(u *unit, score float64) templates.IndexResult {
	return templates.IndexResult{
		Unit: form.Of(u.Name), Self: form.OfNumber(u.self), Appraised: form.OfNumber(score), Rank: form.OfInt(u.rank), Band: form.Of(c.band(score)),
	}
}

func breach(u *unit, name, content string, month int) templates.DisciplineEntry {
	return templates.DisciplineEntry{
		Unit: form.Of(u.Name), Name: form.Of(name), Date: form.OfDate(calendar.Date{Year: Year, Month: month, Day: 20}), Content: form.Of(content),
		Source: form.Of(fmt.Sprintf("Biên bản số %02d/BB ngày 20/%d/%d", u.number, month, Year)),
	}
}

func (c *City) named(name string) (*unit, bool) {
	for _, u := range c.units {
		if u.Name == name {
			return u, true
		}
	}
	return nil, false
}

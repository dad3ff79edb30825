package scenarios_test

import (
	"thidua/templates"
	"thidua/templates/form"
)

// The people of the stories do not exist.
var (
	binh  = person{"Bà", "Trần Thị Mẫu Bình", "1980-03-05", "Nữ", "Công chức Văn phòng - Thống kê"}
	cuong = person{"Ông", "Lê Văn Mẫu Cường", "1975-11-20", "Nam", "Công chức Tư pháp - Hộ tịch"}
)

type person struct{ title, name, born, sex, position string }

const (
	direct    = "Trực tiếp thực hiện nhiệm vụ CCHC"
	excellent = "Hoàn thành xuất sắc nhiệm vụ"
)

// registration is a unit's registration without a fault.
func (w *writer) registration(unit string, people ...person) *templates.Registration {
	u := w.unit(unit)
	r := templates.NewRegistration(w.plan, w.period, u, nil)
	r.Unit.Head, r.Unit.Preparer, r.Unit.Staff = form.Of("Nguyễn Văn Mẫu An"), form.Of("Phạm Thị Mẫu Dung"),
		form.OfInt(24)
	r.Unit.PlanIssue = form.Of("12/KH-UBND ngày 06/3/2018")
	for i := range r.Targets {
		r.Targets[i].Goal, r.Targets[i].Due = form.Of("Đạt 98% trở lên"), form.Of("2018-11-30")
	}
	r.Collectives = []templates.RegisteredCollective{{Name: form.Of(u.Name), Size: form.OfInt(24),
		Award: form.Of(templates.CityAward)}}
	for _, p := range people {
		r.Individuals = append(r.Individuals, templates.RegisteredPerson{
			Title: form.Of(p.title), Name: form.Of(p.name), Born: form.Of(p.born), Sex: form.Of(p.sex),
			Position: form.Of(p.position),
			Role:     form.Of(direct), Award: form.Of(templates.CityAward),
		})
	}
	return r
}

// dossier is a unit's dossier without a fault.
func (w *writer) dossier(unit string, people ...person) *templates.Dossier {
	u := w.unit(unit)
	d := templates.NewDossier(w.plan, w.period, u, w.registration(unit))
	p := &d.Proposal
	p.Number, p.Date, p.Signer = form.Of("45/TTr-UBND"), form.Of("2018-12-14"), form.Of("Nguyễn Văn Mẫu An")
	p.Collectives, p.Individuals, p.Level, p.Copies = form.OfInt(1), form.OfInt(len(people)), form.Of("Cấp thành phố"),
		form.OfInt(1)
	d.Individuals = nil // proposed are those below, registered or not
	for i := range d.Targets {
		d.Targets[i].Result, d.Targets[i].Met = form.Of("Đạt 98,7%"), form.Of(form.Yes)
	}
	d.Minutes = templates.UnitMinutes{
		Date: form.Of("2018-12-12"), Chair: form.Of("Nguyễn Văn Mẫu An"), Secretary: form.Of("Phạm Thị Mẫu Dung"),
		Members: form.OfInt(9), Present: form.OfInt(8),
	}
	d.Collectives = []templates.NominatedCollective{{
		Name: form.Of(u.Name), Size: form.OfInt(24), Grade: form.Of(excellent), Party: form.Of(excellent),
		Union:      form.Of("Vững mạnh"),
		Discipline: form.OfInt(0), Summary: form.Of("Tiếp nhận 3.120 hồ sơ, đúng hạn 99%."),
		Award: form.Of(templates.CityAward),
	}}
	add := func(kind, name, results string) {
		d.Votes = append(d.Votes, templates.UnitVote{Kind: form.Of(kind), Name: form.Of(name), Agree: form.OfInt(8),
			Disagree: form.OfInt(0)})
		d.Reports = append(d.Reports, templates.AchievementReport{Kind: form.Of(kind), Name: form.Of(name),
			Results: form.Of(results)})
	}
	add(templates.KindCollective, u.Name,
		"Tiếp nhận 3.120 hồ sơ, đúng hạn 99%, không có phản ánh của tổ chức, công dân.")
	for _, x := range people {
		d.Individuals = append(d.Individuals, templates.NominatedPerson{
			Title: form.Of(x.title), Name: form.Of(x.name), Born: form.Of(x.born), Sex: form.Of(x.sex),
			Position: form.Of(x.position), Role: form.Of(direct),
			Grade: form.Of(excellent), Initiative: form.Of("Niêm yết thủ tục bằng mã QR tại bộ phận một cửa"),
			Discipline: form.OfInt(0),
			Summary:    form.Of("Giải quyết 640 hồ sơ, không để quá hạn."), Award: form.Of(templates.CityAward),
		})
		add(templates.KindIndividual, x.name,
			x.name+" tham mưu giải quyết 640 hồ sơ, không để quá hạn; thái độ phục vụ đúng mực.")
	}
	return d
}

// records are the office's official records of two communes and of the people of the stories,
// without a breach.
func (w *writer) records(scores map[string]float64, people map[string]string) *templates.Records {
	r := templates.NewRecords(w.plan, w.period)
	r.Head.Preparer, r.Head.IndexSource = form.Of("Trịnh Thị Mẫu Em"),
		form.Of("Quyết định số 15/QĐ-UBND ngày 14/01/2019")
	r.Head.RatingSource, r.Head.DisciplineUpTo = form.Of("Thông báo số 02/TB-UBND ngày 16/01/2019"),
		form.Of("2018-12-31")
	r.Index, r.UnitRatings = nil, nil
	scale, _ := w.plan.Scale("index-band", w.period.To)
	for _, u := range w.plan.Units {
		score, ok := scores[u.Code]
		if !ok {
			continue
		}
		band, _ := scale.Band(score)
		r.Index = append(r.Index, templates.IndexResult{Unit: form.Of(u.Name), Appraised: form.OfNumber(score),
			Band: form.Of(band)})
		r.UnitRatings = append(r.UnitRatings, templates.UnitRating{Unit: form.Of(u.Name), Grade: form.Of(excellent),
			Party: form.Of(excellent), Union: form.Of("Vững mạnh")})
		if name := people[u.Code]; name != "" {
			r.Ratings = append(r.Ratings, templates.PersonRating{Unit: form.Of(u.Name), Name: form.Of(name),
				Grade: form.Of(excellent)})
		}
	}
	return r
}

package scenarios_test

import (
	"time"

	"thidua/reports/prefill"
	"thidua/reports/round"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
)

// yearStories are the stories that run to the end of the year: dossiers, records, votes.
func yearStories() []story {
	return []story{
		{"15-records-arrive-late", "Two wards propose themselves in December and claim the index “Tốt”. A claim " +
			"never makes a criterion met: both wait (Pending) until the office mails the official records in " +
			"January. Then one is met and the other is not, and the claim of the other is a contradiction of its own.",
			[]string{"2018-03-05 16:30:00", "2018-12-17 16:30:00", "2019-01-17 16:30:00"}, func(w *writer) []eml {
				return append(w.proposals(), eml{name: "so-lieu", at: "2019-01-17 09:00:00",
					from: w.plan.Office.Emails[0], subject: "Số liệu chính thức năm 2018", text: greeting,
					files: []file{w.book("so lieu.xlsx", "PB01",
						w.records(map[string]float64{tanThinh: 86.5, thinhDan: 78.25},
							map[string]string{tanThinh: binh.name, thinhDan: cuong.name}))}})
			}},
		{"16-votes-that-do-not-add-up", "The council's secretary returns the ballot workbook with more valid and " +
			"void ballots than came back, and one row whose votes are not the valid ballots. It decides nothing " +
			"until it is put right by reply; then the awards follow from the votes.",
			[]string{"2018-03-05 16:30:00", "2018-12-17 16:30:00", "2019-01-17 16:30:00", "2019-01-24 16:30:00",
				"2019-01-25 16:30:00"}, func(w *writer) []eml {
				mails := append(w.proposals(), eml{name: "so-lieu", at: "2019-01-17 09:00:00",
					from: w.plan.Office.Emails[0], subject: "Số liệu chính thức năm 2018", text: greeting,
					files: []file{w.book("so lieu.xlsx", "PB01",
						w.records(map[string]float64{tanThinh: 86.5, thinhDan: 82},
							map[string]string{tanThinh: binh.name, thinhDan: cuong.name}))}})
				votes := w.votes(mails)
				wrong := *votes
				wrong.Session.CollectiveInvalid = form.OfInt(1)
				wrong.Individuals = append([]templates.VoteRow{}, votes.Individuals...)
				wrong.Individuals[0].Agree = form.OfInt(9)
				return append(mails,
					eml{name: "kiem-phieu", at: "2019-01-24 15:00:00", from: w.plan.Council.SecretaryEmails[0],
						subject: "Kết quả kiểm phiếu", text: greeting,
						files: []file{w.book("kiem phieu.xlsx", "", &wrong)}},
					eml{name: "kiem-phieu-sua", at: "2019-01-25 08:00:00", from: w.plan.Council.SecretaryEmails[0],
						subject: "Re: Kết quả kiểm phiếu", text: greeting, answers: "kiem-phieu",
						files: []file{w.book("kiem phieu.xlsx", "", votes)}})
			}},
		{"17-an-invalid-newer-version", "A unit replaces its accepted dossier by one with a blank grade: the old " +
			"one still rules and stays judged, the letter says so, and the corrected third version takes over.",
			[]string{"2018-03-05 16:30:00", "2018-12-17 16:30:00", "2018-12-18 16:30:00", "2018-12-19 16:30:00"},
			func(w *writer) []eml {
				worse := w.dossier(tanThinh, binh, cuong)
				worse.Individuals[1].Grade = form.Value{}
				return []eml{
					{name: "dang-ky", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering, text: greeting,
						files: []file{w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh, binh, cuong))}},
					{name: "ho-so", at: "2018-12-17 09:00:00", from: tanThinh, subject: proposing, text: greeting,
						files: []file{w.book("ho so.xlsx", tanThinh, w.dossier(tanThinh, binh))}},
					{name: "ho-so-2", at: "2018-12-18 09:00:00", from: tanThinh, subject: proposing, text: greeting,
						files: []file{w.book("ho so.xlsx", tanThinh, worse)}},
					{name: "ho-so-3", at: "2018-12-19 09:00:00", from: tanThinh, subject: proposing, text: greeting,
						answers: "ho-so-2",
						files:   []file{w.book("ho so.xlsx", tanThinh, w.dossier(tanThinh, binh, cuong))}},
				}
			}},
		{"47-exchanged-after-the-deadline", "A ward sends its registration as it got it, with nothing filled in: " +
			"that starts nothing. It registers in time, and months later adds a person: " +
			"what was there keeps its day, the new person is late, and the verdict of its dossier says so of that " +
			"person alone.",
			[]string{"2018-03-05 16:30:00", "2018-03-07 16:30:00", "2018-09-03 16:30:00", "2018-12-17 16:30:00"},
			func(w *writer) []eml {
				period, _ := w.plan.Period("2018")
				ward, _ := w.plan.UnitByCode(tanThinh)
				blank := templates.NewRegistration(w.plan, period, ward, nil)
				send := func(name, at, subject string, value any) eml {
					return eml{name: name, at: at, from: tanThinh, subject: subject, text: greeting,
						files: []file{w.book(name+".xlsx", tanThinh, value)}}
				}
				return []eml{
					send("de-trong", "2018-03-05 09:00:00", registering, blank),
					send("dang-ky", "2018-03-07 09:00:00", registering, w.registration(tanThinh, binh)),
					send("dang-ky-thay", "2018-09-03 09:00:00", registering, w.registration(tanThinh, binh, cuong)),
					send("ho-so", "2018-12-17 09:00:00", proposing, w.dossier(tanThinh, binh, cuong)),
				}
			}},
		{"18-forgotten-attachment", "A mail about the registration without any file is answered with the unit's " +
			"own forms; a scan beside the workbook is kept and said to be.",
			[]string{"2018-03-05 16:30:00"}, func(w *writer) []eml {
				return []eml{
					{name: "quen-tep", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering, text: greeting},
					{name: "kem-ban-quet", at: "2018-03-05 09:01:00", from: thinhDan, subject: registering,
						text: greeting,
						files: []file{{"ban ky.pdf", []byte("%PDF-1.4\n%%EOF\n")},
							w.book("dang ky.xlsx", thinhDan, w.registration(thinhDan, cuong))}},
				}
			}},
		{"19-only-the-office-may", "Official records and votes count only from those whose business they are: a " +
			"ward that sends records, and an office that sends votes, are told so and nothing of it is used.",
			[]string{"2018-03-05 16:30:00", "2018-12-17 16:30:00", "2019-01-17 16:30:00"}, func(w *writer) []eml {
				votes := &templates.Votes{}
				votes.Session.Year = form.OfInt(2018)
				return append(w.proposals(),
					eml{name: "so-lieu", at: "2019-01-17 09:00:00", from: tanThinh, subject: "Số liệu Chỉ số CCHC",
						text: greeting,
						files: []file{w.book("so lieu.xlsx", "PB01",
							w.records(map[string]float64{tanThinh: 99}, nil))}},
					eml{name: "kiem-phieu", at: "2019-01-17 10:00:00", from: yTe, subject: "Kết quả kiểm phiếu",
						text: greeting, files: []file{w.book("kiem phieu.xlsx", "", votes)}})
			}},
		{"20-proposed-by-two", "The same person is proposed by two units, one of which never registered: both " +
			"dossiers are taken in, and the office is shown both facts before anybody decides.",
			[]string{"2018-03-05 16:30:00", "2018-12-17 16:30:00"}, func(w *writer) []eml {
				return []eml{
					{name: "dang-ky", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering, text: greeting,
						files: []file{w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh, binh))}},
					{name: "ho-so-tan-thinh", at: "2018-12-17 09:00:00", from: tanThinh, subject: proposing,
						text: greeting, files: []file{w.book("ho so.xlsx", tanThinh, w.dossier(tanThinh, binh))}},
					{name: "ho-so-thinh-dan", at: "2018-12-17 09:30:00", from: thinhDan, subject: proposing,
						text: greeting, files: []file{w.book("ho so.xlsx", thinhDan, w.dossier(thinhDan, binh))}},
				}
			}},
		{"21-a-breach-of-another-year", "The register of breaches names a nominee under a day of the year before. " +
			"Nobody is disqualified by another year's breach, and nobody is cleared of it either: the office is " +
			"told at once which cell it is, and the Council weighs it. The year was a slip of the pen; the office " +
			"mails the register again with the right one, and the person and the ward's collective no longer meet " +
			"the standard.",
			[]string{"2018-03-05 16:30:00", "2018-12-17 16:30:00", "2019-01-17 16:30:00", "2019-01-21 16:30:00"},
			func(w *writer) []eml {
				r := w.records(map[string]float64{tanThinh: 86.5, thinhDan: 82},
					map[string]string{tanThinh: binh.name, thinhDan: cuong.name})
				r.Discipline = []templates.DisciplineEntry{{Unit: form.Of("UBND phường Thịnh Đán"),
					Name: form.Of(cuong.name), Date: form.Of("2017-11-20"),
					Content: form.Of("Biên bản kiểm điểm về trễ hẹn trả kết quả"),
					Source:  form.Of("Biên bản số 02/BB")}}
				again := *r
				again.Discipline = []templates.DisciplineEntry{r.Discipline[0]}
				again.Discipline[0].Date = form.Of("2018-11-20")
				office := w.plan.Office.Emails[0]
				return append(w.proposals(),
					eml{name: "so-lieu", at: "2019-01-17 09:00:00", from: office,
						subject: "Số liệu chính thức năm 2018", text: greeting,
						files: []file{w.book("so lieu.xlsx", "PB01", r)}},
					eml{name: "so-lieu-sua", at: "2019-01-21 09:00:00", from: office,
						subject: "Re: Số liệu chính thức năm 2018", text: greeting, answers: "so-lieu",
						files: []file{w.book("so lieu (sua).xlsx", "PB01", &again)}})
			}},
	}
}

// proposals are the registrations and dossiers of two wards, with one person each and the index
// both claim.
func (w *writer) proposals() []eml {
	one, other := w.dossier(tanThinh, binh), w.dossier(thinhDan, cuong)
	one.Collectives[0].IndexBand, other.Collectives[0].IndexBand = form.Of("Tốt"), form.Of("Tốt")
	return []eml{
		{name: "dang-ky-tan-thinh", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering, text: greeting,
			files: []file{w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh, binh))}},
		{name: "dang-ky-thinh-dan", at: "2018-03-05 09:30:00", from: thinhDan, subject: registering, text: greeting,
			files: []file{w.book("dang ky.xlsx", thinhDan, w.registration(thinhDan, cuong))}},
		{name: "ho-so-tan-thinh", at: "2018-12-17 09:00:00", from: tanThinh, subject: proposing, text: greeting,
			files: []file{w.book("ho so.xlsx", tanThinh, one)}},
		{name: "ho-so-thinh-dan", at: "2018-12-17 09:30:00", from: thinhDan, subject: proposing, text: greeting,
			files: []file{w.book("ho so.xlsx", thinhDan, other)}},
	}
}

// votes fills the ballot workbook that follows from the mails so far: ten of the council's members
// came, and all are for everybody but the last person.
func (w *writer) votes(mails []eml) *templates.Votes {
	at := time.Date(2019, 1, 20, 8, 0, 0, 0, calendar.Zone)
	x := newWorld(w.t)
	var arriving []post
	for _, m := range mails {
		raw := w.write(m)
		arriving = append(arriving, post{m.name, raw, received(w.t, m.name, raw)})
	}
	x.answer(at, arriving)
	sources, err := round.Gather(w.plan, x.dataset(), "2018", calendar.DateOf(at))
	must(w.t, err)
	v := prefill.Votes(sources)
	s := &v.Session
	s.Date, s.Presiding, s.Secretary = form.Of("2019-01-24"), form.Of("Trần Mẫu Hai"), form.Of("Phạm Thị Mẫu Dung")
	ten, none := form.OfInt(10), form.OfInt(0)
	s.Present, s.Written = ten, none
	s.CollectiveIssued, s.CollectiveReturned, s.CollectiveValid, s.CollectiveInvalid = ten, ten, ten, none
	s.IndividualIssued, s.IndividualReturned, s.IndividualValid, s.IndividualInvalid = ten, ten, ten, none
	for _, rows := range [][]templates.VoteRow{v.Collectives, v.Individuals} {
		for i := range rows {
			rows[i].Agree, rows[i].Disagree = ten, none
		}
	}
	last := &v.Individuals[len(v.Individuals)-1]
	last.Agree, last.Disagree = form.OfInt(5), form.OfInt(5)
	return v
}

package evaluate_test

import (
	"testing"
	"time"

	"thidua/evaluate"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// One table for each criterion of Plan III.2, named after its clause and paragraph. Every case
// starts from a nominee that lacks nothing.

type collectiveCase struct {
	name    string
	unit    string
	edit    func(*templates.Dossier)
	records func(*templates.Records)
	want    evaluate.Outcome
}

func row0(edit func(*templates.NominatedCollective)) func(*templates.Dossier) {
	return func(d *templates.Dossier) { edit(&d.Collectives[0]) }
}

func checkCollective(t *testing.T, criterion string, cases []collectiveCase) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			unit := c.unit
			if unit == "" {
				unit = ward
			}
			w.propose(unit, c.edit)
			if c.records != nil {
				w.records(january.Add(-time.Hour), c.records)
			}
			j := judgement(t, verdict(t, w.run(), w.unit(unit).Name), criterion)
			if j.Outcome != c.want {
				t.Errorf("%s, want %s: %s", j.Outcome, c.want, j.Reason)
			}
		})
	}
}

func unitRating(unit string, edit func(*templates.UnitRating)) func(*templates.Records) {
	return func(r *templates.Records) {
		x := templates.UnitRating{Unit: v(unit)}
		edit(&x)
		r.UnitRatings = append(r.UnitRatings, x)
	}
}

const (
	best   = "Hoàn thành xuất sắc nhiệm vụ"
	second = "Hoàn thành tốt nhiệm vụ"
	third  = "Hoàn thành nhiệm vụ"
)

func TestIII_2_1_Item1_Grade(t *testing.T) {
	grade := func(text string) func(*templates.Dossier) {
		return row0(func(c *templates.NominatedCollective) { c.Grade = v(text) })
	}
	record := func(text string) func(*templates.Records) {
		return unitRating("UBND phường Tân Thịnh", func(x *templates.UnitRating) { x.Grade = v(text) })
	}
	checkCollective(t, "TT1", []collectiveCase{
		{"declared excellent", ward, grade(best), nil, evaluate.Met},
		{"declared good", ward, grade(second), nil, evaluate.NotMet},
		{"unreadable", ward, row0(func(c *templates.NominatedCollective) { c.Grade = form.Value{Raw: "?", Bad: true} }),
			nil, evaluate.Pending},
		{"the record lowers the claim", ward, grade(best), record(second), evaluate.NotMet},
		{"the record raises the claim", ward, grade(second), record(best), evaluate.Met},
		{"a blank record says nothing", ward, grade(best), record(""), evaluate.Met},
	})
}

func TestIII_2_1_Item2_Registered(t *testing.T) {
	for _, c := range []struct {
		name string
		send func(w *world)
		want evaluate.Outcome
		says string
	}{
		{"in time, with a plan of its own and every target met", func(w *world) { w.propose(ward, nil) }, evaluate.Met,
			"Đơn vị đã đăng ký thi đua đúng hạn. Kế hoạch thực hiện phong trào thi đua của đơn vị: “12/KH-UBND " +
				"ngày 02/3/2018” theo sổ theo dõi, đạt yêu cầu. Tỷ lệ chỉ tiêu đăng ký đã đạt (%): “2/2 chỉ tiêu” " +
				"theo kê khai của đơn vị, đạt yêu cầu."},
		{"one target of two", func(w *world) {
			w.propose(ward, func(d *templates.Dossier) { d.Targets[1].Met = v("Không") })
		}, evaluate.Council, "Tỷ lệ chỉ tiêu đăng ký đã đạt (%): “1/2 chỉ tiêu” theo kê khai của đơn vị, cần Hội " +
			"đồng xem xét (Tỷ lệ chỉ tiêu đăng ký đã đạt (%): từ 100 trở lên)."},
		{"no plan of its own", func(w *world) {
			w.propose(ward, nil)
			w.subs[0].Value.(*templates.Registration).Unit.PlanIssue = v("")
		}, evaluate.Council, "Kế hoạch thực hiện phong trào thi đua của đơn vị: chưa nêu, cần Hội đồng xem xét."},
		{"its own plan sent as a file", func(w *world) {
			w.propose(ward, nil)
			u := &w.subs[0].Value.(*templates.Registration).Unit
			u.PlanIssue, u.PlanFile = v(""), v("Có")
		}, evaluate.Met, "Đơn vị đã đăng ký thi đua đúng hạn. Kế hoạch thực hiện phong trào thi đua của đơn vị: " +
			"“gửi kèm tệp” theo sổ theo dõi, đạt yêu cầu. Tỷ lệ chỉ tiêu đăng ký đã đạt (%): “2/2 chỉ tiêu” theo " +
			"kê khai của đơn vị, đạt yêu cầu."},
		{"targets neither registered nor reported", func(w *world) {
			w.propose(ward, func(d *templates.Dossier) { d.Targets = nil })
			w.subs[0].Value.(*templates.Registration).Targets = nil
		}, evaluate.Council, "Tỷ lệ chỉ tiêu đăng ký đã đạt (%): chưa nêu, cần Hội đồng xem xét."},
		{"on the day itself", func(w *world) {
			w.register(ward, time.Date(2018, 3, 10, 3, 0, 0, 0, time.UTC))
			w.send("2018", "ho-so", ward, december, "accepted", w.dossier(ward, nil))
		}, evaluate.Council, "Đăng ký thi đua: Trong ngày mốc; cần Hội đồng xem xét."},
		{"two days late", func(w *world) {
			w.register(ward, time.Date(2018, 3, 12, 3, 0, 0, 0, time.UTC))
			w.send("2018", "ho-so", ward, december, "accepted", w.dossier(ward, nil))
		}, evaluate.Council, "Đăng ký thi đua: Quá hạn 2 ngày; cần Hội đồng xem xét."},
		{"not at all", func(w *world) {
			w.send("2018", "ho-so", ward, december, "accepted", w.dossier(ward, nil))
		}, evaluate.Council, "Đơn vị chưa gửi bản đăng ký thi đua của kỳ này, cần Hội đồng xem xét. Kế hoạch thực " +
			"hiện phong trào thi đua của đơn vị: chưa nêu, cần Hội đồng xem xét."},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			c.send(w)
			j := judgement(t, verdict(t, w.run(), "UBND phường Tân Thịnh"), "TT2")
			if j.Outcome != c.want || j.Reason != c.says {
				t.Errorf("%s: %s", j.Outcome, j.Reason)
			}
		})
	}
}

func TestIII_2_1_Item2_UnreportedTargetsCountAsNotMet(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, func(d *templates.Dossier) { d.Targets = d.Targets[:1] }) // two were registered
	for _, f := range verdict(t, w.run(), "UBND phường Tân Thịnh").Facts {
		if f.Key == "targets.share" && (f.Value != "50" || f.Text != "1/2 chỉ tiêu") {
			t.Errorf("share %s (%s), want 50 (1/2)", f.Value, f.Text)
		}
	}
}

func TestIII_2_1_Item3_UnityIsForTheCouncil(t *testing.T) {
	checkCollective(t, "TT3", []collectiveCase{{"always", ward, nil, nil, evaluate.Council}})
}

func TestIII_2_1_Item4_PartyAndOrganisations(t *testing.T) {
	edit := func(change func(*templates.NominatedCollective)) func(*templates.Dossier) { return row0(change) }
	checkCollective(t, "TT4", []collectiveCase{
		{"all at the top", ward, nil, nil, evaluate.Met},
		{"the old label of the top level", ward,
			edit(func(c *templates.NominatedCollective) { c.Party = v("Trong sạch, vững mạnh") }), nil, evaluate.Met},
		{"the party one level lower is for the council", ward,
			edit(func(c *templates.NominatedCollective) { c.Party = v(second) }), nil, evaluate.Council},
		{"the party two levels lower", ward, edit(func(c *templates.NominatedCollective) { c.Party = v(third) }), nil,
			evaluate.NotMet},
		{"no party organisation of its own", ward, edit(func(c *templates.NominatedCollective) { c.Party = v("") }),
			nil, evaluate.Met},
		{"no organisation at all", ward,
			edit(func(c *templates.NominatedCollective) { c.Party, c.Union = v(""), v("") }), nil,
			evaluate.NotApplicable},
		{"an organisation at its second level", ward,
			edit(func(c *templates.NominatedCollective) { c.Youth = v("Khá") }), nil, evaluate.Met},
		{"one organisation at its third level", ward,
			edit(func(c *templates.NominatedCollective) { c.Veterans = v("Trung bình") }), nil, evaluate.NotMet},
		{"the record lowers one", ward, nil,
			unitRating("UBND phường Tân Thịnh", func(x *templates.UnitRating) { x.Union = v("Yếu") }), evaluate.NotMet},
	})
}

func index(unit, band string) func(*templates.Records) {
	return func(r *templates.Records) {
		r.Index = append(r.Index, templates.IndexResult{Unit: v(unit), Appraised: v("81"), Band: v(band)})
	}
}

func TestIII_2_1_Item5_IndexOfCommunes(t *testing.T) {
	claim := row0(func(c *templates.NominatedCollective) { c.IndexBand = v("Xuất sắc") })
	checkCollective(t, "TT5", []collectiveCase{
		{"not published", ward, nil, nil, evaluate.Pending},
		{"a claim alone", ward, claim, nil, evaluate.Pending},
		{"good", ward, nil, index("UBND phường Tân Thịnh", "Tốt"), evaluate.Met},
		{"excellent", ward, nil, index("UBND phường Tân Thịnh", "Xuất sắc"), evaluate.Met},
		{"fair against the claim", ward, claim, index("UBND phường Tân Thịnh", "Khá"), evaluate.NotMet},
		{"another ward's", ward, nil, index("UBND phường Tân Thành", "Tốt"), evaluate.Pending},
		{"the ward written short", ward, nil, index("P. Tân Thịnh", "Tốt"), evaluate.Met},
		{"an office is not bound", office, nil, nil, evaluate.NotApplicable},
	})
}

// breachOn is an entry of the ward's register on another day.
func breachOn(day, name string) func(*templates.Records) {
	return func(r *templates.Records) {
		r.Discipline = append(r.Discipline, templates.DisciplineEntry{Unit: v("UBND phường Tân Thịnh"), Name: v(name),
			Date: v(day), Content: v("Biên bản kiểm điểm")})
	}
}

func breachOf(unit, name string) func(*templates.Records) {
	return func(r *templates.Records) {
		r.Discipline = append(r.Discipline, templates.DisciplineEntry{
			Unit: v(unit), Name: at(name, "KỶ LUẬT", "C5"), Date: v("2018-09-20"),
			Content: at("Biên bản kiểm điểm", "KỶ LUẬT", "E5"),
		})
	}
}

func reviewed(r *templates.Records) { r.Head.DisciplineUpTo = v("2018-12-31") }

func both(a, b func(*templates.Records)) func(*templates.Records) {
	return func(r *templates.Records) { a(r); b(r) }
}

func TestIII_2_1_Item6_Discipline(t *testing.T) {
	checkCollective(t, "TT6", []collectiveCase{
		{"the unit says none, the office nothing", ward, nil, nil, evaluate.Pending},
		{"the register was reviewed and is empty", ward, nil, reviewed, evaluate.Met},
		{"the unit itself is on the register", ward, nil, breachOf("UBND phường Tân Thịnh", ""), evaluate.NotMet},
		{"one of its people is", ward, nil, both(reviewed, breachOf("UBND phường Tân Thịnh", "Lê Văn Cường")),
			evaluate.NotMet},
		{"another unit's person is", ward, nil, both(reviewed, breachOf("UBND phường Tân Thành", "Lê Văn Cường")),
			evaluate.Met},
		{"another unit's and no review", ward, nil, breachOf("UBND phường Tân Thành", ""), evaluate.Pending},
		{"an entry of the year before", ward, nil, both(reviewed, breachOn("2017-12-31", "Lê Văn Cường")),
			evaluate.Council},
		{"an entry of the year after", ward, nil, both(reviewed, breachOn("2019-01-01", "")), evaluate.Council},
		{"the first day of the year", ward, nil, both(reviewed, breachOn("2018-01-01", "")), evaluate.NotMet},
		{"the last day of the year", ward, nil, both(reviewed, breachOn("2018-12-31", "")), evaluate.NotMet},
		{"a day unknown, in the year", ward, nil, both(reviewed, breachOn("2018", "")), evaluate.NotMet},
		{"the year before, and no review", ward, nil, breachOn("2017-12-31", ""), evaluate.Pending},
		{"one of the year before and one of the year", ward, nil,
			both(both(reviewed, breachOn("2017-05-05", "Lê Văn Cường")),
				breachOf("UBND phường Tân Thịnh", "Lê Văn Cường")), evaluate.NotMet},
	})
}

type personCase struct {
	name    string
	unit    string
	edit    func(*templates.NominatedPerson)
	records func(*templates.Records)
	want    evaluate.Outcome
}

func checkPerson(t *testing.T, criterion string, cases []personCase) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			unit := c.unit
			if unit == "" {
				unit = ward
			}
			w.propose(unit, func(d *templates.Dossier) {
				p := worker("Trần Thị Bình", "1980-03-05")
				if c.edit != nil {
					c.edit(&p)
				}
				d.Individuals = append(d.Individuals, p)
			})
			if c.records != nil {
				w.records(january.Add(-time.Hour), c.records)
			}
			j := judgement(t, verdict(t, w.run(), "Trần Thị Bình"), criterion)
			if j.Outcome != c.want {
				t.Errorf("%s, want %s: %s", j.Outcome, c.want, j.Reason)
			}
		})
	}
}

func rating(unit, name, position, grade string) func(*templates.Records) {
	return func(r *templates.Records) {
		r.Ratings = append(r.Ratings, templates.PersonRating{
			Unit: v(unit), Name: at(name, "XẾP LOẠI CÁ NHÂN", "C5"), Position: v(position),
			Grade: at(grade, "XẾP LOẠI CÁ NHÂN", "E5"),
		})
	}
}

func as(role string) func(*templates.NominatedPerson) {
	return func(p *templates.NominatedPerson) { p.Role = v(role) }
}

const (
	leader = "Chủ tịch, Phó Chủ tịch UBND xã, phường"
	head   = "Thủ trưởng phòng, ban, đơn vị"
	direct = "Trực tiếp thực hiện nhiệm vụ CCHC"
)

func TestIII_2_2_Item1_Grade(t *testing.T) {
	checkPerson(t, "CN1", []personCase{
		{"declared excellent", ward, nil, nil, evaluate.Met},
		{"declared good", ward, func(p *templates.NominatedPerson) { p.Grade = v(second) }, nil, evaluate.NotMet},
		{"the record lowers the claim", ward, nil, rating("UBND phường Tân Thịnh", "Trần Thị Bình", "", second),
			evaluate.NotMet},
		{"the record of a namesake elsewhere", ward, nil, rating("UBND phường Tân Thành", "Trần Thị Bình", "", second),
			evaluate.Met},
	})
}

func TestIII_2_2_Item2_ConductIsForTheCouncil(t *testing.T) {
	checkPerson(t, "CN2", []personCase{{"always", ward, nil, nil, evaluate.Council}})
}

func TestIII_2_2_Item3_Heads(t *testing.T) {
	checkPerson(t, "CN3", []personCase{
		{"a head is for the council", office, as(head), nil, evaluate.Council},
		{"a direct worker is not bound", office, as(direct), nil, evaluate.NotApplicable},
		{"a ward's chairman is not bound", ward, as(leader), nil, evaluate.NotApplicable},
	})
}

func TestIII_2_2_Item4_DirectWorkers(t *testing.T) {
	checkPerson(t, "CN4", []personCase{
		{"an initiative leaves its worth to the council", ward, as(direct), nil, evaluate.Council},
		{"no initiative", ward, func(p *templates.NominatedPerson) { p.Initiative = v("") }, nil, evaluate.NotMet},
		{"others are not bound", ward, func(p *templates.NominatedPerson) { p.Role, p.Initiative = v("Khác"), v("") },
			nil, evaluate.NotApplicable},
	})
}

func TestIII_2_2_Item4_TheInitiativeMayStandInTheReport(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, func(d *templates.Dossier) {
		p := worker("Trần Thị Bình", "1980")
		p.Initiative = v("")
		d.Individuals = append(d.Individuals, p)
		d.Reports = append(d.Reports, templates.AchievementReport{Kind: v("Cá nhân"), Name: v("Trần Thị  BÌNH"),
			Initiative: at("Mã QR", "BÁO CÁO TÓM TẮT", "J6"), InitiativeDecision: v("120/QĐ-UBND")})
	})
	j := judgement(t, verdict(t, w.run(), "Trần Thị Bình"), "CN4")
	if j.Outcome != evaluate.Council || len(j.Facts) != 1 || j.Facts[0].Cell != "J6" {
		t.Errorf("%s on %+v", j.Outcome, j.Facts)
	}
}

func TestIII_2_2_Item5_IndexOfCommuneLeaders(t *testing.T) {
	checkPerson(t, "CN5", []personCase{
		{"not published", ward, as(leader), nil, evaluate.Pending},
		{"good", ward, as(leader), index("UBND phường Tân Thịnh", "Tốt"), evaluate.Met},
		{"fair", ward, as(leader), index("UBND phường Tân Thịnh", "Khá"), evaluate.NotMet},
		{"a direct worker of a fair ward is not bound", ward, as(direct), index("UBND phường Tân Thịnh", "Khá"),
			evaluate.NotApplicable},
	})
}

func TestIII_2_2_Item6_Discipline(t *testing.T) {
	checkPerson(t, "CN6", []personCase{
		{"the person says none, the office nothing", ward, nil, nil, evaluate.Pending},
		{"the register was reviewed and is empty", ward, nil, reviewed, evaluate.Met},
		{"on the register", ward, nil, breachOf("UBND phường Tân Thịnh", "TRẦN THỊ BÌNH"), evaluate.NotMet},
		{"a colleague is", ward, nil, both(reviewed, breachOf("UBND phường Tân Thịnh", "Lê Văn Cường")), evaluate.Met},
		{"the unit as such is", ward, nil, both(reviewed, breachOf("UBND phường Tân Thịnh", "")), evaluate.Met},
		{"somebody whose name differs in an accent", ward, nil,
			both(reviewed, breachOf("UBND phường Tân Thịnh", "Trần Thị Bính")), evaluate.Pending},
		{"typed without accents", ward, nil, breachOf("UBND phường Tân Thịnh", "Tran Thi Binh"), evaluate.NotMet},
		{"an entry of the year before", ward, nil, both(reviewed, breachOn("2017-12-31", "Trần Thị Bình")),
			evaluate.Council},
		{"a colleague's of the year before", ward, nil, both(reviewed, breachOn("2017-12-31", "Lê Văn Cường")),
			evaluate.Met},
	})
}

func TestEveryCriterionOfThePlanIsJudged(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, func(d *templates.Dossier) {
		d.Individuals = append(d.Individuals, worker("Trần Thị Bình", "1980"))
	})
	r := w.run()
	for kind, name := range map[plan.NomineeKind]string{plan.Collective: "UBND phường Tân Thịnh",
		plan.Individual: "Trần Thị Bình"} {
		criteria := w.plan.CriteriaFor(kind)
		got := verdict(t, r, name).Judgements
		if len(criteria) != 6 || len(got) != 6 {
			t.Fatalf("%s: %d judgements by %d criteria, want six", kind, len(got), len(criteria))
		}
		for i, c := range criteria {
			if got[i].Criterion != c.ID || got[i].Clause != c.Clause || got[i].Reason == "" || got[i].Threshold == "" {
				t.Errorf("%s: %+v", c.ID, got[i])
			}
		}
	}
}

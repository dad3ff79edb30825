package evaluate_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// A stage looks back on three years. What a test does not change is a ward that did everything
// right in every one of them.
const stage = "2018-2020"

var afterStage = time.Date(2021, 1, 20, 2, 0, 0, 0, time.UTC)

// stageWorld is a world at the end of the stage: wards registered every year, clean records of the
// three years, dossiers of the stage.
func stageWorld(t testing.TB, wards []string, edit func(*templates.StageDossier)) *world {
	w := newWorld(t)
	w.asOf = afterStage
	for _, year := range []int{2018, 2019, 2020} {
		for _, u := range wards {
			r := &templates.Registration{Collectives: []templates.RegisteredCollective{{Name: v(w.unit(u).Name)}}}
			w.send(fmt.Sprint(year), "dang-ky", u, time.Date(year, 3, 1, 2, 0, 0, 0, time.UTC), submission.Accepted, r)
		}
		w.yearRecords(year, func(r *templates.Records) {
			for i, u := range wards {
				r.Index = append(r.Index, templates.IndexResult{Unit: v(w.unit(u).Name),
					Appraised: v(fmt.Sprint(90 - i)), Band: v("Tốt")})
			}
		})
	}
	for _, u := range wards {
		w.send(stage, "ho-so-giai-doan", u, time.Date(2020, 12, 14, 2, 0, 0, 0, time.UTC), submission.Accepted,
			w.stageDossier(u, edit))
	}
	return w
}

func (w *world) yearRecords(year int, edit func(*templates.Records)) {
	r := &templates.Records{Head: templates.RecordsHead{Year: form.OfInt(year),
		DisciplineUpTo: v(fmt.Sprintf("%d-12-31", year))}}
	edit(r)
	// later ones correct earlier ones
	w.send(fmt.Sprint(year), "so-lieu", "PB01", time.Date(year+1, 1, 10, 2, len(w.subs), 0, 0, time.UTC),
		submission.Accepted, r)
}

func (w *world) stageDossier(unit string, edit func(*templates.StageDossier)) *templates.StageDossier {
	name := w.unit(unit).Name
	good := templates.StageYear{Grade: v("Hoàn thành xuất sắc nhiệm vụ"), Met: v("100"), Initiative: v("Mã QR")}
	d := &templates.StageDossier{
		Proposal: templates.Proposal{Number: v("45/TTr-UBND")}, Stage: v("Giai đoạn 2018 - 2020"),
		Reports: []templates.AchievementReport{{Kind: v("Tập thể"), Name: v(name), Results: v("Đúng hạn 99%")}},
		Minutes: templates.UnitMinutes{Date: v("2020-12-12"), Members: v("9"), Present: v("8")},
		Votes:   []templates.UnitVote{{Kind: v("Tập thể"), Name: v(name), Agree: v("8"), Disagree: v("0")}},
		Collectives: []templates.StageCollective{{
			Name: at(name, "TẬP THỂ", "B10"), Size: v("24"), Years: templates.StageYears{good, good, good},
			Party: v("Hoàn thành xuất sắc nhiệm vụ"), Union: v("Hoàn thành tốt nhiệm vụ"), Discipline: v("0"),
			Summary: v("ba năm liền"), Award: v(templates.CityAward),
		}},
		Individuals: []templates.StagePerson{{
			Title: v("Bà"), Name: at("Trần Thị Bình", "CÁ NHÂN", "C10"), Born: v("1980"), Position: v("Công chức"),
			Role:  v("Trực tiếp thực hiện nhiệm vụ CCHC"),
			Years: templates.StageYears{good, good, good}, Discipline: v("0"), Summary: v("2436 hồ sơ"),
			Award: v(templates.CityAward),
		}},
	}
	if edit != nil {
		edit(d)
	}
	return d
}

func (w *world) runOf(period string) evaluate.Result {
	w.t.Helper()
	r, err := evaluate.Run(w.plan, newDataset(w), period)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func TestStage_EveryYearMustMeetTheStandards(t *testing.T) {
	second := func(d *templates.StageDossier) {
		d.Collectives[0].Years[1].Grade = at("Hoàn thành tốt nhiệm vụ", "TẬP THỂ", "E10")
	}
	for _, c := range []struct {
		name      string
		edit      func(*templates.StageDossier)
		then      func(*world)
		criterion string
		want      evaluate.Outcome
		says, not string
	}{
		{"three good years", nil, nil, "TT1", evaluate.Met, "đạt yêu cầu", "Năm 20"},
		{"a year with a lower grade", second, nil, "TT1", evaluate.NotMet, "Năm 2019: ", "Năm 2018"},
		{"the record of a year overrides the claim", second, func(w *world) {
			w.yearRecords(2019, func(r *templates.Records) {
				r.UnitRatings = []templates.UnitRating{{Unit: v("UBND phường Tân Thịnh"),
					Grade: v("Hoàn thành xuất sắc nhiệm vụ")}}
			})
		}, "TT1", evaluate.Met, "đạt yêu cầu", ""},
		{"the index of one year is not good enough", nil, func(w *world) {
			w.yearRecords(2020, func(r *templates.Records) {
				r.Index = []templates.IndexResult{{Unit: v("UBND phường Tân Thịnh"), Appraised: v("75"),
					Band: v("Khá")}}
			})
		}, "TT5", evaluate.NotMet, "Năm 2020: ", "Năm 2018"},
		{"a breach in the first year", nil, func(w *world) {
			w.yearRecords(2018, func(r *templates.Records) {
				r.Discipline = []templates.DisciplineEntry{{Unit: v("UBND phường Tân Thịnh"), Date: v("2018-05-02"),
					Content: v("Biên bản kiểm điểm")}}
			})
		}, "TT6", evaluate.NotMet, "Năm 2018: ", "Năm 2019"},
		{"registered every year", nil, nil, "TT2", evaluate.Council, "", "chưa gửi bản đăng ký"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := stageWorld(t, []string{ward}, c.edit)
			if c.then != nil {
				c.then(w)
			}
			j := judgement(t, verdict(t, w.runOf(stage), "UBND phường Tân Thịnh"), c.criterion)
			if j.Outcome != c.want || !strings.Contains(j.Reason, c.says) || c.not != "" &&
				strings.Contains(j.Reason, c.not) {
				t.Errorf("%s: %s", j.Outcome, j.Reason)
			}
		})
	}
}

func TestStage_AYearWithoutRecordsIsPending(t *testing.T) {
	w := stageWorld(t, []string{ward}, nil)
	w.subs = slices.DeleteFunc(w.subs, func(s submission.Submission) bool {
		return s.Form == "so-lieu" &&
			s.Period == "2019"
	})
	j := judgement(t, verdict(t, w.runOf(stage), "UBND phường Tân Thịnh"), "TT5")
	if j.Outcome != evaluate.Pending || !strings.Contains(j.Reason, "Năm 2019: ") {
		t.Errorf("%s: %s", j.Outcome, j.Reason)
	}
}

func TestStage_TheRuleOfThePlanDecidesWhichYearsCount(t *testing.T) {
	w := stageWorld(t, []string{ward}, func(d *templates.StageDossier) {
		d.Collectives[0].Years[0].Grade = v("Hoàn thành tốt nhiệm vụ")
	})
	if j := judgement(t, verdict(t, w.runOf(stage), "UBND phường Tân Thịnh"), "TT1"); j.Outcome != evaluate.NotMet {
		t.Errorf("every year: %s", j.Outcome)
	}
	p := *w.plan
	p.Stage.Rule = plan.LastYear
	w.plan = &p
	if j := judgement(t, verdict(t, w.runOf(stage), "UBND phường Tân Thịnh"), "TT1"); j.Outcome != evaluate.Met {
		t.Errorf("last year: %s, %s", j.Outcome, j.Reason)
	}
}

func TestStage_BoardsHaveThePlacesOfThePlanAndGoByTheWeakestYear(t *testing.T) {
	w := stageWorld(t, []string{ward, ward2}, nil)
	w.yearRecords(2019, func(r *templates.Records) { // the first ward has the better index but for one year
		r.Index = []templates.IndexResult{{Unit: v(w.unit(ward).Name), Appraised: v("81"), Band: v("Tốt")}}
	})
	r := w.runOf(stage)
	for _, c := range []struct {
		group  plan.GroupID
		kind   string
		places int
	}{{plan.Offices, evaluate.Collective, 6}, {plan.Communes, evaluate.Collective, 9},
		{plan.Offices, evaluate.Individual, 10}, {plan.Communes, evaluate.Individual, 10}} {
		if b := board(t, r, c.group, c.kind); b.Quota != c.places || !b.Limited {
			t.Errorf("%s %s: %d places, want %d (Plan III.1.2)", c.group, c.kind, b.Quota, c.places)
		}
	}
	places := board(t, r, plan.Communes, evaluate.Collective).Places
	if len(places) != 2 || places[0].Nominee.Unit != ward2 || places[1].Nominee.Unit != ward {
		t.Fatalf("%+v", places)
	}
	if !slices.ContainsFunc(places[1].Reasons, func(s string) bool { return strings.Contains(s, "81 (năm 2019)") }) {
		t.Errorf("%q", places[1].Reasons)
	}
}

func TestStage_FactsSayTheirYearAndClaimsAreComparedYearByYear(t *testing.T) {
	w := stageWorld(t, []string{ward},
		func(d *templates.StageDossier) { d.Collectives[0].Years[1].IndexBand = v("Xuất sắc") })
	r := w.runOf(stage)
	years := map[int]int{}
	for _, f := range verdict(t, r, "UBND phường Tân Thịnh").Facts {
		if f.Key == "index.band" && f.Basis == "official" {
			years[f.Year]++
		}
		if f.Key == "party" && f.Year != 0 {
			t.Errorf("a claim about the whole stage was dated %d", f.Year)
		}
	}
	if len(years) != 3 || years[2018] != 1 || years[2019] != 1 || years[2020] != 1 {
		t.Errorf("official bands by year: %v", years)
	}
	if len(r.Contradictions) != 1 || r.Contradictions[0].Declared.Year != 2019 {
		t.Errorf("%+v", r.Contradictions)
	}
}

func TestStage_SameAnswerWhateverTheOrderAndOtherPeriodsUntouched(t *testing.T) {
	w := stageWorld(t, []string{ward, ward2}, nil)
	encode := func(period string) string {
		b, err := json.Marshal(w.runOf(period))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	first := encode(stage)
	slices.Reverse(w.subs)
	if encode(stage) != first {
		t.Error("the order of submissions matters")
	}
	year := encode("2019")
	w.subs = slices.DeleteFunc(w.subs, func(s submission.Submission) bool { return s.Period == stage })
	if encode("2019") != year {
		t.Error("a dossier of the stage changes a year")
	}
	before := w.runOf(stage).DatasetHash
	w.yearRecords(2020, func(*templates.Records) {})
	if w.runOf(stage).DatasetHash == before {
		t.Error("records of a year are part of what a stage rests on")
	}
}

func TestAdHoc_NomineesComeFromTheirFormAndNeedNoMinutes(t *testing.T) {
	w := newWorld(t)
	w.asOf = afterStage
	person := func(name, day string) templates.AdHocPerson {
		return templates.AdHocPerson{Title: v("Bà"), Name: v(name), Born: v("1980"), Position: v("Công chức"),
			Role: v("Trực tiếp thực hiện nhiệm vụ CCHC"),
			Date: v(day), Achievement: v("320 hồ sơ tồn đọng"), Grade: v("Hoàn thành xuất sắc nhiệm vụ"),
			Discipline: v("0"), Award: v(templates.CityAward)}
	}
	w.send("dot-xuat", "dot-xuat", ward, december, submission.Accepted, &templates.AdHocProposal{
		Proposal: templates.Proposal{Number: v("45/TTr-UBND")},
		Individuals: []templates.AdHocPerson{person("Trần Thị Bình", "2018-08-15"),
			person("Lê Thị Dung", "2019-02-01")},
	})
	// the register of 2018 has an entry about Trần Thị Bình; Lê Thị Dung's is of another year than
	// hers
	for _, year := range []int{2018, 2019} {
		w.yearRecords(year, func(r *templates.Records) {
			if year == 2018 {
				for _, name := range []string{"Trần Thị Bình", "Lê Thị Dung"} {
					r.Discipline = append(r.Discipline, templates.DisciplineEntry{Unit: v("UBND phường Tân Thịnh"),
						Name: v(name), Date: v("2018-05-02"), Content: v("x")})
				}
			}
		})
	}
	r := w.runOf("dot-xuat")
	for name, want := range map[string]evaluate.Outcome{"Trần Thị Bình": evaluate.NotMet, "Lê Thị Dung": evaluate.Met} {
		x := verdict(t, r, name)
		if j := judgement(t, x, "CN6"); j.Outcome != want {
			t.Errorf("%s: %s %s", name, j.Outcome, j.Reason)
		}
		for _, f := range x.Facts {
			if f.Key == "dossier.complete" && f.Value != form.Yes {
				t.Errorf("an ad hoc proposal lacks %q", f.Value)
			}
		}
		if x.Nominee.Summary != "320 hồ sơ tồn đọng" {
			t.Errorf("summary %q", x.Nominee.Summary)
		}
	}
	if b := board(t, r, plan.Communes, evaluate.Individual); b.Limited || b.Proposed != 2 {
		t.Errorf("%+v", b)
	}
	if len(r.Missing) != 0 {
		t.Errorf("missing %+v", r.Missing)
	}
}

func TestSummary_CommuneAwardsAndPropaganda(t *testing.T) {
	w := newWorld(t)
	award := func(kind string) templates.CommuneAward { return templates.CommuneAward{Kind: v(kind), Name: v("x")} }
	w.send("2018", "khen-cap-xa", ward, march, submission.Accepted,
		&templates.CommuneAwards{Awards: []templates.CommuneAward{award("Cá nhân")}})
	w.send("2018", "khen-cap-xa", ward, december, submission.Accepted,
		&templates.CommuneAwards{Awards: []templates.CommuneAward{award("Cá nhân"), award("Tập thể"),
			award("Cá nhân")}})
	w.send("2018", "khen-cap-xa", ward2, december, submission.ToFix,
		&templates.CommuneAwards{Awards: []templates.CommuneAward{award("Cá nhân")}})
	w.send("2019", "khen-cap-xa", ward2, december, submission.Accepted,
		&templates.CommuneAwards{Awards: []templates.CommuneAward{award("Cá nhân")}})
	for _, unit := range []string{"PB03", "PB04"} {
		w.send("2018", "tuyen-truyen", unit, december, submission.Accepted, &templates.Outreach{
			News:       []templates.NewsItem{{Count: v("3")}, {Count: v("4")}},
			Programmes: []templates.Programme{{Count: v("36"), Minutes: v("15")}, {Count: v("2")}},
			Sections:   []templates.PressSection{{Count: v("12")}},
			Activities: []templates.OutreachActivity{{Count: v("24")}},
			Examples:   []templates.GoodExample{{}, {}},
		})
	}
	s := summarise(w)
	if len(s.Communes) != 2 || s.Communes[0].Unit != ward || s.Communes[0].Collectives != 1 ||
		s.Communes[0].Individuals != 2 || s.Communes[1].Individuals != 2 {
		t.Errorf("%+v", s.Communes)
	}
	want := evaluate.OutreachLine{News: 14, Programmes: 4, Broadcasts: 76, Minutes: 1080, Sections: 2, Issues: 24,
		Activities: 48, Examples: 4}
	if len(s.Outreach) != 3 || s.Outreach[0].Unit != "PB03" || s.Outreach[2] != want {
		t.Errorf("%+v", s.Outreach)
	}
	if empty := summarise(newWorld(t)); empty.Communes != nil || empty.Outreach != nil {
		t.Errorf("%+v %+v", empty.Communes, empty.Outreach)
	}
}

package check_test

import (
	"strings"
	"testing"

	"thidua/evaluate/check"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

func thePlan(t testing.TB) *plan.Plan {
	t.Helper()
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var yearEnd = calendar.Date{Year: 2018, Month: 12, Day: 31}

func judge(t *testing.T, c plan.Check, facts ...check.Fact) check.Judged {
	t.Helper()
	return judgeOn(t, yearEnd, plan.Collective, c, check.Subject{Facts: facts})
}

func judgeOn(t *testing.T, on calendar.Date, kind plan.NomineeKind, c plan.Check, s check.Subject) check.Judged {
	t.Helper()
	k, err := check.Compile(plan.Criterion{ID: "X", Nominee: kind, Title: "Tiêu chuẩn", Check: c}, thePlan(t), on)
	if err != nil {
		t.Fatal(err)
	}
	s.Kind = kind
	j := k.Judge(s)
	if strings.Contains(j.Reason+j.WouldChange+j.Threshold, "⟦") {
		t.Errorf("a text is missing: %q %q %q", j.Reason, j.WouldChange, j.Threshold)
	}
	if decided := j.Outcome == check.Met || j.Outcome == check.NotApplicable; decided != (j.WouldChange == "") {
		t.Errorf("%s with what would change it: %q", j.Outcome, j.WouldChange)
	}
	return j
}

func declared(key, value string) check.Fact {
	return check.Fact{Key: key, Value: value, Basis: check.Declared}
}

func official(key, value string) check.Fact {
	return check.Fact{Key: key, Value: value, Basis: check.Official}
}

func ledger(key, value string) check.Fact {
	return check.Fact{Key: key, Value: value, Basis: check.Ledger}
}

func TestChecks(t *testing.T) {
	var (
		atLeast = plan.Check{Kind: plan.CheckAtLeast, Fact: "party", Scale: "party",
			Level: "Hoàn thành xuất sắc nhiệm vụ", Council: []string{"Hoàn thành tốt nhiệm vụ"},
			Absent: plan.NotApplicable}
		topTwo = plan.Check{Kind: plan.CheckAtLeast, Fact: "union", Scale: "union", Top: 2}
		is     = plan.Check{Kind: plan.CheckIs, Fact: "grade", Scale: "grade",
			Values: []string{"Hoàn thành xuất sắc nhiệm vụ"}, Council: []string{"Hoàn thành tốt nhiệm vụ"}}
		plainIs = plan.Check{Kind: plan.CheckIs, Fact: "grade", Values: []string{"Khá"}, Council: []string{"Vừa"}}
		none    = plan.Check{Kind: plan.CheckNone, Fact: "discipline"}
		atMin   = plan.Check{Kind: plan.CheckMin, Fact: "index.score", Number: 80.5}
		atMax   = plan.Check{Kind: plan.CheckMax, Fact: "discipline", Number: 2}
		before  = plan.Check{Kind: plan.CheckBefore, Fact: "initiative", Date: "2018-07-01"}
		after   = plan.Check{Kind: plan.CheckAfter, Fact: "initiative", Date: "2018-07-01"}
		given   = plan.Check{Kind: plan.CheckGiven, Fact: "initiative"}
		cites   = plan.Check{Kind: plan.CheckCites, Fact: "initiative"}
		yes     = plan.Check{Kind: plan.CheckYes, Fact: "initiative"}
		council = plan.Check{Kind: plan.CheckCouncil, Fact: "targets.share"}
	)
	for _, c := range []struct {
		name  string
		check plan.Check
		facts []check.Fact
		want  check.Outcome
	}{
		{"at-least: at the level", atLeast, []check.Fact{declared("party", "Hoàn thành xuất sắc nhiệm vụ")}, check.Met},
		{"at-least: an alias of an earlier scale", atLeast, []check.Fact{declared("party", "TRONG SẠCH, VỮNG MẠNH")},
			check.Met},
		{"at-least: a level the council weighs", atLeast, []check.Fact{declared("party", "Hoàn thành tốt nhiệm vụ")},
			check.Council},
		{"at-least: below", atLeast, []check.Fact{declared("party", "Hoàn thành nhiệm vụ")}, check.NotMet},
		{"at-least: not on the scale", atLeast, []check.Fact{declared("party", "Tạm được")}, check.Pending},
		{"at-least: blank means the organisation does not exist", atLeast, nil, check.NotApplicable},
		{"at-least: highest of the top two", topTwo, []check.Fact{declared("union", "Vững mạnh")}, check.Met},
		{"at-least: second of the top two", topTwo, []check.Fact{declared("union", "Khá")}, check.Met},
		{"at-least: third of the top two", topTwo, []check.Fact{declared("union", "Trung bình")}, check.NotMet},
		{"at-least: blank", topTwo, nil, check.Pending},

		{"is: the value", is, []check.Fact{declared("grade", "Hoàn thành xuất sắc nhiệm vụ")}, check.Met},
		{"is: another spelling of its level", is, []check.Fact{declared("grade", "HTXSNV")}, check.Met},
		{"is: a level the council weighs", is, []check.Fact{declared("grade", "HTTNV")}, check.Council},
		{"is: another level", is, []check.Fact{declared("grade", "Hoàn thành nhiệm vụ")}, check.NotMet},
		{"is: blank", is, nil, check.Pending},
		{"is: without a scale", plainIs, []check.Fact{declared("grade", "khá")}, check.Met},
		{"is: without a scale, weighed", plainIs, []check.Fact{declared("grade", "Vừa")}, check.Council},
		{"is: without a scale, another", plainIs, []check.Fact{declared("grade", "Kém")}, check.NotMet},

		{"none: zero", none, []check.Fact{declared("discipline", "0")}, check.Met},
		{"none: no", none, []check.Fact{declared("discipline", "Không")}, check.Met},
		{"none: one", none, []check.Fact{declared("discipline", "1")}, check.NotMet},
		{"none: a list", none, []check.Fact{declared("discipline", "Lê Văn Cường")}, check.NotMet},
		{"none: blank", none, nil, check.Pending},

		{"min: exactly", atMin, []check.Fact{declared("index.score", "80.5")}, check.Met},
		{"min: below", atMin, []check.Fact{declared("index.score", "80.49")}, check.NotMet},
		{"min: no number", atMin, []check.Fact{declared("index.score", "cao")}, check.Pending},
		{"min: blank", atMin, nil, check.Pending},
		{"max: exactly", atMax, []check.Fact{declared("discipline", "2")}, check.Met},
		{"max: above", atMax, []check.Fact{declared("discipline", "3")}, check.NotMet},
		{"max: blank", atMax, nil, check.Pending},

		{"before: the day before", before, []check.Fact{declared("initiative", "2018-06-30")}, check.Met},
		{"before: the day itself", before, []check.Fact{declared("initiative", "2018-07-01")}, check.NotMet},
		{"before: a year that ended earlier", before, []check.Fact{declared("initiative", "2017")}, check.Met},
		{"before: a year that may be either", before, []check.Fact{declared("initiative", "2018")}, check.Pending},
		{"before: no date", before, []check.Fact{declared("initiative", "sắp tới")}, check.Pending},
		{"before: blank", before, nil, check.Pending},
		{"after: the day after", after, []check.Fact{declared("initiative", "2018-07-02")}, check.Met},
		{"after: the day itself", after, []check.Fact{declared("initiative", "2018-07-01")}, check.NotMet},
		{"after: a month that may be either", after, []check.Fact{declared("initiative", "2018-07")}, check.Pending},
		{"after: blank", after, nil, check.Pending},

		{"given: a text", given, []check.Fact{declared("initiative", "Mã QR")}, check.Met},
		{"given: blank", given, nil, check.NotMet},
		{"cites: number, day, issuer", cites, []check.Fact{declared("initiative", "QĐ 120/QĐ-UBND ngày 12/11/2018")},
			check.Met},
		{"cites: the day in words, issuer named", cites,
			[]check.Fact{declared("initiative", "số 5/QĐ ngày 12 tháng 11 năm 2018 của Sở Nội vụ")}, check.Met},
		{"cites: no day", cites, []check.Fact{declared("initiative", "120/QĐ-UBND")}, check.NotMet},
		{"cites: no number", cites, []check.Fact{declared("initiative", "Quyết định ngày 12/11/2018 của UBND phường")},
			check.NotMet},
		{"cites: no issuer", cites, []check.Fact{declared("initiative", "số 5/QĐ ngày 12/11/2018")}, check.NotMet},
		{"cites: blank", cites, nil, check.NotMet},
		{"yes: yes", yes, []check.Fact{declared("initiative", "Có")}, check.Met},
		{"yes: no", yes, []check.Fact{declared("initiative", "Không")}, check.NotMet},
		{"yes: neither", yes, []check.Fact{declared("initiative", "có thể")}, check.Pending},
		{"yes: blank", yes, nil, check.Pending},

		{"council: never by machine", council, []check.Fact{declared("targets.share", "100")}, check.Council},
		{"council: nothing to show", council, nil, check.Council},

		{"registered: in time", plan.Check{Kind: plan.CheckRegistered}, []check.Fact{ledger("registered", "on-time")},
			check.Met},
		{"registered: on the day itself", plan.Check{Kind: plan.CheckRegistered},
			[]check.Fact{ledger("registered", "on-the-day")}, check.Council},
		{"registered: late", plan.Check{Kind: plan.CheckRegistered}, []check.Fact{ledger("registered", "late")},
			check.Council},
		{"registered: not at all", plan.Check{Kind: plan.CheckRegistered}, []check.Fact{ledger("registered", "none")},
			check.Council},
		{"registered: a period without registration", plan.Check{Kind: plan.CheckRegistered}, nil, check.NotApplicable},
		{"complete: all parts", plan.Check{Kind: plan.CheckComplete}, []check.Fact{ledger("dossier.complete", "Có")},
			check.Met},
		{"complete: one missing", plan.Check{Kind: plan.CheckComplete},
			[]check.Fact{ledger("dossier.complete", "Tờ trình")}, check.NotMet},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := judge(t, c.check, c.facts...); got.Outcome != c.want {
				t.Errorf("outcome %s, want %s: %s", got.Outcome, c.want, got.Reason)
			}
		})
	}
}

func TestOfficialBasis_TheUnitsClaimDecidesNothing(t *testing.T) {
	index := plan.Check{Kind: plan.CheckAtLeast, Fact: "index.band", Scale: "index-band", Level: "Tốt",
		Basis: plan.Official}
	union := plan.Check{Kind: plan.CheckAtLeast, Fact: "union", Scale: "union", Top: 2, Basis: plan.Official,
		Absent: plan.NotApplicable}
	for _, c := range []struct {
		name  string
		check plan.Check
		facts []check.Fact
		want  check.Outcome
		says  string
	}{
		{"nothing known", index, nil, check.Pending, "chưa có số liệu chính thức"},
		{"a claim that would do", index, []check.Fact{declared("index.band", "Xuất sắc")}, check.Pending,
			"kê khai “Xuất sắc”"},
		{"a claim that would not do", index, []check.Fact{declared("index.band", "Khá")}, check.Pending,
			"theo kê khai “Khá” thì chưa đạt"},
		{"the record bears the claim out", index,
			[]check.Fact{declared("index.band", "Tốt"), official("index.band", "Tốt")}, check.Met,
			"theo số liệu chính thức"},
		{"the record overrides a good claim", index,
			[]check.Fact{declared("index.band", "Tốt"), official("index.band", "Khá")}, check.NotMet,
			"“Khá” theo số liệu chính thức"},
		{"the record overrides a bad claim", index,
			[]check.Fact{declared("index.band", "Khá"), official("index.band", "Tốt")}, check.Met,
			"“Tốt” theo số liệu chính thức"},
		{"the records list the unit and leave the organisation blank, so does the unit", union,
			[]check.Fact{official("union", "")}, check.NotApplicable, "không áp dụng"},
		{"the records list the unit and leave it blank, the unit claims one", union,
			[]check.Fact{declared("union", "Khá"), official("union", "")}, check.Pending, "kê khai “Khá”"},
		{"the records do not list the unit", union, nil, check.Pending, "chưa có số liệu chính thức"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := judge(t, c.check, c.facts...)
			if got.Outcome != c.want || !strings.Contains(got.Reason, c.says) {
				t.Errorf("%s: %q, want %s: … %q …", got.Outcome, got.Reason, c.want, c.says)
			}
		})
	}
}

func TestDeclaredBasis_TheRecordStillOverrides(t *testing.T) {
	c := plan.Check{Kind: plan.CheckIs, Fact: "grade", Scale: "grade", Values: []string{"Hoàn thành xuất sắc nhiệm vụ"}}
	got := judge(t, c, declared("grade", "Hoàn thành xuất sắc nhiệm vụ"), official("grade", "Hoàn thành tốt nhiệm vụ"))
	if got.Outcome != check.NotMet || len(got.Facts) != 2 {
		t.Errorf("%s resting on %v, want NotMet resting on both facts", got.Outcome, got.Facts)
	}
}

func TestUnsureRecordLeavesTheCriterionPending(t *testing.T) {
	c := plan.Check{Kind: plan.CheckIs, Fact: "grade", Scale: "grade", Values: []string{"Hoàn thành xuất sắc nhiệm vụ"}}
	s := check.Subject{Facts: []check.Fact{declared("grade", "Hoàn thành xuất sắc nhiệm vụ")},
		Unsure: map[string]string{"grade": "Có hai người trùng tên."}}
	got := judgeOn(t, yearEnd, plan.Individual, c, s)
	if got.Outcome != check.Pending || !strings.Contains(got.Reason, "Có hai người trùng tên.") {
		t.Errorf("%s: %q", got.Outcome, got.Reason)
	}
}

func TestAllTakesTheWorstAndAnyTheBest(t *testing.T) {
	part := map[check.Outcome]plan.Check{
		check.Met:     {Kind: plan.CheckGiven, Fact: "grade"},
		check.NotMet:  {Kind: plan.CheckNone, Fact: "discipline"},
		check.Pending: {Kind: plan.CheckYes, Fact: "youth"},
		check.Council: {Kind: plan.CheckCouncil, Title: "Thái độ"},
		check.NotApplicable: {Kind: plan.CheckAtLeast, Fact: "union", Scale: "union", Top: 2,
			Absent: plan.NotApplicable},
	}
	facts := []check.Fact{declared("grade", "x"), declared("discipline", "1")}
	for _, c := range []struct{ a, b, all, any check.Outcome }{
		{check.Met, check.Met, check.Met, check.Met},
		{check.Met, check.NotMet, check.NotMet, check.Met},
		{check.Pending, check.NotMet, check.NotMet, check.Pending},
		{check.Pending, check.Council, check.Pending, check.Council},
		{check.Council, check.Met, check.Council, check.Met},
		{check.Council, check.NotMet, check.NotMet, check.Council},
		{check.NotApplicable, check.Met, check.Met, check.Met},
		{check.NotApplicable, check.NotMet, check.NotMet, check.NotMet},
		{check.NotApplicable, check.NotApplicable, check.NotApplicable, check.NotApplicable},
	} {
		for _, order := range [][]plan.Check{{part[c.a], part[c.b]}, {part[c.b], part[c.a]}} {
			if got := judge(t, plan.Check{Kind: plan.CheckAll, Of: order}, facts...).Outcome; got != c.all {
				t.Errorf("all of %s and %s is %s, want %s", c.a, c.b, got, c.all)
			}
			if got := judge(t, plan.Check{Kind: plan.CheckAny, Of: order}, facts...).Outcome; got != c.any {
				t.Errorf("any of %s and %s is %s, want %s", c.a, c.b, got, c.any)
			}
		}
	}
}

func TestScaleOfTheDay_PartyRatingsChangedOn8March2018(t *testing.T) {
	c := plan.Check{Kind: plan.CheckAtLeast, Fact: "party", Scale: "party", Level: "Trong sạch, vững mạnh"}
	before, after := calendar.Date{Year: 2018, Month: 3, Day: 7}, calendar.Date{Year: 2018, Month: 3, Day: 8}
	for _, day := range []struct {
		on    calendar.Date
		label string
		want  check.Outcome
	}{
		{before, "Trong sạch, vững mạnh", check.Met},
		{before, "Hoàn thành tốt nhiệm vụ", check.NotMet},
		{before, "Yếu kém", check.NotMet},
		{after, "Trong sạch, vững mạnh", check.Met},
		{after, "Hoàn thành xuất sắc nhiệm vụ", check.Met},
		{after, "Hoàn thành tốt nhiệm vụ", check.NotMet},
		{after, "Không hoàn thành nhiệm vụ", check.NotMet},
	} {
		got := judgeOn(t, day.on, plan.Collective, c, check.Subject{Facts: []check.Fact{declared("party", day.label)}})
		if got.Outcome != day.want {
			t.Errorf("%q on %s: %s, want %s", day.label, day.on, got.Outcome, day.want)
		}
	}
}

func TestScopeLeavesOthersOut(t *testing.T) {
	p := thePlan(t)
	c := plan.Criterion{ID: "X", Nominee: plan.Individual, Roles: []plan.RoleID{plan.RoleCommuneLeader},
		Groups: []plan.GroupID{plan.Communes}, Check: plan.Check{Kind: plan.CheckCouncil, Title: "x"}}
	k, err := check.Compile(c, p, yearEnd)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []struct {
		subject check.Subject
		want    check.Outcome
	}{
		{check.Subject{Kind: plan.Individual, Group: plan.Communes, Role: plan.RoleCommuneLeader}, check.Council},
		{check.Subject{Kind: plan.Individual, Group: plan.Communes, Role: plan.RoleDirectWorker}, check.NotApplicable},
		{check.Subject{Kind: plan.Individual, Group: plan.Offices, Role: plan.RoleCommuneLeader}, check.NotApplicable},
		{check.Subject{Kind: plan.Collective, Group: plan.Communes}, check.NotApplicable},
	} {
		if got := k.Judge(s.subject); got.Outcome != s.want || got.Reason == "" {
			t.Errorf("%+v: %s (%s), want %s", s.subject, got.Outcome, got.Reason, s.want)
		}
	}
}

func TestCompileRefusesWhatThePlanDoesNotHave(t *testing.T) {
	for _, c := range []struct {
		name  string
		check plan.Check
		says  string
	}{
		{"an unknown check", plan.Check{Kind: "like", Fact: "grade"}, "no check is called"},
		{"an unknown fact", plan.Check{Kind: plan.CheckNone, Fact: "mood"}, "no form states"},
		{"an unknown fact for the council", plan.Check{Kind: plan.CheckCouncil, Fact: "mood"}, "no form states"},
		{"a fact of the other kind of nominee", plan.Check{Kind: plan.CheckIs, Fact: "role", Values: []string{"x"}},
			"no form states"},
		{"an official fact nobody records", plan.Check{Kind: plan.CheckGiven, Fact: "initiative", Basis: plan.Official},
			"official records do not hold"},
		{"an unknown scale", plan.Check{Kind: plan.CheckAtLeast, Fact: "grade", Scale: "stars", Top: 1}, "no scale"},
		{"no scale", plan.Check{Kind: plan.CheckAtLeast, Fact: "grade", Top: 1}, "a scale is wanted"},
		{"an unknown level", plan.Check{Kind: plan.CheckAtLeast, Fact: "grade", Scale: "grade", Level: "Siêu việt"},
			"has no level"},
		{"neither level nor top", plan.Check{Kind: plan.CheckAtLeast, Fact: "grade", Scale: "grade"}, "level or top"},
		{"more top levels than levels", plan.Check{Kind: plan.CheckAtLeast, Fact: "grade", Scale: "grade", Top: 9},
			"level or top"},
		{"no day", plan.Check{Kind: plan.CheckBefore, Fact: "grade", Date: "2018"}, "is not a day"},
		{"nothing to combine", plan.Check{Kind: plan.CheckAll}, "nothing to check"},
		{"a wrong part", plan.Check{Kind: plan.CheckAny, Of: []plan.Check{{Kind: "like"}}}, "no check is called"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := check.Compile(plan.Criterion{ID: "TT9", Nominee: plan.Collective, Check: c.check}, thePlan(t),
				yearEnd)
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "TT9") {
				t.Errorf("error %v, want one with TT9 and %q", err, c.says)
			}
		})
	}
}

func TestKnownFactsComeFromTheForms(t *testing.T) {
	for fact, in := range map[string][2]bool{
		"grade": {true, true}, "party": {true, false}, "front": {true, false}, "role": {false, true},
		"index.band": {true, true}, "discipline": {true, true}, "registered": {true, true},
		"targets.share": {true, true},
	} {
		c := check.Title(thePlan(t), plan.Collective, fact) != fact
		i := check.Title(thePlan(t), plan.Individual, fact) != fact
		if c != in[0] || i != in[1] {
			t.Errorf("%s: known for collectives %v, for individuals %v; want %v", fact, c, i, in)
		}
	}
	if check.Title(thePlan(t), plan.Collective, "grade") != "Mức độ hoàn thành nhiệm vụ" ||
		check.Title(thePlan(t), plan.Collective, "mood") != "mood" {
		t.Error("titles are those of the forms")
	}
	if !check.HasRecord(thePlan(t), plan.Individual, "grade") ||
		check.HasRecord(thePlan(t), plan.Individual, "initiative") {
		t.Error("the office records grades and does not record initiatives")
	}
}

func TestBuiltInCriteriaCompileInEveryPeriod(t *testing.T) {
	p := thePlan(t)
	for _, per := range p.Periods {
		for _, c := range p.Criteria {
			if _, err := check.Compile(c, p, per.To); err != nil {
				t.Errorf("%s: %v", per.ID, err)
			}
		}
	}
}

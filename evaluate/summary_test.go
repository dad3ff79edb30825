package evaluate_test

import (
	"slices"
	"testing"
	"time"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/plan"
)

func summarise(w *world) evaluate.Summary {
	w.t.Helper()
	return evaluate.Summarise(w.plan, submission.NewDataset(w.asOf, w.subs), "2018", w.run())
}

func TestSummary_MatrixRegistrationsAndDossiers(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, func(d *templates.Dossier) {
		d.Individuals = []templates.NominatedPerson{worker("Trần Thị Bình", "1980")}
	})
	w.register(ward2, time.Date(2018, 3, 10, 3, 0, 0, 0, time.UTC), "Lê Văn Cường", "Lê Thị Dung")
	late := w.send("2018", "ho-so", ward2, time.Date(2019, 1, 2, 3, 0, 0, 0, time.UTC), submission.ToFix,
		w.dossier(ward2, nil))
	late.Findings = []finding.Finding{
		finding.New(finding.Missing, finding.At{}, "field", "x"), finding.New(finding.NotRegistered, finding.At{},
			"name", "x"),
		finding.New(finding.RoleAgainstGroup, finding.At{}, "name", "x", "read", "y", "want", "z"),
	}
	w.register(office, time.Date(2018, 3, 13, 3, 0, 0, 0, time.UTC))
	w.subs[len(w.subs)-1].State = submission.ToFix
	s := summarise(w)

	row := func(unit string) evaluate.MatrixRow {
		return s.Matrix[slices.IndexFunc(s.Matrix, func(r evaluate.MatrixRow) bool { return r.Unit == unit })]
	}
	if r := row(ward); r.Registration.State != "accepted" || r.Registration.Timing != plan.OnTime ||
		r.Dossier.Collectives != 1 || r.Dossier.Individuals != 1 {
		t.Errorf("%+v", r)
	}
	if r := row(ward2); r.Registration.Timing != plan.OnTheDay || r.Dossier.State != "tofix" ||
		r.Dossier.Timing != plan.Late || r.Dossier.LateDays != 2 || r.Dossier.ToFix != 2 {
		t.Errorf("%+v", r)
	}
	if r := row("PB01"); r.Registration.State != "none" || r.Dossier.State != "none" {
		t.Errorf("%+v", r)
	}

	lines := map[string]evaluate.RegistrationLine{}
	for _, l := range s.Registration {
		lines[l.Group] = l
		if l.Registered+l.ToFix+l.None != l.Units || l.OnTime+l.OnTheDay+l.Late != l.Registered {
			t.Errorf("the line does not add up: %+v", l)
		}
	}
	if l := lines["commune"]; l.Units != 32 || l.Registered != 2 || l.OnTime != 1 || l.OnTheDay != 1 ||
		l.Collectives != 2 || l.Individuals != 3 {
		t.Errorf("communes %+v", l)
	}
	if l := lines["office"]; l.ToFix != 1 || l.Registered != 0 {
		t.Errorf("offices %+v", l)
	}
	if total := lines[""]; total.Units != lines["commune"].Units+lines["office"].Units || total.Registered != 2 {
		t.Errorf("total %+v", total)
	}

	total := s.Dossiers[len(s.Dossiers)-1]
	if total.Received != 2 || total.Accepted != 1 || total.ToFix != 1 || total.OnTime != 1 || total.Late != 1 ||
		total.Collective != 1 || total.Individual != 1 {
		t.Errorf("dossiers %+v", total)
	}
	if total.Grounds[finding.Incomplete] != 1 || total.Grounds[finding.WrongSubject] != 1 {
		t.Errorf("grounds %v", total.Grounds)
	}
}

func TestSummary_TheIndexBesideTheYearBefore(t *testing.T) {
	w := newWorld(t)
	w.records(january.Add(-1), func(r *templates.Records) {
		r.Index = []templates.IndexResult{
			{Unit: v("UBND phường Tân Thành"), Self: v("90.1"), Appraised: v("85.2"), Rank: v("2"), Band: v("Tốt")},
			{Unit: v("UBND phường Tân Thịnh"), Self: v("88"), Appraised: v("88.25"), Rank: v("1"), Band: v("Tốt")},
			{Unit: v("UBND phường Quang Vinh"), Appraised: v("70"), Band: v("Khá")},
			{Unit: v("UBND phường Túc Duyên"), Appraised: v("71"), Band: v("Khá")},
			{Unit: v("Phường nào đó"), Appraised: v("99")},
		}
	})
	p := *w.plan
	p.Periods = append(slices.Clone(p.Periods), plan.Period{ID: "2017", Kind: plan.Annual, Years: []int{2017},
		From: day("2017-01-01"), To: day("2017-12-31")})
	w.plan = &p
	w.send("2017", "so-lieu", "PB01", march, submission.Accepted, &templates.Records{Index: []templates.IndexResult{
		{Unit: v("UBND phường Tân Thịnh"), Appraised: v("80"), Band: v("Tốt")},
	}})
	var got []string
	for _, l := range summarise(w).Index {
		got = append(got, l.UnitName+" "+l.Rank+" "+l.Appraised+" "+l.Difference+" "+l.PreviousScore+l.PreviousBand)
	}
	want := []string{"UBND phường Tân Thịnh 1 88.25 0.25 80Tốt", "UBND phường Tân Thành 2 85.2 -4.9 ",
		"UBND phường Túc Duyên  71  ", "UBND phường Quang Vinh  70  "}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

func TestSummary_Awards(t *testing.T) {
	w := wards(t, "90", "89", "88", "87", "86", "85", "84", "83")
	r := w.vote(nil, "10", "10", "10", "10", "10", "9", "8", "3")
	s := evaluate.Summarise(w.plan, submission.NewDataset(w.asOf, w.subs), "2018", r)
	if len(s.Awards) != 6 {
		t.Fatalf("%d lines, want four boards and two totals", len(s.Awards))
	}
	for _, i := range []int{2, 4} { // the communes' collectives, and all collectives
		if l := s.Awards[i]; l.Proposed != 8 || l.Eligible != 8 || l.Awarded != 6 || l.Waiting != 1 {
			t.Errorf("%+v", l)
		}
	}
	if s.Awards[4].Quota != 10 || s.Awards[5].Quota != 15 || !s.Awards[5].Limited {
		t.Errorf("the totals are those of Plan III.1.2: %+v", s.Awards[4:])
	}
}

func TestSummary_OfAPeriodThePlanDoesNotHave(t *testing.T) {
	if s := evaluate.Summarise(thePlan(t), submission.Dataset{}, "1999", evaluate.Result{}); s.Matrix != nil ||
		s.Period != "1999" {
		t.Errorf("%+v", s)
	}
}

func TestSummary_OfAStage(t *testing.T) {
	w := newWorld(t)
	w.send("2018-2020", "ho-so", ward, january, submission.Accepted, w.dossier(ward, nil))
	d := submission.NewDataset(w.asOf, w.subs)
	r, err := evaluate.Run(w.plan, d, "2018-2020")
	if err != nil {
		t.Fatal(err)
	}
	s := evaluate.Summarise(w.plan, d, "2018-2020", r)
	if s.Awards[4].Quota != 15 || s.Awards[5].Quota != 20 {
		t.Errorf("the totals are those of Plan III.1.2: %+v", s.Awards[4:])
	}
}

package evaluate_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"thidua/evaluate"
	"thidua/evaluate/check"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/plan"
)

// Cases at the edge, where one comparison more or less would go unnoticed elsewhere.

func TestEdge_AQuotaOfNothing(t *testing.T) {
	w := wards(t, "90", "89")
	p, problem := w.plan.Try("quota.annual.commune.collective=0")
	if problem != nil {
		t.Fatal(problem)
	}
	w.plan = p
	r := w.vote(nil, "10", "9")
	b := board(t, r, plan.Communes, evaluate.Collective)
	if b.LastIn != "" || b.FirstOut != "" || b.Margin != "" || b.Unused != 0 || b.Places[0].Band != evaluate.Reserve {
		t.Errorf("%+v", b)
	}
	if awarded(r.Awards) != "10? 9?" || !slices.Equal(codes(r.Council.Findings), []finding.Code{finding.OverQuota}) {
		t.Errorf("%s, %v", awarded(r.Awards), codes(r.Council.Findings))
	}
}

func TestEdge_TheDossierIsComplete(t *testing.T) {
	for _, c := range []struct {
		edit func(*templates.Dossier)
		want string
	}{{nil, "Có"}, {func(d *templates.Dossier) { d.Reports = nil }, "Báo cáo tóm tắt thành tích"}} {
		w := newWorld(t)
		w.propose(ward, c.edit)
		for _, f := range verdict(t, w.run(), "UBND phường Tân Thịnh").Facts {
			if f.Key == check.FactComplete && f.Value != c.want {
				t.Errorf("%q, want %q", f.Value, c.want)
			}
		}
	}
}

func TestEdge_TwoBreachesWithoutANameOnOneDay(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, nil)
	entry := func(text string) templates.DisciplineEntry {
		return templates.DisciplineEntry{Unit: v("UBND phường Tân Thịnh"), Date: v("2018-05-02"), Content: v(text)}
	}
	w.records(january.Add(-2*time.Hour), func(r *templates.Records) {
		r.Discipline = []templates.DisciplineEntry{entry("Bị phản ánh"), entry("Biên bản kiểm điểm")}
	})
	// the same again
	w.records(january.Add(-time.Hour),
		func(r *templates.Records) { r.Discipline = []templates.DisciplineEntry{entry("Bị phản ánh")} })
	for _, f := range verdict(t, w.run(), "UBND phường Tân Thịnh").Facts {
		if f.Key == check.FactDiscipline && f.Basis == check.Official && f.Value != "2" {
			t.Errorf("%s breaches, want 2", f.Value)
		}
	}
}

func TestEdge_WithoutSexThereIsNoFact(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, func(d *templates.Dossier) {
		p := worker("Trần Thị Bình", "1980")
		p.Sex, p.Title = v(""), v("")
		d.Individuals = []templates.NominatedPerson{p, worker("Lê Thị Hoa", "1981")}
	})
	r := w.run()
	for name, want := range map[string]int{"Trần Thị Bình": 0, "Lê Thị Hoa": 1} {
		n := 0
		for _, f := range verdict(t, r, name).Facts {
			if f.Key == check.FactSex {
				n++
			}
		}
		if n != want {
			t.Errorf("%s: %d facts of sex, want %d", name, n, want)
		}
	}
	if s := board(t, r, plan.Communes, evaluate.Individual).Shares; s.Women != 1 || s.Unknown != 1 {
		t.Errorf("%+v", s)
	}
}

func TestEdge_APreferenceForWomenIsAKeyOfTheOrder(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, func(d *templates.Dossier) {
		man := worker("Lê Văn An", "1980")
		man.Sex, man.Title = v("Nam"), v("Ông")
		d.Individuals = []templates.NominatedPerson{man, worker("Vũ Thị Yến", "1981")}
	})
	w.clean(ward)
	first := func() string { return board(t, w.run(), plan.Communes, evaluate.Individual).Places[0].Nominee.Name }
	if got := first(); got != "Lê Văn An" {
		t.Errorf("without it they are tied and stand by name: %s", got)
	}
	p := *w.plan
	p.Order = append([]plan.OrderKey{{Nominee: plan.Individual, Fact: check.FactSex, First: []string{"Nữ"},
		Title: "Nữ"}}, p.Order...)
	w.plan = &p
	if got := first(); got != "Vũ Thị Yến" {
		t.Errorf("with it: %s", got)
	}
	if b := board(t, w.run(), plan.Communes, evaluate.Individual); b.Places[0].Values[0] != "có" ||
		b.Places[1].Values[0] != "không" {
		t.Errorf("%q %q", b.Places[0].Values, b.Places[1].Values)
	}
}

func TestEdge_TheScaleOfAnAdHocAwardIsThatOfTheDay(t *testing.T) {
	w := newWorld(t)
	w.asOf = time.Date(2018, 3, 6, 2, 0, 0, 0, time.UTC) // the labels change on the 8th
	d := w.dossier(ward, func(d *templates.Dossier) { d.Collectives[0].Party = v("Yếu kém") })
	w.send("dot-xuat", "ho-so", ward, time.Date(2018, 3, 5, 2, 0, 0, 0, time.UTC), submission.Accepted, d)
	if j := judgement(t, verdict(t, w.runOf("dot-xuat"), "UBND phường Tân Thịnh"),
		"TT4"); j.Outcome != evaluate.NotMet {
		t.Errorf("%s: %s", j.Outcome, j.Reason)
	}
	w.asOf = time.Date(2018, 3, 9, 2, 0, 0, 0, time.UTC)
	if j := judgement(t, verdict(t, w.runOf("dot-xuat"), "UBND phường Tân Thịnh"), "TT4"); strings.Contains(j.Reason,
		"⟦") {
		t.Errorf("%s: %s", j.Outcome, j.Reason)
	}
}

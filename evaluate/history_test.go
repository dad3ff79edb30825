package evaluate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates"
)

// yearly adds the yearly round of 2019 to a stage's world: the ward proposed, was judged, and
// perhaps voted on.
func (w *world) yearly(year int, agree string) {
	w.t.Helper()
	d := w.dossier(ward, func(d *templates.Dossier) {
		d.Individuals = []templates.NominatedPerson{worker("Trần Thị Bình", "1980-02-03")}
	})
	w.send(fmt.Sprint(year), "ho-so", ward, time.Date(year, 12, 14, 2, 0, 0, 0, time.UTC), submission.Accepted, d)
	if agree == "" {
		return
	}
	votes := &templates.Votes{Session: templates.CouncilSession{Date: v(fmt.Sprintf("%d-01-24", year+1)),
		Presiding: v("Hoàng Văn Giang"), Secretary: v("Phạm Thị Dung"),
		Members: v("11"), Present: v("10"), Written: v("0"), CollectiveValid: v("10"), IndividualValid: v("10")}}
	r := w.runOf(fmt.Sprint(year))
	for _, x := range r.Verdicts {
		row := templates.VoteRow{Code: v(x.Nominee.ID), Name: v(x.Nominee.Name), Agree: v(agree), Disagree: v("0")}
		if x.Nominee.Kind == evaluate.Collective {
			votes.Collectives = append(votes.Collectives, row)
		} else {
			votes.Individuals = append(votes.Individuals, row)
		}
	}
	w.send(fmt.Sprint(year), "kiem-phieu", "PB01", time.Date(year+1, 1, 25, 2, 0, 0, 0, time.UTC), submission.Accepted,
		votes)
}

func TestIII_1_2_Item5_AStageShowsItsYearsSideBySide(t *testing.T) {
	for _, rule := range []string{"every-year", "last-year"} {
		t.Run(rule, func(t *testing.T) {
			w := stageWorld(t, []string{ward}, nil)
			w.asOf = afterStage.AddDate(0, 1, 0)
			p := *w.plan
			p.Stage.Rule = "every-year"
			if rule == "last-year" {
				p.Stage.Rule = "last-year"
			}
			w.plan = &p
			w.yearly(2018, "10")
			w.yearly(2019, "3")
			r := w.runOf(stage)
			n := verdict(t, r, "UBND phường Tân Thịnh").Nominee
			i := slices.IndexFunc(r.Stage, func(l evaluate.StageLine) bool { return l.Nominee == n.ID })
			if i < 0 || len(r.Stage) != 2 || len(r.Stage[i].Years) != 3 {
				t.Fatalf("%+v", r.Stage)
			}
			y := r.Stage[i].Years
			if y[0].Year != 2018 || y[0].Award != evaluate.AwardChosen || y[1].Award != evaluate.AwardNot ||
				y[2].Award != "" || y[2].Nominee != "" {
				t.Errorf("%+v", y)
			}
			if y[0].Nominee != n.ID || y[0].Outcome != evaluate.Council || y[0].IndexScore != "90" ||
				y[0].IndexBand != "Tốt" || y[0].Targets != "100" || y[0].Grade != best {
				t.Errorf("%+v", y[0])
			}
			i = slices.IndexFunc(r.Stage, func(l evaluate.StageLine) bool { return l.Nominee != n.ID })
			// a year of birth fits a day in it
			if y := r.Stage[i].Years; y[0].Nominee == "" || y[0].Award != evaluate.AwardChosen {
				t.Errorf("%+v", y)
			}
		})
	}
	w := newWorld(t)
	w.propose(ward, nil)
	if r := w.run(); r.Stage != nil {
		t.Errorf("a year has no years side by side: %+v", r.Stage)
	}
}

func TestCrossChecks_AwardedBeforeForTheSame(t *testing.T) {
	flags := func(r evaluate.Result, name string) string {
		var out []string
		for _, f := range verdict(t, r, name).Flags {
			if f.Kind == "awardedbefore" || f.Kind == "sameachievement" {
				out = append(out, f.Kind)
			}
		}
		return strings.Join(out, " ")
	}
	w := stageWorld(t, []string{ward}, nil)
	w.asOf = afterStage.AddDate(0, 1, 0)
	w.yearly(2018, "10")
	w.yearly(2019, "3")
	w.yearly(2020, "")
	d := w.subs[len(w.subs)-1].Value.(*templates.Dossier)
	d.Collectives[0].Summary = v("Một năm hoàn toàn khác")
	if got := flags(w.runOf("2019"), "Trần Thị Bình"); got != "sameachievement" {
		t.Errorf("the same initiative as the year before: %q", got)
	}
	if got := flags(w.runOf("2020"), "Trần Thị Bình"); got != "" {
		t.Errorf("not chosen the year before: %q", got)
	}
	if got := flags(w.runOf("2018"), "Trần Thị Bình"); got != "" {
		t.Errorf("no year before: %q", got)
	}
	w.yearly(2019, "10")
	if got := flags(w.runOf("2020"), "UBND phường Tân Thịnh"); got != "awardedbefore" {
		t.Errorf("another achievement: %q", got)
	}
	w.send("dot-xuat", "dot-xuat", ward, time.Date(2020, 5, 2, 2, 0, 0, 0, time.UTC), submission.Accepted,
		&templates.AdHocProposal{
			Individuals: []templates.AdHocPerson{{Name: v("Trần Thị Bình"), Born: v("1980-02-03"),
				Achievement: v("812 hồ sơ")}},
		})
	if got := flags(w.runOf("dot-xuat"), "Trần Thị Bình"); !strings.Contains(got, "awardedbefore") {
		t.Errorf("an ad hoc award after a yearly one: %q", got)
	}
}

func TestCrossChecks_UnderDisciplineInAnotherUnit(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, func(d *templates.Dossier) {
		d.Individuals = []templates.NominatedPerson{worker("Trần Thị Bình", "1980"), worker("Trần Thị Binh", "1981")}
	})
	w.records(january.Add(-time.Hour), func(r *templates.Records) {
		r.Discipline = []templates.DisciplineEntry{{Unit: v("UBND phường Tân Thành"),
			Name: at("Trần Thị Bình", "KỶ LUẬT", "C5"), Date: v("2018-05-02"), Content: v("Biên bản kiểm điểm")}}
	})
	r := w.run()
	x := verdict(t, r, "Trần Thị Bình")
	i := slices.IndexFunc(x.Flags, func(f evaluate.Flag) bool { return f.Kind == "breachelsewhere" })
	if i < 0 || !strings.Contains(x.Flags[i].Text, "UBND phường Tân Thành") ||
		!strings.Contains(x.Flags[i].Text, "C5") {
		t.Errorf("%+v", x.Flags)
	}
	if j := judgement(t, x, "CN6"); j.Outcome != evaluate.Pending {
		t.Errorf("it binds nobody until people have said so: %+v", j)
	}
	if y := verdict(t, r, "Trần Thị Binh"); slices.ContainsFunc(y.Flags,
		func(f evaluate.Flag) bool { return f.Kind == "breachelsewhere" }) {
		t.Errorf("another name: %+v", y.Flags)
	}
}

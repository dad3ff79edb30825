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
	"thidua/templates/plan"
)

// rule has the office rule something about the ward.
func (w *world) rule(o submission.Override) submission.Override {
	o.Period, o.Person, o.Reason = "2018", "Hoàng Văn Giang", "Nộp bản giấy tại Phòng Nội vụ"
	if o.Unit == "" {
		o.Unit = ward
	}
	o.At = january.Add(-time.Duration(50-len(w.rulings)) * time.Hour)
	o.ID = submission.NewOverrideID(o)
	w.rulings = append(w.rulings, o)
	return o
}

func TestOverride_TheDayOfReceipt(t *testing.T) {
	w := newWorld(t)
	w.register(ward, march)
	w.send("2018", "ho-so", ward, time.Date(2019, 1, 3, 2, 0, 0, 0, time.UTC), submission.Accepted,
		w.dossier(ward, nil))
	before := w.run()
	if len(verdict(t, before, "UBND phường Tân Thịnh").Flags) == 0 || len(before.Overrides) != 0 {
		t.Fatalf("the dossier should be late: %+v", before)
	}
	o := w.rule(submission.Override{Kind: submission.ReceiptDate, Form: "ho-so", Day: day("2018-12-28")})
	r := w.run()
	x := verdict(t, r, "UBND phường Tân Thịnh")
	i := slices.IndexFunc(x.Facts, func(f evaluate.Fact) bool { return f.Key == check.FactDossier })
	if f := x.Facts[i]; f.Value != "on-time" || f.Override != o.ID ||
		!strings.Contains(f.Text, "Đúng hạn, theo quyết định của Hoàng Văn Giang") || len(x.Flags) != 0 {
		t.Errorf("%+v, flags %+v", f, x.Flags)
	}
	if len(r.Overrides) != 1 || len(r.Overrides[0].Effects) != 1 ||
		r.Overrides[0].Effects[0] != "UBND phường Tân Thịnh: tính “Đúng hạn”; nếu không có quyết định này là “Quá "+
			"hạn 3 ngày”" {
		t.Errorf("%+v", r.Overrides)
	}
	s := evaluate.Summarise(w.plan, newDataset(w), "2018", r)
	i = slices.IndexFunc(s.Matrix, func(m evaluate.MatrixRow) bool { return m.Unit == ward })
	if p := s.Matrix[i].Dossier; p.Timing != plan.OnTime ||
		!strings.Contains(p.Override, "quyết định của Hoàng Văn Giang") {
		t.Errorf("%+v", p)
	}
	if before.DatasetHash == r.DatasetHash {
		t.Error("papers would not be made again")
	}
}

func TestOverride_AReasonThatEndsInAFullStopDoesNotBreakItsSentence(t *testing.T) {
	o := submission.Override{ID: "QD-1", Person: "Hoàng Văn Giang", At: january,
		Reason: "Nộp bản giấy tại Phòng Nội vụ. ", Ref: "Tờ trình số 5/TTr-NV"}
	if got := evaluate.RulingText(o); !strings.HasSuffix(got,
		"lý do: Nộp bản giấy tại Phòng Nội vụ (căn cứ: Tờ trình số 5/TTr-NV)") {
		t.Error(got)
	}
}

func TestOverride_ALongerDeadlineForOneUnit(t *testing.T) {
	w := newWorld(t)
	for _, u := range []string{ward, ward2} {
		w.register(u, time.Date(2018, 3, 14, 2, 0, 0, 0, time.UTC))
		w.send("2018", "ho-so", u, december, submission.Accepted, w.dossier(u, nil))
	}
	o := w.rule(submission.Override{Kind: submission.Extension, Form: "dang-ky", Day: day("2018-03-15")})
	// before the plan's own: changes nothing
	w.rule(submission.Override{Kind: submission.Extension, Form: "ho-so", Day: day("2018-12-01")})
	r := w.run()
	j := judgement(t, verdict(t, r, "UBND phường Tân Thịnh"), "TT2")
	if j.Outcome != evaluate.Met || !slices.Equal(j.Overrides, []string{o.ID}) {
		t.Errorf("%+v", j)
	}
	if j := judgement(t, verdict(t, r, "UBND phường Tân Thành"), "TT2"); j.Outcome != evaluate.Council ||
		j.Overrides != nil {
		t.Errorf("it holds for one unit only: %+v", j)
	}
	if e := r.Overrides; len(e) != 2 || len(e[0].Effects) != 2 || len(e[1].Effects) != 0 {
		t.Errorf("%+v", e)
	}
	t.Run("on the day and after it", func(t *testing.T) {
		d := newDataset(w)
		deadline := plan.Deadline{Before: day("2018-03-10")}
		for at, want := range map[int]plan.Timing{15: plan.OnTime, 16: plan.Late} {
			if got, _, by := d.Timing(deadline, "2018", "dang-ky", ward,
				time.Date(2018, 3, at, 2, 0, 0, 0, time.UTC)); got != want || by == nil {
				t.Errorf("received on %d March: %s by %v, want %s", at, got, by, want)
			}
		}
	})
}

func TestOverride_AWaivedCheck(t *testing.T) {
	for _, c := range []struct {
		name, criterion string
		edit            func(*templates.Dossier)
		want            evaluate.Outcome
		effect          bool
		says            string
	}{
		{"one check of a criterion", "TT4.2", func(d *templates.Dossier) { d.Collectives[0].Union = v("Yếu") },
			evaluate.Met, true, "không xét theo quyết định"},
		{"another check of it stays", "TT4.2", func(d *templates.Dossier) {
			d.Collectives[0].Union,
				d.Collectives[0].Youth = v("Yếu"), v("Yếu")
		}, evaluate.NotMet, true, "không xét theo quyết định"},
		{"a whole criterion", "TT4", func(d *templates.Dossier) { d.Collectives[0].Union = v("Yếu") },
			evaluate.NotApplicable, true, "Nếu xét: Không đạt"},
		{"what is met anyway", "TT4.2", nil, evaluate.Met, false, ""},
		{"a check that does not exist", "TT4.9", func(d *templates.Dossier) { d.Collectives[0].Union = v("Yếu") },
			evaluate.NotMet, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.propose(ward, c.edit)
			n := verdict(t, w.run(), "UBND phường Tân Thịnh").Nominee
			w.rule(submission.Override{Kind: submission.Waiver, Nominee: n.ID, Criterion: c.criterion})
			r := w.run()
			j := judgement(t, verdict(t, r, n.Name), "TT4")
			if j.Outcome != c.want || !strings.Contains(j.Reason, c.says) || (len(j.Overrides) > 0) != c.effect {
				t.Errorf("%s, rulings %v: %s", j.Outcome, j.Overrides, j.Reason)
			}
			if len(r.Overrides) != 1 || (len(r.Overrides[0].Effects) > 0) != c.effect ||
				strings.Contains(r.Overrides[0].Text, "⟦") {
				t.Errorf("%+v", r.Overrides)
			}
		})
	}
}

func TestOverride_OnlyWhatWasRuledByThen(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, func(d *templates.Dossier) { d.Collectives[0].Union = v("Yếu") })
	n := verdict(t, w.run(), "UBND phường Tân Thịnh").Nominee
	o := w.rule(submission.Override{Kind: submission.Waiver, Nominee: n.ID, Criterion: "TT4"})
	w.asOf = o.At.Add(-time.Second)
	if r := w.run(); len(r.Overrides) != 0 || judgement(t, verdict(t, r, n.Name), "TT4").Outcome != evaluate.NotMet {
		t.Errorf("%+v", r.Overrides)
	}
}

func TestOverride_OfAStage(t *testing.T) {
	w := stageWorld(t, []string{ward}, func(d *templates.StageDossier) { d.Collectives[0].Union = v("Yếu") })
	n := verdict(t, w.runOf(stage), "UBND phường Tân Thịnh").Nominee
	o := w.rule(submission.Override{Kind: submission.Waiver, Nominee: n.ID, Criterion: "TT4"})
	w.rulings[0].Period = stage
	r := w.runOf(stage)
	if j := judgement(t, verdict(t, r, n.Name), "TT4"); j.Outcome != evaluate.NotApplicable ||
		!slices.Equal(j.Overrides, []string{o.ID}) {
		t.Errorf("%+v", j)
	}
	if len(r.Overrides) != 1 {
		t.Errorf("%+v", r.Overrides)
	}
}

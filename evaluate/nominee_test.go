package evaluate_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/plan"
)

func flags(x evaluate.Verdict) []string {
	var out []string
	for _, f := range x.Flags {
		out = append(out, f.Kind)
	}
	return out
}

func TestNomineeCarriesWhatPapersNeed(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, func(d *templates.Dossier) {
		d.Individuals = []templates.NominatedPerson{worker("Trần Thị Bình", "1980-03-05")}
		d.Votes = append(d.Votes, templates.UnitVote{Kind: v("Cá nhân"), Name: v("Trần Thị Bình"), Agree: v("7")})
	})
	r := w.run()
	n := verdict(t, r, "Trần Thị Bình").Nominee
	want := evaluate.Nominee{
		ID: n.ID, Kind: "individual", Name: "Trần Thị Bình", Unit: ward, UnitName: "UBND phường Tân Thịnh",
		Group: "commune", Role: "direct-worker",
		RoleName: direct, Title: "Bà", Position: "Công chức Văn phòng - Thống kê", Sex: "Nữ",
		Award: templates.CityAward, Summary: "812 hồ sơ",
		UnitVote: "7/9", Born: "1980-03-05", Receipt: n.Receipt, File: n.File, Sheet: "CÁ NHÂN", Cell: "C5",
	}
	if n != want {
		t.Errorf("%+v\nwant %+v", n, want)
	}
	if !strings.HasPrefix(n.ID, ward+"-c-") || len(n.ID) != len(ward)+len("-c-")+6 {
		t.Errorf("ID %q", n.ID)
	}
	if raw, err := json.Marshal(r); err != nil || strings.Contains(string(raw), "1980") {
		t.Errorf("the day of birth leaves the office (%v)", err)
	}
}

func TestNomineeIDStaysWhenTheDossierIsSentAgain(t *testing.T) {
	w := newWorld(t)
	d := w.propose(ward, func(d *templates.Dossier) {
		d.Individuals = []templates.NominatedPerson{worker("Trần Thị Bình", "1980")}
	})
	before := verdict(t, w.run(), "Trần Thị Bình").Nominee
	again := *d
	again.Individuals = []templates.NominatedPerson{worker("Nguyễn Văn An", "1979"), worker("TRẦN THỊ BÌNH", "1980")}
	w.send("2018", "ho-so", ward, december.Add(time.Hour), submission.Accepted, &again)
	after := verdict(t, w.run(), "TRẦN THỊ BÌNH").Nominee
	if before.ID != after.ID || before.Receipt == after.Receipt {
		t.Errorf("%s by %s became %s by %s", before.ID, before.Receipt, after.ID, after.Receipt)
	}
}

func TestTheSamePersonTwiceIsFlaggedAndKept(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, func(d *templates.Dossier) {
		d.Individuals = []templates.NominatedPerson{worker("Trần Thị Bình", "1980"), worker("Trần Thị BÌNH", "1980")}
	})
	r := w.run()
	first, second := verdict(t, r, "Trần Thị Bình"), verdict(t, r, "Trần Thị BÌNH")
	if second.Nominee.ID != first.Nominee.ID+"-2" || len(first.Flags) != 0 {
		t.Errorf("%s, %s, %v", first.Nominee.ID, second.Nominee.ID, first.Flags)
	}
	if f := second.Flags; len(f) != 1 || f[0].Code != finding.Twice ||
		!slices.Equal(f[0].Related, []string{first.Nominee.ID}) {
		t.Errorf("flags %+v", f)
	}
}

func TestThePersonInTwoUnitsIsFlaggedInBoth(t *testing.T) {
	for _, c := range []struct {
		name, born1, born2 string
		want               bool
	}{
		{"same day", "1980-03-05", "1980-03-05", true},
		{"a year that agrees with the day", "1980", "1980-03-05", true},
		{"another day", "1980-03-06", "1980-03-05", false},
		{"another year", "1981", "1980", false},
		{"no birth", "", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			for unit, born := range map[string]string{ward: c.born1, ward2: c.born2} {
				w.propose(unit, func(d *templates.Dossier) {
					d.Individuals = []templates.NominatedPerson{worker("Trần Thị Bình", born)}
				})
			}
			n := 0
			for _, x := range w.run().Verdicts {
				for _, f := range x.Flags {
					if f.Code == finding.TwoUnits {
						n++
					}
				}
			}
			if (n == 2) != c.want || n == 1 {
				t.Errorf("%d flags", n)
			}
		})
	}
}

func TestFlags(t *testing.T) {
	w := newWorld(t)
	w.register(ward, march, "Trần Thị Bình")
	w.send("2018", "ho-so", ward, time.Date(2019, 1, 3, 3, 0, 0, 0, time.UTC), submission.Accepted,
		w.dossier(ward, func(d *templates.Dossier) {
			stranger := worker("Lê Văn Cường", "1970")
			stranger.Role = v("Khách mời")
			d.Individuals = []templates.NominatedPerson{worker("Trần Thị Bình", "1980"), stranger}
		}))
	w.propose("PB23", nil)
	unknown := w.dossier(ward, nil)
	unknown.Collectives[0].Name = v("Hợp tác xã X")
	w.send("2018", "ho-so", "HTX", december, submission.Accepted, unknown)
	onTheDay := w.dossier(ward2, nil)
	w.send("2018", "ho-so", ward2, time.Date(2018, 12, 31, 3, 0, 0, 0, time.UTC), submission.Accepted, onTheDay)
	r := w.run()
	for name, want := range map[string][]string{
		"Trần Thị Bình":         {"late"},
		"Lê Văn Cường":          {"late", "notregistered", "unknownrole"},
		"UBND phường Tân Thành": {"late"},
		"Hợp tác xã X":          {"assumedgroup"}, // a unit the plan does not know
		"Công an thành phố":     {"assumedgroup"}, // a unit whose group the plan leaves open
	} {
		if got := flags(verdict(t, r, name)); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	if f := verdict(t, r, "UBND phường Tân Thành").Flags[0]; f.Code != finding.OnTheDay {
		t.Errorf("on the day itself: %s", f.Code)
	}
	if n := verdict(t, r, "Hợp tác xã X").Nominee; n.Group != string(plan.Offices) {
		t.Errorf("a unit the plan does not know is in group %q", n.Group)
	}
}

func TestSexFollowsTheFormOfAddressWhenNotGiven(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, func(d *templates.Dossier) {
		for _, title := range []string{"Ông", "Bà", ""} {
			p := worker("Người "+title, "1980")
			p.Title, p.Sex = v(title), v("")
			d.Individuals = append(d.Individuals, p)
		}
	})
	shares := board(t, w.run(), plan.Communes, evaluate.Individual).Shares
	if shares.Men != 1 || shares.Women != 1 || shares.Unknown != 1 || shares.Direct != 3 {
		t.Errorf("%+v", shares)
	}
}

func TestMissingSaysWhoAndWhy(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, nil)
	w.register(ward2, march)
	w.send("2018", "ho-so", office, december, submission.ToFix, w.dossier(office, nil))
	r := w.run()
	states := map[string]string{}
	for _, m := range r.Missing {
		states[m.Unit] = m.State
		if m.Reason == "" || strings.Contains(m.Reason, "⟦") {
			t.Errorf("%s: reason %q", m.Unit, m.Reason)
		}
	}
	if _, listed := states[ward]; listed {
		t.Error("a unit with an accepted dossier is listed as missing")
	}
	if states[ward2] != "registered" || states[office] != "tofix" || states["PB01"] != "none" {
		t.Errorf("%v", states)
	}
	if len(states) != len(w.plan.UnitsOn(day("2018-12-31")))-1 {
		t.Errorf("%d units missing of %d", len(states), len(w.plan.Units))
	}
	if len(r.Verdicts) != 1 {
		t.Errorf("%d verdicts: a dossier still to fix does not count", len(r.Verdicts))
	}
}

func TestANewerVersionStillToFixDisplacesNothing(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, nil)
	w.send("2018", "ho-so", ward, december.Add(time.Hour), submission.ToFix, &templates.Dossier{})
	if r := w.run(); len(r.Verdicts) != 1 || len(flags(r.Verdicts[0])) != 0 {
		t.Errorf("%+v", r.Verdicts)
	}
}

func TestAnIncompleteDossierSaysWhichPartIsMissing(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, func(d *templates.Dossier) { d.Minutes, d.Votes = templates.UnitMinutes{}, nil })
	for _, f := range verdict(t, w.run(), "UBND phường Tân Thịnh").Facts {
		if f.Key == "dossier.complete" && f.Value != "Biên bản họp xét đề nghị khen thưởng" {
			t.Errorf("parts %q", f.Value)
		}
	}
}

func TestRunRefusesWhatThePlanDoesNotHave(t *testing.T) {
	w := newWorld(t)
	if _, err := evaluate.Run(w.plan, submission.Dataset{}, "1999"); err == nil ||
		!strings.Contains(err.Error(), "1999") {
		t.Errorf("error %v", err)
	}
	broken := *w.plan
	broken.Criteria = append(slices.Clone(broken.Criteria), plan.Criterion{ID: "TT7", Nominee: plan.Collective,
		Check: plan.Check{Kind: "like"}})
	if _, err := evaluate.Run(&broken, submission.Dataset{}, "2018"); err == nil ||
		!strings.Contains(err.Error(), "TT7") {
		t.Errorf("error %v", err)
	}
}

func TestForeignValuesAreLeftAlone(t *testing.T) {
	w := newWorld(t)
	for _, formID := range []string{"dang-ky", "ho-so", "so-lieu", "kiem-phieu"} {
		w.send("2018", formID, ward, december, submission.Accepted, nil)
	}
	r := w.run()
	if len(r.Verdicts) != 0 || r.Council != nil {
		t.Errorf("%+v", r)
	}
	evaluate.Summarise(w.plan, submission.NewDataset(w.asOf, w.subs), "2018", r)
}

func TestAdHocAwardsHaveNoLineAndNobodyIsMissing(t *testing.T) {
	w := newWorld(t)
	d := w.dossier(ward, func(d *templates.Dossier) {
		for _, name := range []string{"Trần Thị Bình", "Lê Văn Cường"} {
			d.Individuals = append(d.Individuals, worker(name, "1980"))
		}
	})
	w.send("dot-xuat", "ho-so", ward, december, submission.Accepted, d)
	w.send("dot-xuat", "ho-so", ward2, december, submission.ToFix, w.dossier(ward2, nil))
	r, err := evaluate.Run(w.plan, submission.NewDataset(w.asOf, w.subs), "dot-xuat")
	if err != nil {
		t.Fatal(err)
	}
	b := board(t, r, plan.Communes, evaluate.Individual)
	if b.Limited || len(b.Places) != 2 || b.Places[0].Band != evaluate.Within || b.LastIn != "" || b.Unused != 0 {
		t.Errorf("%+v", b)
	}
	if len(r.Missing) != 1 || r.Missing[0].Unit != ward2 {
		t.Errorf("missing %+v", r.Missing)
	}
	if j := judgement(t, verdict(t, r, "UBND phường Tân Thịnh"), "TT2"); j.Outcome != evaluate.Met ||
		strings.Contains(j.Reason, "đăng ký thi đua đúng hạn") {
		t.Errorf("ad hoc awards need no registration: %s", j.Reason)
	}
}

package evaluate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/plan"
)

// vote has the council of eleven meet, ten present, and gives every collective of the communes'
// board the votes listed, in the board's order; "" leaves the row out.
func (w *world) vote(edit func(*templates.Votes), agree ...string) evaluate.Result {
	w.t.Helper()
	votes := &templates.Votes{Session: templates.CouncilSession{
		Date: v("2019-01-24"), Presiding: v("Hoàng Văn Giang"), PresidingTitle: v("Phó Chủ tịch Hội đồng"),
		Secretary: v("Phạm Thị Dung"),
		Members:   v("11"), Present: at("10", "PHIÊN HỌP", "C11"), Written: v("0"), CollectiveValid: v("10"),
		IndividualValid: v("9"),
	}}
	places := board(w.t, w.run(), plan.Communes, evaluate.Collective).Places
	for i, a := range agree {
		if a == "" {
			continue
		}
		n := places[i].Nominee
		votes.Collectives = append(votes.Collectives, templates.VoteRow{
			Code: at(n.ID, "TẬP THỂ", fmt.Sprintf("B%d", 5+i)), Name: v(n.Name),
			Agree: at(a, "TẬP THỂ", fmt.Sprintf("F%d", 5+i)), Disagree: v("1"), Other: v("0"),
		})
	}
	if edit != nil {
		edit(votes)
	}
	w.send("2018", "kiem-phieu", "PB01", january, submission.Accepted, votes)
	return w.run()
}

func awarded(list []evaluate.Award) string {
	var out []string
	for _, a := range list {
		s := fmt.Sprintf("%d", a.Votes)
		if a.NeedsDecision {
			s += "?"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func codes(list []finding.Finding) []finding.Code {
	var out []finding.Code
	for _, f := range list {
		out = append(out, f.Code)
	}
	return out
}

func TestCouncil_Awards(t *testing.T) {
	three, eight := []string{"90", "89", "88"}, []string{"90", "89", "88", "87", "86", "85", "84", "83"}
	for _, c := range []struct {
		name           string
		points         []string
		agree          []string
		edit           func(*templates.Votes)
		awards, others string
		findings       []finding.Code
	}{
		{"more than half of all members", three, []string{"10", "6", "5"}, nil, "10 6", "5", nil},
		{"the order of the votes, not of the board", three, []string{"7", "9", "8"}, nil, "9 8 7", "", nil},
		{"a row left out", three, []string{"10", "", "9"}, nil, "10 9", "0?", []finding.Code{finding.NomineeNotVoted}},
		{"no quorum", three, []string{"7", "7", "3"}, func(v *templates.Votes) { v.Session.Present.Text = "7" },
			"7? 7?", "3", []finding.Code{finding.NoQuorum}},
		{"a written opinion makes the quorum", three, []string{"7", "7", "3"},
			func(v *templates.Votes) { v.Session.Present.Text, v.Session.Written.Text = "7", "1" }, "7 7", "3", nil},
		{"thirteen members, eleven in the plan's list: counted of thirteen, and told", three, []string{"7", "6", "5"},
			func(v *templates.Votes) {
				v.Session.Members.Text, v.Session.Present.Text = "13", "13"
			}, "7", "6 5", []finding.Code{finding.OtherMembers}},
		{"seven members, five came: a quorum of five", three, []string{"4", "3", "5"}, func(v *templates.Votes) {
			v.Session.Members.Text, v.Session.Present.Text = "7", "5"
		}, "5 4", "3", []finding.Code{finding.OtherMembers}},
		{"more than places: those beyond wait", eight, []string{"10", "10", "10", "10", "10", "9", "8", "7"}, nil,
			"10 10 10 10 10 9 8? 7?", "", []finding.Code{finding.OverQuota}},
		{"a tie at the line: all of it waits", eight, []string{"10", "10", "10", "10", "9", "9", "9", "8"}, nil,
			"10 10 10 10 9? 9? 9? 8?", "", []finding.Code{finding.OverQuota, finding.TieAtLine}},
		{"as many as places", eight, []string{"10", "10", "10", "10", "9", "9", "4", "4"}, nil, "10 10 10 10 9 9",
			"4 4", nil},
		{"a code nobody has", three, []string{"10", "9", "8"}, func(x *templates.Votes) {
			x.Collectives = append(x.Collectives, templates.VoteRow{Code: at("05452-t-000000", "TẬP THỂ", "B9"),
				Agree: v("10")})
		}, "10 9 8", "", []finding.Code{finding.UnknownNominee}},
		{"a row whose name is another's", three, []string{"10", "9", "8"}, func(x *templates.Votes) {
			x.Collectives[0].Name = v("UBND phường Khác")
		}, "9 8", "0?", []finding.Code{finding.UnknownNominee, finding.NomineeNotVoted}},
		{"a collective among the people", three, []string{"10", "9", "8"}, func(x *templates.Votes) {
			x.Individuals, x.Collectives = x.Collectives[:1], x.Collectives[1:]
		}, "9 8", "0?", []finding.Code{finding.UnknownNominee, finding.NomineeNotVoted}},
		{"the same row twice", three, []string{"10", "9", "8"}, func(x *templates.Votes) {
			x.Collectives = append(x.Collectives, x.Collectives[0])
		}, "10 9 8", "", []finding.Code{finding.DuplicateRecord}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := wards(t, c.points...).vote(c.edit, c.agree...)
			if got := awarded(r.Awards); got != c.awards {
				t.Errorf("awards %s, want %s", got, c.awards)
			}
			if got := awarded(r.NotChosen); got != c.others {
				t.Errorf("not chosen %s, want %s", got, c.others)
			}
			if got := codes(r.Council.Findings); !slices.Equal(got, c.findings) {
				t.Errorf("findings %v, want %v", got, c.findings)
			}
			for _, a := range slices.Concat(r.Awards, r.NotChosen) {
				if a.Reason == "" || strings.Contains(a.Reason, "⟦") || a.Chosen != slices.ContainsFunc(r.Awards,
					func(b evaluate.Award) bool { return a.Nominee.ID == b.Nominee.ID }) {
					t.Errorf("%+v", a)
				}
			}
		})
	}
}

func TestCouncil_WhatAnAwardSays(t *testing.T) {
	r := wards(t, "90", "89").vote(nil, "10", "5")
	a, b := r.Awards[0], r.NotChosen[0]
	if a.Percent != "90,91%" || a.Base != 11 || a.Rank != 1 || a.Cell != "F5" ||
		a.Reason != "Đạt 10/11 phiếu (90,91% tổng số thành viên Hội đồng); yêu cầu trên 50% tổng số thành viên "+
			"Hội đồng." {
		t.Errorf("%+v", a)
	}
	if b.Percent != "45,45%" || b.Reason != "Đạt 5/11 phiếu (45,45% tổng số thành viên Hội đồng), chưa đủ tỷ lệ; "+
		"yêu cầu trên 50% tổng số thành viên Hội đồng." {
		t.Errorf("%+v", b)
	}
	if s := r.Council; s.Presiding != "Hoàng Văn Giang" || s.Members != 11 || s.QuorumNeeded != 8 || !s.Quorum ||
		s.Date != "2019-01-24" {
		t.Errorf("%+v", s)
	}
}

func TestCouncil_TheBaseIsThePlans(t *testing.T) {
	for _, c := range []struct {
		base   plan.Base
		strict bool
		want   string // of 5 and 6 votes; eleven members, ten present, ten valid ballots
	}{
		{plan.TotalMembers, true, "6"},
		{plan.PresentMembers, true, "6"},
		{plan.PresentMembers, false, "6 5"}, // exactly half
		{plan.ValidBallots, true, "6"},
		{plan.ValidBallots, false, "6 5"},
	} {
		w := wards(t, "90", "89")
		p := *w.plan
		p.Council.Threshold = plan.Threshold{Percent: 50, Base: c.base, Strict: c.strict}
		w.plan = &p
		if got := awarded(w.vote(nil, "5", "6").Awards); got != c.want {
			t.Errorf("%+v: awards %s, want %s", c, got, c.want)
		}
	}
}

func TestCouncil_IndividualsHaveBallotsOfTheirOwn(t *testing.T) {
	w := wards(t, "90")
	p := *w.plan
	p.Council.Threshold.Base = plan.ValidBallots
	w.plan = &p
	d := w.dossier(ward2, func(d *templates.Dossier) {
		d.Collectives, d.Individuals = nil, []templates.NominatedPerson{worker("Trần Thị Bình", "1980")}
	})
	w.send("2018", "ho-so", ward2, december, submission.Accepted, d)
	id := verdict(t, w.run(), "Trần Thị Bình").Nominee.ID
	r := w.vote(func(x *templates.Votes) {
		x.Individuals = []templates.VoteRow{{Code: v(id), Agree: v("5"), Disagree: v("4")}}
	}, "10")
	if len(r.Awards) != 2 || r.Awards[1].Base != 9 || r.Awards[1].Percent != "55,56%" || r.Awards[1].Against != 4 {
		t.Errorf("%+v", r.Awards)
	}
}

func TestCouncil_VotesDoNotLiftACriterion(t *testing.T) {
	w := wards(t, "90", "89")
	w.records(january.Add(-1), func(r *templates.Records) {
		r.Discipline = []templates.DisciplineEntry{{Unit: v(w.plan.Units[1].Name), Content: v("Bị phản ánh"),
			Date: v("2018-05-05")}}
	})
	r := w.vote(nil, "10", "10") // the second on the board is not placed
	if len(r.Awards) != 1 || len(r.NotChosen) != 1 {
		t.Fatalf("%d awards, %d not", len(r.Awards), len(r.NotChosen))
	}
	a := r.NotChosen[0]
	if a.Chosen || !a.NeedsDecision || a.Ground != finding.BelowStandard ||
		!slices.Equal(codes(r.Council.Findings), []finding.Code{finding.UnknownNominee}) {
		t.Errorf("%+v with %v", a, codes(r.Council.Findings))
	}
	without := wards(t, "90")
	without.records(january.Add(-1), func(r *templates.Records) {
		r.Discipline = []templates.DisciplineEntry{{Unit: v(without.plan.Units[0].Name), Content: v("Bị phản ánh"),
			Date: v("2018-05-05")}}
	})
	if r := without.vote(nil, ""); len(r.Council.Findings) != 0 || r.NotChosen[0].NeedsDecision {
		t.Errorf("nobody has to vote on whom a criterion excludes: %+v", r.NotChosen)
	}
}

func TestCouncil_WhoeverWaitsForARecordNeedsADecision(t *testing.T) {
	r := wards(t, "90", "").vote(nil, "10", "10")
	if got := awarded(r.Awards); got != "10 10?" || !strings.Contains(r.Awards[1].Reason, "chưa đủ căn cứ") {
		t.Errorf("%s: %+v", got, r.Awards)
	}
	if r := wards(t, "90", "").vote(nil, "10", ""); len(r.Council.Findings) != 0 {
		t.Errorf("a nominee may be kept for a later session: %+v", r.Council.Findings)
	}
}

func TestCouncil_TheLatestTallyCounts(t *testing.T) {
	w := wards(t, "90")
	w.vote(nil, "3")
	if r := w.vote(nil, "9"); awarded(r.Awards) != "9" {
		t.Errorf("%s", awarded(r.Awards))
	}
}

func TestCouncil_AnEmptyTally(t *testing.T) {
	w := wards(t, "90")
	w.send("2018", "kiem-phieu", "PB01", january, submission.Accepted,
		&templates.Votes{Collectives: []templates.VoteRow{
			{Code: v(verdict(t, w.run(), w.plan.Units[0].Name).Nominee.ID), Agree: v("5")},
		}})
	if r := w.run(); len(r.Awards) != 0 || r.NotChosen[0].Percent != "" {
		t.Errorf("%+v", r)
	}
}

func TestCouncil_ConclusionsSettleWhatTheVotesLeaveOpen(t *testing.T) {
	eight := []string{"90", "89", "88", "87", "86", "85", "84", "83"}
	tied := []string{"10", "10", "10", "10", "9", "9", "9", "8"}
	conclude := func(text string, rows ...int) func(*templates.Votes) {
		return func(x *templates.Votes) {
			for _, i := range rows {
				x.Collectives[i].Conclusion = at(text, "TẬP THỂ", "J5")
			}
		}
	}
	for _, c := range []struct {
		name           string
		agree          []string
		edit           func(*templates.Votes)
		awards, others string
		findings       []finding.Code
	}{
		{"refusing those beyond the places leaves nothing open", tied, conclude(templates.ConcludeNo, 6, 7),
			"10 10 10 10 9 9", "9 8", nil},
		{"refusing too few leaves the tie open", tied, conclude(templates.ConcludeNo, 7), "10 10 10 10 9? 9? 9?", "8",
			[]finding.Code{finding.OverQuota, finding.TieAtLine}},
		{"choosing without refusing the others settles nothing", tied, conclude(templates.Conclude, 4, 5),
			"10 10 10 10 9? 9? 9? 8?", "", []finding.Code{finding.OverQuota, finding.TieAtLine}},
		{"choosing against the votes is a finding", []string{"10", "5"}, conclude(templates.Conclude, 1), "10", "5?",
			[]finding.Code{finding.AgainstVotes}},
		{"refusing whoever passed is the council's right", []string{"10", "9"}, conclude(templates.ConcludeNo, 0), "9",
			"10", nil},
		{"a conclusion does not make a quorum", []string{"7"}, func(x *templates.Votes) {
			x.Session.Present.Text = "7"
			conclude(templates.Conclude, 0)(x)
		}, "7?", "0? 0? 0? 0? 0? 0? 0?", []finding.Code{finding.NoQuorum, finding.AgainstVotes}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := wards(t, eight[:max(len(c.agree), 2)]...)
			if len(c.agree) == 1 {
				w = wards(t, eight...)
			}
			r := w.vote(c.edit, c.agree...)
			got := slices.DeleteFunc(codes(r.Council.Findings),
				func(f finding.Code) bool { return f == finding.NomineeNotVoted })
			if awarded(r.Awards) != c.awards || awarded(r.NotChosen) != c.others ||
				!slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(c.findings))) {
				t.Errorf("awards %q, others %q, findings %v; want %q, %q, %v", awarded(r.Awards), awarded(r.NotChosen),
					got, c.awards, c.others, c.findings)
			}
		})
	}
}

func TestCouncil_APendingNomineeIsSettledByAConclusion(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, nil) // the index is not out
	r := w.vote(func(x *templates.Votes) { x.Collectives[0].Conclusion = v(templates.Conclude) }, "10")
	if awarded(r.Awards) != "10" || !r.Awards[0].Concluded {
		t.Errorf("%+v", r.Awards)
	}
}

func TestCouncil_RecusalsAndWrittenOpinions(t *testing.T) {
	for _, c := range []struct {
		name    string
		council func(*plan.Council)
		base    int
		quorum  bool
	}{
		{"of all members, the recused still count", func(*plan.Council) {}, 11, true},
		{"of all members, without the recused", func(c *plan.Council) { c.WithoutRecused = true }, 9, true},
		{"of those who took part", func(c *plan.Council) { c.Threshold.Base = plan.PresentMembers }, 8, true},
		{"of those who took part, without the recused",
			func(c *plan.Council) { c.Threshold.Base, c.WithoutRecused = plan.PresentMembers, true }, 6, true},
		{"written opinions do not count", func(c *plan.Council) {
			c.Threshold.Base, c.Written = plan.PresentMembers,
				false
		}, 7, false},
		{"valid ballots never count the recused", func(c *plan.Council) { c.Threshold.Base = plan.ValidBallots }, 6,
			true},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := wards(t, "90")
			p := *w.plan
			c.council(&p.Council)
			w.plan = &p
			r := w.vote(func(x *templates.Votes) {
				x.Session.Present.Text, x.Session.Written.Text, x.Session.CollectiveValid = "7", "1", v("8")
				x.Collectives[0].Recused, x.Collectives[0].Disagree = v("2"), v("0")
			}, "6")
			a := append(r.Awards, r.NotChosen...)[0]
			if a.Base != c.base || a.Recused != 2 || !a.Sealed || r.Council.Quorum != c.quorum ||
				!strings.Contains(a.Reason, "2 thành viên không tham gia bỏ phiếu") {
				t.Errorf("base %d, quorum %v: %+v", a.Base, r.Council.Quorum, a)
			}
		})
	}
}

package round_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"thidua/ingest/submission"
	"thidua/reports/award"
	"thidua/reports/council"
	"thidua/reports/paper"
	"thidua/reports/prefill"
	"thidua/reports/round"
	"thidua/reports/round/roundtest"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Between the years there are several sessions, each with a decision of its own (Plan III.1.2). The
// second one's papers name whom it gave the award and nobody of the first, and wait for their own
// decision; the register has both, each with its own.
func TestEverySessionBetweenTheYearsHasItsDecision(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	on := func(month, day int) time.Time { return time.Date(2018, time.Month(month), day, 2, 0, 0, 0, time.UTC) }
	var sent []submission.Submission
	take := func(formID, unit string, at time.Time, value any) {
		id := submission.NewID("dot-xuat", at.String(), "1", formID)
		sent = append(sent, submission.Submission{ID: id, Message: id, File: formID + ".xlsx", Received: at, Unit: unit,
			Period: "dot-xuat", Form: formID, Version: 1, State: submission.Accepted, Value: value})
	}
	gather := func(at time.Time) round.Sources {
		s, err := round.Gather(p, submission.NewDataset(at, sent), "dot-xuat", calendar.DateOf(at))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	propose := func(unit, name string, at time.Time) {
		take(templates.AdHocForm.ID, unit, at,
			&templates.AdHocProposal{Proposal: templates.Proposal{Number: form.Of("45/TTr-UBND")},
				Collectives: []templates.AdHocCollective{{Name: form.Of(name), Date: form.Of("2018-08-01"),
					Achievement: form.Of("Xử lý sự cố")}}})
	}
	vote := func(at time.Time) {
		v := prefill.Votes(gather(at))
		v.Session.Present, v.Session.Written = form.OfInt(11), form.OfInt(0)
		v.Session.CollectiveIssued, v.Session.CollectiveReturned, v.Session.CollectiveValid = form.OfInt(11),
			form.OfInt(11), form.OfInt(11)
		for i := range v.Collectives {
			v.Collectives[i].Agree, v.Collectives[i].Disagree, v.Collectives[i].Conclusion = form.OfInt(11),
				form.OfInt(0), form.Of(templates.Conclude)
		}
		take(templates.VotesForm.ID, "PB01", at, v)
	}
	decide := func(number, day string, at time.Time) {
		take(templates.DecisionForm.ID, "PB01", at,
			&templates.Decision{Head: templates.DecisionHead{Number: form.Of(number), Date: form.Of(day)}})
	}
	propose("05452", "Alpha", on(8, 10))
	vote(on(8, 20))
	decide("501/QĐ-UBND", "2018-08-28", on(8, 29))
	propose("05455", "Beta", on(10, 10))
	vote(on(10, 20))
	votes := sent[len(sent)-1].Value.(*templates.Votes)
	open := *votes
	open.Collectives = slices.Clone(votes.Collectives)
	for i := range open.Collectives {
		open.Collectives[i].Conclusion = form.Of("")
	}
	sent[len(sent)-1].Value = &open // nothing is concluded yet
	if text := roundtest.Text(t, council.Annex(), gather(on(10, 21))); !strings.Contains(text, "Beta") ||
		strings.Contains(text, "Alpha") {
		t.Errorf("whoever was given the award waits for nothing:\n%s", text)
	}
	if text := roundtest.Text(t, award.Proposal(), gather(on(10, 21))); !strings.Contains(text,
		"01 trường hợp chờ Hội đồng kết luận") {
		t.Errorf("one waits:\n%s", text)
	}
	sent[len(sent)-1].Value = votes
	decide("650/QĐ-UBND", "2018-10-25", on(10, 26))

	for _, c := range []struct {
		at         time.Time
		paper      paper.Recipe
		says, hush string
	}{
		{on(9, 1), award.Decision(), "501/QĐ-UBND Alpha", "Beta"},
		{on(10, 12), award.Decision(), "501/QĐ-UBND Alpha", "Beta"},
		{on(10, 21), award.Decision(), "Beta", "501/QĐ-UBND Alpha"},
		{on(10, 21), award.UnitNotice(), "", "501/QĐ-UBND Alpha"},
		{on(10, 27), award.Decision(), "650/QĐ-UBND Beta", "501/QĐ-UBND Alpha"},
		{on(10, 27), award.Certificates(), "650/QĐ-UBND BETA", "501/QĐ-UBND ALPHA"},
		{on(10, 27), award.Register(), "501/QĐ-UBND Alpha 650/QĐ-UBND Beta", ""},
	} {
		s := gather(c.at)
		text := roundtest.Text(t, c.paper, s)
		for _, word := range append(strings.Fields(c.says), strings.Fields(c.hush)...) {
			want := strings.Contains(c.says, word)
			if strings.Contains(strings.ToUpper(text), strings.ToUpper(word)) != want {
				t.Errorf("%s on %s: %q stands in it: %v\n%s", c.paper.Name, c.at.Format("02/01"), word, !want, text)
			}
		}
	}
	if s := gather(on(10, 27)); s.Concerns("05452") || !s.Concerns("05455") {
		t.Error("the second session concerns the unit of the first")
	}
	// A unit's next proposal takes the place of the one before it: the register keeps whom that
	// gave the award.
	first := slices.Clone(sent[:3])
	propose("05452", "Gamma", on(11, 10))
	vote(on(11, 20))
	decide("700/QĐ-UBND", "2018-11-25", on(11, 26))
	if text := strings.Join(roundtest.Make(t, award.Register(), gather(on(11, 27))).Document.Texts(),
		" "); !strings.Contains(text, "Alpha") || !strings.Contains(text, "Beta") || !strings.Contains(text, "Gamma") {
		t.Errorf("the register after three sessions:\n%s", text)
	}
	// The tally of the third session was put right: the awards of the first two stay theirs.
	vote(on(12, 1))
	decide("701/QĐ-UBND", "2018-11-25", on(12, 2))
	if text := roundtest.Text(t, award.Decision(), gather(on(12, 3))); !strings.Contains(text, "Gamma") ||
		strings.Contains(text, "Beta") {
		t.Errorf("after the corrected tally of the third session:\n%s", text)
	}
	// The tally of the first session was put right and its decision reported again: nobody counts
	// as given by another one.
	sent = first
	vote(on(9, 5))
	decide("502/QĐ-UBND", "2018-08-28", on(9, 6))
	if text := roundtest.Text(t, award.Decision(), gather(on(9, 7))); !strings.Contains(text, "Alpha") ||
		!strings.Contains(text, "502/QĐ-UBND") {
		t.Errorf("after the corrected tally:\n%s", text)
	}
}

package prefill_test

import (
	"slices"
	"testing"

	"thidua/evaluate"
	"thidua/reports/prefill"
	"thidua/reports/round/roundtest"
	"thidua/templates"
	"thidua/templates/xlsx"
)

func TestBallotWorkbookHoldsEverybodyPutToTheVoteInTheOrderOfTheBoards(t *testing.T) {
	s := roundtest.Normal(t)
	v := prefill.Votes(s)
	var want []string
	for _, b := range s.Result.Boards {
		for _, p := range b.Places {
			if b.Kind == evaluate.Collective && p.Outcome != evaluate.NotMet {
				want = append(want, p.Nominee.ID)
			}
		}
	}
	var got []string
	for _, r := range v.Collectives {
		got = append(got, r.Code.Text)
		if r.Agree.Given() || r.Disagree.Given() {
			t.Errorf("votes of %s are filled in", r.Name.Text)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if len(want) == 13 {
		t.Error("the collective with a breach on record is put to the vote")
	}
	written, err := xlsx.Write(templates.VotesForm, xlsx.Heading{}, templates.Context(s.Plan, s.Period, ""), v)
	if err != nil || len(written) == 0 {
		t.Fatalf("writing the workbook: %v", err)
	}
}

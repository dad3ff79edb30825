package roundtest

import (
	"slices"
	"time"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/reports/round"
	"thidua/templates"
	"thidua/templates/form"
)

// Awarded is an award that a person was given.
func Awarded(s round.Sources) evaluate.Award {
	i := slices.IndexFunc(s.Result.Awards, func(a evaluate.Award) bool {
		return a.Nominee.Kind == evaluate.Individual &&
			!a.NeedsDecision
	})
	return s.Result.Awards[i]
}

// Breach are the year's records with one more entry in the register of breaches, as they come in
// later.
func Breach(s round.Sources, name string, when time.Time) submission.Submission {
	i := slices.IndexFunc(s.Data.Submissions,
		func(x submission.Submission) bool { return x.Form == templates.RecordsForm.ID })
	late := s.Data.Submissions[i]
	records := *late.Value.(*templates.Records)
	records.Discipline = append(slices.Clone(records.Discipline), templates.DisciplineEntry{
		Unit: form.Of(unitOf(s, name)), Name: form.Of(name), Date: form.Of("2018-11-20"),
		Content: form.Of("Gây phiền hà khi tiếp nhận hồ sơ"),
	})
	late.ID, late.Value, late.Received = submission.NewID("2018", "late", "1", name), &records, when
	return late
}

func unitOf(s round.Sources, name string) string {
	for _, v := range s.Result.Verdicts {
		if v.Nominee.Name == name {
			return v.Nominee.UnitName
		}
	}
	return ""
}

package show

import (
	"thidua/cmd/screen"
	"thidua/evaluate"
	"thidua/ingest/ledger"
	"thidua/templates/calendar"
	"thidua/templates/wording"
)

// Ruling prints a ruling of the office and what it changes, or by whom it was taken back.
func Ruling(s *screen.Screen, r evaluate.Ruling, o ledger.Overridden) {
	s.Print("%s\n", wording.Text("cli.override.line", "id", r.ID, "period", r.Period, "text", r.Text,
		"ground", r.Ground))
	if !o.Ended.IsZero() {
		s.Print("  %s\n", wording.Text("cli.override.ended", "moment", calendar.ShortMoment(o.Ended),
			"person", o.EndPerson, "reason", o.EndReason))
		return
	}
	if len(r.Effects) == 0 {
		s.Print("  %s\n", wording.Text("cli.override.noeffect"))
	}
	for _, e := range r.Effects {
		s.Print("  - %s\n", e)
	}
}

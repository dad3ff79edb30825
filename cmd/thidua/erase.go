package main

import (
	"time"

	"thidua/cmd/exit"
	"thidua/ingest/ledger"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

type eraseCommand struct {
	Yes bool `help:"${cli_help_eraseyes}"`
}

// Run erases people's data whose time is over by the rule of the configuration; without --yes it
// only counts.
func (c eraseCommand) Run(s *session) error {
	conf, err := s.loadConfig()
	if err != nil {
		return err
	}
	if conf.Retention.Years <= 0 {
		return exit.Because(exit.Usage, wording.Text("cli.erase.norule"))
	}
	p, err := s.loadPlan()
	if err != nil {
		return err
	}
	l, err := s.existingLedger()
	if err != nil {
		return err
	}
	before := endOfRetention(p, s.Now(), conf.Retention.Years)
	date := calendar.DateOf(before).Short()
	n, err := l.Erase(s.ctx, before, wording.Text("cli.erase.rule", "years", conf.Retention.Years), c.Yes)
	if err != nil {
		return err
	}
	key := "cli.erase.would"
	switch {
	case n == ledger.Erasure{}:
		s.Print("%s\n", wording.Text("cli.erase.nothing", "date", date))
		return nil
	case c.Yes:
		key = "cli.erase.done"
	}
	//wording:composed cli.erase.
	s.Print("%s\n", wording.Text(key, "date", date, "messages", n.Messages, "submissions", n.Submissions,
		"letters", n.Letters, "files", n.Files))
	return nil
}

// endOfRetention is the moment before which data are erased: so many years ago, but never within
// the years of a round that ended later, because a stage is judged by all of its years.
func endOfRetention(p *plan.Plan, now time.Time, years int) time.Time {
	today := calendar.DateOf(now)
	cut := calendar.Date{Year: today.Year - years, Month: today.Month, Day: min(today.Day, 28)}
	for changed := true; changed; { // a year that is kept may belong to a further round
		changed = false
		for _, period := range p.Periods {
			if !period.To.Before(cut) && period.From.Before(cut) {
				cut, changed = period.From, true
			}
		}
	}
	return cut.Start()
}

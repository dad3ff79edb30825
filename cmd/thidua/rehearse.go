package main

import (
	"errors"
	"strings"

	"thidua/cmd/config"
	"thidua/cmd/exit"
	"thidua/cmd/pass"
	"thidua/ingest/mailbox"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// rehearse prints the letters that a pass would send. Neither ledger nor mailbox change.
func (s *session) rehearse(c *config.Config, p *plan.Plan, settings pass.Settings) error {
	rehearsal, err := s.newRehearsal(c)
	if err != nil {
		return err
	}
	defer func() {
		if err := rehearsal.Close(); err != nil {
			s.Say(wording.Text("cli.failed", "problem", err))
		}
	}()
	box, err := s.dialMailbox(s.ctx, c)
	if err != nil {
		return err
	}
	defer box.Close()
	report, letters, err := rehearsal.Make(s.ctx, p, settings, box)
	s.ClearProgress()
	if err != nil {
		return describeMailboxError(s.ctx, c, err)
	}
	for i, x := range letters {
		s.printDraft(i+1, x)
	}
	s.Print("%s\n%s\n", describeReport(report), wording.Text("cli.dry.done", "n", len(letters)))
	return nil
}

// newRehearsal copies the ledger, if there is one yet.
func (s *session) newRehearsal(c *config.Config) (*pass.Rehearsal, error) {
	l, err := s.ledgerIfAny()
	if err != nil {
		return nil, err
	}
	place, err := c.LedgerPlace()
	if err != nil {
		return nil, err
	}
	rehearsal, err := pass.NewRehearsal(s.ctx, l, place, s.app)
	if errors.Is(err, pass.ErrNoCopy) {
		return nil, exit.Because(exit.Failure, wording.Text("cli.run.dryserver", "problem", err))
	}
	return rehearsal, err
}

// printDraft prints a letter that was not sent.
func (s *session) printDraft(n int, x pass.Draft) {
	m := mailbox.Parse(x.Raw, mailbox.Limits{})
	s.Print("%s\n", wording.Text("cli.dry.letter", "n", n, "to", strings.Join(x.To, ", "), "subject", x.Subject))
	for _, a := range m.Attachments {
		s.Print("%s\n", wording.Text("cli.dry.attachment", "name", a.Name, "size", len(a.Bytes)))
	}
	s.Print("\n%s\n", m.Text)
}

package main

import (
	"cmp"
	"errors"

	"thidua/cmd/exit"
	"thidua/cmd/release"
	"thidua/cmd/show"
	"thidua/cmd/vitals"
	"thidua/ingest/ledger"
	"thidua/templates/calendar"
	"thidua/templates/wording"
)

type statusCommand struct {
	Period string `help:"${cli_help_period}" placeholder:"P"`
	JSON   bool   `name:"json" help:"${cli_help_json}"`
}

func (c statusCommand) Run(s *session) error {
	src, err := s.gather(c.Period, "")
	if err != nil {
		return err
	}
	conf, err := s.loadConfig()
	if err != nil {
		return err
	}
	r, err := show.ReadStatus(s.ctx, s.ledger, src, conf.Mailbox.AuthServID, s.Now())
	if err != nil {
		return err
	}
	if r.Passes, err = vitals.New(cmp.Or(conf.Dir(), "."), s.app).Read(); err != nil {
		return err
	}
	if r.Auth.Silent() {
		s.Say(r.Auth.String())
	}
	if c.JSON {
		return s.JSON(r)
	}
	show.Board(s.Screen, r, src.Period, src.Plan, s.Now())
	return nil
}

type doctorCommand struct{}

// Run checks every invariant of the ledger.
func (doctorCommand) Run(s *session) error {
	l, err := s.existingLedger()
	if err != nil {
		return err
	}
	s.Print("%s\n", describeBuild(release.Current()))
	problems, err := l.Chain().Verify(s.ctx)
	if err != nil {
		return err
	}
	for _, p := range problems {
		s.Print("- %s\n", p)
	}
	if len(problems) > 0 {
		return exit.Because(exit.Failure, wording.Text("cli.doctor.problems", "n", len(problems)))
	}
	s.Print("%s\n", wording.Text("cli.doctor.ok"))
	return nil
}

type verifyCommand struct {
	Receipt string `arg:"" help:"${cli_help_receipt}"`
}

// Run shows what proves a receipt.
func (c verifyCommand) Run(s *session) error {
	l, err := s.existingLedger()
	if err != nil {
		return err
	}
	proof, err := l.Proof(s.ctx, c.Receipt)
	if errors.Is(err, ledger.ErrUnknown) {
		return exit.Because(exit.Usage, wording.Text("cli.verify.unknown", "receipt", c.Receipt))
	}
	if err != nil {
		return err
	}
	x := proof.Submission
	s.Print("%s\n", wording.Text("cli.verify.text", "receipt", x.ID, "unit", x.Unit, "from", x.From, "received",
		calendar.Moment(x.Received), "file", x.File, "sha", x.SHA256, "message", x.Message, "event", proof.Event.Hash))
	if !proof.Approved.IsZero() {
		s.Print("%s\n", wording.Text("cli.verify.approved", "moment", calendar.Moment(proof.Approved)))
	} else if proof.Submission.AwaitsLeader() {
		s.Print("%s\n", wording.Text("cli.verify.awaits"))
	}
	if !proof.Withdrawn.IsZero() {
		s.Print("%s\n", wording.Text("cli.verify.withdrawn", "moment", calendar.Moment(proof.Withdrawn)))
	}
	if !proof.Erased.IsZero() {
		s.Print("%s\n", wording.Text("cli.verify.erased", "moment", calendar.Moment(proof.Erased)))
	}
	if !proof.Intact {
		return exit.Because(exit.Failure, wording.Text("cli.verify.broken"))
	}
	s.Print("%s\n", wording.Text("cli.verify.intact"))
	return nil
}

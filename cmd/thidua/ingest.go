package main

import (
	"errors"
	"io/fs"

	"thidua/cmd/exit"
	"thidua/cmd/files"
	"thidua/cmd/pass"
	"thidua/templates/wording"
)

type ingestCommand struct {
	Paths []string `arg:"" name:"path" help:"${cli_help_ingestpath}"`
	From  string   `help:"${cli_help_ingestfrom}" placeholder:"ADDRESS"`
	At    string   `help:"${cli_help_ingestat}" placeholder:"T"`

	Trusted bool `help:"${cli_help_ingesttrusted}"`
}

// Run takes mails and workbooks from files, through the same door as the mailbox and by the same
// rules: a file proves no more than a mail does, unless whoever calls vouches for the senders.
// Answers are composed and wait for the next run.
func (c ingestCommand) Run(s *session) error {
	conf, err := s.loadConfig()
	if err != nil {
		return err
	}
	p, err := s.loadPlan()
	if err != nil {
		return err
	}
	at, err := s.parseMoment(c.At)
	if err != nil {
		return err
	}
	source, err := files.OpenMailbox(c.Paths, files.Delivery{From: c.From, At: at, Stated: c.At != ""})
	if err != nil {
		return describeUnread(err)
	}
	l, err := s.openLedger()
	if err != nil {
		return err
	}
	settings, err := conf.Pass()
	if err != nil {
		return err
	}
	if settings.Progress = s.ShowProgress; c.Trusted {
		settings.Believe = true
		s.Say(wording.Text("cli.ingest.trusted"))
	}
	r, err := pass.New(p, l, s.app, settings).Answer(s.ctx, source)
	s.ClearProgress()
	if err != nil {
		return err
	}
	s.Print("%s\n", describeReport(r))
	if r.Pulled.Held+r.Pulled.ToFix > 0 {
		return exit.Silently(exit.Held)
	}
	return nil
}

// describeUnread says which file of the call is none to take in.
func describeUnread(err error) error {
	var unread *fs.PathError
	switch {
	case !errors.As(err, &unread):
		return err
	case errors.Is(err, files.ErrNoSender):
		return exit.Because(exit.Usage, wording.Text("cli.ingest.nofrom", "file", unread.Path))
	}
	return refuseFile(unread.Path, unread.Err)
}

// refuseFile says that a file of the call cannot be read, and why.
func refuseFile(name string, err error) error {
	text := wording.Text("cli.check.unreadable", "file", name, "problem", exit.FileProblem(err))
	return exit.Because(exit.Usage, text)
}

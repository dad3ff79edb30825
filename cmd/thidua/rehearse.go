package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/templates/wording"
)

// untouched is a mailbox that is only looked at.
type untouched struct{ mailbox.Source }

// Move leaves mail where it is.
func (untouched) Move(context.Context, []mailbox.Key, string) error { return nil }

// rehearse makes a pass on a copy of the ledger that is thrown away, and prints the letters that a real one would send. Neither ledger nor mailbox
// change.
func (s *session) rehearse(c *config) error {
	if ledger.IsServer(c.Ledger) {
		return exit{exitUsage, errors.New(wording.Text("cli.run.dryserver"))}
	}
	p, err := s.thePlan()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "thidua-dry-run")
	if err != nil {
		return fmt.Errorf("making room for the copy: %w", err)
	}
	defer os.RemoveAll(dir)
	place := filepath.Join(dir, "ledger.db")
	if _, err := os.Stat(c.path(c.Ledger)); err == nil {
		l, err := s.theLedger(true)
		if err != nil {
			return err
		}
		if err := l.Backup(s.ctx, place); err != nil {
			return err
		}
	}
	l, err := ledger.Open(s.ctx, place, s.app)
	if err != nil {
		return err
	}
	defer l.Close()
	src, err := s.mailbox(s.ctx, c)
	if err != nil {
		return exit{exitLater, errors.New(wording.Text("cli.run.noimap", "server", c.Mailbox.Server, "problem", trouble(err.Error())))}
	}
	defer src.Close()
	bar := s.newBar()
	pass, err := s.pass(c, p, l, untouched{src}, bar)
	if err != nil {
		return err
	}
	report, err := pass.prepare(s.ctx)
	bar.clear()
	if err != nil {
		return err
	}
	letters, err := l.Letters(s.ctx)
	if err != nil {
		return err
	}
	n := 0
	for _, x := range letters {
		if x.State != ledger.Queued {
			continue
		}
		raw, err := l.Blob(s.ctx, x.SHA256)
		if err != nil {
			return err
		}
		n++
		m := mailbox.Parse(raw, mailbox.Limits{})
		s.print("%s\n", wording.Text("cli.dry.letter", "n", n, "to", strings.Join(x.To, ", "), "subject", x.Subject))
		for _, a := range m.Attachments {
			s.print("%s\n", wording.Text("cli.dry.attachment", "name", a.Name, "size", len(a.Bytes)))
		}
		s.print("\n%s\n", m.Text)
	}
	s.print("%s\n%s\n", report.text(), wording.Text("cli.dry.done", "n", n))
	return nil
}

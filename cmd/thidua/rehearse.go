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
	p, err := s.thePlan()
	if err != nil {
		return err
	}
	place, drop, err := s.copyOfLedger(c)
	if err != nil {
		return err
	}
	defer drop()
	l, err := ledger.Open(s.ctx, place, s.app)
	if err != nil {
		return err
	}
	defer l.Close()
	src, err := s.mailbox(s.ctx, c)
	if err != nil {
		return exit{troubleCode(err.Error()), errors.New(wording.Text("cli.run.noimap", "server", c.Mailbox.Server, "problem", trouble(err.Error())))}
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
		return lost(s.ctx, c, err)
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

// copyOfLedger copies the ledger, if there is one yet, to where it is thrown away: beside other temporary files, or on the server in a schema of its own.
func (s *session) copyOfLedger(c *config) (place string, drop func(), err error) {
	if ledger.IsServer(c.Ledger) {
		l, err := s.theLedger(true)
		if err != nil {
			return "", nil, err
		}
		schema := fmt.Sprintf("thidua_dry_run_%d", os.Getpid())
		gone, err := l.CopyOnServer(s.ctx, schema)
		if err != nil {
			return "", nil, exit{exitFailure, errors.New(wording.Text("cli.run.dryserver", "problem", err))}
		}
		drop = func() {
			if err := gone(context.WithoutCancel(s.ctx)); err != nil {
				s.say(wording.Text("cli.failed", "problem", fmt.Errorf("dropping schema %s: %w", schema, err)))
			}
		}
		if place, err = c.place(s.env); err == nil {
			place, err = ledger.InSchema(place, schema)
		}
		if err != nil {
			drop()
		}
		return place, drop, err
	}
	dir, err := os.MkdirTemp("", "thidua-dry-run")
	if err != nil {
		return "", nil, fmt.Errorf("making room for the copy: %w", err)
	}
	drop = func() { _ = os.RemoveAll(dir) }
	place = filepath.Join(dir, "ledger.db")
	if _, err := os.Stat(c.path(c.Ledger)); err == nil {
		l, err := s.theLedger(true)
		if err == nil {
			err = l.Backup(s.ctx, place)
		}
		if err != nil {
			drop()
			return "", nil, err
		}
	}
	return place, drop, nil
}

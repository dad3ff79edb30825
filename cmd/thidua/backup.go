package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"thidua/ingest/ledger"
	"thidua/templates/wording"
)

type backupCommand struct {
	File string `arg:"" help:"${cli_help_backupfile}"`
}

// Run writes a copy of the ledger, whole and checked, while others may be working on it.
func (c backupCommand) Run(s *session) error {
	l, err := s.theLedger(true)
	if err != nil {
		return err
	}
	err = l.Backup(s.ctx, c.File)
	switch {
	case errors.Is(err, ledger.ErrServer):
		return exit{exitUsage, errors.New(wording.Text("cli.backup.server", "url", s.config.Ledger))}
	case errors.Is(err, fs.ErrExist):
		return exit{exitUsage, errors.New(wording.Text("cli.backup.exists", "file", c.File))}
	case err != nil:
		return err
	}
	n, err := s.sound(c.File, c.File)
	if err != nil {
		return err
	}
	s.print("%s\n", wording.Text("cli.backup.done", "file", c.File, "messages", n.Messages, "letters", n.Queued+n.Sent+n.Failed, "events", n.Events))
	return nil
}

type restoreCommand struct {
	File string `arg:"" help:"${cli_help_restorefile}"`
}

// Run puts a backup where the ledger belongs. It never replaces a ledger, and never puts a broken one in place.
func (c restoreCommand) Run(s *session) error {
	conf, err := s.settings()
	if err != nil {
		return err
	}
	if ledger.IsServer(conf.Ledger) {
		return exit{exitUsage, errors.New(wording.Text("cli.backup.server", "url", s.config.Ledger))}
	}
	to := conf.path(conf.Ledger)
	for _, name := range []string{to, to + "-wal", to + "-shm"} {
		if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			return exit{exitUsage, errors.New(wording.Text("cli.restore.occupied", "file", name))}
		}
	}
	part, err := copied(c.File, to)
	if err != nil {
		return err
	}
	defer func() { // what SQLite made beside it
		for _, end := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(part + end)
		}
	}()
	n, err := s.sound(part, c.File)
	if err != nil {
		return err
	}
	if err := os.Rename(part, to); err != nil {
		return fmt.Errorf("putting the ledger in place: %w", err)
	}
	s.print("%s\n", wording.Text("cli.restore.done", "file", to, "messages", n.Messages, "letters", n.Queued+n.Sent+n.Failed, "events", n.Events))
	return nil
}

// copied copies a file beside another, readable by the owner alone.
func copied(from, beside string) (string, error) {
	in, err := os.Open(from)
	if err != nil {
		return "", exit{exitUsage, errors.New(wording.Text("cli.check.unreadable", "file", from, "problem", inWords(err)))}
	}
	defer in.Close()
	out, err := os.CreateTemp(filepath.Dir(beside), filepath.Base(beside)+".part*")
	if err != nil {
		return "", fmt.Errorf("copying %s: %w", from, err)
	}
	_, err = io.Copy(out, in)
	if err := errors.Join(err, out.Sync(), out.Close()); err != nil {
		return "", errors.Join(fmt.Errorf("copying %s: %w", from, err), os.Remove(out.Name()))
	}
	return out.Name(), nil
}

// sound opens a ledger in a file and checks every invariant of it.
func (s *session) sound(file, name string) (n ledger.Counts, err error) {
	l, err := ledger.Open(s.ctx, file, s.app)
	if err != nil {
		return n, exit{exitFailure, errors.New(wording.Text("cli.backup.unreadable", "file", name, "problem", err))}
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	problems, err := l.Verify(s.ctx)
	if err != nil {
		return n, err
	}
	for _, p := range problems {
		s.say("- " + p.String())
	}
	if len(problems) > 0 {
		return n, exit{exitFailure, errors.New(wording.Text("cli.doctor.problems", "n", len(problems)))}
	}
	return l.Counts(context.WithoutCancel(s.ctx))
}

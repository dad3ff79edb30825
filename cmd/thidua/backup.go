package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"thidua/cmd/exit"
	"thidua/cmd/files"
	"thidua/ingest/ledger"
	"thidua/templates/wording"
)

type backupCommand struct {
	File string `arg:"" help:"${cli_help_backupfile}"`
}

// Run writes a copy of the ledger, whole and checked, while others may be working on it.
func (c backupCommand) Run(s *session) error {
	l, err := s.existingLedger()
	if err != nil {
		return err
	}
	err = l.Backup(s.ctx, c.File)
	switch {
	case errors.Is(err, ledger.ErrServer):
		return exit.Because(exit.Usage, wording.Text("cli.backup.server", "url", s.config.Ledger))
	case errors.Is(err, fs.ErrExist):
		return exit.Because(exit.Usage, wording.Text("cli.backup.exists", "file", c.File))
	case err != nil:
		return err
	}
	n, err := s.verifyLedger(c.File, c.File)
	if err != nil {
		return err
	}
	s.Print("%s\n", wording.Text("cli.backup.done", "file", c.File, "messages", n.Messages,
		"letters", n.Queued+n.Sent+n.Failed, "events", n.Events))
	return nil
}

type restoreCommand struct {
	File string `arg:"" help:"${cli_help_restorefile}"`
}

// Run puts a backup where the ledger belongs. It never replaces a ledger, and never puts a broken
// one in place.
func (c restoreCommand) Run(s *session) error {
	conf, err := s.loadConfig()
	if err != nil {
		return err
	}
	if conf.LedgerOnServer() {
		return exit.Because(exit.Usage, wording.Text("cli.backup.server", "url", s.config.Ledger))
	}
	to := conf.LedgerFile()
	for _, name := range []string{to, to + "-wal", to + "-shm"} {
		if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			return exit.Because(exit.Usage, wording.Text("cli.restore.occupied", "file", name))
		}
	}
	part, err := copyBeside(c.File, to)
	if err != nil {
		return err
	}
	defer func() { // what SQLite made beside it
		for _, end := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(part + end)
		}
	}()
	n, err := s.verifyLedger(part, c.File)
	if err != nil {
		return err
	}
	if err := os.Rename(part, to); err != nil {
		return fmt.Errorf("putting the ledger in place: %w", err)
	}
	s.Print("%s\n", wording.Text("cli.restore.done", "file", to, "messages", n.Messages,
		"letters", n.Queued+n.Sent+n.Failed, "events", n.Events))
	return nil
}

// copyBeside copies a backup beside the place where the ledger belongs.
func copyBeside(backup, place string) (string, error) {
	in, err := os.Open(backup)
	if err != nil {
		return "", refuseFile(backup, err)
	}
	defer in.Close()
	return files.CopyBeside(in, place)
}

// verifyLedger opens a ledger in a file and checks every invariant of it.
func (s *session) verifyLedger(file, name string) (n ledger.Counts, err error) {
	l, err := ledger.Open(s.ctx, file, s.app)
	if err != nil {
		return n, exit.Because(exit.Failure, wording.Text("cli.backup.unreadable", "file", name, "problem", err))
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	problems, err := l.Chain().Verify(s.ctx)
	if err != nil {
		return n, err
	}
	for _, p := range problems {
		s.Say("- " + p.String())
	}
	if len(problems) > 0 {
		return n, exit.Because(exit.Failure, wording.Text("cli.doctor.problems", "n", len(problems)))
	}
	return l.Counts(context.WithoutCancel(s.ctx))
}

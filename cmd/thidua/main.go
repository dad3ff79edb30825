// Command thidua turns a shared mailbox full of Excel forms into finished council paperwork.
//
// This package wires the stages together and is the only one that reads flags, the environment and the clock. Each command is one file.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"thidua/ingest/ledger"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	a := &app{in: os.Stdin, out: os.Stdout, err: os.Stderr, now: time.Now, env: os.LookupEnv, terminal: isTerminal(os.Stderr)}
	_, plain := os.LookupEnv("NO_COLOR")
	a.colours = isTerminal(os.Stdout) && !plain
	code := a.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// app is the program with its surroundings, so that tests can run all of it in one process.
type app struct {
	in       io.Reader
	out, err io.Writer
	now      func() time.Time
	env      func(string) (string, bool)
	terminal bool // err is a terminal: progress may be drawn
	colours  bool // out is a terminal: results may be coloured

	ledgerOptions []ledger.Option // of tests
	part          string          // "/…" in tests that run several programs in one process
}

// Now makes the app the clock of every stage.
func (a *app) Now() time.Time { return a.now() }

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

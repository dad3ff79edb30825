// Command thidua turns a shared mailbox full of Excel forms into finished council paperwork.
//
// This package parses the command line, calls the rooms beside it and prints what they return. It
// is the only one that reads flags, the environment and the clock. Each command is one file.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"thidua/cmd/config"
	"thidua/cmd/screen"
	"thidua/ingest/ledger"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	_, colourless := os.LookupEnv("NO_COLOR")
	a := newApp(screen.OfTerminal(os.Stdin, os.Stdout, os.Stderr, !colourless), time.Now, os.LookupEnv)
	code := a.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// app is the program with its surroundings, so that tests can run all of it in one process.
//
//constructed:by newApp
type app struct {
	*screen.Screen
	now func() time.Time
	env config.Environment

	ledgerOptions []ledger.Option // of tests
	suffix        string          // of the process's name, in tests that run several programs in one process
}

func newApp(s *screen.Screen, now func() time.Time, env config.Environment) *app {
	return &app{Screen: s, now: now, env: env}
}

// Now makes the app the clock of every stage.
func (a *app) Now() time.Time { return a.now() }

package main

import (
	"strings"

	"thidua/cmd/exit"
	"thidua/cmd/logs"
	"thidua/cmd/service"
	"thidua/templates/wording"
)

type serveCommand struct{}

// Run makes passes until a signal comes.
func (serveCommand) Run(s *session) error {
	defer s.limitMemory()()
	c, err := s.loadPassConfig()
	if err != nil {
		return err
	}
	l, err := s.openLedger()
	if err != nil {
		return err
	}
	level, err := c.LogLevel()
	if err != nil {
		return exit.With(exit.Invalid, err)
	}
	log, closeLog, err := logs.Open(c.LogFile(), s.Remarks(), level, s.app)
	if err != nil {
		return err
	}
	defer closeLog()
	server, err := service.New(service.Surroundings{
		Config: c, Ledger: l, Lease: s.newLease(l), Log: log, Clock: s.app, Plan: s.reloadPlan, Record: s.mind(c),
	})
	if err != nil {
		return err
	}
	if c.LogFile() != "" { // else the log is what a person sees
		schedule := strings.Join(c.Serve.Schedule, "; ")
		s.Say(wording.Text("cli.serve.started", "schedule", schedule, "file", c.Log.File))
		defer func() { s.Say(wording.Text("cli.serve.stopped")) }()
	}
	return server.Serve(s.ctx)
}

package main

import (
	"strings"

	"thidua/cmd/demo"
	"thidua/cmd/screen"
	"thidua/templates/wording"
)

type demoCommand struct {
	Out     string `default:"thidua-demo" help:"${cli_help_demoout}" placeholder:"DIR"`
	Seed    uint64 `default:"2018" help:"${cli_help_demoseed}" placeholder:"N"`
	Years   []int  `help:"${cli_help_demoyears}" placeholder:"Y,…"`
	Shuffle uint64 `help:"${cli_help_demoshuffle}" placeholder:"N"`
	Trouble bool   `help:"${cli_help_demotrouble}"`
	IMAP    string `name:"imap" help:"${cli_help_demoimap}" placeholder:"URL"`
	SMTP    string `name:"smtp" help:"${cli_help_demosmtp}" placeholder:"URL"`
	CA      string `name:"ca" help:"${cli_help_democa}" placeholder:"FILE"`
}

// Run plays the demo and prints what happened.
func (c demoCommand) Run(s *session) error {
	p, err := s.loadPlan()
	if err != nil {
		return err
	}
	d, err := demo.New(s.ctx, p, demo.Options(c), s.Screen)
	if err != nil {
		return err
	}
	account, err := d.Play(s.ctx)
	if err == nil {
		s.printAccount(account, c.Out)
	}
	if unclosed := d.Close(); err == nil {
		err = unclosed
	}
	return err
}

// printAccount prints the numbers of the demo in tables whose lines add up.
func (s *session) printAccount(a demo.Account, dir string) {
	var titles, rounds []string
	nominees, chosen := 0, 0
	for _, r := range a.Rounds {
		nominees, chosen = nominees+r.Nominees, chosen+r.Chosen
		titles = append(titles, strings.ToLower(r.Period.Title))
		rounds = append(rounds, wording.Text("demo.round", "period", screen.Pad(r.Period.Title, 28),
			"nominees", r.Nominees, "chosen", r.Chosen, "open", r.Open))
	}
	s.Print("%s\n\n", wording.Text("demo.done", "rounds", strings.Join(titles, ", "), "days", a.Days,
		"passes", a.Passes))
	row := func(key string, n int) {
		s.Print("  %s %6d\n", screen.Pad(wording.Text(key), 46),
			n)
	} //wording:composed demo.row.
	row("demo.row.in", a.Posted)
	row("demo.row.accepted", a.Mails.Accepted)
	row("demo.row.tofix", a.Mails.ToFix)
	row("demo.row.held", a.Mails.Held)
	row("demo.row.left", a.Mails.Left)
	row("demo.row.duplicates", a.Mails.Duplicates)
	s.Print("  %s\n", strings.Repeat("─", 53))
	row("demo.row.rows", a.Ledger.Rows.Read)
	row("demo.row.rowsaccepted", a.Ledger.Rows.Accepted)
	row("demo.row.rowstofix", a.Ledger.Rows.ToFix)
	row("demo.row.rowsignored", a.Ledger.Rows.Ignored)
	row("demo.row.nominees", nominees)
	row("demo.row.awards", chosen)
	row("demo.row.papers", a.Papers)
	row("demo.row.sent", a.Ledger.Sent)
	s.Print("\n%s\n", strings.Join(rounds, "\n"))
	s.Print("\n%s\n", wording.Text("demo.look", "dir", dir, "period", a.Rounds[0].Period.ID))
}

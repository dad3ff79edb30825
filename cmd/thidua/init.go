package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"os"
	"slices"
	"strings"
	"time"

	"thidua/cmd/config"
	"thidua/cmd/exit"
	"thidua/cmd/screen"
	"thidua/cmd/setup"
	"thidua/ingest/mailbox"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

type initCommand struct {
	Dir              string `arg:"" default:"." help:"${cli_help_initdir}"`
	Address          string `help:"${cli_help_initaddress}" placeholder:"ADDRESS"`
	IMAP             string `name:"imap" help:"${cli_help_initimap}" placeholder:"HOST:PORT"`
	IMAPSecurity     string `name:"imap-security" help:"${cli_help_initsecurity}" placeholder:"tls|starttls|plain"`
	User             string `help:"${cli_help_inituser}" placeholder:"NAME"`
	PasswordFile     string `help:"${cli_help_initpassword}" placeholder:"FILE"`
	SMTP             string `name:"smtp" help:"${cli_help_initsmtp}" placeholder:"HOST:PORT"`
	SMTPSecurity     string `name:"smtp-security" help:"${cli_help_initsecurity}" placeholder:"tls|starttls|plain"`
	SMTPUser         string `name:"smtp-user" help:"${cli_help_initsmtpuser}" placeholder:"NAME"`
	SMTPPasswordFile string `name:"smtp-password-file" help:"${cli_help_initpassword}" placeholder:"FILE"`
	Office           string `help:"${cli_help_initoffice}" placeholder:"ADDRESS"`
	Unit             string `help:"${cli_help_initunit}" placeholder:"CODE=ADDRESS"`
	Yes              bool   `help:"${cli_help_inityes}"`
	NoConnect        bool   `help:"${cli_help_initnoconnect}"`
}

// none is the answer "nobody".
const none = "-"

// Run asks for what it was not told, writes the configuration, the secrets and the plan's folder,
// and tries both servers. It replaces nothing.
func (c initCommand) Run(s *session) error {
	if occupant := setup.Occupant(c.Dir); occupant != "" {
		return exit.Because(exit.Usage, wording.Text("cli.init.occupied", "file", occupant))
	}
	// The plan to start from is the one built in, a sample, or another's.
	folder, err := config.PlanFolder(s.flags.Plan)
	if err != nil {
		return exit.Because(exit.Invalid, wording.Text("cli.plan.unreadable", "problem", err))
	}
	p, err := plan.Load(folder)
	if err != nil {
		return exit.Because(exit.Invalid, wording.Text("cli.plan.unreadable", "problem", err))
	}
	if !c.Yes {
		s.Say(wording.Text("cli.init.hello", "dir", c.Dir))
	}
	code, _, given := strings.Cut(c.Unit, "=")
	if _, known := p.UnitByCode(code); given && !known {
		return exit.Because(exit.Usage, wording.Text("cli.init.nounit", "code", code))
	}
	answers, err := c.ask(newAsker(s.Screen, c.Yes), config.New(c.Dir, s.env), p)
	if err != nil {
		return err
	}
	answers.Plan = folder
	if err := setup.Write(c.Dir, answers); err != nil {
		return exit.Because(exit.Failure, wording.Text("cli.init.unwritable", "dir", c.Dir, "problem", err))
	}
	s.Print("%s\n", wording.Text("cli.init.written", "dir", c.Dir))
	var trouble error
	if !c.NoConnect {
		trouble = s.tryConnections(answers.Config)
	}
	next := "thidua"
	if c.Dir != "." {
		next = "cd " + c.Dir + " && thidua"
	}
	s.Print("%s\n", wording.Text("cli.init.next", "thidua", next))
	return trouble
}

// ask asks for what the command line did not say.
func (c initCommand) ask(a *asker, conf *config.Config, p *plan.Plan) (out setup.Answers, err error) {
	out.Config, conf.Plan = conf, setup.PlanDir
	box, server := &conf.Mailbox, &conf.SMTP
	box.Address = a.ask(c.Address, wording.Text("cli.init.address"), "", isAddress)
	_, domain, _ := strings.Cut(box.Address, "@")
	box.Host = a.ask(c.IMAP, wording.Text("cli.init.imap"), "mail."+domain+":993", isServer)
	box.Security = a.ask(c.IMAPSecurity, wording.Text("cli.init.security"), usualSecurity(box.Host), isSecurity)
	box.User = a.ask(c.User, wording.Text("cli.init.user"), box.Address, isGiven)
	if out.IMAPSecret, err = a.askSecret(c.PasswordFile, wording.Text("cli.init.password")); err != nil {
		return out, err
	}
	host, _, _ := strings.Cut(box.Host, ":")
	server.Host = a.ask(c.SMTP, wording.Text("cli.init.smtp"), host+":587", isServer)
	server.Security = a.ask(c.SMTPSecurity, wording.Text("cli.init.security"), usualSecurity(server.Host), isSecurity)
	server.User = a.ask(c.SMTPUser, wording.Text("cli.init.smtpuser"), box.User, isGiven)
	out.SMTPSecret = out.IMAPSecret
	if server.User == none {
		server.User, out.SMTPSecret = "", ""
	} else if c.SMTPPasswordFile != "" || server.User != box.User {
		if out.SMTPSecret, err = a.askSecret(c.SMTPPasswordFile, wording.Text("cli.init.password")); err != nil {
			return out, err
		}
	}
	out.Office = a.ask(c.Office, wording.Text("cli.init.office"), none, orNone(isAddress))
	out.Unit = a.ask(c.Unit, wording.Text("cli.init.unit"), none, orNone(isUnitOf(p)))
	if out.Office == none {
		out.Office = ""
	}
	if out.Unit == none {
		out.Unit = ""
	}
	return out, a.err
}

// tryConnections opens both mail servers, tells how that went, and sends nothing.
func (s *session) tryConnections(c *config.Config) error {
	ctx, cancel := context.WithTimeout(s.ctx, time.Minute)
	defer cancel()
	failed, code := false, exit.Later
	tell := func(what, server string, err error, success string) {
		if err == nil {
			s.Print("%s\n", success)
			return
		}
		failed = true
		if exit.ServerCode(err.Error()) == exit.Invalid {
			code = exit.Invalid
		}
		problem := exit.ServerProblem(err.Error())
		s.Print("%s\n", wording.Text("cli.connect.failed", "what", what, "server", server, "problem", problem))
	}
	n, noted, err := lookInto(ctx, c)
	tell("IMAP", c.Mailbox.Host, err,
		wording.Text("cli.connect.imap", "server", c.Mailbox.Host, "folder", c.Mailbox.Folder, "n", n))
	s.tellServer(c, noted)
	if scanner := c.Scanner(); scanner != nil {
		if _, err := scanner.Scan(ctx, []byte("thidua\n")); err != nil {
			failed = true
			s.Print("%s\n", wording.Text("cli.config.noscan", "problem", err))
		} else {
			s.Print("%s\n", wording.Text("cli.config.scans"))
		}
	}
	client, err := c.DialSMTP(ctx)
	if err == nil {
		_ = client.Close() // it let us in; that is all we wanted to know
	}
	tell("SMTP", c.SMTP.Host, err, wording.Text("cli.connect.smtp", "server", c.SMTP.Host))
	if failed {
		return exit.Because(code, wording.Text("cli.connect.hint"))
	}
	return nil
}

// lookInto counts the mails in the shared mailbox, and returns what servers noted in the newest of
// them.
func lookInto(ctx context.Context, c *config.Config) (n int, noted [][]mailbox.Field, err error) {
	box, err := c.DialMailbox(ctx)
	if err != nil {
		return 0, nil, err
	}
	mails, err := box.List(ctx)
	if n = len(mails); err == nil {
		err = fetchNewest(ctx, box, mails, func(m mailbox.Message) { noted = append(noted, m.Trace) })
	}
	if unclosed := box.Close(); err == nil {
		err = unclosed
	}
	return n, noted, err
}

// asker asks the person at the terminal, or reads the answers from a pipe, one a line. After the
// first question without a good answer it asks nothing more.
//
//constructed:by newAsker
type asker struct {
	screen *screen.Screen
	in     *bufio.Reader
	silent bool // take what is usual without asking
	err    error
}

func newAsker(s *screen.Screen, silent bool) *asker {
	return &asker{screen: s, in: bufio.NewReader(s.In()), silent: silent}
}

// ask returns what was said on the command line, or the answer to a question; an empty answer is
// the usual one. A bad answer is asked for again, for as long as somebody answers.
func (a *asker) ask(said, question, usual string, isGood func(string) bool) string {
	for a.err == nil {
		answer := said
		if answer == "" && a.silent {
			answer = usual
		} else if answer == "" {
			answer = a.read(question, usual, isGood)
		}
		switch {
		case a.err != nil:
			return ""
		case isGood(answer):
			return answer
		case said != "" || a.silent:
			a.err = exit.Because(exit.Usage, wording.Text("cli.init.bad", "question", question, "answer", answer))
			return ""
		}
		a.screen.Say(wording.Text("cli.init.bad", "question", question, "answer", answer))
	}
	return ""
}

// read puts a question once. Where the input ends with an answer that is not good, nobody is left
// to ask.
func (a *asker) read(question, usual string, isGood func(string) bool) string {
	shown := question
	if usual != "" {
		shown += " [" + usual + "]"
	}
	_, _ = fmt.Fprintf(a.screen.Remarks(), "%s: ", shown)
	line, err := a.in.ReadString('\n')
	answer := cmp.Or(strings.TrimSpace(line), usual)
	if err != nil && (!errors.Is(err, io.EOF) || answer == "" || !isGood(answer)) {
		a.err = exit.Because(exit.Usage, wording.Text("cli.init.unanswered", "question", question))
	}
	return answer
}

// askSecret reads a password from a file, or asks for it. What is typed is not shown on a terminal
// that can hide it.
func (a *asker) askSecret(file, question string) (string, error) {
	if file != "" {
		b, err := os.ReadFile(file)
		if err != nil {
			return "", refuseFile(file, err)
		}
		return strings.TrimRight(string(b), "\r\n"), nil
	}
	if a.silent {
		return "", exit.Because(exit.Usage, wording.Text("cli.init.nosecret"))
	}
	show := a.screen.HideInput()
	defer show()
	return a.ask("", question, "", isGiven), nil
}

func isGiven(v string) bool { return v != "" }

// orNone lets an answer be none too.
func orNone(isGood func(string) bool) func(string) bool {
	return func(v string) bool { return v == none || isGood(v) }
}

func isAddress(v string) bool {
	a, err := mail.ParseAddress(v)
	return err == nil && a.Address == v
}

// isUnitOf reports whether an answer is a unit of a plan with its address.
func isUnitOf(p *plan.Plan) func(string) bool {
	return func(v string) bool {
		code, address, _ := strings.Cut(v, "=")
		_, known := p.UnitByCode(code)
		return known && isAddress(address)
	}
}

func isServer(v string) bool {
	host, port, ok := strings.Cut(v, ":")
	return ok && host != "" && port != ""
}

func isSecurity(v string) bool {
	known := []mailbox.Security{mailbox.TLS, mailbox.StartTLS, mailbox.Plain}
	return slices.Contains(known, mailbox.Security(v))
}

// usualSecurity is what is usual on a port.
func usualSecurity(server string) string {
	switch server[strings.LastIndexByte(server, ':')+1:] {
	case "993", "465":
		return string(mailbox.TLS)
	}
	return string(mailbox.StartTLS)
}

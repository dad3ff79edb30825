package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

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

// none is the answer "nobody logs in there".
const none = "-"

// Run asks for what it was not told, tries both servers, and writes the configuration, the secrets and the plan's folder. It replaces nothing.
func (c initCommand) Run(s *session) error {
	for _, name := range []string{configName, "plan", "secret"} {
		if _, err := os.Lstat(filepath.Join(c.Dir, name)); !errors.Is(err, fs.ErrNotExist) {
			return exit{exitUsage, errors.New(wording.Text("cli.init.occupied", "file", filepath.Join(c.Dir, name)))}
		}
	}
	from, err := loadPlan(s.flags.Plan) // the folder to start from: the plan built in, a sample, or another's
	if err != nil {
		return exit{exitInvalid, errors.New(wording.Text("cli.plan.unreadable", "problem", err))}
	}
	a := &asker{app: s.app, in: bufio.NewReader(s.in), silent: c.Yes}
	conf := &config{Plan: "plan", Ledger: "ledger.db", dir: c.Dir,
		Mailbox: mailboxConfig{Folder: "INBOX", Done: "Da xu ly", Held: "Cho xu ly"}}
	if !c.Yes {
		s.say(wording.Text("cli.init.hello", "dir", c.Dir))
	}
	conf.Mailbox.Address = a.ask(c.Address, wording.Text("cli.init.address"), "", isAddress)
	_, domain, _ := strings.Cut(conf.Mailbox.Address, "@")
	conf.Mailbox.Server = a.ask(c.IMAP, wording.Text("cli.init.imap"), "mail."+domain+":993", isServer)
	conf.Mailbox.Security = a.ask(c.IMAPSecurity, wording.Text("cli.init.security"), securityOf(conf.Mailbox.Server), isSecurity)
	conf.Mailbox.User = a.ask(c.User, wording.Text("cli.init.user"), conf.Mailbox.Address, given)
	imapSecret, err := a.secret(c.PasswordFile, wording.Text("cli.init.password"))
	if err != nil {
		return err
	}
	host, _, _ := strings.Cut(conf.Mailbox.Server, ":")
	conf.SMTP.Server = a.ask(c.SMTP, wording.Text("cli.init.smtp"), host+":587", isServer)
	conf.SMTP.Security = a.ask(c.SMTPSecurity, wording.Text("cli.init.security"), securityOf(conf.SMTP.Server), isSecurity)
	conf.SMTP.User = a.ask(c.SMTPUser, wording.Text("cli.init.smtpuser"), conf.Mailbox.User, given)
	smtpSecret := imapSecret
	if conf.SMTP.User == none {
		conf.SMTP.User, smtpSecret = "", ""
	} else if c.SMTPPasswordFile != "" || conf.SMTP.User != conf.Mailbox.User {
		if smtpSecret, err = a.secret(c.SMTPPasswordFile, wording.Text("cli.init.password")); err != nil {
			return err
		}
	}
	office := a.ask(c.Office, wording.Text("cli.init.office"), none, func(v string) bool { return v == none || isAddress(v) })
	unit := a.ask(c.Unit, wording.Text("cli.init.unit"), none, func(v string) bool { return v == none || isUnit(v) })
	if a.err != nil {
		return a.err
	}
	if code, _, ok := strings.Cut(unit, "="); ok {
		if _, known := from.UnitByCode(code); !known {
			return exit{exitUsage, errors.New(wording.Text("cli.init.nounit", "code", code))}
		}
	}
	if err := c.write(planFolder(s.flags.Plan), conf, imapSecret, smtpSecret, office, unit); err != nil {
		return exit{exitFailure, errors.New(wording.Text("cli.init.unwritable", "dir", c.Dir, "problem", err))}
	}
	s.config = conf
	s.print("%s\n", wording.Text("cli.init.written", "dir", c.Dir))
	var trouble error
	if !c.NoConnect {
		trouble = s.tryConnections(conf)
	}
	next := "thidua"
	if c.Dir != "." {
		next = "cd " + c.Dir + " && thidua"
	}
	s.print("%s\n", wording.Text("cli.init.next", "thidua", next))
	return trouble
}

// write puts everything into the folder; the configuration last, so that a folder with one is complete.
func (c initCommand) write(from fs.FS, conf *config, imapSecret, smtpSecret, office, unit string) error {
	secret := func(name, text string) (string, error) {
		return "secret/" + name, write(c.Dir, "secret/"+name, []byte(text+"\n"))
	}
	var err error
	if conf.Mailbox.PasswordFile, err = secret("imap", imapSecret); err != nil {
		return err
	}
	if conf.SMTP.User != "" {
		if conf.SMTP.PasswordFile, err = secret("smtp", smtpSecret); err != nil {
			return err
		}
	}
	for _, name := range plan.Files() {
		b, err := fs.ReadFile(from, name)
		if name == "wording.yaml" && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("reading the plan to start from: %w", err)
		}
		switch {
		case name == "plan.yaml" && office != none:
			b = withOffice(b, office)
		case name == "units.csv" && unit != none:
			if b, err = withUnit(b, unit); err != nil {
				return err
			}
		}
		if err := write(filepath.Join(c.Dir, "plan"), name, b); err != nil {
			return err
		}
	}
	schema, err := json.MarshalIndent(jsonSchema(), "", "  ")
	if err != nil {
		return fmt.Errorf("writing the schema: %w", err)
	}
	if err := write(c.Dir, schemaName, append(schema, '\n')); err != nil {
		return err
	}
	return write(c.Dir, configName, []byte(conf.commented()))
}

// commented is a configuration that a person will read.
func (c *config) commented() string {
	q := func(v string) string {
		b, err := yaml.Marshal(v)
		if err != nil {
			return "''"
		}
		return strings.TrimSpace(string(b))
	}
	var b strings.Builder
	line := func(indent, key, value, comment string) {
		fmt.Fprintf(&b, "%-42s # %s\n", indent+key+": "+value, comment)
	}
	fmt.Fprintf(&b, "# yaml-language-server: $schema=%s\n# %s\n", schemaName, wording.Text("cli.init.comment.head"))
	line("", "plan", q(c.Plan), wording.Text("cli.init.comment.plan"))
	line("", "ledger", q(c.Ledger), wording.Text("cli.init.comment.ledger"))
	b.WriteString("mailbox:\n")
	line("  ", "address", q(c.Mailbox.Address), wording.Text("cli.init.comment.address"))
	line("  ", "server", q(c.Mailbox.Server), "IMAP")
	line("  ", "security", c.Mailbox.Security, "tls, starttls, plain")
	line("  ", "user", q(c.Mailbox.User), wording.Text("cli.init.comment.user"))
	line("  ", "password-file", q(c.Mailbox.PasswordFile), wording.Text("cli.init.comment.secret"))
	line("  ", "done", q(c.Mailbox.Done), wording.Text("cli.init.comment.done"))
	line("  ", "held", q(c.Mailbox.Held), wording.Text("cli.init.comment.held"))
	b.WriteString("smtp:\n")
	line("  ", "server", q(c.SMTP.Server), "SMTP")
	line("  ", "security", c.SMTP.Security, "tls, starttls, plain")
	line("  ", "user", q(c.SMTP.User), wording.Text("cli.init.comment.user"))
	if c.SMTP.User != "" {
		line("  ", "password-file", q(c.SMTP.PasswordFile), wording.Text("cli.init.comment.secret"))
	}
	return b.String()
}

// withOffice replaces the example address of the standing office.
func withOffice(planFile []byte, address string) []byte {
	var out [][]byte
	within, list := false, false
	for l := range bytes.SplitSeq(planFile, []byte("\n")) {
		text := bytes.TrimLeft(l, " ")
		if len(text) == len(l) && len(l) > 0 && l[0] != '#' {
			within = bytes.HasPrefix(l, []byte("office:"))
		}
		if list && bytes.HasPrefix(text, []byte("- ")) { // the addresses before, one a line
			continue
		}
		if list = within && bytes.HasPrefix(text, []byte("emails:")); list {
			l = append(bytes.Clone(l[:len(l)-len(text)]), "emails: ["+address+"]"...)
		}
		out = append(out, l)
	}
	return bytes.Join(out, []byte("\n"))
}

// withUnit replaces the example address of one unit.
func withUnit(units []byte, text string) ([]byte, error) {
	code, address, _ := strings.Cut(text, "=")
	rows, err := csv.NewReader(bytes.NewReader(units)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading the units of the plan: %w", err)
	}
	column := slices.Index(rows[0], "emails")
	for _, row := range rows[1:] {
		if row[0] != code {
			continue
		}
		row[column] = strings.ToLower(address)
		var out bytes.Buffer
		w := csv.NewWriter(&out)
		err := w.WriteAll(rows)
		return out.Bytes(), err
	}
	return nil, exit{exitUsage, errors.New(wording.Text("cli.init.nounit", "code", code))}
}

// tryConnections opens both mail servers, tells how that went, and sends nothing.
func (s *session) tryConnections(c *config) error {
	ctx, cancel := context.WithTimeout(s.ctx, time.Minute)
	defer cancel()
	code, failed := exitLater, 0
	fail := func(what, server string, err error) {
		failed++
		if troubleCode(err.Error()) == exitInvalid {
			code = exitInvalid
		}
		s.print("%s\n", wording.Text("cli.connect.failed", "what", what, "server", server, "problem", trouble(err.Error())))
	}
	if box, err := s.mailbox(ctx, c); err != nil {
		fail("IMAP", c.Mailbox.Server, err)
	} else {
		mails, err := box.List(ctx)
		if cerr := box.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			fail("IMAP", c.Mailbox.Server, err)
		} else {
			s.print("%s\n", wording.Text("cli.connect.imap", "server", c.Mailbox.Server, "folder", c.Mailbox.Folder, "n", len(mails)))
		}
	}
	if scanner := c.scanner(); scanner != nil {
		if _, err := scanner.Scan(ctx, []byte("thidua\n")); err != nil {
			failed++
			s.print("%s\n", wording.Text("cli.config.noscan", "problem", err))
		} else {
			s.print("%s\n", wording.Text("cli.config.scans"))
		}
	}
	if client, err := s.smtp(ctx, c); err != nil {
		fail("SMTP", c.SMTP.Server, err)
	} else {
		_ = client.Close() // it let us in; that is all we wanted to know
		s.print("%s\n", wording.Text("cli.connect.smtp", "server", c.SMTP.Server))
	}
	if failed > 0 {
		return exit{code, errors.New(wording.Text("cli.connect.hint"))}
	}
	return nil
}

// asker asks the person at the terminal, or reads the answers from a pipe, one a line.
type asker struct {
	*app
	in     *bufio.Reader
	silent bool // take what is usual without asking
	err    error
}

// ask returns what was told on the command line, or the answer to a question; an empty answer is the usual one. A bad answer is asked for again.
func (a *asker) ask(told, question, usual string, good func(string) bool) string {
	for try := 0; a.err == nil; try++ {
		answer := told
		if answer == "" && a.silent {
			answer = usual
		} else if answer == "" {
			if usual != "" {
				question = strings.TrimSuffix(question, " ")
				_, _ = fmt.Fprintf(a.app.err, "%s [%s]: ", question, usual)
			} else {
				_, _ = fmt.Fprintf(a.app.err, "%s: ", question)
			}
			line, err := a.in.ReadString('\n')
			if answer = strings.TrimSpace(line); answer == "" {
				answer = usual
			}
			if err != nil && (!errors.Is(err, io.EOF) || answer == "" || !good(answer)) {
				a.err = exit{exitUsage, errors.New(wording.Text("cli.init.unanswered", "question", question))}
				return ""
			}
		}
		if good(answer) {
			return answer
		}
		if told != "" || a.silent || try == 2 {
			a.err = exit{exitUsage, errors.New(wording.Text("cli.init.bad", "question", question, "answer", answer))}
			return ""
		}
		a.say(wording.Text("cli.init.bad", "question", question, "answer", answer))
	}
	return ""
}

// secret reads a password from a file, or asks for it. What is typed is not shown on a terminal that can hide it.
func (a *asker) secret(file, question string) (string, error) {
	if file != "" {
		b, err := os.ReadFile(file)
		if err != nil {
			return "", exit{exitUsage, errors.New(wording.Text("cli.check.unreadable", "file", file, "problem", inWords(err)))}
		}
		return strings.TrimRight(string(b), "\r\n"), nil
	}
	if a.silent {
		return "", exit{exitUsage, errors.New(wording.Text("cli.init.nosecret"))}
	}
	show := hideInput(a.app.in)
	defer show()
	return a.ask("", question, "", given), nil
}

func given(v string) bool { return v != "" }

func isAddress(v string) bool {
	a, err := mail.ParseAddress(v)
	return err == nil && a.Address == v
}

func isUnit(v string) bool {
	code, address, ok := strings.Cut(v, "=")
	return ok && code != "" && isAddress(address)
}

func isServer(v string) bool {
	host, port, ok := strings.Cut(v, ":")
	return ok && host != "" && port != ""
}

func isSecurity(v string) bool {
	return slices.Contains([]mailbox.Security{mailbox.TLS, mailbox.StartTLS, mailbox.Plain}, mailbox.Security(v))
}

// securityOf is what is usual on a port.
func securityOf(server string) string {
	switch server[strings.LastIndexByte(server, ':')+1:] {
	case "993", "465":
		return string(mailbox.TLS)
	}
	return string(mailbox.StartTLS)
}

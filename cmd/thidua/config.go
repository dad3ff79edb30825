package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/templates/wording"
)

// config is thidua.yaml. Paths in it are relative to its folder. Secrets are never in it: it names the file or the environment variable
// that holds them.
type config struct {
	Plan    string        `yaml:"plan"`    // folder of the plan, "" for the plan built in
	Ledger  string        `yaml:"ledger"`  // file of the ledger
	Domain  string        `yaml:"domain"`  // right side of Message-IDs, "" for that of the mailbox
	Mailbox mailboxConfig `yaml:"mailbox"` //
	SMTP    serverConfig  `yaml:"smtp"`    //

	dir string // folder of the file
}

type mailboxConfig struct {
	Address      string `yaml:"address"` // of the shared mailbox
	serverConfig `yaml:",inline"`
	Folder       string `yaml:"folder"`                // "INBOX"
	Done         string `yaml:"done"`                  // folder for mail taken in
	Held         string `yaml:"held"`                  // folder for mail a person must decide about
	AuthServID   string `yaml:"authserv-id,omitempty"` // name in Authentication-Results of the server that is believed
}

type serverConfig struct {
	Server       string `yaml:"server"`   // host:port
	Security     string `yaml:"security"` // tls, starttls, or plain on this machine only
	User         string `yaml:"user"`
	PasswordFile string `yaml:"password-file,omitempty"`
	PasswordEnv  string `yaml:"password-env,omitempty"`
	TokenFile    string `yaml:"token-file,omitempty"` // access token (XOAUTH2) in place of the password; read again for every login
	TokenEnv     string `yaml:"token-env,omitempty"`
}

const configName = "thidua.yaml"

// readConfig reads a configuration strictly. With no name given it is thidua.yaml of the current folder, and its absence is no mistake.
func readConfig(name string) (*config, error) {
	c := &config{Ledger: "ledger.db", Mailbox: mailboxConfig{Folder: "INBOX", Done: "Da xu ly", Held: "Cho xu ly"}}
	optional := name == ""
	if optional {
		name = configName
	}
	b, err := os.ReadFile(name)
	if optional && errors.Is(err, os.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return nil, errors.New(wording.Text("cli.config.unreadable", "file", name, "problem", err))
	}
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true)
	if err := d.Decode(c); err != nil && !errors.Is(err, io.EOF) {
		return nil, errors.New(wording.Text("cli.config.unreadable", "file", name, "problem", err))
	}
	if err := d.Decode(new(any)); !errors.Is(err, io.EOF) {
		return nil, errors.New(wording.Text("cli.config.second", "file", name))
	}
	c.dir = filepath.Dir(name)
	return c, nil
}

// path makes a path of the configuration usable from here.
func (c *config) path(p string) string {
	if p == "" || filepath.IsAbs(p) || c.dir == "" {
		return p
	}
	return filepath.Join(c.dir, p)
}

func (c *config) domain() string {
	if c.Domain != "" {
		return c.Domain
	}
	_, domain, _ := strings.Cut(c.Mailbox.Address, "@")
	return domain
}

// problems lists everything that would keep `run` from working, all at once.
func (c *config) problems(env func(string) (string, bool)) []string {
	var out []string
	add := func(key string, pairs ...any) { out = append(out, wording.Text(key, pairs...)) } //wording:composed cli.config.
	if a, err := mail.ParseAddress(c.Mailbox.Address); err != nil || a.Address != c.Mailbox.Address {
		add("cli.config.address", "value", c.Mailbox.Address)
	}
	for name, s := range map[string]serverConfig{"mailbox": c.Mailbox.serverConfig, "smtp": c.SMTP} {
		if !strings.Contains(s.Server, ":") {
			add("cli.config.server", "name", name, "value", s.Server)
		}
		switch mailbox.Security(s.Security) {
		case mailbox.TLS, mailbox.StartTLS, mailbox.Plain:
		default:
			add("cli.config.security", "name", name, "value", s.Security)
		}
		given := 0
		for _, source := range []string{s.PasswordFile, s.PasswordEnv, s.TokenFile, s.TokenEnv} {
			if source != "" {
				given++
			}
		}
		if given > 1 {
			add("cli.config.twosecrets", "name", name)
		}
		if s.User != "" {
			if _, _, err := c.secret(s, env); err != nil {
				add("cli.config.password", "name", name, "problem", err)
			}
		}
	}
	if c.Mailbox.User == "" {
		add("cli.config.user")
	}
	if c.Ledger == "" {
		add("cli.config.ledger")
	}
	sort.Strings(out)
	return out
}

// secret reads the password or the access token of a server from its file or the environment. It is never printed.
func (c *config) secret(s serverConfig, env func(string) (string, bool)) (password, token string, err error) {
	read := func(file, name string) (string, error) {
		if file == "" {
			v, ok := env(name)
			if !ok {
				return "", errors.New(wording.Text("cli.config.noenv", "name", name))
			}
			return v, nil
		}
		b, err := os.ReadFile(c.path(file))
		if err != nil {
			return "", fmt.Errorf("reading the password file: %w", err)
		}
		return strings.TrimRight(string(b), "\r\n"), nil
	}
	switch {
	case s.TokenFile != "" || s.TokenEnv != "":
		token, err = read(s.TokenFile, s.TokenEnv)
	case s.PasswordFile != "" || s.PasswordEnv != "":
		password, err = read(s.PasswordFile, s.PasswordEnv)
	default:
		err = errors.New(wording.Text("cli.config.nopassword"))
	}
	return password, token, err
}

type configCommand struct {
	Check configCheck `cmd:"" help:"${cli_help_configcheck}"`
	Show  configShow  `cmd:"" help:"${cli_help_configshow}"`
}

type configCheck struct{}

func (configCheck) Run(s *session) error {
	c, err := s.settings()
	if err != nil {
		return err
	}
	problems := c.problems(s.env)
	for _, p := range problems {
		s.print("- %s\n", p)
	}
	if _, err := s.thePlan(); err != nil {
		return err
	}
	if len(problems) > 0 {
		return exit{exitInvalid, errors.New(wording.Text("cli.config.invalid", "n", len(problems)))}
	}
	l, err := ledger.Open(s.ctx, c.path(c.Ledger), s.app)
	if err != nil {
		return exit{exitInvalid, fmt.Errorf("%s: %w", c.path(c.Ledger), err)}
	}
	s.ledger = l
	s.print("%s\n", wording.Text("cli.config.ok"))
	return nil
}

type configShow struct{}

func (configShow) Run(s *session) error {
	c, err := s.settings()
	if err != nil {
		return err
	}
	b, err := yaml.Marshal(c)
	if err != nil {
		return fmt.Errorf("writing the configuration: %w", err)
	}
	from := c.dir
	if from == "" {
		from = wording.Text("cli.config.defaults")
	}
	s.print("# %s\n%s", from, b)
	return nil
}

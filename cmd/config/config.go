// Package config is thidua.yaml: the settings of one installation, its secrets, and the servers
// that they lead to.
//
// The file and the environment come in; settings of a pass, connections and everything that is
// wrong with the file go out. No secret is ever in the file or printed: the file names where it
// lies.
package config

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"thidua/cmd/exit"
	"thidua/cmd/vitals"
	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/templates/wording"
)

// FileName is the configuration of the current folder.
const FileName = "thidua.yaml"

// Environment looks up a variable of the environment, as os.LookupEnv does.
type Environment func(name string) (string, bool)

// Config is thidua.yaml. Paths in it are relative to its folder.
//
//constructed:by New, Read
type Config struct {
	Plan               string    `yaml:"plan"`
	Ledger             string    `yaml:"ledger"`
	LedgerPasswordFile string    `yaml:"ledger-password-file,omitempty"`
	LedgerPasswordEnv  string    `yaml:"ledger-password-env,omitempty"`
	Domain             string    `yaml:"domain"`
	Mailbox            Mailbox   `yaml:"mailbox"`
	SMTP               SMTP      `yaml:"smtp"`
	Scan               Scan      `yaml:"scan,omitempty"`
	Digest             bool      `yaml:"digest"`
	Serve              Serve     `yaml:"serve"`
	Log                Log       `yaml:"log"`
	Retention          Retention `yaml:"retention"`
	PingFile           string    `yaml:"ping-file,omitempty"`
	PingEnv            string    `yaml:"ping-env,omitempty"`

	dir      string      // folder of the file, "" for none
	env      Environment // where secrets may lie
	misreads []string    // what in the file could not be read

	record *vitals.Record // of logins that were refused; nil where nobody minds
}

// Scan is the office's virus scanner; without either it has none.
type Scan struct {
	Clamd   string   `yaml:"clamd,omitempty"`
	Command []string `yaml:"command,omitempty,flow"`
}

// Serve is how passes are made without end.
type Serve struct {
	Schedule []string `yaml:"schedule,flow"`
	Idle     bool     `yaml:"idle"`
	Listen   string   `yaml:"listen"`
}

// Log is the technical log.
type Log struct {
	File  string `yaml:"file"`
	Level string `yaml:"level" enum:"debug,info,warn,error"`
}

// Retention is how long people's data are kept.
type Retention struct {
	Years int `yaml:"years"`
}

// Mailbox is the shared mailbox.
type Mailbox struct {
	Address    string `yaml:"address"`
	Server     `yaml:",inline"`
	Folder     string `yaml:"folder"`
	Done       string `yaml:"done"`
	Held       string `yaml:"held"`
	AuthServID string `yaml:"authserv-id,omitempty"`
}

// SMTP is the server that takes our letters.
type SMTP struct {
	Server      `yaml:",inline"`
	Connections int  `yaml:"connections"`
	PerMinute   int  `yaml:"per-minute,omitempty"`
	Largest     int  `yaml:"largest,omitempty"`
	DKIM        DKIM `yaml:"dkim,omitempty"`
}

// DKIM is with what letters are signed.
type DKIM struct {
	Domain   string `yaml:"domain,omitempty"`
	Selector string `yaml:"selector,omitempty"`
	KeyFile  string `yaml:"key-file,omitempty"`
}

// Server is a mail server and how to log in there.
type Server struct {
	Host         string `yaml:"server"`
	Security     string `yaml:"security" enum:"tls,starttls,plain"`
	User         string `yaml:"user"`
	PasswordFile string `yaml:"password-file,omitempty"`
	PasswordEnv  string `yaml:"password-env,omitempty"`
	TokenFile    string `yaml:"token-file,omitempty"`
	TokenEnv     string `yaml:"token-env,omitempty"`
}

// New is a configuration in a folder with the usual value everywhere.
func New(dir string, env Environment) *Config {
	return &Config{
		Ledger:  "ledger.db",
		Digest:  true,
		Mailbox: Mailbox{Folder: "INBOX", Done: "Da xu ly", Held: "Cho xu ly"},
		SMTP:    SMTP{Connections: 1},
		Serve:   Serve{Schedule: []string{"*/15 6-19 * * 1-6"}, Idle: true},
		Log:     Log{Level: "info"},
		dir:     dir,
		env:     env,
	}
}

// Read reads a configuration strictly. With no name given it is thidua.yaml of the current folder,
// and its absence is no mistake. Values that make no sense are told by Misreads, and the rest is
// read all the same.
func Read(name string, env Environment) (*Config, error) {
	optional := name == ""
	if optional {
		name = FileName
	}
	b, err := os.ReadFile(name)
	if optional && errors.Is(err, fs.ErrNotExist) {
		return New("", env), nil
	}
	if err != nil {
		return nil, errors.New(wording.Text("cli.config.unreadable", "file", name, "problem", exit.FileProblem(err)))
	}
	c := New(filepath.Dir(name), env)
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true)
	if err := d.Decode(c); err != nil && !errors.Is(err, io.EOF) {
		var misread *yaml.TypeError
		if !errors.As(err, &misread) {
			problem := strings.TrimPrefix(err.Error(), "yaml: ")
			return nil, errors.New(wording.Text("cli.config.syntax", "file", name, "problem", problem))
		}
		c.misreads = describeMisreads(misread.Errors)
	}
	if err := d.Decode(new(any)); !errors.Is(err, io.EOF) {
		return nil, errors.New(wording.Text("cli.config.second", "file", name))
	}
	return c, nil
}

// Dir is the folder of the file, "" where there is none.
func (c *Config) Dir() string { return c.dir }

// Misreads says what in the file could not be read, line by line.
func (c *Config) Misreads() []string { return c.misreads }

// path makes a path of the configuration usable from here.
func (c *Config) path(p string) string {
	if p == "" || filepath.IsAbs(p) || c.dir == "" {
		return p
	}
	return filepath.Join(c.dir, p)
}

// LedgerFile is the path of the ledger, which no server holds.
func (c *Config) LedgerFile() string { return c.path(c.Ledger) }

// LogFile is the path of the technical log, "" for none.
func (c *Config) LogFile() string { return c.path(c.Log.File) }

// LogLevel is from which level on the technical log is written.
func (c *Config) LogLevel() (slog.Level, error) {
	var level slog.Level
	err := level.UnmarshalText([]byte(c.Log.Level))
	return level, err
}

// domain is the right side of our Message-IDs.
func (c *Config) domain() string {
	if c.Domain != "" {
		return c.Domain
	}
	_, domain, _ := strings.Cut(c.Mailbox.Address, "@")
	return domain
}

// Problems lists everything that would keep a pass from working, all at once.
func (c *Config) Problems() []string {
	out := slices.Concat(c.misreads, c.mailProblems(), c.otherProblems())
	sort.Strings(out)
	return out
}

// mailProblems lists what is wrong with the mailbox and the servers.
func (c *Config) mailProblems() (out []string) {
	add := func(key string, pairs ...any) {
		out = append(out,
			wording.Text(key, pairs...))
	} //wording:composed cli.config.
	if a, err := mail.ParseAddress(c.Mailbox.Address); err != nil || a.Address != c.Mailbox.Address {
		add("cli.config.address", "value", c.Mailbox.Address)
	}
	for name, s := range map[string]Server{"mailbox": c.Mailbox.Server, "smtp": c.SMTP.Server} {
		if _, port, err := net.SplitHostPort(s.Host); err != nil || !isPort(port) {
			add("cli.config.server", "name", name, "value", s.Host)
		}
		switch mailbox.Security(s.Security) {
		case mailbox.TLS, mailbox.StartTLS, mailbox.Plain:
		default:
			add("cli.config.security", "name", name, "value", s.Security)
		}
		if s.countSecrets() > 1 {
			add("cli.config.twosecrets", "name", name)
		}
		if s.User != "" {
			if _, err := c.credentials(s); err != nil {
				add("cli.config.password", "name", name, "problem", err)
			}
		}
	}
	if c.Mailbox.User == "" {
		add("cli.config.user")
	}
	if _, err := c.signer(); err != nil {
		add("cli.config.dkim", "problem", err)
	}
	if c.SMTP.Connections < 1 || c.SMTP.Connections > 20 || c.SMTP.PerMinute < 0 || c.SMTP.Largest < 0 {
		add("cli.config.pace")
	}
	return out
}

// otherProblems lists what is wrong with everything but mail.
func (c *Config) otherProblems() (out []string) {
	add := func(key string, pairs ...any) {
		out = append(out,
			wording.Text(key, pairs...))
	} //wording:composed cli.config.
	if c.Ledger == "" {
		add("cli.config.ledger")
	} else if _, err := c.LedgerPlace(); err != nil {
		add("cli.config.ledgersecret", "problem", err)
	}
	for _, expression := range c.Serve.Schedule {
		if _, err := readSchedule([]string{expression}); err != nil {
			add("cli.config.schedule", "value", expression, "problem", err)
		}
	}
	if c.Serve.Listen != "" {
		if _, _, err := net.SplitHostPort(c.Serve.Listen); err != nil {
			add("cli.config.listen", "value", c.Serve.Listen)
		}
	}
	if c.Log.File != "" {
		if _, err := os.Stat(filepath.Dir(c.LogFile())); err != nil {
			add("cli.config.logfile", "file", c.Log.File, "problem", exit.FileProblem(err))
		}
	}
	if _, err := c.LogLevel(); err != nil {
		add("cli.config.level", "value", c.Log.Level)
	}
	if c.Scan.Clamd != "" && len(c.Scan.Command) > 0 || len(c.Scan.Command) > 0 && c.Scan.Command[0] == "" {
		add("cli.config.scan")
	}
	if c.Retention.Years < 0 {
		add("cli.config.retention", "value", c.Retention.Years)
	}
	if _, err := c.pingAddress(); err != nil {
		add("cli.config.ping", "problem", err)
	}
	return out
}

func isPort(s string) bool {
	n, err := strconv.ParseUint(s, 10, 16)
	return err == nil && n > 0
}

// LedgerOnServer reports whether the ledger is a database on a server.
func (c *Config) LedgerOnServer() bool { return ledger.IsServer(c.Ledger) }

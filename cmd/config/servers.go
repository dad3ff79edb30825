package config

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"thidua/cmd/exit"
	"thidua/cmd/pass"
	"thidua/cmd/release"
	"thidua/cmd/vitals"
	"thidua/ingest/mailbox"
	"thidua/ingest/scan"
	"thidua/reports/letter"
	"thidua/reports/smtp"
	"thidua/templates/calendar"
	"thidua/templates/wording"
)

// megabyte of a letter is in attachments three quarters of that, because Base64 makes four bytes of
// three.
const megabyte = 1 << 20 / 4 * 3

// Pass is how passes are made.
func (c *Config) Pass() (pass.Settings, error) {
	signer, err := c.signer()
	return pass.Settings{
		Address: c.Mailbox.Address,
		Domain:  c.domain(),
		Release: release.Version(),
		Signer:  signer,
		Largest: c.SMTP.Largest * megabyte,
		Done:    c.Mailbox.Done,
		Held:    c.Mailbox.Held,
		Trust:   c.Mailbox.AuthServID,
		Scan:    c.Scanner(),
		Redial: func(ctx context.Context) (mailbox.Source, func() error, error) {
			box, err := c.DialMailbox(ctx)
			if err != nil {
				return nil, nil, err
			}
			return box, box.Close, nil
		},
		Digest: c.Digest,
		Lines:  c.SMTP.Connections,
		Pace:   c.SMTP.PerMinute,
	}, err
}

// Scanner is the office's virus scanner, nil when it has none.
func (c *Config) Scanner() scan.Scanner {
	switch {
	case strings.Contains(c.Scan.Clamd, "/"):
		return scan.Clamd{Address: c.path(c.Scan.Clamd)}
	case c.Scan.Clamd != "":
		return scan.Clamd{Address: c.Scan.Clamd}
	case len(c.Scan.Command) > 0:
		return scan.Command(c.Scan.Command)
	}
	return nil
}

// signer signs letters, nil when no key is given.
func (c *Config) signer() (*letter.Signer, error) {
	d := c.SMTP.DKIM
	if d == (DKIM{}) {
		return nil, nil
	}
	if d.Domain == "" || d.Selector == "" || d.KeyFile == "" {
		return nil, errors.New(wording.Text("cli.config.dkimparts"))
	}
	key, err := os.ReadFile(c.path(d.KeyFile))
	if err != nil {
		return nil, unreadable(d.KeyFile, err)
	}
	return letter.NewSigner(d.Domain, d.Selector, key)
}

// Mind keeps a wrong password from being tried again and again from now on, by what is remembered
// of it.
func (c *Config) Mind(r *vitals.Record) { c.record = r }

// mayTry refuses to log in to a server that has refused us too often lately.
func (c *Config) mayTry(s Server) error {
	if c.record == nil {
		return nil
	}
	var changed time.Time // a new password is tried at once
	for _, file := range []string{FileName, s.PasswordFile, s.TokenFile} {
		if info, err := os.Stat(c.path(file)); file != "" && err == nil && info.ModTime().After(changed) {
			changed = info.ModTime()
		}
	}
	if again := c.record.NextTry(s.Host, changed); !again.IsZero() {
		return errors.New(wording.Text("cli.trouble.locked", "moment", calendar.ShortMoment(again)))
	}
	return nil
}

// noteTry remembers whether a server refused our login. What cannot be noted is no reason to keep
// mail waiting.
func (c *Config) noteTry(s Server, err error) {
	if c.record != nil && (err == nil || exit.IsLogin(err.Error())) {
		_ = c.record.Login(s.Host, err != nil)
	}
}

// DialMailbox logs in to the shared mailbox.
func (c *Config) DialMailbox(ctx context.Context) (*mailbox.IMAP, error) {
	if err := c.mayTry(c.Mailbox.Server); err != nil {
		return nil, err
	}
	box, err := c.dialMailbox(ctx)
	c.noteTry(c.Mailbox.Server, err)
	return box, err
}

func (c *Config) dialMailbox(ctx context.Context) (*mailbox.IMAP, error) {
	secret, err := c.credentials(c.Mailbox.Server)
	if err != nil {
		return nil, err
	}
	return mailbox.DialIMAP(ctx, mailbox.IMAPConfig{
		Address:  c.Mailbox.Host,
		Security: mailbox.Security(c.Mailbox.Security),
		User:     c.Mailbox.User,
		Password: secret.password,
		Token:    secret.token,
		Mailbox:  c.Mailbox.Folder,
	})
}

// DialSMTP opens a line to the server that takes our letters, and logs in where a user is named.
func (c *Config) DialSMTP(ctx context.Context) (*smtp.Client, error) {
	if err := c.mayTry(c.SMTP.Server); err != nil {
		return nil, err
	}
	client, err := c.dialSMTP(ctx)
	c.noteTry(c.SMTP.Server, err)
	return client, err
}

func (c *Config) dialSMTP(ctx context.Context) (*smtp.Client, error) {
	server := smtp.Config{
		Address:  c.SMTP.Host,
		Security: smtp.Security(c.SMTP.Security),
		User:     c.SMTP.User,
		Hello:    c.domain(),
	}
	if server.User != "" {
		secret, err := c.credentials(c.SMTP.Server)
		if err != nil {
			return nil, err
		}
		server.Password, server.Token = secret.password, secret.token
	}
	return smtp.Dial(ctx, server)
}

// LedgerPlace is where the ledger is: a path usable from here, or the URL of a server with its
// password.
func (c *Config) LedgerPlace() (string, error) {
	if !c.LedgerOnServer() {
		return c.LedgerFile(), nil
	}
	u, err := url.Parse(c.Ledger)
	if err != nil {
		return "", errors.New(wording.Text("cli.config.ledgerurl"))
	}
	if _, written := u.User.Password(); written {
		return "", errors.New(wording.Text("cli.config.ledgerpassword"))
	}
	password, err := c.secret(c.LedgerPasswordFile, c.LedgerPasswordEnv)
	if err != nil || password == "" {
		return c.Ledger, err
	}
	u.User = url.UserPassword(u.User.Username(), password)
	return u.String(), nil
}

// Ping tells whoever watches from outside that a pass went well; without an address it does
// nothing. The watcher alarms when it hears nothing. Errors never name the address, which is a
// secret.
func (c *Config) Ping(ctx context.Context) error {
	address, err := c.pingAddress()
	if err != nil || address == "" {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return errors.New("no such address")
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return errors.New("no answer")
	}
	defer answer.Body.Close()
	if answer.StatusCode >= 300 {
		return fmt.Errorf("answer %d", answer.StatusCode)
	}
	return nil
}

// pingAddress is the address that hears of every good pass, "" for none.
func (c *Config) pingAddress() (string, error) {
	text, err := c.secret(c.PingFile, c.PingEnv)
	if err != nil || text == "" {
		return "", err
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return "", errors.New(wording.Text("cli.config.badping"))
	}
	return text, nil
}

// credentials are the password or the access token of a server: one of them is empty.
type credentials struct{ password, token string }

// credentials reads how to log in to a server.
func (c *Config) credentials(s Server) (out credentials, err error) {
	switch {
	case s.TokenFile != "" || s.TokenEnv != "":
		out.token, err = c.secret(s.TokenFile, s.TokenEnv)
	case s.PasswordFile != "" || s.PasswordEnv != "":
		out.password, err = c.secret(s.PasswordFile, s.PasswordEnv)
	default:
		err = errors.New(wording.Text("cli.config.nopassword"))
	}
	return out, err
}

// countSecrets counts the places in which the secret of a server is said to lie.
func (s Server) countSecrets() (n int) {
	for _, place := range []string{s.PasswordFile, s.PasswordEnv, s.TokenFile, s.TokenEnv} {
		if place != "" {
			n++
		}
	}
	return n
}

// secret reads a secret from its file or the environment, "" when neither is named. A token in a
// file is renewed by others, so that it is read anew for every login.
func (c *Config) secret(file, variable string) (string, error) {
	switch {
	case file != "":
		b, err := os.ReadFile(c.path(file))
		if err != nil {
			return "", unreadable(file, err)
		}
		return strings.TrimRight(string(b), "\r\n"), nil
	case variable != "":
		v, ok := c.env(variable)
		if !ok {
			return "", errors.New(wording.Text("cli.config.noenv", "name", variable))
		}
		return v, nil
	}
	return "", nil
}

// unreadable says which secret cannot be read and why.
func unreadable(file string, err error) error {
	return errors.New(wording.Text("cli.file.unread", "file", file, "problem", exit.FileProblem(err)))
}

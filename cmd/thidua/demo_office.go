package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"os"
	"time"

	"thidua/ingest/mailbox"
	"thidua/reports/smtp"
	"thidua/samples/postoffice"
	"thidua/templates/wording"
)

// demoOffice is where the demo's mail comes and goes: the post office within the process, or servers of somebody's own.
type demoOffice interface {
	imap() mailbox.IMAPConfig
	smtp() smtp.Config
	deliver(ctx context.Context, from string, raw []byte, at time.Time) error // a mail arrives in the shared mailbox
	Close() error
}

// openOffice opens the servers named on the command line, or the post office of the demo's own.
func (c demoCommand) openOffice(now func() time.Time) (demoOffice, error) {
	if c.IMAP == "" && c.SMTP == "" {
		o, err := postoffice.Open(postoffice.Config{Shared: demoAddress, Password: demoPassword, Clock: now, UIDValidity: 20180227})
		if err != nil {
			return nil, fmt.Errorf("opening the post office: %w", err)
		}
		return embeddedOffice{o}, nil
	}
	settings := &tls.Config{}
	if c.CA != "" {
		pem, err := os.ReadFile(c.CA)
		if err != nil {
			return nil, exit{exitUsage, fmt.Errorf("%s: %w", c.CA, err)}
		}
		settings.RootCAs = x509.NewCertPool()
		if !settings.RootCAs.AppendCertsFromPEM(pem) {
			return nil, exit{exitUsage, errors.New(wording.Text("demo.noca", "file", c.CA))}
		}
	}
	in, err1 := url.Parse(c.IMAP)
	out, err2 := url.Parse(c.SMTP)
	if err := errors.Join(err1, err2); err != nil || in.Scheme != "imaps" || in.User == nil || out.Scheme != "smtp" || out.User == nil {
		return nil, exit{exitUsage, errors.New(wording.Text("demo.servers"))}
	}
	x := realOffice{
		in:  mailbox.IMAPConfig{Address: in.Host, Security: mailbox.TLS, User: in.User.Username(), TLS: settings},
		out: smtp.Config{Address: out.Host, Security: smtp.StartTLS, User: out.User.Username(), TLS: settings},
	}
	x.in.Password, _ = in.User.Password()
	x.out.Password, _ = out.User.Password()
	var err error
	if x.deposit, err = postoffice.OpenDeposit(x.in.Address, x.in.User, x.in.Password, settings); err != nil {
		return nil, err
	}
	return x, nil
}

// embeddedOffice takes mail in over its own SMTP server.
type embeddedOffice struct{ *postoffice.Office }

func (o embeddedOffice) imap() mailbox.IMAPConfig {
	return mailbox.IMAPConfig{Address: o.IMAPAddr(), Security: mailbox.Plain, User: demoAddress, Password: demoPassword}
}

func (o embeddedOffice) smtp() smtp.Config {
	return smtp.Config{Address: o.SMTPAddr(), Security: smtp.Plain}
}

func (o embeddedOffice) deliver(ctx context.Context, from string, raw []byte, _ time.Time) error {
	client, err := smtp.Dial(ctx, o.smtp())
	if err != nil {
		return err
	}
	for _, r := range client.Send(ctx, from, []string{demoAddress}, raw) {
		if r.Outcome != smtp.Sent {
			return fmt.Errorf("%d %s", r.Code, r.Text)
		}
	}
	return client.Close()
}

// realOffice is an IMAP server over TLS and an SMTP server with STARTTLS and a login. Mail is put into the mailbox over IMAP, because a real server
// notes the real time of what it takes in.
type realOffice struct {
	in      mailbox.IMAPConfig
	out     smtp.Config
	deposit *postoffice.Deposit
}

func (o realOffice) imap() mailbox.IMAPConfig { return o.in }
func (o realOffice) smtp() smtp.Config        { return o.out }
func (o realOffice) Close() error             { return o.deposit.Close() }

func (o realOffice) deliver(_ context.Context, from string, raw []byte, at time.Time) error {
	return o.deposit.Put(from, raw, at)
}

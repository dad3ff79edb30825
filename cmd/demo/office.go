package demo

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/url"
	"os"
	"time"

	"thidua/cmd/exit"
	"thidua/ingest/mailbox"
	"thidua/reports/smtp"
	"thidua/samples/postoffice"
	"thidua/templates/wording"
)

// postOffice is where the demo's mail comes and goes: the post office within the process, or
// servers of somebody's own.
type postOffice interface {
	imap() mailbox.IMAPConfig
	smtp() smtp.Config
	dial(ctx context.Context) (*smtp.Client, error)

	// deliver lets a mail arrive in the shared mailbox.
	deliver(ctx context.Context, from string, raw []byte, at time.Time) error
	Close() error
}

// openPostOffice opens the servers of the options, or the post office of the demo's own.
func openPostOffice(o Options, clock *clock) (postOffice, error) {
	if o.IMAP == "" && o.SMTP == "" {
		office, err := postoffice.Open(postoffice.Config{
			Shared: address, Password: password, Clock: clock.Now, UIDValidity: 20180227,
		})
		if err != nil {
			return nil, fmt.Errorf("opening the post office: %w", err)
		}
		return embeddedOffice{office}, nil
	}
	trust, err := trustedBy(o.CA)
	if err != nil {
		return nil, err
	}
	in, err1 := url.Parse(o.IMAP)
	out, err2 := url.Parse(o.SMTP)
	if err1 != nil || err2 != nil || in.Scheme != "imaps" || in.User == nil || out.Scheme != "smtp" || out.User == nil {
		return nil, exit.Because(exit.Usage, wording.Text("demo.servers"))
	}
	x := realOffice{
		in:  mailbox.IMAPConfig{Address: in.Host, Security: mailbox.TLS, User: in.User.Username(), TLS: trust},
		out: smtp.Config{Address: out.Host, Security: smtp.StartTLS, User: out.User.Username(), TLS: trust},
	}
	x.in.Password, _ = in.User.Password()
	x.out.Password, _ = out.User.Password()
	x.deposit, err = postoffice.OpenDeposit(x.in.Address, x.in.User, x.in.Password, trust)
	if err != nil {
		return nil, err
	}
	return x, nil
}

// trustedBy is TLS that trusts the certificates in a file, those of the system when none is named.
func trustedBy(file string) (*tls.Config, error) {
	if file == "" {
		return &tls.Config{}, nil
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, exit.With(exit.Usage, fmt.Errorf("%s: %w", file, err))
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, exit.Because(exit.Usage, wording.Text("demo.noca", "file", file))
	}
	return &tls.Config{RootCAs: pool}, nil
}

// embeddedOffice takes mail in over its own SMTP server.
type embeddedOffice struct{ *postoffice.Office }

func (o embeddedOffice) imap() mailbox.IMAPConfig {
	return mailbox.IMAPConfig{
		Address: o.IMAPAddr(), Security: mailbox.Plain, User: address, Password: password,
	}
}

func (o embeddedOffice) smtp() smtp.Config {
	return smtp.Config{Address: o.SMTPAddr(), Security: smtp.Plain}
}

func (o embeddedOffice) dial(ctx context.Context) (*smtp.Client, error) {
	return smtp.Dial(ctx, o.smtp())
}

func (o embeddedOffice) deliver(ctx context.Context, from string, raw []byte, _ time.Time) error {
	client, err := o.dial(ctx)
	if err != nil {
		return err
	}
	for _, r := range client.Send(ctx, from, []string{address}, raw) {
		if r.Outcome != smtp.Sent {
			return fmt.Errorf("%d %s", r.Code, r.Text)
		}
	}
	return client.Close()
}

// realOffice is an IMAP server over TLS and an SMTP server with STARTTLS and a login. Mail is put
// into the mailbox over IMAP, because a real server notes the real time of what it takes in.
type realOffice struct {
	in      mailbox.IMAPConfig
	out     smtp.Config
	deposit *postoffice.Deposit
}

func (o realOffice) imap() mailbox.IMAPConfig { return o.in }
func (o realOffice) smtp() smtp.Config        { return o.out }
func (o realOffice) Close() error             { return o.deposit.Close() }

func (o realOffice) dial(ctx context.Context) (*smtp.Client, error) { return smtp.Dial(ctx, o.out) }

func (o realOffice) deliver(_ context.Context, from string, raw []byte, at time.Time) error {
	return o.deposit.Put(from, raw, at)
}

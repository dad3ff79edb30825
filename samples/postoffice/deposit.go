package postoffice

import (
	"crypto/tls"
	"fmt"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// Deposit puts mails into a mailbox of another server as if they had arrived at moments of a story:
// the one thing that no real mail server lets come over SMTP.
//
//constructed:by OpenDeposit
type Deposit struct{ client *imapclient.Client }

// OpenDeposit logs in over TLS.
func OpenDeposit(address, user, password string, settings *tls.Config) (*Deposit, error) {
	c, err := imapclient.DialTLS(address, &imapclient.Options{TLSConfig: settings})
	if err != nil {
		return nil, fmt.Errorf("opening the mailbox at %s: %w", address, err)
	}
	if err := c.Login(user, password).Wait(); err != nil {
		_ = c.Close()
		return nil, fmt.Errorf("opening the mailbox at %s: %w", address, err)
	}
	return &Deposit{c}, nil
}

// Put stores a mail in INBOX. from is the sender on its envelope, which the last server notes (RFC
// 5321, 4.4).
func (d *Deposit) Put(from string, raw []byte, at time.Time) error {
	raw = withReturnPath(from, raw)
	w := d.client.Append("INBOX", int64(len(raw)), &imap.AppendOptions{Time: at})
	if _, err := w.Write(raw); err != nil {
		return fmt.Errorf("storing a mail: %w", err)
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("storing a mail: %w", err)
	}
	if _, err := w.Wait(); err != nil {
		return fmt.Errorf("storing a mail: %w", err)
	}
	return nil
}

// Close logs out.
func (d *Deposit) Close() error { return d.client.Logout().Wait() }

func withReturnPath(from string, raw []byte) []byte {
	return append([]byte("Return-Path: <"+from+">\r\n"), raw...)
}

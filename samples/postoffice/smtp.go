package postoffice

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"
)

// envelope is one SMTP connection. Mail is taken from anybody; whoever gives credentials must give
// the right ones.
type envelope struct {
	office *Office
	conn   net.Conn
	from   string
	to     []string
}

var _ gosmtp.AuthSession = (*envelope)(nil)

func (e *envelope) Reset()        { e.from, e.to = "", nil }
func (e *envelope) Logout() error { return nil }

func (e *envelope) AuthMechanisms() []string { return []string{sasl.Plain} }

func (e *envelope) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != e.office.config.Shared || subtle.ConstantTimeCompare([]byte(password),
			[]byte(e.office.config.Password)) != 1 {
			return gosmtp.ErrAuthFailed
		}
		return nil
	}), nil
}

func (e *envelope) Mail(from string, _ *gosmtp.MailOptions) error {
	e.from = from
	return nil
}

func (e *envelope) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	if refuse := e.office.currentFaults().Refuse; refuse != nil {
		if err := refuse(to); err != nil {
			return reply(err)
		}
	}
	e.to = append(e.to, to)
	return nil
}

func (e *envelope) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	faults := e.office.currentFaults()
	if faults.Reject != nil {
		if err := faults.Reject(raw); err != nil {
			return reply(err)
		}
	}
	mail, err := e.office.accept(e.from, e.to, raw)
	if err != nil {
		return err
	}
	if faults.LoseReply != nil && faults.LoseReply(mail) {
		return e.conn.Close()
	}
	return nil
}

// reply turns the answer of a fault hook into an SMTP reply.
func reply(err error) error {
	refusal := Refusal{Code: 451, Text: "4.3.0 " + err.Error()}
	errors.As(err, &refusal)
	return &gosmtp.SMTPError{Code: refusal.Code, EnhancedCode: gosmtp.NoEnhancedCode, Message: refusal.Text}
}

// Refusal is an answer of a fault hook: an SMTP code, 4yz or 5yz, with its text.
type Refusal struct {
	Code int
	Text string
}

func (r Refusal) Error() string { return fmt.Sprintf("%d %s", r.Code, r.Text) }

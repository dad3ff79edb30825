package exit_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"

	"thidua/cmd/exit"
	"thidua/ingest/mailbox"
	"thidua/templates/wording"
)

// Whoever cannot reach a mail server is told what to look at. The words are those of the libraries
// themselves.
func TestTroubleSaysWhatToDo(t *testing.T) {
	stranger := &x509.Certificate{DNSNames: []string{"khac.example"}, NotAfter: time.Unix(1, 0)}
	for _, c := range []struct {
		err  error
		what string
		code int
	}{
		{x509.CertificateInvalidError{Cert: stranger, Reason: x509.Expired}, "expired", exit.Invalid},
		{x509.UnknownAuthorityError{}, "authority", exit.Invalid},
		{x509.HostnameError{Certificate: stranger, Host: "mail.example"}, "host", exit.Invalid},
		{tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, "security", exit.Invalid},
		{fmt.Errorf("logging in: %w", &gosmtp.SMTPError{Code: 535, Message: "no"}), "login", exit.Invalid},
		{fmt.Errorf("logging in: %w", refusal(imap.ResponseCodeAuthenticationFailed, "Authentication failed.")),
			"login", exit.Invalid},
		{fmt.Errorf("logging in: %w", &sasl.OAuthBearerError{Status: "invalid_token"}), "token", exit.Invalid},
		{&net.DNSError{Err: "no such host", Name: "mail.example"}, "name", exit.Later},
		{syscall.ECONNREFUSED, "refused", exit.Later},
		{&mailbox.Error{Doing: "reading messages", Err: io.ErrUnexpectedEOF}, "broken", exit.Later},
		{&mailbox.Error{
			Doing: "opening Khong-co", Refused: true, Err: refusal("", "Mailbox doesn't exist: Khong-co"),
		}, "folder", exit.Invalid},
		{&mailbox.Error{
			Doing: "moving messages", Refused: true, Err: refusal(imap.ResponseCodeOverQuota, "full"),
		}, "quota", exit.Later},
	} {
		got := exit.ServerProblem(c.err.Error())
		if code := exit.ServerCode(c.err.Error()); code != c.code {
			t.Errorf("%s: exit code %d", c.what, code)
		}
		if want := strings.TrimRight(wording.Text("cli.trouble."+c.what),
			"."); !strings.Contains(got, want) || strings.Contains(got, "..") {
			t.Errorf("%s: %q", c.what, got)
		}
	}
	locked := wording.Text("cli.trouble.locked", "moment", "10:00 05/3/2018")
	if got := exit.ServerProblem(locked); exit.ServerCode(locked) != exit.Invalid || got+"." != locked {
		t.Errorf("a login that has to wait: %d, %q", exit.ServerCode(locked), got)
	}
	if got := exit.ServerProblem("something else."); got != "something else" {
		t.Errorf("%q", got)
	}
}

func refusal(code imap.ResponseCode, text string) error {
	return &imap.Error{Type: imap.StatusResponseTypeNo, Code: code, Text: text}
}

package main

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

	"thidua/ingest/mailbox"
	"thidua/templates/wording"
)

// Whoever cannot reach a mail server is told what to look at. The words are those of the libraries themselves.
func TestTroubleSaysWhatToDo(t *testing.T) {
	stranger := &x509.Certificate{DNSNames: []string{"khac.example"}, NotAfter: time.Unix(1, 0)}
	for _, c := range []struct {
		err  error
		what string
		code int
	}{
		{x509.CertificateInvalidError{Cert: stranger, Reason: x509.Expired}, "expired", exitLater},
		{x509.UnknownAuthorityError{}, "authority", exitLater},
		{x509.HostnameError{Certificate: stranger, Host: "mail.example"}, "host", exitInvalid},
		{tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, "security", exitInvalid},
		{fmt.Errorf("logging in: %w", &gosmtp.SMTPError{Code: 535, Message: "no"}), "login", exitInvalid},
		{fmt.Errorf("logging in: %w", &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeAuthenticationFailed, Text: "Authentication failed."}), "login", exitInvalid},
		{fmt.Errorf("logging in: %w", &sasl.OAuthBearerError{Status: "invalid_token"}), "token", exitInvalid},
		{&net.DNSError{Err: "no such host", Name: "mail.example"}, "name", exitLater},
		{syscall.ECONNREFUSED, "refused", exitLater},
		{&mailbox.Error{Doing: "reading messages", Err: io.ErrUnexpectedEOF}, "broken", exitLater},
		{&mailbox.Error{Doing: "opening Khong-co", Refused: true, Err: &imap.Error{Type: imap.StatusResponseTypeNo, Text: "Mailbox doesn't exist: Khong-co"}}, "folder", exitInvalid},
		{&mailbox.Error{Doing: "moving messages", Refused: true, Err: &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeOverQuota, Text: "full"}}, "quota", exitLater},
	} {
		got := trouble(c.err.Error())
		if code := troubleCode(c.err.Error()); code != c.code {
			t.Errorf("%s: exit code %d", c.what, code)
		}
		if want := strings.TrimRight(wording.Text("cli.trouble."+c.what), "."); !strings.Contains(got, want) || strings.Contains(got, "..") {
			t.Errorf("%s: %q", c.what, got)
		}
	}
	if got := trouble("something else."); got != "something else" {
		t.Errorf("%q", got)
	}
}

package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"

	"thidua/templates/wording"
)

// Whoever cannot reach a mail server is told what to look at. The words are those of the libraries themselves.
func TestTroubleSaysWhatToDo(t *testing.T) {
	stranger := &x509.Certificate{DNSNames: []string{"khac.example"}, NotAfter: time.Unix(1, 0)}
	for _, c := range []struct {
		err  error
		what string
	}{
		{x509.CertificateInvalidError{Cert: stranger, Reason: x509.Expired}, "expired"},
		{x509.UnknownAuthorityError{}, "authority"},
		{x509.HostnameError{Certificate: stranger, Host: "mail.example"}, "host"},
		{tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, "security"},
		{fmt.Errorf("logging in: %w", &gosmtp.SMTPError{Code: 535, Message: "no"}), "login"},
		{fmt.Errorf("logging in: %w", &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeAuthenticationFailed, Text: "Authentication failed."}), "login"},
		{fmt.Errorf("logging in: %w", &sasl.OAuthBearerError{Status: "invalid_token"}), "token"},
		{&net.DNSError{Err: "no such host", Name: "mail.example"}, "name"},
		{syscall.ECONNREFUSED, "refused"},
	} {
		got := trouble(c.err.Error())
		if want := strings.TrimRight(wording.Text("cli.trouble."+c.what), "."); !strings.Contains(got, want) || strings.Contains(got, "..") {
			t.Errorf("%s: %q", c.what, got)
		}
	}
	if got := trouble("something else."); got != "something else" {
		t.Errorf("%q", got)
	}
}

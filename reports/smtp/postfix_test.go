package smtp_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thidua/reports/smtp"
)

// postfix says where a real server is, by THIDUA_POSTFIX; .ci/postfix starts one.
func postfix(t *testing.T) smtp.Config {
	t.Helper()
	address := os.Getenv("THIDUA_POSTFIX")
	if address == "" {
		t.Skip("THIDUA_POSTFIX is not set; .ci/postfix sets it")
	}
	pem, err := os.ReadFile(filepath.Join(os.Getenv("THIDUA_DOVECOT_DIR"), "cert.pem"))
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	return smtp.Config{Address: address, Security: smtp.StartTLS, User: "thidua@tnc.example", Password: "secret",
		TLS: &tls.Config{RootCAs: roots}, Timeout: 20 * time.Second}
}

func TestPostfixTakesMailOverOneKeptLine(t *testing.T) {
	c, err := smtp.Dial(t.Context(), postfix(t))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for n := range 30 {
		raw := fmt.Appendf(nil, "From: <thidua@tnc.example>\r\nSubject: %d\r\nMessage-ID: "+
			"<postfix-%d@tnc.example>\r\n\r\n.\r\n..dots\r\n%s\r\n", n, n, strings.Repeat("x", 900))
		for _, r := range c.Send(t.Context(), "thidua@tnc.example", []string{"a@unit.example", "b@unit.example"}, raw) {
			if r.Outcome != smtp.Sent || r.Code != 250 {
				t.Fatalf("mail %d: %+v", n, r)
			}
		}
	}
	deadline := time.Now().Add(30 * time.Second)
	for {
		arrived := 0
		files, _ := filepath.Glob(filepath.Join(os.Getenv("THIDUA_POSTFIX_MAIL"), "*"))
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err == nil && bytes.Contains(b, []byte("Message-ID: <postfix-")) &&
				bytes.Contains(b, []byte("\n\n.\n..dots\n")) {
				arrived++
			}
		}
		if arrived == 60 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d of 60 mails arrived as they were sent", arrived)
		}
		time.Sleep(200 * time.Millisecond)
	}
}

func TestPostfixRefusals(t *testing.T) {
	config := postfix(t)
	t.Run("a wrong password", func(t *testing.T) {
		config := config
		config.Password = "guess"
		if _, err := smtp.Dial(t.Context(), config); err == nil || !strings.Contains(err.Error(), "logging in") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a certificate nobody vouches for", func(t *testing.T) {
		config := config
		config.TLS = nil
		if _, err := smtp.Dial(t.Context(), config); err == nil || !strings.Contains(err.Error(), "certificate") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("without a login every recipient is refused, and tried again: that is our set-up", func(t *testing.T) {
		config := config
		config.User = ""
		c, err := smtp.Dial(t.Context(), config)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		for range 2 { // the line stays usable
			r := c.Send(t.Context(), "thidua@tnc.example", []string{"a@unit.example"},
				[]byte("Subject: x\r\n\r\nx\r\n"))
			if r[0].Outcome != smtp.Later || r[0].Code != 554 {
				t.Errorf("%+v", r)
			}
		}
	})
	t.Run("a mail too big is never sent", func(t *testing.T) {
		c, err := smtp.Dial(t.Context(), config)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		r := c.Send(t.Context(), "thidua@tnc.example", []string{"a@unit.example"},
			append([]byte("Subject: x\r\n\r\n"), bytes.Repeat([]byte("x\r\n"), 11_000_000)...))
		if r[0].Outcome != smtp.Never {
			t.Errorf("%+v", r)
		}
	})
}

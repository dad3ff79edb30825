package smtp_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http/httptest"
	"net/mail"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"

	"thidua/ingest/mailbox"
	"thidua/reports/letter"
	"thidua/reports/smtp"
	"thidua/samples/postoffice"
)

const shared, password = "thidua@tnc.example", "mật khẩu"

var (
	noon = time.Date(2018, 12, 3, 5, 0, 0, 0, time.UTC)
	raw  = []byte("From: thidua@tnc.example\r\nSubject: x\r\n\r\n.dot\r\ntext\r\n")
)

func office(t *testing.T) *postoffice.Office {
	t.Helper()
	o, err := postoffice.Open(postoffice.Config{Shared: shared, Password: password,
		Clock: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.Close() })
	return o
}

func dial(t *testing.T, config smtp.Config) *smtp.Client {
	t.Helper()
	c, err := smtp.Dial(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func toOffice(o *postoffice.Office) smtp.Config {
	return smtp.Config{Address: o.SMTPAddr(), Security: smtp.Plain, User: shared, Password: password,
		Timeout: 5 * time.Second}
}

// outcomes writes results as "sent later/451 never/550".
func outcomes(results []smtp.Result) string {
	var out []string
	for _, r := range results {
		s := string(r.Outcome)
		if r.Outcome != smtp.Sent {
			s += fmt.Sprintf("/%d", r.Code)
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestOneConnectionCarriesManyMails(t *testing.T) {
	o := office(t)
	c := dial(t, toOffice(o))
	for i := range 20 {
		got := c.Send(t.Context(), shared, []string{"a@x.example", "b@x.example"},
			fmt.Appendf(nil, "Subject: %d\r\n\r\n.dot\r\n", i))
		if outcomes(got) != "sent sent" || got[0].Addr != "a@x.example" || got[1].Addr != "b@x.example" {
			t.Fatalf("mail %d: %+v", i, got)
		}
	}
	mails := o.Delivered()
	if len(mails) != 20 || string(mails[7].Raw) != "Subject: 7\r\n\r\n.dot\r\n" || mails[7].From != shared {
		t.Errorf("%d mails, the eighth is %+v", len(mails), mails[7])
	}
}

func TestEachRecipientHasItsOwnOutcome(t *testing.T) {
	for _, c := range []struct{ name, refused, want string }{
		{"all taken", "", "sent sent sent"},
		{"unknown user", "550", "sent never/550 sent"},
		{"mailbox full for now", "452", "sent later/452 sent"},
		{"mailbox full, said the old way", "552", "sent later/552 sent"},
		{"greylisted", "451", "sent later/451 sent"},
		{"bad address", "501", "sent never/501 sent"},
		{"credentials wanted", "530", "sent later/530 sent"},
		{"command not known", "502", "sent later/502 sent"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := office(t)
			o.SetFaults(postoffice.Faults{Refuse: func(rcpt string) error {
				if code := 0; rcpt == "b@x.example" && c.refused != "" {
					fmt.Sscan(c.refused, &code)
					return postoffice.Refusal{Code: code, Text: "refused"}
				}
				return nil
			}})
			client := dial(t, toOffice(o))
			for range 2 { // the connection stays good
				if got := outcomes(client.Send(t.Context(), shared,
					[]string{"a@x.example", "b@x.example", "c@x.example"}, raw)); got != c.want {
					t.Errorf("got %s, want %s", got, c.want)
				}
			}
		})
	}
}

func TestRefusedByAllOrForItsContent(t *testing.T) {
	o := office(t)
	c := dial(t, toOffice(o))
	to := []string{"a@x.example", "b@x.example"}
	o.SetFaults(postoffice.Faults{Refuse: func(string) error {
		return postoffice.Refusal{Code: 550,
			Text: "nobody here"}
	}})
	if got := c.Send(t.Context(), shared, to, raw); outcomes(got) != "never/550 never/550" ||
		got[0].Text != "nobody here" {
		t.Errorf("refused by all: %+v", got)
	}
	o.SetFaults(postoffice.Faults{Reject: func([]byte) error {
		return postoffice.Refusal{Code: 554,
			Text: "looks like spam"}
	}})
	if got := outcomes(c.Send(t.Context(), shared, to, raw)); got != "never/554 never/554" {
		t.Errorf("content rejected: %s", got)
	}
	o.SetFaults(postoffice.Faults{Reject: func([]byte) error { return errors.New("disk full") }})
	if got := outcomes(c.Send(t.Context(), shared, to, raw)); got != "later/451 later/451" {
		t.Errorf("content refused for now: %s", got)
	}
	o.SetFaults(postoffice.Faults{})
	if got := outcomes(c.Send(t.Context(), shared, to, raw)); got != "sent sent" {
		t.Errorf("afterwards: %s", got)
	}
	if n := len(o.Delivered()); n != 1 {
		t.Errorf("%d mails delivered", n)
	}
}

func TestBrokenLines(t *testing.T) {
	to := []string{"a@x.example"}
	t.Run("kept connection closed by the server: opened again", func(t *testing.T) {
		o := office(t)
		c := dial(t, toOffice(o))
		for range 3 {
			o.DropConnections()
			if got := outcomes(c.Send(t.Context(), shared, to, raw)); got != "sent" {
				t.Errorf("got %s", got)
			}
		}
	})
	t.Run("reply lost after the content: later, and not sent a second time by itself", func(t *testing.T) {
		o := office(t)
		c := dial(t, toOffice(o))
		lost := true
		o.SetFaults(postoffice.Faults{LoseReply: func(postoffice.Mail) bool { was := lost; lost = false; return was }})
		if got := outcomes(c.Send(t.Context(), shared, to, raw)); got != "later/0" {
			t.Errorf("got %s", got)
		}
		if n := len(o.Delivered()); n != 1 {
			t.Errorf("%d mails delivered", n)
		}
		if got := outcomes(c.Send(t.Context(), shared, to, raw)); got != "sent" {
			t.Errorf("the second time: %s", got)
		}
	})
	t.Run("server gone: later", func(t *testing.T) {
		o := office(t)
		c := dial(t, toOffice(o))
		if err := o.Close(); err != nil {
			t.Fatal(err)
		}
		if got := outcomes(c.Send(t.Context(), shared, to, raw)); got != "later/0" {
			t.Errorf("got %s", got)
		}
	})
	t.Run("context ended: later", func(t *testing.T) {
		c := dial(t, toOffice(office(t)))
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if got := outcomes(c.Send(ctx, shared, to, raw)); got != "later/0" {
			t.Errorf("got %s", got)
		}
	})
}

func TestAddressesThatMailCannotCarryNeverReachTheServer(t *testing.T) {
	o := office(t)
	c := dial(t, toOffice(o))
	for _, bad := range []string{"a@x.example>\r\nDATA", "", "a", "bình@x.example", "a b@x.example", "a@x@y",
		"<a@x.example>", "a@b,c@d"} {
		if got := outcomes(c.Send(t.Context(), shared, []string{bad, "a@x.example"}, raw)); got != "never/0 sent" {
			t.Errorf("%q: %s", bad, got)
		}
	}
}

func TestASilentServerIsGivenUp(t *testing.T) {
	line, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer line.Close()
	for _, security := range []smtp.Security{smtp.Plain, smtp.StartTLS, smtp.TLS} {
		begin := time.Now()
		_, err := smtp.Dial(t.Context(), smtp.Config{Address: line.Addr().String(), Security: security,
			Timeout: 100 * time.Millisecond})
		if err == nil || time.Since(begin) > 5*time.Second {
			t.Errorf("%s: %v after %v", security, err, time.Since(begin))
		}
	}
}

// guarded is a server with STARTTLS, LOGIN only and a size limit. It counts the connections.
type guarded struct {
	settings *tls.Config
	addr     string
	logins   atomic.Int32
}

func (g *guarded) Reset()                                       {}
func (g *guarded) Logout() error                                { return nil }
func (g *guarded) AuthMechanisms() []string                     { return []string{sasl.Login} }
func (g *guarded) Auth(string) (sasl.Server, error)             { return &loginServer{g: g}, nil }
func (g *guarded) Mail(string, *gosmtp.MailOptions) error       { return nil }
func (g *guarded) Rcpt(string, *gosmtp.RcptOptions) error       { return nil }
func (g *guarded) Data(r io.Reader) error                       { _, err := io.Copy(io.Discard, r); return err }
func (g *guarded) session(*gosmtp.Conn) (gosmtp.Session, error) { return g, nil }

type loginServer struct {
	g    *guarded
	user string
}

func (l *loginServer) Next(response []byte) ([]byte, bool, error) {
	if l.user == "" {
		l.user = string(response)
		return []byte("Password:"), false, nil
	}
	if l.user != shared || string(response) != password {
		return nil, true, gosmtp.ErrAuthFailed
	}
	l.g.logins.Add(1)
	return nil, true, nil
}

func guard(t *testing.T) (*guarded, *tls.Config) {
	t.Helper()
	web := httptest.NewTLSServer(nil) // has a certificate for 127.0.0.1
	t.Cleanup(web.Close)
	trust := x509.NewCertPool()
	trust.AddCert(web.Certificate())
	g := &guarded{settings: &tls.Config{Certificates: web.TLS.Certificates}}
	s := gosmtp.NewServer(gosmtp.BackendFunc(g.session))
	s.TLSConfig, s.MaxMessageBytes, s.Domain = g.settings, 1000, "localhost"
	s.ErrorLog = log.New(io.Discard, "", 0)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g.addr = ln.Addr().String()
	go func() { _ = s.Serve(ln) }()
	t.Cleanup(func() { _ = s.Close() })
	return g, &tls.Config{RootCAs: trust}
}

func TestSTARTTLSAndLOGINAndSize(t *testing.T) {
	g, trust := guard(t)
	config := smtp.Config{Address: g.addr, Security: smtp.StartTLS, User: shared, Password: password, TLS: trust,
		Timeout: 5 * time.Second}
	c := dial(t, config)
	to := []string{"a@x.example"}
	for range 3 {
		if got := outcomes(c.Send(t.Context(), shared, to, raw)); got != "sent" {
			t.Errorf("got %s", got)
		}
	}
	if n := g.logins.Load(); n != 1 {
		t.Errorf("logged in %d times for three mails", n)
	}
	if got := c.Send(t.Context(), shared, to, make([]byte, 1001)); outcomes(got) != "never/0" ||
		!strings.Contains(got[0].Text, "1001 bytes") {
		t.Errorf("too big: %+v", got)
	}
	if got := outcomes(c.Send(t.Context(), shared, to, raw)); got != "sent" {
		t.Errorf("afterwards: %s", got)
	}

	for name, spoil := range map[string]func(*smtp.Config){
		"a certificate nobody vouches for": func(c *smtp.Config) { c.TLS = nil },
		"a wrong password":                 func(c *smtp.Config) { c.Password = "guess" },
		"a server without STARTTLS":        func(c *smtp.Config) { c.Address = office(t).SMTPAddr() },
		"unknown security":                 func(c *smtp.Config) { c.Security = "" },
		"credentials over a plain line":    func(c *smtp.Config) { c.Security = smtp.Plain },
	} {
		bad := config
		spoil(&bad)
		if _, err := smtp.Dial(t.Context(), bad); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

// A mail goes the whole way: unit → SMTP → IMAP → parse, and the receipt back.
func TestThereAndBack(t *testing.T) {
	o := office(t)
	c := dial(t, toOffice(o))
	unit := mail.Address{Name: "UBND phường Đồng Quang", Address: "dongquang@unit.example"}
	office := mail.Address{Name: "Tổ giúp việc", Address: shared}
	sent := letter.Letter{ID: "dossier/1", MessageID: "<dossier.1@unit.example>", From: unit,
		To: []mail.Address{office}, Subject: "Hồ sơ đề nghị", Text: "Kính gửi",
		Attachments: []letter.Attachment{{Name: "Hồ sơ.xlsx", Bytes: []byte("PK")}}, Date: noon}
	post := func(l letter.Letter) {
		t.Helper()
		bytes, err := letter.Compose(l)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Send(t.Context(), l.From.Address, []string{l.To[0].Address}, bytes); got[0].Outcome != smtp.Sent {
			t.Fatalf("got %+v", got)
		}
	}
	post(sent)

	box, err := mailbox.DialIMAP(t.Context(), mailbox.IMAPConfig{Address: o.IMAPAddr(), Security: mailbox.Plain,
		User: shared, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	list, err := box.List(t.Context())
	if err != nil || len(list) != 1 || !list[0].Received.Equal(noon) {
		t.Fatalf("listed %v, %v", list, err)
	}
	err = box.Fetch(t.Context(), []mailbox.Key{list[0].Key}, func(s mailbox.Summary, raw []byte) error {
		m := mailbox.Parse(raw, mailbox.Limits{})
		if m.From[0] != unit || m.Subject != sent.Subject || len(m.Attachments) != 1 ||
			m.Attachments[0].Name != "Hồ sơ.xlsx" {
			t.Errorf("read %+v", m)
		}
		post(letter.Letter{ID: "receipt/1", MessageID: "<receipt.1@unit.example>", From: office, To: m.From,
			Subject: "Re: " + m.Subject, Text: "Đã nhận", InReplyTo: m.MessageID,
			References: append(m.References, m.MessageID), Date: noon})
		return box.Move(t.Context(), []mailbox.Key{s.Key}, "Đã nhận") // between commands the mailbox is free
	})
	if err != nil {
		t.Fatal(err)
	}
	answers := o.Delivered()
	if len(answers) != 1 || answers[0].To[0] != unit.Address {
		t.Fatalf("delivered %v", answers)
	}
	if m := mailbox.Parse(answers[0].Raw, mailbox.Limits{}); m.InReplyTo != "<dossier.1@unit.example>" || m.Auto == "" {
		t.Errorf("the receipt answers %q, auto %q", m.InReplyTo, m.Auto)
	}
	if folders, err := o.Folders(); err != nil || folders["INBOX"] != 0 || folders["Đã nhận"] != 1 {
		t.Errorf("folders %v, %v", folders, err)
	}
}

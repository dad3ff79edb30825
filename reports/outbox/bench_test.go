package outbox_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/reports/outbox"
	"thidua/reports/smtp"
	"thidua/samples/postoffice"
)

// BenchmarkReceipts sends 48 receipts with a marked workbook each over STARTTLS on a line of 10 ms
// and 100 Mbit/s: with a connection each, over one kept line, over four.
func BenchmarkReceipts(b *testing.B) {
	web := httptest.NewTLSServer(nil) // has a certificate for 127.0.0.1
	defer web.Close()
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	o, err := postoffice.Open(postoffice.Config{Shared: shared, Password: password,
		Clock: func() time.Time { return ledgertest.Start }, TLS: &tls.Config{Certificates: web.TLS.Certificates}})
	if err != nil {
		b.Fatal(err)
	}
	defer o.Close()
	line, err := postoffice.OpenProxy(o.SMTPAddr(), time.Now, func(int) postoffice.Weather {
		return postoffice.Weather{Trip: 10 * time.Millisecond, Rate: 100_000_000 / 8}
	})
	if err != nil {
		b.Fatal(err)
	}
	defer line.Close()
	config := smtp.Config{Address: line.Addr(), Security: smtp.StartTLS, User: shared, Password: password,
		TLS: &tls.Config{RootCAs: roots}}
	body := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte("workbook"), 4500)) // 48 kB, as a marked copy has
	var lines bytes.Buffer
	for i := 0; i < len(body); i += 76 {
		lines.WriteString(body[i:min(i+76, len(body))] + "\r\n")
	}
	var letters []ledger.Letter
	for i := range 48 {
		x := ledgertest.Letter(fmt.Sprintf("thu-%d", i), good)
		x.Raw = append(x.Raw, lines.Bytes()...)
		letters = append(letters, x)
	}
	dial := func() *smtp.Client {
		c, err := smtp.Dial(b.Context(), config)
		if err != nil {
			b.Fatal(err)
		}
		return c
	}
	kept := func(n int) time.Duration {
		l, err := ledger.Open(b.Context(), filepath.Join(b.TempDir(), "ledger.db"),
			&ledgertest.Clock{Time: ledgertest.Start})
		if err != nil {
			b.Fatal(err)
		}
		defer l.Close()
		if _, err := l.Outbox().Queue(b.Context(), letters); err != nil {
			b.Fatal(err)
		}
		begin := time.Now()
		var senders []outbox.Sender
		for range n {
			c := dial()
			defer c.Close()
			senders = append(senders, c)
		}
		if r, err := outbox.Deliver(b.Context(), l.Outbox(), senders...); err != nil || r.Sent != len(letters) {
			b.Fatal(r, err)
		}
		return time.Since(begin)
	}
	var each, one, four time.Duration
	for b.Loop() {
		begin := time.Now()
		for _, x := range letters { // as programs do that know nothing better
			c, err := gosmtp.DialStartTLS(line.Addr(), config.TLS)
			if err != nil {
				b.Fatal(err)
			}
			if err := c.SendMail(x.From, x.To, bytes.NewReader(x.Raw)); err != nil {
				b.Fatal(err)
			}
			if err := c.Quit(); err != nil {
				b.Fatal(err)
			}
		}
		each += time.Since(begin)
		one += kept(1)
		four += kept(4)
	}
	b.ReportMetric(float64(each)/float64(one), "times-faster-one-line")
	b.ReportMetric(float64(each)/float64(four), "times-faster-four-lines")
	b.ReportMetric(float64(len(letters)*b.N)/one.Seconds(), "mails/s")
}

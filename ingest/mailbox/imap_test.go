package mailbox_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"thidua/ingest/mailbox"
	"thidua/samples/postoffice"
)

const shared, password = "thidua@tnc.example", "mật khẩu"

var noon = time.Date(2018, 12, 3, 5, 0, 0, 0, time.UTC)

func office(t testing.TB, config postoffice.Config) *postoffice.Office {
	t.Helper()
	config.Shared, config.Password, config.Clock = shared, password, func() time.Time { return noon }
	o, err := postoffice.Open(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.Close() })
	return o
}

func config(o *postoffice.Office) mailbox.IMAPConfig {
	return mailbox.IMAPConfig{Address: o.IMAPAddr(), Security: mailbox.Plain, User: shared, Password: password,
		Timeout: 10 * time.Second}
}

func dial(t testing.TB, c mailbox.IMAPConfig) *mailbox.IMAP {
	t.Helper()
	box, err := mailbox.DialIMAP(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	return box
}

// letter is a mail of the given size with n in it.
func letter(n, size int) []byte {
	head := fmt.Sprintf("From: a@unit.example\r\nSubject: mail %d\r\nMessage-ID: <%d@unit.example>\r\n\r\n", n, n)
	body := strings.Repeat(fmt.Sprintf("line of mail %6d\r\n", n), size/21+1)
	raw := []byte((head + body)[:max(size, len(head)+1)])
	raw[len(raw)-1] = '.' // never half a line break, which servers may drop
	return raw
}

func deliver(t testing.TB, o *postoffice.Office, raws ...[]byte) {
	t.Helper()
	for i, raw := range raws {
		if err := o.Deliver(raw, noon.Add(time.Duration(i)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
}

func list(t testing.TB, box mailbox.Source) ([]mailbox.Summary, []mailbox.Key) {
	t.Helper()
	summaries, err := box.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var keys []mailbox.Key
	for _, s := range summaries {
		keys = append(keys, s.Key)
	}
	return summaries, keys
}

func fetch(t testing.TB, box mailbox.Source, keys []mailbox.Key) map[uint32][]byte {
	t.Helper()
	got := map[uint32][]byte{}
	var order []uint32
	err := box.Fetch(t.Context(), keys, func(s mailbox.Summary, raw []byte) error {
		got[s.UID] = raw
		order = append(order, s.UID)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(order) != len(got) {
		t.Errorf("%d calls for %d messages", len(order), len(got))
	}
	return got
}

func TestListSaysWhatIsThere(t *testing.T) {
	o := office(t, postoffice.Config{UIDValidity: 77})
	box := dial(t, config(o))
	if s, _ := list(t, box); len(s) != 0 {
		t.Fatalf("an empty mailbox lists %v", s)
	}
	deliver(t, o, letter(1, 500), letter(2, 900))
	got, _ := list(t, box)
	want := []mailbox.Summary{
		{Key: mailbox.Key{Mailbox: "INBOX", UIDValidity: 77, UID: 1}, Size: 500, Received: noon},
		{Key: mailbox.Key{Mailbox: "INBOX", UIDValidity: 77, UID: 2}, Size: 900, Received: noon.Add(time.Minute)},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestFetchGivesEveryByteInTheOrderOfTheKeys(t *testing.T) {
	o := office(t, postoffice.Config{})
	var raws [][]byte
	for n := range 120 {
		raws = append(raws, letter(n, 300+n*37))
	}
	const mib = 1 << 20
	raws = append(raws, letter(200, mib-1), letter(201, mib), letter(202, mib+1), letter(203, 3*mib))
	deliver(t, o, raws...)
	box := dial(t, config(o))
	_, keys := list(t, box)
	keys[3], keys[70] = keys[70], keys[3]
	next := 0
	err := box.Fetch(t.Context(), keys, func(s mailbox.Summary, raw []byte) error {
		if s.Key != keys[next] {
			t.Fatalf("call %d is for %v, want %v", next, s.Key, keys[next])
		}
		next++
		if !bytes.Equal(raw, raws[s.UID-1]) || raw == nil {
			t.Errorf("message %d came with %d bytes (nil: %v), want %d", s.UID, len(raw), raw == nil,
				len(raws[s.UID-1]))
		}
		return nil
	})
	if err != nil || next != len(raws) {
		t.Errorf("%d of %d messages, %v", next, len(raws), err)
	}
}

func TestFetchLeavesTheMailUnseenAndWithoutListingWorksToo(t *testing.T) {
	o := office(t, postoffice.Config{})
	deliver(t, o, letter(1, 300))
	box := dial(t, config(o))
	got := fetch(t, box, []mailbox.Key{{Mailbox: "INBOX", UIDValidity: 1, UID: 1},
		{Mailbox: "INBOX", UIDValidity: 1, UID: 99}})
	if len(got) != 1 || !bytes.Equal(got[1], letter(1, 300)) {
		t.Errorf("got %v", got)
	}
}

func TestMessagesAboveTheLimitAreNeverRead(t *testing.T) {
	o := office(t, postoffice.Config{})
	deliver(t, o, letter(1, 300), letter(2, 5000), letter(3, 1000))
	c := config(o)
	c.Limits.Message = 1000
	box := dial(t, c)
	summaries, keys := list(t, box)
	if summaries[1].Size != 5000 {
		t.Errorf("the big message is listed with %d bytes", summaries[1].Size)
	}
	got := fetch(t, box, keys)
	if len(got) != 3 || got[2] != nil || len(got[1]) != 300 || len(got[3]) != 1000 {
		t.Errorf("got %d messages; the big one has %d bytes", len(got), len(got[2]))
	}
}

func TestAnErrorOfTheCallbackEndsTheFetchAndTheMailboxStaysUsable(t *testing.T) {
	o := office(t, postoffice.Config{})
	deliver(t, o, letter(1, 300), letter(2, 300))
	box := dial(t, config(o))
	_, keys := list(t, box)
	stop := errors.New("stop")
	if err := box.Fetch(t.Context(), keys, func(mailbox.Summary, []byte) error { return stop }); err != stop {
		t.Errorf("got %v", err)
	}
	if got := fetch(t, box, keys); len(got) != 2 {
		t.Errorf("%d messages afterwards", len(got))
	}
}

func TestMove(t *testing.T) {
	for _, c := range []struct {
		name        string
		office      postoffice.Config
		inbox, kept int
	}{
		{"server with MOVE", postoffice.Config{}, 1, 2},
		{"server with UIDPLUS only", postoffice.Config{NoMove: true}, 1, 2},
		{"server with neither leaves the mail where it is", postoffice.Config{NoMove: true, NoUIDPlus: true}, 3, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := office(t, c.office)
			deliver(t, o, letter(1, 300), letter(2, 300), letter(3, 300))
			box := dial(t, config(o))
			_, keys := list(t, box)
			for range 2 { // the second time everything has vanished
				if err := box.Move(t.Context(), keys[:2], "Thi đua/Đã nhận"); err != nil {
					t.Fatal(err)
				}
			}
			folders, err := o.Folders()
			if err != nil {
				t.Fatal(err)
			}
			if folders["INBOX"] != c.inbox || folders["Thi đua/Đã nhận"] != c.kept {
				t.Errorf("folders %v", folders)
			}
			if _, left := list(t, box); len(left) != c.inbox {
				t.Errorf("%d messages listed afterwards", len(left))
			}
		})
	}
}

func TestKeysOfAnotherNumberingAreRefused(t *testing.T) {
	o := office(t, postoffice.Config{UIDValidity: 5})
	deliver(t, o, letter(1, 300))
	box := dial(t, config(o))
	stale := []mailbox.Key{{Mailbox: "INBOX", UIDValidity: 4, UID: 1}}
	never := func(mailbox.Summary, []byte) error { t.Error("called"); return nil }
	if err := box.Fetch(t.Context(), stale, never); !errors.Is(err, mailbox.ErrUIDValidity) {
		t.Errorf("fetch: %v", err)
	}
	if err := box.Move(t.Context(), stale, "x"); !errors.Is(err, mailbox.ErrUIDValidity) {
		t.Errorf("move: %v", err)
	}
}

func TestWaitHearsNewMail(t *testing.T) {
	o := office(t, postoffice.Config{})
	box := dial(t, config(o))
	list(t, box)
	begin := time.Now()
	if err := box.Wait(t.Context(), 50*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	if d := time.Since(begin); d < 50*time.Millisecond {
		t.Errorf("heard mail after %v where there was none", d)
	}
	time.AfterFunc(20*time.Millisecond, func() { _ = o.Deliver(letter(1, 300), noon) })
	begin = time.Now()
	if err := box.Wait(t.Context(), time.Minute); err != nil {
		t.Fatal(err)
	}
	if d := time.Since(begin); d > 10*time.Second {
		t.Errorf("heard of new mail after %v", d)
	}
	if _, keys := list(t, box); len(keys) != 1 {
		t.Errorf("%d messages", len(keys))
	}
}

func TestABrokenLineIsAnErrorWhereverItBreaks(t *testing.T) {
	o := office(t, postoffice.Config{})
	deliver(t, o, letter(1, 4000), letter(2, 4000))
	whole, half := 0, 0
	for bytes := int64(50); bytes < 10000; bytes += 250 {
		o.SetFaults(postoffice.Faults{IMAPBytes: bytes})
		seen := 0
		err := func() error {
			box, err := mailbox.DialIMAP(t.Context(), config(o))
			if err != nil {
				return err
			}
			defer box.Close()
			summaries, err := box.List(t.Context())
			if err != nil {
				return err
			}
			return box.Fetch(t.Context(), []mailbox.Key{summaries[0].Key, summaries[1].Key},
				func(s mailbox.Summary, raw []byte) error {
					if len(raw) != 4000 {
						t.Errorf("cut after %d bytes: message %d has %d bytes", bytes, s.UID, len(raw))
					}
					seen++
					return nil
				})
		}()
		if err == nil && seen != 2 {
			t.Errorf("cut after %d bytes: %d messages and no error", bytes, seen)
		}
		if err == nil {
			whole++
		} else if seen == 1 {
			half++
		}
	}
	if half == 0 {
		t.Error("what came whole before the line broke is never handed over")
	}
	if whole == 0 || whole > 10 {
		t.Errorf("%d of 40 attempts got through", whole)
	}
}

func TestASilentServerIsGivenUp(t *testing.T) {
	line, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer line.Close()
	c := mailbox.IMAPConfig{Address: line.Addr().String(), Security: mailbox.Plain, Timeout: 100 * time.Millisecond}
	for _, security := range []mailbox.Security{mailbox.Plain, mailbox.TLS, mailbox.StartTLS} {
		c.Security = security
		if _, err := mailbox.DialIMAP(t.Context(), c); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", security, err)
		}
	}
	c.Timeout = time.Minute
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := mailbox.DialIMAP(ctx, c); err == nil {
		t.Error("the context was not heard")
	}
}

func TestWhatDialRefuses(t *testing.T) {
	o := office(t, postoffice.Config{})
	for _, c := range []struct {
		name   string
		change func(*mailbox.IMAPConfig)
		want   string
	}{
		{"a wrong password", func(c *mailbox.IMAPConfig) { c.Password = "guess" }, "logging in"},
		{"a server without STARTTLS", func(c *mailbox.IMAPConfig) { c.Security = mailbox.StartTLS }, "logging in"},
		{"an unknown security", func(c *mailbox.IMAPConfig) { c.Security = "" }, "unknown security"},
		{"an address without port", func(c *mailbox.IMAPConfig) { c.Address = "127.0.0.1" }, "missing port"},
	} {
		t.Run(c.name, func(t *testing.T) {
			config := config(o)
			c.change(&config)
			if _, err := mailbox.DialIMAP(t.Context(), config); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestTLS(t *testing.T) {
	o := office(t, postoffice.Config{})
	web := httptest.NewTLSServer(nil) // has a certificate for 127.0.0.1
	defer web.Close()
	ln, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: web.TLS.Certificates})
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	go func() {
		for {
			near, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer near.Close()
				far, err := net.Dial("tcp", o.IMAPAddr())
				if err != nil {
					return
				}
				defer far.Close()
				go func() { _, _ = io.Copy(far, near) }()
				_, _ = io.Copy(near, far)
			}()
		}
	}()
	c := config(o)
	c.Address, c.Security = ln.Addr().String(), mailbox.TLS
	if _, err := mailbox.DialIMAP(t.Context(), c); err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("a certificate nobody vouches for: %v", err)
	}
	trust := x509.NewCertPool()
	trust.AddCert(web.Certificate())
	c.TLS = &tls.Config{RootCAs: trust}
	list(t, dial(t, c))
}

func TestAPlainLineToAnotherMachineIsRefused(t *testing.T) {
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addrs {
		ip, ok := a.(*net.IPNet)
		if !ok || ip.IP.IsLoopback() || ip.IP.To4() == nil {
			continue
		}
		ln, err := net.Listen("tcp", net.JoinHostPort(ip.IP.String(), "0"))
		if err != nil {
			t.Fatal(err)
		}
		defer ln.Close()
		c := mailbox.IMAPConfig{Address: ln.Addr().String(), Security: mailbox.Plain}
		if _, err := mailbox.DialIMAP(t.Context(), c); err == nil || !strings.Contains(err.Error(), "not allowed") {
			t.Errorf("got %v", err)
		}
		return
	}
	t.Skip("this machine has no address but loopback")
}

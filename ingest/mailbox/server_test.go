package mailbox_test

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"thidua/ingest/mailbox"
)

// odd is a server that answers FETCH as no embedded server does. It holds the mails "one" (UID 1)
// and "two" (UID 2).
func odd(t *testing.T, fetch func(items string) string) mailbox.IMAPConfig {
	t.Helper()
	address := listening(t, func(conn net.Conn) {
		fmt.Fprint(conn, "* OK [CAPABILITY IMAP4rev1] ready\r\n")
		lines := bufio.NewScanner(conn)
		for lines.Scan() {
			tag, rest, _ := strings.Cut(lines.Text(), " ")
			answer := ""
			switch verb, _, _ := strings.Cut(rest, " "); verb {
			case "CAPABILITY":
				answer = "* CAPABILITY IMAP4rev1\r\n"
			case "LIST":
				answer = "* LIST (\\Noselect) \".\" \"\"\r\n"
			case "SELECT":
				answer = "* 2 EXISTS\r\n* OK [UIDVALIDITY 9] UIDs\r\n"
			case "UID":
				answer = fetch(rest)
			}
			fmt.Fprint(conn, answer+tag+" OK done\r\n")
		}
	})
	return mailbox.IMAPConfig{Address: address, Security: mailbox.Plain, Timeout: 5 * time.Second}
}

// listening is the address of a server that serves every connection so, until the test ends.
func listening(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go serve(conn)
		}
	}()
	return ln.Addr().String()
}

func summaries(items string) bool { return strings.Contains(items, "INTERNALDATE") }

const (
	date    = `INTERNALDATE "03-Dec-2018 12:00:00 +0700" RFC822.SIZE`
	oneTwo  = "* 1 FETCH (UID 1 " + date + " 3)\r\n* 2 FETCH (UID 2 " + date + " 3)\r\n"
	twoOne  = "* 2 FETCH (UID 2 " + date + " 3)\r\n* 1 FETCH (UID 1 " + date + " 3)\r\n"
	bodyTwo = "* 2 FETCH (UID 2 BODY[]<0> {3}\r\ntwo)\r\n"
	bodyOne = "* 1 FETCH (UID 1 BODY[]<0> {3}\r\none)\r\n"
)

func TestOddServers(t *testing.T) {
	for _, c := range []struct {
		name            string
		summary, bodies string
		want            string
		broken          bool
	}{
		{name: "answers out of order", summary: twoOne, bodies: bodyTwo + bodyOne, want: "1=one 2=two"},
		{name: "news between the answers", summary: oneTwo, bodies: bodyOne +
			"* 3 EXISTS\r\n* 1 FETCH (FLAGS (\\Seen))\r\n" + bodyTwo, want: "1=one 2=two"},
		{name: "answers for mails nobody asked for", summary: oneTwo,
			bodies: "* 9 FETCH (UID 9 BODY[]<0> {3}\r\nxxx)\r\n" + bodyOne + bodyTwo, want: "1=one 2=two"},
		{name: "a mail vanished", summary: oneTwo, bodies: bodyTwo, want: "2=two"},
		{name: "a body that is NIL", summary: oneTwo, bodies: "* 1 FETCH (UID 1 BODY[]<0> NIL)\r\n" + bodyTwo,
			want: "2=two"},
		{name: "ten gigabytes announced", summary: oneTwo, bodies: "* 1 FETCH (UID 1 BODY[]<0> {10000000000}\r\none",
			broken: true},
		{name: "nonsense", summary: oneTwo, bodies: "* 1 FETCH UID\r\n", broken: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			box := dial(t, odd(t, func(items string) string {
				if summaries(items) {
					return c.summary
				}
				return c.bodies
			}))
			_, keys := list(t, box)
			if len(keys) != 2 || keys[0].UID != 1 || keys[1].UID != 2 {
				t.Fatalf("listed %v", keys)
			}
			var got []string
			err := box.Fetch(t.Context(), keys, func(s mailbox.Summary, raw []byte) error {
				got = append(got, fmt.Sprintf("%d=%s", s.UID, raw))
				return nil
			})
			if (err != nil) != c.broken || strings.Join(got, " ") != c.want {
				t.Errorf("got %v and %v, want %q (broken: %v)", got, err, c.want, c.broken)
			}
		})
	}
}

// A token takes the place of the password on servers that know XOAUTH2, or OAUTHBEARER where only
// that is known.
func TestLoginByToken(t *testing.T) {
	for mechanism, want := range map[string]string{
		"XOAUTH2":     "user=a@b.example\x01auth=Bearer secret\x01\x01",
		"OAUTHBEARER": "n,a=a@b.example,\x01auth=Bearer secret\x01\x01",
		"PLAIN":       "",
	} {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = ln.Close() })
		got := make(chan string, 1)
		go func() {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			fmt.Fprintf(conn, "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=%s] ready\r\n", mechanism)
			lines := bufio.NewScanner(conn)
			for lines.Scan() {
				tag, rest, _ := strings.Cut(lines.Text(), " ")
				if answer, ok := strings.CutPrefix(rest, "AUTHENTICATE "+mechanism+" "); ok {
					b, _ := base64.StdEncoding.DecodeString(answer)
					got <- string(b)
				}
				fmt.Fprintf(conn, "%s OK [CAPABILITY IMAP4rev1] done\r\n", tag)
			}
		}()
		c := mailbox.IMAPConfig{Address: ln.Addr().String(), Security: mailbox.Plain, User: "a@b.example",
			Token: "secret", Timeout: 5 * time.Second}
		box, err := mailbox.DialIMAP(t.Context(), c)
		if want == "" {
			if err == nil {
				t.Error("a server without tokens was given one")
			}
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", mechanism, err)
		}
		_ = box.Close()
		if s := <-got; s != want {
			t.Errorf("%s was told %q, want %q", mechanism, s, want)
		}
	}
}

func TestAKeywordThatWouldBreakTheLineIsRefused(t *testing.T) {
	if _, err := mailbox.DialIMAP(t.Context(),
		mailbox.IMAPConfig{Address: "127.0.0.1:1", Keyword: "đã-nhận"}); err == nil || !strings.Contains(err.Error(),
		"keyword") {
		t.Errorf("got %v", err)
	}
}

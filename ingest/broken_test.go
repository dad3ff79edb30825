package ingest_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/ingest/mailbox"
	"thidua/ingest/submission"
	"thidua/samples/postoffice"
)

func large(n, size int) letter {
	raw := fmt.Appendf(nil, "From: <tanthinh@thainguyen.example>\r\nSubject: thu %d\r\nMessage-ID: "+
		"<%d@thainguyen.example>\r\n\r\n", n, n)
	return letter{append(raw, bytes.Repeat([]byte("x\r\n"), size/3)...), time.Date(2018, 3, 5, 2, n, 0, 0, time.UTC)}
}

// A line that is cut after every megabyte still brings all mails that are smaller, each connection
// some of them; a larger one is known by its header after three tries, and keeps none behind it
// back.
func TestALineThatKeepsBreakingMakesProgress(t *testing.T) {
	if testing.Short() {
		t.Skip("short: fetches the same megabytes many times")
	}
	w := newWorld(t)
	const mails = 30
	w.deliver(large(0, 3<<20))
	for i := 1; i <= mails; i++ {
		w.deliver(large(i, 200<<10+i*20<<10))
	}
	proxy, err := postoffice.OpenProxy(w.office.IMAPAddr(), time.Now,
		func(int) postoffice.Weather { return postoffice.Weather{CutAfter: 1 << 20} })
	must(t, err)
	defer proxy.Close()
	tooBig := func() (out []submission.Message) {
		messages, err := w.ledger.Inbox().Messages(t.Context())
		must(t, err)
		for _, m := range messages {
			if m.Reason == "too-big" {
				out = append(out, m.Message)
			}
		}
		return out
	}
	fruitless := 0
	for lines := 0; ; lines++ {
		if lines > mails+10 {
			t.Fatalf("after %d lines %d mails are known", lines, total(w.inMailbox()))
		}
		box, err := mailbox.DialIMAP(t.Context(), mailbox.IMAPConfig{Address: proxy.Addr(), Security: mailbox.Plain,
			User: shared, Password: password})
		must(t, err)
		r, err := ingest.Pull(t.Context(), box, w.ledger, w.plan, options)
		_ = box.Close()
		if err == nil {
			break
		}
		if r.New == 0 {
			if fruitless++; len(tooBig()) > 0 {
				t.Errorf("the large mail is given up, and the line breaks again: %v", err)
			}
		}
	}
	if fruitless > 3 {
		t.Errorf("%d lines brought nothing", fruitless)
	}
	if big := tooBig(); len(big) != 1 || big[0].Subject != "thu 0" || big[0].From != "tanthinh@thainguyen.example" {
		t.Errorf("too large are %+v", big)
	}
	if n := len(w.stored()); n != mails+1 {
		t.Errorf("%d mails are known, want %d", n, mails+1)
	}
}

func idOf(s mailbox.Summary) string {
	return ledger.UnfetchedID(ledger.Place{Mailbox: s.Mailbox, UIDValidity: s.UIDValidity, UID: s.UID})
}

// A mail at which the program ended is read alone once more, and then held unread; the mails around
// it are taken in all the same.
func TestAMailThatEndsTheProgramEndsNoPassForLong(t *testing.T) {
	all := letters(t)[:6]
	plain := newWorld(t)
	plain.deliver(all...)
	plain.mustPull()
	for _, c := range []struct {
		name            string
		together, alone int
		poison, header  bool
	}{
		{"once beside others", 1, 0, false, true},
		{"twice beside others", 2, 0, false, true},
		{"and once alone", 1, 1, true, true},
		{"and at its header as well", 1, 2, true, false},
	} {
		w := newWorld(t)
		w.deliver(all...)
		box, err := mailbox.DialIMAP(t.Context(), mailbox.IMAPConfig{Address: w.office.IMAPAddr(),
			Security: mailbox.Plain, User: shared, Password: password})
		must(t, err)
		listed, err := box.List(t.Context())
		must(t, err)
		_ = box.Close()
		bad := idOf(listed[2])
		for range c.together {
			must(t, w.ledger.Inbox().Begin(t.Context(), ledger.Reading, []string{bad, idOf(listed[3])}, false))
		}
		for range c.alone {
			must(t, w.ledger.Inbox().Begin(t.Context(), ledger.Reading, []string{bad}, true))
		}
		w.mustPull()
		if left, err := w.ledger.Inbox().Attempts(t.Context(), ledger.Reading); err != nil || len(left) > 0 {
			t.Errorf("%s: still noted as begun are %v (%v)", c.name, left, err)
		}
		if !c.poison {
			if got, want := w.stored(), plain.stored(); !slices.Equal(got, want) {
				t.Errorf("%s: %q, not %q", c.name, got, want)
			}
			continue
		}
		held := 0
		messages, err := w.ledger.Inbox().Messages(t.Context())
		must(t, err)
		for _, m := range messages {
			if m.Reason != "poison" {
				continue
			}
			held++
			raw, err := w.ledger.Inbox().Raw(t.Context(), m.ID)
			must(t, err)
			if m.Outcome != submission.MailHeld || (m.From != "") != c.header || (raw != nil) != c.header ||
				m.Size == 0 {
				t.Errorf("%s: %+v with %d bytes", c.name, m.Message, len(raw))
			}
		}
		if held != 1 || len(messages) < len(plain.stored()) {
			t.Errorf("%s: %d of %d mails are held as poison", c.name, held, len(messages))
		}
	}
}

// The note stands before anything of a mail is read: no mail is in the ledger without one before
// it.
func TestAMailIsNotedBeforeItIsTouched(t *testing.T) {
	w := newWorld(t)
	w.deliver(letters(t)[:3]...)
	var asked []string
	l, err := ledger.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"),
		&ledgertest.Clock{Time: ledgertest.Start}, ledger.Traced(func(what string) { asked = append(asked, what) }))
	must(t, err)
	defer l.Close()
	w.ledger = l
	w.mustPull()
	at := func(begins string) int {
		return slices.IndexFunc(asked, func(s string) bool { return strings.HasPrefix(s, begins) })
	}
	noted, stored := at("INSERT INTO attempt"), at("INSERT INTO message")
	if noted < 0 || stored < noted || !slices.Contains(asked[noted:stored], "committed") {
		t.Errorf("noted at %d, stored at %d", noted, stored)
	}
}

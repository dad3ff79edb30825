package issue

import (
	"strings"
	"testing"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/ingest/mailbox"
	"thidua/reports/post"
	"thidua/reports/prefill"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// The office hears once every working morning what happened since it heard last, and nothing when
// nothing happened.
func TestDigest(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	clock := &ledgertest.Clock{}
	l, err := ledger.Open(t.Context(), ledgertest.Empty(t), clock)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	issuer := New(post.New(p, post.Mailbox{Address: "thidua@thainguyen.example", Domain: "thainguyen.example"}),
		prefill.NewForms(p))
	mails := 0
	for _, c := range []struct {
		at    string
		mails int // arriving before
		want  string
		text  string
	}{
		{"2018-05-16 06:59", 3, "", ""},
		{"2018-05-16 07:00", 0, "digest/2018-05-16",
			"Thư mới của đơn vị và thư bị giữ: 3 (hợp lệ 2, chờ bổ sung 1, giữ lại 0)"},
		{"2018-05-16 07:15", 1, "", ""},
		{"2018-05-17 09:00", 0, "digest/2018-05-17", "Từ 07:00 ngày 16/5/2018"},
		{"2018-05-18 09:00", 0, "", ""}, // a quiet day
		{"2018-05-19 09:00", 2, "", ""}, // a Saturday
		{"2018-05-21 08:00", 0, "digest/2018-05-21", "Từ 09:00 ngày 17/5/2018"},
		{"2018-12-03 08:00", 0, "", ""},
		{"2018-12-04 08:00", 0, "digest/2018-12-04", "11/12/2018: Đôn đốc hồ sơ"},
	} {
		if clock.Time, err = time.ParseInLocation("2006-01-02 15:04", c.at, calendar.Zone); err != nil {
			t.Fatal(err)
		}
		for range c.mails {
			if _, err := l.Inbox().Take(t.Context(), []ledger.Intake{ledgertest.Mail(mails)}); err != nil {
				t.Fatal(err)
			}
			mails++
		}
		key, err := issuer.Digest(t.Context(), l, clock)
		if err != nil {
			t.Fatal(err)
		}
		if key != c.want {
			t.Errorf("%s: issued %q, want %q", c.at, key, c.want)
		}
		if again, err := issuer.Digest(t.Context(), l, clock); again != "" || err != nil {
			t.Errorf("%s: again: %q, %v", c.at, again, err)
		}
		if key == "" {
			continue
		}
		letters, err := l.Outbox().Letters(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		raw, err := l.Blob(t.Context(), letters[len(letters)-1].SHA256)
		if err != nil {
			t.Fatal(err)
		}
		if text := mailbox.Parse(raw, mailbox.Limits{}).Text; !strings.Contains(text, c.text) ||
			strings.Contains(text, "⟦") {
			t.Errorf("%s: no %q in\n%s", c.at, c.text, text)
		}
	}
	ledgertest.Sound(t, l)
}

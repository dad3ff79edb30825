package scenarios_test

import (
	"mime"
	"strings"
	"testing"
	"time"

	"thidua/cmd/pass"
	"thidua/ingest/mailbox"
	"thidua/templates/calendar"
)

// A unit that says in words that it does not take part is reminded no more in that round, stands so
// in the matrix and in the morning's digest; a unit that says nothing is reminded to the end.
func TestAUnitThatDoesNotTakePartIsRemindedNoMore(t *testing.T) {
	w := newWorld(t)
	w.pass = pass.New(w.plan, w.ledger, w.clock, pass.Settings{
		Address: shared, Domain: domain, Done: done, Held: held, Trust: trusted, Digest: true,
	})
	day := func(d, hour int) time.Time { return time.Date(2018, 3, d, hour, 0, 0, 0, calendar.Zone) }
	w.make(day(2, 17), nil)
	raw := "From: <" + quanTrieu + ">\r\nTo: " + shared + "\r\nSubject: " +
		mime.BEncoding.Encode("UTF-8", "Đăng ký thi đua") + "\r\nMessage-ID: <words@x.example>\r\n" +
		"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
		"UBND phường Quán Triều không tham gia phong trào năm nay.\r\n"
	w.make(day(5, 17), []post{{"words", []byte(raw), day(5, 9)}})
	for _, d := range []int{6, 8, 12} {
		w.make(day(d, 8), nil)
	}
	letters, err := w.ledger.Outbox().Letters(t.Context())
	must(t, err)
	reminded := map[string]int{}
	digest := false
	for _, x := range letters {
		switch x.Kind {
		case "reminder":
			for _, to := range x.To {
				reminded[to]++
			}
		case "digest":
			digest = digest || strings.Contains(w.textOf(t, x.SHA256), "báo không tham gia")
		}
	}
	if reminded[quanTrieu] > 0 || reminded["tanthinh@thainguyen.example"] < 2 {
		t.Errorf("reminded: %d times who does not take part, %d times who said nothing", reminded[quanTrieu],
			reminded["tanthinh@thainguyen.example"])
	}
	if !digest {
		t.Error("no digest tells of it")
	}
	if !strings.Contains(w.matrixOf(t), "Báo không tham gia (05/3/2018)") {
		t.Error("the matrix does not say so")
	}
}

// textOf is the text of a letter that was sent.
func (w *world) textOf(t *testing.T, sha string) string {
	t.Helper()
	raw, err := w.ledger.Blob(t.Context(), sha)
	must(t, err)
	return mailbox.Parse(raw, mailbox.Limits{}).Text
}

// matrixOf is what stands in the cells of the matrix of registrations.
func (w *world) matrixOf(t *testing.T) string {
	t.Helper()
	runs, err := w.ledger.Runs().All(t.Context())
	must(t, err)
	var text strings.Builder
	for _, r := range runs {
		if r.Report != "matrix-registration" {
			continue
		}
		docs, err := w.ledger.Runs().Documents(t.Context(), r.Key)
		must(t, err)
		for _, d := range docs {
			if strings.HasPrefix(d.Name, "theo-doi") && strings.HasSuffix(d.Name, ".xlsx") {
				w.cells(&text, d.Name, d.Bytes)
			}
		}
	}
	return text.String()
}

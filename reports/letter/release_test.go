package letter_test

import (
	"bytes"
	"net/mail"
	"testing"
	"time"

	"thidua/reports/letter"
)

// A letter bears the version of a release, and nothing where there is none.
func TestComposeBearsTheRelease(t *testing.T) {
	for release, want := range map[string]string{"": "", "1.2.0": "thidua/1.2.0"} {
		raw, err := letter.Compose(letter.Letter{
			ID: "x", MessageID: "<x@tp.example>", Subject: "Thư", Text: "Kính gửi", Release: release,
			From: mail.Address{Address: "a@tp.example"}, To: []mail.Address{{Address: "b@tp.example"}},
			Date: time.Date(2018, 3, 5, 2, 0, 0, 0, time.UTC),
		})
		if err != nil {
			t.Fatal(err)
		}
		m, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Header.Get("User-Agent"); got != want {
			t.Errorf("release %q: User-Agent %q, want %q", release, got, want)
		}
	}
}

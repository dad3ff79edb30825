package post

import (
	"bytes"
	"math/rand/v2"
	"net/mail"
	"strings"
	"testing"
	"time"

	"thidua/ingest/mailbox"
	"thidua/ingest/proof"
	"thidua/reports/ical"
	"thidua/reports/letter"
	"thidua/templates/plan"
)

// What is too much for one mail goes in several that belong together; what packs well is packed;
// what no mail can carry is named.
func TestTooMuchForOneMail(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	post := New(p, Mailbox{Address: "thidua@tnc.example", Domain: "tnc.example", Largest: 10_000})
	post.secret = proof.NewSecret(1, proof.Seeded(1))
	noise := func(n int) []byte {
		r := rand.New(rand.NewPCG(1, uint64(n)))
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		return b
	}
	var b letter.Body
	b.Para("Kính gửi")
	letters, err := post.FreezeAll("papers", "", letter.Letter{
		ID: "x", To: []mail.Address{{Address: "noivu@tnc.example"}}, Subject: "Tài liệu", Date: time.Unix(0, 0),
		Attachments: []letter.Attachment{
			{Name: "a.pdf", Bytes: noise(6000)}, {Name: "b.pdf", Bytes: noise(5000)},
			{Name: "c.docx", Bytes: bytes.Repeat([]byte("x"), 50_000)}, {Name: "d.pdf", Bytes: noise(2 << 20)},
		},
	}, b)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, l := range letters {
		m := mailbox.Parse(l.Raw, mailbox.Limits{})
		names := m.Subject
		for _, a := range m.Attachments {
			names += " " + a.Name
		}
		got = append(got, names)
		if i > 0 && m.InReplyTo != post.MessageID("x") {
			t.Errorf("letter %d does not belong to the first: %s", i+1, m.InReplyTo)
		}
		if i == 0 && (!strings.Contains(m.Text, "Kính gửi") || !strings.Contains(m.Text, "d.pdf") ||
			!strings.Contains(string(l.Raw), "\r\nList-Id: <thidua.tnc.example>\r\n")) {
			t.Errorf("the first letter says\n%s", l.Raw[:1500])
		}
	}
	if want := "Tài liệu (phần 1/2) a.pdf|Tài liệu (phần 2/2) b.pdf c.docx.zip"; strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	whole, err := post.FreezeAll("receipt", "",
		letter.Letter{ID: "y", To: []mail.Address{{Address: "noivu@tnc.example"}}, Subject: "Phiếu",
			Date: time.Unix(0, 0), Attachments: []letter.Attachment{{Name: "a.pdf", Bytes: noise(6000)}}}, b)
	if err != nil || len(whole) != 1 || whole[0].Subject != "Phiếu" || bytes.Contains(whole[0].Raw, []byte("List-Id")) {
		t.Errorf("a small letter became %d (%v)", len(whole), err)
	}
}

func TestCalendarIsTheSameEveryTime(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	period, _ := p.AnnualPeriod(2018)
	at := time.Date(2018, 3, 1, 0, 0, 0, 0, time.UTC)
	got := string(ical.Deadlines(p, period, "tnc.example", at))
	for _, want := range []string{"BEGIN:VCALENDAR\r\n", "UID:registration/2018@tnc.example\r\n",
		"DTSTART;VALUE=DATE:20180309\r\nDTEND;VALUE=DATE:20180310\r\n", "DTSTAMP:20180301T000000Z\r\n",
		"UID:docket/2018@tnc.example\r\n", "TRIGGER:-P3D\r\n", "END:VCALENDAR\r\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for line := range strings.SplitSeq(got, "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes: %s", len(line), line)
		}
	}
	if again := string(ical.Deadlines(p, period, "tnc.example", at)); again != got {
		t.Error("other bytes the second time")
	}
}

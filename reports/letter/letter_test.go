package letter

import (
	"bytes"
	"net/mail"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"thidua/ingest/mailbox"
)

var date = time.Date(2018, 12, 3, 5, 0, 0, 0, time.UTC)

func receipt() Letter {
	return Letter{
		ID:      "receipt/2018/7",
		From:    mail.Address{Name: "Tổ giúp việc, Hội đồng", Address: "thidua@tnc.example"},
		To:      []mail.Address{{Name: "Nông Thị Bình", Address: "binh@unit.example"}},
		ReplyTo: "thidua@tnc.example",

		MessageID: "<a419d7b492d2b29ee551e2d83d165dda@tnc.example>",
		Subject:   "Phiếu tiếp nhận hồ sơ",
		Text:      "Kính gửi đồng chí,\nĐã nhận.\n",
		Date:      date,
	}
}

// The whole letter as text: what reaches the wire, and in which order.
const golden = `Date: Mon, 03 Dec 2018 12:00:00 +0700
From: =?utf-8?b?VOG7lSBnacO6cCB2aeG7h2MsIEjhu5lpIMSR4buTbmc=?=
 <thidua@tnc.example>
To: =?utf-8?q?N=C3=B4ng_Th=E1=BB=8B_B=C3=ACnh?= <binh@unit.example>
Reply-To: thidua@tnc.example
Subject: =?UTF-8?B?UGhp4bq/dSB0aeG6v3Agbmjhuq1uIGjhu5Mgc8ah?=
Message-Id: <a419d7b492d2b29ee551e2d83d165dda@tnc.example>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
Mime-Version: 1.0
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: quoted-printable

K=C3=ADnh g=E1=BB=ADi =C4=91=E1=BB=93ng ch=C3=AD,
=C4=90=C3=A3 nh=E1=BA=ADn.
`

func TestALetterOnTheWire(t *testing.T) {
	raw, err := Compose(receipt())
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.ReplaceAll(string(raw), "\r\n", "\n"); got != golden {
		t.Errorf("got\n%s\nwant\n%s", got, golden)
	}
}

func TestWhatALetterHolds(t *testing.T) {
	l := receipt()
	l.HTML = "<p>Kính gửi</p>"
	l.Cc = []mail.Address{{Name: `Sở "Nội vụ"`, Address: "so@unit.example"}, {Address: "x@unit.example"}}
	l.Subject = strings.Repeat("Phiếu tiếp nhận ", 20) + "\r\nBcc: evil@x.example"
	l.InReplyTo = "<a1@unit.example>"
	l.References = []string{"<a0@unit.example>", "nonsense\r\nBcc: evil@x.example", "a1@unit.example"}
	l.Attachments = []Attachment{
		{Name: `Hồ sơ "A", bản 2; cuối.xlsx`, Type: "application/vnd.ms-excel",
			Bytes: bytes.Repeat([]byte{0, 255, 7}, 5000)},
		{Name: "Hồ sơ.txt", Bytes: []byte("--=_0\r\n")},
	}
	raw, err := Compose(l)
	if err != nil {
		t.Fatal(err)
	}
	m := mailbox.Parse(raw, mailbox.Limits{})
	if len(m.Troubles) > 0 || m.Auto != mailbox.AutoSubmitted || m.InReplyTo != "<a1@unit.example>" ||
		strings.Join(m.References, " ") != "<a0@unit.example> <a1@unit.example>" {
		t.Errorf("read back: %v %v %v %v", m.Troubles, m.Auto, m.InReplyTo, m.References)
	}
	if m.Subject != strings.Repeat("Phiếu tiếp nhận ", 20)+"Bcc: evil@x.example" ||
		m.Text != "Kính gửi đồng chí,\nĐã nhận." || m.Cc[0] != l.Cc[0] || m.From[0] != l.From {
		t.Errorf("read back: %q %q %v %v", m.Subject, m.Text, m.Cc, m.From)
	}
	if len(m.Attachments) != 2 {
		t.Fatalf("%d attachments", len(m.Attachments))
	}
	for i, a := range m.Attachments {
		if a.Name != l.Attachments[i].Name || !bytes.Equal(a.Bytes, l.Attachments[i].Bytes) {
			t.Errorf("attachment %q has %d bytes", a.Name, len(a.Bytes))
		}
	}
	if !bytes.Contains(raw, []byte("\r\nAuto-Submitted: auto-replied\r\n")) || bytes.Contains(raw, []byte("\nBcc:")) {
		t.Errorf("the header is\n%s", raw[:1500])
	}
}

func TestSameLetterSameBytes(t *testing.T) {
	l := receipt()
	l.HTML = "<p>x</p>"
	l.Attachments = []Attachment{{Name: "a.txt", Bytes: []byte("x")}}
	first, err := Compose(l)
	if err != nil {
		t.Fatal(err)
	}
	l.Date = l.Date.In(time.FixedZone("", 3600)) // the same moment
	for range 20 {
		if again, err := Compose(l); err != nil || !bytes.Equal(first, again) {
			t.Fatalf("other bytes: %v\n%s", err, again)
		}
	}
	l.Attachments[0].Bytes = []byte("y")
	other, err := Compose(l)
	if err != nil {
		t.Fatal(err)
	}
	if m, n := mailbox.Parse(first, mailbox.Limits{}),
		mailbox.Parse(other, mailbox.Limits{}); m.MessageID != n.MessageID || m.MessageID != l.MessageID {
		t.Errorf("message ids %s and %s", m.MessageID, n.MessageID)
	}
}

func TestWhatMailCannotCarryIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*Letter){
		"line break in an address":         func(l *Letter) { l.To[0].Address = "a@x.example\r\nBcc: b@x.example" },
		"line break in a recipient's name": func(l *Letter) { l.To[0].Name = "An\r\nBcc: b@x.example" },
		"line break in the sender's name":  func(l *Letter) { l.From.Name = "An\nBcc: b@x.example" },
		"line break in Reply-To":           func(l *Letter) { l.ReplyTo = "a@x.example\r\nBcc: b@x.example" },
		"two addresses in one":             func(l *Letter) { l.To[0].Address = "a@x.example,b@x.example" },
		"an address that is none":          func(l *Letter) { l.To[0].Address = "binh" },
		"a Vietnamese address":             func(l *Letter) { l.To[0].Address = "bình@unit.example" },
		"no sender":                        func(l *Letter) { l.From.Address = "" },
		"no recipient":                     func(l *Letter) { l.To = nil },
		"no text":                          func(l *Letter) { l.Text = " \n" },
		"no date":                          func(l *Letter) { l.Date = time.Time{} },
		"no id":                            func(l *Letter) { l.ID = "" },
		"line break in an attachment's name": func(
			l *Letter) {
			l.Attachments = []Attachment{{Name: "a\r\nX: y.xlsx"}}
		},
		"a path as an attachment's name": func(l *Letter) { l.Attachments = []Attachment{{Name: "../a.xlsx"}} },
		"an attachment without a name":   func(l *Letter) { l.Attachments = []Attachment{{}} },
		"line break in an attachment's type": func(
			l *Letter) {
			l.Attachments = []Attachment{{Name: "a", Type: "text/plain\r\nX: y"}}
		},
		"an attachment of several parts": func(
			l *Letter) {
			l.Attachments = []Attachment{{Name: "a", Type: "multipart/mixed"}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := receipt()
			spoil(&l)
			if raw, err := Compose(l); err == nil {
				t.Errorf("composed\n%s", raw)
			}
		})
	}
	for _, id := range []string{"", "a@x.example", "<@x.example>", "<a@>", "<a@a b>", "<a@x.example>\r\nBcc: y",
		"<a@x.example>\r\nBcc: y>"} {
		l := receipt()
		l.MessageID = id
		if _, err := Compose(l); err == nil {
			t.Errorf("Message-ID %q was taken", id)
		}
	}
}

// Whatever people are called and write, a letter either reads back as it was written or is refused
// for a reason that can be named.
func TestEveryLetterReadsBack(t *testing.T) {
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"Nguyễn", "Đặng Thị", "Hồng,", "(Bí thư)", `"An"`, "Tổ", "x",
		"ễ́", "a.b", ";", "=?utf-8?q?x?=", "<b@c>", "Ủy ban nhân dân", "\\", "'"}), 0, 12)
	name := rapid.Custom(func(t *rapid.T) string { return strings.Join(words.Draw(t, "words"), " ") })
	text := rapid.OneOf(name, rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		l := receipt()
		l.Subject = text.Draw(t, "subject")
		l.From.Name = name.Draw(t, "from")
		l.To = append(l.To, mail.Address{Name: name.Draw(t, "to"), Address: "x@unit.example"})
		l.Text = "x" + text.Draw(t, "text")
		l.HTML = text.Draw(t, "html")
		for i := range rapid.IntRange(0, 3).Draw(t, "files") {
			file := strings.NewReplacer("\\", "", "/", "").Replace(name.Draw(t, "file"))
			l.Attachments = append(l.Attachments, Attachment{Name: string([]rune(file)[:min(90, len([]rune(file)))]) +
				"x.xlsx", Bytes: bytes.Repeat([]byte{byte(i)}, rapid.IntRange(0, 300).Draw(t, "bytes"))})
		}
		raw, err := Compose(l)
		if err != nil {
			t.Fatal(err)
		}
		m := mailbox.Parse(raw, mailbox.Limits{})
		if len(m.Troubles) > 0 || len(m.To) != 2 || m.To[1].Address != "x@unit.example" ||
			len(m.Attachments) != len(l.Attachments) {
			t.Fatalf("read back %+v from\n%s", m, raw)
		}
		if again, err := Compose(l); err != nil || !bytes.Equal(raw, again) {
			t.Fatalf("other bytes the second time (%v)", err)
		}
	})
}

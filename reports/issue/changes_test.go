package issue_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/ingest/mailbox"
	"thidua/ingest/submission"
	"thidua/reports/issue"
	"thidua/reports/prefill"
	"thidua/reports/round"
	"thidua/reports/round/roundtest"
	"thidua/templates"
	"thidua/templates/form"
)

// letterBox is a ledger with a clock, and the letters about changed verdicts that were queued since
// it was last asked.
type letterBox struct {
	t     *testing.T
	y     *roundtest.Year
	l     *ledger.Ledger
	clock *ledgertest.Clock
	taken int
	seen  map[string]bool
}

func newLetterBox(t *testing.T, y *roundtest.Year) *letterBox {
	t.Helper()
	clock := &ledgertest.Clock{Time: roundtest.At(12, 1, 9)}
	l, err := ledger.Open(t.Context(), ledgertest.Empty(t), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ledgertest.Sound(t, l); _ = l.Close() })
	y.Plan = reachable(y.Plan, "05452", "05449")
	return &letterBox{t: t, y: y, l: l, clock: clock, seen: map[string]bool{}}
}

// pass takes in what was sent since the last pass, issues at a moment, and returns the new letters
// about changes by the unit they went to.
func (b *letterBox) pass(now time.Time) map[string]string {
	b.t.Helper()
	b.clock.Time = now
	for ; b.taken < len(b.y.Sent); b.taken++ {
		s := b.y.Sent[b.taken]
		raw := fmt.Appendf(nil, "Subject: %s\r\n\r\n%s", s.ID, s.ID)
		file := []byte(s.ID)
		s.SHA256, s.Message = fmt.Sprintf("%x", sha256.Sum256(file)), ""
		s.Rows = form.Count{}
		if _, err := b.l.Inbox().Take(b.t.Context(), []ledger.Intake{{
			Place: ledger.Place{Mailbox: "INBOX", UIDValidity: 1, UID: uint32(b.taken + 1)}, Raw: raw,
			Message: submission.Message{From: "x@x.example", Received: s.Received, Outcome: submission.MailAccepted,
				Unit: s.Unit},
			Attachments: []ledger.Attachment{{Name: s.File, Bytes: file, SHA256: s.SHA256}},
			Submissions: []submission.Submission{s},
		}}); err != nil {
			b.t.Fatal(err)
		}
	}
	issuer := issue.New(newPost(b.y.Plan), prefill.NewForms(b.y.Plan))
	if _, err := issuer.Issue(b.t.Context(), b.l, b.clock, nil); err != nil {
		b.t.Fatal(err)
	}
	letters, err := b.l.Outbox().Letters(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	out := map[string]string{}
	for _, x := range letters {
		if x.Kind == "changes" && !b.seen[x.ID] {
			b.seen[x.ID] = true
			raw, err := b.l.Blob(b.t.Context(), x.SHA256)
			if err != nil {
				b.t.Fatal(err)
			}
			out[x.Unit] = plainText(raw)
		}
	}
	return out
}

// plainText is a letter's text for mail programs without HTML, its lines joined.
func plainText(raw []byte) string {
	return strings.Join(strings.Fields(mailbox.Parse(raw, mailbox.Limits{}).Text), " ")
}

func publish(y *roundtest.Year, when time.Time, band string) {
	y.Send("PB01", templates.RecordsForm.ID, when, submission.Accepted, &templates.Records{
		Head: templates.RecordsHead{Year: form.Of("2018"), DisciplineUpTo: form.Of("2018-12-31")},
		Index: []templates.IndexResult{{Unit: form.Of("UBND phường Tân Thịnh"), Appraised: form.Of("75"),
			Band: roundtest.Cell(band, "CHỈ SỐ CCHC", 5, "E")}},
	})
}

func TestWhoIsConcernedIsToldWhatRecordsChangedAndWhy(t *testing.T) {
	y := roundtest.New(t, "2018")
	y.Register("05452", roundtest.At(3, 5, 9), 1, 0)
	y.Dossier("05452", roundtest.At(12, 14, 9), 4, []string{"UBND phường Tân Thịnh"}, nil)
	b := newLetterBox(t, y)
	if got := b.pass(roundtest.At(12, 17, 10)); len(got) != 0 {
		t.Errorf("told before there is anything to tell: %v", got)
	}
	publish(y, roundtest.At(13, 14, 8), "Khá")
	got := b.pass(roundtest.At(13, 14, 9))
	for _, want := range []string{"Kính gửi: UBND phường Tân Thịnh", "Số liệu chính thức “so-lieu-PB01.xlsx”",
		"Kết quả chung Trước: Chưa đủ căn cứ Nay: Không đạt",
		"Chỉ số CCHC (TT5, mục III.2.1) Trước: Chưa đủ căn cứ Nay: Không đạt Lý do:", "“Khá” theo số liệu chính thức",
		"đề nghị trả lời thư này"} {
		if !strings.Contains(strings.ToLower(got["05452"]), strings.ToLower(want)) {
			t.Errorf("the unit is not told %q:\n%s", want, got["05452"])
		}
	}
	if len(got) != 2 || !strings.Contains(got[""], "Vị trí so với chỉ tiêu") ||
		strings.Contains(got["05452"], "Vị trí so với chỉ tiêu") {
		t.Errorf("the office is told of places, units are not: %v", got)
	}
	if again := b.pass(roundtest.At(13, 14, 11)); len(again) != 0 {
		t.Errorf("told twice: %v", again)
	}

	// A unit whose dossier comes after the records was never told otherwise.
	y.Register("05449", roundtest.At(13, 14, 12), 1, 0)
	y.Dossier("05449", roundtest.At(13, 14, 12), 4, []string{"UBND phường Phan Đình Phùng"}, nil)
	if got := b.pass(roundtest.At(13, 15, 9)); len(got) != 0 {
		t.Errorf("nothing changed for anybody: %v", got)
	}

	// The record is corrected: both know what and why.
	publish(y, roundtest.At(13, 16, 8), "Tốt")
	got = b.pass(roundtest.At(13, 16, 9))
	if len(got) != 2 || !strings.Contains(got["05452"], "Trước: Không đạt Nay: Đạt") {
		t.Errorf("%v", got)
	}

	// A ruling, and its end.
	o, err := b.l.Overrides().Add(t.Context(), submission.Override{Kind: submission.Waiver, Period: "2018",
		Unit: "05452", Nominee: nomineeOf(t, b, "UBND phường Tân Thịnh"), Criterion: "TT2",
		Person: "Hoàng Văn Giang", Reason: "Đã xác minh"})
	if err != nil {
		t.Fatal(err)
	}
	if got := b.pass(roundtest.At(13, 17, 9)); len(got) != 2 ||
		!strings.Contains(got["05452"], "Theo quyết định của Hoàng Văn Giang") ||
		!strings.Contains(got["05452"], "Nay: Không áp dụng") {
		t.Errorf("%v", got)
	}
	if err := b.l.Overrides().End(t.Context(), o.ID, "Hoàng Văn Giang", "nhầm"); err != nil {
		t.Fatal(err)
	}
	if got := b.pass(roundtest.At(13, 18, 9)); len(got) != 2 ||
		!strings.Contains(got["05452"], "Đã rút quyết định của Hoàng Văn Giang") {
		t.Errorf("%v", got)
	}
}

func nomineeOf(t *testing.T, b *letterBox, name string) string {
	t.Helper()
	d, err := b.l.Dataset(t.Context(), b.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	s, err := round.Gather(b.y.Plan, d, "2018", b.y.Period.To)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range s.Result.Verdicts {
		if v.Nominee.Name == name {
			return v.Nominee.ID
		}
	}
	t.Fatalf("no %s", name)
	return ""
}

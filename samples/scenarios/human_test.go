package scenarios_test

import (
	"bytes"
	"fmt"
	"mime"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thidua/ingest/mailbox"
	"thidua/templates/calendar"
)

// words is a mail without a file, and what is to become of it.
type words struct {
	subject, text string
	headers       string // more of them, each with its line break
	from          string // quanTrieu when ""
	reason        string // that it is noted with
	outcome       string // accepted when ""
	letters       string // kinds of the letters that follow, by blanks
}

const (
	quanTrieu = "quantrieu@thainguyen.example"
	passed    = "handed-on passed-on" // to the office, and the sender is told so
	passing   = "Authentication-Results: " + trusted + "; dmarc=pass header.from=thainguyen.example\r\n"
)

// What people and their mail programs write without a file: no such mail gets a notice of return,
// and whatever is in doubt reaches the office.
func TestWhatIsWrittenInWords(t *testing.T) {
	for _, c := range []words{
		// the mails of machines, and those that want no answer
		{subject: "Thu hồi: Đăng ký thi đua 2018", text: "UBND muốn thu hồi thư", reason: "recall"},
		{subject: "Recall: Đăng ký", text: "UBND would like to recall the message, \"Đăng ký\".", reason: "recall"},
		{subject: "Automatic reply: Nhắc gửi đăng ký thi đua", text: "I am out of office", reason: "absence"},
		{subject: "Re: Nhắc gửi đăng ký thi đua",
			text: "Tôi đang nghỉ phép đến hết ngày 12/3. Việc gấp liên hệ đồng chí phó.", reason: "absence"},
		{subject: "Trả lời tự động: [TN-2018-EB9273A9] Đã tiếp nhận: Đăng ký thi đua", text: "Cảm ơn bạn đã gửi thư",
			reason: "absence"},
		{subject: "Vắng mặt: Đăng ký thi đua", text: "Tôi vắng mặt tuần này, vui lòng liên hệ văn phòng.",
			reason: "absence"},
		{subject: "Re: Hồ sơ khen thưởng", headers: "Auto-Submitted: auto-replied\r\n",
			text: "Cảm ơn quý vị, tôi sẽ trả lời sau.", reason: "absence"},
		{subject: "Re: Nhắc gửi đăng ký thi đua", text: "Đã nhận được, xin cảm ơn.", reason: "thanks"},
		{subject: "Re: Đăng ký thi đua", text: "Vâng, phường đã nhận được thông báo ạ. Trân trọng cảm " +
			"ơn!\r\n--\r\nNguyễn Văn Bình\r\n0912 000 000", reason: "thanks"},
		{subject: "Re: Hồ sơ", text: "Noted, thanks.", reason: "thanks"},
		{subject: "Đã đọc: Nhắc gửi đăng ký thi đua", text: "Thư của bạn đã được đọc lúc 9:00.", reason: "read"},
		{subject: "Read: Đăng ký thi đua", text: "", reason: "read"},
		{subject: "Chấp nhận: Họp thi đua, khen thưởng", text: "x", reason: "calendar"},
		{subject: "Declined: Họp Hội đồng thi đua", text: "", reason: "calendar"},
		// people
		{subject: "Re: Nhắc gửi đăng ký thi đua năm 2018",
			text: "UBND phường Quán Triều không tham gia phong trào năm nay.", reason: "ask-decline", letters: passed},
		{subject: "Re: Đôn đốc gửi bản Đăng ký thi đua, năm 2018", text: "Đơn vị không tham gia kỳ này.",
			reason: "ask-decline", letters: passed},
		{subject: "Đăng ký thi đua", text: "Kính gửi Phòng Nội vụ,\r\nPhường xin không đăng ký tham gia " +
			"ạ.\r\nTrân trọng.", reason: "ask-decline", letters: passed},
		{subject: "Đăng ký thi đua", text: "Nếu đơn vị không tham gia thì có phải gửi báo cáo không?",
			reason: "ask-words", letters: passed},
		{subject: "Đăng ký thi đua", text: "Đồng chí Lan không tham gia vì nghỉ thai sản.", reason: "ask-words",
			letters: passed},
		{subject: "Xin gia hạn", text: "Tôi đang nghỉ phép, xin gia hạn nộp hồ sơ đến ngày 15/3.", reason: "ask-words",
			letters: passed},
		{subject: "Re: Nhắc gửi đăng ký thi đua", text: "Đã nhận được, nhưng tệp không mở được.", reason: "ask-words",
			letters: passed},
		{subject: "Thu hồi giấy khen năm 2017", text: "Đề nghị hướng dẫn thủ tục thu hồi giấy khen.",
			reason: "ask-words", letters: passed},
		{subject: "Mời họp giao ban", text: "Kính mời Phòng Nội vụ dự họp lúc 8 giờ.", reason: "ask-words",
			letters: passed},
		{subject: "Hỏi về hồ sơ", text: "Bao giờ phải nộp hồ sơ?",
			headers: "List-Id: <ubnd.thainguyen.example>\r\nPrecedence: bulk\r\n", reason: "ask-words",
			letters: passed},
		{subject: "Hỏi", text: "Bao giờ phải nộp?", headers: "X-Auto-Response-Suppress: All\r\n", reason: "ask-words",
			letters: passed},
		{subject: "Hỏi", text: "Bao giờ phải nộp?", headers: "Auto-Submitted: auto-generated\r\n", reason: "ask-words",
			letters: "handed-on"},
		{subject: "Về việc chung", text: "Anh em lưu ý giúp.", from: noiVu, reason: "ask-words", letters: "passed-on"},
		// commands, whatever the header
		{subject: "mẫu", text: "Xin mẫu đăng ký", headers: "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\r\n",
			reason: "ask-templates", letters: "answer"},
		{subject: "tình trạng", text: "", headers: "Auto-Submitted: auto-generated\r\n", reason: "ask-status",
			letters: "answer"},
		{subject: "Rút báo cáo tuần", text: "Kính gửi.", headers: passing, reason: "ask-withdraw", letters: "answer"},
		// a file was to come
		{subject: "Đăng ký thi đua 2018", text: "Kính gửi Phòng Nội vụ, đơn vị gửi mẫu kèm theo. Trân trọng.",
			outcome: "tofix", letters: "receipt"},
	} {
		t.Run(c.subject+" "+c.text, func(t *testing.T) {
			w := newWorld(t)
			at := time.Date(2018, 3, 5, 9, 0, 0, 0, calendar.Zone)
			from := c.from
			if from == "" {
				from = quanTrieu
			}
			raw := "From: <" + from + ">\r\nTo: " + shared + "\r\nSubject: " +
				mime.BEncoding.Encode("UTF-8", c.subject) + "\r\nMessage-ID: <words@x.example>\r\n" + c.headers +
				"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + c.text + "\r\n"
			w.answer(at.Add(time.Hour), []post{{"words", []byte(raw), at}})
			w.became(t, c)
		})
	}
}

// became holds the one mail of a world against what is to become of it.
func (w *world) became(t *testing.T, c words) {
	t.Helper()
	messages, err := w.ledger.Inbox().Messages(t.Context())
	must(t, err)
	outcome := c.outcome
	switch {
	case outcome == "" && c.letters == "":
		outcome = "left"
	case outcome == "":
		outcome = "accepted"
	}
	letters, err := w.ledger.Outbox().Letters(t.Context())
	must(t, err)
	var kinds []string
	for _, l := range letters {
		kinds = append(kinds, l.Kind)
		b, err := w.ledger.Blob(t.Context(), l.SHA256)
		must(t, err)
		if said := strings.ToUpper(mailbox.Parse(b, mailbox.Limits{}).Text); strings.Contains(said,
			"THÔNG BÁO TRẢ HỒ SƠ") || strings.Contains(said, "\nXÁC NHẬN RÚT HỒ SƠ") {
			t.Errorf("the letter says\n%s", said)
		}
	}
	got := fmt.Sprintf("%s %s [%s]", messages[0].Outcome, messages[0].Reason, strings.Join(kinds, " "))
	if want := fmt.Sprintf("%s %s [%s]", outcome, c.reason, c.letters); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// A form of a known unit is never left in silence, whatever its header says.
func TestFormsUnderHeadersOfMachines(t *testing.T) {
	names, err := filepath.Glob("01-clean-registration/in/*.eml")
	must(t, err)
	form, err := os.ReadFile(names[0])
	must(t, err)
	for header, want := range map[string]words{
		"Auto-Submitted: auto-generated": {outcome: "held", reason: "automatic-form", letters: "held"},
		"Auto-Submitted: auto-replied":   {outcome: "held", reason: "automatic-form", letters: "held"},
		"X-Autoreply: yes":               {outcome: "held", reason: "automatic-form", letters: "held"},
		"Return-Path: <>":                {outcome: "held", reason: "automatic-form", letters: "held"},
		"List-Id: <ds.example>":          {letters: "receipt"},
		"Precedence: bulk":               {letters: "receipt"},
		"X-Auto-Response-Suppress: All":  {letters: "receipt"},
	} {
		t.Run(header, func(t *testing.T) {
			w := newWorld(t)
			at := time.Date(2018, 3, 5, 9, 12, 0, 0, calendar.Zone)
			raw := bytes.Replace(form, []byte("\r\nSubject:"), []byte("\r\n"+header+"\r\nSubject:"), 1)
			w.answer(at.Add(time.Hour), []post{{"form", raw, at}})
			w.became(t, want)
		})
	}
}

// A unit whose rules forward everything back, enclosed or with our files as its own, is not
// answered for ever: of twenty rounds only the first gives an answer.
func TestForwardingRulesDoNotLoop(t *testing.T) {
	names, err := filepath.Glob("01-clean-registration/in/*.eml")
	must(t, err)
	form, err := os.ReadFile(names[0])
	must(t, err)
	forward := map[string]func(n int, m []byte) []byte{
		"enclosed": func(n int, m []byte) []byte {
			return fmt.Appendf(nil, "From: <tanthinh@thainguyen.example>\r\nTo: %s\r\nSubject: Fwd: "+
				"x\r\nMessage-ID: <%d@f.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; "+
				"boundary=fw\r\n\r\n"+
				"--fw\r\nContent-Type: message/rfc822\r\n\r\n%s\r\n--fw--\r\n", shared, n, m)
		},
		"with our files as its own": func(n int, m []byte) []byte {
			p := mailbox.Parse(m, mailbox.Limits{})
			_, body, _ := bytes.Cut(m, []byte("\r\n\r\n"))
			return fmt.Appendf(nil, "From: <tanthinh@thainguyen.example>\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: "+
				"<%d@f.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=\"%s\"\r\n\r\n%s",
				shared, mime.BEncoding.Encode("UTF-8", "FW: "+p.Subject), n, boundaryOf(body), body)
		},
	}
	for name, f := range forward {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			at := time.Date(2018, 3, 5, 9, 12, 0, 0, calendar.Zone)
			w.answer(at.Add(time.Minute), []post{{"form", form, at}})
			seen := 0
			for n := range 20 {
				letters, err := w.ledger.Outbox().Letters(t.Context())
				must(t, err)
				at = at.Add(2 * time.Minute)
				var back []post
				for i, l := range letters[seen:] {
					if l.To[0] == "noivu@thainguyen.example" {
						continue
					}
					b, err := w.ledger.Blob(t.Context(), l.SHA256)
					must(t, err)
					back = append(back, post{"back", f(100*n+i, b), at})
				}
				seen = len(letters)
				w.answer(at.Add(time.Minute), back)
			}
			letters, err := w.ledger.Outbox().Letters(t.Context())
			must(t, err)
			if len(letters) != 1 {
				for _, l := range letters {
					t.Log(l.Kind, l.To, l.Subject)
				}
				t.Errorf("%d letters", len(letters))
			}
			messages, err := w.ledger.Inbox().Messages(t.Context())
			must(t, err)
			if last := messages[len(messages)-1]; len(messages) != 2 || last.Reason != "returned" {
				t.Errorf("%d mails, the last is %s", len(messages), last.Reason)
			}
		})
	}
}

// boundaryOf is the boundary of the first line of a multipart's body that is one.
func boundaryOf(body []byte) []byte {
	_, after, _ := bytes.Cut(append([]byte("\r\n"), body...), []byte("\r\n--"))
	line, _, _ := bytes.Cut(after, []byte("\r\n"))
	return line
}

// So many mails of one sender are answered a day; the rest waits for the next, and the office is
// told.
func TestAnswersOfADayAreLimited(t *testing.T) {
	p := *newWorld(t).plan
	p.Office.Answers = 3
	w := newWorldOf(t, &p)
	at := time.Date(2018, 3, 5, 9, 0, 0, 0, calendar.Zone)
	var all []post
	for i := range 5 {
		all = append(all, post{"ask", fmt.Appendf(nil, "From: <%s>\r\nTo: %s\r\nSubject: tinh "+
			"trang\r\nMessage-ID: <%d@a.example>\r\n\r\n%d\r\n", quanTrieu, shared, i, i), at})
	}
	count := func() string {
		letters, err := w.ledger.Outbox().Letters(t.Context())
		must(t, err)
		n := map[string]int{}
		for _, l := range letters {
			n[l.Kind]++
		}
		return fmt.Sprint(n["answer"], n["withheld"])
	}
	w.answer(at.Add(time.Hour), all)
	if got := count(); got != "3 1" {
		t.Errorf("on the first day: %s", got)
	}
	w.answer(at.Add(2*time.Hour), nil)
	if got := count(); got != "3 1" {
		t.Errorf("later that day: %s", got)
	}
	w.answer(at.Add(24*time.Hour), nil)
	if got := count(); got != "5 1" {
		t.Errorf("on the next day: %s", got)
	}
}

package mailbox_test

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"thidua/ingest/mailbox"
)

// mime writes a message with CRLF line ends after a usual sender.
func mime(lines ...string) []byte {
	return []byte("From: a@unit.example\r\n" + strings.ReplaceAll(strings.Join(lines, "\n"), "\n", "\r\n"))
}

// withFile is a message with one attachment, PKzip, under the given part header.
func withFile(header ...string) []byte {
	return mime("Content-Type: multipart/mixed; boundary=b", "", "--b", "", "Kính gửi", "--b",
		strings.Join(header, "\n"), "", "UEt6aXA=", "--b--", "")
}

// show writes what was read of a message, one line each.
func show(m mailbox.Message) string {
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if m.Text != "" {
		add("text %q", m.Text)
	}
	for _, a := range m.Attachments {
		add("file %s %q %s %q %q", a.Path, a.Name, a.Type, a.Disposition, a.Bytes)
	}
	for _, t := range m.Troubles {
		add("trouble %s %q", t.Reason, t.Path)
	}
	return strings.Join(out, "\n")
}

// reasons are all the reasons of a trouble.
var reasons = []mailbox.Reason{
	mailbox.Empty, mailbox.TooBig, mailbox.TooDeep, mailbox.TooManyParts, mailbox.BadHeader, mailbox.BadSender,
	mailbox.MissingBoundary, mailbox.BrokenBase64, mailbox.BrokenQuoted, mailbox.UnknownEncoding,
	mailbox.UnknownCharset,
}

const sheet = "Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func TestAttachmentNames(t *testing.T) {
	const cte = "Content-Transfer-Encoding: base64"
	for _, c := range []struct{ name, header, want string }{
		{"plain", `Content-Disposition: attachment; filename="a b.xlsx"`, "a b.xlsx"},
		{"RFC 2231", "Content-Disposition: attachment; filename*=utf-8''%C4%90%C4%83ng%20k%C3%BD.xlsx", "Đăng ký.xlsx"},
		{"RFC 2231 in another charset", "Content-Disposition: attachment; filename*=windows-1258''%D0.xlsx", "Đ.xlsx"},
		{"RFC 2231 in pieces", "Content-Disposition: attachment; filename*0*=utf-8''%C4%90%C4;\n " +
			"filename*1*=%83ng; filename*2=\" ky.xlsx\"", "Đăng ky.xlsx"},
		{"RFC 2231 beside a plain one", "Content-Disposition: attachment; filename=\"x.xlsx\"; " +
			"filename*=utf-8''%C4%90.xlsx", "Đ.xlsx"},
		{"RFC 2047 in filename", `Content-Disposition: attachment; filename="=?UTF-8?B?xJDEg25nIGvDvS54bHN4?="`,
			"Đăng ký.xlsx"},
		{"RFC 2047 cut within a letter", "Content-Disposition: attachment; filename=\"=?UTF-8?B?xJDE?=\n " +
			"=?UTF-8?B?g25nLnhsc3g=?=\"", "Đăng.xlsx"},
		{"RFC 2047 in name, no disposition", sheet + "; name=\"=?utf-8?Q?=C4=90_k=C3=BD.xlsx?=\"", "Đ ký.xlsx"},
		{"no quotes, with spaces", "Content-Disposition: attachment; filename=Ho so 2018.xlsx; size=7",
			"Ho so 2018.xlsx"},
		{"raw UTF-8", `Content-Disposition: attachment; filename="Đăng ký.xlsx"`, "Đăng ký.xlsx"},
		{"raw windows-1258", "Content-Disposition: attachment; filename=\"\xd0\xe3ng.xlsx\"", "Đăng.xlsx"},
		{"NFD becomes NFC", "Content-Disposition: attachment; filename=\"" + norm.NFD.String("Hồ sơ.xlsx") + "\"",
			"Hồ sơ.xlsx"},
		{"a path", `Content-Disposition: attachment; filename="../../etc/cron.d/x.xlsx"`, "x.xlsx"},
		{"a path of Windows", `Content-Disposition: attachment; filename="C:\Users\an\x.xlsx"`, "x.xlsx"},
		{"a semicolon and quotes in quotes", `Content-Disposition: attachment; filename="a;\"b\".xlsx"`, `a;"b".xlsx`},
		{"control and direction characters", "Content-Disposition: attachment; filename=\"a\tb\u202excod.xlsx\"",
			"a bxcod.xlsx"},
		{"only dots", `Content-Disposition: attachment; filename=".."` + "\n" + sheet, "khong-ten-2.xlsx"},
		{"no name at all", sheet, "khong-ten-2.xlsx"},
		{"inline with a name", `Content-Disposition: inline; filename="x.xlsx"`, "x.xlsx"},
		{"text with a name", "Content-Type: text/plain; name=x.csv", "x.csv"},
		{"far too long", `Content-Disposition: attachment; filename="` + strings.Repeat("ế", 300) + `.xlsx"`,
			strings.Repeat("ế", 195) + ".xlsx"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := mailbox.Parse(withFile(c.header, cte), mailbox.Limits{})
			if len(m.Attachments) != 1 || m.Attachments[0].Name != c.want ||
				string(m.Attachments[0].Bytes) != "PKzip" || len(m.Troubles) > 0 {
				t.Errorf("want %q, got %s", c.want, show(m))
			}
		})
	}
}

func TestOddMessagesAreReadAsFarAsTheyGo(t *testing.T) {
	const part = "--b\nContent-Disposition: attachment; filename=x.xlsx\nContent-Transfer-Encoding: " +
		"base64\n\nUEt6aXA=\n"
	const file = `file 1 "x.xlsx"  "attachment" "PKzip"`
	mixed := "Content-Type: multipart/mixed; boundary=b\n\n"
	for _, c := range []struct {
		name string
		raw  []byte
		want string
	}{
		{"text alone", mime("Subject: x", "", "Kính gửi"), `text "Kính gửi"`},
		{"no charset and not UTF-8", mime("", "K\xednh g\xfd\xd2i"), `text "Kính gửi"`},
		{"BASE64 in capitals", withFile(sheet, "Content-Transfer-Encoding: BASE64"),
			"text \"Kính gửi\"\nfile 2 \"khong-ten-2.xlsx\" " + sheet[14:] + ` "" "PKzip"`},
		{"windows-1258 body", mime("Content-Type: text/plain; charset=windows-1258", "", "Th\xe0nh ph\xf4\xec"),
			`text "Thành phố"`},
		{"unknown charset", mime("Content-Type: text/plain; charset=klingon", "", "Kính gửi"),
			"text \"Kính gửi\"\ntrouble unknown-charset \"1\""},
		{"HTML only", mime("Content-Type: text/html", "",
			"<style>p{}</style><p>K&iacute;nh <b>g&#7917;i</b></p>\n<div>anh</div>"), `text "Kính gửi\nanh"`},
		{"plain text before HTML", mime("Content-Type: multipart/alternative; boundary=b", "", "--b",
			"Content-Type: text/html", "", "<p>h", "--b", "", "p", "--b--"), `text "p"`},
		{"mbox line before the header", append([]byte("From a@unit.example Mon Dec  3 12:00:00 2018\r\n"),
			mime(mixed+part+"--b--")...), file},
		{"empty lines before the header", append([]byte("\r\n\r\n"), mime(mixed+part+"--b--")...), file},
		{"a line without colon in the header", mime("this is no field", mixed+part+"--b--"), "trouble bad-header \"\""},
		{"no empty line", []byte("From: a@unit.example\nthis is the text"),
			"text \"this is the text\"\ntrouble bad-header \"\""},
		{"no closing boundary", mime(mixed + part), "trouble missing-boundary \"\""},
		{"no boundary named", mime("Content-Type: multipart/mixed", "", "Kính gửi"),
			"text \"Kính gửi\"\ntrouble missing-boundary \"\""},
		{"the boundary was lost on the way", mime("Content-Type: multipart/mixed", "", "--x=y", "", "Kính gửi", "--x=y",
			"Content-Type: image/png; name=a.png", "", "P", "--x=y--"),
			"text \"Kính gửi\"\nfile 2 \"a.png\" image/png \"\" \"P\""},
		{"the boundary was changed on the way", mime("Content-Type: multipart/mixed; boundary=\"x y\"", "", "trước",
			"--x-y", "Content-Type: image/png; name=a.png", "", "P", "--x-y--"),
			"file 1 \"a.png\" image/png \"\" \"P\""},
		{"a boundary without quotes", mime("Content-Type: multipart/mixed; boundary=----=_Part:1/2?", "",
			"------=_Part:1/2?", "Content-Type: image/png; name=a.png", "", "P", "------=_Part:1/2?--"),
			"file 1 \"a.png\" image/png \"\" \"P\""},
		{"boundary nowhere", mime(mixed + "Kính gửi"), "text \"Kính gửi\"\ntrouble missing-boundary \"\""},
		{"broken base64", withFile("Content-Disposition: attachment; filename=x", "Content-Transfer-Encoding: base64",
			"", "UEt6!aXA=\n\nUEt6"), "text \"Kính gửi\"\nfile 2 \"x\"  \"attachment\" \"PKzip\"\ntrouble " +
			"broken-base64 \"2\""},
		{"base64 without padding", mime("Content-Type: image/png", "Content-Transfer-Encoding: base64", "", "UEt6aXA"),
			`file 1 "khong-ten-1.png" image/png "" "PKzip"`},
		{"broken quoted-printable", mime("Content-Transfer-Encoding: quoted-printable", "", "ab=", "cd\x01ef"),
			"text \"abcdef\"\ntrouble broken-quoted \"1\""},
		{"unknown encoding", mime("Content-Transfer-Encoding: x-zip", "", "abc"),
			"text \"abc\"\ntrouble unknown-encoding \"1\""},
		{"nothing", mime("", ""), "trouble empty \"\""},
		{"no bytes", nil, "trouble bad-sender \"\""},
		{"a forward", mime("Content-Type: message/rfc822", "", "From: b@unit.example", mixed+part+"--b--"),
			`file 1.1 "x.xlsx"  "attachment" "PKzip"`},
		{"an .eml file", mime("Content-Type: application/octet-stream; name=fwd.EML",
			"Content-Transfer-Encoding: base64", "",
			base64.StdEncoding.EncodeToString(
				[]byte("From: b@unit.example\nContent-Disposition: attachment; filename=y\n\nxyz"))),
			`file 1 "y"  "attachment" "xyz"`},
		{"an .eml file that is none", mime("Content-Type: application/x; name=fwd.eml", "", "no mail at all"),
			`file 1 "fwd.eml" application/x "" "no mail at all"`},
		{"a bounce keeps our mail closed", mime("Content-Type: multipart/report; boundary=b", "", "--b", "", "failed",
			"--b", "Content-Type: message/delivery-status", "", "Status: 5.1.1", "--b", "Content-Type: message/rfc822",
			"", "Content-Type: image/png", "", "x", "--b--"), `text "failed"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := show(mailbox.Parse(c.raw, mailbox.Limits{}))
			want := c.want
			if strings.Contains(string(c.raw), "filename=x.xlsx") && !strings.Contains(want, "x.xlsx") {
				want = file + "\n" + want
			}
			got, want = strings.ReplaceAll(got, `"x.xlsx" text/plain`, `"x.xlsx" `),
				strings.ReplaceAll(want, `"x"  "`, `"x" text/plain "`)
			want = strings.ReplaceAll(want, `"y"  "`, `"y" text/plain "`)
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	m := mailbox.Parse([]byte(strings.ReplaceAll(`From: "=?UTF-8?B?Tuq7hW4sIELDrG5o?=" <an@unit.example>
Reply-To: =?utf-8?q?T=E1=BB?= =?utf-8?q?=95_gi=C3=BAp_vi=E1=BB=87c?= <to@unit.example>
To: thidua@tnc.example, "Sở, Nội vụ" <so@unit.example>
Cc: broken <<c@unit.example>, d@unit.example
Subject: =?UTF-8?B?SOG7kyBzxqE=?= 2018
	 tiếp
Date: Mon, 3 Dec 2018 12:00:00 +0700
Message-ID: <1@unit.example>
In-Reply-To: your mail <0@tnc.example> of today
References: <x@tnc.example>
 <0@tnc.example>

text`, "\n", "\r\n")), mailbox.Limits{})
	got := fmt.Sprintf("%v|%v|%v|%v|%s|%s|%s|%s|%s", m.From[0].Address, m.ReplyTo, m.To, m.Cc, m.Subject,
		m.Date.Format(time.RFC3339), m.MessageID, m.InReplyTo, m.References)
	want := "an@unit.example|[{Tổ giúp việc to@unit.example}]|[{ thidua@tnc.example} {Sở, Nội vụ " +
		"so@unit.example}]|[{ c@unit.example} { d@unit.example}]|" +
		"Hồ sơ 2018 tiếp|2018-12-03T05:00:00Z|<1@unit.example>|<0@tnc.example>|[<x@tnc.example> <0@tnc.example>]"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if len(m.From) != 1 || !strings.HasSuffix(m.From[0].Name, ", Bình") {
		t.Errorf("from %v", m.From)
	}
	if len(m.Troubles) != 1 || m.Troubles[0].Reason != mailbox.BadHeader ||
		!strings.HasPrefix(m.Troubles[0].Detail, "Cc: broken") {
		t.Errorf("troubles %v", m.Troubles)
	}
}

func TestSendersThatCannotBeTrustedAreSaidToBeBad(t *testing.T) {
	for _, c := range []struct {
		name, head string
		senders    int
		bad        bool
	}{
		{"one", "From: a@unit.example\n", 1, false},
		{"none", "Subject: x\n", 0, true},
		{"unreadable", "From: nobody\n", 0, true},
		{"two in one field", "From: a@unit.example, b@unit.example\n", 0, true},
		{"two fields", "From: a@unit.example\nFrom: b@unit.example\n", 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := mailbox.Parse([]byte(c.head+"\ntext"), mailbox.Limits{})
			bad := slices.ContainsFunc(m.Troubles,
				func(t mailbox.Trouble) bool { return t.Reason == mailbox.BadSender })
			if len(m.From) != c.senders || bad != c.bad {
				t.Errorf("%v, bad: %v", m.From, bad)
			}
		})
	}
}

func TestAutomaticMailIsKnown(t *testing.T) {
	for head, want := range map[string]mailbox.Auto{
		"Subject: x": "", "Auto-Submitted: no": "", "Precedence: normal": "", "Return-Path: <a@unit.example>": "",
		"Auto-Submitted: auto-replied (vacation)":        mailbox.AutoSubmitted,
		"Precedence: Bulk":                               mailbox.AutoBulk,
		"Precedence: junk":                               mailbox.AutoBulk,
		"Precedence: list":                               mailbox.AutoBulk,
		"X-Auto-Response-Suppress: All":                  mailbox.AutoSuppress,
		"X-Autoreply: yes":                               mailbox.AutoReply,
		"Return-Path: <>":                                mailbox.AutoBounce,
		"List-Id: <x.example>":                           mailbox.AutoList,
		"Content-Type: multipart/report; boundary=b":     mailbox.AutoReport,
		"Precedence: list\r\nAuto-Submitted: auto-notif": mailbox.AutoSubmitted,
	} {
		if got := mailbox.Parse(mime(head, "", "x"), mailbox.Limits{}).Auto; got != want {
			t.Errorf("%q is %q, want %q", head, got, want)
		}
	}
}

func TestLimits(t *testing.T) {
	nested := func(levels int) []byte {
		var s strings.Builder
		s.WriteString("Content-Type: multipart/mixed; boundary=b0\n\n")
		for i := range levels {
			fmt.Fprintf(&s, "--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n", i, i+1)
		}
		return mime(s.String())
	}
	many := mime("Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\nContent-Type: image/png\n\nx\n",
		5000) + "--b--")
	for _, c := range []struct {
		name   string
		raw    []byte
		lim    mailbox.Limits
		files  int
		reason mailbox.Reason
	}{
		{"ten thousand levels", nested(10000), mailbox.Limits{}, 0, mailbox.TooDeep},
		{"five thousand parts", many, mailbox.Limits{}, 99, mailbox.TooManyParts},
		{"a message too big", many, mailbox.Limits{Message: 1000}, 0, mailbox.TooBig},
		{"attachments too big together", many, mailbox.Limits{Decoded: 10}, 10, mailbox.TooBig},
	} {
		t.Run(c.name, func(t *testing.T) {
			begin := time.Now()
			m := mailbox.Parse(c.raw, c.lim)
			if len(m.Attachments) != c.files ||
				!slices.ContainsFunc(m.Troubles, func(t mailbox.Trouble) bool { return t.Reason == c.reason }) {
				t.Errorf("%d files, troubles %v", len(m.Attachments), m.Troubles[:min(3, len(m.Troubles))])
			}
			if len(m.From) != 1 {
				t.Error("the sender was not read")
			}
			if d := time.Since(begin); d > 2*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
	if m := mailbox.Parse(mime("", strings.Repeat("ế", 1000)), mailbox.Limits{Text: 100}); m.Text != strings.Repeat("ế",
		33) {
		t.Errorf("text of %d bytes", len(m.Text))
	}
}

// TestPublicCorpus reads the test messages of Apache James mime4j, when they are at hand.
func TestPublicCorpus(t *testing.T) {
	dir := os.Getenv("THIDUA_CORPORA")
	if dir == "" {
		t.Skip("THIDUA_CORPORA is not set")
	}
	files, err := filepath.Glob(filepath.Join(dir, "mime4j", "*.msg"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no messages in %s: %v", dir, err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m := mailbox.Parse(raw, mailbox.Limits{})
		if problem := broken(m); problem != "" {
			t.Errorf("%s: %s", filepath.Base(file), problem)
		}
		if m.Text == "" && len(m.Attachments) == 0 {
			t.Logf("%s: nothing readable, %v", filepath.Base(file), m.Troubles)
		}
	}
}

// broken says which promise of Message is broken, if any.
func broken(m mailbox.Message) string {
	for _, s := range []string{m.Subject, m.Text} {
		if !norm.NFC.IsNormalString(s) || strings.ToValidUTF8(s, "") != s {
			return fmt.Sprintf("text %q is not in NFC", s)
		}
	}
	for _, a := range m.Attachments {
		if a.Name == "" || strings.ContainsAny(a.Name, "/\\\r\n\x00") || a.Name == ".." || len(a.SHA256) != 64 ||
			a.Path == "" || !norm.NFC.IsNormalString(a.Name) ||
			strings.ContainsFunc(a.Type, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return fmt.Sprintf("attachment %q at %q", a.Name, a.Path)
		}
	}
	for _, a := range slices.Concat(m.From, m.ReplyTo, m.To, m.Cc) {
		if strings.ContainsFunc(a.Name+a.Address, unicode.IsControl) ||
			strings.ToValidUTF8(a.Name+a.Address, "") != a.Name+a.Address {
			return fmt.Sprintf("address %q", a)
		}
	}
	for _, trouble := range m.Troubles {
		if !slices.Contains(reasons, trouble.Reason) || len(trouble.Detail) > 200 {
			return fmt.Sprintf("trouble %+v", trouble)
		}
	}
	if m.Text == "" && len(m.Attachments) == 0 && len(m.Troubles) == 0 && m.Auto == "" {
		return "neither content nor trouble"
	}
	return ""
}

func FuzzParse(f *testing.F) {
	f.Add(mime("Content-Type: multipart/mixed; boundary=b", "", "--b", "", "x", "--b",
		`Content-Disposition: attachment; filename*0*=utf-8''%C4`, "Content-Transfer-Encoding: base64", "", "UEs=",
		"--b--"))
	f.Add(mime("Subject: =?utf-8?q?=C4=90?= =?x?b?a?=", "Content-Type: message/rfc822", "", "From: b", "", "y"))
	f.Add([]byte("From x\nno field\n Content-Type: text/html;;charset=\"\n\n<p>&x"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if problem := broken(mailbox.Parse(raw, mailbox.Limits{})); problem != "" {
			t.Error(problem)
		}
	})
}

package ingest

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/xlsx"
)

const sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// part is one part of a mail: its header, and its body as it is sent.
func part(header, body string) string { return header + "\r\n\r\n" + body + "\r\n" }

// coded is a file in base64 lines.
func coded(b []byte) string {
	var out strings.Builder
	for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(b)), 76) {
		out.Write(line)
		out.WriteString("\r\n")
	}
	return out.String()
}

func fileNamed(name string, b []byte) string {
	return part("Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: "+
		"base64\r\nContent-Disposition: attachment; filename=\""+name+"\"", coded(b))
}

// mailOf is a mail of these parts.
func mailOf(from, header string, parts ...string) []byte {
	out := "From: <" + from + ">\r\nTo: <thidua@thainguyen.example>\r\nMessage-ID: <a@b.example>\r\n" + header +
		"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
	for _, p := range append([]string{part("Content-Type: text/plain", "Kinh gui")}, parts...) {
		out += "--b\r\n" + p
	}
	return []byte(out + "--b--\r\n")
}

func taken(in *intake, raw []byte) ledger.Intake {
	out, err := in.mail(mailbox.Summary{Received: time.Date(2018, 3, 5, 2, 0, 0, 0, time.UTC)}, raw)
	if err != nil {
		panic(err) // it is the ledger's, and these have none
	}
	return out
}

func newIntake(t *testing.T) *intake {
	t.Helper()
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	return &intake{plan: p, own: "thidua@thainguyen.example"}
}

func codes(out ledger.Intake) (all []finding.Code) {
	for _, s := range out.Submissions {
		for _, f := range s.Findings {
			all = append(all, f.Code)
		}
	}
	return all
}

func zipped(t *testing.T, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i+1 < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A workbook is found however its mail was put together.
func TestAFormIsFoundInOddMIME(t *testing.T) {
	in := newIntake(t)
	book := blank(t, in.plan, templates.RegistrationForm, ward)
	nest := func(depth int) string {
		inner := fileNamed("x.xlsx", book)
		for i := range depth {
			inner = part(fmt.Sprintf("Content-Type: multipart/mixed; boundary=n%d", i),
				fmt.Sprintf("--n%d\r\nContent-Type: text/plain\r\n\r\nx\r\n--n%d\r\n%s--n%d--\r\n", i, i, inner, i))
		}
		return inner
	}
	disposition := "Content-Disposition: attachment; filename=x.xlsx"
	for name, raw := range map[string][]byte{
		"an encoding in quotes": mailOf(ward, "",
			part("Content-Type: "+sheetType+"\r\nContent-Transfer-Encoding: \"base64\"\r\n"+disposition, coded(book))),
		"an encoding with a comment": mailOf(ward, "",
			part("Content-Type: "+sheetType+"\r\nContent-Transfer-Encoding: (coded) base64 (so)\r\n"+disposition,
				coded(book))),
		"an encoding nobody said": mailOf(ward, "", part("Content-Type: "+sheetType+"\r\n"+disposition,
			coded(book))),
		"an encoding wrongly said": mailOf(ward, "",
			part("Content-Type: "+sheetType+"\r\nContent-Transfer-Encoding: 7bit\r\n"+disposition, coded(book))),
		"an encoding of somebody's own": mailOf(ward, "",
			part("Content-Type: "+sheetType+"\r\nContent-Transfer-Encoding: x-b64\r\n"+disposition, coded(book))),
		"a type in quotes": mailOf(ward, "",
			strings.Replace(nest(1), "multipart/mixed;", "\"multipart/mixed\";", 1)),
		"twelve levels": mailOf(ward, "", nest(12)),
		"behind the end": bytes.Replace(mailOf(ward, "", fileNamed("x.xlsx", book)),
			[]byte("--b\r\nContent-Type: application"), []byte("--b--\r\n--b\r\nContent-Type: application"), 1),
		"behind a footer behind the end": append(mailOf(ward, ""),
			[]byte("\r\nscanned\r\n--b\r\n"+fileNamed("x.xlsx", book)+"--b--\r\n")...),
		"without an end": bytes.TrimSuffix(mailOf(ward, "", fileNamed("x.xlsx", book)),
			[]byte("--b--\r\n")),
		"a lock file and pictures beside": mailOf(ward, "", fileNamed("~$x.xlsx", []byte("An\x00")),
			fileNamed("x.xlsx", book), fileNamed("Thumbs.db", []byte("x"))),
		"a zip from a Mac": mailOf(ward, "",
			fileNamed("x.zip", zipped(t, "x.xlsx", string(book), "__MACOSX/._x.xlsx", "x", ".DS_Store", "x", "~$x.xlsx",
				"x", "a/desktop.ini", "x"))),
	} {
		out := taken(in, raw)
		if len(out.Submissions) != 1 || out.Submissions[0].Form != templates.RegistrationForm.ID {
			t.Errorf("%s: %s (%s), %v", name, out.Message.Outcome, out.Message.Reason, codes(out))
		}
	}
}

// Where a mail could not be read to its end, nobody is told that no workbook came.
func TestAMailNotReadToItsEndIsSaidToBe(t *testing.T) {
	in := newIntake(t)
	book := blank(t, in.plan, templates.RegistrationForm, ward)
	deep := fileNamed("x.xlsx", book)
	for i := range 40 {
		deep = part(fmt.Sprintf("Content-Type: multipart/mixed; boundary=n%d", i),
			fmt.Sprintf("--n%d\r\n%s--n%d--\r\n", i, deep, i))
	}
	many := slices.Repeat([]string{part("Content-Type: text/plain", "x")}, 150)
	whole := mailOf(ward, "Subject: chao\r\n", part("Content-Type: text/plain", strings.Repeat("x", 1000)),
		fileNamed("x.xlsx", book))
	for name, raw := range map[string][]byte{
		"forty levels": mailOf(ward, "Subject: chao\r\n", deep),
		"150 parts":    mailOf(ward, "Subject: chao\r\n", append(many, fileNamed("x.xlsx", book))...),
		"cut before":   whole[:700],
	} {
		out := taken(in, raw)
		if out.Message.Outcome != submission.MailHeld || out.Message.Reason != reasonCutShort {
			t.Errorf("%s: %s (%s)", name, out.Message.Outcome, out.Message.Reason)
		}
		if got := codes(out); !slices.Contains(got, finding.CutShort) || slices.Contains(got, finding.NoWorkbook) {
			t.Errorf("%s: the sender is told %v", name, got)
		}
	}
	out := taken(in, mailOf(ward, "", append([]string{fileNamed("x.xlsx", book)}, many...)...))
	if got := codes(out); out.Message.Outcome == submission.MailHeld || !slices.Contains(got, finding.CutShort) {
		t.Errorf("a form before the end: %s, %v", out.Message.Outcome, got)
	}
	if out := taken(in, mailOf("nobody@evil.example", "Subject: chao\r\n",
		deep)); out.Message.Outcome == submission.MailAccepted || len(out.Submissions) > 0 {
		t.Errorf("a stranger's: %s", out.Message.Outcome)
	}
}

func TestAKnownUnitsFormIsNeverLeftInSilence(t *testing.T) {
	in := newIntake(t)
	book := fileNamed("x.xlsx", blank(t, in.plan, templates.RegistrationForm, ward))
	for _, header := range []string{"Auto-Submitted: auto-generated\r\n", "Auto-Submitted: auto-replied\r\n",
		"Return-Path: <>\r\n", "X-Autoreply: yes\r\n"} {
		if out := taken(in, mailOf(ward, header, book)); out.Message.Outcome != submission.MailHeld ||
			out.Message.Reason != reasonAutomaticForm {
			t.Errorf("%q: %s (%s)", header, out.Message.Outcome, out.Message.Reason)
		}
		if out := taken(in, mailOf("nobody@evil.example", header, book)); out.Message.Outcome != submission.MailLeft {
			t.Errorf("%q of a stranger: %s", header, out.Message.Outcome)
		}
	}
	report := bytes.Replace(mailOf(ward, "", book), []byte("multipart/mixed;"),
		[]byte("multipart/report; report-type=x;"), 1)
	if out := taken(in, report); out.Message.Outcome != submission.MailHeld ||
		out.Message.Reason != reasonAutomaticForm {
		t.Errorf("a report: %s (%s)", out.Message.Outcome, out.Message.Reason)
	}
}

// A subject may make somebody ask, and changes nothing else.
func TestASubjectNeverMakesAValidFormInvalid(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	season, _ := p.AnnualPeriod(2018)
	roster := templates.NewRoster(p, season)
	roster.Head.Date, roster.Head.Preparer = form.Of("2018-02-28"), form.Of("Phạm Thị Dung")
	book, err := xlsx.Write(templates.RosterForm, xlsx.Heading{}, templates.Context(p, season, ""), roster)
	if err != nil {
		t.Fatal(err)
	}
	plain := arrive(t, p, office, "chao", book)
	if plain.State != submission.Accepted {
		t.Fatalf("%s: %v", plain.State, plain.Findings)
	}
	for subject, asks := range map[string]bool{
		"Đăng ký khen thưởng cuối năm 2018":                 true,
		"Gửi hồ sơ thi đua CCHC năm 2018":                   false,
		"Hồ sơ đề nghị khen thưởng năm 2018":                true,
		"Danh bạ đơn vị":                                    false,
		"Báo cáo công tác tuyên truyền, khen thưởng, hồ sơ": false,
		// without the header of a reply it cannot be known
		"Re: [TN-2018-EB9273A9] Đã tiếp nhận: Đăng ký thi đua": true,
	} {
		s := arrive(t, p, office, subject, book)
		if s.State != plain.State || finding.Has(s.Findings, finding.WrongForm) ||
			finding.Worst(s.Findings) == finding.Must {
			t.Errorf("%q: %s, %v", subject, s.State, s.Findings)
		}
		if got := finding.Has(s.Findings, finding.OtherThanSaid); got != asks {
			t.Errorf("%q: asked whether it is the right file: %v", subject, got)
		}
	}
	in := &intake{plan: p, own: "thidua@thainguyen.example"}
	out := taken(in, mailOf(office, "Subject: Re: =?utf-8?B?"+
		base64.StdEncoding.EncodeToString([]byte("Đăng ký thi đua"))+"?=\r\nIn-Reply-To: <x@y>\r\n",
		fileNamed("x.xlsx", book)))
	if got := codes(out); slices.Contains(got, finding.OtherThanSaid) {
		t.Errorf("the subject of a reply is older than the file: %v", got)
	}
}

// What a stranger encloses is named and never opened; what a unit encloses is bounded for all its
// files together.
func TestOneBudgetAMail(t *testing.T) {
	in := newIntake(t)
	bomb := zipped(t, "a.txt", strings.Repeat("\x00", 20<<20))
	var bombs []string
	for i := range 20 {
		bombs = append(bombs, fileNamed(fmt.Sprintf("a%d.zip", i), bomb))
	}
	out := taken(in, mailOf("stranger@evil.example", "", bombs...))
	if out.Message.Outcome != submission.MailHeld || out.Message.Reason != reasonUnknownSender ||
		len(out.Attachments) > 0 || out.Weight > 2*len(out.Raw) {
		t.Errorf("a stranger's: %s (%s), %d attachments, weighs %d of %d", out.Message.Outcome, out.Message.Reason,
			len(out.Attachments), out.Weight, len(out.Raw))
	}
	out = taken(in, mailOf(ward, "",
		append(bombs, fileNamed("x.xlsx", blank(t, in.plan, templates.RegistrationForm, ward)))...))
	held := 0
	for _, a := range out.Attachments {
		held += len(a.Bytes)
	}
	if held > 34<<20 {
		t.Errorf("%d MiB are held of a mail of %d KiB", held>>20, len(out.Raw)>>10)
	}
	over, forms := 0, 0
	for _, s := range out.Submissions {
		if finding.Has(s.Findings, finding.OverMail) {
			over++
		}
		if s.Form == templates.RegistrationForm.ID {
			forms++
		}
	}
	if over != 19 || forms != 1 {
		t.Errorf("%d archives are said not to be opened, want 19; %d forms are read", over, forms)
	}
	in.spent = func() func() time.Duration {
		var spent time.Duration
		return func() time.Duration { spent += time.Minute; return spent }
	}()
	out = taken(in, mailOf(ward, "", fileNamed("x.xlsx", blank(t, in.plan, templates.RegistrationForm, ward))))
	if got := codes(out); !slices.Equal(got, []finding.Code{finding.OverMail}) {
		t.Errorf("without time left: %v", got)
	}
}

// The office's scanner is asked before anything is opened; what it finds, and its silence, hold the
// mail.
func TestTheScannerGoesFirst(t *testing.T) {
	in := newIntake(t)
	book := blank(t, in.plan, templates.RegistrationForm, ward)
	raw := mailOf(ward, "", fileNamed("x.xlsx", book))
	for name, x := range map[string]struct {
		scan   func([]byte) (string, error)
		reason string
		detail string
	}{
		"it finds nothing": {func([]byte) (string, error) { return "", nil }, "", ""},
		"it finds something in mails": {func(b []byte) (string, error) {
			return map[bool]string{true: "Evil"}[bytes.HasPrefix(b, []byte("From"))], nil
		}, reasonInfected, "Evil"},
		"it finds something in files": {func(b []byte) (string, error) {
			return map[bool]string{true: "Evil"}[bytes.HasPrefix(b, []byte("PK"))], nil
		}, reasonInfected, "Evil"},
		"it is away": {func([]byte) (string, error) { return "", errors.New("no such socket") }, reasonUnscanned,
			"no such socket"},
	} {
		in.scan = x.scan
		out := taken(in, raw)
		if (out.Message.Outcome == submission.MailHeld) != (x.reason != "") || out.Message.Reason != x.reason ||
			out.Message.Detail != x.detail {
			t.Errorf("%s: %s (%s: %s)", name, out.Message.Outcome, out.Message.Reason, out.Message.Detail)
		}
		if x.reason != "" && (len(out.Submissions) > 0 || len(out.Attachments) > 0 || out.Message.Unit == "") {
			t.Errorf("%s: %d submissions, %d attachments of %q", name, len(out.Submissions), len(out.Attachments),
				out.Message.Unit)
		}
	}
	in.scan = func([]byte) (string, error) { return "", errors.New("away") }
	if out := taken(in, mailOf(ward, "Subject: =?utf-8?B?"+base64.StdEncoding.EncodeToString([]byte("tình trạng"))+
		"?=\r\n")); out.Message.Reason == reasonUnscanned {
		t.Error("a mail without files waits for the scanner")
	}
}

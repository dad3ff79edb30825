package answer_test

import (
	"bytes"
	"cmp"
	"html"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	gocmp "github.com/google/go-cmp/cmp"

	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/ingest/mailbox"
	"thidua/ingest/ooxml"
	"thidua/ingest/submission"
	"thidua/reports/answer"
	"thidua/reports/post"
	"thidua/reports/prefill"
	"thidua/samples/postoffice"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/grid"
	"thidua/templates/plan"
	"thidua/templates/reader"
	"thidua/templates/viet"
)

// answered is every mail of the stories with the letter that answers it.
type answered struct {
	message     submission.Message
	submissions []submission.Submission
	subject     string
	text, html  string
	attachments []mailbox.Attachment
}

var kept struct { // tests of this package run one after the other

	plan *plan.Plan

	all []answered
}

// answers takes all mails of the stories in and answers them, once.
func answers(t *testing.T) (*plan.Plan, []answered) {
	t.Helper()
	if testing.Short() {
		t.Skip("short: answers every mail of the stories")
	}
	if kept.all == nil {
		kept.plan, kept.all = answerAll(t)
	}
	return kept.plan, kept.all
}

func answerAll(t *testing.T) (*plan.Plan, []answered) {
	t.Helper()
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	p, err := plan.Default()
	ok(err)
	clock := &ledgertest.Clock{Time: time.Date(2019, 4, 1, 1, 0, 0, 0, time.UTC)}
	l, err := ledger.Open(t.Context(), ledgertest.Empty(t), clock)
	ok(err)
	t.Cleanup(func() { _ = l.Close() })
	office, err := postoffice.Open(postoffice.Config{Shared: "thidua@thainguyen.example", Password: "mat-khau",
		Clock: clock.Now})
	ok(err)
	t.Cleanup(func() { _ = office.Close() })
	names, err := filepath.Glob("../../samples/scenarios/*/in/*.eml")
	ok(err)
	for _, name := range names {
		raw, err := os.ReadFile(name)
		ok(err)
		first, _, _ := bytes.Cut(raw, []byte("\r\n"))
		_, date, _ := strings.Cut(string(first), "; ")
		received, err := mail.ParseDate(date)
		ok(err)
		ok(office.Deliver(raw, received))
	}
	source, err := mailbox.DialIMAP(t.Context(), mailbox.IMAPConfig{Address: office.IMAPAddr(), Security: mailbox.Plain,
		User: "thidua@thainguyen.example", Password: "mat-khau"})
	ok(err)
	defer source.Close()
	_, err = ingest.Pull(t.Context(), source, l, p, ingest.Options{Own: "thidua@thainguyen.example"})
	ok(err)
	copied := filepath.Join(t.TempDir(), "ledger.db")
	ok(l.Backup(t.Context(), copied))
	_, err = answer.Acknowledge(t.Context(), newPost(p), prefill.NewForms(p), l, clock)
	ok(err)
	answeredAlike(t, l, copied, clock)
	d, err := l.Dataset(t.Context(), clock.Time)
	ok(err)
	messages, err := l.Inbox().Messages(t.Context())
	ok(err)
	letters, err := l.Outbox().Letters(t.Context())
	ok(err)
	var out []answered
	for _, x := range letters {
		raw, err := l.Blob(t.Context(), x.SHA256)
		ok(err)
		a := answered{subject: x.Subject, attachments: mailbox.Parse(raw, mailbox.Limits{}).Attachments}
		a.text, a.html = alternatives(t, raw)
		for _, m := range messages {
			if x.Cause == "receipt/"+m.ID {
				a.message = m.Message
			}
		}
		for _, s := range d.Submissions {
			// the office is asked about a held mail; what came of it is told in another letter
			if s.Message == a.message.ID && x.Kind != "held" {
				a.submissions = append(a.submissions, s)
			}
		}
		out = append(out, a)
	}
	if len(out) < 40 {
		t.Fatalf("%d letters", len(out))
	}
	return p, out
}

// answeredAlike answers the same mails once more, from a copy of the ledger and with the plan read
// anew: every letter has the same bytes, down to its attachments and Message-ID.
func answeredAlike(t *testing.T, l *ledger.Ledger, copied string, clock *ledgertest.Clock) {
	t.Helper()
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	p, err := plan.Default()
	ok(err)
	second, err := ledger.Open(t.Context(), copied, clock)
	ok(err)
	defer second.Close()
	_, err = answer.Acknowledge(t.Context(), newPost(p), prefill.NewForms(p), second, clock)
	ok(err)
	first, err := l.Outbox().Letters(t.Context())
	ok(err)
	again, err := second.Outbox().Letters(t.Context())
	ok(err)
	hashes := func(all []ledger.Posted) map[string]string {
		out := map[string]string{}
		for _, x := range all {
			out[x.ID] = x.SHA256
		}
		return out
	}
	if diff := gocmp.Diff(hashes(first), hashes(again)); diff != "" {
		t.Errorf("the same mails are answered with other bytes:\n%s", diff)
	}
}

// alternatives returns the text and the HTML part of a mail.
func alternatives(t *testing.T, raw []byte) (text, markup string) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	var walk func(kind string, body io.Reader)
	walk = func(kind string, body io.Reader) {
		media, params, err := mime.ParseMediaType(kind)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(media, "multipart/") {
			b, err := io.ReadAll(body)
			if err != nil {
				t.Fatal(err)
			}
			switch media {
			case "text/plain":
				text = string(b)
			case "text/html":
				markup = string(b)
			}
			return
		}
		for r := multipart.NewReader(body, params["boundary"]); ; {
			part, err := r.NextRawPart()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var content io.Reader = part
			if strings.EqualFold(part.Header.Get("Content-Transfer-Encoding"), "quoted-printable") {
				content = quotedprintable.NewReader(part)
			}
			walk(part.Header.Get("Content-Type"), content)
		}
	}
	walk(m.Header.Get("Content-Type"), m.Body)
	return text, markup
}

// flat is a text without regard to lines, spaces and capitals.
func flat(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

var (
	style = regexp.MustCompile(`(?s)<(style|head|title)\b.*?</(style|head|title)>`)
	tag   = regexp.MustCompile(`(?s)<[^>]*>`)
)

// pieces are the texts between the tags.
func pieces(markup string) []string {
	var out []string
	for _, s := range tag.Split(style.ReplaceAllString(markup, ""), -1) {
		if s = flat(html.UnescapeString(s)); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func wordsOf(s string) []string {
	w := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slices.Sort(w)
	return slices.Compact(w)
}

// sameWords holds the two parts of a letter to each other: but for the title of the column of
// numbers, each has the other's words.
func sameWords(t *testing.T, subject, text, markup string) {
	t.Helper()
	plain, shown := wordsOf(flat(text)), wordsOf(strings.Join(pieces(markup), " "))
	if number := "stt"; !slices.Contains(plain, number) {
		shown = slices.DeleteFunc(shown, func(w string) bool { return w == number })
	}
	if diff := gocmp.Diff(plain, shown); diff != "" {
		t.Errorf("%s: the parts say different things (-text +HTML):\n%s", subject, diff)
	}
}

func TestTextAndHTMLSayTheSame(t *testing.T) {
	_, all := answers(t)
	for _, a := range all {
		sameWords(t, a.subject, a.text, a.html)
	}
}

var cellRun = regexp.MustCompile(`([a-z]+)(\d+)(?:–[a-z]+(\d+))?(?:, |:| |$)`)

// inRun reports whether a text names the cell of a finding among several of its column: D11–D20,
// D23.
func inRun(text string, f finding.Finding) bool {
	col, row, _ := grid.ParseRef(f.Cell)
	for _, m := range cellRun.FindAllStringSubmatch(text, -1) {
		from, _ := strconv.Atoi(m[2])
		to, _ := strconv.Atoi(cmp.Or(m[3], m[2]))
		if strings.EqualFold(m[1], grid.Column(col)) && from <= row && row <= to {
			return true
		}
	}
	return false
}

func TestEveryFindingIsInTheLetter(t *testing.T) {
	_, all := answers(t)
	for _, a := range all {
		text := flat(a.text)
		for _, s := range a.submissions {
			for _, f := range s.Findings {
				for _, want := range []string{f.Message, f.Fix, f.Where(), string(f.Code)} {
					if !strings.Contains(text, flat(want)) && !(want == f.Where() && inRun(text, f)) {
						t.Errorf("%s: the letter does not say %q", s.ID, want)
					}
				}
			}
			if s.State == submission.ToFix && finding.Worst(s.Findings) != finding.Must {
				t.Errorf("%s must be fixed and nothing says what", s.ID)
			}
			if !strings.Contains(text, strings.ToLower(s.ID)) {
				t.Errorf("%s: no receipt number", s.ID)
			}
		}
		if a.message.Outcome == submission.MailToFix &&
			!slices.ContainsFunc(a.submissions,
				func(s submission.Submission) bool { return s.State == submission.ToFix }) {
			t.Errorf("%s is to be fixed, none of its files is", a.subject)
		}
	}
}

func TestSubjectsNameNobody(t *testing.T) {
	_, all := answers(t)
	var people []string
	for _, a := range all {
		for _, s := range a.submissions {
			f, ok := templates.Lookup(s.Form)
			if !ok {
				continue
			}
			for _, b := range f.Blocks() {
				for i := range b.Len(s.Value) {
					for _, x := range b.Fields {
						if v := x.At(b.Record(s.Value, i)); v.Given() && (x.Person || x.Key == "born") {
							people = append(people, viet.Fold(v.Text))
						}
					}
				}
			}
		}
	}
	if len(people) == 0 {
		t.Fatal("nobody was named in any form")
	}
	for _, a := range all {
		for _, name := range people {
			if strings.Contains(viet.Fold(a.subject), name) {
				t.Errorf("the subject %q names %q", a.subject, name)
			}
		}
		for _, s := range a.submissions { // people write names into the names of files
			if s.File != "" && strings.Contains(a.subject, s.File) {
				t.Errorf("the subject %q repeats the name of a file", a.subject)
			}
		}
	}
}

// What stands in the marked copy of a letter is what was found in the sender's file.
func TestTheEnclosedCopyReadsBackToWhatWasFound(t *testing.T) {
	p, all := answers(t)
	n := 0
	for _, a := range all {
		for _, enclosed := range a.attachments {
			if !strings.HasSuffix(enclosed.Name, ".xlsx") { // the slip, the dossier laid out for signing
				continue
			}
			w, err := ooxml.Read(enclosed.Bytes, ooxml.DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			f, stamp, ok := reader.Identify(w, templates.Forms())
			if !ok {
				t.Fatalf("%s: %s is no form", a.subject, enclosed.Name)
			}
			if !strings.HasPrefix(enclosed.Name, "ket-qua-") {
				continue // a fresh form
			}
			period, _ := p.Period(stamp.Period)
			got := cellCodes(reader.Read(f, stamp, w, templates.Context(p, period, stamp.Unit)).Findings)
			var want []finding.Code
			lost := 0 // formulas without a value: the copy keeps what was read, which is nothing
			for _, s := range a.submissions {
				if s.Form == f.ID {
					want, lost = cellCodes(s.Findings), 0
					for _, x := range s.Findings {
						if x.Code == finding.FormulaPending || x.Code == finding.FormulaError {
							lost++
						}
					}
				}
			}
			blanks := func(all []finding.Code) (n int) {
				for _, c := range all {
					if c == finding.Missing {
						n++
					}
				}
				return n
			}
			for ; lost > 0 && blanks(got) > blanks(want); lost-- {
				want = append(want, finding.Missing)
			}
			slices.Sort(got)
			slices.Sort(want)
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Errorf("%s, %s (-found +copy):\n%s", a.subject, enclosed.Name, diff)
			}
			n++
		}
	}
	if n == 0 {
		t.Fatal("no letter has a marked copy")
	}
}

// cellCodes are the mandatory findings that rest on values of cells, not on who sent the file, for
// which year, or on what of the file the copy does not keep: formulas, and a second sheet that says
// otherwise.
func cellCodes(all []finding.Finding) []finding.Code {
	var out []finding.Code
	apart := []finding.Code{finding.WrongUnit, finding.WrongYear, finding.SaidTwice, finding.FormulaPending,
		finding.FormulaError,
		finding.NearTable, finding.TurnedTable, finding.TableBeside} // of tables that are not in the copy
	for _, f := range all {
		if f.Level == finding.Must && f.Cell != "" && !slices.Contains(apart, f.Code) {
			out = append(out, f.Code)
		}
	}
	return out
}

// newPost is the post of a plan with the shared mailbox of the tests.
func newPost(p *plan.Plan) post.Post {
	return post.New(p, post.Mailbox{Address: "thidua@thainguyen.example", Domain: "thainguyen.example"})
}

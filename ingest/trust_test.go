package ingest_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/ingest/mailbox"
	"thidua/ingest/proof"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/xlsx"
)

// The office's mail server in these tests, and addresses of the built-in plan.
const (
	examiner  = "mx.office.example"
	ward      = "quantrieu@thainguyen.example"
	officeBox = "noivu@thainguyen.example"
	council   = "hoidongtdkt@thainguyen.example"
)

// pass is what the server writes of a mail from the plan's domain.
const pass = "Authentication-Results: " + examiner + "; dmarc=pass header.from=thainguyen.example"

// trusting is a world whose server is believed.
type trusting struct {
	*world
	secret proof.Secret
	at     time.Time
	uid    int
}

func newTrusting(t *testing.T) *trusting {
	w := &trusting{world: newWorld(t), at: ledgertest.Start}
	var err error
	w.secret, err = w.ledger.Secrets().Current(t.Context())
	must(t, err)
	return w
}

// receive has mails arrive, one a second, and pulls; it returns what the ledger knows of each.
func (w *trusting) receive(server string, raws ...string) []submission.Message {
	w.t.Helper()
	for _, raw := range raws {
		w.at = w.at.Add(time.Second)
		w.deliver(letter{[]byte(raw), w.at})
	}
	imap, err := mailbox.DialIMAP(w.t.Context(), mailbox.IMAPConfig{Address: w.office.IMAPAddr(),
		Security: mailbox.Plain, User: shared, Password: password})
	must(w.t, err)
	defer imap.Close()
	o := options
	o.Trust = server
	_, err = ingest.Pull(w.t.Context(), imap, w.ledger, w.plan, o)
	must(w.t, err)
	all, err := w.ledger.Inbox().Messages(w.t.Context())
	must(w.t, err)
	var out []submission.Message
	for _, raw := range raws {
		sum := sha(raw)
		i := slices.IndexFunc(all, func(e ledger.Entry) bool { return e.ID == sum })
		out = append(out, all[i].Message)
	}
	return out
}

func (w *trusting) receiveOne(server, raw string) submission.Message {
	w.t.Helper()
	return w.receive(server, raw)[0]
}

// letter puts a letter of ours into the ledger, as sent. Its Message-ID is the unguessable one, or
// that of an earlier version.
func (w *trusting) letter(id string, unguessable bool, to ...string) (messageID string) {
	w.t.Helper()
	messageID = sha(id)[:32] + "@thainguyen.example"
	if unguessable {
		messageID = w.secret.Code(proof.MessageID, id) + "@thainguyen.example"
	}
	_, err := w.ledger.Outbox().Queue(w.t.Context(),
		[]ledger.Letter{{ID: id, Kind: "x", From: shared, To: to, Subject: "x", MessageID: messageID, Raw: []byte(id)}})
	must(w.t, err)
	for {
		claimed, err := w.ledger.Outbox().Claim(w.t.Context(), 10, time.Minute)
		must(w.t, err)
		if len(claimed) == 0 {
			return "<" + messageID + ">"
		}
		for _, c := range claimed {
			var verdicts []ledger.Verdict
			for _, r := range c.To {
				verdicts = append(verdicts, ledger.Verdict{Addr: r, Outcome: ledger.Delivered})
			}
			_, err := w.ledger.Outbox().Delivered(w.t.Context(),
				ledger.Result{Letter: c.ID, Claim: c.Claim, Verdicts: verdicts})
			must(w.t, err)
		}
	}
}

// note is a mail without a file.
func (w *trusting) note(from, subject, text string, headers ...string) string {
	w.uid++
	return fmt.Sprintf("From: <%s>\r\nTo: <%s>\r\nSubject: %s\r\nMessage-ID: <%d@note.example>\r\n%s\r\n%s\r\n", from,
		shared, subject, w.uid, strings.Join(append(headers, ""), "\r\n"), text)
}

// withFile is a mail with a workbook.
func (w *trusting) withFile(from, name string, book []byte, headers ...string) string {
	w.uid++
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: <%s>\r\nTo: <%s>\r\nSubject: x\r\nMessage-ID: <%d@file.example>\r\n%sMIME-Version: "+
		"1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", from, shared, w.uid,
		strings.Join(append(headers, ""), "\r\n"))
	fmt.Fprintf(&b, "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; "+
		"filename=%s\r\nContent-Transfer-Encoding: base64\r\n\r\n", name)
	for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(book)), 76) {
		b.Write(append(line, "\r\n"...))
	}
	b.WriteString("--b--\r\n")
	return b.String()
}

// book is a form, filled in so far that it is in order, sealed by a secret.
func (w *trusting) book(f *form.Form, secret proof.Secret) []byte {
	w.t.Helper()
	period, _ := w.plan.AnnualPeriod(2018)
	u, _ := w.plan.UnitByAddress(ward)
	ctx := templates.Context(w.plan, period, "")
	ctx.Seal = secret.Seal
	var value any
	switch f {
	case templates.RosterForm:
		r := templates.NewRoster(w.plan, period)
		r.Head.Date, r.Head.Preparer = form.Of("2018-02-28"), form.Of("Phạm Thị Dung")
		value = r
	case templates.RecordsForm:
		value = templates.NewRecords(w.plan, period)
	case templates.DecisionForm:
		value = templates.NewDecision(period)
	case templates.RulingsForm:
		value = templates.NewRulings(period)
	case templates.VotesForm:
		value = &templates.Votes{}
	default:
		ctx.Unit = u.Code
		value = templates.NewRegistration(w.plan, period, u, nil)
	}
	b, err := xlsx.Write(f, xlsx.Heading{}, ctx, value)
	must(w.t, err)
	return b
}

func (o outcome) String() string { return string(o.outcome) + " (" + o.reason + ")" }

type outcome struct {
	outcome submission.Outcome
	reason  string
}

func sha(raw string) string {
	sum := sha256.Sum256([]byte(raw))
	return hex.EncodeToString(sum[:])
}

func of(m submission.Message) outcome { return outcome{m.Outcome, m.Reason} }

var (
	unproven   = outcome{submission.MailHeld, "unproven"}
	doubtful   = outcome{submission.MailHeld, "doubtful"}
	unreadable = outcome{submission.MailHeld, "unreadable"}
	stranger   = outcome{submission.MailHeld, "unknown-sender"}
	withdrawal = outcome{submission.MailAccepted, "ask-withdraw"}
	orders     = outcome{submission.MailAccepted, "ask-ruling"}
)

// Mails as servers and forgers write them: what comes of each, where the office's server is
// believed and where nobody examined it.
func TestWhatComesOfForgedMails(t *testing.T) {
	files, err := filepath.Glob("testdata/trust/*.eml")
	must(t, err)
	want := map[string]outcome{"auth-m-split-topmost-dkim-then-dmarc": withdrawal, "from-form-16": unproven,
		"forged-bounce": {submission.MailLeft, "automatic"}}
	for _, name := range []string{"auth-b-dmarcfail", "auth-c-inject-mailfrom", "auth-g-case", "auth-i-quoted",
		"auth-l-comment-first", "auth-v-dkim-multi", "auth-w-exchange"} {
		want[name] = doubtful
	}
	believed, nobody := newTrusting(t), newTrusting(t)
	for _, file := range files {
		raw, err := os.ReadFile(file)
		must(t, err)
		name, mail := strings.TrimSuffix(filepath.Base(file), ".eml"),
			strings.ReplaceAll(strings.ReplaceAll(string(raw), "\r\n", "\n"), "\n", "\r\n")
		right, special := want[name]
		switch {
		case special:
		case strings.HasPrefix(name, "from-form-"):
			right = unreadable
		case strings.HasPrefix(name, "forged-from-comment"):
			right = stranger
		default:
			right = unproven
		}
		m := believed.receiveOne(examiner, mail)
		if of(m) != right {
			t.Errorf("%s is %s, want %s", name, of(m), right)
		}
		if strings.HasPrefix(name, "from-form-") && name != "from-form-16" &&
			(m.From != "" || m.Unit != "" || m.Detail == "") {
			t.Errorf("%s is from %q of %q, claimed by %q", name, m.From, m.Unit, m.Detail)
		}
		if right == withdrawal || right == doubtful {
			right = unproven
		}
		if m := nobody.receiveOne("", mail); of(m) != right {
			t.Errorf("%s, which nobody examined, is %s, want %s", name, of(m), right)
		}
	}
	for _, w := range []*trusting{believed, nobody} {
		if all := w.dataset().Submissions; len(all) > 0 {
			t.Errorf("%d submissions of forged mails count", len(all))
		}
		bounces, err := w.ledger.Outbox().Bounces(t.Context())
		must(t, err)
		if len(bounces) > 0 {
			t.Errorf("believed bounces: %+v", bounces)
		}
	}
}

// A workbook of the office counts with a pass, with the code of the ledger's own workbook, or as
// the answer to a letter that only the office got; with an address alone it waits, whoever examined
// it or nobody.
func TestOfficialFormsNeedProof(t *testing.T) {
	w := newTrusting(t)
	none, foreign := proof.Secret{}, proof.NewSecret(1, proof.Seeded(99))
	ours, old, shared := w.letter("docket/1", true, officeBox, council), w.letter("docket/0", false, officeBox),
		w.letter("circular", true, officeBox, ward)
	for _, f := range []*form.Form{templates.VotesForm, templates.DecisionForm, templates.RecordsForm,
		templates.RulingsForm, templates.RosterForm} {
		from := officeBox
		if f == templates.VotesForm {
			from = council
		}
		for _, c := range []struct {
			name    string
			secret  proof.Secret
			headers []string
			held    string
		}{
			{"an address alone", none, nil, "unproven"},
			{"nothing found out", none, []string{"Authentication-Results: " + examiner + "; spf=neutral " +
				"smtp.mailfrom=thainguyen.example; dmarc=none"}, "unproven"},
			{"another ledger's code", foreign, nil, "unproven"},
			{"a letter of an earlier version", none, []string{"In-Reply-To: " + old}, "unproven"},
			{"a letter that others got, too", none, []string{"In-Reply-To: " + shared}, "unproven"},
			{"a failed check with a code", w.secret,
				[]string{"Authentication-Results: " + examiner + "; dmarc=fail header.from=thainguyen.example"},
				"doubtful"},
			{"a failed check with a letter", none,
				[]string{"Authentication-Results: " + examiner + "; dmarc=fail header.from=thainguyen.example",
					"In-Reply-To: " + ours}, "doubtful"},
			{"a pass", none, []string{pass}, ""},
			{"the ledger's code", w.secret, nil, ""},
			{"an answer", none, []string{"In-Reply-To: " + ours}, ""},
		} {
			m := w.receiveOne(examiner, w.withFile(from, "x.xlsx", w.book(f, c.secret), c.headers...))
			if got := m.Outcome == submission.MailHeld; got != (c.held != "") || got && m.Reason != c.held {
				t.Errorf("%s with %s is %s, want held %q", f.ID, c.name, of(m), c.held)
			}
		}
	}
}

// A unit's own forms count as they always did; a code that is none of ours is told, and none is
// not.
func TestUnitFormsCountWithTheirAddress(t *testing.T) {
	w := newTrusting(t)
	for _, c := range []struct {
		name   string
		secret proof.Secret
		told   bool
	}{{"no code", proof.Secret{}, false}, {"our code", w.secret, false},
		{"a forged code", proof.NewSecret(1, proof.Seeded(99)), true},
		{"a code of another time", proof.NewSecret(7, proof.Seeded(99)), false}} {
		m := w.receiveOne(examiner, w.withFile(ward, "x.xlsx", w.book(templates.RegistrationForm, c.secret)))
		if m.Outcome == submission.MailHeld {
			t.Errorf("with %s: %s", c.name, of(m))
		}
		all := w.dataset().Submissions
		i := slices.IndexFunc(all, func(s submission.Submission) bool { return s.Message == m.ID })
		if got := finding.Has(all[i].Findings, finding.ForeignStamp); got != c.told {
			t.Errorf("with %s a foreign stamp is told: %v", c.name, got)
		}
	}
}

func TestWithdrawalsNeedProof(t *testing.T) {
	w := newTrusting(t)
	receipt, other, old := w.letter("receipt/1", true, ward),
		w.letter("receipt/2", true, "tanthinh@thainguyen.example"), w.letter("receipt/0", false, ward)
	for name, c := range map[string]struct {
		header string
		want   outcome
	}{
		"nothing": {"X: y", unproven}, "a pass": {pass, withdrawal},
		"our receipt":                     {"In-Reply-To: " + receipt, withdrawal},
		"another unit's receipt":          {"In-Reply-To: " + other, unproven},
		"a receipt of an earlier version": {"In-Reply-To: " + old, unproven},
	} {
		if m := w.receiveOne(examiner, w.note(ward, "rut ho so", "TN-2018-00000000", c.header)); of(m) != c.want {
			t.Errorf("a withdrawal with %s is %s, want %s", name, of(m), c.want)
		}
	}
}

// What the office decides about held mail is believed with the code from its digest. Until then the
// order itself is held, and can be confirmed.
func TestOrdersNeedTheCodeOfTheDigest(t *testing.T) {
	w := newTrusting(t)
	held := func(m submission.Message) bool {
		all, err := w.ledger.Rulings().Held(t.Context())
		must(t, err)
		return slices.ContainsFunc(all, func(h submission.Message) bool { return h.ID == m.ID })
	}
	code := func(m submission.Message) string { return w.secret.Code(proof.HeldMail, m.ID) }
	first := w.receiveOne("", w.withFile(officeBox, "danh ba.xlsx", w.book(templates.RosterForm, proof.Secret{})))
	guess := w.receiveOne("", w.note(officeBox, "Re: x", "nhan "+first.ID[:8]))
	if of(first) != unproven || of(guess) != unproven || !held(first) {
		t.Fatalf("a roster is %s, an order without a code %s", of(first), of(guess))
	}
	if m := w.receiveOne("", w.note(officeBox, "Re: x", "nhan "+strings.Repeat("0", 12))); of(m) != unproven {
		t.Errorf("an order with a guessed code is %s", of(m))
	}
	if m := w.receiveOne("", w.note(ward, "Re: x", "nhan "+code(first))); of(m) == orders || !held(first) {
		t.Errorf("an order of a unit is %s", of(m))
	}
	// The order that was held is confirmed, and the roster with it.
	if m := w.receiveOne("", w.note(officeBox, "Re: x", "nhan "+code(guess))); of(m) != orders || held(first) ||
		held(guess) {
		t.Fatalf("the confirmation is %s; the roster waits: %v, the order waits: %v", of(m), held(first), held(guess))
	}
	all := w.dataset().Submissions
	if !slices.ContainsFunc(all, func(s submission.Submission) bool {
		return s.Message == first.ID && s.State == submission.Accepted && s.Form == templates.RosterForm.ID
	}) {
		t.Errorf("the roster does not count: %+v", all)
	}
	// Nothing happens twice.
	if m := w.receiveOne("", w.note(officeBox, "Re: x", "nhan "+code(guess)+"\r\nnhan "+code(first))); of(m) != orders {
		t.Errorf("a repeated order is %s", of(m))
	}
}

// Two held withdrawals of one paper, and an order that names both and a held order naming them
// again: each is carried out once.
func TestConfirmedCommandsAreCarriedOutOnce(t *testing.T) {
	w := newTrusting(t)
	sent := w.receiveOne("", w.withFile(ward, "x.xlsx", w.book(templates.RegistrationForm, proof.Secret{})))
	receipt := w.dataset().Submissions[0].ID
	one := w.receiveOne("", w.note(ward, "rut ho so", receipt))
	two := w.receiveOne("", w.note(ward, "rut ho so", "Xin rut "+receipt))
	code := func(m submission.Message) string { return w.secret.Code(proof.HeldMail, m.ID) }
	again := w.receiveOne("", w.note(officeBox, "Re: x", "nhan "+one.ID[:8]+"\r\nnhan "+two.ID[:8]))
	if of(one) != unproven || of(two) != unproven || of(again) != unproven {
		t.Fatalf("%s, %s, %s", of(one), of(two), of(again))
	}
	confirmed := w.receiveOne("", w.note(officeBox, "Re: x", "nhan "+code(one)+"\r\nnhan "+code(two)+"\r\nnhan "+
		code(again)))
	if of(confirmed) != orders {
		t.Fatalf("the confirmation is %s", of(confirmed))
	}
	waiting, err := w.ledger.Inbox().Unacknowledged(t.Context())
	must(t, err)
	i := slices.IndexFunc(waiting, func(a ledger.Arrival) bool { return a.Message.ID == confirmed.ID })
	rulings, withdrawn := waiting[i].Rulings, 0
	for todo := rulings; len(todo) > 0; todo = append(todo[1:], todo[0].Rulings...) {
		r := todo[0]
		if r.Verb == ledger.Withdraw && r.Refused == "" && r.Ruling.Submission == receipt {
			withdrawn++
			if !r.At.Equal(confirmed.Received) {
				t.Errorf("it holds from %v, confirmed at %v", r.At, confirmed.Received)
			}
		}
	}
	if withdrawn != 1 {
		t.Errorf("%s of mail %s was withdrawn %d times: %+v", receipt, sent.ID, withdrawn, rulings)
	}
}

// A bounce is believed only of a letter that it names by what nobody else knows, and without a
// sender.
func TestBouncesNeedTheLettersName(t *testing.T) {
	w := newTrusting(t)
	ours, old := w.letter("receipt/1", true, ward), w.letter("receipt/0", false, ward)
	report := func(path, id string) string {
		w.uid++
		return fmt.Sprintf("%sFrom: stranger@evil.example\r\nSubject: x\r\nMessage-ID: "+
			"<%d@evil.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; "+
			"report-type=delivery-status; boundary=r\r\n\r\n"+
			"--r\r\nContent-Type: text/plain\r\n\r\n%s\r\n--r\r\nContent-Type: "+
			"message/delivery-status\r\n\r\nFinal-Recipient: rfc822; %s\r\nAction: failed\r\nStatus: "+
			"5.1.1\r\n\r\n--r--\r\n", path, w.uid, id, ward)
	}
	for _, c := range []struct {
		name, path, id string
		believed       bool
	}{
		{"a name that can be worked out", "", old, false},
		{"no letter of ours", "", "<" + strings.Repeat("a", 32) + "@thainguyen.example>", false},
		{"our letter, from somebody", "Return-Path: <stranger@evil.example>\r\n", ours, false},
		{"our letter", "", ours, true},
		{"our letter of an earlier version, from nobody", "Return-Path: <>\r\n", old, true},
	} {
		before, err := w.ledger.Outbox().Bounces(t.Context())
		must(t, err)
		m := w.receiveOne("", report(c.path, c.id))
		after, err := w.ledger.Outbox().Bounces(t.Context())
		must(t, err)
		if got := len(after) > len(before); got != c.believed || m.Outcome != submission.MailLeft {
			t.Errorf("%s is believed: %v, %s", c.name, got, of(m))
		}
	}
}

// Once the secret was changed, because it leaked, no code from before is worth anything.
func TestAChangedSecretEndsAllCodes(t *testing.T) {
	w := newTrusting(t)
	ours := w.letter("receipt/1", true, ward)
	book := w.book(templates.RosterForm, w.secret)
	_, err := w.ledger.Secrets().Change(t.Context(), proof.Seeded(3))
	must(t, err)
	if m := w.receiveOne("", w.withFile(officeBox, "x.xlsx", book)); of(m) != unproven {
		t.Errorf("a roster with a code of before is %s", of(m))
	}
	if m := w.receiveOne("", w.note(ward, "rut ho so", "TN-2018-00000000", "In-Reply-To: "+ours)); of(m) != unproven {
		t.Errorf("a withdrawal that answers a letter of before is %s", of(m))
	}
}

func TestHowManyMailsBearTheServersName(t *testing.T) {
	w := newTrusting(t)
	w.receive("", w.note(ward, "mau", "x", pass), w.note(ward, "mau", "y"),
		w.note(ward, "mau", "z", "Authentication-Results: other.example; none"))
	for server, want := range map[string]int{examiner: 1, "MX.office.example.": 1, "other.example": 1,
		"nobody.example": 0} {
		mails, named, err := ingest.Examined(t.Context(), w.ledger, server, 10)
		must(t, err)
		if mails != 3 || named != want {
			t.Errorf("%d of %d mails bear %s, want %d", named, mails, server, want)
		}
	}
}

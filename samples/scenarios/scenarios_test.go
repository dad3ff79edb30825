// Package scenarios_test plays small stories through the whole of the program: mails go into a real
// mailbox, passes run at the moments the story names, and what the ledger then holds, what was
// answered and what was judged is compared with texts.
//
// A story is a folder: in/*.eml (the mails; the date of the topmost Received field is when the
// server takes the mail in), now.txt (the moments of the passes in UTC+7, one a line), out/*.txt
// (what must come of it) and README.md (what it shows). A story of another plan has plan.yaml,
// which is added to that of the plan built in.
//
//	go test ./samples/scenarios -run TestScenarios -update
//	go test ./samples/scenarios -run TestScenarios -generate
//
// The first writes out/*.txt anew; the second writes in/*.eml, now.txt and README.md anew from
// stories_test.go, then out/.
package scenarios_test

import (
	"bytes"
	"context"
	"flag"
	"io/fs"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"thidua/cmd/pass"
	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/ingest/mailbox"
	"thidua/ingest/proof"
	"thidua/reports/outbox"
	"thidua/reports/smtp"
	"thidua/samples/postoffice"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

var (
	update   = flag.Bool("update", false, "write the goldens anew")
	generate = flag.Bool("generate", false, "write the mails anew, then the goldens")
)

const (
	shared   = "thidua@thainguyen.example"
	domain   = "thainguyen.example"
	password = "mat-khau"
	done     = "Da xu ly"
	held     = "Cho xu ly"
	seed     = 2018 // of the ledgers' secret
)

// secret is that of every story's ledger.
var secret = proof.NewSecret(1, proof.Seeded(seed))

// clock stands still until it is set.
type clock struct{ at time.Time }

func (c *clock) Now() time.Time { return c.at }

// post is one mail of a story.
type post struct {
	name string
	raw  []byte
	at   time.Time
}

// world is everything a story happens in.
type world struct {
	t      *testing.T
	plan   *plan.Plan
	clock  *clock
	ledger *ledger.Ledger
	office *postoffice.Office
	pass   *pass.Pass
	mails  []post
}

func newWorld(t *testing.T) *world {
	t.Helper()
	p, err := plan.Default()
	must(t, err)
	return newWorldOf(t, p)
}

func newWorldOf(t *testing.T, p *plan.Plan) *world {
	t.Helper()
	w := &world{t: t, plan: p, clock: &clock{at: p.IssuedOn.Start()}}
	var err error
	w.ledger, err = ledger.Open(t.Context(), ledgertest.Empty(t), w.clock)
	must(t, err)
	t.Cleanup(func() { must(t, w.ledger.Close()) })
	_, err = w.ledger.Secrets().Change(t.Context(), proof.Seeded(seed))
	must(t, err)
	w.pass = pass.New(p, w.ledger, w.clock, pass.Settings{
		Address: shared, Domain: domain, Done: done, Held: held, Trust: trusted,
	})
	w.office, err = postoffice.Open(postoffice.Config{Shared: shared, Password: password, Clock: w.clock.Now})
	must(t, err)
	t.Cleanup(func() { _ = w.office.Close() })
	return w
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// answer delivers what has arrived until now and lets the program take mail in, answer it and send
// the answers. Papers have stories of their own.
func (w *world) answer(at time.Time, arriving []post) ingest.Report {
	w.t.Helper()
	source := w.arrive(at, arriving)
	defer source.Close()
	r, err := w.pass.Answer(w.t.Context(), source)
	must(w.t, err)
	sent, err := w.pass.Deliver(w.t.Context(), w.dial)
	must(w.t, err)
	w.everythingLeft(sent)
	return r.Pulled
}

// make delivers what has arrived until now and lets the program make a whole pass.
func (w *world) make(at time.Time, arriving []post) {
	w.t.Helper()
	source := w.arrive(at, arriving)
	defer source.Close()
	r, err := w.pass.Make(w.t.Context(), source, w.dial)
	must(w.t, err)
	w.everythingLeft(r.Sent)
}

// arrive delivers what has arrived until a moment and opens the mailbox at it.
func (w *world) arrive(at time.Time, arriving []post) *mailbox.IMAP {
	w.t.Helper()
	for _, m := range arriving {
		must(w.t, w.office.Deliver(m.raw, m.at))
		w.mails = append(w.mails, m)
	}
	w.clock.at = at
	source, err := mailbox.DialIMAP(w.t.Context(), mailbox.IMAPConfig{
		Address: w.office.IMAPAddr(), Security: mailbox.Plain, User: shared, Password: password,
	})
	must(w.t, err)
	return source
}

func (w *world) dial(ctx context.Context) (*smtp.Client, error) {
	return smtp.Dial(ctx, smtp.Config{Address: w.office.SMTPAddr(), Security: smtp.Plain})
}

func (w *world) everythingLeft(r outbox.Report) {
	w.t.Helper()
	if r.Later+r.Failed > 0 || r.Unreachable != "" {
		w.t.Fatalf("the post office refused letters: %+v", r)
	}
}

// sound proves what holds after every story: nothing was lost or deleted, the chain is whole, every
// letter left, and one more pass changes nothing.
func (w *world) sound() {
	w.t.Helper()
	ctx := w.t.Context()
	before, err := w.ledger.Counts(ctx)
	must(w.t, err)
	if r := w.answer(w.clock.at, nil); r.New+r.Moved > 0 {
		w.t.Errorf("a pass with nothing new took in %d mails and moved %d", r.New, r.Moved)
	}
	after, err := w.ledger.Counts(ctx)
	must(w.t, err)
	if before != after {
		w.t.Errorf("a pass with nothing new changed the ledger:\n%+v\n%+v", before, after)
	}
	problems, err := w.ledger.Chain().Verify(ctx)
	must(w.t, err)
	for _, p := range problems {
		w.t.Errorf("the ledger is not whole: %s", p)
	}
	folders, err := w.office.Folders()
	must(w.t, err)
	n := 0
	for _, k := range folders {
		n += k
	}
	if n != len(w.mails) {
		w.t.Errorf("%d mails came, %d lie in the mailbox: %v", len(w.mails), n, folders)
	}
	if after.Messages+after.Duplicates != len(w.mails) {
		w.t.Errorf("%d mails came, the ledger accounts for %d and %d copies", len(w.mails), after.Messages,
			after.Duplicates)
	}
	if sent := len(w.office.Delivered()); sent != after.Sent || after.Queued+after.Failed > 0 {
		w.t.Errorf("%d letters arrived; the ledger says %d sent, %d queued, %d failed", sent, after.Sent, after.Queued,
			after.Failed)
	}
}

func TestScenarios(t *testing.T) {
	if *generate {
		writeStories(t)
	}
	folders, err := filepath.Glob("[0-9][0-9]-*")
	must(t, err)
	if len(folders) < 14 {
		t.Fatalf("%d stories", len(folders))
	}
	for _, dir := range folders {
		t.Run(dir, func(t *testing.T) {
			w := play(t, dir)
			w.sound()
			for name, got := range w.render() {
				golden(t, filepath.Join(dir, "out", name), got)
			}
		})
	}
}

// play runs the story in a folder.
func play(t *testing.T, dir string) *world {
	t.Helper()
	w := newWorldOf(t, planOf(t, dir))
	mails := readMails(t, filepath.Join(dir, "in"))
	for _, at := range readMoments(t, filepath.Join(dir, "now.txt")) {
		var arriving []post
		for len(mails) > 0 && !mails[0].at.After(at) {
			arriving, mails = append(arriving, mails[0]), mails[1:]
		}
		w.answer(at, arriving)
	}
	if len(mails) > 0 {
		t.Fatalf("%s arrives after the last pass, or before the mail it follows", mails[0].name)
	}
	return w
}

// planOf is the plan built in, with what the story adds to it.
func planOf(t *testing.T, dir string) *plan.Plan {
	t.Helper()
	more, err := os.ReadFile(filepath.Join(dir, "plan.yaml"))
	if os.IsNotExist(err) {
		p, err := plan.Default()
		must(t, err)
		return p
	}
	must(t, err)
	files := fstest.MapFS{}
	for _, name := range plan.Files() {
		b, err := fs.ReadFile(plan.BuiltIn(), name)
		must(t, err)
		files[name] = &fstest.MapFile{Data: b}
	}
	files["plan.yaml"].Data = append(slices.Clip(files["plan.yaml"].Data), more...)
	p, err := plan.Load(files)
	must(t, err)
	for _, problem := range plan.Lint(p) {
		if !problem.Warning {
			t.Fatalf("the plan of the story: %+v", problem)
		}
	}
	return p
}

// readMails reads the mails of a folder by name.
func readMails(t *testing.T, dir string) []post {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.eml"))
	must(t, err)
	var out []post
	for _, name := range names {
		raw, err := os.ReadFile(name)
		must(t, err)
		out = append(out, post{name: filepath.Base(name), raw: raw, at: received(t, name, raw)})
	}
	return out
}

// received is the date of the topmost Received field.
func received(t *testing.T, name string, raw []byte) time.Time {
	t.Helper()
	line, _, _ := bytes.Cut(raw, []byte("\r\n"))
	_, date, ok := strings.Cut(string(line), "; ")
	if !ok || !strings.HasPrefix(string(line), "Received: ") {
		t.Fatalf("%s does not begin with a Received field", name)
	}
	at, err := mail.ParseDate(date)
	must(t, err)
	return at
}

// readMoments reads lines such as "2018-03-05 16:30:00".
func readMoments(t *testing.T, name string) []time.Time {
	t.Helper()
	b, err := os.ReadFile(name)
	must(t, err)
	var out []time.Time
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		at, err := time.ParseInLocation(time.DateTime, line, calendar.Zone)
		must(t, err)
		out = append(out, at)
	}
	return out
}

// golden compares a text with a file, or writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update || *generate {
		must(t, os.MkdirAll(filepath.Dir(name), 0o755))
		if got == "" {
			_ = os.Remove(name) // a story without verdicts has no file of them
			return
		}
		must(t, os.WriteFile(name, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(name)
	if err != nil && (!os.IsNotExist(err) || got != "") {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

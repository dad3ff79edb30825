package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"thidua/cmd/config"
	"thidua/cmd/exit"
	"thidua/cmd/files"
	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/proof"
	"thidua/samples/postoffice"
	"thidua/templates/calendar"
	"thidua/templates/calendar/calendartest"
	"thidua/templates/plan"
)

// kills is 185 in CI, which is a kill at every seventh point; at least 1,200 for one at every
// point, and thousands before a release.
var kills = flag.Int("kills", 12, "how often TestKilled kills the program")

// killHook makes the program end itself, as kill -9 does, before the n-th thing it asks of its
// database: a statement, the beginning of a transaction, its end. It exists in the test program
// alone.
func killHook(a *app) {
	n, err := strconv.ParseInt(os.Getenv("THIDUA_KILL_AT"), 10, 64)
	if err != nil {
		return
	}
	var asked atomic.Int64
	a.ledgerOptions = append(a.ledgerOptions, ledger.Traced(func(string) {
		if asked.Add(1) == n {
			if p, err := os.FindProcess(os.Getpid()); err == nil {
				_ = p.Kill()
			}
			select {} // the signal needs a moment
		}
	}))
}

// act is a pass of the story at its moment: the mails that have come, the ledger there is, and
// where an undisturbed pass leads.
type act struct {
	plan   string
	now    time.Time
	mails  [][]byte
	ledger string        // file it begins with, "" for none
	points int           // things an undisturbed pass asks of the database
	takes  time.Duration // of the program, for kills at random
	end    string
}

// killStory is a city of five units. First forms go out and mails are answered; a week later comes
// an overdue reminder, a table for the office and more mail.
func killStory(t *testing.T) []*act {
	t.Helper()
	dir := t.TempDir()
	for _, name := range plan.Files() {
		b, err := fs.ReadFile(plan.BuiltIn(), name)
		well(t, err)
		if name == "units.csv" {
			b = fewUnits(t, b)
		}
		well(t, files.Write(filepath.Join(dir, "plan"), name, b))
	}
	mails := func(names ...string) (out [][]byte) {
		for _, name := range names {
			found, err := filepath.Glob("../../samples/scenarios/" + name)
			well(t, err)
			for _, file := range found {
				b, err := os.ReadFile(file)
				well(t, err)
				out = append(out, b)
			}
		}
		return out
	}
	acts := []*act{
		{now: storyNow, mails: mails("02-*/in/*", "04-*/in/02*", "05-*/in/01*", "06-*/in/0[13]*")},
		{now: time.Date(2018, 3, 12, 9, 0, 0, 0, calendar.Zone),
			mails: mails("03-*/in/02*", "04-*/in/04*", "02-*/in/*")},
	}
	for i, a := range acts {
		a.plan = filepath.Join(dir, "plan")
		if i > 0 {
			a.ledger = filepath.Join(dir, fmt.Sprint("before", i))
		}
		s := a.stage(t, t.TempDir())
		var asked atomic.Int64
		s.pass(t, a.now, ledger.Traced(func(string) { asked.Add(1) }))
		a.points = int(asked.Load())
		s.pass(t, a.now.Add(time.Hour))
		a.end = s.state(t)
		if got := s.repeated(t); got > 0 {
			t.Fatalf("undisturbed, %d mails were sent twice", got)
		}
		if i+1 < len(acts) {
			l := s.open(t)
			well(t, l.Backup(t.Context(), filepath.Join(dir, fmt.Sprint("before", i+1))))
			well(t, l.Close())
		}
		s.Close()
		timed := a.stage(t, t.TempDir())
		begun := time.Now()
		_ = timed.program(a, nil).Run() // mail is held: that is its exit code
		a.takes = time.Since(begun)
		timed.Close()
	}
	return acts
}

// fewUnits leaves an address to the units whose mails are in the story, and to one that is silent;
// nobody writes to the others.
func fewUnits(t *testing.T, units []byte) []byte {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(units)).ReadAll()
	well(t, err)
	column := slices.Index(rows[0], "emails")
	for _, row := range rows[1:] {
		if !slices.ContainsFunc([]string{"tanthinh@", "thinhdan@", "dongquang@", "giasang@", "quantrieu@"},
			func(s string) bool { return strings.HasPrefix(row[column], s) }) {
			row[column] = ""
		}
	}
	var out bytes.Buffer
	well(t, csv.NewWriter(&out).WriteAll(rows))
	return out.Bytes()
}

// stage is one ledger and one post office, as an act begins.
type stage struct {
	*postoffice.Office
	dir, config string
}

func (a *act) stage(t *testing.T, dir string) *stage {
	t.Helper()
	validity := uint32(7)
	if a.ledger != "" {
		validity++ // its places are not those of the first act
		b, err := os.ReadFile(a.ledger)
		well(t, err)
		well(t, os.WriteFile(filepath.Join(dir, "ledger.db"), b, 0o600))
	}
	o, err := postoffice.Open(postoffice.Config{Shared: shared, Password: password,
		Clock: func() time.Time { return a.now }, UIDValidity: validity})
	well(t, err)
	for _, m := range a.mails {
		well(t, o.Deliver(m, a.now.Add(-time.Hour)))
	}
	text := configFor(o, "plan: "+a.plan+"\n")
	well(t, files.Write(dir, config.FileName, []byte(text)))
	s := &stage{o, dir, filepath.Join(dir, config.FileName)}
	if a.ledger == "" { // a new ledger: every stage writes the same codes
		l := s.open(t)
		_, err := l.Secrets().Change(t.Context(), proof.Seeded(1))
		well(t, err)
		well(t, l.Close())
	}
	return s
}

// program is `thidua run` in a process of its own: this test program, which runs main's code under
// that name.
func (s *stage) program(a *act, env []string) *exec.Cmd {
	c := exec.Command(os.Args[0])
	c.Args = []string{"thidua", "--config", s.config, "run"} // the name says what the test program is to be
	c.Env = append(append(os.Environ(), "PASSWORD="+password, "THIDUA_NOW="+a.now.Format(time.RFC3339)), env...)
	return c
}

// pass makes a pass in this process.
func (s *stage) pass(t *testing.T, now time.Time, options ...ledger.Option) {
	t.Helper()
	var out bytes.Buffer
	a := programAt(now, &out)
	a.ledgerOptions = options
	if code := a.run(context.WithoutCancel(t.Context()),
		[]string{"--config", s.config, "run"}); code != exit.Done && code != exit.Held {
		t.Fatalf("exit code %d: %s", code, &out)
	}
}

func (s *stage) open(t *testing.T) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(t.Context(), filepath.Join(s.dir, "ledger.db"), calendartest.Fixed(storyNow))
	well(t, err)
	return l
}

// sound runs what `thidua doctor` runs.
func (s *stage) sound(t *testing.T) error {
	l := s.open(t)
	defer l.Close()
	problems, err := l.Chain().Verify(t.Context())
	if err == nil && problems != nil {
		err = fmt.Errorf("doctor: %v", problems)
	}
	return err
}

// state is everything that must not depend on how often the program was killed: mails and where
// they lie, what was read, papers, letters to the byte and whether they left. How often a letter
// was tried is left out, and the order in which independent things happened.
func (s *stage) state(t *testing.T) string {
	t.Helper()
	l, ctx := s.open(t), t.Context()
	defer l.Close()
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	messages, err := l.Inbox().Messages(ctx)
	well(t, err)
	for _, m := range messages {
		add("message %s %s %s %s answered %v", m.ID, m.Unit, m.Outcome, m.Reason, m.Answered)
		for _, p := range m.Places {
			add("place %v of %s wanted in %q moved %v", p.Place, m.ID, p.Folder, !p.Moved.IsZero())
		}
	}
	d, err := l.Dataset(ctx, time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC))
	well(t, err)
	for _, x := range d.Submissions {
		add("submission %s %s %s %s %+v %d findings %d repairs", x.ID, x.Unit, x.Form, x.State, x.Rows,
			len(x.Findings), len(x.Repairs))
	}
	letters, err := l.Outbox().Letters(ctx)
	well(t, err)
	for _, x := range letters {
		add("letter %s %s %s to %v <%s> answers <%s> bytes %s", x.ID, x.State, x.Cause, x.To, x.MessageID,
			x.InReplyTo, x.SHA256)
	}
	runs, err := l.Runs().All(ctx)
	well(t, err)
	for _, r := range runs {
		docs, err := l.Runs().Documents(ctx, r.Key)
		well(t, err)
		add("run %s", r.Key)
		for _, x := range docs {
			add("document %s of %s %x", x.Name, r.Key, sha256.Sum256(x.Bytes))
		}
	}
	folders, err := s.Folders()
	well(t, err)
	for name := range folders {
		raws, err := s.Raw(name)
		well(t, err)
		for _, raw := range raws {
			add("in %s: %x", name, sha256.Sum256(raw))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// repeated counts the mails that arrived more than once, and makes sure that a repetition has the
// same bytes.
func (s *stage) repeated(t *testing.T) int {
	t.Helper()
	first := map[string][]byte{}
	n := 0
	for _, m := range s.Delivered() {
		id := mailbox.Parse(m.Raw, mailbox.Limits{}).MessageID + " " + strings.Join(m.To, ",")
		if before, ok := first[id]; !ok {
			first[id] = m.Raw
		} else if n++; !bytes.Equal(before, m.Raw) {
			t.Errorf("%s was sent with other bytes the second time", id)
		}
	}
	return n
}

// blow is one way to kill the program. times is how often in a row, each time on what the last one
// left.
type blow struct {
	name  string
	act   *act
	point int           // before this thing asked of the database
	after time.Duration // or after this time
	mail  int           // or when the server has taken this mail and not yet said so
	times int
}

// deal kills the program as the blow says and lets it run on undisturbed; it returns how often it
// was killed.
func (b blow) deal(t *testing.T, dir string) (killed int, err error) {
	s := b.act.stage(t, dir)
	defer s.Close()
	for range max(b.times, 1) {
		var env []string
		if b.point > 0 {
			env = append(env, fmt.Sprint("THIDUA_KILL_AT=", b.point))
		}
		c := s.program(b.act, env)
		started := make(chan struct{})
		if b.mail > 0 {
			var taken atomic.Int64
			s.SetFaults(postoffice.Faults{LoseReply: func(postoffice.Mail) bool {
				if taken.Add(1) < int64(b.mail) {
					return false
				}
				<-started
				_ = c.Process.Kill()
				return true
			}})
		}
		var said bytes.Buffer
		c.Stderr = &said
		if err := c.Start(); err != nil {
			return killed, err
		}
		close(started)
		if b.after > 0 {
			time.AfterFunc(b.after, func() { _ = c.Process.Kill() })
		}
		_ = c.Wait() // how it ended is asked next
		switch code := c.ProcessState.ExitCode(); code {
		case -1:
			killed++
		case exit.Done, exit.Held:
		default:
			return killed, fmt.Errorf("exit code %d: %s", code, &said)
		}
		s.SetFaults(postoffice.Faults{})
		if _, err := os.Stat(filepath.Join(s.dir, "ledger.db")); err == nil {
			if err := s.sound(t); err != nil {
				return killed, fmt.Errorf("right after the kill: %w", err)
			}
		}
	}
	s.pass(t, b.act.now)
	s.pass(t, b.act.now.Add(time.Hour)) // a letter that was being sent is free again after half an hour
	if err := s.sound(t); err != nil {
		return killed, err
	}
	if n := s.repeated(t); n > killed {
		return killed, fmt.Errorf("%d mails repeated in %d kills", n, killed)
	}
	got, want := s.state(t), b.act.end
	if killed > 1 && (strings.Contains(got, " held poison ") || strings.Contains(got, "letter unanswered/")) {
		// Killed again and again at one mail: the program cannot know that it was not the mail. It
		// is in the ledger all the same, and somebody was told.
		lost := strings.Count(got, "message ") < strings.Count(want, "message ")
		if lost || strings.Count(got, " answered false") > strings.Count(want, " answered false") {
			return killed, fmt.Errorf("a mail is lost or unanswered:\n%s", lineDifference(got, want))
		}
		return killed, nil
	}
	if got != want {
		return killed, fmt.Errorf("another end than undisturbed:\n%s", lineDifference(got, want))
	}
	return killed, nil
}

func lineDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	var out []string
	for _, l := range g {
		if !slices.Contains(w, l) {
			out = append(out, "got  "+l)
		}
	}
	for _, l := range w {
		if !slices.Contains(g, l) {
			out = append(out, "want "+l)
		}
	}
	return strings.Join(out, "\n")
}

// Killed anywhere, the program loses nothing and counts nothing twice: it ends where it would have
// ended undisturbed, doctor finds nothing, and each kill repeats at most one mail, with the same
// bytes. The kills fall before every thing it asks of its database (as many as -kills allows,
// evenly spread), between a mail server's taking of a mail and its saying so, and at random, up to
// three times in a row.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("short: runs the program many times")
	}
	acts := killStory(t)
	var blows []blow
	points := 0
	for _, a := range acts {
		points += a.points
	}
	share := max(1, (*kills * 7 / 10))
	step := max(1, (points+share-1)/share)
	for i, a := range acts {
		for p := 1 + rand.IntN(step); p <= a.points; p += step {
			blows = append(blows, blow{name: fmt.Sprintf("act %d, point %d of %d", i+1, p, a.points), act: a, point: p})
		}
		for m := 1; m <= min(12, max(1, *kills/40)); m++ {
			blows = append(blows, blow{name: fmt.Sprintf("act %d, mail %d", i+1, m), act: a, mail: m})
		}
	}
	for n := 0; len(blows)+2*n < *kills; n++ {
		a := acts[n%len(acts)]
		after := time.Duration(rand.Int64N(int64(a.takes)))
		blows = append(blows, blow{name: fmt.Sprintf("act %d, after %v, three times", n%len(acts)+1, after), act: a,
			after: after, times: 3})
	}
	rand.Shuffle(len(blows), func(i, j int) { blows[i], blows[j] = blows[j], blows[i] })
	var killed atomic.Int64
	var working sync.WaitGroup
	work := make(chan blow)
	for range runtime.GOMAXPROCS(0) {
		working.Go(func() {
			for b := range work {
				dir, err := os.MkdirTemp("", "thidua-kill")
				if err == nil {
					var n int
					n, err = b.deal(t, dir)
					killed.Add(int64(n))
					err = errors.Join(err, os.RemoveAll(dir))
				}
				if err != nil {
					t.Errorf("%s: %v", b.name, err)
				}
			}
		})
	}
	begun := time.Now()
	for _, b := range blows {
		if t.Failed() {
			break
		}
		work <- b
	}
	close(work)
	working.Wait()
	t.Logf("%d kills in %d trials over %d points, %v", killed.Load(), len(blows), points,
		time.Since(begun).Round(time.Second))
	if !t.Failed() && int(killed.Load()) < *kills*8/10 {
		t.Errorf("only %d of %d kills hit", killed.Load(), *kills)
	}
}

// The whole mailbox offered again under new numbers: nothing changes and nothing is sent.
func TestMailboxOfferedAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("short: runs the program many times")
	}
	for i, a := range killStory(t) {
		s := a.stage(t, t.TempDir())
		s.pass(t, a.now)
		before := strings.Split(s.state(t), "\n")
		again, err := postoffice.Open(postoffice.Config{Shared: shared, Password: password,
			Clock: func() time.Time { return a.now }, UIDValidity: 90})
		well(t, err)
		for n := len(a.mails) - 1; n >= 0; n-- {
			well(t, again.Deliver(a.mails[n], a.now))
		}
		text, err := os.ReadFile(s.config)
		well(t, err)
		text = bytes.ReplaceAll(bytes.ReplaceAll(text, []byte(s.IMAPAddr()), []byte(again.IMAPAddr())),
			[]byte(s.SMTPAddr()), []byte(again.SMTPAddr()))
		well(t, os.WriteFile(s.config, text, 0o600))
		s.Close()
		s.Office = again
		s.pass(t, a.now.Add(time.Hour))
		s.pass(t, a.now.Add(2*time.Hour))
		if n := len(again.Delivered()); n > 0 {
			t.Errorf("act %d: %d mails were sent", i+1, n)
		}
		after := s.state(t)
		for _, l := range before {
			if !strings.HasPrefix(l, "in ") && !strings.Contains(after, l) {
				t.Errorf("act %d: gone: %s", i+1, l)
			}
		}
		for l := range strings.Lines(after) {
			if l = strings.TrimSpace(l); !strings.HasPrefix(l, "in ") && !strings.HasPrefix(l,
				"place ") && !slices.Contains(before, l) {
				t.Errorf("act %d: new: %s", i+1, l)
			}
		}
		well(t, s.sound(t))
		again.Close()
	}
}

func well(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

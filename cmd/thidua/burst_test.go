package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"thidua/cmd/config"
	"thidua/cmd/exit"
	"thidua/cmd/pass"
	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/reports/smtp"
	"thidua/samples/city"
	"thidua/samples/postoffice"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// workMails are n different mails with workbooks of the city's units, all received at the story's
// time.
func workMails(b *testing.B, n int) [][]byte {
	b.Helper()
	p, err := plan.Default()
	if err != nil {
		b.Fatal(err)
	}
	mails, err := city.New(p, 2018).Mails("2018")
	if err != nil {
		b.Fatal(err)
	}
	var books [][]byte
	for _, m := range mails {
		if m.Unit != "" && m.Copy == "" && m.Answers == "" && len(m.Attachments) > 0 && m.At.Year() == 2018 &&
			m.At.Month() <= 3 {
			books = append(books, m.Bytes(""))
		}
	}
	if len(books) < 20 {
		b.Fatalf("only %d workbooks", len(books))
	}
	var out [][]byte
	for i := range n { // the same workbook sent again is a version of its own
		out = append(out, fmt.Appendf(nil, "X-Number: %d\r\n%s", i,
			bytes.Replace(books[i%len(books)], []byte("Message-ID: <"), fmt.Appendf(nil, "Message-ID: <n%d.", i), 1)))
	}
	return out
}

func burstOffice(b *testing.B, mails [][]byte) *postoffice.Office {
	b.Helper()
	o, err := postoffice.Open(postoffice.Config{Shared: shared, Password: password,
		Clock: func() time.Time { return storyNow }, UIDValidity: 7})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = o.Close() })
	for i, raw := range mails {
		if err := o.Deliver(raw, storyNow.Add(time.Duration(i-len(mails))*time.Second)); err != nil {
			b.Fatal(err)
		}
	}
	return o
}

// BenchmarkBurst lets the program itself find a full mailbox, as a process of its own: everything
// is answered in one pass. It prints the throughput beside that of a bare fetch of the same
// mailbox, and the most memory the process had. THIDUA_BURST is the number of mails; the long form
// is 2000.
func BenchmarkBurst(b *testing.B) {
	n := 200
	if text := os.Getenv("THIDUA_BURST"); text != "" {
		n, _ = strconv.Atoi(text)
	}
	mails := workMails(b, n)
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		o := burstOffice(b, mails)
		bare := func() time.Duration {
			begin := time.Now()
			box, err := mailbox.DialIMAP(b.Context(),
				mailbox.IMAPConfig{Address: o.IMAPAddr(), Security: mailbox.Plain, User: shared, Password: password})
			if err != nil {
				b.Fatal(err)
			}
			defer box.Close()
			listed, err := box.List(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			keys := make([]mailbox.Key, len(listed))
			for i, s := range listed {
				keys[i] = s.Key
			}
			if err := box.Fetch(b.Context(), keys, func(mailbox.Summary, []byte) error { return nil }); err != nil {
				b.Fatal(err)
			}
			return time.Since(begin)
		}()
		dir := b.TempDir()
		program := filepath.Join(dir, "thidua")
		if err := os.Symlink(self, program); err != nil {
			b.Fatal(err)
		}
		config := filepath.Join(dir, config.FileName)
		text := configFor(o, "")
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
		cmd := exec.Command(program, "run", "--config", config)
		cmd.Env = append(os.Environ(), "PASSWORD="+password, "THIDUA_NOW="+storyNow.Format(time.RFC3339))
		begin := time.Now()
		out, err := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code != exit.Held && code != exit.Done {
			b.Fatalf("%v\n%s", err, out)
		}
		took := time.Since(begin)
		receipts := map[string]bool{}
		for _, m := range o.Delivered() {
			parsed := mailbox.Parse(m.Raw, mailbox.Limits{})
			if parsed.InReplyTo != "" {
				receipts[parsed.InReplyTo] = true
			}
		}
		if len(receipts) != n {
			b.Fatalf("%d of %d mails were answered\n%s", len(receipts), n, out)
		}
		b.ReportMetric(float64(n)/took.Seconds(), "mails/s")
		b.ReportMetric(float64(n)/bare.Seconds(), "barefetch/s")
		busy := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		b.ReportMetric(busy.Seconds()*1000/float64(n), "ms-CPU/mail")
		b.ReportMetric(float64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)/1024, "MiB-RSS")
	}
}

// BenchmarkPass makes a pass over 48 mails on a line of 10 ms and 100 Mbit/s, and one more over
// nothing new: what the second costs of the first, and how many bytes the server sends for it. Then
// the same pass on the machine itself, and everything it asked of the ledger alone.
func BenchmarkPass(b *testing.B) {
	p, err := plan.Default()
	if err != nil {
		b.Fatal(err)
	}
	mails := workMails(b, 48)
	line := func(int) postoffice.Weather {
		return postoffice.Weather{Trip: 10 * time.Millisecond, Rate: 100 << 20 / 8}
	}
	now := calendar.Clock(program(io.Discard))
	open := func(name string) *ledger.Ledger {
		l, err := ledger.Open(b.Context(), filepath.Join(b.TempDir(), name), now)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = l.Close() })
		return l
	}
	round := func(l *ledger.Ledger, imap, out string) (pass.Report, time.Duration) {
		begin := time.Now()
		src, err := mailbox.DialIMAP(b.Context(),
			mailbox.IMAPConfig{Address: imap, Security: mailbox.Plain, User: shared, Password: password})
		if err != nil {
			b.Fatal(err)
		}
		defer src.Close()
		settings := pass.Settings{Address: shared, Domain: "thainguyen.example", Done: "Da xu ly", Held: "Cho xu ly"}
		dial := func(ctx context.Context) (*smtp.Client, error) {
			return smtp.Dial(ctx, smtp.Config{Address: out, Security: smtp.Plain})
		}
		r, err := pass.New(p, l, now, settings).Make(b.Context(), src, dial)
		if err != nil {
			b.Fatal(err)
		}
		return r, time.Since(begin)
	}
	var full, idle, local, alone time.Duration
	for b.Loop() {
		far := burstOffice(b, mails)
		imap, err1 := postoffice.OpenProxy(far.IMAPAddr(), time.Now, line)
		out, err2 := postoffice.OpenProxy(far.SMTPAddr(), time.Now, line)
		if err1 != nil || err2 != nil {
			b.Fatal(err1, err2)
		}
		l := open("far.db")
		r, took := round(l, imap.Addr(), out.Addr())
		if r.Pulled.New != len(mails) {
			b.Fatalf("%+v", r)
		}
		full += took
		again, took := round(l, imap.Addr(), out.Addr())
		if again.Pulled.New+again.Answered+again.Sent.Sent > 0 {
			b.Fatalf("nothing was new: %+v", again)
		}
		idle += took
		_, _ = imap.Close(), out.Close()

		near := burstOffice(b, mails)
		l = open("near.db")
		_, took = round(l, near.IMAPAddr(), near.SMTPAddr())
		local += took
		alone += replay(b, l, open("alone.db"))
	}
	b.ReportMetric(100*float64(idle)/float64(full), "%idle-of-full")
	b.ReportMetric(100*float64(alone)/float64(local), "%ledger-of-local")
	b.ReportMetric(float64(len(mails)*b.N)/full.Seconds(), "mails/s-far")
	b.ReportMetric(float64(len(mails)*b.N)/local.Seconds(), "mails/s-local")
}

// replay asks of an empty ledger what a pass asked of another one, and returns how long that takes.
func replay(b *testing.B, from, to *ledger.Ledger) time.Duration {
	b.Helper()
	ctx := b.Context()
	messages, err := from.Inbox().Messages(ctx)
	if err != nil {
		b.Fatal(err)
	}
	d, err := from.Dataset(ctx, storyNow)
	if err != nil {
		b.Fatal(err)
	}
	var intakes []ledger.Intake
	var places []ledger.Place
	for _, m := range messages {
		in := ledger.Intake{Place: m.Places[0].Place, Message: m.Message, Move: m.Places[0].Folder}
		if in.Raw, err = from.Inbox().Raw(ctx, m.ID); err != nil {
			b.Fatal(err)
		}
		for _, a := range m.Attachments {
			if a.Bytes, err = from.Blob(ctx, a.SHA256); err != nil {
				b.Fatal(err)
			}
			in.Attachments = append(in.Attachments, a)
		}
		for _, s := range d.Submissions {
			if s.Message == m.ID {
				in.Submissions = append(in.Submissions, s)
			}
		}
		intakes, places = append(intakes, in), append(places, m.Places[0].Place)
	}
	letters, err := from.Outbox().Letters(ctx)
	if err != nil {
		b.Fatal(err)
	}
	answers := map[string][]ledger.Letter{}
	for _, x := range letters {
		if x.Letter.Raw, err = from.Blob(ctx, x.SHA256); err != nil {
			b.Fatal(err)
		}
		answers[x.Cause] = append(answers[x.Cause], x.Letter)
	}
	begin := time.Now()
	ok := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	_, err = to.Inbox().Known(ctx, places)
	ok(err)
	_, err = to.Dataset(ctx, storyNow)
	ok(err)
	_, err = to.Inbox().Take(ctx, intakes)
	ok(err)
	_, err = to.Inbox().PendingMoves(ctx)
	ok(err)
	ok(to.Inbox().Moved(ctx, places))
	waiting, err := to.Inbox().Unacknowledged(ctx)
	ok(err)
	_, err = to.Dataset(ctx, storyNow)
	ok(err)
	var all []ledger.Answer
	for _, a := range waiting {
		all = append(all, ledger.Answer{Message: a.Message.ID, Letters: answers["receipt/"+a.Message.ID]})
	}
	ok(to.Inbox().AcknowledgeAll(ctx, all))
	_, err = to.Dataset(ctx, storyNow)
	ok(err)
	for {
		claimed, err := to.Outbox().Claim(ctx, 1, time.Hour)
		ok(err)
		if len(claimed) == 0 {
			return time.Since(begin)
		}
		var verdicts []ledger.Verdict
		for _, addr := range claimed[0].To {
			verdicts = append(verdicts, ledger.Verdict{Addr: addr, Outcome: ledger.Delivered, Code: 250})
		}
		_, err = to.Outbox().Delivered(ctx, ledger.Result{Letter: claimed[0].ID, Claim: claimed[0].Claim,
			Verdicts: verdicts})
		ok(err)
	}
}

//go:build linux

package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thidua/ingest/mailbox"
	"thidua/ingest/submission"
	"thidua/samples/hostile"
	"thidua/templates/calendar"
)

// mostResident is what a whole pass may have in memory, whatever lies in the mailbox
// (docs/security.md).
const mostResident = 512 << 20

// enclosing is a mail with files.
func enclosing(from, id string, files map[string][]byte, order ...string) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "From: <%s>\r\nTo: <%s>\r\nSubject: gui ho so\r\nMessage-ID: <%s>\r\nMIME-Version: "+
		"1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", from, shared, id)
	for _, name := range order {
		fmt.Fprintf(&out, "--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: "+
			"base64\r\nContent-Disposition: attachment; filename=%q\r\n\r\n", name)
		text := base64.StdEncoding.EncodeToString(files[name])
		for len(text) > 76 {
			out.WriteString(text[:76] + "\r\n")
			text = text[76:]
		}
		out.WriteString(text + "\r\n")
	}
	out.WriteString("--b--\r\n")
	return out.Bytes()
}

// zipOf is an archive of one content under several names.
func zipOf(t *testing.T, content []byte, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range names {
		f, err := w.Create(name)
		well(t, err)
		_, err = f.Write(content)
		well(t, err)
	}
	well(t, w.Close())
	return out.Bytes()
}

// costly are mails made to take memory: from a stranger and from units, and good mails between and
// behind them.
func costly(t *testing.T) (mails [][]byte, good int) {
	t.Helper()
	named := func(name string) []byte {
		f, ok := hostile.Named(name)
		if !ok {
			t.Fatalf("no attack %s", name)
		}
		return f.Bytes
	}
	zeros := zipOf(t, make([]byte, 63<<20), "a.txt")
	zips, names := map[string][]byte{}, []string{}
	for i := range 20 {
		name := fmt.Sprintf("a%d.zip", i)
		zips[name], names = zeros, append(names, name)
	}
	quoted := named("quoted-cells.xlsx")
	var copies []string
	for i := range 20 {
		copies = append(copies, fmt.Sprintf("q%d.xlsx", i))
	}
	several := map[string][]byte{"q.zip": zipOf(t, quoted, copies...), "w.zip": zipOf(t, named("wrong-values.xlsx"),
		copies[:6]...), "m.xlsx": named("merges-and-rows.xlsx")}
	large := map[string][]byte{"anh.bin": make([]byte, 28<<20)}
	var one []string
	for _, name := range []string{"02-*/in/01*", "04-*/in/02*", "05-*/in/01*", "06-*/in/01*", "06-*/in/03*"} {
		found, err := filepath.Glob("../../samples/scenarios/" + name)
		well(t, err)
		one = append(one, found...)
	}
	add := func(raw []byte) { mails = append(mails, raw) }
	honest := func() {
		if good < len(one) {
			raw, err := os.ReadFile(one[good])
			well(t, err)
			add(raw)
			good++
		}
	}
	units := []string{"quantrieu@thainguyen.example", "quangvinh@thainguyen.example", "tucduyen@thainguyen.example"}
	add(enclosing("stranger@evil.example", "s@x", zips, names...))
	honest()
	for i, unit := range units {
		add(enclosing(unit, fmt.Sprint("z", i, "@x"), zips, names...))
		add(enclosing(unit, fmt.Sprint("q", i, "@x"), map[string][]byte{"q.xlsx": quoted}, "q.xlsx"))
		add(enclosing(unit, fmt.Sprint("s", i, "@x"), several, "q.zip", "w.zip", "m.xlsx"))
		honest()
	}
	add(enclosing(units[0], "l@x", large, "anh.bin"))
	add(enclosing(units[1], "l2@x", large, "anh.bin"))
	honest()
	return mails, good
}

// watched runs a program and ends it when it has more in memory than it may. It returns the most it
// had.
func watched(t *testing.T, c *exec.Cmd) (most int64, said string) {
	t.Helper()
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	well(t, c.Start())
	done, watching := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watching)
		for {
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
			}
			if most = max(most, resident(c.Process.Pid)); most > mostResident {
				_ = c.Process.Kill()
				return
			}
		}
	}()
	_ = c.Wait() // mail is held: that is its exit code
	close(done)
	<-watching
	return most, out.String()
}

// resident is the most that a process has had in memory until now. What the system tells of a
// process that has ended counts in the program that started it.
func resident(pid int) (bytes int64) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(b), "VmHWM:")
	_, _ = fmt.Sscan(rest, &bytes)
	return bytes << 10
}

// Whatever lies in the mailbox, a pass with its answers stays within its memory, and the good mails
// are answered in it.
func TestNoMailboxCostsMoreThanItMay(t *testing.T) {
	if testing.Short() {
		t.Skip("short: fills a mailbox for a child process")
	}
	mails, good := costly(t)
	builtIn, err := filepath.Abs("../../templates/plan/data/31-kh-ubnd-2018")
	well(t, err)
	a := &act{now: time.Date(2018, 3, 6, 9, 0, 0, 0, calendar.Zone), plan: builtIn, mails: mails}
	s := a.stage(t, t.TempDir())
	defer s.Close()
	most, said := watched(t, s.program(a, nil))
	t.Logf("%d mails: %d MiB at the peak", len(mails), most>>20)
	if most > mostResident {
		t.Fatalf("the pass took %d MiB and was ended: %s", most>>20, said)
	}
	l := s.open(t)
	defer l.Close()
	messages, err := l.Inbox().Messages(t.Context())
	well(t, err)
	answered := 0
	for _, m := range messages {
		if m.Answered && (m.Outcome == submission.MailAccepted || m.Outcome == submission.MailToFix) {
			answered++
		}
		if m.From == "stranger@evil.example" && (m.Outcome != submission.MailHeld || m.Reason != "unknown-sender") {
			t.Errorf("the stranger's mail is %s: %s", m.Outcome, m.Reason)
		}
	}
	if len(messages) != len(mails) || answered < good {
		t.Errorf("%d mails of %d are in the ledger, %d answered, of which %d are good\n%s", len(messages), len(mails),
			answered, good, said)
	}
	for _, m := range s.Delivered() {
		size := len(m.Raw)
		for _, f := range mailbox.Parse(m.Raw, mailbox.Limits{}).Attachments {
			size -= base64.StdEncoding.EncodedLen(len(f.Bytes))*78/76 + 500
		}
		if size > 300<<10 {
			t.Errorf("a letter to %v has %d KB beside its attachments", m.To, size>>10)
		}
	}
}

// Without a budget the same mails take more: the test above would notice.
func TestTheMemoryWouldBeMissed(t *testing.T) {
	if testing.Short() {
		t.Skip("short: fills a mailbox for a child process")
	}
	if os.Getenv("THIDUA_UNBOUNDED") != "" { // the child: everything is opened and kept
		mails, _ := costly(t)
		var kept [][]byte
		for _, raw := range mails {
			for _, f := range mailbox.Parse(raw, mailbox.Limits{}).Attachments {
				z, err := zip.NewReader(bytes.NewReader(f.Bytes), int64(len(f.Bytes)))
				if err != nil {
					continue
				}
				for _, e := range z.File {
					r, err := e.Open()
					well(t, err)
					b, err := io.ReadAll(r)
					well(t, err)
					kept = append(kept, b)
				}
			}
		}
		fmt.Println(len(kept), "files kept")
		return
	}
	c := exec.Command(os.Args[0], "-test.run=^TestTheMemoryWouldBeMissed$")
	c.Env = append(os.Environ(), "THIDUA_UNBOUNDED=1")
	most, _ := watched(t, c)
	if most <= mostResident {
		t.Errorf("without a budget the mails take %d MiB: the test of the budget would pass without it", most>>20)
	}
}

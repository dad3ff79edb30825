package workbook_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"thidua/ingest/budget"
	"thidua/ingest/mailbox"
	"thidua/ingest/ooxml"
	"thidua/ingest/workbook"
	"thidua/samples/hostile"
	"thidua/templates"
	"thidua/templates/xlsx"
)

// What one file may cost at most, on one core.
const (
	mostMemory = 512 << 10 // KiB, of the whole process at its peak
	mostTime   = 10 * time.Second
)

// Environment of the child: a file that lists what to read, and whether the reader's limits are
// lifted.
const (
	childList   = "THIDUA_CHILD_LIST"
	childUnsafe = "THIDUA_CHILD_UNSAFE"
)

// TestNoFileCostsMoreThanItMay takes every attack, and every public test file where they are, the
// whole way of an attachment in a child process: opened, read as a form, marked for the way back.
// Neither memory nor time of the child may go beyond the bounds, and nothing may end it.
func TestNoFileCostsMoreThanItMay(t *testing.T) {
	if testing.Short() {
		t.Skip("short: opens every hostile file in a child process")
	}
	dir := t.TempDir()
	var files []string
	for i, f := range hostile.Files() {
		name := filepath.Join(dir, fmt.Sprintf("%03d-%s", i, f.Name))
		if err := os.WriteFile(name, f.Bytes, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, name)
	}
	if corpora := os.Getenv("THIDUA_CORPORA"); corpora != "" {
		public, err := filepath.Glob(filepath.Join(corpora, "*", "*"))
		if err != nil || len(public) == 0 {
			t.Fatalf("nothing in %s: %v", corpora, err)
		}
		files = append(files, public...)
	}
	out, err := child(t, files, false)
	if err != nil {
		t.Fatalf("the child died: %v\n%s", err, tail(out))
	}
	slowest, peak := report(t, out, len(files), true)
	t.Logf("%d files: at most %v of CPU for one, %d MiB at the peak", len(files), slowest, peak>>10)
	if slowest > mostTime {
		t.Errorf("%v of CPU for one file, at most %v allowed", slowest, mostTime)
	}
	if peak > mostMemory {
		t.Errorf("%d MiB at the peak, at most %d allowed", peak>>10, mostMemory>>10)
	}
}

// TestTheBoundsWouldBeMissed proves that the measure above notices a reader without limits.
func TestTheBoundsWouldBeMissed(t *testing.T) {
	if testing.Short() {
		t.Skip("short: opens every hostile file in a child process")
	}
	f, ok := hostile.Named("bomb-cell.xlsx")
	if !ok {
		t.Fatal("no such attack")
	}
	name := filepath.Join(t.TempDir(), f.Name)
	if err := os.WriteFile(name, f.Bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := child(t, []string{name}, true)
	if err != nil {
		return // killed for its memory: missed as well
	}
	if _, peak := report(t, out, 1, false); peak <= mostMemory {
		t.Errorf("without limits %d MiB at the peak: the test of the limits would pass without them", peak>>10)
	}
}

func child(t *testing.T, files []string, unsafe bool) ([]byte, error) {
	t.Helper()
	list := filepath.Join(t.TempDir(), "list")
	if err := os.WriteFile(list, []byte(strings.Join(files, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestChild$", "-test.count=1")
	cmd.Env = append(os.Environ(), childList+"="+list)
	if unsafe {
		cmd.Env = append(cmd.Env, childUnsafe+"=1")
	}
	return cmd.CombinedOutput()
}

func tail(b []byte) []byte { return b[max(0, len(b)-4000):] }

// report reads what the child printed: a line of time and name for each file, and its peak of
// memory at the end.
func report(t *testing.T, out []byte, files int, bounded bool) (slowest time.Duration, peak int) {
	t.Helper()
	n := 0
	for s := bufio.NewScanner(bytes.NewReader(out)); s.Scan(); {
		var cpu time.Duration
		if rest, ok := strings.CutPrefix(s.Text(), "file "); ok {
			d, name, _ := strings.Cut(rest, " ")
			cpu, _ = time.ParseDuration(d)
			n++
			if slowest = max(slowest, cpu); cpu > mostTime && bounded {
				t.Errorf("%s took %v of CPU", name, cpu)
			}
		}
		if rest, ok := strings.CutPrefix(s.Text(), "peak "); ok {
			_, _ = fmt.Sscan(rest, &peak)
		}
	}
	if n != files || peak == 0 {
		t.Fatalf("the child told of %d files of %d, peak %d\n%s", n, files, peak, tail(out))
	}
	return slowest, peak
}

// TestChild is the child process of the tests above; run on its own it does nothing.
func TestChild(t *testing.T) {
	list := os.Getenv(childList)
	if list == "" {
		t.Skip("the child of other tests")
	}
	names, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	lim := ooxml.DefaultLimits()
	if os.Getenv(childUnsafe) != "" {
		const much = 4 << 30
		lim.Bytes, lim.Inflated, lim.Token, lim.Text, lim.TextTotal = much, much, much, much, much
	}
	for name := range strings.SplitSeq(string(names), "\n") {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		before := used(t)
		if os.Getenv(childUnsafe) != "" {
			_, _ = ooxml.Read(b, lim)
		} else if strings.HasSuffix(name, ".msg") {
			for _, a := range mailbox.Parse(b, mailbox.Limits{}).Attachments {
				whole(t, a.Name, a.Bytes)
			}
		} else {
			whole(t, filepath.Base(name), b)
		}
		fmt.Printf("file %v %s\n", used(t)-before, filepath.Base(name))
	}
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	fmt.Printf("peak %d\n", usage.Maxrss) // KiB on Linux
}

// used is the CPU time of the process so far: other programs on the machine do not count.
func used(t *testing.T) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// whole takes an attachment the whole way: judged, opened, read, and marked when a form was found.
func whole(t *testing.T, name string, b []byte) {
	files := []workbook.File{{Name: name, Bytes: b}}
	if sort, _ := workbook.Judge(name, b); sort == workbook.Archive {
		files, _ = workbook.Open(name, b, budget.New(budget.Default(), nil, nil))
	}
	p := thePlan(t)
	season, _ := p.AnnualPeriod(2018)
	for _, f := range files {
		r := workbook.Read(p, season, f.Name, f.Bytes, "")
		if r.Reading.Form == nil {
			if len(r.Reading.Findings) == 0 {
				t.Errorf("%s: neither a form nor a reason", f.Name)
			}
			continue
		}
		if _, err := xlsx.Mark(r.Reading, xlsx.Heading{}, templates.Context(p, r.Period, "")); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

// Package consolidation measures the oldest job of all, putting the rows of many workbooks into
// one: our way, the way a plain Go program does it, and the way a plain Python script does it. It
// holds tests and benchmarks only; docs/performance.md tells what they gave.
package consolidation

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"

	"thidua/ingest/ooxml"
	"thidua/ingest/workbook"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/plan"
)

var thePlan = sync.OnceValue(func() *plan.Plan {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	return p
})

func season() plan.Period {
	per, _ := thePlan().AnnualPeriod(2018)
	return per
}

// scratch is a folder for what more than one run of a benchmark needs.
var scratch string

func TestMain(m *testing.M) {
	var err error
	if scratch, err = os.MkdirTemp("", "consolidation"); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(scratch)
	os.Exit(code)
}

// files writes n dossiers into a folder, those of the plan's units over and over.
func files(t testing.TB, n int) []string {
	t.Helper()
	dir := t.TempDir()
	units := thePlan().UnitsOn(season().To)
	var made [][]byte
	var out []string
	for i := range n {
		if i < len(units) && i < 48 {
			made = append(made, dossier(units[i], i))
		}
		name := filepath.Join(dir, fmt.Sprintf("%05d.xlsx", i))
		if err := os.WriteFile(name, made[i%len(made)], 0o600); err != nil {
			t.Fatal(err)
		}
		out = append(out, name)
	}
	return out
}

// ours reads and checks every file as intake does, and writes all rows of all tables, and
// everything found, through excelize's StreamWriter, a blank value as no cell. It returns the
// number of rows of data.
func ours(names []string, to string) (int, error) {
	out := excelize.NewFile()
	defer out.Close()
	writers, next := map[string]*excelize.StreamWriter{}, map[string]int{}
	open := func(sheet string) error {
		if _, err := out.NewSheet(sheet); err != nil {
			return err
		}
		w, err := out.NewStreamWriter(sheet)
		writers[sheet] = w
		return err
	}
	put := func(sheet string, cells ...any) error {
		next[sheet]++
		return writers[sheet].SetRow("A"+strconv.Itoa(next[sheet]), cells)
	}
	const faults = "Lỗi"
	for _, b := range templates.DossierForm.Blocks() {
		if b.Kind == form.TableBlock {
			if err := open(b.Key); err != nil {
				return 0, err
			}
		}
	}
	if err := open(faults); err != nil {
		return 0, err
	}
	rows := 0
	var cells []any
	for _, name := range names {
		bytes, err := os.ReadFile(name)
		if err != nil {
			return 0, err
		}
		r := workbook.Read(thePlan(), season(), name, bytes, "").Reading
		if r.Form == nil {
			return 0, fmt.Errorf("%s: %v", name, r.Findings)
		}
		for _, b := range r.Form.Blocks() {
			if b.Kind != form.TableBlock {
				continue
			}
			for i := range b.Len(r.Value) {
				rec := b.Record(r.Value, i)
				cells = cells[:0]
				for k := range b.Fields {
					cells = append(cells, value(&b.Fields[k], rec))
				}
				if err := put(b.Key, cells...); err != nil {
					return 0, err
				}
				rows++
			}
		}
		for _, f := range r.Findings {
			if err := put(faults, name, f.Sheet, f.Cell, f.Message); err != nil {
				return 0, err
			}
		}
	}
	for _, w := range writers {
		if err := w.Flush(); err != nil {
			return 0, err
		}
	}
	return rows, save(out, to)
}

// value is a field's value as a cell takes it: numbers as numbers, which is what an office adds up
// and what costs StreamWriter least.
func value(f *form.Field, rec any) any {
	v := f.At(rec)
	switch f.Type {
	case form.Int, form.Year:
		if n, ok := v.Int(); ok {
			return n
		}
	case form.Number:
		if x, ok := v.Number(); ok {
			return x
		}
	}
	if v.Text == "" {
		return nil
	}
	return v.Text
}

// save writes a workbook straight into its file: SaveAs first packs the whole of it in memory. It
// packs fast rather than tight.
func save(f *excelize.File, to string) error {
	file, err := os.Create(to)
	if err != nil {
		return err
	}
	defer file.Close()
	buffer := bufio.NewWriterSize(file, 1<<16)
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter {
		z := zip.NewWriter(buffer)
		z.RegisterCompressor(zip.Deflate,
			func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
		return z
	})
	if err := f.Write(io.Discard); err != nil {
		return err
	}
	if err := buffer.Flush(); err != nil {
		return err
	}
	return file.Close()
}

// naive is the program one writes first: OpenFile, GetRows, SetCellValue. It checks nothing.
func naive(names []string, to string) (int, error) {
	out := excelize.NewFile()
	defer out.Close()
	next, rows := map[string]int{}, 0
	for _, name := range names {
		in, err := excelize.OpenFile(name)
		if err != nil {
			return 0, err
		}
		for _, sheet := range in.GetSheetList() {
			all, err := in.GetRows(sheet)
			if err != nil {
				return 0, err
			}
			if next[sheet] == 0 {
				if _, err := out.NewSheet(sheet); err != nil {
					return 0, err
				}
			}
			for _, row := range all {
				next[sheet]++
				for c, v := range row {
					if err := out.SetCellValue(sheet, grid.Ref(c+1, next[sheet]), v); err != nil {
						return 0, err
					}
				}
				rows++
			}
		}
		if err := in.Close(); err != nil {
			return 0, err
		}
	}
	return rows, out.SaveAs(to)
}

// debianPython is the one that sees Debian's packages.
const debianPython = "/usr/bin/python3"

// python runs the plain script; it skips where Debian's python3-openpyxl is not there.
func python(names []string, to string) error {
	out, err := exec.Command(debianPython, append([]string{"openpyxl_plain.py", to}, names...)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

func TestNothingIsLostOnTheWayIntoOneWorkbook(t *testing.T) {
	names := files(t, 3)
	to := filepath.Join(t.TempDir(), "all.xlsx")
	rows, err := ours(names, to)
	if err != nil {
		t.Fatal(err)
	}
	if want := 3 * (8 + 1 + 3*people); rows != want {
		t.Errorf("%d rows, want %d", rows, want)
	}
	b, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	w, err := ooxml.Read(b, ooxml.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if s := w.Sheet("individuals"); s == nil || len(s.Rows) != 3*people {
		t.Errorf("the consolidated list: %v", s)
	}
}

// A form is read and checked within the allocations that docs/performance.md promises. The race
// detector makes more of them.
func TestAFormTakesFewAllocations(t *testing.T) {
	book := dossier(thePlan().UnitsOn(season().To)[0], 0)
	read := func() { workbook.Read(thePlan(), season(), "", book, "") }
	most := 300.0
	if instrumented {
		most *= 2
	}
	if n := testing.AllocsPerRun(20, read); n > most {
		t.Errorf("%.0f allocations, wanted at most %.0f", n, most)
	}
}

// cpu is the time this process and its finished children have used: other programs on the machine
// do not count.
func cpu() time.Duration {
	var total time.Duration
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if err := syscall.Getrusage(who, &u); err != nil {
			panic(err)
		}
		total += time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	return total
}

func timed(b *testing.B, total *time.Duration, f func() error) {
	start := cpu()
	if err := f(); err != nil {
		b.Fatal(err)
	}
	*total += cpu() - start
}

// BenchmarkConsolidate puts 48 dossiers into one workbook in three ways in turns and reports how
// their times compare.
func BenchmarkConsolidate(b *testing.B) {
	names, dir := files(b, 48), b.TempDir()
	script := exec.Command(debianPython, "-c", "import openpyxl").Run() == nil
	var mine, plain, snake time.Duration
	clean := func(total *time.Duration, f func() error) { // nobody pays for the garbage of the one before
		runtime.GC()
		timed(b, total, f)
	}
	for b.Loop() {
		clean(&mine, func() error { _, err := ours(names, filepath.Join(dir, "ours.xlsx")); return err })
		clean(&plain, func() error { _, err := naive(names, filepath.Join(dir, "naive.xlsx")); return err })
		if script {
			clean(&snake, func() error { return python(names, filepath.Join(dir, "python.xlsx")) })
		}
	}
	b.ReportMetric(float64(plain)/float64(mine), "x-naive-excelize")
	if script {
		b.ReportMetric(float64(snake)/float64(mine), "x-openpyxl")
	}
	b.ReportMetric(float64(mine.Milliseconds())/float64(b.N)/48, "ms/file")
}

// BenchmarkDossiers reads and checks 500 dossiers against excelize's OpenReader and GetRows, raw,
// on the same bytes. "cells" stops where excelize stops, at the cells; "forms" goes on to a checked
// form.
func BenchmarkDossiers(b *testing.B) {
	names := fiveHundred()
	var cells, forms, theirs time.Duration
	for b.Loop() {
		for i, name := range names {
			book, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			timed(b, &cells, func() error { _, err := ooxml.Read(book, ooxml.DefaultLimits()); return err })
			timed(b, &forms, func() error { workbook.Read(thePlan(), season(), "", book, ""); return nil })
			if i%10 == 0 { // it takes long: every tenth stands for ten
				timed(b, &theirs, func() error { return getRows(book) })
			}
		}
	}
	b.ReportMetric(10*float64(theirs)/float64(cells), "x-excelize-cells")
	b.ReportMetric(10*float64(theirs)/float64(forms), "x-excelize-forms")
	book, err := os.ReadFile(names[0])
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(testing.AllocsPerRun(20, func() { _, _ = ooxml.Read(book, ooxml.DefaultLimits()) }), "allocs/cells")
	b.ReportMetric(testing.AllocsPerRun(20, func() { workbook.Read(thePlan(), season(), "", book, "") }), "allocs/form")
	b.ReportMetric(float64(forms.Microseconds())/float64(len(names)*b.N), "µs/form")
}

// fiveHundred are as many different dossiers, made once for all runs of the benchmark and read from
// disk, so that they take no memory.
var fiveHundred = sync.OnceValue(func() []string {
	dir := filepath.Join(scratch, "dossiers")
	if err := os.Mkdir(dir, 0o700); err != nil {
		panic(err)
	}
	units := thePlan().UnitsOn(season().To)
	names := make([]string, 500)
	for i := range names {
		names[i] = filepath.Join(dir, fmt.Sprintf("%05d.xlsx", i))
		if err := os.WriteFile(names[i], dossier(units[i%len(units)], i), 0o600); err != nil {
			panic(err)
		}
	}
	return names
})

func getRows(book []byte) error {
	f, err := excelize.OpenReader(strings.NewReader(string(book)), excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	defer f.Close()
	for _, s := range f.GetSheetList() {
		if _, err := f.GetRows(s); err != nil {
			return err
		}
	}
	return nil
}

// softLimit is what the collector is told to keep a program within that consolidates: the rows wait
// in StreamWriter's buffers, up to 16 MiB a sheet, but what is garbage need not grow with them. 200
// files stay below it.
const softLimit = 88 << 20

// BenchmarkMemory consolidates 200 and 2,000 dossiers in a child process each and reports how their
// peaks of memory compare.
func BenchmarkMemory(b *testing.B) {
	names := files(b, 2000)
	peak := func(n int) float64 {
		list := filepath.Join(b.TempDir(), "list")
		if err := os.WriteFile(list, []byte(strings.Join(names[:n], "\n")), 0o600); err != nil {
			b.Fatal(err)
		}
		cmd := exec.Command(os.Args[0], "-test.run=^TestChild$")
		cmd.Env = append(os.Environ(), "THIDUA_CHILD_LIST="+list)
		out, err := cmd.Output()
		if err != nil {
			b.Fatal(err)
		}
		for s := bufio.NewScanner(strings.NewReader(string(out))); s.Scan(); {
			if kib, ok := strings.CutPrefix(s.Text(), "peak "); ok {
				n, _ := strconv.ParseFloat(kib, 64)
				return n
			}
		}
		b.Fatalf("no peak in %q", out)
		return 0
	}
	for b.Loop() {
		few, many := peak(200), peak(2000)
		b.ReportMetric(many/few, "x-200-files")
		b.ReportMetric(many/1024, "MiB")
	}
}

// TestChild is the child process of BenchmarkMemory; run on its own it does nothing.
func TestChild(t *testing.T) {
	list := os.Getenv("THIDUA_CHILD_LIST")
	if list == "" {
		t.Skip("the child of a benchmark")
	}
	names, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	debug.SetMemoryLimit(softLimit)
	if _, err := ours(strings.Split(string(names), "\n"), filepath.Join(t.TempDir(), "all.xlsx")); err != nil {
		t.Fatal(err)
	}
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	fmt.Printf("peak %d\n", u.Maxrss)
}

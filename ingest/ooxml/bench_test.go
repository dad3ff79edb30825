package ooxml

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"slices"
	"sync"
	"testing"
	"time"

	kflate "github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"

	"thidua/samples/hostile"
)

// dossier is a workbook like those that units send: four sheets of 60 to 100 rows, about 35 KB.
var dossier = sync.OnceValue(func() []byte {
	f := excelize.NewFile()
	defer f.Close()
	day, _ := f.NewStyle(&excelize.Style{NumFmt: 14, Font: &excelize.Font{Family: "Times New Roman", Size: 13}})
	text, _ := f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: "Times New Roman", Size: 13}})
	words := []string{"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Thị", "Văn", "Hồng", "Minh", "Ánh", "Quốc", "Thảo",
		"phường", "xã", "cải cách", "thủ tục", "hành chính",
		"trực tuyến", "sáng kiến", "giảm", "thời gian", "giải quyết", "hồ sơ", "đúng hạn", "năm"}
	seed := uint32(2018)
	pick := func(n int) string {
		s := ""
		for range n {
			seed = seed*1664525 + 1013904223
			s += words[seed>>8%uint32(len(words))] + " "
		}
		return s + fmt.Sprint(seed>>20)
	}
	for i, sheet := range []string{"Tờ trình", "Tập thể", "Cá nhân", "Minh chứng"} {
		if _, err := f.NewSheet(sheet); err != nil {
			panic(err)
		}
		for r := 1; r <= 60+10*i; r++ {
			row := []any{r, pick(3), pick(2), 43101 + r, 80.5 + float64(seed>>24)/10, pick(9), pick(5), "Đạt", r%2 == 0,
				seed >> 16}
			if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", r+4), &row); err != nil {
				panic(err)
			}
		}
		_ = f.SetColStyle(sheet, "B:C", text)
		_ = f.SetCellStyle(sheet, "A5", "J150", text)
		_ = f.SetCellStyle(sheet, "D5", "D150", day)
		_ = f.MergeCell(sheet, "A1", "J1")
		_ = f.SetCellStr(sheet, "A1", "HỒ SƠ ĐỀ NGHỊ KHEN THƯỞNG")
	}
	_ = f.DeleteSheet("Sheet1")
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		panic(err)
	}
	return out.Bytes()
})

// neededParts are the packed bytes of the parts that Read inflates.
func neededParts(b []byte) (packed [][]byte) {
	var a archive
	if ref := a.open(b, 1000, new(arena)); ref != nil {
		panic(ref)
	}
	for _, e := range a.entries {
		switch e.name {
		case "[content_types].xml", "docprops/app.xml", "docprops/core.xml", "xl/theme/theme1.xml":
		default:
			packed = append(packed, e.data)
		}
	}
	return packed
}

func readExcelize(b []byte) error {
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{RawCellValue: true})
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

func readOurs(b []byte) error {
	_, err := Read(b, DefaultLimits())
	return err
}

// inflater inflates parts with a given inflate and drops the bytes.
func inflating(r io.ReadCloser, reset func(io.Reader) error) func(parts [][]byte) error {
	buf := make([]byte, 64<<10)
	src := new(bytes.Reader)
	return func(parts [][]byte) error {
		for _, p := range parts {
			src.Reset(p)
			if err := reset(src); err != nil {
				return err
			}
			for {
				if _, err := r.Read(buf); err == io.EOF {
					break
				} else if err != nil {
					return err
				}
			}
		}
		return nil
	}
}

func standardInflate() func([][]byte) error {
	r := flate.NewReader(nil)
	return inflating(r, func(src io.Reader) error { return r.(flate.Resetter).Reset(src, nil) })
}

func fastInflate() func([][]byte) error {
	r := kflate.NewReader(bytes.NewReader(nil))
	return inflating(r, func(src io.Reader) error { return r.(kflate.Resetter).Reset(src, nil) })
}

func BenchmarkRead(b *testing.B) {
	file := dossier()
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		if err := readOurs(file); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReadAgainst runs the reader, excelize and inflate alone in turns and reports how their
// times compare.
func BenchmarkReadAgainst(b *testing.B) {
	file := dossier()
	parts, standard, fast := neededParts(file), standardInflate(), fastInflate()
	var ours, theirs, std, klaus time.Duration
	timed := func(total *time.Duration, f func() error) {
		start := time.Now()
		if err := f(); err != nil {
			b.Fatal(err)
		}
		*total += time.Since(start)
	}
	for b.Loop() {
		for range 10 {
			timed(&ours, func() error { return readOurs(file) })
			timed(&std, func() error { return standard(parts) })
			timed(&klaus, func() error { return fast(parts) })
		}
		timed(&theirs, func() error { return readExcelize(file) })
	}
	b.ReportMetric(10*float64(theirs)/float64(ours), "x-excelize")
	b.ReportMetric(float64(ours)/float64(std), "of-std-inflate")
	b.ReportMetric(float64(ours)/float64(klaus), "of-fast-inflate")
	b.ReportMetric(float64(ours.Microseconds())/float64(10*b.N), "µs/read")
}

// wholeInflate unpacks parts at once, as the reader does when they fit its window.
func wholeInflate(b *testing.B, parts [][]byte) func([][]byte) error {
	var sizes []int
	for _, p := range parts {
		n, err := io.Copy(io.Discard, flate.NewReader(bytes.NewReader(p)))
		if err != nil {
			b.Fatal(err)
		}
		sizes = append(sizes, int(n))
	}
	var f inflater
	buf := make([]byte, slices.Max(sizes)+1)
	return func(parts [][]byte) error {
		for i, p := range parts {
			if !f.inflate(buf[:sizes[i]], p) {
				return io.ErrUnexpectedEOF
			}
		}
		return nil
	}
}

// BenchmarkInflate compares the inflates on the parts of a dossier.
func BenchmarkInflate(b *testing.B) {
	parts := neededParts(dossier())
	for name, inflate := range map[string]func([][]byte) error{"standard": standardInflate(),
		"klauspost": fastInflate(), "whole": wholeInflate(b, parts)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := inflate(parts); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkPhantomRows reads 200,000 formatted rows without values, as Excel saves formatted
// columns, and reports how many clean dossiers could be read meanwhile. Every byte of them is
// inflated and checked: stopping early would mean not to know what comes behind.
func BenchmarkPhantomRows(b *testing.B) {
	phantom, ok := hostile.Named("phantom-rows.xlsx")
	if !ok {
		b.Fatal("no such attack")
	}
	file := dossier()
	var clean, careless time.Duration
	b.ReportAllocs()
	for b.Loop() {
		start := time.Now()
		if err := readOurs(phantom.Bytes); err != nil {
			b.Fatal(err)
		}
		careless += time.Since(start)
		start = time.Now()
		if err := readOurs(file); err != nil {
			b.Fatal(err)
		}
		clean += time.Since(start)
	}
	b.ReportMetric(float64(careless)/float64(clean), "x-dossier")
}

// TestCost holds the reader to its budget on a dossier: allocations always, and unless -short its
// time against excelize and against inflating alone, taking the best of several runs in turns,
// because machines are shared.
func TestCost(t *testing.T) {
	file := dossier()
	if n := testing.AllocsPerRun(10, func() { _ = readOurs(file) }); n > 300 {
		t.Errorf("%.0f allocations", n)
	}
	if testing.Short() || instrumented {
		return
	}
	parts, standard := neededParts(file), standardInflate()
	best := func(f func() error, so time.Duration) time.Duration {
		start := time.Now()
		if err := f(); err != nil {
			t.Fatal(err)
		}
		return min(so, time.Since(start))
	}
	ours, theirs, inflate := time.Hour, time.Hour, time.Hour
	for range 15 {
		theirs = best(func() error { return readExcelize(file) }, theirs)
		for range 4 {
			ours = best(func() error { return readOurs(file) }, ours)
			inflate = best(func() error { return standard(parts) }, inflate)
		}
	}
	fast, slow := float64(theirs)/float64(ours), float64(ours)/float64(inflate)
	t.Logf("%v a dossier: %.1f times as fast as excelize, %.2f times the standard inflate alone", ours, fast, slow)
	if fast < 10 {
		t.Errorf("only %.1f times as fast as excelize, wanted 10", fast)
	}
	if slow > 2.5 {
		t.Errorf("%.2f times the standard inflate alone, wanted at most 2.5", slow)
	}
}

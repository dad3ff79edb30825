package reports_test

import (
	"archive/zip"
	"bytes"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"thidua/reports"
	"thidua/reports/paper"
	"thidua/reports/round/roundtest"
)

var cached = regexp.MustCompile(`(</f>)<v>[^<]*</v>`)

// uncalculated takes the present value out of every formula of a workbook, so that whoever opens it
// must compute it.
func uncalculated(t *testing.T, book []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	out := zip.NewWriter(&buf)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(f.Name, "xl/worksheets/sheet") {
			raw = cached.ReplaceAll(raw, []byte("$1"))
		}
		w, err := out.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(raw); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// formulas are the values of a workbook's formula cells, as stored.
func formulas(t *testing.T, path string, only map[string]string) map[string]string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	out := map[string]string{}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.Rows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for n := 1; rows.Next(); n++ {
			cols, err := rows.Columns(excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			for i, value := range cols {
				ref, _ := excelize.CoordinatesToCellName(i+1, n)
				key := sheet + "!" + ref
				if only != nil {
					if _, ok := only[key]; ok {
						out[key] = value
					}
					continue
				}
				if formula, err := f.GetCellFormula(sheet, ref); err == nil && formula != "" {
					out[key] = value
				}
			}
		}
	}
	return out
}

// LibreOffice computes every formula of every workbook anew: all of them give what we stored, which
// is what paper prints.
func TestLibreOfficeRecalculatesEveryTotalToThePrintedValue(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not here")
	}
	dir, back := t.TempDir(), t.TempDir()
	want := map[string]map[string]string{}
	for _, s := range roundtest.Kinds() {
		if s.Name == "overfull" && testing.Short() {
			continue
		}
		sources := s.Make(t)
		for _, n := range reports.Names() {
			p := make1(t, n.Name, sources)
			if !slices.Contains(p.Formats, paper.XLSX) {
				continue
			}
			b, err := p.Render(paper.XLSX)
			if err != nil {
				t.Fatal(err)
			}
			file := s.Name + "-" + n.Name + ".xlsx"
			path := filepath.Join(dir, file)
			if err := os.WriteFile(path, b, 0o644); err != nil {
				t.Fatal(err)
			}
			if all := formulas(t, path, nil); len(all) > 0 {
				want[file] = all
			}
			if err := os.WriteFile(path, uncalculated(t, b), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	args := []string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to",
		"xlsx:Calc MS Excel 2007 XML", "--outdir", back}
	for file := range want {
		args = append(args, filepath.Join(dir, file))
	}
	if out, err := exec.Command(soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	compared := 0
	for file, cells := range want {
		got := formulas(t, filepath.Join(back, file), cells)
		for ref, printed := range cells {
			compared++
			a, errA := strconv.ParseFloat(printed, 64)
			b, errB := strconv.ParseFloat(got[ref], 64)
			if errA == nil && errB == nil && math.Abs(a-b) <= 1e-9*max(1, math.Abs(a)) || printed == got[ref] {
				continue
			}
			t.Errorf("%s %s: LibreOffice computes %q, we print %q", file, ref, got[ref], printed)
		}
	}
	if compared < 100 {
		t.Errorf("only %d formulas in all workbooks", compared)
	}
}

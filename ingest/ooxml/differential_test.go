package ooxml

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"thidua/templates/grid"
)

// theirs is every non-empty raw value that excelize finds on worksheets, by sheet and address.
func theirs(b []byte) (cells map[string]string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{RawCellValue: true, UnzipSizeLimit: 64 << 20, UnzipXMLSizeLimit: 64 << 20})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	cells = map[string]string{}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.Rows(sheet)
		if err != nil {
			continue // a chart sheet
		}
		for r := 1; rows.Next(); r++ {
			row, err := rows.Columns()
			if err != nil {
				return nil, err
			}
			for c, v := range row {
				if v != "" {
					cells[sheet+"!"+grid.Ref(c+1, r)] = v
				}
			}
		}
		if err := rows.Error(); err != nil {
			return nil, err
		}
		if _, err := f.GetCellValue(sheet, "A1"); err != nil { // a full parse: Rows ends silently at broken XML
			return nil, err
		}
	}
	return cells, nil
}

// ours is the same from a grid.
func ours(wb *grid.Workbook) map[string]string {
	cells := map[string]string{}
	for _, s := range wb.Sheets {
		for _, r := range s.Rows {
			for _, c := range r.Cells {
				if c.Text != "" {
					cells[s.Name+"!"+c.Ref()] = c.Text
				}
			}
		}
	}
	return cells
}

// differences lists addresses with different values. Numbers are compared as numbers: excelize returns their text as stored, this reader
// the shortest text of the same number.
func differences(ours, theirs map[string]string) []string {
	var d []string
	for at, v := range theirs {
		o, ok := ours[at]
		if ok && o == v {
			continue
		}
		a, err1 := strconv.ParseFloat(o, 64)
		b, err2 := strconv.ParseFloat(v, 64)
		if ok && err1 == nil && err2 == nil && a == b {
			continue
		}
		d = append(d, fmt.Sprintf("%s: ours %q, excelize %q", at, o, v))
	}
	for at, o := range ours {
		if _, ok := theirs[at]; !ok {
			d = append(d, fmt.Sprintf("%s: ours %q, excelize nothing", at, o))
		}
	}
	return d
}

func TestCorpora(t *testing.T) {
	dir := os.Getenv("THIDUA_CORPORA")
	if dir == "" {
		t.Skip("THIDUA_CORPORA names no folder of public test files")
	}
	files, err := filepath.Glob(filepath.Join(dir, "poi", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in %s: %v", dir, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			wb, err := Read(b, DefaultLimits())
			want, theirErr := theirs(b)
			t.Logf("%v: ours %v; excelize %v", Sniff(b), err, theirErr)
			if err == nil && theirErr == nil {
				for _, d := range differences(ours(wb), want) {
					t.Error(d)
				}
			}
		})
	}
}

package ooxml

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"thidua/templates/grid"
)

// theirs is every non-empty raw value that excelize finds on worksheets, by sheet and address.
func theirs(b []byte) (cells map[string]string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{RawCellValue: true, UnzipSizeLimit: 64 << 20,
		UnzipXMLSizeLimit: 64 << 20})
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

// differences lists addresses with different values. Numbers are compared as numbers: excelize
// returns their text as stored, this reader the shortest text of the same number.
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

// exceptions are the public files, by the end of their names, that excelize reads and this reader
// treats otherwise, and who is right.
var exceptions = []struct{ file, ours, why string }{
	{"duplicate-filename.xlsx", "ambiguous",
		"two parts of one name: excelize picks one of them in silence; Excel refuses the file"},
	{"duplicate-filename-case-insensitive.xlsx", "ambiguous",
		"part names compare without case (ISO/IEC 29500-2): the same as above"},
	{"SimpleStrict.xlsx", `Sheet Number 2!A4: ours "32874", excelize "1990-01-01"`,
		"a Strict date in ISO 8601 is a date like any other: the grid holds serial numbers"},
}

// TestCorpora compares with excelize over public files, oddities chosen by the Apache POI project.
// Every file ends in a workbook or in a named refusal; where excelize reads one without trouble,
// both give the same cells.
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
			var ref *Refusal
			if err != nil && (!errors.As(err, &ref) || ref.Reason.String() == "unknown") {
				t.Fatalf("an error without a reason: %v", err)
			}
			want, theirErr := theirs(b)
			if theirErr != nil {
				t.Logf("excelize: %v; ours: %v", theirErr, err)
				return
			}
			var found []string
			if err != nil {
				found = []string{ref.Reason.String()}
			} else {
				found = differences(ours(wb), want)
			}
			for _, d := range found {
				if !slices.ContainsFunc(exceptions, func(e struct{ file, ours, why string }) bool {
					return strings.HasSuffix(file, "__"+e.file) && e.ours == d
				}) {
					t.Error(d)
				}
			}
		})
	}
}

// TestGeneratedWorkbooks writes workbooks of many features with excelize and demands that both
// readers see the same in them.
func TestGeneratedWorkbooks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := excelize.NewFile()
		defer f.Close()
		day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		must(t, err)
		share, err := f.NewStyle(&excelize.Style{NumFmt: 10, Font: &excelize.Font{Family: ".VnTime"}})
		must(t, err)
		styles := []int{0, day, share}
		hidden, styled := map[int]bool{}, map[string]int{}
		for range rapid.IntRange(1, 60).Draw(t, "cells") {
			row, col := rapid.IntRange(1, 40).Draw(t, "row"), rapid.IntRange(1, 30).Draw(t, "col")
			ref := grid.Ref(col, row)
			switch rapid.IntRange(0, 6).Draw(t, "kind") {
			case 0:
				must(t, f.SetCellStr("Sheet1", ref, rapid.StringMatching(`[a-zĐạệ<>&"' _x0-9\n\t]{0,20}`).Draw(t,
					"text")))
			case 1:
				must(t, f.SetCellFloat("Sheet1", ref, rapid.Float64Range(-1e12, 1e12).Draw(t, "number"), -1, 64))
			case 2:
				must(t, f.SetCellInt("Sheet1", ref, rapid.Int64Range(-1e15, 1e15).Draw(t, "whole")))
			case 3:
				must(t, f.SetCellBool("Sheet1", ref, rapid.Bool().Draw(t, "bool")))
			case 4:
				must(t, f.SetCellRichText("Sheet1", ref,
					[]excelize.RichTextRun{{Text: "Nguyễn "},
						{Text: "An", Font: &excelize.Font{Family: "VNI-Times", Bold: true}}}))
			case 5:
				must(t, f.SetCellFormula("Sheet1", ref, "1+1"))
			case 6:
				must(t, f.SetRowVisible("Sheet1", row, false))
				hidden[row] = true
			}
			style := rapid.IntRange(0, 2).Draw(t, "style")
			must(t, f.SetCellStyle("Sheet1", ref, ref, styles[style]))
			styled[ref] = style
		}
		must(t, f.MergeCell("Sheet1", "AF1", "AG3"))
		must(t, f.SetDefinedName(&excelize.DefinedName{Name: "TEMPLATE_ID", RefersTo: "Sheet1!$A$1"}))
		must(t, f.SetCustomProps(excelize.CustomProperty{Name: "thidua.form", Value: "to-trinh & <1>"}))
		streamed(t, f)
		var out bytes.Buffer
		must(t, f.Write(&out))

		wb, err := Read(out.Bytes(), DefaultLimits())
		must(t, err)
		want, err := theirs(out.Bytes())
		must(t, err)
		for _, d := range differences(ours(wb), want) {
			t.Error(d)
		}
		for _, r := range wb.Sheets[0].Rows {
			if r.Hidden != hidden[r.Num] {
				t.Errorf("row %d hidden: %v", r.Num, r.Hidden)
			}
			for _, c := range r.Cells {
				style := styled[c.Ref()]
				if c.Kind == grid.Number && (c.Date != (style == 1) || c.Percent != (style == 2)) ||
					(c.Font == ".VnTime") != (style == 2) && c.Text != "Nguyễn An" {
					t.Errorf("%s with style %d: %+v", c.Ref(), style, c)
				}
			}
		}
		if len(wb.Sheets[0].Merges) != 1 || wb.Names[0].Refers != "Sheet1!$A$1" ||
			wb.Property("thidua.form") != "to-trinh & <1>" {
			t.Errorf("merges %v, names %v, properties %v", wb.Sheets[0].Merges, wb.Names, wb.Properties)
		}
	})
}

// streamed adds a sheet through excelize's other writer, which writes inline strings.
func streamed(t *rapid.T, f *excelize.File) {
	_, err := f.NewSheet("Nguồn")
	must(t, err)
	w, err := f.NewStreamWriter("Nguồn")
	must(t, err)
	for r := 1; r <= rapid.IntRange(0, 5).Draw(t, "streamed"); r++ {
		must(t, w.SetRow(grid.Ref(2, r), []any{rapid.StringMatching(`[a-zạ <&]{1,9}`).Draw(t, "inline"), r, true, nil,
			0.1}))
	}
	must(t, w.Flush())
}

func must(t *rapid.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

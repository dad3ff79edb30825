package reader_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"thidua/ingest/ooxml"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/reader"
	"thidua/templates/xlsx"
)

// The marked copy is the reading: reading the copy, sent back untouched, gives the reading that it
// was made from.
func isTheReading(t fataler, first *form.Reading, ctx form.Context) {
	marked, err := xlsx.Mark(first, heading, ctx)
	if err != nil {
		t.Fatalf("marking: %v", err)
	}
	w, err := ooxml.Read(marked, ooxml.DefaultLimits())
	if err != nil {
		t.Fatalf("the copy: %v", err)
	}
	second := reader.Read(first.Form, form.Stamp{Form: first.Form.ID, Version: first.Form.Version}, w, ctx)
	if diff := cmp.Diff(told(first), told(second)); diff != "" {
		t.Errorf("(-sent +marked copy):\n%s", diff)
	}
}

// told is what a reading says: its values, how many rows are in order, and what has to be put right
// or looked at. Remarks on the file and on what was not read are about the file alone.
func told(r *form.Reading) []string {
	var out []string
	for _, b := range r.Form.Blocks() {
		for i := range b.Len(r.Value) {
			for _, x := range b.Fields {
				if v := x.At(b.Record(r.Value, i)); v.Text != "" || v.Bad {
					out = append(out, fmt.Sprintf("%s[%d].%s=%s %v", b.Key, i, x.Key, v.Text, v.Bad))
				}
			}
		}
	}
	out = append(out, fmt.Sprintf("%d rows", r.Rows.Accepted+r.Rows.ToFix))
	var found []string
	for _, f := range r.Findings {
		switch {
		case f.Level == finding.Info, f.Level == finding.Should && f.Code < finding.Missing:
		case f.Level == finding.Should && slices.Contains([]finding.Code{finding.OutsideTable, finding.OverSample,
			finding.FailedRows, finding.SampleCopied}, f.Code):
		default:
			found = append(found, fmt.Sprintf("%s %s %s", f.Code, f.Level, f.Field))
		}
	}
	slices.Sort(found)
	return append(out, found...)
}

// The workbooks of offices, each of another habit.
func TestTheMarkedCopyOfAnOfficesWorkbookIsItsReading(t *testing.T) {
	p, _ := world(t)
	names, err := filepath.Glob("testdata/offices/*.xlsx")
	if err != nil || len(names) < 40 {
		t.Fatalf("%d workbooks: %v", len(names), err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			w, err := ooxml.Read(content, ooxml.DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			ctx := templates.Context(p, p.Periods[0], "05452")
			var forms []*form.Form
			for _, f := range templates.Forms() {
				forms = append(forms, ctx.Fitted(f))
			}
			k, ok := reader.Recognise(w, forms)
			if !ok {
				t.Fatal("not recognised")
			}
			isTheReading(t, k.Read(ctx), ctx)
		})
	}
}

// odd are cells as people and programs leave them where something else is wanted.
var odd = []any{"TRUE", true, false, 1.234, "1.234", -3.0, 43174, "15/3", "3/15/1980", "Nguyễn Văn An\nTrần Thị Bình",
	"Lê Văn Tám; Phạm Thị Hoa", "không rõ", "-", ".", "Không có", "chưa xếp loại", "ü", "#REF!", "″", "nt", "x",
	"95 phần trăm", "10/10", "0,95", "1e3", " ", "Tổng cộng", "I.", "Ghi chú: đã rà soát", "(1)", "K'Brếu",
	"Đỗ V¨n Nam", "32436", "31980", "5/3/1980", "5/3/02", "Quý IV/2018", "dòng một\ndòng hai", "'15/03/1980",
	"=1+1", "05431", "Hoàn thành", 2018, 0.5, "1.490"}

func TestTheMarkedCopyIsTheReading(t *testing.T) {
	p, ctx := world(t)
	for _, f := range templates.Forms() {
		f = ctx.Fitted(f)
		t.Run(f.ID, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				b, err := xlsx.Write(f, heading, ctx, filled(t, p, f, ctx))
				if err != nil {
					t.Fatal(err)
				}
				sent := changed(t, b, func(x *excelize.File) error { return mutate(t, x, f) })
				w, err := ooxml.Read(sent, ooxml.DefaultLimits())
				if err != nil {
					t.Fatal(err)
				}
				var forms []*form.Form
				for _, f := range templates.Forms() {
					forms = append(forms, ctx.Fitted(f))
				}
				if k, ok := reader.Recognise(w, forms); ok && k.Form == f {
					isTheReading(t, k.Read(ctx), ctx)
				}
			})
		})
	}
}

// mutate does to a workbook what people do: odd cells, a column deleted, a sheet doubled.
func mutate(t *rapid.T, x *excelize.File, f *form.Form) error {
	for range rapid.IntRange(1, 6).Draw(t, "cells") {
		s := &f.Sheets[rapid.IntRange(0, len(f.Sheets)-1).Draw(t, "sheet")]
		places := s.Layout(nil)
		p := places[rapid.IntRange(0, len(places)-1).Draw(t, "block")]
		col, row := p.Cell(
			rapid.IntRange(0, len(p.Block.Fields)-1).Draw(t, "field"),
			rapid.IntRange(0, 2).Draw(t, "row"),
		)
		if err := x.SetCellValue(s.Name, grid.Ref(col, row), rapid.SampledFrom(odd).Draw(t, "odd")); err != nil {
			return err
		}
	}
	switch rapid.IntRange(0, 9).Draw(t, "sheets") {
	case 0:
		s := &f.Sheets[rapid.IntRange(0, len(f.Sheets)-1).Draw(t, "from")]
		if p := s.Layout(nil)[0]; p.Block.Kind == form.TableBlock && len(s.Blocks) == 1 {
			return x.RemoveCol(
				s.Name,
				grid.Column(form.FirstColumn+rapid.IntRange(0, len(p.Block.Fields)-1).Draw(t, "col")),
			)
		}
	case 1:
		from, err := x.GetSheetIndex(f.Sheets[0].Name)
		if err != nil {
			return err
		}
		to, err := x.NewSheet("bản chép")
		if err != nil {
			return err
		}
		return x.CopySheet(from, to)
	}
	return nil
}

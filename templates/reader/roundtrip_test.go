package reader_test

import (
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"testing"
	"time"

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

// A workbook takes long to write: a few drawn ones a test, more with -rapid.checks, as .ci/long has
// it. Nearly all of what writing takes is garbage at once, and little is kept: collecting it less
// often saves a fifth of the time.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	_ = flag.Set("rapid.checks", "6")
	flag.Parse()
	os.Exit(m.Run())
}

// same expects a reading to hold what was written, without anything to put right.
func same(t fataler, f *form.Form, wrote any, r *form.Reading, repairs bool) {
	if diff := cmp.Diff(texts(f, wrote), texts(f, r.Value)); diff != "" {
		t.Fatalf("%s (-wrote +read):\n%s", f.ID, diff)
	}
	if m := musts(r); len(m) > 0 {
		t.Fatalf("%s: %q", f.ID, m)
	}
	if !repairs && len(r.Repairs) > 0 {
		t.Fatalf("%s: repaired %+v", f.ID, r.Repairs)
	}
	if c := r.Rows; c.Read != c.Accepted || c.Ignored != 0 {
		t.Fatalf("%s: rows %+v, ignored %+v", f.ID, c, r.Ignored)
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	p, ctx := world(t)
	for _, f := range templates.Forms() {
		t.Run(f.ID, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				wrote := filled(t, p, f, ctx)
				b, err := xlsx.Write(f, heading, ctx, wrote)
				if err != nil {
					t.Fatal(err)
				}
				same(t, f, wrote, read(t, f, ctx, b), false)
				if w, err := ooxml.Read(b, ooxml.DefaultLimits()); err != nil || !reader.Standing(f, w) {
					t.Errorf("%s: blocks are looked for that stand where they were put (%v)", f.ID, err)
				}
			})
		})
	}
}

func TestTheSameFormGivesTheSameBytes(t *testing.T) {
	p, ctx := world(t)
	for _, f := range templates.Forms() {
		value := rapid.Custom(func(t *rapid.T) any { return filled(t, p, f, ctx) }).Example(1)
		one, err := xlsx.Write(f, heading, ctx, value)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(1100 * time.Millisecond / 4) // over all forms longer than the clock of a zip entry ticks
		two, err := xlsx.Write(f, heading, ctx, value)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(one, two) {
			t.Errorf("%s: written twice, two files", f.ID)
		}
	}
}

// What people do to a workbook before they fill it: none of it may lose a value.
func TestWhatIsMovedIsFound(t *testing.T) {
	p, ctx := world(t)
	for _, f := range templates.Forms() {
		type book struct {
			wrote any
			bytes []byte
		}
		var books []book
		for seed := range 2 {
			wrote := rapid.Custom(func(t *rapid.T) any { return filled(t, p, f, ctx) }).Example(seed)
			b, err := xlsx.Write(f, heading, ctx, wrote)
			if err != nil {
				t.Fatal(err)
			}
			books = append(books, book{wrote, b})
		}
		for _, x := range []struct {
			name   string
			change func(*excelize.File) error
		}{
			{"rows inserted at the top of every sheet", func(x *excelize.File) error {
				for i, s := range f.Sheets {
					if err := x.InsertRows(s.Name, 1, 1+i); err != nil {
						return err
					}
				}
				return nil
			}},
			{"rows inserted above every first header", func(x *excelize.File) error {
				for _, s := range f.Sheets {
					at := s.Layout(nil)[0]
					row := max(at.Header, at.Title+1)
					if err := x.InsertRows(s.Name, row, 2); err != nil {
						return err
					}
					if err := x.SetCellStr(s.Name, grid.Ref(2, row), "Kèm theo văn bản số 12"); err != nil {
						return err
					}
				}
				return nil
			}},
			{"sheets renamed", func(x *excelize.File) error {
				for i, s := range f.Sheets {
					if err := x.SetSheetName(s.Name, fmt.Sprintf("Sheet%d (2)", i+1)); err != nil {
						return err
					}
				}
				return nil
			}},
			{"a column inserted in every sheet, before the names and between labels and values",
				func(x *excelize.File) error {
					for _, s := range f.Sheets {
						if err := x.InsertCols(s.Name, "C", 1); err != nil {
							return err
						}
					}
					return nil
				}},
			{"a column inserted at the left of every sheet", func(x *excelize.File) error {
				for _, s := range f.Sheets {
					if err := x.InsertCols(s.Name, "A", 1); err != nil {
						return err
					}
				}
				return nil
			}},
			{"the sheets in another order, a foreign one between them",
				func(x *excelize.File) error { return reorder(x, f) }},
			{"rows inserted between the filled rows of every table", func(x *excelize.File) error {
				for _, s := range f.Sheets {
					places := s.Layout(nil)
					for _, at := range slices.Backward(places) {
						if at.Block.Kind != form.TableBlock {
							continue
						}
						for _, row := range []int{at.First + 1, at.First} {
							if err := x.InsertRows(s.Name, row, 1); err != nil {
								return err
							}
						}
					}
				}
				return nil
			}},
			{"everything at once", func(x *excelize.File) error {
				for i, s := range f.Sheets {
					if err := x.InsertRows(s.Name, 1, 1+i); err != nil {
						return err
					}
					if err := x.InsertCols(s.Name, "A", 1); err != nil {
						return err
					}
				}
				if err := reorder(x, f); err != nil {
					return err
				}
				for i, s := range f.Sheets {
					if err := x.SetSheetName(s.Name, fmt.Sprintf("Trang %d (2)", i+1)); err != nil {
						return err
					}
				}
				return nil
			}},
			{"the first two columns of every table changed places", func(x *excelize.File) error {
				for _, s := range f.Sheets {
					for _, at := range s.Layout(nil) {
						if at.Block.Kind != form.TableBlock {
							continue
						}
						for row := at.Header; row <= at.Last; row++ {
							if err := swap(x, s.Name, grid.Ref(2, row), grid.Ref(3, row)); err != nil {
								return err
							}
						}
					}
				}
				return nil
			}},
			{"the markers lost", func(x *excelize.File) error {
				for _, n := range x.GetDefinedName() {
					if err := x.DeleteDefinedName(&excelize.DefinedName{Name: n.Name, Scope: n.Scope}); err != nil {
						return err
					}
				}
				if err := x.SetCustomProps(excelize.CustomProperty{Name: "thidua.form"}); err != nil {
					return err
				}
				return x.DeleteSheet("_thidua")
			}},
			{"blank rows with formats below every table", func(x *excelize.File) error {
				style, err := x.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
				if err != nil {
					return err
				}
				for _, s := range f.Sheets {
					places := s.Layout(nil)
					last := places[len(places)-1].Last
					for row := last + 4; row < last+60; row++ {
						if err := x.SetCellStyle(s.Name, grid.Ref(1, row), grid.Ref(9, row), style); err != nil {
							return err
						}
						if err := x.SetCellStr(s.Name, grid.Ref(2, row), "  "); err != nil {
							return err
						}
					}
				}
				return nil
			}},
		} {
			t.Run(f.ID+"/"+x.name, func(t *testing.T) {
				t.Parallel()
				for _, b := range books {
					same(t, f, b.wrote, read(t, f, ctx, changed(t, b.bytes, x.change)), false)
				}
			})
		}
	}
}

// swap exchanges two cells with their kinds and formats.
func swap(f *excelize.File, sheet, a, b string) error {
	type cell struct {
		value string
		kind  excelize.CellType
		style int
	}
	get := func(at string) (c cell, err error) {
		if c.value, err = f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true}); err != nil {
			return c, err
		}
		if c.kind, err = f.GetCellType(sheet, at); err != nil {
			return c, err
		}
		c.style, err = f.GetCellStyle(sheet, at)
		return c, err
	}
	put := func(at string, c cell) error {
		var err error
		switch {
		case c.value == "":
			err = f.SetCellValue(sheet, at, nil)
		case c.kind == excelize.CellTypeUnset || c.kind == excelize.CellTypeNumber:
			err = f.SetCellDefault(sheet, at, c.value)
		default:
			err = f.SetCellStr(sheet, at, c.value)
		}
		if err != nil {
			return err
		}
		return f.SetCellStyle(sheet, at, at, c.style)
	}
	one, err := get(a)
	if err != nil {
		return err
	}
	other, err := get(b)
	if err != nil {
		return err
	}
	if err := put(a, other); err != nil {
		return err
	}
	return put(b, one)
}

// reorder puts the sheets of a form into the opposite order, with a sheet of somebody's own before
// the first and between the others.
func reorder(x *excelize.File, f *form.Form) error {
	const own = "Tính toán"
	if _, err := x.NewSheet(own); err != nil {
		return err
	}
	if err := x.SetSheetCol(own, "B2", &[]any{"Quỹ lương", 1490000, "Họ và tên", "Nguyễn Văn Mẫu"}); err != nil {
		return err
	}
	for _, s := range f.Sheets {
		if err := x.MoveSheet(s.Name, "HƯỚNG DẪN"); err != nil {
			return err
		}
		if err := x.MoveSheet(own, s.Name); err != nil {
			return err
		}
		if err := x.MoveSheet("HƯỚNG DẪN", own); err != nil {
			return err
		}
	}
	return nil
}

// The marked reply is a workbook of the form: read again it gives the same mandatory findings, at
// the cells its links lead to.
func TestAMarkedCopyReadsBackToTheSameFindings(t *testing.T) {
	p, ctx := world(t)
	for _, f := range templates.Forms() {
		t.Run(f.ID, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				value := filled(t, p, f, ctx)
				spoil(t, f, value)
				b, err := xlsx.Write(f, heading, ctx, value)
				if err != nil {
					t.Fatal(err)
				}
				first := read(t, f, ctx,
					changed(t, b, func(x *excelize.File) error { return x.InsertRows(f.Sheets[0].Name, 1, 3) }))
				marked, err := xlsx.Mark(first, heading, ctx)
				if err != nil {
					t.Fatal(err)
				}
				second := read(t, f, ctx, marked)
				if diff := cmp.Diff(codes(first), codes(second)); diff != "" {
					t.Fatalf("(-sent +marked copy):\n%s", diff)
				}
				links(t, first, second, marked)
			})
		})
	}
}

// spoil blanks mandatory values and writes others that no field takes.
func spoil(t *rapid.T, f *form.Form, value any) {
	for _, b := range f.Blocks() {
		for i := range b.Len(value) {
			for _, x := range b.Fields {
				v := x.At(b.Record(value, i))
				switch {
				case x.Preset || rapid.IntRange(0, 5).Draw(t, "spoil") > 0:
				case x.Type == form.Text:
					if i > 0 || b.Kind == form.CellsBlock { // the first row of a table stays a row
						*v = form.Value{}
					}
				case v.Text != "":
					*v = form.Of("không rõ")
				}
			}
		}
	}
}

func codes(r *form.Reading) []string {
	var out []string
	for _, f := range r.Findings {
		if f.Level == finding.Must {
			out = append(out, string(f.Code)+" "+f.Message)
		}
	}
	return out
}

// links expects the result sheet to link every finding that has a cell to a cell where reading the
// copy finds the same.
func links(t *rapid.T, sent, again *form.Reading, marked []byte) {
	changed(t, marked, func(x *excelize.File) error {
		for i, f := range sent.Findings {
			if f.Cell == "" {
				continue
			}
			at := grid.Ref(3, 5+i)
			ok, to, err := x.GetCellHyperLink("KẾT QUẢ KIỂM TRA", at)
			if err != nil {
				return err
			}
			if !ok {
				t.Errorf("finding %d (%s %s!%s) has no link", i+1, f.Code, f.Sheet, f.Cell)
				continue
			}
			if f.Level == finding.Must && !slices.ContainsFunc(again.Findings, func(g finding.Finding) bool {
				return g.Code == f.Code && to == "'"+g.Sheet+"'!"+g.Cell
			}) {
				t.Errorf("finding %d (%s) links to %s, where the copy has no such finding", i+1, f.Code, to)
			}
		}
		return nil
	})
}

// A day of which only the year or the month is known comes back as it was given, also out of a
// marked copy.
func TestPartialDatesComeBack(t *testing.T) {
	_, ctx := world(t)
	f := templates.RegistrationForm
	for _, date := range []string{"1980", "1980-03", "1980-11", "1900-01-05", "1905-03-25", "1980-03-05"} {
		v := &templates.Registration{Unit: templates.UnitSheet{Date: form.Of(date)}}
		b, err := xlsx.Write(f, heading, ctx, v)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			r := read(t, f, ctx, b)
			if got := r.Value.(*templates.Registration).Unit.Date.Text; got != date ||
				finding.Has(r.Findings, finding.BadDate) {
				t.Errorf("%s came back as %q", date, got)
			}
			if b, err = xlsx.Mark(r, heading, ctx); err != nil {
				t.Fatal(err)
			}
		}
	}
}

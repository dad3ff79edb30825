package reader_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"thidua/ingest/ooxml"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/reader"
	"thidua/templates/viet"
	"thidua/templates/wording"
	"thidua/templates/xlsx"
)

// rubbish draws a cell of any kind.
func rubbish(t *rapid.T, row, col int) grid.Cell {
	c := grid.Cell{Row: row, Col: col}
	switch c.Kind = rapid.SampledFrom([]grid.Kind{grid.Blank, grid.Text, grid.Text, grid.Text, grid.Number, grid.Bool,
		grid.Error}).Draw(t, "kind"); c.Kind {
	case grid.Blank:
		c.NoCache = rapid.Bool().Draw(t, "formula without value")
		c.Formula = c.NoCache
	case grid.Text:
		c.Text = rapid.OneOf(rapid.SampledFrom([]string{"A", "II", "Cộng", "Tổng cộng: 3", "(*)", "Ghi chú: x",
			"ký tên", "TM. UBND", "(1)", "2", "Trần Thị Bình", " ", "31/02/2018", "x", "Họ và tên"}),
			rapid.StringN(0, 12, -1)).Draw(t, "text")
	case grid.Number:
		c.Number = rapid.OneOf(rapid.Float64Range(-1e6, 1e6), rapid.SampledFrom([]float64{0, 1, 2018, 43000})).Draw(t,
			"number")
		c.Text = fmt.Sprint(c.Number)
		c.Date = rapid.Bool().Draw(t, "date")
	case grid.Bool:
		c.Text = "1"
	case grid.Error:
		c.Text = "#REF!"
	}
	return c
}

// holds reports whether a cell holds anything a person could mean.
func holds(c grid.Cell) bool {
	return c.NoCache || c.Kind != grid.Blank && (c.Kind != grid.Text || viet.CleanSpaces(c.Text) != "")
}

// Whatever stands in the rows of a table, each row is accepted, to be fixed or ignored with a
// reason, and the three add up.
func TestEveryRowIsAccountedFor(t *testing.T) {
	_, ctx := world(t)
	for _, f := range templates.Forms() {
		blank, err := xlsx.Write(f, heading, ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(f.ID, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				w, err := ooxml.Read(blank, ooxml.DefaultLimits())
				if err != nil {
					t.Fatal(err)
				}
				decl := rapid.SampledFrom(slices.DeleteFunc(slices.Clone(f.Sheets), func(s form.Sheet) bool {
					return len(s.Blocks) != 1 || s.Blocks[0].Kind != form.TableBlock
				})).Draw(t, "sheet")
				place := decl.Layout(nil)[0]
				s := w.Sheet(decl.Name)
				s.Rows = slices.DeleteFunc(s.Rows, func(r grid.Row) bool { return r.Num > place.Header })
				for i := range rapid.IntRange(1, 20).Draw(t, "rows") {
					row := grid.Row{Num: place.Header + 1 + i, Hidden: rapid.Bool().Draw(t, "hidden")}
					for col := 1; col <= len(place.Block.Fields)+4; col++ {
						if rapid.IntRange(0, 3).Draw(t, "filled") == 0 {
							row.Cells = append(row.Cells, rubbish(t, row.Num, col))
						}
					}
					s.Rows = append(s.Rows, row)
				}
				recognised, stamp, ok := reader.Identify(w, templates.Forms())
				if !ok || recognised != f {
					t.Fatalf("not recognised")
				}
				if differs := reader.BothWays(f, stamp, w, ctx); differs != "" {
					t.Fatal(differs)
				}
				r := reader.Read(f, stamp, w, ctx)
				if c := r.Rows; c.Read != c.Accepted+c.ToFix+c.Ignored {
					t.Fatalf("rows do not add up: %+v", c)
				}
				accounted := map[int]int{}
				b := place.Block
				for i := range b.Len(r.Value) {
					row := 0
					for _, x := range b.Fields {
						if _, n, ok := grid.ParseRef(x.At(b.Record(r.Value, i)).At.Cell); ok {
							row = n
						}
					}
					accounted[row]++
				}
				for _, g := range r.Ignored {
					accounted[g.Row]++
				}
				for _, row := range s.Rows {
					if row.Num <= place.Header {
						continue
					}
					if n := accounted[row.Num]; n > 1 || n == 0 && !spare(b, row) {
						t.Fatalf("row %d is accounted for %d times: %+v", row.Num, n, row.Cells)
					}
				}
				for _, x := range r.Findings {
					if x.Cell != "" && w.Sheet(x.Sheet) == nil {
						t.Fatalf("finding %s on a sheet that does not exist: %s", x.Code, x.Sheet)
					}
				}
			})
		})
	}
}

// rowNumber is a running number of any kind: "12", "A", "II", "1.2)".
var rowNumber = regexp.MustCompile(`^(\d+|[A-H]|[IVX]+)[.)\d]*$`)

// spare reports whether a row may be passed over since it holds nothing of the sender's: nothing at
// all, a running number, what we print or fill in ourselves.
func spare(b *form.Block, row grid.Row) bool {
	own := []string{wording.Text("form.sign.preparer"), wording.Text("form.sign.head"), wording.Text("form.sign.note")}
	for _, c := range row.Cells {
		i := c.Col - form.FirstColumn
		switch {
		case !holds(c):
		case c.Col == form.NumberColumn && (c.Kind != grid.Text || rowNumber.MatchString(viet.CleanSpaces(c.Text))):
		case i >= 0 && i < len(b.Fields) && b.Fields[i].Preset:
		case c.Kind == grid.Text && slices.Contains(own, c.Text):
		default:
			return false
		}
	}
	return true
}

// Rows without anything in them, however formatted and however many, are no rows.
func TestBlankRowsRaiseNothing(t *testing.T) {
	_, ctx := world(t)
	for _, f := range templates.Forms() {
		b, err := xlsx.Write(f, heading, ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		w, err := ooxml.Read(b, ooxml.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		without := reader.Read(f, form.Stamp{}, w, ctx)
		for _, decl := range f.Sheets {
			s := w.Sheet(decl.Name)
			last := s.Rows[len(s.Rows)-1].Num
			for i := range 500 {
				s.Rows = append(s.Rows, grid.Row{Num: last + 1 + i, Cells: []grid.Cell{
					{Row: last + 1 + i, Col: 1, Kind: grid.Number, Text: fmt.Sprint(i), Number: float64(i)},
					{Row: last + 1 + i, Col: 2}, {Row: last + 1 + i, Col: 3, Kind: grid.Text, Text: "\u00a0 "},
				}})
			}
		}
		with := reader.Read(f, form.Stamp{}, w, ctx)
		if with.Rows != without.Rows || len(with.Findings) != len(without.Findings) || with.Rows.Read != 0 {
			t.Errorf("%s: rows %+v, findings %d; with blank rows %+v, %d", f.ID, without.Rows, len(without.Findings),
				with.Rows, len(with.Findings))
		}
	}
}

// FuzzRead reads whatever bytes open as a workbook as every form: it never panics, the rows add up,
// and a bad verdict names its reason.
func FuzzRead(f *testing.F) {
	p, ctx := world(f)
	for i, x := range templates.Forms() {
		b, err := xlsx.Write(x, heading, ctx,
			rapid.Custom(func(t *rapid.T) any { return filled(t, p, x, ctx) }).Example(i))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		w, err := ooxml.Read(b, ooxml.DefaultLimits())
		if err != nil {
			return
		}
		for _, x := range templates.Forms() {
			if differs := reader.BothWays(x, form.Stamp{}, w, ctx); differs != "" {
				t.Error(differs)
			}
			r := reader.Read(x, form.Stamp{}, w, ctx)
			if c := r.Rows; c.Read != c.Accepted+c.ToFix+c.Ignored || c.ToFix > 0 && !r.MustFix() {
				t.Errorf("%s: rows %+v, must fix %v", x.ID, c, r.MustFix())
			}
		}
	})
}

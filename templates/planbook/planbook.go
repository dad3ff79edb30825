// Package planbook is a plan as a workbook: the face a plan folder has for an office that edits it
// in a spreadsheet.
//
// A Plan goes in and tables of the workbook come out (Write), and back: a grid of cells goes in,
// and a plan comes out with a list of what is wrong, each with its sheet and cell (Read). Nothing
// is lost on the way: Write refuses a plan whose workbook would not come back the same. The package
// opens no file, trusts no workbook, never guesses at a value it cannot read and never keeps part
// of a plan for the whole.
package planbook

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"thidua/templates"
	"thidua/templates/grid"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
	"thidua/templates/xlsx"
)

// ErrUnfit is wrapped by Write's error when a plan holds something a workbook cannot keep, such as
// a list entry with a line break.
var ErrUnfit = errors.New("the plan does not fit a workbook")

// Write makes the workbook of a plan. The same plan gives the same bytes. A plan with mistakes can
// be written too, so that they can be mended there.
func Write(p *plan.Plan) ([]byte, error) {
	tables := build(p)
	if err := checkRoundTrip(p, tables); err != nil {
		return nil, err
	}
	var guide []string
	for _, n := range []string{"1", "2", "3", "4", "5", "6"} {
		guide = append(guide, wording.Text("plan.book.guide."+n))
	}
	b, err := xlsx.WriteTables(wording.Text("plan.book.title", "number", p.Number), p.Office.Name, guide, tables)
	if err != nil {
		return nil, fmt.Errorf("writing the plan's workbook: %w", err)
	}
	return b, nil
}

// build fills the tables with a plan.
func build(p *plan.Plan) []xlsx.Table {
	out := make([]xlsx.Table, 0, len(sheets))
	for _, s := range sheets {
		if s.settings {
			out = append(out, s.settingsTable(p))
			continue
		}
		t := xlsx.Table{Name: s.name(), Title: strings.ToUpper(s.name()),
			Intro: wording.Text("plan.book." + s.key + ".intro"), Spare: s.spare}
		for _, c := range s.columns {
			t.Columns = append(t.Columns, xlsx.Column{Title: c.title(s), Help: c.help(s), Width: c.width,
				Entry: c.blank(p)})
		}
		for _, l := range s.lines(p) {
			row := make([]xlsx.Entry, len(s.columns))
			for i, c := range s.columns {
				row[i] = c.blank(p)
				if l.shows(c) {
					row[i].Text = c.write(l.row)
				}
			}
			t.Rows = append(t.Rows, row)
		}
		out = append(out, t)
	}
	return append(out, columnsGuide(p))
}

// columnsGuide lists the columns that the forms ask under the plan, for whoever changes or adds
// one. It is not read.
func columnsGuide(p *plan.Plan) xlsx.Table {
	t := xlsx.Table{Name: wording.Text("plan.book.asked"), Title: strings.ToUpper(wording.Text("plan.book.asked")),
		Intro: wording.Text("plan.book.asked.intro")}
	for i, key := range []string{"form", "block", "key", "title", "required", "help", "example", "clause"} {
		t.Columns = append(t.Columns, xlsx.Column{Title: wording.Text("plan.book.columns." + key),
			Width: []float64{26, 24, 16, 36, 10, 60, 36, 10}[i], Entry: xlsx.Entry{Kind: xlsx.LabelEntry}})
	}
	for _, f := range templates.Fits(p) {
		for _, b := range f.Blocks() {
			for _, x := range b.Fields {
				required := ""
				if x.Required {
					required = wording.Text("plan.book.yes")
				}
				row := []xlsx.Entry{}
				for _, text := range []string{nameOf("form", f.ID), nameOf("block", b.Key), x.Key, x.Title, required,
					x.Help, x.Example, x.Clause} {
					row = append(row, xlsx.Entry{Kind: xlsx.LabelEntry, Text: text})
				}
				t.Rows = append(t.Rows, row)
			}
		}
	}
	return t
}

// settingsTable has one row a field instead of one column.
func (s sheet) settingsTable(p *plan.Plan) xlsx.Table {
	t := xlsx.Table{Name: s.name(), Title: strings.ToUpper(s.name()),
		Intro: wording.Text("plan.book." + s.key + ".intro")}
	for i, key := range []string{"field", "value", "help"} {
		kind := []xlsx.EntryKind{xlsx.LabelEntry, xlsx.TextEntry, xlsx.HelpEntry}[i]
		t.Columns = append(t.Columns, xlsx.Column{
			Title: wording.Text("plan.book.settings." + key), Width: []float64{36, 62, 60}[i],
			Entry: xlsx.Entry{Kind: kind},
		})
	}
	row := &line{row: p}
	for _, c := range s.columns {
		e := c.blank(p)
		e.Text, e.Hint = c.write(row.row), c.help(s)
		if e.Hint == "" {
			e.Hint = c.title(s)
		}
		t.Rows = append(t.Rows, []xlsx.Entry{{Kind: xlsx.LabelEntry, Text: c.title(s)}, e,
			{Kind: xlsx.HelpEntry, Text: c.help(s)}})
	}
	return t
}

// mostText is what a cell can hold, in UTF-16 code units.
const mostText = 32_767

// checkRoundTrip reads the tables as if they had been written and holds the outcome to the plan.
func checkRoundTrip(p *plan.Plan, tables []xlsx.Table) error {
	for _, t := range tables {
		for i, r := range t.Rows {
			for j, e := range r {
				if len(utf16.Encode([]rune(e.Text))) > mostText || strings.ContainsFunc(e.Text, unprintable) {
					return fmt.Errorf("%w: sheet %q, cell %s: too long, or signs that no cell can hold", ErrUnfit,
						t.Name, grid.Ref(j+1, xlsx.TableHead+1+i))
				}
			}
		}
	}
	want, err := plan.Encode(p)
	if err != nil {
		return fmt.Errorf("holding the workbook to the plan: %w", err)
	}
	got, err := plan.Encode(read(toGrid(tables)).assembled)
	if err != nil {
		return fmt.Errorf("holding the workbook to the plan: %w", err)
	}
	for _, name := range plan.Files() {
		if a, b := []byte(viet.NFC(string(want[name]))), got[name]; !bytes.Equal(a, b) {
			return fmt.Errorf("%w: %s", ErrUnfit, firstDifference(name, a, b))
		}
	}
	return nil
}

func firstDifference(name string, a, b []byte) string {
	as, bs := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	for i, line := range as {
		if i >= len(bs) || bs[i] != line {
			return fmt.Sprintf("%s, line %d when written anew: %s", name, i+1, strings.TrimSpace(line))
		}
	}
	return name
}

// unprintable are the signs that XML 1.0 cannot hold, and the carriage return, which it does not
// keep.
func unprintable(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF || r == '\uFFFD'
}

// toGrid is what a reader finds in the tables once they are a file.
func toGrid(tables []xlsx.Table) *grid.Workbook {
	w := &grid.Workbook{}
	for _, t := range tables {
		s := grid.Sheet{Name: t.Name}
		head := grid.Row{Num: xlsx.TableHead}
		for i, c := range t.Columns {
			head.Cells = append(head.Cells, grid.Cell{Row: xlsx.TableHead, Col: i + 1, Kind: grid.Text, Text: c.Title})
		}
		s.Rows = append(s.Rows, head)
		for i, r := range t.Rows {
			row := grid.Row{Num: xlsx.TableHead + 1 + i}
			for j, e := range r {
				if e.Text != "" {
					row.Cells = append(row.Cells, grid.Cell{Row: row.Num, Col: j + 1, Kind: grid.Text, Text: e.Text})
				}
			}
			s.Rows = append(s.Rows, row)
		}
		w.Sheets = append(w.Sheets, s)
	}
	return w
}

// Problem is something wrong in a workbook, told in Vietnamese to whoever edits it. Cell is "" when
// it is about a whole sheet, Sheet "" when it is about the whole file. A warning does not keep the
// plan from use.
type Problem struct {
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"`
	Text    string `json:"text"`
	Warning bool   `json:"warning,omitempty"`
}

// Reading is a workbook read. Plan is nil when a cell could not be read; it may still have
// mistakes, which are among the Problems.
type Reading struct {
	Plan     *plan.Plan
	Files    map[string][]byte // the plan's folder, nil with Plan
	Problems []Problem         // in the order of sheets and cells

	assembled *plan.Plan // what could be put together, linted or not
	order     []string   // names of the sheets as the workbook has them
	places    map[string]place
}

type place struct{ sheet, cell string }

// Read reads a workbook that Write made and a person edited. Sheets and columns are found by their
// names, in any order.
func Read(w *grid.Workbook) *Reading {
	r := read(w)
	defer r.sort()
	if r.Faults() > 0 {
		return r
	}
	files, err := plan.Encode(r.assembled)
	if err == nil {
		r.Plan, err = plan.Decode(files)
	}
	if err != nil { // such as a title that looks like a day that does not exist
		r.Plan = nil
		r.add("", "", wording.Text("plan.book.undecodable", "problem", err))
		return r
	}
	r.Files = files
	for _, x := range plan.Lint(r.Plan) {
		r.Blame(x)
	}
	return r
}

// Blame adds a problem of the plan that was read at the sheet and cell its path names.
func (r *Reading) Blame(x plan.Problem) {
	at := r.find(x.Path)
	text := x.Say(r.title(at.sheet), choiceName)
	// once for a scale of several versions
	if p := (Problem{Sheet: at.sheet, Cell: at.cell, Text: text, Warning: x.Warning}); !slices.Contains(r.Problems, p) {
		r.Problems = append(r.Problems, p)
	}
	r.sort()
}

// title names a field of the plan as the sheet's columns do.
func (r *Reading) title(name string) func(field string) string {
	return func(field string) string {
		for _, s := range sheets {
			if s.name() != name {
				continue
			}
			if s.path == field {
				return name
			}
			for _, c := range s.columns {
				if c.key == field || strings.HasSuffix(c.key, "."+field) {
					return c.title(s)
				}
			}
		}
		return field
	}
}

// choiceName is a code of a closed set by its name in the cells, any other text as it is.
func choiceName(code string) string {
	for _, set := range []string{"period", "nominee", "group", "role", "base", "basis", "member", "part", "audience",
		"event", "deadline", "check", "form", "block", "type", "answer", "printed", "derived"} {
		if name := nameOf(set, code); name != code {
			return name
		}
	}
	return code
}

// find returns where a path, or the nearest part of the plan around it, stands.
func (r *Reading) find(path string) place {
	for path != "" {
		if at, ok := r.places[path]; ok {
			return at
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return place{}
}

// Faults counts the problems that keep the plan from use.
func (r *Reading) Faults() int {
	n := 0
	for _, x := range r.Problems {
		if !x.Warning {
			n++
		}
	}
	return n
}

func (r *Reading) add(sheet, cell, text string) {
	r.Problems = append(r.Problems, Problem{Sheet: sheet, Cell: cell, Text: text})
}

func (r *Reading) sort() {
	slices.SortStableFunc(r.Problems, func(a, b Problem) int {
		if d := slices.Index(r.order, a.Sheet) - slices.Index(r.order, b.Sheet); d != 0 {
			return d
		}
		ac, ar, _ := grid.ParseRef(a.Cell)
		bc, br, _ := grid.ParseRef(b.Cell)
		if ar != br {
			return ar - br
		}
		return ac - bc
	})
}

package form

import (
	"sort"
	"strconv"
	"strings"

	"thidua/templates/finding"
)

// Option of a list: its label and the other ways people write it.
type Item struct {
	Label   string
	Aliases []string
}

// Lists resolves the named lists that choices draw on: scales of the plan valid for the form's
// year, units, roles.
type Lists interface {
	// List returns the items of a list, best level first where there is an order, or nil when the
	// plan has no such list.
	List(name string) []Item
}

// Context is what a form is written or read for.
type Context struct {
	Lists  Lists
	Period string // the plan's period, such as "2018"
	Year   int    // the year the form is for
	Unit   string // code of the unit, "" when unknown

	Movement string // the plan's, as it stands within a sentence

	Form *Form             // whose rules run, nil outside of Check
	Fit  func(*Form) *Form // a form as the plan of this context asks for it; nil leaves forms as they are declared

	Seal func(Stamp) Stamp // gives the stamp of a workbook that is written its code; nil for none
}

// Sealed is the same context whose workbooks bear codes.
func (c Context) Sealed(seal func(Stamp) Stamp) Context {
	c.Seal = seal
	return c
}

// Title is the title of a field of the form whose rules run, found in its block by its key or fact;
// "" when it has no such field.
func (c Context) Title(block, name string) string {
	if c.Form != nil {
		for _, b := range c.Form.Blocks() {
			for i := range b.Fields {
				if f := &b.Fields[i]; b.Key == block && (f.Key == name || f.Fact == name) {
					return f.Title
				}
			}
		}
	}
	return ""
}

// Fitted is a form as it stands in this context.
func (c Context) Fitted(f *Form) *Form {
	if c.Fit == nil {
		return f
	}
	return c.Fit(f)
}

// Items returns what a choice may hold in this context.
func (c Context) Items(f Field) []Item {
	if len(f.Values) > 0 {
		out := make([]Item, len(f.Values))
		for i, v := range f.Values {
			out[i] = Item{Label: v}
		}
		return out
	}
	if f.List == "" || c.Lists == nil {
		return nil
	}
	return c.Lists.List(f.List)
}

// Repair is a change the reader made to what was typed, always told to the sender.
type Repair struct {
	Sheet string `json:"sheet"`
	Cell  string `json:"cell"`
	Was   string `json:"was"`
	Now   string `json:"now"`
	Rule  string `json:"rule"` // the kind of change, a key of the catalogue under form.repair.
}

// Ignored is a row that holds something but is not data.
type Ignored struct {
	Sheet  string `json:"sheet"`
	Row    int    `json:"row"`
	Reason string `json:"reason"` // key of the catalogue under form.ignored.
	Text   string `json:"text"`   // how the row begins
}

// Count accounts for every row of the tables: Read = Accepted + ToFix + Ignored, always.
type Count struct {
	Read     int `json:"read"`
	Accepted int `json:"accepted"`
	ToFix    int `json:"tofix"`
	Ignored  int `json:"ignored"`
}

// Stamp is what a workbook says of itself through its identity markers.
type Stamp struct {
	Form    string `json:"form"`
	Version int    `json:"version"`
	Period  string `json:"period"`
	Unit    string `json:"unit"`

	// Code was made with the ledger's secret of the number Issue; "" where the workbook bears none.
	Issue int    `json:"issue,omitempty"`
	Code  string `json:"code,omitempty"`
}

// Subject is what the code of a stamp is made of.
func (s Stamp) Subject() string {
	return strings.Join([]string{s.Form, s.Period, s.Unit, strconv.Itoa(s.Issue)}, "/")
}

// Reading is a filled form: its typed value and everything to be told about it.
type Reading struct {
	Form     *Form
	Stamp    Stamp // what the markers say; zero when the form was recognised by its headers only
	Value    any   // *F of the form
	Rows     Count
	Ignored  []Ignored
	Findings []finding.Finding
	Repairs  []Repair

	carried []finding.Finding // by a marked copy, until the reading is finished
}

// MustFix reports whether any finding is mandatory.
func (r *Reading) MustFix() bool {
	for _, f := range r.Findings {
		if f.Level == finding.Must {
			return true
		}
	}
	return false
}

// Sort puts findings and repairs in the order of the form's sheets, then rows and columns, so that
// every answer reads like the file.
func (r *Reading) Sort() {
	order := map[string]int{}
	if r.Form != nil {
		for i, s := range r.Form.Sheets {
			order[s.Name] = i + 1
		}
	}
	less := func(s1, c1, s2, c2 string) int {
		if o1, o2 := order[s1], order[s2]; o1 != o2 {
			return o1 - o2
		}
		if s1 != s2 {
			if s1 < s2 {
				return -1
			}
			return 1
		}
		return compareCells(c1, c2)
	}
	sort.SliceStable(r.Findings, func(i, j int) bool {
		a, b := r.Findings[i], r.Findings[j]
		if k := less(a.Sheet, a.Cell, b.Sheet, b.Cell); k != 0 {
			return k < 0
		}
		return a.Code < b.Code
	})
	sort.SliceStable(r.Repairs, func(i, j int) bool {
		a, b := r.Repairs[i], r.Repairs[j]
		return less(a.Sheet, a.Cell, b.Sheet, b.Cell) < 0
	})
}

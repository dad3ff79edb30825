package form

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"thidua/templates/finding"
	"thidua/templates/viet"
)

// CarriedMark stands before every finding that the marked copy of a workbook carries, on the sheet
// of the stamp.
const CarriedMark = "thidua.finding"

// mostCarried is how many findings one copy carries.
const mostCarried = 1_000

// Carried is a finding that a marked copy holds of the reading it was made from. A copy cannot show
// everything as the sender's file did: a column that was missing is there and blank, a number that
// was refused may look like another as text, the second sheet is gone. Sent back untouched, such a
// copy must not turn into one that is in order; so what was found stays, until what it was about
// has been changed.
type Carried struct {
	Code  finding.Code  `json:"code"`
	Level finding.Level `json:"level"`
	Title string        `json:"title,omitempty"` // of the field, for the message
	Read  string        `json:"read,omitempty"`
	Want  string        `json:"want,omitempty"`

	// about one value: where it stands and what its cell holds
	Block string `json:"block,omitempty"`
	Field string `json:"field,omitempty"`
	Row   int    `json:"row,omitempty"`
	Held  string `json:"held,omitempty"`
	Bad   bool   `json:"bad,omitempty"`

	// about the whole file: what all values were
	Digest string `json:"digest,omitempty"`
}

// ofFile are the findings about a whole file that are carried; what else is told of a file does not
// keep it from being accepted, or is told of the mail.
var ofFile = []finding.Code{finding.MissingBlock, finding.SeveralForms, finding.NearTable, finding.TurnedTable,
	finding.TableBeside, finding.SaidTwice, finding.SheetNotRead, finding.OutsideTable, finding.TooManyRows,
	finding.FailedRows}

// ofValue reports whether findings of a code are about one value and found while its cell is read.
// What is missing, and what the rules across fields find, is found again from the values alone.
func ofValue(code finding.Code) bool {
	return code > finding.Missing && code < finding.CountsDiffer && !slices.Contains(ofFile, code)
}

// Carried lists what a marked copy of the reading has to carry.
func (r *Reading) Carried() []Carried {
	type place struct {
		block, field string
		row          int
		value        *Value
	}
	places := map[Ref]place{}
	r.each(func(b *Block, row int, f *Field, v *Value) {
		if v.At.Cell != "" {
			places[v.At] = place{b.Key, f.Key, row, v}
		}
	})
	digest := ""
	var out []Carried
	for _, f := range r.Findings {
		c := Carried{Code: f.Code, Level: f.Level, Title: f.Field, Read: f.Read, Want: f.Want}
		at, placed := places[Ref{Sheet: f.Sheet, Cell: f.Cell}]
		switch {
		case f.Level == finding.Info || len(out) >= mostCarried:
			continue
		case ofValue(f.Code) && placed:
			c.Block, c.Field, c.Row, c.Held, c.Bad = at.block, at.field, at.row, held(at.value), at.value.Bad
		case f.Level == finding.Must && slices.Contains(ofFile, f.Code):
			if digest == "" {
				digest = r.digest()
			}
			c.Digest = digest
		default:
			continue
		}
		out = append(out, c)
	}
	return out
}

// held is what the cell of a value holds in a marked copy.
func held(v *Value) string {
	if v.Bad {
		return viet.CleanSpaces(v.Raw)
	}
	return v.Text
}

// each visits every value of a reading.
func (r *Reading) each(visit func(b *Block, row int, f *Field, v *Value)) {
	for _, b := range r.Form.Blocks() {
		for row := range b.Len(r.Value) {
			rec := b.Record(r.Value, row)
			for i := range b.Fields {
				visit(b, row, &b.Fields[i], b.Fields[i].At(rec))
			}
		}
	}
}

// digest is the same for readings whose values are the same.
func (r *Reading) digest() string {
	sum := sha256.New()
	r.each(func(b *Block, row int, f *Field, v *Value) {
		sum.Write([]byte(b.Key + "\x00" + f.Key + "\x00" + held(v) + "\x00"))
	})
	return hex.EncodeToString(sum.Sum(nil))
}

// Restore gives a reading of a marked copy, before it is finished, the findings that the copy
// carries and that reading its cells has not given again. Fields whose column the sender's file
// lacked, and which are still blank everywhere, are added to absent.
func (r *Reading) Restore(carried []Carried, absent map[[2]string]bool) {
	type taken struct {
		code finding.Code
		at   Ref
	}
	used := map[taken]bool{}
	for _, c := range carried[:min(len(carried), mostCarried)] {
		if !ofValue(c.Code) || c.Level != finding.Must && c.Level != finding.Should {
			continue
		}
		var here *Value
		r.each(func(b *Block, row int, f *Field, v *Value) {
			same := held(v) == c.Held || viet.CleanSpaces(v.Raw) == c.Held
			if (here == nil || row == c.Row) && b.Key == c.Block && f.Key == c.Field && same &&
				(c.Held != "" || row == c.Row) && !used[taken{c.Code, v.At}] {
				here = v // in its row, or wherever it was moved to
			}
		})
		if here == nil {
			continue
		}
		used[taken{c.Code, here.At}] = true
		if c.Bad && !here.Bad { // and what was found of it as another value is nothing
			here.Text, here.Raw, here.Bad = "", c.Held, true
			r.Findings = slices.DeleteFunc(r.Findings, func(f finding.Finding) bool {
				return f.Sheet == here.At.Sheet && f.Cell == here.At.Cell
			})
		}
		r.tell(c, here.At)
	}
	digest := r.digest()
	for _, c := range carried[:min(len(carried), mostCarried)] {
		switch {
		case c.Level != finding.Must || !slices.Contains(ofFile, c.Code):
		case c.Code == finding.MissingBlock:
			if r.lacks(c.Want, absent) {
				r.tell(c, Ref{})
			}
		case c.Digest == digest:
			r.tell(c, Ref{})
		}
	}
}

// tell keeps a carried finding, in the words of the catalogue, until the reading is finished.
func (r *Reading) tell(c Carried, at Ref) {
	f := finding.New(c.Code, finding.At{Sheet: at.Sheet, Cell: at.Cell}, "field", c.Title, "read", c.Read,
		"want", viet.Cut(c.Want, 300), "name", c.Read, "what", "")
	f.Level = c.Level
	r.carried = append(r.carried, f)
}

// mergeCarried adds the carried findings that have not been found again.
func (r *Reading) mergeCarried() {
	type place struct {
		code        finding.Code
		sheet, cell string
	}
	found := map[place]bool{}
	for _, f := range r.Findings {
		found[place{f.Code, f.Sheet, f.Cell}] = true
	}
	for _, f := range r.carried {
		if f.Cell == "" || !found[place{f.Code, f.Sheet, f.Cell}] {
			r.Findings = append(r.Findings, f)
		}
	}
	r.carried = nil
}

// lacks reports whether the column, label or table that a file lacked is still blank everywhere,
// and notes its fields as absent.
func (r *Reading) lacks(want string, absent map[[2]string]bool) bool {
	lacking := false
	for _, b := range r.Form.Blocks() {
		whole := r.Form.SheetOf(b.Key).Name+" - "+b.Title == want
		for i := range b.Fields {
			f := &b.Fields[i]
			if !whole && f.Title != want {
				continue
			}
			blank := true
			for row := range b.Len(r.Value) {
				blank = blank && held(f.At(b.Record(r.Value, row))) == ""
			}
			if blank {
				absent[[2]string{b.Key, f.Key}] = true
				lacking = true
			}
		}
	}
	return lacking
}

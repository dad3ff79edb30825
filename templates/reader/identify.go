package reader

import (
	"strings"
	"sync"

	"thidua/templates/form"
	"thidua/templates/grid"
)

// stampOf reads the markers of a workbook, the property before the name.
func stampOf(w *grid.Workbook) (form.Stamp, bool) {
	if s, ok := form.ParseStamp(w.Property(form.StampProperty)); ok {
		return s, true
	}
	for _, n := range w.Names {
		if n.Name == form.StampName {
			if sheet, col, row, ok := target(w, n.Refers); ok {
				return form.ParseStamp(sheet.At(row, col).Text)
			}
		}
	}
	return form.Stamp{}, false
}

// target resolves a reference such as 'CÁ NHÂN'!$B$9 or 'CÁ NHÂN'!$B$9:$L$9 to its first cell.
func target(w *grid.Workbook, refers string) (sheet *grid.Sheet, col, row int, ok bool) {
	i := strings.LastIndex(refers, "!")
	if i < 0 {
		return nil, 0, 0, false
	}
	name := strings.TrimPrefix(refers[:i], "=")
	if n := len(name); n >= 2 && name[0] == '\'' && name[n-1] == '\'' {
		name = strings.ReplaceAll(name[1:n-1], "''", "'")
	}
	first, _, _ := strings.Cut(refers[i+1:], ":")
	col, row, ok = grid.ParseRef(first)
	sheet = w.Sheet(name)
	return sheet, col, row, ok && sheet != nil
}

// Recognised is a workbook of which it is known what form it is and where the form's blocks stand.
type Recognised struct {
	Form  *form.Form
	Stamp form.Stamp // what its markers say
	w     *grid.Workbook
	heads func() *heads
	at    places

	others []stranger // other forms in the same workbook
}

// Read reads the workbook as its form, as the function Read does.
func (k Recognised) Read(ctx form.Context) *form.Reading {
	return read(k.Form, k.Stamp, k.w, k.at, k.others, ctx)
}

// As is the workbook taken for another fit of its form, such as that of the round it turned out to
// be for.
func (k Recognised) As(f *form.Form) Recognised {
	if f != k.Form {
		k.Form, k.at = f, find(f, k.w, k.heads)
		for _, o := range k.others {
			k.at.leave(o)
		}
	}
	return k
}

// Identify tells which of the forms a workbook is, as Recognise does.
func Identify(w *grid.Workbook, forms []*form.Form) (f *form.Form, stamp form.Stamp, ok bool) {
	k, ok := Recognise(w, forms)
	return k.Form, k.Stamp, ok
}

// enoughOfForm is the share of a form's fields that makes a workbook this form.
const enoughOfForm = 0.6

// Recognise tells which of the forms a workbook is: by its markers, unless another form's headers
// fit much better; by its headers when there are no markers. ok is false when no form fits; then
// only what the markers say is set.
func Recognise(w *grid.Workbook, forms []*form.Form) (k Recognised, ok bool) {
	w = composed(w)
	heads := sync.OnceValue(func() *heads { return headersOf(w) })
	stamp, _ := stampOf(w)
	as := func(p places, stamp form.Stamp) Recognised {
		others := p.strangers(w, forms)
		return Recognised{Form: p.form, Stamp: stamp, w: w, heads: heads, at: p, others: others}
	}
	var marked, best places
	stamped, bestShare := 0.0, 0.0
	for _, candidate := range forms {
		if candidate.ID != stamp.Form {
			continue
		}
		// a form may stand there in several fits
		if at := find(candidate, w, heads); marked.form == nil || at.share() > stamped {
			if marked, stamped = at, at.share(); stamped == 1 {
				break
			}
		}
	}
	if stamped >= enoughOfForm { // the usual case: our own workbook, whole
		return as(marked, stamp), true
	}
	for _, candidate := range forms {
		at := marked
		if candidate != marked.form {
			at = locate(candidate, w, heads())
		}
		if share := at.share(); share > bestShare {
			best, bestShare = at, share
		}
	}
	switch {
	// a form with its markers and half its sheets gone is still that form
	case marked.form != nil && bestShare < enoughOfForm:
		return as(marked, stamp), stamped > 0
	case best.form != nil && bestShare >= enoughOfForm:
		if stamp.Form != best.form.ID {
			stamp = form.Stamp{}
		}
		return as(best, stamp), true
	}
	return Recognised{Stamp: stamp}, false
}

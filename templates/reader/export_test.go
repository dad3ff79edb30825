package reader

import (
	"fmt"
	"reflect"

	"thidua/templates/form"
	"thidua/templates/grid"
)

// Standing reports whether a workbook is a form whose blocks need not be looked for.
func Standing(f *form.Form, w *grid.Workbook) bool {
	_, ok := findAtMarkers(f, w)
	return ok
}

// BothWays reads a workbook whose blocks need not be looked for by looking for them all the same,
// and tells what differs, "" for nothing.
func BothWays(f *form.Form, stamp form.Stamp, w *grid.Workbook, ctx form.Context) string {
	short, ok := findAtMarkers(f, w)
	if !ok {
		return ""
	}
	long := locate(f, w, headersOf(w))
	if len(long.more)+len(long.twice) > 0 {
		return fmt.Sprintf("further places: %+v, %+v", long.more, long.twice)
	}
	for _, b := range f.Blocks() {
		x, y := *short.blocks[b.Key], location{}
		if at := long.blocks[b.Key]; at != nil {
			y = *at
		}
		x.score, y.score = 0, 0
		if b.Kind == form.CellsBlock {
			x.spans, y.spans, x.fields, y.fields = nil, nil, nil, nil
		}
		if !reflect.DeepEqual(x, y) {
			return fmt.Sprintf("%s at %+v, and %+v when looked for", b.Key, x, y)
		}
	}
	if a, b := read(f, stamp, w, short, nil, ctx), read(f, stamp, w, long, nil, ctx); !reflect.DeepEqual(a, b) {
		return fmt.Sprintf("read as %+v, and %+v when looked for", a, b)
	}
	return ""
}

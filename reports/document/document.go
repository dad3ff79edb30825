// Package document describes an office paper as a list of typed blocks: national header, title,
// paragraphs, tables, charts, signatures.
//
// In go the finished texts and numbers of a paper; out comes a Document that any renderer can
// print, and, for tables, the resolved cells with the values of their totals, so that every
// renderer prints the same figures. The package never draws, never knows a file format, never reads
// a clock, and never invents a text: the only words of its own are the fixed lines that Nghị định
// 30/2020/NĐ-CP, Phụ lục I prescribes.
package document

import (
	"fmt"
	"iter"
	"math"
	"strings"
	"time"
)

// Orientation of the A4 paper.
type Orientation int

// A4 portrait is the rule; landscape is for papers that are mostly wide tables (Nghị định
// 30/2020/NĐ-CP, Phụ lục I).
const (
	Portrait Orientation = iota
	Landscape
)

// Document is one paper. The zero values of all fields are usable; renderers print the blocks in
// order.
type Document struct {
	Title    string // for the file's properties, not printed
	Subject  string // for the file's properties, not printed
	Author   string // for the file's properties, not printed
	Language string // BCP 47; empty means "vi"
	// Date goes into the file's properties as its creation time. It is the only time a renderer
	// knows.
	Date        time.Time
	Orientation Orientation
	Sheet       string   // name of the first sheet of a workbook; empty means the Title
	FileName    string   // without extension
	Footer      []string // small grey lines at the foot of every page: provenance, fingerprints
	Blocks      []Block
}

// Block is one piece of a document. The set is closed: every renderer handles every block.
type Block interface {
	// texts yields every printed text of the block in reading order.
	texts(yield func(string))
	// check reports a block that no renderer could print faithfully.
	check() error
}

// Lang is the document's language tag, "vi" unless set.
func (d Document) Lang() string {
	if d.Language == "" {
		return "vi"
	}
	return d.Language
}

// Texts lists every text the document prints, in reading order, without empty ones. A text is one
// line or one run as the writer gave it; renderers may wrap it.
func (d Document) Texts() []string {
	var all []string
	keep := func(s string) {
		if strings.TrimSpace(s) != "" {
			all = append(all, s)
		}
	}
	for _, b := range d.Blocks {
		b.texts(keep)
	}
	for _, line := range d.Footer {
		keep(line)
	}
	return all
}

// Check reports a document that cannot be printed faithfully: a row wider than its table, a series
// of the wrong length, a figure that is not finite. Such a document is a mistake of the program
// that wrote it.
func (d Document) Check() error {
	for i, b := range d.Blocks {
		if b == nil {
			return fmt.Errorf("block %d is nil", i)
		}
		if err := b.check(); err != nil {
			return fmt.Errorf("block %d (%T): %w", i, b, err)
		}
	}
	return d.checkLinks()
}

// checkLinks reports a cell that leads nowhere, and a name that two rows have.
func (d Document) checkLinks() error {
	names := map[string]bool{}
	for row := range d.rows() {
		if row.Name == "" {
			continue
		}
		if names[row.Name] {
			return fmt.Errorf("two rows are named %q", row.Name)
		}
		names[row.Name] = true
	}
	for row := range d.rows() {
		for _, c := range row.Cells {
			if c.To != "" && !names[c.To] {
				return fmt.Errorf("the cell %q leads to %q, which is not there", c.Text, c.To)
			}
		}
	}
	return nil
}

// rows yields the rows of all tables.
func (d Document) rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for _, b := range d.Blocks {
			t, ok := b.(Table)
			if !ok {
				continue
			}
			for _, row := range t.Rows {
				if !yield(row) {
					return
				}
			}
		}
	}
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

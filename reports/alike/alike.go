// Package alike joins findings that say the same of many cells into lines that people read.
//
// Findings go in and lines come out; every cell stays named, and no finding is left out.
package alike

import (
	"strings"

	"thidua/templates/finding"
	"thidua/templates/grid"
	"thidua/templates/wording"
)

// Line is one line of a list of findings: a finding, or the same finding in many cells of one
// column.
type Line struct {
	finding.Finding
	cells []grid.Cell // more than fewAlike when it stands for several
}

// few is how many cells of a column are still told one by one.
const few = 3

// Join joins what is found again and again in a column: sixty times the same sentence is read by
// nobody. Every cell stays named. What reads differently from cell to cell stays apart, but for
// days that could be either way round: how each was read is among the repairs.
func Join(all []finding.Finding) []Line {
	type kind struct {
		code                       finding.Code
		sheet, field, message, fix string
		level                      finding.Level
		col                        int
	}
	of := func(f finding.Finding) (k kind, at grid.Cell, ok bool) {
		col, row, ok := grid.ParseRef(f.Cell)
		k = kind{f.Code, f.Sheet, f.Field, f.Message, f.Fix, f.Level, col}
		if f.Code == finding.AmbiguousDate {
			k.message = ""
		}
		return k, grid.Cell{Row: row, Col: col}, ok && f.Field != ""
	}
	n := map[kind]int{}
	for _, f := range all {
		if k, _, ok := of(f); ok {
			n[k]++
		}
	}
	var out []Line
	at := map[kind]int{}
	for _, f := range all {
		k, cell, ok := of(f)
		if !ok || n[k] <= few {
			out = append(out, Line{Finding: f})
			continue
		}
		i, known := at[k]
		if !known {
			i = len(out)
			at[k], out = i, append(out, Line{Finding: f})
		}
		out[i].cells = append(out[i].cells, cell)
	}
	return out
}

// Place says where the finding is, with every cell it stands for.
func (a Line) Place(w wording.Words) string {
	if len(a.cells) == 0 {
		return a.Where()
	}
	return w.Text("letter.findings.cells", "sheet", a.Sheet, "n", len(a.cells), "cells", runs(a.cells))
}

// Sentence is what the finding says.
func (a Line) Sentence(w wording.Words) string {
	if len(a.cells) > 0 && a.Code == finding.AmbiguousDate {
		return w.Text("letter.findings.alike", "message", a.Message)
	}
	return a.Message
}

// runs names cells of one column, in their order: D11–D20, D23.
func runs(cells []grid.Cell) string {
	var out []string
	for i := 0; i < len(cells); {
		from := i
		for i++; i < len(cells) && cells[i].Row == cells[i-1].Row+1; i++ {
		}
		name := cells[from].Ref()
		if i-1 > from {
			name += "–" + cells[i-1].Ref()
		}
		out = append(out, name)
	}
	return strings.Join(out, ", ")
}

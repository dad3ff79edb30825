package xlsx

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/wording"
)

// listKey names the list a choice draws on; fields with the same values share one.
func listKey(f form.Field) string {
	switch {
	case f.Type == form.YesNo:
		return "yesno"
	case f.Type != form.Choice:
		return ""
	case f.List != "":
		return f.List
	}
	return strings.Join(f.Values, "\x00")
}

// writeLists writes every list the form's choices use, one column each, on a visible sheet.
func (b *book) writeLists() {
	col, high := 0, 1.0
	for _, blk := range b.form.Blocks() {
		for _, f := range blk.Fields {
			key := listKey(f)
			if key == "" || b.lists[key] != "" {
				continue
			}
			var labels []string
			for _, it := range b.ctx.Items(f) {
				labels = append(labels, it.Label)
			}
			if f.Type == form.YesNo {
				labels = []string{form.Yes, form.No}
			}
			if len(labels) == 0 {
				continue
			}
			col++
			b.text(form.ListSheet, col, 1, f.Title, lookHead)
			widest := 12
			for i, l := range labels {
				b.text(form.ListSheet, col, i+2, l, lookText)
				widest = max(widest, len([]rune(l)))
			}
			width := math.Min(float64(widest)+3, 60)
			b.width(form.ListSheet, col, width)
			high = math.Max(high, lines(f.Title, width*0.88))
			c := grid.Column(col)
			b.lists[key] = fmt.Sprintf("'%s'!$%s$2:$%s$%d", form.ListSheet, c, c, len(labels)+1)
		}
	}
	b.height(form.ListSheet, 1, 17*high+4)
	b.page(form.ListSheet, true, 0)
}

// writeGuide writes the first sheet: how to fill the form, field by field, with an example each.
func (b *book) writeGuide() {
	s := form.GuideSheet
	for i, w := range []float64{18, 34, 14, 52, 34, 10} {
		b.width(s, i+1, w)
	}
	b.span(s, 1, 6, 1, wording.Text("form.guide.title"), lookTitle)
	b.span(s, 1, 6, 2, b.form.Title(b.ctx.Movement), lookSubtitle)
	row := 4
	for _, line := range []string{
		wording.Text("form.guide.intro.1"), wording.Text("form.guide.intro.2"), wording.Text("form.guide.intro.3"),
		wording.Text("form.guide.intro.4"), wording.Text("form.guide.intro.5"), wording.Text("form.guide.intro.6"),
	} {
		b.span(s, 1, 6, row, line, lookText)
		b.height(s, row, 17*lines(line, 150)+2)
		row++
	}
	row++
	for i, t := range []string{
		wording.Text("form.guide.sheet"), wording.Text("form.guide.field"), wording.Text("form.guide.need"),
		wording.Text("form.guide.help"), wording.Text("form.guide.example"), wording.Text("form.guide.clause"),
	} {
		b.text(s, i+1, row, t, lookHead)
	}
	head := row
	row++
	for i := range b.form.Sheets {
		sheet := &b.form.Sheets[i]
		for j := range sheet.Blocks {
			for _, f := range sheet.Blocks[j].Fields {
				need := wording.Text("form.optional")
				if f.Required {
					need = wording.Text("form.required")
				}
				for k, t := range []string{sheet.Name, f.Title, need, f.Help, b.ctx.Example(f), f.Clause} {
					b.text(s, k+1, row, t, lookText)
				}
				b.height(s, row, 16.5*math.Max(lines(f.Help, 52), math.Max(lines(f.Title, 34),
					lines(b.ctx.Example(f), 34))))
				row++
			}
		}
	}
	b.page(s, true, head)
}

// writeStamp writes the identity markers.
func (b *book) writeStamp() {
	stamp := form.Stamp{Form: b.form.ID, Version: b.form.Version, Period: b.ctx.Period, Unit: b.ctx.Unit}
	if b.ctx.Seal != nil {
		stamp = b.ctx.Seal(stamp)
	}
	text := stamp.String()
	b.do(b.file.SetCellStr(form.StampSheet, "A1", form.StampProperty))
	b.do(b.file.SetCellStr(form.StampSheet, "B1", text))
	b.do(b.file.SetDefinedName(&excelize.DefinedName{Name: form.StampName, RefersTo: "'" + form.StampSheet + "'!$B$1"}))
	b.do(b.file.SetCustomProps(excelize.CustomProperty{Name: form.StampProperty, Value: text}))
	b.do(b.file.SetSheetVisible(form.StampSheet, false, true))
	b.do(b.file.SetDocProps(&excelize.DocProperties{Title: b.form.Title(b.ctx.Movement), Creator: b.head.Office,
		Language: "vi-VN"}))
}

// note puts the findings of one cell into its comment.
func (b *book) note(sheet, cell string, marks []finding.Finding) {
	var parts []string
	n := 0.0
	for _, m := range marks {
		t := "[" + m.Level.Title() + "] " + m.Message + " " + m.Fix
		if m.Clause != "" {
			t += " (" + wording.Text("form.clause", "clause", m.Clause) + ")"
		}
		parts = append(parts, t)
		n += lines(t, 48)
	}
	b.do(b.file.AddComment(sheet, excelize.Comment{
		Author: b.head.Office, Cell: cell, Width: 340, Height: uint(math.Min(24+18*n, 400)),
		Paragraph: []excelize.RichTextRun{{Text: strings.Join(parts, "\n"),
			Font: &excelize.Font{Family: fontName, Size: 10}}},
	}))
}

// Mark makes the marked reply: a fresh copy of the form with the sender's values, red where
// something must be put right and yellow where it should be looked at, a note in each such cell,
// and a first sheet that lists everything with links to the cells.
func Mark(r *form.Reading, h Heading, ctx form.Context) ([]byte, error) {
	marks := map[form.Ref][]finding.Finding{}
	for _, f := range r.Findings {
		if f.Cell != "" {
			at := form.Ref{Sheet: f.Sheet, Cell: f.Cell}
			marks[at] = append(marks[at], f)
		}
	}
	fitted := *r
	fitted.Form = ctx.Fitted(r.Form)
	b, err := newBook(fitted.Form, h, ctx, r.Value, marks, r.Findings)
	if err != nil {
		return nil, fmt.Errorf("marking form %s: %w", r.Form.ID, err)
	}
	b.writeResult(r)
	b.writeCarried(fitted.Carried())
	return b.save()
}

// writeCarried puts what the copy carries of its reading under the stamp.
func (b *book) writeCarried(carried []form.Carried) {
	for i, c := range carried {
		text, err := json.Marshal(c)
		b.do(err)
		if len(text) > 8_000 { // nobody reads on: such a value is found again by its length
			continue
		}
		b.do(b.file.SetCellStr(form.StampSheet, grid.Ref(1, i+2), form.CarriedMark))
		b.do(b.file.SetCellStr(form.StampSheet, grid.Ref(2, i+2), string(text)))
	}
}

func (b *book) writeResult(r *form.Reading) {
	s := form.ResultSheet
	for i, w := range []float64{6, 24, 28, 13, 52, 52, 12, 20, 8} {
		b.width(s, i+1, w)
	}
	b.span(s, 1, form.ResultColumns, 1, wording.Text("form.result.title"), lookTitle)
	b.span(s, 1, form.ResultColumns, 2, wording.Text("form.result.intro"), lookSubtitle)
	b.height(s, 2, 34)
	row := 4
	for i, t := range []string{
		wording.Text("form.result.number"), wording.Text("form.result.where"), wording.Text("form.result.link"),
		wording.Text("form.result.level"),
		wording.Text("form.result.message"), wording.Text("form.result.fix"),
		wording.Text("form.result.clause"), wording.Text("form.result.ground"), wording.Text("form.result.code"),
	} {
		b.text(s, i+1, row, t, lookHead)
	}
	for i, f := range r.Findings {
		row++
		for k, t := range []string{strconv.Itoa(i + 1), f.Where(), "", f.Level.Title(), f.Message, f.Fix, f.Clause,
			f.Ground.Title(), string(f.Code)} {
			b.text(s, k+1, row, t, lookText)
		}
		if to, ok := b.placed[form.Ref{Sheet: f.Sheet, Cell: f.Cell}]; ok {
			b.text(s, 3, row, to.Sheet+"!"+to.Cell, lookLink)
			b.do(b.file.SetCellHyperLink(s, grid.Ref(3, row), "'"+to.Sheet+"'!"+to.Cell, "Location"))
		}
		switch f.Level {
		case finding.Must:
			b.style(s, 4, row, 4, row, lookMust)
		case finding.Should:
			b.style(s, 4, row, 4, row, lookWarn)
		}
		b.height(s, row, 17*math.Max(lines(f.Message, 52), math.Max(lines(f.Fix, 52), lines(f.Where(), 20))))
	}
	if len(r.Findings) == 0 {
		row++
		b.span(s, 1, form.ResultColumns, row, wording.Text("form.result.none"), lookText)
	}
	if len(r.Repairs) > 0 {
		row += 2
		b.span(s, 1, form.ResultColumns, row, wording.Text("form.result.repairs"), lookBlock)
		row++
		for i, t := range []string{
			wording.Text("form.result.number"), wording.Text("form.result.where"), "", "",
			wording.Text("form.result.was"), wording.Text("form.result.now"), wording.Text("form.result.rule"), "", "",
		} {
			b.text(s, i+1, row, t, lookHead)
		}
		for i, p := range r.Repairs {
			row++
			where := wording.Text("finding.where.cell", "sheet", p.Sheet, "cell", p.Cell)
			for k, t := range []string{strconv.Itoa(i + 1), where, "", "", p.Was, p.Now} {
				b.text(s, k+1, row, t, lookText)
			}
			b.span(s, 7, form.ResultColumns, row, wording.Text("form.repair."+p.Rule), lookText)
			b.height(s, row, 17*math.Max(lines(p.Was, 52), math.Max(lines(p.Now, 52), lines(where, 20))))
		}
	}
	b.page(s, true, 4)
	b.do(b.file.SetSheetDimension(s, "A1:"+grid.Ref(form.ResultColumns, row)))
	if i, err := b.file.GetSheetIndex(s); err == nil {
		b.file.SetActiveSheet(i)
	}
}

// Package workbook takes attachments out of archives and turns the bytes of one into a reading of
// one of our forms, or into the findings that say why not.
//
// It judges files by content, never by name; it reads workbooks only through ingest/ooxml; it knows
// neither mail nor senders, and it never fails: whatever the bytes are, there is an answer for the
// person who sent them.
package workbook

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"thidua/ingest/budget"
	"thidua/ingest/ooxml"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/reader"
	"thidua/templates/wording"
)

// Sort says what an attachment is to us.
type Sort uint8

// The sorts of attachment.
const (
	Workbook Sort = iota // a workbook, or meant to be one: it gets an answer of its own
	Archive              // a zip to be opened one level
	Other                // a document, picture or anything else: kept with the mail
)

// Judge sorts an attachment by its content; the name only decides for files that pretend to be
// workbooks.
func Judge(name string, b []byte) (Sort, ooxml.Kind) {
	kind := ooxml.Sniff(b)
	switch kind {
	case ooxml.XLSX, ooxml.XLSM, ooxml.XLSB, ooxml.ODS, ooxml.XLS, ooxml.EncryptedOOXML:
		return Workbook, kind
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".xltx", ".csv":
		return Workbook, kind
	}
	if kind == ooxml.Zip {
		return Archive, kind
	}
	return Other, kind
}

// Result is what a workbook says.
type Result struct {
	Reading *form.Reading // never nil; its Form is nil when the file is none of our forms or could not be read
	Period  plan.Period   // the round it is for, zero when it could not be told
}

// Read does what ReadWithin does for a file on its own.
func Read(p *plan.Plan, season plan.Period, name string, b []byte, expect string) Result {
	return ReadWithin(p, season, name, b, expect, budget.New(budget.Default(), nil, nil))
}

// ReadWithin reads a workbook as one of the plan's forms, with what is left of its mail's budget.
// season is the round now open, used for what the file does not say itself. expect is the form the
// sender said it was, "" when he did not say; another form is then a finding.
func ReadWithin(p *plan.Plan, season plan.Period, name string, b []byte, expect string, have *budget.Budget) Result {
	out := read(p, season, name, b, expect, have)
	have.Rows -= out.Reading.Rows.Read
	have.Findings -= len(out.Reading.Findings) + len(out.Reading.Repairs)
	templates.Cite(p, out.Reading.Findings)
	return out
}

func read(p *plan.Plan, season plan.Period, name string, b []byte, expect string, have *budget.Budget) Result {
	if over := spent(have); over != "" {
		return only(finding.New(finding.OverMail, finding.At{}, "file", name, "want", over))
	}
	lim := ooxml.DefaultLimits()
	whole := lim.Inflated
	lim.Inflated = min(whole, have.Inflated)
	w, inflated, err := ooxml.ReadWithin(b, lim)
	have.Inflated -= inflated
	var refusal *ooxml.Refusal
	if errors.As(err, &refusal) {
		if refusal.Detail == "inflated" && lim.Inflated < whole { // alone it might have been read
			return only(finding.New(finding.OverMail, finding.At{}, "file", name, "want",
				wording.Text("mail.limit.inflated", "n", have.Whole().Inflated>>20)))
		}
		return refusalOf(name, b, refusal)
	}
	known, ok := reader.Recognise(w, templates.Fits(p))
	if !ok {
		return only(finding.New(finding.UnknownForm, finding.At{}, "file", name))
	}
	f, stamp := known.Form, known.Stamp
	period, told := templates.PeriodOf(p, f, stamp.Period, season)
	known = known.As(templates.Fit(f, p, period))
	r := known.Read(templates.Context(p, period, stamp.Unit))
	who := templates.IdentityOf(r.Value)
	if named, want := who.Against(period); named.Given() {
		// The year that is written goes before the one the form was made for when it is the one now
		// open: somebody used last year's form again.
		if typed, exists := who.Period(p); exists && (!told || typed.ID == season.ID) {
			made := period
			period = typed
			known = known.As(templates.Fit(f, p, period))
			r = known.Read(templates.Context(p, period, stamp.Unit))
			if told {
				r.Findings = append(r.Findings, finding.New(finding.ReusedForm, finding.At{}, "read", made.Title,
					"want", period.Title))
			}
		} else {
			field := wording.Text("mail.field.year")
			if named == who.Stage {
				field = wording.Text("mail.field.stage")
			}
			r.Findings = append(r.Findings,
				finding.New(finding.WrongYear, finding.At{Sheet: named.At.Sheet, Cell: named.At.Cell},
					"field", field, "read", named.Text, "want", wording.Text("mail.want.period", "period", want)))
		}
	}
	for i := range r.Findings { // the reader does not know the file's name
		if r.Findings[i].Code == finding.HasMacros {
			r.Findings[i] = finding.New(finding.HasMacros, finding.At{}, "file", name)
		}
	}
	r.Sort()
	out := Result{Reading: r, Period: period}
	out.Expect(p, expect, name)
	return out
}

// Expect holds what was read from a file against the form its sender said it was: another of our
// forms is a finding. "" and a file that was not read expect nothing.
func (r Result) Expect(p *plan.Plan, form, name string) {
	want, ok := templates.Lookup(form)
	if !ok || r.Reading == nil || r.Reading.Form == nil || r.Reading.Form.ID == form {
		return
	}
	r.Reading.Findings = append(r.Reading.Findings, finding.New(finding.WrongForm, finding.At{}, "file", name, "read",
		templates.Title(r.Reading.Form, p), "want", templates.Title(want, p)))
	r.Reading.Sort()
}

// Itself adds a finding where the file names one unit and has the code of another. Whoever knows
// the sender holds both to him instead.
func (r Result) Itself(p *plan.Plan) {
	who := templates.IdentityOf(r.Reading.Value)
	coded, known := p.UnitByCode(who.Code.Text)
	if !known || !who.Unit.Given() {
		return
	}
	if named, ok, _ := p.MatchUnit(who.Unit.Text); ok && named.Code == coded.Code {
		return
	}
	r.Reading.Findings = append(r.Reading.Findings,
		finding.New(finding.WrongUnit, finding.At{Sheet: who.Unit.At.Sheet, Cell: who.Unit.At.Cell}, "read",
			who.Unit.Text, "want", coded.Name))
	r.Reading.Sort()
}

// only is the reading of a file that holds none of our forms.
func only(f finding.Finding) Result {
	return Result{Reading: &form.Reading{Findings: []finding.Finding{f}}}
}

// refusalOf words a refusal for the sender.
func refusalOf(name string, b []byte, r *ooxml.Refusal) Result {
	at := finding.At{Sheet: r.Sheet}
	switch r.Reason {
	case ooxml.LegacyXLS:
		return only(finding.New(finding.OldXLS, at, "file", name))
	case ooxml.Encrypted:
		return only(finding.New(finding.Encrypted, at, "file", name))
	case ooxml.OpenDocument:
		return only(finding.New(finding.OpenDocument, at, "file", name))
	case ooxml.BinaryWorkbook, ooxml.NotWorkbook:
		return only(finding.New(finding.NotWorkbook, at, "file", name))
	case ooxml.Empty:
		return only(finding.New(finding.EmptyFile, at, "file", name))
	case ooxml.NotZip:
		if k := ooxml.Sniff(b); k == ooxml.CSV {
			return only(finding.New(finding.IsCSV, at, "file", name))
		}
		return only(finding.New(finding.NotWorkbook, at, "file", name))
	case ooxml.TooBig:
		return only(finding.New(finding.OverLimit, at, "file", name, "read", wording.Text("mail.limit.over"), "want",
			limit(r.Detail)))
	}
	return only(finding.New(finding.Damaged, at, "file", name, "read", damage(r)))
}

// damage says where a file stops being readable.
//
//wording:composed mail.damage.
func damage(r *ooxml.Refusal) string {
	key := "mail.damage." + r.Reason.String()
	if !wording.Has(key) {
		key = "mail.damage.other"
	}
	s := wording.Text(key)
	switch {
	case r.Sheet != "" && r.Row > 0:
		return wording.Text("mail.damage.at.row", "what", s, "sheet", r.Sheet, "row", r.Row)
	case r.Sheet != "":
		return wording.Text("mail.damage.at.sheet", "what", s, "sheet", r.Sheet)
	}
	return s
}

// spent names what a mail has none left of, before another of its files is opened; "" when there is
// some of everything.
func spent(have *budget.Budget) string {
	all := have.Whole()
	switch {
	case have.Inflated <= 0:
		return wording.Text("mail.limit.inflated", "n", all.Inflated>>20)
	case have.Rows <= 0:
		return wording.Text("mail.limit.rows", "n", all.Rows)
	case have.Findings <= 0:
		return wording.Text("mail.limit.findings", "n", all.Findings)
	case !have.InTime():
		return wording.Text("mail.limit.time", "n", int(all.Time.Seconds()))
	}
	return ""
}

// limit names the budget that was exceeded and how much it allows.
//
//wording:composed mail.limit.
func limit(budget string) string {
	l := ooxml.DefaultLimits()
	n := map[string]int{
		"bytes": l.Bytes >> 20, "inflated": l.Inflated >> 20, "parts": l.Parts, "relationships": l.Parts,
		"sheets": l.Sheets, "rows": l.Rows, "columns": l.Columns,
		"cells": l.Cells, "merges": l.Merges, "strings": l.Strings, "text": l.Text >> 10,
		"texttotal": l.TextTotal >> 20, "styles": l.Styles, "names": l.Names,
		"properties": l.Properties, "token": l.Token >> 20, "depth": l.Depth, "namespaces": ooxml.MaxNamespaces,
	}
	return wording.Text("mail.limit."+budget, "n", fmt.Sprint(n[budget]))
}

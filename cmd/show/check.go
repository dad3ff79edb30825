package show

import (
	"thidua/cmd/screen"
	"thidua/ingest/workbook"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// Checked is one file's result, in the JSON of the contract.
type Checked struct {
	File     string            `json:"file"`
	Form     string            `json:"form"`
	Version  int               `json:"version"`
	Unit     string            `json:"unit"`
	Year     int               `json:"year"`
	OK       bool              `json:"ok"`
	Rows     form.Count        `json:"rows"`
	Findings []finding.Finding `json:"findings"`
	Repairs  []form.Repair     `json:"repairs"`
	Ignored  []form.Ignored    `json:"ignored"`
}

// Check prints what came of reading a file.
func Check(s *screen.Screen, p *plan.Plan, c Checked) {
	s.Print("%s\n", c.File)
	if f, ok := templates.Lookup(c.Form); ok {
		line := wording.Text("cli.check.form", "form", templates.Title(f, p), "version", c.Version)
		if c.Unit != "" { // the council's and the office's forms have none
			line += wording.Text("cli.check.unit", "unit", c.Unit)
		}
		if c.Year != 0 { // nor have awards between the years a year
			line += wording.Text("cli.check.year", "year", c.Year)
		}
		s.Print("  %s\n", line)
		s.Print("  %s\n", wording.Text("letter.receipt.rows", "read", c.Rows.Read, "accepted", c.Rows.Accepted,
			"tofix", c.Rows.ToFix, "ignored", c.Rows.Ignored))
	}
	for _, f := range c.Findings {
		s.Print("  [%s] %s: %s %s (%s)\n", f.Level.Title(), f.Where(), f.Message, f.Fix, f.Code)
	}
	if n := len(c.Repairs); n > 0 {
		s.Print("  %s\n", wording.Text("cli.check.repairs", "n", n))
		for _, r := range c.Repairs {
			s.Print("    %s!%s: %q → %q (%s)\n", r.Sheet, r.Cell, r.Was, r.Now, wording.Text("form.repair."+r.Rule))
		}
	}
	if c.OK {
		s.Print("  %s\n", wording.Text("cli.check.ok"))
	}
}

// NewChecked says what came of reading a file under the name that it was given.
func NewChecked(p *plan.Plan, name string, r workbook.Result) Checked {
	x := r.Reading
	one := Checked{
		File: name, Rows: x.Rows, OK: !x.MustFix(),
		Findings: append([]finding.Finding{}, x.Findings...),
		Repairs:  append([]form.Repair{}, x.Repairs...),
		Ignored:  append([]form.Ignored{}, x.Ignored...),
	}
	if x.Form == nil {
		return one
	}
	one.Form, one.Version, one.Unit = x.Form.ID, x.Stamp.Version, x.Stamp.Unit
	if one.Version == 0 {
		one.Version = x.Form.Version
	}
	id := templates.IdentityOf(x.Value)
	if id.Code.Given() {
		one.Unit = id.Code.Text
	} else if u, ok, _ := p.MatchUnit(id.Unit.Text); ok {
		one.Unit = u.Code
	}
	if year, ok := id.Year.Int(); ok {
		one.Year = year
	}
	return one
}

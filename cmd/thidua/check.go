package main

import (
	"fmt"
	"os"
	"path/filepath"

	"thidua/cmd/exit"
	"thidua/cmd/files"
	"thidua/cmd/round"
	"thidua/ingest/workbook"
	"thidua/reports"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/wording"
	"thidua/templates/xlsx"
)

type checkCommand struct {
	Files []string `arg:"" name:"file" help:"${cli_help_checkfile}"`
	JSON  bool     `name:"json" help:"${cli_help_json}"`
	Out   string   `short:"o" help:"${cli_help_checkout}" placeholder:"DIR"`
	Form  string   `help:"${cli_help_checkform}" placeholder:"ID"`
	Year  int      `help:"${cli_help_year}" placeholder:"Y"`
}

// checked is one file's result, in the JSON of the contract.
type checked struct {
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

func (c checkCommand) Run(s *session) error {
	p, err := s.loadPlan()
	if err != nil {
		return err
	}
	if c.Form != "" {
		if _, err := chooseForms(p, []string{c.Form}, false); err != nil {
			return err
		}
	}
	season, err := round.OfYear(p, c.Year, s.Now())
	if err != nil {
		return err
	}
	var all []checked
	bad := 0
	for _, name := range c.Files {
		b, err := os.ReadFile(name)
		if err != nil {
			return refuseFile(name, err)
		}
		r := workbook.Read(p, season, filepath.Base(name), b, c.Form)
		r.Itself(p)
		one := result(p, name, r)
		if !one.OK {
			bad++
		}
		all = append(all, one)
		if c.Out != "" && r.Reading.Form != nil {
			if err := c.mark(p, name, r); err != nil {
				return err
			}
		}
		if !c.JSON {
			s.printChecked(p, one)
		}
	}
	if c.JSON {
		if err := s.JSON(all); err != nil {
			return err
		}
	}
	if bad > 0 {
		return exit.Silently(exit.Held)
	}
	return nil
}

func result(p *plan.Plan, name string, r workbook.Result) checked {
	x := r.Reading
	one := checked{File: name, Rows: x.Rows, OK: !x.MustFix(),
		Findings: append([]finding.Finding{}, x.Findings...), Repairs: append([]form.Repair{}, x.Repairs...), Ignored: append([]form.Ignored{}, x.Ignored...)}
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

func (c checkCommand) mark(p *plan.Plan, name string, r workbook.Result) error {
	var unit *plan.Unit
	if u, ok := p.UnitByCode(result(p, name, r).Unit); ok && r.Reading.Form.From == form.FromUnit {
		unit = &u
	}
	b, err := xlsx.Mark(r.Reading, reports.Heading(p, r.Period, unit), templates.Context(p, r.Period, r.Reading.Stamp.Unit))
	if err != nil {
		return fmt.Errorf("marking %s: %w", name, err)
	}
	base := filepath.Base(name)
	base = base[:len(base)-len(filepath.Ext(base))] + ".xlsx"
	return files.Write(c.Out, wording.Text("letter.file.marked", "file", base), b)
}

func (s *session) printChecked(p *plan.Plan, c checked) {
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
		s.Print("  %s\n", wording.Text("letter.receipt.rows", "read", c.Rows.Read, "accepted", c.Rows.Accepted, "tofix", c.Rows.ToFix, "ignored", c.Rows.Ignored))
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

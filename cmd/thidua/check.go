package main

import (
	"fmt"
	"os"
	"path/filepath"

	"thidua/cmd/exit"
	"thidua/cmd/files"
	"thidua/cmd/rounds"
	"thidua/cmd/show"
	"thidua/ingest/workbook"
	"thidua/reports/prefill"
	"thidua/templates"
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
	season, err := rounds.OfYear(p, c.Year, s.Now())
	if err != nil {
		return err
	}
	var all []show.Checked
	bad := 0
	for _, name := range c.Files {
		b, err := os.ReadFile(name)
		if err != nil {
			return refuseFile(name, err)
		}
		r := workbook.Read(p, season, filepath.Base(name), b, c.Form)
		r.Itself(p)
		one := show.NewChecked(p, name, r)
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
			show.Check(s.Screen, p, one)
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

func (c checkCommand) mark(p *plan.Plan, name string, r workbook.Result) error {
	var unit *plan.Unit
	if u, ok := p.UnitByCode(show.NewChecked(p, name, r).Unit); ok && r.Reading.Form.From == form.FromUnit {
		unit = &u
	}
	b, err := xlsx.Mark(r.Reading, prefill.Heading(p, r.Period, unit),
		templates.Context(p, r.Period, r.Reading.Stamp.Unit))
	if err != nil {
		return fmt.Errorf("marking %s: %w", name, err)
	}
	base := filepath.Base(name)
	base = base[:len(base)-len(filepath.Ext(base))] + ".xlsx"
	return files.Write(c.Out, wording.Text("letter.file.marked", "file", base), b)
}

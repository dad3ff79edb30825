package main

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"thidua/reports"
	"thidua/templates/wording"
)

type reportCommand struct {
	Name   string   `arg:"" optional:"" default:"all" help:"${cli_help_reportname}"`
	Period string   `help:"${cli_help_period}" placeholder:"P"`
	AsOf   string   `help:"${cli_help_asof}" placeholder:"T"`
	Format []string `help:"${cli_help_format}" placeholder:"F"`
	Out    string   `short:"o" default:"." help:"${cli_help_out}" placeholder:"DIR"`
}

func (c reportCommand) Run(s *session) error {
	var names, known []string
	for _, n := range reports.Names() {
		known = append(known, n.Name)
		if c.Name == "all" || c.Name == n.Name {
			names = append(names, n.Name)
		}
	}
	if len(names) == 0 {
		return exit{exitUsage, errors.New(wording.Text("cli.report.unknown", "name", c.Name, "known", strings.Join(known, ", ")))}
	}
	src, err := s.gather(c.Period, c.AsOf)
	if err != nil {
		return err
	}
	bar := s.newBar()
	defer bar.clear()
	for i, name := range names {
		bar.step(name, i, len(names))
		paper, err := reports.Make(name, src)
		if err != nil {
			return err
		}
		for _, f := range paper.Formats {
			if len(c.Format) > 0 && !slices.Contains(c.Format, string(f)) {
				continue
			}
			b, err := paper.Render(f)
			if err != nil {
				return err
			}
			file := paper.File + "." + string(f)
			if err := write(c.Out, file, b); err != nil {
				return err
			}
			bar.clear()
			s.print("%s\n", filepath.Join(c.Out, file))
		}
		for _, x := range paper.Extra {
			if len(c.Format) > 0 && !slices.Contains(c.Format, strings.TrimPrefix(filepath.Ext(x.Name), ".")) {
				continue
			}
			if err := write(c.Out, x.Name, x.Bytes); err != nil {
				return err
			}
			bar.clear()
			s.print("%s\n", filepath.Join(c.Out, x.Name))
		}
	}
	return nil
}

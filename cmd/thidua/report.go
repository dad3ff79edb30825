package main

import (
	"path/filepath"
	"slices"
	"strings"

	"thidua/cmd/exit"
	"thidua/cmd/files"
	"thidua/reports"
	"thidua/reports/award"
	"thidua/reports/council"
	"thidua/reports/paper"
	"thidua/reports/prefill"
	"thidua/reports/round"
	"thidua/reports/unitpaper"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/wording"
)

type reportCommand struct {
	Name   string   `arg:"" optional:"" default:"all" help:"${cli_help_reportname}"`
	Period string   `help:"${cli_help_period}" placeholder:"P"`
	AsOf   string   `help:"${cli_help_asof}" placeholder:"T"`
	Format []string `help:"${cli_help_format}" placeholder:"F"`
	Unit   string   `help:"${cli_help_reportunit}" placeholder:"CODE"`
	Out    string   `short:"o" default:"." help:"${cli_help_out}" placeholder:"DIR"`
}

func (c reportCommand) Run(s *session) error {
	if c.Unit != "" {
		return c.forUnit(s)
	}
	var names, known []string
	for _, n := range reports.Names() {
		known = append(known, n.Name)
		if c.Name == "all" || c.Name == n.Name {
			names = append(names, n.Name)
		}
	}
	if len(names) == 0 {
		return exit.Because(exit.Usage, wording.Text("cli.report.unknown", "name", c.Name,
			"known", strings.Join(known, ", ")))
	}
	src, err := s.gather(c.Period, c.AsOf)
	if err != nil {
		return err
	}
	defer s.ClearProgress()
	if src.Plan.Province.Award == "" && c.Name == "all" { // no award above this level, and no papers for it
		names = slices.DeleteFunc(names, func(n string) bool { return n == award.Province().Name })
	}
	var all []paper.Controlled
	for i, name := range names {
		s.ShowProgress(name, i, len(names))
		made, err := reports.Make(name, src)
		if err != nil {
			return err
		}
		written, err := c.write(s, made)
		if err != nil {
			return err
		}
		all = append(all, written)
		if name == council.Ballots().Name { // what the secretary reports the vote with
			secret, err := s.ledger.Secrets().Current(s.ctx)
			if err != nil {
				return err
			}
			ballots, err := prefill.Ballots(src, secret)
			if err != nil {
				return err
			}
			made.Extra = append(made.Extra, ballots)
		}
		for _, x := range made.Extra {
			if len(c.Format) > 0 && !slices.Contains(c.Format, strings.TrimPrefix(filepath.Ext(x.Name), ".")) {
				continue
			}
			if err := files.Write(c.Out, x.Name, x.Bytes); err != nil {
				return err
			}
			s.Print("%s\n", filepath.Join(c.Out, x.Name))
		}
	}
	return c.writeControl(s, src, all)
}

// write writes a paper in the formats asked for.
func (c reportCommand) write(s *session, made paper.Paper) (paper.Controlled, error) {
	out := paper.Controlled{Paper: made}
	for _, f := range made.Formats {
		if len(c.Format) > 0 && !slices.Contains(c.Format, string(f)) {
			continue
		}
		b, err := made.Render(f)
		if err != nil {
			return out, err
		}
		file := paper.File{Name: made.File + "." + string(f), Bytes: b}
		if err := files.Write(c.Out, file.Name, b); err != nil {
			return out, err
		}
		s.Print("%s\n", filepath.Join(c.Out, file.Name))
		out.Files = append(out.Files, file)
	}
	return out, nil
}

// writeControl writes the sheet that proves the papers written, which stays with the office.
func (c reportCommand) writeControl(s *session, src round.Sources, all []paper.Controlled) error {
	all = slices.DeleteFunc(all, func(x paper.Controlled) bool { return len(x.Files) == 0 })
	if len(all) == 0 || len(c.Format) > 0 && !slices.Contains(c.Format, string(paper.PDF)) {
		return nil
	}
	sheet, err := paper.ControlSheet(src.Plan, src.Period, src.On, wording.Text("cli.report.title"), all)
	if err != nil {
		return err
	}
	if err := files.Write(c.Out, sheet.Name, sheet.Bytes); err != nil {
		return err
	}
	s.Print("%s\n", filepath.Join(c.Out, sheet.Name))
	return nil
}

// forUnit makes the papers of one unit: the slip of each workbook that counts, and its dossier laid
// out for signing.
func (c reportCommand) forUnit(s *session) error {
	var names, known []string
	for _, n := range unitpaper.Names() {
		known = append(known, n.Name)
		if c.Name == "all" || c.Name == n.Name {
			names = append(names, n.Name)
		}
	}
	own := c.Name == "all" || c.Name == award.UnitNotice().Name
	if known = append(known, award.UnitNotice().Name); len(names) == 0 && !own {
		return exit.Because(exit.Usage, wording.Text("cli.report.unknown", "name", c.Name,
			"known", strings.Join(known, ", ")))
	}
	src, err := s.gather(c.Period, c.AsOf)
	if err != nil {
		return err
	}
	u, ok := findUnit(src.Plan, c.Unit)
	if !ok {
		return exit.Because(exit.Usage, wording.Text("cli.nounit", "unit", c.Unit))
	}
	defer s.ClearProgress()
	var all []paper.Controlled
	for _, f := range templates.Forms() {
		sent, ok := src.Data.Current(src.Period.ID, f.ID, u.Code)
		if !ok || f.From != form.FromUnit {
			continue
		}
		for i, name := range names {
			s.ShowProgress(name, i, len(names))
			made, ok, err := unitpaper.Make(name, src.Plan, sent, src.Data, src.On)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			written, err := c.write(s, made)
			if err != nil {
				return err
			}
			all = append(all, written)
		}
	}
	if own && src.Concerns(u.Code) {
		made, err := award.UnitNotice().MakeOf(u.Code, src)
		if err != nil {
			return err
		}
		written, err := c.write(s, made)
		if err != nil {
			return err
		}
		all = append(all, written)
	}
	all = slices.DeleteFunc(all, func(x paper.Controlled) bool { return len(x.Files) == 0 })
	if len(all) == 0 {
		return exit.Because(exit.Usage, wording.Text("cli.report.nothing", "unit", u.Name))
	}
	return c.writeControl(s, src, all)
}

package main

import (
	"path/filepath"
	"slices"
	"strings"

	"thidua/cmd/exit"
	"thidua/cmd/files"
	"thidua/cmd/pass"
	"thidua/reports"
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
		names = slices.DeleteFunc(names, func(n string) bool { return n == reports.Province })
	}
	for i, name := range names {
		s.ShowProgress(name, i, len(names))
		paper, err := reports.Make(name, src)
		if err != nil {
			return err
		}
		for _, f := range paper.Formats {
			if len(c.Format) > 0 && !slices.Contains(c.Format, string(f)) {
				continue
			}
			if err := c.render(s, paper, f); err != nil {
				return err
			}
		}
		if name == reports.Ballots { // what the secretary reports the vote with
			b, err := reports.BallotFile(src)
			if err != nil {
				return err
			}
			paper.Extra = append(paper.Extra,
				reports.File{Name: reports.FormFile(templates.VotesForm, src.Period.ID, ""), Bytes: b})
		}
		for _, x := range paper.Extra {
			if len(c.Format) > 0 && !slices.Contains(c.Format, strings.TrimPrefix(filepath.Ext(x.Name), ".")) {
				continue
			}
			if err := files.Write(c.Out, x.Name, x.Bytes); err != nil {
				return err
			}
			s.Print("%s\n", filepath.Join(c.Out, x.Name))
		}
	}
	return nil
}

// render writes one format of a paper.
func (c reportCommand) render(s *session, paper reports.Paper, f reports.Format) error {
	b, err := paper.Render(f)
	if err != nil {
		return err
	}
	file := paper.File + "." + string(f)
	if err := files.Write(c.Out, file, b); err != nil {
		return err
	}
	s.Print("%s\n", filepath.Join(c.Out, file))
	return nil
}

// forUnit makes the papers of one unit: the slip of each workbook that counts, and its dossier laid
// out for signing.
func (c reportCommand) forUnit(s *session) error {
	var names, known []string
	for _, n := range reports.UnitNames() {
		known = append(known, n.Name)
		if c.Name == "all" || c.Name == n.Name {
			names = append(names, n.Name)
		}
	}
	own := c.Name == "all" || c.Name == reports.UnitNotice
	if known = append(known, reports.UnitNotice); len(names) == 0 && !own {
		return exit.Because(exit.Usage, wording.Text("cli.report.unknown", "name", c.Name,
			"known", strings.Join(known, ", ")))
	}
	src, err := s.gather(c.Period, c.AsOf)
	if err != nil {
		return err
	}
	conf, err := s.loadConfig()
	if err != nil {
		return err
	}
	settings, err := conf.Pass()
	if err != nil {
		return err
	}
	u, ok := findUnit(src.Plan, c.Unit)
	if !ok {
		return exit.Because(exit.Usage, wording.Text("cli.nounit", "unit", c.Unit))
	}
	post := pass.Post(src.Plan, settings)
	defer s.ClearProgress()
	written := 0
	for _, f := range templates.Forms() {
		sent, ok := src.Data.Current(src.Period.ID, f.ID, u.Code)
		if !ok || f.From != form.FromUnit {
			continue
		}
		for i, name := range names {
			s.ShowProgress(name, i, len(names))
			paper, ok, err := post.MakeForUnit(name, sent, src.Data, src.On)
			if err != nil {
				return err
			}
			for _, format := range paper.Formats {
				if !ok || len(c.Format) > 0 && !slices.Contains(c.Format, string(format)) {
					continue
				}
				if err := c.render(s, paper, format); err != nil {
					return err
				}
				written++
			}
		}
	}
	if own && reports.Concerns(src, u.Code) {
		paper, err := reports.MakeOwn(reports.UnitNotice, u.Code, src)
		if err != nil {
			return err
		}
		for _, format := range paper.Formats {
			if len(c.Format) > 0 && !slices.Contains(c.Format, string(format)) {
				continue
			}
			if err := c.render(s, paper, format); err != nil {
				return err
			}
			written++
		}
	}
	if written == 0 {
		return exit.Because(exit.Usage, wording.Text("cli.report.nothing", "unit", u.Name))
	}
	return nil
}

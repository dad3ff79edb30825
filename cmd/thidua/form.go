package main

import (
	"path/filepath"
	"slices"
	"strings"

	"thidua/cmd/exit"
	"thidua/cmd/files"
	"thidua/cmd/rounds"
	"thidua/cmd/screen"
	"thidua/ingest/proof"
	"thidua/ingest/submission"
	"thidua/reports/prefill"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

type formCommand struct {
	Write    formWrite    `cmd:"" default:"withargs" help:"${cli_help_formwrite}"`
	Describe formDescribe `cmd:"" help:"${cli_help_formdescribe}"`
}

type formWrite struct {
	IDs    []string `arg:"" optional:"" name:"id" help:"${cli_help_formid}"`
	All    bool     `help:"${cli_help_formall}"`
	Unit   string   `help:"${cli_help_formunit}" placeholder:"CODE"`
	Year   int      `help:"${cli_help_year}" placeholder:"Y"`
	Period string   `help:"${cli_help_period}" placeholder:"P"`
	Out    string   `short:"o" default:"." help:"${cli_help_out}" placeholder:"DIR"`
}

func (f formWrite) Run(s *session) error {
	p, err := s.loadPlan()
	if err != nil {
		return err
	}
	forms, err := chooseForms(p, f.IDs, f.All)
	if err != nil {
		return err
	}
	period, err := rounds.OfYear(p, f.Year, s.Now())
	if f.Period != "" {
		period, err = rounds.Find(p, f.Period, s.Now())
	}
	if err != nil {
		return err
	}
	if len(f.IDs) == 0 && !f.All && f.Unit == "" { // nobody said what to write: say what there is
		s.Print("%s\n", wording.Text("cli.form.would", "n", len(forms), "dir", f.Out))
		for _, x := range forms {
			round, _ := templates.PeriodOf(p, x, "", period)
			s.Print("  %s  %s\n", screen.Pad(x.ID, 12), prefill.FileName(x, round.ID, ""))
		}
		s.Print("%s\n", wording.Text("cli.form.how"))
		return nil
	}
	var unit *plan.Unit
	if f.Unit != "" {
		u, ok := findUnit(p, f.Unit)
		if !ok {
			return exit.Because(exit.Usage, wording.Text("cli.nounit", "unit", f.Unit))
		}
		unit = &u
	}
	for _, x := range forms {
		u, code := unit, ""
		if x.From != form.FromUnit {
			u = nil
		}
		if u != nil {
			if code = u.Code; f.All && !templates.MaySend(p, x, *u) {
				continue
			}
		}
		round, _ := templates.PeriodOf(p, x, "", period)
		b, err := s.makeForm(x, round, u)
		if err != nil {
			return err
		}
		name := prefill.FileName(x, round.ID, code)
		if err := files.Write(f.Out, name, b); err != nil {
			return err
		}
		s.Print("%s\n", filepath.Join(f.Out, name))
	}
	return nil
}

// makeForm makes a form, filled in with what is known: that of the vote with everybody put to it.
func (s *session) makeForm(f *form.Form, round plan.Period, u *plan.Unit) ([]byte, error) {
	if f == templates.VotesForm {
		if l, err := s.ledgerIfAny(); err != nil {
			return nil, err
		} else if l != nil {
			src, err := s.gather(round.ID, "")
			if err != nil {
				return nil, err
			}
			secret, err := l.Secrets().Current(s.ctx)
			if err != nil {
				return nil, err
			}
			file, err := prefill.Ballots(src, secret)
			return file.Bytes, err
		}
	}
	d := submission.NewDataset(s.Now(), nil)
	var secret proof.Secret // none before there is a ledger: such a workbook proves nothing
	l, err := s.ledgerIfAny()
	if err != nil {
		return nil, err
	}
	if l != nil {
		if d, err = l.Dataset(s.ctx, s.Now()); err != nil {
			return nil, err
		}
		if secret, err = l.Secrets().Current(s.ctx); err != nil {
			return nil, err
		}
	}
	if u == nil {
		file, err := prefill.Office(s.plan, f, round, secret)
		return file.Bytes, err
	}
	file, err := prefill.NewForms(s.plan).Round(d, round, calendar.DateOf(d.AsOf), secret).Unit(f, *u)
	return file.Bytes, err
}

// chooseForms resolves form IDs among the forms that the plan uses.
func chooseForms(p *plan.Plan, ids []string, all bool) ([]*form.Form, error) {
	used := templates.Used(p)
	if all || len(ids) == 0 {
		return used, nil
	}
	var out []*form.Form
	for _, id := range ids {
		f, ok := templates.Lookup(id)
		if !ok || !slices.Contains(used, f) {
			var known []string
			for _, x := range used {
				known = append(known, x.ID)
			}
			return nil, exit.Because(exit.Usage,
				wording.Text("cli.noform", "id", id, "known", strings.Join(known, ", ")))
		}
		out = append(out, f)
	}
	return out, nil
}

type formDescribe struct {
	JSON bool `name:"json" help:"${cli_help_json}"`
	Year int  `help:"${cli_help_year}" placeholder:"Y"`
}

func (f formDescribe) Run(s *session) error {
	p, err := s.loadPlan()
	if err != nil {
		return err
	}
	period, err := rounds.OfYear(p, f.Year, s.Now())
	if err != nil {
		return err
	}
	var all []form.Description
	for _, x := range templates.Used(p) {
		all = append(all, x.Describe(templates.Context(p, period, "")))
	}
	if f.JSON {
		return s.JSON(all)
	}
	for _, d := range all {
		s.Print("%s (%s, v%d)\n", d.Title, d.ID, d.Version)
		for _, sh := range d.Sheets {
			for _, b := range sh.Blocks {
				s.Print("  %s - %s\n", sh.Name, b.Title)
				for _, x := range b.Fields {
					at, mark := x.Cell, " "
					if at == "" {
						at = x.Column
					}
					if x.Required {
						mark = "*"
					}
					s.Print("    %s %-4s %-8s %s\n", mark, at, x.Type, x.Title)
				}
			}
		}
	}
	return nil
}

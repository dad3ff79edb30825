package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"thidua/evaluate/check"
	"thidua/ingest/ooxml"
	"thidua/ingest/workbook"
	"thidua/templates/plan"
	"thidua/templates/planbook"
	"thidua/templates/wording"
)

type planExport struct {
	Out string `short:"o" help:"${cli_help_planexportout}" placeholder:"FILE.xlsx"`
}

func (c planExport) Run(s *session) error {
	p, err := s.anyPlan("")
	if err != nil {
		return err
	}
	b, err := planbook.Write(p)
	if errors.Is(err, planbook.ErrUnfit) {
		return exit{exitInvalid, errors.New(wording.Text("cli.plan.unfit", "problem", err))}
	}
	if err != nil {
		return err
	}
	out := cmp.Or(c.Out, p.ID+".xlsx")
	if err := write(filepath.Dir(out), filepath.Base(out), b); err != nil {
		return err
	}
	s.print("%s\n", out)
	return nil
}

type planImport struct {
	File string `arg:"" help:"${cli_help_planimportfile}"`
	Out  string `short:"o" required:"" help:"${cli_help_planimportout}" placeholder:"DIR"`
	JSON bool   `name:"json" help:"${cli_help_json}"`
}

// imported is the JSON of an import.
type imported struct {
	File     string             `json:"file"`
	OK       bool               `json:"ok"`
	PlanHash string             `json:"planHash,omitempty"`
	Problems []planbook.Problem `json:"problems"`
}

func (c planImport) Run(s *session) error {
	for _, name := range plan.Files() {
		if _, err := os.Stat(filepath.Join(c.Out, name)); err == nil {
			return exit{exitUsage, errors.New(wording.Text("cli.plan.exists", "dir", c.Out, "file", name))}
		}
	}
	b, err := readBounded(c.File, ooxml.DefaultLimits().Bytes)
	if err != nil {
		return exit{exitUsage, errors.New(wording.Text("cli.check.unreadable", "file", c.File, "problem", inWords(err)))}
	}
	r := readBook(filepath.Base(c.File), b)
	result := imported{File: c.File, OK: r.Faults() == 0, Problems: append([]planbook.Problem{}, r.Problems...)}
	if result.OK {
		result.PlanHash = r.Plan.Hash
		for _, name := range plan.Files() {
			if err := write(c.Out, name, r.Files[name]); err != nil {
				return err
			}
		}
	}
	if c.JSON {
		if err := s.json(result); err != nil {
			return err
		}
	} else {
		s.printBookProblems(r.Problems)
	}
	if !result.OK {
		return exit{exitInvalid, errors.New(wording.Text("cli.plan.notimported", "file", c.File, "n", r.Faults()))}
	}
	if !c.JSON {
		s.print("%s\n", wording.Text("cli.plan.imported", "dir", c.Out, "units", len(r.Plan.Units), "criteria", len(r.Plan.Criteria),
			"assumed", len(r.Plan.Assumptions()), "hash", r.Plan.Hash[:12]))
	}
	return nil
}

// readBook reads a workbook of strangers as a plan, with what only the checks know held against it too.
func readBook(name string, b []byte) *planbook.Reading {
	w, err := ooxml.Read(b, ooxml.DefaultLimits())
	if err != nil {
		var all []planbook.Problem
		for _, f := range workbook.Read(&plan.Plan{}, plan.Period{}, name, b, "").Reading.Findings { // what a unit is told of such a file
			all = append(all, planbook.Problem{Sheet: f.Sheet, Cell: f.Cell, Text: f.Message})
		}
		return &planbook.Reading{Problems: all}
	}
	r := planbook.Read(w)
	if r.Plan != nil && r.Faults() == 0 {
		for _, x := range uncompiled(r.Plan) {
			r.Blame(x)
		}
	}
	return r
}

// uncompiled lists what only the checks know of a plan's criteria: facts that no form holds, levels that a scale of that time does not have.
func uncompiled(p *plan.Plan) []plan.Problem {
	var out []plan.Problem
	for i, c := range p.Criteria {
		for _, per := range p.Periods {
			if _, err := check.Compile(c, p, per.To); err != nil {
				out = append(out, plan.Problem{File: "criteria.yaml", Where: c.ID + " · " + per.ID, Path: fmt.Sprintf("criteria[%d].check", i), Text: err.Error()})
			}
		}
	}
	return out
}

func (s *session) printBookProblems(all []planbook.Problem) {
	for _, x := range all {
		where := wording.Text("finding.where.file")
		switch {
		case x.Cell != "":
			where = wording.Text("finding.where.cell", "sheet", x.Sheet, "cell", x.Cell)
		case x.Sheet != "":
			where = wording.Text("finding.where.sheet", "sheet", x.Sheet)
		}
		level := wording.Text("cli.plan.mustfix")
		if x.Warning {
			level = wording.Text("cli.plan.lookat")
		}
		s.print("[%s] %s: %s\n", level, where, x.Text)
	}
}

// readBounded reads a file that may be larger than anyone should hold in memory: one byte more than the bound is enough to refuse it.
func readBounded(name string, most int) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, int64(most)+1))
}

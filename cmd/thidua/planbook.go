package main

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"

	"thidua/cmd/exit"
	"thidua/cmd/files"
	"thidua/cmd/show"
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
	p, err := s.readPlan("")
	if err != nil {
		return err
	}
	b, err := planbook.Write(p)
	if errors.Is(err, planbook.ErrUnfit) {
		return exit.Because(exit.Invalid, wording.Text("cli.plan.unfit", "problem", err))
	}
	if err != nil {
		return err
	}
	out := cmp.Or(c.Out, p.ID+".xlsx")
	if err := files.Write(filepath.Dir(out), filepath.Base(out), b); err != nil {
		return err
	}
	s.Print("%s\n", out)
	return nil
}

type planImport struct {
	File string `arg:"" help:"${cli_help_planimportfile}"`
	Out  string `short:"o" required:"" help:"${cli_help_planimportout}" placeholder:"DIR"`
	JSON bool   `name:"json" help:"${cli_help_json}"`
}

// importResult is the JSON of an import.
type importResult struct {
	File     string             `json:"file"`
	OK       bool               `json:"ok"`
	PlanHash string             `json:"planHash,omitempty"`
	Problems []planbook.Problem `json:"problems"`
}

func (c planImport) Run(s *session) error {
	for _, name := range plan.Files() {
		if _, err := os.Stat(filepath.Join(c.Out, name)); err == nil {
			return exit.Because(exit.Usage, wording.Text("cli.plan.exists", "dir", c.Out, "file", name))
		}
	}
	b, err := files.ReadAtMost(c.File, ooxml.DefaultLimits().Bytes)
	if err != nil {
		return refuseFile(c.File, err)
	}
	r := readBook(filepath.Base(c.File), b)
	result := importResult{File: c.File, OK: r.Faults() == 0, Problems: append([]planbook.Problem{}, r.Problems...)}
	if result.OK {
		result.PlanHash = r.Plan.Hash
		for _, name := range plan.Files() {
			raw := r.Files[name]
			if filepath.Ext(name) == ".csv" { // by this mark Excel knows the encoding
				raw = append([]byte("\ufeff"), raw...)
			}
			if err := files.Write(c.Out, name, raw); err != nil {
				return err
			}
		}
	}
	if c.JSON {
		if err := s.JSON(result); err != nil {
			return err
		}
	} else {
		show.PlanProblems(s.Screen, r.Problems)
	}
	if !result.OK {
		return exit.Because(exit.Invalid, wording.Text("cli.plan.notimported", "file", c.File, "n", r.Faults()))
	}
	if !c.JSON {
		s.Print("%s\n", wording.Text("cli.plan.imported", "dir", c.Out, "units", len(r.Plan.Units),
			"criteria", len(r.Plan.Criteria),
			"assumed", len(r.Plan.Assumptions()), "hash", r.Plan.Hash[:12]))
	}
	return nil
}

// readBook reads a workbook of strangers as a plan, with what only the checks know held against it
// too.
func readBook(name string, b []byte) *planbook.Reading {
	w, err := ooxml.Read(b, ooxml.DefaultLimits())
	if err != nil {
		var all []planbook.Problem
		// what a unit is told of such a file
		for _, f := range workbook.Read(&plan.Plan{}, plan.Period{}, name, b, "").Reading.Findings {
			all = append(all, planbook.Problem{Sheet: f.Sheet, Cell: f.Cell, Text: f.Message})
		}
		return &planbook.Reading{Problems: all}
	}
	r := planbook.Read(w)
	if r.Plan != nil && r.Faults() == 0 {
		for _, x := range checkProblems(r.Plan) {
			r.Blame(x)
		}
	}
	return r
}

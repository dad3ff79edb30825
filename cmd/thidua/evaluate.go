package main

import (
	"strings"

	"thidua/cmd/show"
	"thidua/evaluate"
	"thidua/templates/wording"
)

type evaluateCommand struct {
	Period string   `help:"${cli_help_period}" placeholder:"P"`
	AsOf   string   `help:"${cli_help_asof}" placeholder:"T"`
	WhatIf []string `help:"${cli_help_whatif}" placeholder:"KEY=VALUE" sep:"none"`
	JSON   bool     `name:"json" help:"${cli_help_json}"`
}

// evaluation is the JSON of the contract, with what moves when changes are tried.
type evaluation struct {
	evaluate.Result
	WhatIf *whatIf `json:"whatIf,omitempty"`
}

func (c evaluateCommand) Run(s *session) error {
	src, err := s.gather(c.Period, c.AsOf)
	if err != nil {
		return err
	}
	out := evaluation{Result: src.Result}
	if len(c.WhatIf) > 0 {
		if out.Result, out.WhatIf, err = tryChanges(src, c.WhatIf); err != nil {
			return err
		}
	}
	if c.JSON {
		return s.JSON(out)
	}
	if out.WhatIf == nil {
		show.Evaluation(s.Screen, src, out.Result)
		return nil
	}
	s.Print("%s\n\n", wording.Text("cli.whatif.head", "changes", strings.Join(c.WhatIf, ", ")))
	show.Evaluation(s.Screen, src, out.Result)
	s.Print("\n%s\n", wording.Text("cli.whatif.difference"))
	show.Difference(s.Screen, out.WhatIf.Difference, src.Period.Kind)
	return nil
}

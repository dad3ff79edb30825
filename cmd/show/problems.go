package show

import (
	"thidua/cmd/screen"
	"thidua/templates/planbook"
	"thidua/templates/wording"
)

// PlanProblems prints what is wrong in the workbook of a plan.
func PlanProblems(s *screen.Screen, all []planbook.Problem) {
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
		s.Print("[%s] %s: %s\n", level, where, x.Text)
	}
}

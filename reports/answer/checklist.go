package answer

import (
	"slices"
	"strconv"
	"strings"

	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// partWords are what the files of a dossier's parts are named by.
var partWords = map[string][]string{
	plan.PartProposal: {"to trinh", "ttr"},
	plan.PartReport:   {"bao cao", "bctt", "thanh tich"},
	plan.PartMinutes:  {"bien ban"},
	plan.PartList:     {"danh sach", "trich ngang"},
}

// checklist writes which parts of the dossier came in, in the workbook or beside it, and how many
// sets of papers the level asks for (Plan III.3). An ad hoc proposal needs no minutes and has no
// list of its own.
func (c *clerk) checklist(b *letter.Body, s submission.Submission) {
	slate, ok := templates.SlateOf(s.Value)
	if !ok || s.Form == templates.AdHocForm.ID || s.Mistaken() {
		return
	}
	var files []finding.Finding
	for _, f := range s.Findings {
		if f.Code == finding.KeptAsIs {
			files = append(files, f)
		}
	}
	var rows [][]string
	var tones []string
	add := func(title, state, where, tone string) {
		rows = append(rows, []string{strconv.Itoa(len(rows) + 1), title, state, where})
		tones = append(tones, tone)
	}
	for _, part := range c.Plan.Dossier {
		var where []string
		inside := slate.Has(part.Key)
		if inside {
			where = append(where, c.Text("letter.checklist.workbook"))
		}
		files = slices.DeleteFunc(files, func(f finding.Finding) bool {
			name := strings.NewReplacer("-", " ", "_", " ", ".", " ").Replace(viet.Bare(f.Read))
			named := slices.ContainsFunc(partWords[part.Key], func(w string) bool { return strings.Contains(name, w) })
			if named {
				where = append(where, c.Text("letter.checklist.file", "file", f.Read, "kind", f.Want))
			}
			return named
		})
		state, tone := c.Text("letter.checklist.here"), ""
		switch {
		case !inside && len(where) > 0:
			state, tone = c.Text("letter.checklist.fileonly"), string(finding.Should)
		case !inside:
			state, tone = c.Text("letter.checklist.missing"), string(finding.Must)
		}
		add(part.Title, state, strings.Join(where, "\n"), tone)
	}
	for _, f := range files {
		add(c.Text("letter.checklist.other"), c.Text("letter.checklist.here"),
			c.Text("letter.checklist.file", "file", f.Read, "kind", f.Want), "")
	}
	level := "city"
	for _, k := range c.Plan.Copies {
		if viet.SameFold(k.LevelName(), slate.Proposal.Level.Text) {
			level = k.Level
		}
	}
	for _, k := range c.Plan.Copies {
		if k.Level == level {
			b.Para(c.Text("letter.checklist", "sets", "0"+strconv.Itoa(k.Sets), "level", style.LowerFirst(k.Title),
				"clause", k.Clause))
		}
	}
	b.Table([]string{c.Text("letter.col.number"), c.Text("letter.col.part"), c.Text("letter.col.state"),
		c.Text("letter.col.place")}, rows, tones)
}

package reports

import (
	"slices"
	"strconv"
	"strings"

	"thidua/ingest/submission"
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

// checklist writes which parts of the dossier came in, in the workbook or beside it, and how many sets of papers the level asks for
// (Plan III.3). An ad hoc proposal needs no minutes and has no list of its own.
func (p Post) checklist(b *body, s submission.Submission) {
	slate, ok := slateOf(s.Value)
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
	for _, part := range p.Plan.Dossier {
		var where []string
		inside := hasPart(s.Value, part.Key)
		if inside {
			where = append(where, p.Plan.Words.Text("letter.checklist.workbook"))
		}
		files = slices.DeleteFunc(files, func(f finding.Finding) bool {
			name := strings.NewReplacer("-", " ", "_", " ", ".", " ").Replace(viet.Bare(f.Read))
			named := slices.ContainsFunc(partWords[part.Key], func(w string) bool { return strings.Contains(name, w) })
			if named {
				where = append(where, p.Plan.Words.Text("letter.checklist.file", "file", f.Read, "kind", f.Want))
			}
			return named
		})
		state, tone := p.Plan.Words.Text("letter.checklist.here"), ""
		switch {
		case !inside && len(where) > 0:
			state, tone = p.Plan.Words.Text("letter.checklist.fileonly"), string(finding.Should)
		case !inside:
			state, tone = p.Plan.Words.Text("letter.checklist.missing"), string(finding.Must)
		}
		add(part.Title, state, strings.Join(where, "\n"), tone)
	}
	for _, f := range files {
		add(p.Plan.Words.Text("letter.checklist.other"), p.Plan.Words.Text("letter.checklist.here"), p.Plan.Words.Text("letter.checklist.file", "file", f.Read, "kind", f.Want), "")
	}
	level := "city"
	for _, k := range p.Plan.Copies {
		if viet.SameFold(k.LevelName(), slate.proposal.Level.Text) {
			level = k.Level
		}
	}
	for _, k := range p.Plan.Copies {
		if k.Level == level {
			b.para(p.Plan.Words.Text("letter.checklist", "sets", "0"+strconv.Itoa(k.Sets), "level", lowerFirst(k.Title), "clause", k.Clause))
		}
	}
	b.table([]string{p.Plan.Words.Text("letter.col.number"), p.Plan.Words.Text("letter.col.part"), p.Plan.Words.Text("letter.col.state"), p.Plan.Words.Text("letter.col.place")}, rows, tones)
}

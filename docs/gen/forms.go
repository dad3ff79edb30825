package main

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// forms describes every form as the blank workbook of the plan's first period has it.
func forms(p *plan.Plan) *page {
	period := p.Periods[0]
	ctx := templates.Context(p, period, "")
	w := newPage("Forms", "Every form with its fields. The same declarations make the workbooks, read and check "+
		"them. Lists are those of the period "+
		period.ID+"; `thidua form describe --json` prints the same for programs.\nAn asterisk marks a field that "+
		"must be filled in (in a table: in every row "+
		"with data). A fact is the name by which the plan's criteria use a field.")
	w.line("\nWhere no workbook of ours is used, columns and labels are found by their titles.")
	for _, f := range templates.Forms() {
		w.line("\n## %s: `%s`, version %d", templates.Title(f, p), f.ID, f.Version)
		w.line("\nClause %s. Sent by: %s.", f.Clause, cmp.Or(circles[f.Circle], senders[f.From]))
		d := f.Describe(ctx)
		for i := range f.Sheets {
			for j := range f.Sheets[i].Blocks {
				block(w, ctx, &f.Sheets[i], &f.Sheets[i].Blocks[j], d.Sheets[i].Blocks[j])
			}
		}
	}
	return w
}

var senders = map[form.Sender]string{
	form.FromUnit:      "any unit, for itself",
	form.FromOffice:    "the standing office",
	form.FromSecretary: "the council's secretary, or the standing office",
}

var circles = map[form.Circle]string{
	form.Communes:  "the communes, each for itself",
	form.Reporters: "the units the plan names as reporters on propaganda, each for itself",
}

func block(w *page, ctx form.Context, s *form.Sheet, b *form.Block, d form.BlockDescription) {
	w.line("\n### %s: %s (`%s`)", s.Name, b.Title, b.Key)
	if b.Part != "" {
		w.line("\nPart of the dossier: `%s`.", b.Part)
	}
	at := "Cell"
	if b.Kind == form.TableBlock {
		at = "Column"
		w.line("\nTable, rows %d to %d of the blank workbook; a filled one may have more.", d.FirstRow, d.LastRow)
	}
	w.table(at, "Field", "Title", "Type", "Help", "Example", "Clause", "Fact")
	for k, x := range b.Fields {
		fd, mark := d.Fields[k], ""
		if x.Required {
			mark = "*"
		}
		w.row(fd.Cell+fd.Column, "`"+x.Key+"`"+mark, x.Title, typeOf(ctx, x), x.Help, x.Example, x.Clause, code(x.Fact))
	}
}

// typeOf says what a field takes.
func typeOf(ctx form.Context, x form.Field) string {
	out := string(x.Type)
	add := func(format string, args ...any) { out += "; " + fmt.Sprintf(format, args...) }
	switch x.Type {
	case form.Text:
		add("at most %d characters", x.Limit)
	case form.Int, form.Number, form.Year:
		if x.Min != nil && x.Max != nil {
			add("%s to %s", strconv.FormatFloat(*x.Min, 'f', -1, 64), strconv.FormatFloat(*x.Max, 'f', -1, 64))
		}
	case form.YesNo:
		add("%s, %s", form.Yes, form.No)
	case form.Choice:
		const most = 12
		var labels []string
		for _, it := range ctx.Items(x) {
			labels = append(labels, it.Label)
		}
		name := ""
		if x.List != "" {
			name = " `" + x.List + "`"
		}
		if len(labels) > most {
			add("list%s of %d: %s …", name, len(labels), strings.Join(labels[:3], "; "))
		} else {
			add("list%s: %s", name, strings.Join(labels, "; "))
		}
	}
	for _, o := range []struct {
		on   bool
		text string
	}{
		{x.Percent, "percentage"}, {x.Person, "a person's name"}, {x.Open, "other values are taken too"},
		{x.Locked, "filled in before sending, to be left"}, {x.Preset && !x.Locked, "filled in before sending"},
	} {
		if o.on {
			add("%s", o.text)
		}
	}
	return out
}

func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}

package main

import (
	"fmt"
	"strconv"
	"strings"

	"thidua/templates/plan"
)

// planPage says for every clause of part III where it is data, and which tests hold it to that.
func planPage(p *plan.Plan, tests []test) *page {
	w := newPage("The plan as data", "What the program makes of Kế hoạch "+p.Number+" ("+p.IssuedOn.Short()+
		"): every clause of part III with the data it became and "+
		"the tests that hold it there.\nThe data are in `templates/plan/data/"+p.ID+
		"/`; another folder of the same shape may take their place (`--plan DIR`).")
	for _, c := range p.Clauses {
		if c.Ref != "III" && !strings.HasPrefix(c.Ref, "III.") {
			continue
		}
		w.line("\n## %s %s", c.Ref, c.Title)
		if c.Lead != "" {
			w.line("\n%s", c.Lead)
		}
		if len(c.Items) > 0 {
			w.table("Item", "Text", "Data", "Held by")
		}
		for i, text := range c.Items {
			n := i + 1
			w.row(fmt.Sprint(n), text, strings.Join(data(p, c.Ref, n), "; "),
				strings.Join(holding(tests, fmt.Sprintf("%s item %d", c.Ref, n)), ", "))
		}
		if made := clauseData(p, c.Ref); len(made) > 0 {
			w.line("\nData of the clause as a whole: %s.", strings.Join(made, "; "))
		}
		if held := clauseTests(tests, c.Ref); len(held) > 0 {
			w.line("\nHeld as a whole by:\n")
			for _, h := range held {
				w.line("- %s", h)
			}
		}
	}
	quotas(w, p)
	deadlines(w, p)
	order(w, p)
	occasions(w, p)
	asked(w)
	approval(w, p)
	assumptions(w, p)
	return w
}

// clauseTests are the cases that name a clause without one of its items.
func clauseTests(tests []test, ref string) []string {
	var out []string
	for _, h := range holding(tests, ref) {
		if !strings.Contains(h, ": “item ") && !strings.Contains(h, "_Item") {
			out = append(out, h)
		}
	}
	return out
}

// data names what a paragraph of a clause became.
func data(p *plan.Plan, ref string, item int) []string {
	var out []string
	for _, c := range p.Criteria {
		if c.Clause == ref && c.Item == item {
			out = append(out, "criterion "+c.ID+binding(p, c)+": "+check(c.Check))
		}
	}
	for _, d := range p.Dossier {
		if d.Clause == ref && d.Item == item {
			out = append(out, "dossier part `"+d.Key+"`")
		}
	}
	return out
}

// clauseData names what a clause became that none of its paragraphs is cited for.
func clauseData(p *plan.Plan, ref string) []string {
	var out []string
	count := func(what string, n int) {
		if n > 0 {
			out = append(out, fmt.Sprintf("%s (%d)", what, n))
		}
	}
	n := map[string]int{}
	for _, q := range p.Quotas {
		n["q"+q.Clause]++
	}
	for _, t := range p.Totals {
		n["t"+t.Clause]++
	}
	for _, c := range p.Copies {
		n["c"+c.Clause]++
	}
	for _, per := range p.Periods {
		for _, d := range []*plan.Deadline{per.Registration, per.Dossier} {
			if d != nil {
				n["d"+d.Clause]++
			}
		}
	}
	if p.Province.Clause == ref {
		out = append(out, "`province`: nominees marked “"+p.Province.Award+"” (a list of their own)")
	}
	count("`quotas`", n["q"+ref])
	count("`totals`", n["t"+ref])
	count("`copies`, sets of papers", n["c"+ref])
	count("deadlines of `periods`", n["d"+ref])
	if p.Priority.Clause == ref {
		out = append(out, "`priority`: "+string(p.Priority.Role)+" first")
	}
	return out
}

func binding(p *plan.Plan, c plan.Criterion) string {
	var who []string
	for _, id := range c.Groups {
		g, _ := p.Group(id)
		who = append(who, g.Title)
	}
	for _, id := range c.Roles {
		r, _ := p.Role(id)
		who = append(who, r.Title)
	}
	if len(who) == 0 {
		return ""
	}
	return " (" + strings.Join(who, "; ") + ")"
}

// check writes a check as the criteria file does, in short.
func check(c plan.Check) string {
	if len(c.Of) > 0 {
		var parts []string
		for _, sub := range c.Of {
			parts = append(parts, check(sub))
		}
		return string(c.Kind) + " of (" + strings.Join(parts, ", ") + ")"
	}
	out := "`" + string(c.Kind) + "`"
	if c.Fact != "" {
		out += " `" + c.Fact + "`"
	}
	switch {
	case len(c.Values) > 0:
		out += " “" + strings.Join(c.Values, "”, “") + "”"
	case c.Level != "":
		out += " “" + c.Level + "”"
	case c.Top > 0:
		out += fmt.Sprintf(" among the %d highest", c.Top)
	}
	if len(c.Council) > 0 {
		out += "; “" + strings.Join(c.Council, "”, “") + "” for the Council"
	}
	if c.Kind == plan.CheckMin || c.Kind == plan.CheckMax {
		out += fmt.Sprintf(" %g", c.Number)
	}
	if c.Otherwise == plan.ToTheCouncil {
		out += "; else for the Council"
	}
	if c.Source() == plan.Official {
		out += " (official record)"
	}
	return out
}

func quotas(w *page, p *plan.Plan) {
	w.line("\n## Quotas")
	w.table("Round", "Nominees", "Group", "Places", "Clause")
	for _, q := range p.Quotas {
		g, _ := p.Group(q.Group)
		w.row(string(q.Period), string(q.Nominee), g.Title, fmt.Sprint(q.Places), q.Clause)
	}
	for _, t := range p.Totals {
		w.row(string(t.Period), string(t.Nominee), "all", fmt.Sprint(t.Places), t.Clause)
	}
	w.line("\nThe totals are the plan's own; `thidua plan lint` holds the places of the groups to them. Ad hoc " +
		"awards have no number.")
}

func deadlines(w *page, p *plan.Plan) {
	w.line("\n## Periods and deadlines")
	w.line("\nA paper is in time when it is received before the day named begins in UTC+7.")
	w.table("Period", "Kind", "Registration before", "Dossier before")
	day := func(d *plan.Deadline) string {
		if d == nil {
			return "–"
		}
		out := d.Before.Short()
		if !d.LastDay.IsZero() {
			out += ", last day " + d.LastDay.Short()
		}
		if d.Assumed {
			out += " (assumed)"
		}
		return out
	}
	for _, x := range p.Periods {
		w.row("`"+x.ID+"` "+x.Title, string(x.Kind), day(x.Registration), day(x.Dossier))
	}
}

func order(w *page, p *plan.Plan) {
	w.line("\n## Order of those who qualify")
	w.line("\n%s: %s", p.Priority.Clause, p.Priority.Text)
	w.table("Nominees", "Fact", "Reason as printed", "Clause", "Assumed")
	for _, o := range p.Order {
		w.row(string(o.Nominee), code(o.Fact), o.Title, o.Clause, yes(o.Assumed))
	}
}

func occasions(w *page, p *plan.Plan) {
	w.line("\n## Occasions")
	w.line("\nWhen papers fall due and to whom they go. Days are counted from the last day in time.")
	w.table("Occasion", "Rounds", "When", "Papers", "To", "Clause", "Assumed")
	for _, o := range p.Occasions {
		var kinds []string
		for _, k := range o.Periods {
			kinds = append(kinds, string(k))
		}
		w.row("`"+o.ID+"` "+o.Title, strings.Join(kinds, ", "), when(o.When), strings.Join(o.Papers, ", "),
			string(o.To), o.Clause, yes(o.Assumed))
	}
}

func when(r plan.Rule) string {
	switch {
	case r.Event != "":
		return "on the event `" + r.Event + "`"
	case r.MonthDay != "":
		year := ""
		if r.YearOffset != 0 {
			year = fmt.Sprintf(", %+d year", r.YearOffset)
		}
		return "every year on " + r.MonthDay + " (month-day)" + year
	}
	var days []string
	for _, d := range r.Days {
		days = append(days, fmt.Sprintf("%+d", d))
	}
	kind := "working days"
	if r.EveryDay {
		kind = "days"
	}
	return r.Deadline + ": " + strings.Join(days, ", ") + " " + kind
}

func approval(w *page, p *plan.Plan) {
	w.line("\n## The leader's agreement")
	now := "asks nobody"
	if len(p.Approval.Forms) > 0 {
		now = "asks about " + strings.Join(p.Approval.Forms, ", ")
	}
	w.line("\nThis plan %s. A plan that wants the unit's leader to agree by mail says so in `plan.yaml`; such a "+
		"form then counts only once the leader of the newest "+
		"roster (`danh-ba`) has answered “đồng ý” to the letter that shows it to him. It keeps the time at which "+
		"the unit sent it, and the version before it rules until then.", now)
	w.line("\n```yaml\napproval:\n  forms: [%s]\n  clause: III.3        # what asks for it; leave it out when no "+
		"clause does\n  assumed: true        # with a note, when the plan's text does not say so\n"+
		"  note: Cơ quan thường trực yêu cầu.\n```", strings.Join(plan.ApprovalForms(), ", "))
}

func asked(w *page) {
	w.line("\n## What forms take from the plan")
	w.line("\nThe files in `templates/forms` hold placeholders for what differs from plan to plan; `templates.Fit` " +
		"puts a plan's words in their place and leaves out what it does not ask for. " +
		"Keys, types and rules stay, so that a file is read in the same way under every plan.")
	w.table("Of the plan", "In the forms")
	for _, row := range [][2]string{
		{"`movement`", "titles; words about administrative reform only where it names cải cách hành chính or CCHC"},
		{"`contents`", "their number in helps; figures of administrative procedures only where they, or the " +
			"movement, speak of thủ tục hành chính or TTHC"},
		{"years of the period of kind `stage`", "the columns of `ho-so-giai-doan`, at most " +
			strconv.Itoa(plan.MostYears) + " years; without a stage there is no such form"},
		{"`scales`", "a column for each rating that has a scale; no scale, no column"},
		{"scale `index-band`, criteria and order by `index.…`",
			"the index, named by the scale's title; without any of them nothing of an index, nor in the summary"},
		{"criteria and order by `discipline`", "numbers of breaches and the discipline register"},
		{"group `commune`", "who states an index; form `khen-cap-xa`, section of the summary on communes' own awards"},
		{"`reporters`", "form `tuyen-truyen`, section of the summary on propaganda"},
		{"`office`, `issuer`, `place`, `copies`, `units`",
			"names and addresses in helps and examples; the example is the first unit of the largest group"},
		{"first year of `periods`", "years in examples"},
		{"`columns` without a `type`", "title, help, example, clause, width, `required` and `asked` of the column " +
			"of that `form`, `block` and `key`; workbooks with the old title are still read"},
		{"`columns` with a `type`", "a column of the plan's own at the end of the block: text, int, number, percent, " +
			"points, date, year, choice (of a `scale` or of `values`), yesno, evidence; its key is a fact for " +
			"criteria and order, declared in dossiers, official in `so-lieu`; in the lists of a stage it is asked " +
			"for every year; `groups` says of whom it is required, `printed` which papers show it"},
		{"`derived`", "nothing: facts reckoned of numbers that forms state (`share`, `sum`, `difference`, `total` " +
			"with a `scale`), also of `reports.received`, `reports.ontime` and the other numbers of the reports"},
		{"clauses cited by deadlines, standards, quotas, `dossier`, `contents`, occasions",
			"the numbers that forms, findings, papers and letters cite, where the plan counts its clauses otherwise"},
	} {
		w.row(row[0], row[1])
	}
	w.line("\n`calendar` needs Tết, Giỗ Tổ Hùng Vương and swapped days of every year; 1/1, 30/4, 1/5 and 2/9 are " +
		"days off without it. `thidua plan lint` and `config check` name years without Tết.")
}

func assumptions(w *page, p *plan.Plan) {
	w.line("\n## What the plan leaves open")
	w.line("\nPrinted in the Council's papers until the office confirms it.")
	w.table("Clause", "About", "What is open", "Meanwhile")
	for _, a := range p.Assumptions() {
		w.row(a.Clause, a.Topic, a.Text, a.Default)
	}
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

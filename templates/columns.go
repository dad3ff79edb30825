package templates

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// core are the columns that say who and what a row is about; without them nothing can be done with
// it.
var core = []string{"name", "unit", "code", "year", "stage", "kind", "award", "role", "id", "content"}

// fields are those of a block as a plan asks for them: what its file declares, changed, and the
// plan's own.
func (t terms) fields(id, block string, declared []field) []field {
	var out []field
	for _, x := range declared {
		asked := t.asks(x)
		if c, ok := t.column(id, block, x.Key); ok {
			x = x.changed(c, t)
			asked = asked && c.Asked != plan.AnswerNo || c.Asked == plan.AnswerYes
		}
		if asked {
			out = append(out, x)
		}
	}
	for i := range t.columns {
		if c := &t.columns[i]; c.Own() && c.Form == id && c.Block == block && c.Asked != plan.AnswerNo {
			x := ownField(c, t)
			if slices.ContainsFunc(declared, func(of field) bool { return of.Each != "" }) {
				x.Each, x.Title = "year", x.Title+" năm {each}" // as whatever criteria look at
			}
			out = append(out, x)
		}
	}
	return out
}

// column is what the plan changes of a field.
func (t terms) column(id, block, key string) (*plan.Column, bool) {
	for i := range t.columns {
		if c := &t.columns[i]; !c.Own() && c.Form == id && c.Block == block && c.Key == key {
			return c, true
		}
	}
	return nil, false
}

// changed is a declared field as the plan changes it.
func (x field) changed(c *plan.Column, t terms) field {
	if c.Title != "" {
		x.former, x.Title = t.say(x.Title), c.Title
		if x.Each != "" && !strings.Contains(c.Title, "{each}") {
			x.Title += " năm {each}"
		}
	}
	switch c.Required {
	case plan.AnswerYes:
		x.Required = true
	case plan.AnswerNo:
		x.Required = false
	}
	for _, text := range []struct {
		to   *string
		from string
	}{{&x.Help, c.Help}, {&x.Example, c.Example}, {&x.Clause, c.Clause}} {
		if text.from != "" {
			*text.to = text.from
		}
	}
	if c.Width > 0 {
		x.Width = c.Width
	}
	x.reworded = c.Example != ""
	x.limitTo(c, t)
	return x
}

// ownField is a column of the plan's own.
func ownField(c *plan.Column, t terms) field {
	x := field{
		Key: c.Key, Title: c.Title, Type: string(c.Type), Required: c.Required == plan.AnswerYes, List: c.Scale,
		Values: c.Values, Min: c.Min, Max: c.Max, Limit: c.Limit, Width: c.Width, Clause: c.Clause, Fact: c.Key,
		Help: c.Help, Example: c.Example, own: true,
	}
	if x.Width == 0 {
		x.Width = 14
		if c.Type == plan.ColumnText || c.Type == plan.ColumnEvidence {
			x.Width = 28
		}
	}
	if x.Example == "" {
		x.Example = ownExample(c)
	}
	x.limitTo(c, t)
	return x
}

// ownExample is the example of a column that the plan gives none.
func ownExample(c *plan.Column) string {
	switch c.Type {
	case plan.ColumnDate:
		return "15/08/{year}"
	case plan.ColumnYear:
		return "{year}"
	case plan.ColumnYesNo:
		return form.Yes
	case plan.ColumnEvidence:
		return "Quyết định số 120/QĐ-UBND ngày 12/11/{year}"
	case plan.ColumnChoice:
		if len(c.Values) > 0 {
			return c.Values[0]
		}
		return "…" // the list has a better one
	case plan.ColumnText:
		return wording.Text("form.own.example")
	}
	x := 1.0
	if c.Min != nil {
		x = max(x, *c.Min)
	}
	if c.Max != nil {
		x = min(x, *c.Max)
	}
	return form.Decimal(x)
}

// limitTo makes a field one of some groups of units alone: it is required of them by ofGroups.
func (x *field) limitTo(c *plan.Column, t terms) {
	if len(c.Groups) == 0 {
		return
	}
	var titles []string
	for _, g := range c.Groups {
		titles = append(titles, t.groups[g])
		if x.Required {
			x.groups = append(x.groups, string(g))
		}
	}
	x.Help += " " + wording.Text("form.own.groups", "groups", strings.Join(titles, "; "))
	x.Required = false
}

// ofGroups is a form's check with what it requires of some groups of units alone.
func ofGroups(f *form.Form, check func(any, form.Context) []finding.Finding) func(any, form.Context) []finding.Finding {
	if !slices.ContainsFunc(f.Blocks(), func(b *form.Block) bool {
		return slices.ContainsFunc(b.Fields, func(x form.Field) bool { return len(x.Groups) > 0 })
	}) {
		return check
	}
	return func(value any, c form.Context) []finding.Finding {
		var out []finding.Finding
		if check != nil {
			out = check(value, c)
		}
		id := IdentityOf(value)
		_, whole, known := unitOf(c, &id.Unit, &id.Code)
		for _, b := range f.Blocks() {
			for i := range b.Len(value) {
				rec := b.Record(value, i)
				u, ok := whole, known
				if k := slices.IndexFunc(b.Fields, func(x form.Field) bool { return x.List == listUnits }); k >= 0 {
					_, u, ok = unitOf(c, b.Fields[k].At(rec), &blank)
				}
				for k := range b.Fields {
					x := &b.Fields[k]
					if v := x.At(rec); ok && v.Text == "" && !v.Bad && slices.Contains(x.Groups, string(u.Group)) {
						at := v.At
						if at.Sheet == "" {
							at.Sheet = f.SheetOf(b.Key).Name
						}
						out = append(out, x.MissingAt(at, c))
					}
				}
			}
		}
		return out
	}
}

// ownFacts are the plan's own facts of a line of a list.
func ownFacts(f *form.Form, block string, line any) []declaredFact {
	if f == nil {
		return nil
	}
	var out []declaredFact
	for _, x := range f.Own(block) {
		out = append(out, declaredFact{x.Fact, x.At(line)})
	}
	return out
}

// Lint returns what is wrong in a plan that only the forms know.
func Lint(p *plan.Plan) []plan.Problem { return append(lintColumns(p), lintDerived(p)...) }

// lintColumns returns what is wrong with a plan's columns that only the forms know: blocks and
// columns that there are not, keys and titles that are taken, examples that are refused.
func lintColumns(p *plan.Plan) []plan.Problem {
	var out []plan.Problem
	facts := builtInFacts()
	for i := range p.Columns {
		c := &p.Columns[i]
		add := func(field, kind string, pairs ...any) { out = append(out, p.Fault(i, field, kind, pairs...)) }
		d, ok := declarations[c.Form]
		if !ok {
			var ids []string
			for _, f := range forms {
				ids = append(ids, f.ID)
			}
			add("form", "unknown", "field", "form", "read", c.Form, "want", strings.Join(ids, ", "))
			continue
		}
		declared, blocks := d.block(c.Block)
		if declared == nil {
			add("block", "unknown", "field", "block", "read", c.Block, "want", strings.Join(blocks, ", "))
			continue
		}
		at := slices.IndexFunc(declared, func(x field) bool { return x.Key == c.Key })
		switch {
		case c.Own() && (at >= 0 || facts[c.Key]):
			add("key", "column.taken", "read", c.Key)
		case !c.Own() && at < 0:
			var keys []string
			for _, x := range declared {
				keys = append(keys, x.Key)
			}
			add("key", "unknown", "field", "key", "read", c.Key, "want", strings.Join(keys, ", "))
			continue
		case !c.Own() && c.Asked == plan.AnswerNo && declared[at].Required:
			add("asked", "column.needed", "read", c.Key)
		case !c.Own() && c.Required == plan.AnswerNo && declared[at].Required && slices.Contains(core, c.Key):
			add("required", "column.needed", "read", c.Key)
		}
		if c.Own() && c.Scale != "" {
			if !slices.ContainsFunc(p.Scales, func(s plan.Scale) bool { return s.ID == c.Scale }) {
				continue // told by the plan's own lint; without its scale the column is not asked
			}
		}
		out = append(out, lintAsked(p, i)...)
	}
	return out
}

// lintDerived returns the derived facts of a plan that are reckoned from what no form states as a
// number.
func lintDerived(p *plan.Plan) []plan.Problem {
	numbers := map[string]bool{}
	for _, f := range []*form.Form{DossierForm, RecordsForm} {
		for _, b := range Fit(f, p, plan.Period{}).Blocks() {
			for _, x := range b.Fields {
				if x.Type != form.Int && x.Type != form.Number {
					continue
				}
				if numbers[x.Fact] = x.Fact != ""; b.Key == "reports" {
					numbers["reports."+x.Key] = true
				}
			}
		}
	}
	var out []plan.Problem
	facts := builtInFacts()
	for i := range p.Derived {
		if d := &p.Derived[i]; facts[d.Key] {
			out = append(out, p.DerivedFault(i, "key", "column.taken", "read", d.Key))
		}
		for _, key := range p.Derived[i].Of {
			if !numbers[key] {
				want := slices.Sorted(maps.Keys(numbers))
				out = append(out, p.DerivedFault(i, "of", "derived.of", "read", key, "want", strings.Join(want, ", ")))
			}
		}
	}
	return out
}

// lintAsked holds a column as it is asked to the others of its block, and to its own example.
func lintAsked(p *plan.Plan, i int) []plan.Problem {
	c := &p.Columns[i]
	f, _ := Lookup(c.Form)
	per := plan.Period{}
	for _, x := range p.Periods {
		if f.Round == "" || string(x.Kind) == f.Round {
			per = x
			break
		}
	}
	ctx := Context(p, per, "")
	for _, b := range ctx.Fitted(f).Blocks() {
		if b.Key != c.Block {
			continue
		}
		for k := range b.Fields {
			x := &b.Fields[k]
			if x.Key != c.Key && (x.InYear == 0 || x.Key != c.Key+fmt.Sprint(x.InYear)) {
				continue
			}
			for n := range b.Fields {
				if n != k && viet.Fold(b.Fields[n].Title) == viet.Fold(x.Title) {
					return []plan.Problem{p.Fault(i, "title", "column.title", "read", x.Title, "want", b.Fields[n].Key)}
				}
			}
			example := ctx.Example(*x)
			read := x.Parse("", grid.Cell{Row: 1, Col: 1, Kind: grid.Text, Text: example}, false, ctx)
			if worst := finding.Worst(read.Findings); !read.Value.Given() || worst == finding.Must ||
				worst == finding.Should {
				return []plan.Problem{p.Fault(i, "example", "column.example", "read", example)}
			}
			return nil
		}
	}
	return nil
}

// States reports whether a column of the plan's own is asked and states a fact of nominees of a
// kind.
func States(c plan.Column, kind plan.NomineeKind) bool {
	if !c.Own() || c.Asked == plan.AnswerNo {
		return false
	}
	switch c.Block {
	case "collectives", "unitratings":
		return kind == plan.Collective
	case "individuals", "ratings":
		return kind == plan.Individual
	}
	return c.Block == "reports" || c.Block == "proposal" || c.Block == "index"
}

// block are the declared fields of a block, and the keys of all blocks.
func (d *declaration) block(key string) (fields []field, all []string) {
	for _, s := range d.Sheets {
		for _, b := range s.Blocks {
			all = append(all, b.Key)
			if b.Key == key {
				fields = b.Fields
			}
		}
	}
	return fields, all
}

// builtInFacts are the facts that the forms declare themselves.
func builtInFacts() map[string]bool {
	out := map[string]bool{"registered": true, "dossier": true, "sex": true}
	for _, d := range declarations {
		for _, s := range d.Sheets {
			for _, b := range s.Blocks {
				for _, x := range b.Fields {
					out[x.Fact] = true
				}
			}
		}
	}
	return out
}

package templates_test

import (
	"slices"
	"strings"
	"testing"

	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// percent is a sound column of a plan's own, changed.
func percent(edit func(*plan.Column)) plan.Column {
	c := plan.Column{Form: "ho-so", Block: "collectives", Key: "tructuyen", Title: "Tỷ lệ hồ sơ trực tuyến (%)",
		Type: plan.ColumnPercent, Help: "Số hồ sơ nộp trực tuyến trên tổng số hồ sơ."}
	if edit != nil {
		edit(&c)
	}
	return c
}

// What keeps a column from being asked is told at the entry and field to blame.
func TestColumnsThatCannotBeAskedAreTold(t *testing.T) {
	least := 120.0
	for _, c := range []struct {
		name, path, says string
		columns          []plan.Column
	}{
		{"a sound column", "", "", []plan.Column{percent(nil)}},
		{"the same for both who say it", "", "", []plan.Column{percent(nil),
			percent(func(c *plan.Column) { c.Form, c.Block = "so-lieu", "unitratings" })}},
		{"a form there is not", "columns[0].form", "ho-so-nam",
			[]plan.Column{percent(func(c *plan.Column) { c.Form = "ho-so-nam" })}},
		{"a block there is not", "columns[0].block", "people",
			[]plan.Column{percent(func(c *plan.Column) { c.Block = "people" })}},
		{"a column there is not", "columns[0].key", "summmary",
			[]plan.Column{{Form: "ho-so", Block: "collectives", Key: "summmary", Title: "x"}}},
		{"a key that is taken", "columns[0].key", "summary",
			[]plan.Column{percent(func(c *plan.Column) { c.Key = "summary" })}},
		{"a fact that is taken", "columns[0].key", "grade",
			[]plan.Column{percent(func(c *plan.Column) { c.Form, c.Block, c.Key = "dang-ky", "unit", "grade" })}},
		{"a key with accents", "columns[0].key", "trực",
			[]plan.Column{percent(func(c *plan.Column) { c.Key = "trực" })}},
		{"a title that is taken", "columns[0].title", "Ghi chú",
			[]plan.Column{percent(func(c *plan.Column) { c.Title = "Ghi chú" })}},
		{"a type there is not", "columns[0].type", "money",
			[]plan.Column{percent(func(c *plan.Column) { c.Type = "money" })}},
		{"a limit that the type does not take", "columns[0].limit", "limit",
			[]plan.Column{percent(func(c *plan.Column) { c.Limit = 9 })}},
		{"a choice of nothing", "columns[0].scale", "scale",
			[]plan.Column{percent(func(c *plan.Column) { c.Type = plan.ColumnChoice })}},
		{"a scale there is not", "columns[0].scale", "sao",
			[]plan.Column{percent(func(c *plan.Column) { c.Type, c.Scale = plan.ColumnChoice, "sao" })}},
		{"an example that is refused", "columns[0].example", "nhiều",
			[]plan.Column{percent(func(c *plan.Column) { c.Example = "nhiều" })}},
		{"limits without room", "columns[0].example", "120",
			[]plan.Column{percent(func(c *plan.Column) { c.Min = &least })}},
		{"one key of two types", "columns[1].type", "tructuyen", []plan.Column{percent(nil),
			percent(func(c *plan.Column) { c.Form, c.Block, c.Type = "so-lieu", "unitratings", plan.ColumnYesNo })}},
		{"the same twice", "columns[1].key", "tructuyen", []plan.Column{percent(nil), percent(nil)}},
		{"a column that is needed", "columns[0].asked", "name",
			[]plan.Column{{Form: "ho-so", Block: "collectives", Key: "name", Asked: "no"}}},
		{"a column that must be given", "columns[0].required", "name",
			[]plan.Column{{Form: "ho-so", Block: "collectives", Key: "name", Required: "no"}}},
		{"another type for a column of the form", "columns[0].limit", "limit",
			[]plan.Column{{Form: "ho-so", Block: "collectives", Key: "summary", Limit: 10}}},
		{"no such group", "columns[0].groups", "làng",
			[]plan.Column{percent(func(c *plan.Column) { c.Groups = []plan.GroupID{"làng"} })}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := of(t, func(p *plan.Plan) { p.Columns = c.columns })
			all := append(plan.Lint(p), templates.Lint(p)...)
			if c.path == "" {
				for _, x := range all {
					t.Errorf("%s: %s", x.Path, x.Text)
				}
				return
			}
			if !slices.ContainsFunc(all, func(x plan.Problem) bool {
				return x.Path == c.path && strings.Contains(x.Text, c.says)
			}) {
				t.Errorf("nothing at %s says %q: %v", c.path, c.says, all)
			}
		})
	}
}

// A column that is required of one group of units is asked of those alone.
func TestAColumnMayBeRequiredOfOneGroup(t *testing.T) {
	p := of(t, func(p *plan.Plan) {
		p.Columns = []plan.Column{percent(func(c *plan.Column) {
			c.Required, c.Groups = plan.AnswerYes, []plan.GroupID{plan.Communes}
		})}
	})
	for code, want := range map[string]bool{"05452": true, p.Office.Unit: false} {
		u, _ := p.UnitByCode(code)
		ctx := templates.Context(p, p.Periods[0], code)
		f := ctx.Fitted(templates.DossierForm)
		ctx.Form = f
		d := &templates.Dossier{Proposal: templates.Proposal{Unit: form.Of(u.Name), Code: form.Of(u.Code)},
			Collectives: []templates.NominatedCollective{{Name: form.Of("Tổ một cửa")}}}
		asked := slices.ContainsFunc(f.Check(d, ctx), func(x finding.Finding) bool {
			return x.Code == finding.Missing && strings.Contains(x.Message, "trực tuyến")
		})
		if asked != want {
			t.Errorf("%s is asked: %v", u.Name, asked)
		}
	}
}

// In the lists of a stage a column is asked for every year, as whatever criteria look at.
func TestAColumnOfAStageIsAskedForEveryYear(t *testing.T) {
	p := of(t, func(p *plan.Plan) {
		stages([2]int{2026, 2028})(p)
		p.Columns = []plan.Column{percent(func(c *plan.Column) { c.Form = "ho-so-giai-doan" })}
	})
	per, _ := p.Period("2026-2028")
	f := templates.Fit(templates.StageForm, p, per)
	v := f.New()
	var years []int
	for _, b := range f.Blocks() {
		if b.Key != "collectives" {
			continue
		}
		rec := b.Append(v)
		for i, x := range f.Own("collectives") {
			years = append(years, x.InYear)
			*x.At(rec) = form.OfInt(90 + i)
		}
	}
	if !slices.Equal(years, []int{2026, 2027, 2028}) {
		t.Errorf("asked for %v", years)
	}
	own := v.(*templates.StageDossier).Collectives[0].Own
	if got := own.Value("tructuyen2027").Text; got != "91" {
		t.Errorf("kept %q for 2027: %v", got, own)
	}
}

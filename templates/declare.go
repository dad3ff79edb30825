package templates

import (
	"bytes"
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
)

//go:embed forms
var formFiles embed.FS

// declaration is the file of a form: everything it says and asks for. Its texts hold placeholders
// for what differs from plan to plan; see say.
type declaration struct {
	ID      string      `yaml:"id"`
	Version int         `yaml:"version"`
	Title   string      `yaml:"title"`
	Clause  string      `yaml:"clause"`
	From    form.Sender `yaml:"from"`
	Circle  form.Circle `yaml:"circle"`
	Round   string      `yaml:"round"`
	Sheets  []struct {
		Name      string `yaml:"name"`
		Title     string `yaml:"title"`
		Landscape bool   `yaml:"landscape"`
		Blocks    []struct {
			Key    string  `yaml:"key"`
			Title  string  `yaml:"title"`
			Rows   int     `yaml:"rows"` // of the blank workbook: a block that has them is a table
			Part   string  `yaml:"part"`
			Clause string  `yaml:"clause"`
			Fields []field `yaml:"fields"`
		} `yaml:"blocks"`
	} `yaml:"sheets"`

	new   func() any
	check func(any, form.Context) []finding.Finding
}

// field is a cell or a column as a file declares it.
type field struct {
	Key      string    `yaml:"key"`
	Title    string    `yaml:"title"`
	Type     string    `yaml:"type"`
	Each     string    `yaml:"each"` // "year": once for every year of the stage
	Required bool      `yaml:"required"`
	Preset   bool      `yaml:"preset"`
	Locked   bool      `yaml:"locked"`
	Person   bool      `yaml:"person"`
	Birthday bool      `yaml:"birthday"`
	Words    bool      `yaml:"words"`
	List     string    `yaml:"list"`
	Values   []string  `yaml:"values"`
	Open     bool      `yaml:"open"`
	Min      *float64  `yaml:"min"`
	Max      *float64  `yaml:"max"`
	Limit    int       `yaml:"limit"`
	Width    float64   `yaml:"width"`
	Clause   string    `yaml:"clause"`
	Fact     string    `yaml:"fact"`
	Where    condition `yaml:"where"`
	Help     string    `yaml:"help"`
	Example  string    `yaml:"example"`

	own, reworded bool
	former        string
	groups        []string
}

// condition is what a plan must have for a field to be asked, beside the scale of its own list.
type condition string

const (
	procedures condition = "procedures"   // contents or a movement about administrative procedures
	discipline condition = factDiscipline // a criterion that looks at the discipline register
	indexed    condition = listIndex      // an index by which units are ranked
)

var declarations = map[string]*declaration{}

// declare reads the file of a form and binds it to the struct of its values. The form it returns
// speaks in the words of the built-in plan.
func declare(id string, make func() any, check func(any, form.Context) []finding.Finding) *form.Form {
	raw, err := formFiles.ReadFile("forms/" + id + ".yaml")
	if err != nil {
		panic(err) // the files are part of the program
	}
	d := &declaration{new: make, check: check}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(d); err != nil {
		panic(fmt.Sprintf("forms/%s.yaml: %v", id, err))
	}
	declarations[id] = d
	return d.form(builtIn)
}

// form is the form as a plan asks for it: in its words, without what it does not have.
func (d *declaration) form(t terms) *form.Form {
	f := &form.Form{ID: d.ID, Version: d.Version, Called: d.Title, Clause: t.cite(d.Clause), From: d.From,
		Circle: d.Circle, Round: d.Round, New: d.new, Check: d.check}
	f.Changed = slices.ContainsFunc(t.columns, func(c plan.Column) bool { return c.Form == d.ID })
	for _, s := range d.Sheets {
		sheet := form.Sheet{Name: tabName(t.say(s.Name)), Title: t.say(s.Title), Landscape: s.Landscape}
		for _, b := range s.Blocks {
			block := form.Block{Key: b.Key, Title: t.say(b.Title), Kind: form.CellsBlock, Clause: t.cite(b.Clause),
				Rows: b.Rows, Part: b.Part}
			if b.Rows > 0 {
				block.Kind = form.TableBlock
			}
			for _, x := range t.fields(d.ID, b.Key, b.Fields) {
				years := []int{0}
				if x.Each == "year" {
					years = t.stage
				}
				for _, year := range years {
					block.Fields = append(block.Fields, x.in(t, year))
				}
			}
			if len(block.Fields) > 0 {
				sheet.Blocks = append(sheet.Blocks, block)
			}
		}
		if len(sheet.Blocks) > 0 {
			f.Sheets = append(f.Sheets, sheet)
		}
	}
	if err := f.Bind(t.stage); err != nil {
		panic(err) // file and struct are part of the program
	}
	f.Check = ofGroups(f, d.check)
	f.Settle()
	return f
}

// in is the field in a plan's words; year is that of a field of the stage's years, else 0.
func (x field) in(t terms, year int) form.Field {
	each := strconv.Itoa(year)
	out := form.Field{
		Key: x.Key, Title: strings.ReplaceAll(t.say(x.Title), "{each}", each), Type: form.Type(x.Type),
		Required: x.Required, List: x.List, Values: x.Values, Open: x.Open, Person: x.Person, Birthday: x.Birthday,
		Words: x.Words,
		Min:   x.Min, Max: x.Max, Limit: x.Limit, Help: t.say(x.Help), Example: t.say(x.Example),
		Clause: t.cite(x.Clause), Fact: x.Fact, InYear: year, Width: x.Width, Preset: x.Preset, Locked: x.Locked,
		Own: x.own, Former: x.former, Reworded: x.own || x.reworded, Groups: x.groups,
	}
	if year != 0 {
		out.Key += each
	}
	limits := map[string][2]float64{string(form.Int): {0, 1e7}, string(form.Number): {0, 1e9}, "percent": {0, 100},
		string(form.Year): {1900, 2100}, string(plan.ColumnPoints): {0, 1000}}
	switch plan.ColumnType(x.Type) {
	case plan.ColumnPercent:
		out.Type, out.Percent = form.Number, true
	case plan.ColumnPoints:
		out.Type = form.Number
	case plan.ColumnEvidence:
		out.Type = form.Text
	}
	if within, ok := limits[x.Type]; ok {
		if out.Min == nil {
			out.Min = &within[0]
		}
		if out.Max == nil {
			out.Max = &within[1]
		}
	}
	if out.Type == form.Text && out.Limit == 0 {
		out.Limit = 500
	}
	return out
}

// tabName is a text as the name of a tab can hold it.
func tabName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return ' '
		}
		return r
	}, s)
	for utf8.RuneCountInString(s) > 31 {
		i := strings.LastIndex(strings.TrimSpace(s), " ")
		if i < 0 {
			return string([]rune(s)[:31])
		}
		s = s[:i]
	}
	return strings.TrimSpace(s)
}

// reasoned are the fixed lists of forms whose entries the code knows by heart: by the field, or by
// form, block and field.
var reasoned = map[string][]string{
	"title": honorifics, "sex": sexes, "capacity": Capacities, "conclusion": {Conclude, ConcludeNo},
	"ho-so.reports.kind": nomineeKinds, "ho-so.votes.kind": nomineeKinds, "khen-cap-xa.awards.kind": nomineeKinds,
	"ho-so-giai-doan.reports.kind": nomineeKinds, "ho-so-giai-doan.votes.kind": nomineeKinds,
	"tuyen-truyen.examples.kind": nomineeKinds, "xu-ly.days.kind": {RulingReceipt, RulingExtension},
	"xu-ly.days.paper":    {PaperRegistration, PaperDossier, PaperStage},
	"xu-ly.waivers.paper": {PaperDossier, PaperStage},
}

// disagreements are the places where the files of the forms and the code differ: a Value that no
// file asks for, and a list that another one was taken for.
func disagreements() []string {
	var out []string
	for _, f := range forms {
		for _, place := range f.Unbound() {
			// an achievement between the years has a day, and a stage is no single year
			if place != AdHocForm.ID+".Proposal.Year" && place != StageForm.ID+".Proposal.Year" {
				out = append(out, place)
			}
		}
		for _, b := range f.Blocks() {
			for _, x := range b.Fields {
				want, ok := reasoned[f.ID+"."+b.Key+"."+x.Key]
				if !ok {
					want, ok = reasoned[x.Key]
				}
				if ok && len(x.Values) > 0 && !slices.Equal(x.Values, want) {
					out = append(out, fmt.Sprintf("%s.%s.%s: %q, not %q", f.ID, b.Key, x.Key, x.Values, want))
				}
			}
		}
	}
	return out
}

package plan

import (
	"regexp"
	"slices"
)

// Column is what a plan says of one column of a form, or of one labelled cell: what it changes of
// one that the form has, or, with a type, a column of the plan's own. Values are kept under the
// key, so that a key is given once and for ever: a column that is asked no longer stays in the list
// with Asked "no".
type Column struct {
	Form  string `yaml:"form"`  // "ho-so"
	Block string `yaml:"block"` // "collectives"
	Key   string `yaml:"key"`
	Title string `yaml:"title,omitempty"`

	Type   ColumnType `yaml:"type,omitempty"`   // "" changes a column of the form
	Scale  string     `yaml:"scale,omitempty"`  // choice: levels of a scale of the plan
	Values []string   `yaml:"values,omitempty"` // choice: these
	Min    *float64   `yaml:"min,omitempty"`    // numbers
	Max    *float64   `yaml:"max,omitempty"`
	Limit  int        `yaml:"limit,omitempty"` // texts: most characters

	Required string    `yaml:"required,omitempty"` // "yes", "no"; "" leaves it as it is
	Asked    string    `yaml:"asked,omitempty"`    // likewise
	Groups   []GroupID `yaml:"groups,omitempty"`   // units of which it is required; none means all
	Help     string    `yaml:"help,omitempty"`
	Example  string    `yaml:"example,omitempty"`
	Clause   string    `yaml:"clause,omitempty"`
	Width    float64   `yaml:"width,omitempty"`
	Printed  []string  `yaml:"printed,omitempty"` // papers that print it, see PrintedIn
	Mark     `yaml:",inline"`
}

// ColumnType is the type of a plan's own column.
type ColumnType string

// The types of columns.
const (
	ColumnText     ColumnType = "text"
	ColumnInt      ColumnType = "int"
	ColumnNumber   ColumnType = "number"
	ColumnPercent  ColumnType = "percent"
	ColumnPoints   ColumnType = "points"
	ColumnDate     ColumnType = "date"
	ColumnYear     ColumnType = "year"
	ColumnChoice   ColumnType = "choice"
	ColumnYesNo    ColumnType = "yesno"
	ColumnEvidence ColumnType = "evidence" // a text that cites a document
)

// ColumnTypes are the types in the order of their constants.
func ColumnTypes() []ColumnType {
	return []ColumnType{ColumnText, ColumnInt, ColumnNumber, ColumnPercent, ColumnPoints, ColumnDate, ColumnYear,
		ColumnChoice, ColumnYesNo, ColumnEvidence}
}

// The answers of a column to a question.
const (
	AnswerYes = "yes"
	AnswerNo  = "no"
)

// The papers that can print a column of a plan's own.
const (
	PrintedDocket = "docket" // the tables of nominees before the Council
	PrintedReport = "report" // the reports of a year and a stage
)

// PrintedIn are the papers that can print a column.
func PrintedIn() []string { return []string{PrintedDocket, PrintedReport} }

// Own reports whether the column is the plan's own.
func (c *Column) Own() bool { return c.Type != "" }

// Numeric reports whether values of the column are numbers.
func (c *Column) Numeric() bool {
	switch c.Type {
	case ColumnInt, ColumnNumber, ColumnPercent, ColumnPoints:
		return true
	}
	return false
}

var columnKey = regexp.MustCompile(`^[a-z][a-z0-9]{0,30}$`)

// MostOwnColumns bounds the columns of a plan's own.
const MostOwnColumns = 60

// columns notes columns that cannot be asked. Whether the forms have the blocks and columns is for
// those to say who know the forms.
func (l *linter) columns() {
	places := map[[3]string]bool{}
	types := map[string]*Column{}
	own := 0
	for i := range l.p.Columns {
		c := &l.p.Columns[i]
		l.at(filePlan, c.Form+"."+c.Block+"."+c.Key, nth("columns", i))
		l.checkGiven("form", c.Form, "block", c.Block, "key", c.Key)
		if at := [3]string{c.Form, c.Block, c.Key}; places[at] {
			l.add("twice", "field", "key", "read", c.Key)
		} else {
			places[at] = true
		}
		for _, x := range []struct{ field, value string }{{"required", c.Required}, {"asked", c.Asked}} {
			if x.value != "" {
				checkKnown(l, x.field, x.value, AnswerYes, AnswerNo)
			}
		}
		for _, g := range c.Groups {
			checkKnown(l, "groups", g, l.groups()...)
		}
		if c.Clause != "" {
			l.clause(c.Clause, 0)
		}
		if c.Limit < 0 {
			l.add("number", "field", "limit", "read", c.Limit, "want", "> 0")
		}
		if c.Width < 0 || c.Width > 100 {
			l.add("number", "field", "width", "read", c.Width, "want", "0 – 100")
		}
		l.mark(c.Mark)
		if !c.Own() {
			l.changesOnly(c)
			continue
		}
		own++
		l.ownColumn(c)
		if first, ok := types[c.Key]; !ok {
			types[c.Key] = c
		} else if first.Type != c.Type || first.Scale != c.Scale || !slices.Equal(first.Values, c.Values) {
			l.addTo("type", "column.types", "read", c.Key, "want", first.Form+"."+first.Block)
		}
	}
	if own > MostOwnColumns {
		l.at(filePlan, "", "columns")
		l.addTo("", "column.many", "read", own, "want", MostOwnColumns)
	}
}

// changesOnly notes what only a column of the plan's own can say.
func (l *linter) changesOnly(c *Column) {
	for _, x := range []struct {
		field string
		set   bool
	}{{"scale", c.Scale != ""}, {"values", len(c.Values) > 0}, {"min", c.Min != nil}, {"max", c.Max != nil},
		{"limit", c.Limit != 0}, {"printed", len(c.Printed) > 0}} {
		if x.set {
			l.add("column.changes", "field", x.field)
		}
	}
}

// ownColumn notes what a column of the plan's own lacks, and what its type does not take.
func (l *linter) ownColumn(c *Column) {
	if !checkKnown(l, "type", c.Type, ColumnTypes()...) {
		return
	}
	l.checkGiven("title", c.Title, "help", c.Help)
	if !columnKey.MatchString(c.Key) {
		l.addTo("key", "column.key", "read", c.Key)
	}
	choice, text := c.Type == ColumnChoice, c.Type == ColumnText || c.Type == ColumnEvidence
	for _, x := range []struct {
		field    string
		set, may bool
	}{{"scale", c.Scale != "", choice}, {"values", len(c.Values) > 0, choice}, {"min", c.Min != nil, c.Numeric()},
		{"max", c.Max != nil, c.Numeric()}, {"limit", c.Limit != 0, text}} {
		if x.set && !x.may {
			l.add("column.unfit", "field", x.field, "type", string(c.Type))
		}
	}
	if choice {
		l.choices(c)
	}
	if c.Min != nil && c.Max != nil && *c.Min >= *c.Max {
		l.add("number", "field", "min", "read", *c.Min, "want", "< max")
	}
	for _, paper := range c.Printed {
		checkKnown(l, "printed", paper, PrintedIn()...)
	}
}

// choices notes a choice without anything to choose from, or with two lists.
func (l *linter) choices(c *Column) {
	if (c.Scale == "") == (len(c.Values) == 0) {
		l.addTo("scale", "column.choice")
		return
	}
	if c.Scale == "" {
		seen := map[string]bool{}
		for _, v := range c.Values {
			if seen[v] {
				l.add("twice", "field", "values", "read", v)
			}
			seen[v] = true
		}
		return
	}
	var scales []string
	for _, s := range l.p.Scales {
		scales = append(scales, s.ID)
	}
	checkKnown(l, "scale", c.Scale, slices.Compact(scales)...)
}

// Fault is a problem of a column that those tell who know the forms, in the words of
// plan.lint.<kind>.
func (p *Plan) Fault(i int, field, kind string, pairs ...any) Problem {
	c := &p.Columns[i]
	l := &linter{p: p}
	l.at(filePlan, c.Form+"."+c.Block+"."+c.Key, nth("columns", i))
	l.addTo(field, kind, pairs...)
	return l.problems[0]
}

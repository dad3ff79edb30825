package planbook

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
	"thidua/templates/xlsx"
)

// column is one field of a table. Its key is the field's path within the entry, as plan.Lint gives
// it.
type column struct {
	key      string
	at       func(row any) any // pointer to the field
	field    reflect.Type      // of the field
	width    float64
	set      string                    // closed set: codes shown by their names
	from     func(*plan.Plan) []string // open list to choose from
	id       bool                      // tells an entry from others
	child    bool                      // belongs to the entry below: an item, a level, a check
	monthDay bool                      // the plan keeps "01-15", the cell shows 15/01
	assumed  bool                      // says that the row is assumed
	later    bool                      // came after the first workbooks; one without it leaves it blank
}

// col declares a column over rows of T; at must point into the row it is given.
func col[T any](key string, width float64, at func(*T) any, more ...func(*column)) column {
	c := column{key: key, width: width, at: func(row any) any { return at(row.(*T)) }}
	c.field = reflect.TypeOf(at(new(T))).Elem()
	for _, f := range more {
		f(&c)
	}
	return c
}

func set(name string) func(*column)                  { return func(c *column) { c.set = name } }
func from(f func(*plan.Plan) []string) func(*column) { return func(c *column) { c.from = f } }
func id(c *column)                                   { c.id = true }
func child(c *column)                                { c.child = true }
func monthDay(c *column)                             { c.monthDay = true }
func later(c *column)                                { c.later = true }

// marks are the columns of a plan.Mark below a path.
func marks[T any](prefix string, at func(*T) *plan.Mark, more ...func(*column)) []column {
	yes := func(c *column) { c.assumed = true }
	return []column{
		col(prefix+"assumed", 9, func(t *T) any { return &at(t).Assumed }, append(more, yes)...),
		col(prefix+"note", 44, func(t *T) any { return &at(t).Note }, more...),
	}
}

var dateType = reflect.TypeFor[calendar.Date]()

func (c column) title(s sheet) string { return c.words(s, "") }

func (c column) help(s sheet) string {
	help := c.words(s, ".help")
	if c.set != "" {
		help += " " + wording.Text("plan.book.oneof", "list", strings.Join(names(c.set), " / "))
	}
	if c.field.Kind() == reflect.Slice {
		help += " " + wording.Text("plan.book.several")
	}
	return strings.TrimSpace(help)
}

// words looks a text up for the sheet, or for every sheet.
//
//wording:composed plan.book.
func (c column) words(s sheet, suffix string) string {
	own := "plan.book." + s.key + "." + c.key + suffix
	any := "plan.book.any." + c.key[strings.LastIndex(c.key, ".")+1:] + suffix
	switch {
	case wording.Has(own):
		return wording.Text(own)
	case wording.Has(any) || suffix == "":
		return wording.Text(any)
	}
	return ""
}

// blank is what a cell of the column takes before anything is written in it.
func (c column) blank(p *plan.Plan) xlsx.Entry {
	e := xlsx.Entry{Marks: c.assumed}
	switch kind := c.field.Kind(); {
	case c.field == dateType:
		e.Kind = xlsx.DateEntry
	case kind == reflect.Int || kind == reflect.Float64 || kind == reflect.Pointer:
		e.Kind = xlsx.NumberEntry
	case kind == reflect.Bool:
		e.List, e.Closed = []string{wording.Text("plan.book.yes"), wording.Text("plan.book.no")}, true
	case kind == reflect.Slice:
	case c.set == "group": // a plan has groups of its own, and may get more
		for _, g := range p.Groups {
			e.List = append(e.List, nameOf(c.set, string(g.ID)))
		}
	case c.set != "":
		e.List, e.Closed = names(c.set), true
	case c.from != nil:
		e.List = c.from(p)
	}
	return e
}

// write is what the cell shows.
func (c column) write(row any) string {
	v := reflect.ValueOf(c.at(row)).Elem()
	if d, ok := v.Interface().(calendar.Date); ok {
		return d.String()
	}
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			return wording.Text("plan.book.yes")
		}
		return ""
	case reflect.Slice:
		return c.writeList(v)
	case reflect.Pointer:
		if v.IsNil() {
			return ""
		}
		return strconv.FormatFloat(v.Elem().Float(), 'f', -1, 64)
	}
	if v.IsZero() {
		return ""
	}
	return c.writeOne(v)
}

func (c column) writeOne(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Int:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'f', -1, 64)
	}
	if m := isoMonthDay.FindStringSubmatch(v.String()); c.monthDay && m != nil {
		return m[2] + "/" + m[1]
	}
	return nameOf(c.set, v.String())
}

// writeList writes entries one after the other; one a line when an entry holds a semicolon itself.
func (c column) writeList(v reflect.Value) string {
	parts := make([]string, v.Len())
	lines := false
	for i := range parts {
		parts[i] = c.writeOne(v.Index(i))
		lines = lines || strings.Contains(parts[i], ";")
	}
	if lines {
		return strings.Join(parts, "\n") + "\n"
	}
	return strings.Join(parts, "; ")
}

var (
	isoMonthDay = regexp.MustCompile(`^(\d\d)-(\d\d)$`)
	dayMonth    = regexp.MustCompile(`^(\d{1,2})\s*[/.\-]\s*(\d{1,2})$`)
	dayOfYear   = regexp.MustCompile(`^(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})$`)
)

// read puts a cell into the row. The text, "" when all is well, says in Vietnamese what is wrong
// with the cell.
func (c column) read(row any, cell grid.Cell, date1904 bool) string {
	switch {
	case cell.Kind == grid.Error:
		return wording.Text("plan.book.bad.error", "read", cell.Text)
	case cell.NoCache:
		return wording.Text("plan.book.bad.formula")
	}
	v := reflect.ValueOf(c.at(row)).Elem()
	day, isDay := form.DayOf(cell, date1904)
	text := cellText(cell)
	wrong := func(want string) string { return wording.Text("plan.book.bad."+want, "read", text) }
	if text == "" {
		return ""
	}
	if v.Type() == dateType {
		if !isDay {
			day, isDay = readDay(text)
		}
		if !isDay {
			return wrong("day")
		}
		v.Set(reflect.ValueOf(day))
		return ""
	}
	if isDay { // a day where none belongs: the spreadsheet took a text for it
		if !c.monthDay {
			text = day.Short()
			return wrong("notaday")
		}
		text = fmt.Sprintf("%02d/%02d", day.Day, day.Month)
	}
	switch v.Kind() {
	case reflect.Bool:
		switch viet.Fold(text) {
		case "co", "x", "yes", "true", "dung", "1":
			v.SetBool(true)
		case "khong", "no", "false", "sai", "0":
		default:
			return wrong("yesno")
		}
	case reflect.Slice:
		parts := splitList(cell.Text, text)
		out := reflect.MakeSlice(v.Type(), len(parts), len(parts))
		for i, part := range parts {
			if !c.readOne(out.Index(i), part) {
				text = part
				return wrong("number")
			}
		}
		v.Set(out)
	case reflect.Pointer:
		x := reflect.New(v.Type().Elem())
		if !c.readOne(x.Elem(), text) {
			return wrong("decimal")
		}
		v.Set(x)
	default:
		if cell.Percent && v.Kind() == reflect.Int {
			text = strconv.FormatFloat(math.Round(cell.Number*1e6)/1e4, 'f', -1, 64)
		}
		if !c.readOne(v, text) {
			if v.Kind() == reflect.Float64 {
				return wrong("decimal")
			}
			return wrong("number")
		}
	}
	return ""
}

func (c column) readOne(v reflect.Value, text string) bool {
	switch v.Kind() {
	case reflect.Int:
		n, err := strconv.Atoi(strings.TrimSuffix(text, ".0"))
		v.SetInt(int64(n))
		return err == nil
	case reflect.Float64:
		x, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
		v.SetFloat(x)
		return err == nil && !math.IsInf(x, 0) && !math.IsNaN(x)
	}
	if m := dayMonth.FindStringSubmatch(text); c.monthDay && m != nil && !isoMonthDay.MatchString(text) {
		day, _ := strconv.Atoi(m[1])
		month, _ := strconv.Atoi(m[2]) // digits only, both
		text = fmt.Sprintf("%02d-%02d", month, day)
	}
	v.SetString(codeOf(c.set, text))
	return true
}

// cellText is a cell's content as a person would say it.
func cellText(c grid.Cell) string {
	if c.Kind == grid.Number && c.Number == math.Trunc(c.Number) && math.Abs(c.Number) < 1e15 {
		return strconv.FormatFloat(c.Number, 'f', -1, 64)
	}
	return strings.TrimSpace(viet.NFC(c.Text))
}

// splitList splits at line breaks where there are any, else at semicolons.
func splitList(raw, text string) []string {
	sep := ";"
	if strings.Contains(raw, "\n") {
		sep = "\n"
	}
	var out []string
	for part := range strings.SplitSeq(text, sep) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// readDay reads 31/12/2018 and what calendar.ParseISO reads.
func readDay(text string) (calendar.Date, bool) {
	if m := dayOfYear.FindStringSubmatch(text); m != nil {
		n := [3]int{}
		for i := range n {
			n[i], _ = strconv.Atoi(m[i+1]) // digits only
		}
		d := calendar.Date{Year: n[2], Month: n[1], Day: n[0]}
		return d, d.Valid() && !d.Partial()
	}
	d, err := calendar.ParseISO(text)
	return d, err == nil
}

// sets are the closed sets of a plan: the codes that the cells show by their names.
var sets = map[string][]string{
	"period": {string(plan.Annual), string(plan.Stage), string(plan.AdHoc)},
	"group":  {string(plan.Offices), string(plan.Communes)},
	"role": {string(plan.RoleHead), string(plan.RoleCommuneLeader), string(plan.RoleDirectWorker),
		string(plan.RoleOther)},
	"nominee":     {string(plan.Collective), string(plan.Individual)},
	"part":        {plan.PartProposal, plan.PartReport, plan.PartMinutes, plan.PartList},
	"award":       {"city", "province"},
	"base":        {string(plan.TotalMembers), string(plan.PresentMembers), string(plan.ValidBallots)},
	"member":      {plan.CouncilChair, plan.CouncilVice, plan.CouncilSecretary, plan.CouncilMember},
	"basis":       {string(plan.Declared), string(plan.Official)},
	"approval":    plan.ApprovalForms(),
	"absent":      {plan.NotApplicable},
	"deadline":    {"registration", "dossier"},
	"event":       {plan.SessionEvent, plan.DecisionEvent},
	"audience":    {string(plan.ToOffice), string(plan.ToCouncil), string(plan.ToUnits), string(plan.ToMissingUnits)},
	"day":         {holiday, workday},
	"certificate": plan.CertFields(),
	"align":       {"left", "center", "right"},
	"combination": {string(plan.EveryYear), string(plan.LastYear)},
	"form":        formIDs(),
	"block":       blockKeys(),
	"type":        columnTypes(),
	"derived": {string(plan.DerivedShare), string(plan.DerivedSum), string(plan.DerivedDifference),
		string(plan.DerivedTotal)},
	"answer":  {plan.AnswerYes, plan.AnswerNo},
	"printed": plan.PrintedIn(),
	"check": {string(plan.CheckIs), string(plan.CheckYes), string(plan.CheckAtLeast), string(plan.CheckNone),
		string(plan.CheckMin),
		string(plan.CheckMax), string(plan.CheckBefore), string(plan.CheckAfter), string(plan.CheckGiven),
		string(plan.CheckCites),
		string(plan.CheckRegistered), string(plan.CheckComplete), string(plan.CheckCouncil), string(plan.CheckAll),
		string(plan.CheckAny)},
}

func formIDs() []string {
	var out []string
	for _, f := range templates.Forms() {
		out = append(out, f.ID)
	}
	return out
}

// blockKeys are those of all forms, each once.
func blockKeys() []string {
	var out []string
	for _, f := range templates.Forms() {
		for _, b := range f.Blocks() {
			if !slices.Contains(out, b.Key) {
				out = append(out, b.Key)
			}
		}
	}
	return out
}

func columnTypes() []string {
	var out []string
	for _, t := range plan.ColumnTypes() {
		out = append(out, string(t))
	}
	return out
}

// nameOf is the name of a code of a closed set; any other text is shown as it is.
func nameOf(set, code string) string {
	if slices.Contains(sets[set], code) {
		return wording.Text("plan.choice." + set + "." + code)
	}
	return code
}

func names(set string) []string {
	out := make([]string, len(sets[set]))
	for i, code := range sets[set] {
		out[i] = nameOf(set, code)
	}
	return out
}

// codeOf is the code a name or a code means; any other text is kept, for plan.Lint to name.
func codeOf(set, text string) string {
	for _, code := range sets[set] {
		if text == code || viet.Fold(text) == viet.Fold(nameOf(set, code)) {
			return code
		}
	}
	return text
}

package templates

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// terms are what forms say of a plan, and what they leave out under it. Forms of plans with the
// same terms are the same.
type terms struct {
	words   map[string]string // of the placeholders in the texts of forms
	stage   []int             // years of the stage
	lists   map[string]bool   // the scales that the plan has; nil for all
	lacks   map[condition]bool
	cites   map[string]string       // the plan's numbers of clauses, where they are other than those of the files
	columns []plan.Column           // what the plan changes and adds
	groups  map[plan.GroupID]string // titles
	key     string                  // the same for the same terms, whatever the stage
}

// builtIn are the terms in which forms stand that were fitted to no plan: those of the built-in
// one. They are written down so that no program needs that plan only to know a form.
var builtIn = terms{
	words: map[string]string{
		"year": "2018", "movement": "thực hiện cải cách hành chính", "reform": "x", "procedures": "x",
		"office": "Phòng Nội vụ", "issuer": "UBND thành phố Thái Nguyên", "chair": "Chủ tịch UBND thành phố",
		"authority": "UBND thành phố", "town": "Thái Nguyên", "contents": "Bốn", "index": "Chỉ số CCHC",
		"communes": "xã, phường", "others": "phòng, ban, đơn vị",
		"copies": "01 bộ đối với khen thưởng cấp thành phố, 02 bộ đối với khen thưởng cấp tỉnh",
		"unit":   "UBND phường Tân Thịnh", "locality": "phường Tân Thịnh", "code": "05452",
		"head": "Chủ tịch UBND phường", "mail": "tanthinh@thainguyen.example", "domain": "thainguyen.example",
		"account": "phuongtanthinh",
	},
	stage: []int{2018, 2019, 2020},
}

func init() { builtIn.settle() }

// settle makes the key.
func (t *terms) settle() {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(t.words)) {
		fmt.Fprintf(&b, "%s=%s\n", name, t.words[name])
	}
	for _, list := range askedScales() {
		if t.lists != nil && !t.lists[list] {
			fmt.Fprintln(&b, "no", list)
		}
	}
	for _, what := range []condition{procedures, discipline, indexed} {
		if t.lacks[what] {
			fmt.Fprintln(&b, "without", what)
		}
	}
	for _, ref := range citable {
		if own, ok := t.cites[ref]; ok {
			fmt.Fprintln(&b, ref, "is", own)
		}
	}
	for _, c := range t.columns {
		text, err := json.Marshal(c)
		if err != nil {
			panic(err) // texts and numbers that were read from a file
		}
		b.Write(text)
		for _, g := range c.Groups {
			b.WriteString(t.groups[g])
		}
	}
	t.key = b.String()
}

// askedScales are the scales that fields of forms choose from, sorted.
var askedScales = sync.OnceValue(func() []string {
	names := map[string]bool{}
	for _, d := range declarations {
		for _, s := range d.Sheets {
			for _, b := range s.Blocks {
				for _, x := range b.Fields {
					if ofScale(x.List) {
						names[x.List] = true
					}
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
})

// ofScale reports whether a list is a scale of the plan.
func ofScale(list string) bool {
	switch list {
	case "", listUnits, listRoles, listGroups, listStages, listAwards, listLevels:
		return false
	}
	return true
}

// say is a text in the plan's words.
func (t terms) say(text string) string { return strings.TrimSpace(say(text, t.words)) }

// cite is the plan's number of a clause.
func (t terms) cite(ref string) string {
	if own, ok := t.cites[ref]; ok {
		return own
	}
	return ref
}

// asks reports whether the plan asks for a field.
func (t terms) asks(x field) bool {
	if x.Where != "" {
		return !t.lacks[x.Where]
	}
	return !ofScale(x.List) || t.lists == nil || t.lists[x.List]
}

// fits are the forms of other plans, by form and terms: few, those of the plans this process has
// loaded.
var fits sync.Map

type fitKey struct{ form, terms, stage string }

// Fit is a form as a plan asks for it in a round: with the years of the stage, without columns for
// what the plan does not have, and with helps and examples in its own words. Under the built-in
// plan it is the form as declared. The same plan gives the same form.
func Fit(f *form.Form, p *plan.Plan, period plan.Period) *form.Form {
	return fit(f, p, stageOf(p, period))
}

// Fits are the forms as a plan asks for them, the dossier of a stage once for each stage of other
// years: what a workbook can be.
func Fits(p *plan.Plan) []*form.Form { return formsOf(p).fits() }

// planForms is a plan and what forms say of it, made once: plans are read-only, and a process reads
// one workbook after another under the same.
type planForms struct {
	plan  *plan.Plan
	terms terms
	fits  func() []*form.Form
}

// lastPlanForms is that of the plan asked about last. Without it, a check of 500 workbooks takes
// 1.14 times the processor time.
var lastPlanForms atomic.Pointer[planForms]

func formsOf(p *plan.Plan) *planForms {
	if last := lastPlanForms.Load(); last != nil && last.plan == p {
		return last
	}
	a := &planForms{plan: p, terms: termsOf(p),
		fits: sync.OnceValue(func() []*form.Form { return slices.Clip(fitsOf(p)) })}
	lastPlanForms.Store(a)
	return a
}

func fitsOf(p *plan.Plan) []*form.Form {
	var out []*form.Form
	for _, f := range forms {
		if f == StageForm {
			for _, per := range p.Periods {
				if x := fit(f, p, stageOf(p, per)); per.Kind == plan.Stage && !slices.Contains(out, x) {
					out = append(out, x)
				}
			}
			if slices.ContainsFunc(out, func(x *form.Form) bool { return x.ID == f.ID }) {
				continue
			}
		}
		out = append(out, fit(f, p, stageOf(p, plan.Period{})))
	}
	return out
}

// Used are the forms that a plan has any use for: a dossier of a stage needs a stage, a report of
// communes needs communes.
func Used(p *plan.Plan) []*form.Form {
	return slices.DeleteFunc(Forms(), func(f *form.Form) bool {
		return f.From == form.FromUnit &&
			!slices.ContainsFunc(p.Units, func(u plan.Unit) bool { return MaySend(p, f, u) })
	})
}

// stageOf are the years of the stage that a round is, or that it is part of; those of the built-in
// plan where there is none.
func stageOf(p *plan.Plan, period plan.Period) []int {
	years := []int{2018, 2019, 2020}
	found := false
	for _, x := range p.Periods {
		if x.Kind == plan.Stage && (x.ID == period.ID || !found) {
			years, found = x.Years[:min(len(x.Years), plan.MostYears)], true
		}
	}
	return years
}

// citable are the clauses that forms and findings cite.
var citable = []string{"I.2", "II.1", "II.2", "III.1", "III.1.2", "III.1.3", "III.2", "III.2.1", "III.2.2", "III.3",
	"III.4", "IV.1", "IV.2", "IV.3"}

// Cite gives findings the plan's own numbers of the clauses they cite. It returns them.
func Cite(p *plan.Plan, all []finding.Finding) []finding.Finding {
	for i := range all {
		if ref := all[i].Clause; ref != "" {
			if _, ok := p.Clause(ref); !ok {
				all[i].Clause = p.Cite(ref)
			}
		}
	}
	return all
}

func fit(f *form.Form, p *plan.Plan, stage []int) *form.Form {
	d, ok := declarations[f.ID]
	if !ok {
		return f
	}
	t := formsOf(p).terms
	if t.stage = builtIn.stage; f.ID == StageForm.ID {
		t.stage = stage
	}
	if t.key == builtIn.key && slices.Equal(t.stage, builtIn.stage) {
		declared, _ := Lookup(f.ID)
		return declared
	}
	key := fitKey{f.ID, t.key, fmt.Sprint(t.stage)}
	if made, ok := fits.Load(key); ok {
		return made.(*form.Form)
	}
	made, _ := fits.LoadOrStore(key, d.form(t))
	return made.(*form.Form)
}

// termsOf are the terms of a plan.
func termsOf(p *plan.Plan) terms {
	t := terms{words: wordsOf(p), lists: map[string]bool{}, lacks: map[condition]bool{}, cites: map[string]string{},
		columns: p.Columns}
	for _, s := range p.Scales {
		t.lists[s.ID] = true
	}
	for _, ref := range citable {
		if own := p.Cite(ref); own != ref {
			t.cites[ref] = own
		}
	}
	if len(p.Columns) > 0 {
		t.groups = map[plan.GroupID]string{}
		for _, g := range p.Groups {
			t.groups[g.ID] = g.Title
		}
	}
	facts := map[string]bool{}
	for _, c := range p.Criteria {
		for _, leaf := range c.Check.Leaves() {
			facts[leaf.Fact] = true
		}
	}
	for _, o := range p.Order {
		facts[o.Fact] = true
	}
	measured := t.lists[listIndex]
	for fact := range facts {
		measured = measured || strings.HasPrefix(fact, "index.")
	}
	t.lacks[indexed] = !measured
	t.lacks[discipline] = !facts[factDiscipline]
	t.lacks[procedures] = t.words["procedures"] == ""
	t.settle()
	return t
}

// wordsOf are a plan's words of the placeholders.
func wordsOf(p *plan.Plan) map[string]string {
	words := map[string]string{
		"movement": p.MovementWithin(), "office": p.Office.Name, "issuer": p.Issuer.Short, "chair": p.Issuer.Chair,
		"authority": cmp.Or(trimBeginning(p.Issuer.Chair, "Chủ tịch "), p.Issuer.Short),
		"town":      cmp.Or(town(p.Place), "tỉnh"), "contents": number(len(p.Contents)), "index": "Chỉ số CCHC",
		"others": "đơn vị khác",
	}
	year := 2018
	for i, per := range p.Periods {
		if y := per.From.Year; y > 0 && (i == 0 || y < year) {
			year = y
		}
	}
	words["year"] = strconv.Itoa(year)
	if g, ok := p.Group(plan.Communes); ok {
		words["communes"] = within(g.Title)
		for _, x := range p.Groups {
			if x.ID != g.ID {
				words["others"] = within(x.Title)
				break
			}
		}
	}
	for _, s := range p.Scales {
		if name := trimBeginning(s.Title, "Xếp loại "); s.ID == listIndex && name != "" {
			words["index"] = name
		}
	}
	about := viet.Fold(p.Movement)
	reform := strings.Contains(about, "cai cach hanh chinh") || strings.Contains(about, "cchc")
	reforms := reform
	for _, c := range p.Contents {
		about := viet.Fold(c.Title + " " + c.Text)
		reforms = reforms || strings.Contains(about, "thu tuc hanh chinh") || strings.Contains(about, "tthc")
	}
	if reform {
		words["reform"] = "x"
	}
	if reforms {
		words["procedures"] = "x"
	}
	var copies []string
	for _, c := range p.Copies {
		copies = append(copies, fmt.Sprintf("%02d bộ đối với %s", c.Sets, within(c.Title)))
	}
	words["copies"] = cmp.Or(strings.Join(copies, ", "), "Theo quy định của Kế hoạch")
	u := exampleUnit(p)
	words["unit"], words["code"], words["head"] = u.Name, u.Code, cmp.Or(u.Head, "Thủ trưởng đơn vị")
	words["locality"], words["mail"] = cmp.Or(trimBeginning(u.Name, "UBND "), u.Name), "donvi@coquan.example"
	if m := u.Mailboxes(); len(m) > 0 {
		words["mail"] = m[0]
	}
	words["account"], words["domain"], _ = strings.Cut(words["mail"], "@")
	// a unit may have mailboxes that say in full what it is
	if full := strings.ReplaceAll(viet.Fold(words["locality"]), " ", ""); strings.HasSuffix(full, words["account"]) {
		words["account"] = full
	}
	return words
}

// exampleUnit is the unit that stands in examples: that of the built-in plan, else the first of the
// group with most units.
func exampleUnit(p *plan.Plan) plan.Unit {
	if u, ok := p.UnitByCode(builtIn.words["code"]); ok && u.Name == builtIn.words["unit"] {
		return u
	}
	n := map[plan.GroupID]int{}
	for _, x := range p.Units {
		n[x.Group]++
	}
	u := plan.Unit{}
	for _, x := range p.Units {
		if u.Code == "" || n[x.Group] > n[u.Group] {
			u = x
		}
	}
	return u
}

// Indexed reports whether a plan ranks its units by an index, such as that of administrative reform
// (Plan III.2.1).
func Indexed(p *plan.Plan) bool { return !formsOf(p).terms.lacks[indexed] }

// FieldTitle is the title of a field as the plan's form has it, "" where the plan does not ask for
// it.
func FieldTitle(f *form.Form, p *plan.Plan, block, key string) string {
	return form.Context{Form: Fit(f, p, plan.Period{})}.Title(block, key)
}

// within is a title as it stands within a sentence.
func within(title string) string {
	r, n := utf8.DecodeRuneInString(title)
	if next, _ := utf8.DecodeRuneInString(title[n:]); n == 0 || unicode.IsUpper(next) {
		return title
	}
	return string(unicode.ToLower(r)) + title[n:]
}

// trimBeginning is what follows a beginning, "" where the text does not begin so.
func trimBeginning(s, beginning string) string {
	if out, ok := strings.CutPrefix(s, beginning); ok {
		return out
	}
	return ""
}

// town is the name in a địa danh: "Thái Nguyên" of "TP. Thái Nguyên".
func town(place string) string {
	for _, title := range []string{"TP. ", "TP.", "Thành phố ", "Thị xã ", "Huyện ", "Phường ", "Xã "} {
		if out := trimBeginning(place, title); out != "" {
			return out
		}
	}
	return place
}

// number is a number as a sentence begins with it.
func number(n int) string {
	words := []string{"Các", "Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười"}
	if n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}

package templates

import (
	"cmp"
	"fmt"
	"regexp"
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

// Forms are declared in the words of the built-in plan: its years, its offices and communes, its
// index, administrative reform. Fit puts another plan's own in their place, and leaves out what it
// does not ask for.

// What a plan must have for a field to be asked, beside the scale of the field's own list.
const (
	procedures     = "procedures" // contents, criteria or a movement about administrative procedures
	factDiscipline = "discipline" // a criterion that looks at the discipline register
)

// where leaves a whole block out of the forms of a plan that does not have what is named.
func where(what string, b form.Block) form.Block {
	for i := range b.Fields {
		b.Fields[i].Where = what
	}
	return b
}

// terms are what forms say of a plan. Forms of plans with the same terms are the same.
type terms struct {
	year                                             int    // the first year of the plan
	stage                                            string // the years of the stage
	movement, office, issuer, chair, authority, town string
	unit, code, head, mail, place                    string // of the unit in examples
	// names of groups within a sentence, "" where there is no group of communes
	communes, others                         string
	index                                    string // name of the units' index
	contents, copies                         string
	reform, procedures, discipline, measured bool   // measured: the plan has an index
	lists                                    string // scales the plan has
	// its numbers of the clauses that forms and findings cite, "" where they are those of the
	// declarations
	cites string
}

var builtIn = sync.OnceValue(func() terms {
	p, err := plan.Default()
	if err != nil {
		panic(err) // the plan is part of the program
	}
	t := termsOf(p)
	t.stage = fmt.Sprint([]int{2018, 2019, 2020})
	return t
})

// fits are the forms of other plans, by form and terms: few, those of the plans this process has
// loaded.
var fits sync.Map

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

type fitKey struct {
	form string
	terms
}

func fit(f *form.Form, p *plan.Plan, stage []int) *form.Form {
	t := formsOf(p).terms
	if t.stage = builtIn().stage; f.ID == StageForm.ID {
		t.stage = fmt.Sprint(stage)
	}
	at := slices.IndexFunc(forms, func(x *form.Form) bool { return x.ID == f.ID })
	if at < 0 {
		return f
	}
	declared := forms[at]
	if t == builtIn() {
		return declared
	}
	key := fitKey{f.ID, t}
	if made, ok := fits.Load(key); ok {
		return made.(*form.Form)
	}
	if f.ID == StageForm.ID {
		declared = stageForm(stage)
	}
	say, show := t.replacers()
	out := declared.Fit(form.Fitting{
		Asks: t.asks, Say: say.Replace, Cite: p.Cite,
		Show: func(x form.Field, example string) string {
			if example == clerk && !t.reform {
				example = "Cán bộ phụ trách phong trào thi đua"
			}
			if !t.procedures {
				example = cmp.Or(otherExamples[example], example)
			}
			return t.years(show.Replace(example))
		},
	})
	form.Settle(out)
	made, _ := fits.LoadOrStore(key, out)
	return made.(*form.Form)
}

func termsOf(p *plan.Plan) terms {
	t := terms{
		year: 2018, movement: p.MovementWithin(), office: p.Office.Name, issuer: p.Issuer.Short, chair: p.Issuer.Chair,
		town:      town(p.Place),
		authority: cmp.Or(trimBeginning(p.Issuer.Chair, "Chủ tịch "), p.Issuer.Short),
		contents:  number(len(p.Contents)), index: "Chỉ số CCHC",
	}
	for i, per := range p.Periods {
		if y := per.From.Year; y > 0 && (i == 0 || y < t.year) {
			t.year = y
		}
	}
	if g, ok := p.Group(plan.Communes); ok {
		t.communes = within(g.Title)
		for _, x := range p.Groups {
			if x.ID != g.ID && t.others == "" {
				t.others = within(x.Title)
			}
		}
	}
	t.example(p)
	var lists strings.Builder
	for i, s := range p.Scales {
		if i == 0 || s.ID != p.Scales[i-1].ID {
			lists.WriteString(s.ID + ";")
		}
		if s.ID == listIndex {
			t.measured = true
			if name := trimBeginning(s.Title, "Xếp loại "); name != "" {
				t.index = name
			}
		}
	}
	t.lists = lists.String()
	own, same := make([]string, len(citable)), true
	for i, ref := range citable {
		own[i] = p.Cite(ref)
		same = same && own[i] == ref
	}
	if !same {
		t.cites = strings.Join(own, ";")
	}
	for _, c := range p.Criteria {
		for _, leaf := range c.Check.Leaves() {
			t.discipline = t.discipline || leaf.Fact == factDiscipline
			t.measured = t.measured || strings.HasPrefix(leaf.Fact, "index.")
		}
	}
	for _, o := range p.Order {
		t.measured = t.measured || strings.HasPrefix(o.Fact, "index.")
		t.discipline = t.discipline || o.Fact == factDiscipline
	}
	about := viet.Fold(p.Movement)
	t.reform = strings.Contains(about, "cai cach hanh chinh") || strings.Contains(about, "cchc")
	t.procedures = t.reform
	for _, c := range p.Contents {
		about := viet.Fold(c.Title + " " + c.Text)
		t.procedures = t.procedures || strings.Contains(about, "thu tuc hanh chinh") || strings.Contains(about, "tthc")
	}
	var copies []string
	for _, c := range p.Copies {
		copies = append(copies, fmt.Sprintf("%02d bộ đối với %s", c.Sets, within(c.Title)))
	}
	t.copies = strings.Join(copies, ", ")
	return t
}

// Indexed reports whether a plan ranks its units by an index, such as that of administrative reform
// (Plan III.2.1).
func Indexed(p *plan.Plan) bool { return formsOf(p).terms.measured }

// FieldTitle is the title of a field as the plan's form has it, "" where the plan does not ask for
// it.
func FieldTitle(f *form.Form, p *plan.Plan, block, key string) string {
	return form.Context{Form: Fit(f, p, plan.Period{})}.Title(block, key)
}

// example chooses the unit that stands in examples: that of the declarations, else the first of the
// group with most units.
func (t *terms) example(p *plan.Plan) {
	u, ok := p.UnitByCode("05452")
	if !ok || u.Name != "UBND phường Tân Thịnh" {
		n := map[plan.GroupID]int{}
		for _, x := range p.Units {
			n[x.Group]++
		}
		u = plan.Unit{}
		for _, x := range p.Units {
			if u.Code == "" || n[x.Group] > n[u.Group] {
				u = x
			}
		}
	}
	t.unit, t.code, t.head = u.Name, u.Code, u.Head
	t.place = cmp.Or(trimBeginning(u.Name, "UBND "), u.Name)
	if m := u.Mailboxes(); len(m) > 0 {
		t.mail = m[0]
	}
}

// asks reports whether the plan asks for a field.
func (t terms) asks(f form.Field) bool {
	switch f.Where {
	case procedures:
		return t.procedures
	case factDiscipline:
		return t.discipline
	case listIndex:
		return t.measured
	}
	switch f.List {
	case "", listUnits, listRoles, listGroups, listStages, listAwards, listLevels:
		return true
	}
	return strings.Contains(";"+t.lists, ";"+f.List+";")
}

// replacers replaces the words of the built-in plan: in titles and helps, and in examples.
func (t terms) replacers() (say, show *strings.Replacer) {
	var pairs []string
	put := func(was, now string) {
		if was != now {
			pairs = append(pairs, was, now)
		}
	}
	put("BẢN ĐĂNG KÝ THI ĐUA THỰC HIỆN CẢI CÁCH HÀNH CHÍNH",
		strings.TrimSpace("BẢN ĐĂNG KÝ THI ĐUA "+strings.ToUpper(t.movement)))
	put("Bốn nội dung", t.contents+" nội dung")
	put("01 bộ đối với khen thưởng cấp thành phố, 02 bộ đối với khen thưởng cấp tỉnh",
		cmp.Or(t.copies, "Theo quy định của Kế hoạch"))
	if t.communes == "" {
		put("Mã đơn vị hành chính đối với xã, phường; mã do Phòng Nội vụ đặt đối với phòng, ban, đơn vị.",
			"Mã đơn vị trong danh sách của "+t.office+".")
		put("; chỉ UBND xã, phường và Chủ tịch, Phó Chủ tịch xã, phường", "")
		put("; chỉ UBND xã, phường", "")
		put(" (Chủ tịch, PCT xã, phường)", "")
		put("Chỉ ghi với Chủ tịch, Phó Chủ tịch xã, phường; để trống nếu chưa công bố.", "Để trống nếu chưa công bố.")
		put(" CỦA UBND CÁC XÃ, PHƯỜNG", " CỦA CÁC ĐƠN VỊ")
		put("Tên xã, phường.", "Tên đơn vị.")
		put("Thứ hạng trong các xã, phường.", "Thứ hạng trong các đơn vị.")
		put(" cấp xã", "")
		put("Số nhà, đường, phường.", "Địa chỉ đầy đủ.")
	} else {
		put("xã, phường", t.communes)
		put("XÃ, PHƯỜNG", strings.ToUpper(t.communes))
		put("phòng, ban, đơn vị", cmp.Or(t.others, "đơn vị khác"))
	}
	if !t.reform {
		for was, now := range map[string]string{
			"nhiệm vụ cải cách hành chính, giải quyết":    "nhiệm vụ giải quyết",
			"nhiệm vụ CCHC, TTHC":                         "nhiệm vụ giải quyết TTHC",
			"nhiệm vụ CCHC":                               "nhiệm vụ của phong trào",
			"công tác thi đua, CCHC":                      "công tác thi đua, khen thưởng",
			"TUYÊN TRUYỀN CẢI CÁCH HÀNH CHÍNH":            "TUYÊN TRUYỀN PHONG TRÀO THI ĐUA",
			"về cải cách hành chính":                      "về phong trào thi đua",
			"trong công tác cải cách hành chính":          "trong phong trào thi đua",
			"các nội dung CCHC":                           "các nội dung của phong trào",
			"kế hoạch CCHC của đơn vị":                    "kế hoạch của đơn vị",
			"trong cải cách hành chính":                   "trong phong trào thi đua",
			"Cải cách hành chính với người dân thành phố": "Phong trào thi đua với người dân",
			"giải pháp cải cách thủ tục":                  "giải pháp mới",
		} {
			put(was, now)
		}
	}
	put("Chỉ số CCHC", t.index)
	put("CHỈ SỐ CCHC", strings.ToUpper(t.index))
	put("Phòng Nội vụ", t.office)
	put("Chủ tịch UBND thành phố", t.chair)
	say = longestFirst(pairs)
	put("UBND phường Tân Thịnh", t.unit)
	put("phường Tân Thịnh", t.place)
	put("05452", t.code)
	put("Chủ tịch UBND phường", cmp.Or(t.head, "Thủ trưởng đơn vị"))
	put("phuongtanthinh@thainguyen.example", cmp.Or(t.mail, "donvi@coquan.example"))
	put("tanthinh@thainguyen.example", cmp.Or(t.mail, "donvi@coquan.example"))
	_, domain, _ := strings.Cut(cmp.Or(t.mail, "donvi@coquan.example"), "@")
	put("@thainguyen.example", "@"+domain)
	put("Báo Thái Nguyên", "Báo "+cmp.Or(t.town, "tỉnh"))
	put("UBND thành phố", t.authority)
	return say, longestFirst(pairs)
}

// longestFirst is a replacer that takes the longest of the phrases that begin at one place.
func longestFirst(pairs []string) *strings.Replacer {
	type pair struct{ was, now string }
	var all []pair
	for p := range slices.Chunk(pairs, 2) {
		all = append(all, pair{p[0], p[1]})
	}
	slices.SortFunc(all, func(a, b pair) int {
		return cmp.Or(cmp.Compare(len(b.was), len(a.was)), strings.Compare(a.was, b.was))
	})
	var out []string
	for _, p := range all {
		out = append(out, p.was, p.now)
	}
	return strings.NewReplacer(out...)
}

var exampleYear = regexp.MustCompile(`\b201[5-9]\b`)

// years moves the years of an example by as many as the plan begins after 2018.
func (t terms) years(example string) string {
	return exampleYear.ReplaceAllStringFunc(example, func(s string) string {
		y, err := strconv.Atoi(s)
		if err != nil {
			return s
		}
		return strconv.Itoa(y + t.year - 2018)
	})
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

// clerk is the position in the examples of the built-in plan's forms.
const clerk = "Công chức Văn phòng - Thống kê"

// otherExamples are examples for plans that have nothing to do with administrative procedures.
var otherExamples = map[string]string{
	"Giải quyết hồ sơ đúng hạn đạt 98%":                           "Hoàn thành 100% nhiệm vụ đúng tiến độ",
	"Đúng hạn 98,7%":                                              "Hoàn thành 100%",
	"Do thay đổi phần mềm":                                        "Do thiếu kinh phí",
	"Đúng hạn 99%; 2 giải pháp cải cách thủ tục":                  "Hoàn thành 12/12 chỉ tiêu; 2 giải pháp mới",
	"Đúng hạn trên 98% cả ba năm; 5 giải pháp cải cách thủ tục":   "Hoàn thành các chỉ tiêu hằng năm; 5 giải pháp mới",
	"Giải quyết 812 hồ sơ, không hồ sơ nào quá hạn":               "Hoàn thành 12/12 nhiệm vụ, không nhiệm vụ nào chậm",
	"Giải quyết 2.436 hồ sơ, không hồ sơ nào quá hạn":             "Hoàn thành 36/36 nhiệm vụ, không nhiệm vụ nào chậm",
	"Tiếp nhận 3.120 hồ sơ, đúng hạn 99%":                         "Hoàn thành 12/12 chỉ tiêu đã đăng ký",
	"Niêm yết thủ tục bằng mã QR":                                 "Tổ tự quản theo nhóm hộ",
	"Niêm yết thủ tục bằng mã QR, QĐ 120/QĐ-UBND ngày 12/11/2018": "Tổ tự quản theo nhóm hộ, QĐ số 120 ngày 12/11/2018",
	"Mẫu hướng dẫn điền tờ khai, QĐ 120/QĐ-UBND ngày 12/11/2018": "Sổ theo dõi công việc chung, " +
		"QĐ số 120 ngày 12/11/2018",
	"120/QĐ-UBND ngày 12/11/2018 của UBND phường":          "Số 120 ngày 12/11/2018",
	"Tỷ lệ hồ sơ trực tuyến còn thấp":                      "Một chỉ tiêu chậm tiến độ",
	"Mở chuyên mục hỏi đáp về thủ tục hành chính":          "Mở chuyên mục người tốt, việc tốt",
	"Hướng dẫn người dân nộp hồ sơ trực tuyến mức độ 3, 4": "Sổ theo dõi công việc chung của đơn vị",
	"Bộ phận tiếp nhận và trả kết quả":                     "Tổ chuyên môn",
	"Bộ phận tiếp nhận và trả kết quả phường Tân Thịnh":    "Tổ chuyên môn, phường Tân Thịnh",
	"Quản lý nhà nước trên địa bàn phường":                 "Thực hiện nhiệm vụ chuyên môn được giao",
	"Viết phần mềm tra cứu hồ sơ, được 12 phường áp dụng":  "Cứu người gặp nạn trong mưa lũ",
	"Phòng họp UBND phường":                                "Phòng họp của đơn vị",
	"Phối hợp với các phường trung tâm":                    "Phối hợp với các đơn vị",
}

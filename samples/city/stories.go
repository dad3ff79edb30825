package city

import (
	"math/rand/v2"
	"slices"

	"github.com/xuri/excelize/v2"

	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// story is what happens to one registration or dossier on its way. The hooks are applied in the
// order of the fields; each may be nil.
type story struct {
	what     string
	group    plan.GroupID // of the unit it happens to, "" for any
	harmless bool         // costs nobody an award, so it may happen to the communes that stand high
	people   int          // how many persons of one role it needs, 0 for any number
	at       *moment      // when the mail arrives; nil for any hour of the season
	cast     func(*unit)  // before anything is written
	value    func(*draft) // on the filled form
	sheet    func(*draft, *excelize.File) error
	file     func(*draft, []byte) ([]byte, error)
	mail     func(*postman, *draft, *Mail) error
	arrival  []finding.Code
	reply    string // what the unit writes with its correction, sent as a reply to the receipt; "" when it sends none
	again    string // what the unit writes when it sends the same a second time of its own accord
	twice    bool   // the same bytes are delivered a second time
}

// registrationStories are the stories of registrations (Plan III.4, first part).
var registrationStories = []story{
	{what: "two required cells are blank", reply: "đã điền bổ sung các ô còn thiếu", value: func(d *draft) {
		r := d.value.(*templates.Registration)
		r.Unit.Staff, r.Targets[1].Due = form.Value{}, form.Value{}
		d.plant(finding.Missing, "unit", "staff", 0, "the number of staff is blank")
		d.plant(finding.Missing, "targets", "due", 1, "the second target has no day")
	}},
	{what: "an Excel 97-2003 workbook", reply: "đã lưu lại tệp dạng .xlsx",
		file: replaceBy("legacy.xls", ".xls", finding.OldXLS)},
	{what: "a workbook with a password", reply: "đã bỏ mật khẩu của tệp",
		file: replaceBy("password.xlsx", "", finding.Encrypted)},
	{what: "two days late", at: &moment{0, 3, 12, 9, 41, 7}, arrival: []finding.Code{finding.Late}},
	{what: "on the day that the plan names", at: &moment{0, 3, 10, 8, 15, 0},
		arrival: []finding.Code{finding.OnTheDay}},
	{what: "the last second in time", harmless: true, at: &moment{0, 3, 9, 23, 59, 59}},
	{what: "the same mail twice", harmless: true, twice: true},
	{what: "names in decomposed Unicode (NFD)", harmless: true, sheet: decompose("individuals")},
	{what: "nobody is registered", group: plan.Offices, cast: func(u *unit) { u.nominates, u.people = false, nil },
		value: func(d *draft) {
			d.value.(*templates.Registration).Collectives = nil
		}},
	{what: "the workbook was forgotten", harmless: true, reply: "xin lỗi vì đã quên đính kèm, nay gửi lại mẫu",
		arrival: []finding.Code{finding.NoWorkbook},
		mail:    func(_ *postman, _ *draft, m *Mail) error { m.Attachments = nil; return nil }},
	{what: "another unit's workbook", reply: "đã gửi nhầm tệp, nay gửi lại đúng mẫu của đơn vị",
		arrival: []finding.Code{finding.WrongUnit}, value: func(d *draft) {
			d.issuer = d.city.other(d.unit)
			d.value = d.city.registration(d.issuer)
		}},
	{what: "three rows inserted above the headers, and a blank name under them", harmless: true,
		sheet: lower("individuals", 3), reply: "đã bổ sung họ và tên",
		value: func(d *draft) {
			d.value.(*templates.Registration).Individuals[0].Name = form.Value{}
			d.plant(finding.Missing, "individuals", "name", 0, "a person without a name")
		}},
	{what: "dates typed as text, one of them ambiguous", harmless: true, sheet: birthText("individuals")},
	{what: "a forwarded message with the workbook in it", harmless: true, mail: (*postman).forward},
	{what: "from an address that nobody knows, then from the unit's own",
		again: "gửi lại từ địa chỉ thư công vụ của đơn vị",
		mail: func(_ *postman, d *draft, m *Mail) error {
			m.From, m.Unit = address(d.unit.preparer, local(d.unit)+"."+d.city.label()+"@hopthu.example"), ""
			return nil
		}},
	{what: "names in capitals after a form of address", harmless: true,
		value: func(d *draft) { shout(d.value.(*templates.Registration)) }},
}

// dossierStories are the stories of dossiers (Plan III.4, second part).
var dossierStories = []story{
	{what: "a grade that is not in the list, one letter away from one that is",
		reply: "đã chọn lại mức độ hoàn thành nhiệm vụ", value: func(d *draft) {
			d.value.(*templates.Dossier).Individuals[0].Grade = form.Of("Hoàn thành suất sắc nhiệm vụ")
			d.plant(finding.NotInList, "individuals", "grade", 0, "a grade spelled wrong")
		}},
	{what: "a person of a ward entered as head of an office of the city", group: plan.Communes,
		reply: "đã chọn lại đối tượng", value: func(d *draft) {
			d.value.(*templates.Dossier).Individuals[0].Role = form.Of("Thủ trưởng phòng, ban, đơn vị")
			d.plant(finding.RoleAgainstGroup, "individuals", "role", 0, "a role that wards do not have")
		}},
	{what: "the registration workbook under the subject of a dossier", reply: "đã gửi nhầm mẫu, nay gửi lại hồ sơ",
		arrival: []finding.Code{finding.OtherThanSaid}, value: func(d *draft) {
			d.form, d.value = templates.RegistrationForm, d.city.registration(d.unit)
		}},
	{what: "five days late", at: &moment{1, 1, 5, 10, 2, 44}, arrival: []finding.Code{finding.Late}},
	{what: "on the day that the plan names", at: &moment{0, 12, 31, 9, 5, 30},
		arrival: []finding.Code{finding.OnTheDay}},
	{what: "names in TCVN3 in the font .VnTime", harmless: true, sheet: legacy("individuals")},
	{what: "dates typed as text, one of them ambiguous", harmless: true, sheet: birthText("individuals")},
	{what: "a renamed sheet, and a position missing on it", harmless: true, sheet: rename("CÁ NHÂN", "Sheet1 (2)"),
		reply: "đã ghi bổ sung chức vụ", value: func(d *draft) {
			d.value.(*templates.Dossier).Individuals[0].Position = form.Value{}
			d.plant(finding.Missing, "individuals", "position", 0, "a person without a position")
		}},
	{what: "one cell for the department and the role of all", harmless: true, people: 3,
		sheet: merge("individuals", "department", "role")},
	{what: "section rows A and B, numbers of the columns and a total", harmless: true, people: 2,
		sheet: sections("individuals")},
	{what: "a workbook cut short on its way", reply: "gửi lại tệp do lần trước tệp bị lỗi", file: truncate},
	{what: "a sheet whose XML breaks off half way", reply: "gửi lại tệp do lần trước tệp bị lỗi", file: tear},
	{what: "a zip bomb", group: plan.Offices, file: replaceBy("bomb-cell.xlsx", "", finding.OverLimit)},
	{what: "the workbook in a zip", harmless: true, mail: (*postman).zip},
	{what: "a scan and a Word document beside the workbook", harmless: true, mail: (*postman).enclose},
	{what: "counts in the letter that are not those of the list", harmless: true,
		reply: "đã sửa số lượng trong tờ trình", value: func(d *draft) {
			x := d.value.(*templates.Dossier)
			x.Proposal.Individuals = form.OfInt(len(x.Individuals) + 1)
			d.plant(finding.CountsDiffer, "proposal", "individuals", 0, "one person too many in the letter")
		}},
	{what: "a nominee whom the minutes and the reports do not know", reply: "đã bổ sung biên bản và báo cáo thành tích",
		value: func(d *draft) {
			x := d.value.(*templates.Dossier)
			n := len(x.Individuals) - 1
			x.Votes, x.Reports = x.Votes[:len(x.Votes)-1], x.Reports[:len(x.Reports)-1]
			d.plant(finding.MinutesDiffer, "individuals", "name", n, "no vote on the last person")
			d.plant(finding.NoReport, "individuals", "name", n, "no report of the last person")
		}},
	{what: "two reports word for word the same", people: 2, value: func(d *draft) {
		x := d.value.(*templates.Dossier)
		n := len(x.Reports) - 1
		x.Reports[n].Results = x.Reports[n-1].Results
		d.plant(finding.SimilarReports, "reports", "results", n, "the report of another person")
	}},
	{what: "a formula that no program has computed", reply: "đã nhập trực tiếp số liệu",
		sheet: plantFormula("collectives", "size", "12+13"), value: func(d *draft) {
			d.plant(finding.FormulaPending, "collectives", "size", 0, "a formula without its value")
		}},
	{what: "a nominee who was not registered", arrival: []finding.Code{finding.NotRegistered},
		cast: func(u *unit) { u.people[len(u.people)-1].unregistered = true }},
	{what: "a unit that did not register", arrival: []finding.Code{finding.UnitNotRegistered},
		cast: func(u *unit) { u.registers = false }},
	{what: "votes that do not add up", reply: "đã sửa kết quả biểu quyết trong biên bản", value: func(d *draft) {
		x := d.value.(*templates.Dossier)
		x.Votes[0].Agree = form.OfInt(d.unit.present + 2)
		d.plant(finding.MinutesArithmetic, "votes", "agree", 0, "more votes than members present")
	}},
	{what: "hidden rows in the list", harmless: true, people: 2, sheet: hide("individuals")},
	{what: "the same mail twice", twice: true},
}

// tell hands the stories out, one registration and one dossier at most to a unit. The communes that
// stand high get harmless ones only, and not all of them get one.
func (c *season) tell(r *rand.Rand, names namer, communes, offices []*unit) {
	deal := func(stories []story, takes func(*unit, *story) bool, set func(*unit, *story)) {
		var strong, others []*unit
		for _, u := range slices.Concat(communes, offices) {
			if u.strong {
				strong = append(strong, u)
			} else {
				others = append(others, u)
			}
		}
		r.Shuffle(len(strong), func(i, j int) { strong[i], strong[j] = strong[j], strong[i] })
		r.Shuffle(len(others), func(i, j int) { others[i], others[j] = others[j], others[i] })
		const spared = 3
		for i := range stories {
			s := &stories[i]
			if c.number > 0 && i%3 != c.number%3 { // every year has its own mistakes, the first all of them
				continue
			}
			from := &others
			if s.harmless && len(strong) > spared {
				from = &strong
			}
			for k, u := range *from {
				if (s.group == "" || s.group == u.Group) && takes(u, s) {
					*from = slices.Delete(*from, k, k+1)
					if s.cast != nil {
						s.cast(u)
					}
					c.gather(r, names, u, s.people)
					set(u, s)
					break
				}
			}
		}
	}
	deal(registrationStories, func(u *unit, _ *story) bool { return u.registers },
		func(u *unit, s *story) { u.registration = s })
	deal(dossierStories, func(u *unit, s *story) bool {
		return u.nominates &&
			(s.cast == nil || u.registration == nil)
	}, func(u *unit, s *story) { u.dossier = s })
}

// gather gives a unit at least n persons who do the same work in the same place; n = 0 leaves it as
// it is.
func (c *season) gather(r *rand.Rand, names namer, u *unit, n int) {
	if n == 0 {
		return
	}
	u.people = nil
	for range n {
		p := c.worker(r, u, names)
		p.department = desks[0]
		u.people = append(u.people, p)
	}
}

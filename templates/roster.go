package templates

import (
	"slices"
	"strings"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// Roster is the standing office's list of units and whom to reach there (Plan II.1, IV.1). It
// changes no plan: what differs from the plan's list of units is told to the office, which edits
// the plan.
type Roster struct {
	Head  RosterHead
	Units []RosterUnit
}

// RosterHead says as of when the list is.
type RosterHead struct {
	Year, Date, Preparer, Note form.Value
}

// RosterUnit is one unit.
type RosterUnit struct {
	Code, Name, Group, Emails, HeadTitle  form.Value
	Leader, LeaderEmail, LeaderPhone      form.Value
	Contact, ContactPhone, Location, Note form.Value
}

// RosterForm declares the roster of units.
var RosterForm = &form.Form{
	ID: "danh-ba", Version: 2, Clause: "IV.1", From: form.FromOffice,
	Called: "Danh bạ đơn vị tham gia phong trào thi đua",
	New:    func() any { return &Roster{} },
	Check:  checkRoster,
	Sheets: []form.Sheet{
		{Name: "CHUNG", Title: "DANH BẠ ĐƠN VỊ THAM GIA PHONG TRÀO THI ĐUA", Blocks: []form.Block{
			form.Cells("head", "Thông tin chung",
				form.YearField("year", "Năm", func(r *Roster) *form.Value { return &r.Head.Year }, form.Required(), form.Preset(), form.Clause("IV.1"),
					form.Help("Năm áp dụng danh bạ.", "2018")),
				form.DateField("date", "Danh bạ tính đến ngày", func(r *Roster) *form.Value { return &r.Head.Date }, form.Required(),
					form.Help("Dạng ngày/tháng/năm.", "28/02/2018")),
				form.TextField("preparer", "Người lập biểu", func(r *Roster) *form.Value { return &r.Head.Preparer }, form.Required(), form.Person(), form.Limit(100),
					form.Help("Cán bộ tổng hợp danh bạ.", "Phạm Thị Dung")),
				form.TextField("note", "Ghi chú", func(r *Roster) *form.Value { return &r.Head.Note },
					form.Help("Nội dung cần nói thêm.", "Cập nhật sau kiện toàn nhân sự")),
			),
		}},
		{Name: "ĐƠN VỊ", Title: "DANH SÁCH ĐƠN VỊ", Landscape: true, Blocks: []form.Block{
			form.Table("units", "Đơn vị và người liên hệ", 120, func(r *Roster) *[]RosterUnit { return &r.Units },
				form.TextField("code", "Mã đơn vị", func(u *RosterUnit) *form.Value { return &u.Code }, form.Required(), form.Limit(20), form.Width(10), form.Clause("II.1"),
					form.Help("Mã đơn vị hành chính đối với xã, phường; mã do Phòng Nội vụ đặt đối với phòng, ban, đơn vị.", "05452")),
				form.TextField("name", "Tên đơn vị", func(u *RosterUnit) *form.Value { return &u.Name }, form.Required(), form.Limit(200), form.Width(32), form.Clause("II.1"),
					form.Help("Tên đầy đủ.", "UBND phường Tân Thịnh")),
				form.ChoiceField("group", "Khối", listGroups, func(u *RosterUnit) *form.Value { return &u.Group }, form.Required(), form.Width(18), form.Clause("III.1.2"),
					form.Help("Khối thi đua, dùng để tính số lượng khen thưởng.", "Xã, phường")),
				form.TextField("emails", "Địa chỉ thư điện tử của đơn vị", func(u *RosterUnit) *form.Value { return &u.Emails }, form.Required(), form.Limit(300), form.Width(34),
					form.Help("Nhiều địa chỉ cách nhau bằng dấu chấm phẩy.", "tanthinh@thainguyen.example")),
				form.TextField("headtitle", "Chức danh thủ trưởng", func(u *RosterUnit) *form.Value { return &u.HeadTitle }, form.Limit(100), form.Width(22),
					form.Help("Chức danh của người đứng đầu.", "Chủ tịch UBND phường")),
				form.TextField("leader", "Thủ trưởng (họ và tên)", func(u *RosterUnit) *form.Value { return &u.Leader }, form.Person(), form.Limit(100), form.Width(24),
					form.Help("Họ và tên người đứng đầu.", "Nguyễn Văn An")),
				form.TextField("leaderemail", "Địa chỉ thư của thủ trưởng", func(u *RosterUnit) *form.Value { return &u.LeaderEmail }, form.Limit(100), form.Width(28),
					form.Help("Một địa chỉ thư điện tử.", "an.nguyen@thainguyen.example")),
				form.TextField("leaderphone", "Điện thoại của thủ trưởng", func(u *RosterUnit) *form.Value { return &u.LeaderPhone }, form.Limit(50), form.Width(16),
					form.Help("Số điện thoại.", "0208 3000 000")),
				form.TextField("contact", "Người đầu mối", func(u *RosterUnit) *form.Value { return &u.Contact }, form.Person(), form.Limit(100), form.Width(24),
					form.Help("Người phụ trách công tác thi đua, CCHC.", "Trần Thị Bình")),
				form.TextField("contactphone", "Điện thoại của đầu mối", func(u *RosterUnit) *form.Value { return &u.ContactPhone }, form.Limit(50), form.Width(16),
					form.Help("Số điện thoại.", "0208 3000 001")),
				form.TextField("location", "Địa chỉ trụ sở", func(u *RosterUnit) *form.Value { return &u.Location }, form.Limit(200), form.Width(30),
					form.Help("Số nhà, đường, phường.", "Số 1 đường Z115, phường Tân Thịnh")),
				form.TextField("note", "Ghi chú", func(u *RosterUnit) *form.Value { return &u.Note }, form.Width(16),
					form.Help("Nội dung cần nói thêm.", "Đổi địa chỉ thư từ 01/3/2018")),
			),
		}},
	},
}

// checkRoster holds addresses to their form, and tells what differs from the plan's list of units.
func checkRoster(value any, c form.Context) []finding.Finding {
	r := value.(*Roster)
	var out []finding.Finding
	for _, u := range r.Units {
		for _, v := range []struct {
			title string
			form.Value
		}{{"Địa chỉ thư điện tử của đơn vị", u.Emails}, {"Địa chỉ thư của thủ trưởng", u.LeaderEmail}} {
			for _, a := range addresses(v.Value) {
				if !plan.IsAddress(a) {
					out = append(out, finding.New(finding.BadAddress, at(v.Value), "field", v.title, "read", a))
				}
			}
		}
	}
	l, ok := c.Lists.(lists)
	if !ok {
		return out
	}
	return append(out, r.againstPlan(l)...)
}

// addresses splits a cell of addresses, in lower case.
func addresses(v form.Value) []string {
	return strings.FieldsFunc(strings.ToLower(v.Text), func(r rune) bool { return r == ';' || r == ',' || r == ' ' })
}

// againstPlan lists what the office should change in the plan if the roster is right. What the
// roster leaves blank says nothing.
func (r *Roster) againstPlan(l lists) []finding.Finding {
	var out []finding.Finding
	known := map[string]form.Value{}
	for _, u := range r.Units {
		if !u.Code.Given() {
			continue
		}
		if first, twice := known[u.Code.Text]; twice {
			out = append(out, finding.New(finding.Twice, at(u.Code), "name", u.Code.Text, "read", place(first), "clause", "II.1"))
			continue
		}
		known[u.Code.Text] = u.Code
		p, ok := l.plan.UnitByCode(u.Code.Text)
		if !ok {
			out = append(out, finding.New(finding.RosterNew, at(u.Code), "name", u.Name.Text, "read", u.Code.Text))
			continue
		}
		out = append(out, u.differences(l.plan, p)...)
	}
	for _, p := range l.plan.UnitsOn(l.on) {
		if _, listed := known[p.Code]; !listed {
			out = append(out, finding.New(finding.RosterGone, finding.At{}, "name", p.Name, "read", p.Code))
		}
	}
	return out
}

// differences compares a unit's line with the plan's.
func (u RosterUnit) differences(p *plan.Plan, in plan.Unit) []finding.Finding {
	g, _ := p.Group(in.Group)
	var out []finding.Finding
	for _, x := range []struct {
		title string
		v     form.Value
		want  string
		same  bool
	}{
		{"Tên đơn vị", u.Name, in.Name, viet.NameKey(u.Name.Text) == viet.NameKey(in.Name)},
		{"Khối", u.Group, g.Title, u.Group.Text == g.Title},
		{"Địa chỉ thư điện tử của đơn vị", u.Emails, strings.Join(in.Emails, "; "), sameSet(addresses(u.Emails), in.Emails)},
		{"Chức danh thủ trưởng", u.HeadTitle, in.Head, viet.NameKey(u.HeadTitle.Text) == viet.NameKey(in.Head)},
	} {
		if x.v.Given() && !x.same {
			out = append(out, finding.New(finding.RosterDiffers, at(x.v), "name", in.Name, "field", x.title, "read", x.v.Text, "want", x.want))
		}
	}
	return out
}

func sameSet(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

// NewRoster returns the roster as the plan has it, for the office to correct and complete.
func NewRoster(p *plan.Plan, period plan.Period) *Roster {
	r := &Roster{Head: RosterHead{Year: form.OfInt(period.To.Year)}}
	for _, u := range p.UnitsOn(period.To) {
		g, _ := p.Group(u.Group)
		r.Units = append(r.Units, RosterUnit{
			Code: form.Of(u.Code), Name: form.Of(u.Name), Group: form.Of(g.Title), Emails: form.Of(strings.Join(u.Emails, "; ")), HeadTitle: form.Of(u.Head),
		})
	}
	return r
}

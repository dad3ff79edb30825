package templates

import (
	"testing"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Which standards bind a person hangs on the role: whoever leads a commune is held to its index
// (Plan III.2.2, fifth standard), however the position is written, and nobody else is.
func TestIII_2_2_TheRoleFollowsThePosition(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	const direct, leader, head = "Trực tiếp thực hiện nhiệm vụ CCHC", "Chủ tịch, Phó Chủ tịch UBND xã, phường",
		"Thủ trưởng phòng, ban, đơn vị"
	for _, c := range []struct{ unit, role, position, want string }{
		{"05452", direct, "Chủ tịch UBND phường", "F308"},
		{"05452", direct, "Phó Chủ tịch phường Tân Thịnh", "F308"},
		{"05497", "Khác", "Chủ tịch xã", "F308"},
		{"05452", direct, "PCT UBND P. Tân Thịnh", "F308"},
		{"05452", direct, "Phó Chủ tịch Thường trực UBND phường", "F308"},
		{"05452", direct, "Bí thư Đảng ủy, Chủ tịch UBND phường", "F308"},
		{"05452", direct, "Phó Chủ tịch", "F322"},
		{"05452", leader, "Phó Chủ tịch UBND phường", ""},
		{"05452", leader, "Công chức Tư pháp - Hộ tịch", "F322"},
		{"05452", "Khác", "Chủ tịch Hội Nông dân phường", ""},
		{"05452", "Khác", "Phó Chủ tịch Ủy ban MTTQ phường", ""},
		{"05452", head, "Trưởng Công an phường", "F308"},
		{"PB06", leader, "Chủ tịch", "F308"},
		{"PB07", direct, "Trưởng phòng", "F322"},
	} {
		u, _ := p.UnitByCode(c.unit)
		period, _ := p.Period("2018")
		v := checkDossier(&Dossier{
			Proposal: Proposal{Unit: form.Of(u.Name), Code: form.Of(u.Code)},
			Individuals: []NominatedPerson{{Name: form.Of("Trần Thị Mẫu Bình"), Role: form.Of(c.role),
				Position: form.Of(c.position)}},
		}, Context(p, period, u.Code))
		got := ""
		for _, f := range v {
			if f.Code == finding.RoleAgainstGroup || f.Code == finding.RoleAgainstPlace {
				got += string(f.Code)
			}
		}
		if got != c.want {
			t.Errorf("%s, %q as %q: %q, want %q", u.Name, c.position, c.role, got, c.want)
		}
	}
}

// A role of a plan that names no groups is open to all of them.
func TestARoleWithoutGroupsIsOpenToAll(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	open := *p
	open.Roles = []plan.Role{{ID: plan.RoleOther, Title: "Giáo viên"}}
	u, _ := p.UnitByCode("05452")
	period, _ := p.Period("2018")
	name, role, position := form.Of("Trần Thị Mẫu Bình"), form.Of("Giáo viên"), form.Of("Chủ tịch UBND phường")
	if got := wrongRole(lists{plan: &open, on: period.To}, u, &name, &position, &role); len(got) > 0 {
		t.Errorf("got %v", got)
	}
}

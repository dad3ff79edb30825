package style

import (
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// Who is a nominee as papers name one: "Bà Trần Thị Bình", or the collective's name.
func Who(n evaluate.Nominee) string {
	if n.Kind == evaluate.Individual && n.Title != "" {
		return n.Title + " " + n.Name
	}
	return n.Name
}

// Post is a person's position and department; "" for a collective.
func Post(n evaluate.Nominee) string {
	if n.Department == "" || n.Position == "" {
		return n.Position + n.Department
	}
	return n.Position + ", " + n.Department
}

// Seat is where a nominee works: post and unit of a person, the unit of a collective. Words that
// end the post and begin the unit's name are said once: "Chủ tịch UBND phường Tân Thịnh", "Trưởng
// phòng Nội vụ".
func Seat(n evaluate.Nominee) string {
	position := Post(n)
	if position == "" {
		return n.UnitName
	}
	before, after := strings.Fields(position), strings.Fields(n.UnitName)
	for shared := min(len(before), len(after)); shared > 0; shared-- {
		// "cán bộ" is one word, and does not end in the "bộ" of "bộ phận"
		if shared == 1 && strings.EqualFold(after[0], "bộ") {
			break
		}
		if strings.EqualFold(strings.Join(before[len(before)-shared:], " "), strings.Join(after[:shared], " ")) {
			return strings.Join(append(before, after[shared:]...), " ")
		}
	}
	return position + ", " + n.UnitName
}

// Named is a nominee with post and unit, as lists name one.
func Named(n evaluate.Nominee) string {
	if n.Kind != evaluate.Individual {
		if NamesUnit(n) {
			return n.Name
		}
		return n.Name + ", " + n.UnitName
	}
	return Who(n) + ", " + Seat(n)
}

// Titled is a nominee with position and unit.
func Titled(n evaluate.Nominee) string { return Named(WithoutDepartment(n)) }

// Brief is a nominee with the unit alone.
func Brief(n evaluate.Nominee) string {
	n.Department, n.Position = "", ""
	return Named(n)
}

// Whereabouts is post and unit of a person, and the unit of a collective whose name does not say
// it.
func Whereabouts(n evaluate.Nominee) string {
	switch {
	case n.Kind == evaluate.Individual:
		return Seat(WithoutDepartment(n))
	case NamesUnit(n):
		return ""
	}
	return n.UnitName
}

// WithoutDepartment is a nominee as lists with little room name one: post and unit tell people
// apart.
func WithoutDepartment(n evaluate.Nominee) evaluate.Nominee {
	n.Department = ""
	return n
}

// NamesUnit reports whether a collective's name says which unit it belongs to.
func NamesUnit(n evaluate.Nominee) bool {
	return n.Kind == evaluate.Collective && strings.Contains(viet.Fold(n.Name), viet.Fold(n.UnitName))
}

// NeedUnits reports whether a list of these nominees must name their units.
func NeedUnits(list []evaluate.Nominee) bool {
	return slices.ContainsFunc(list, func(n evaluate.Nominee) bool { return !NamesUnit(n) })
}

// SortNominees puts people in the order of given names, collectives in that of their names.
func SortNominees(list []evaluate.Nominee) {
	if len(list) > 0 && list[0].Kind == evaluate.Individual {
		viet.SortNames(list, func(n evaluate.Nominee) string { return n.Name })
		return
	}
	viet.SortTexts(list, func(n evaluate.Nominee) string { return n.Name })
}

// Whom counts collectives and people as a sentence does: whoever there is none of is not spoken of.
// While nobody is known there is room for both numbers.
func Whom(words wording.Words, collectives, individuals int) string {
	switch {
	case collectives == 0 && individuals == 0:
		return words.Text("paper.whom.both", "collectives", "…", "individuals", "…")
	case individuals == 0:
		return words.Text("paper.whom.collectives", "count", Two(collectives))
	case collectives == 0:
		return words.Text("paper.whom.individuals", "count", Two(individuals))
	}
	return words.Text("paper.whom.both", "collectives", Two(collectives), "individuals", Two(individuals))
}

// KindTitle is "Tập thể" or "Cá nhân".
func KindTitle(kind string) string {
	if kind == evaluate.Individual {
		return wording.Text("paper.kind.individual")
	}
	return wording.Text("paper.kind.collective")
}

// GroupTitle is "Khối phòng, ban, đơn vị".
func GroupTitle(title string) string { return wording.Text("paper.group", "group", LowerFirst(title)) }

// BoardTitle is "Tập thể, khối xã, phường".
func BoardTitle(kind, group string) string {
	return wording.Text("paper.board", "kind", KindTitle(kind), "group", LowerFirst(group))
}

// DirectRole is what those do whom a plan puts first, within a sentence: "trực tiếp thực hiện nhiệm
// vụ CCHC".
func DirectRole(p *plan.Plan) string {
	if r, ok := p.Role(plan.RoleDirectWorker); ok {
		return LowerFirst(r.Title)
	}
	return wording.Text("paper.shares.direct")
}

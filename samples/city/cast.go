package city

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// unit is one unit of the plan with everything that is true of it in the year.
type unit struct {
	plan.Unit
	before                  *unit // itself the year before, nil in the first year
	standing                int   // of an office among the offices, from 0
	staff, women, reformers int
	head, preparer          string
	womanHeads              bool
	registers, nominates    bool
	strong                  bool // stands high in the index: nothing happens to it that could cost it its award
	claims                  bool // says in December that its index is Tốt, before it is known
	breach                  bool // has an entry in the register of breaches
	partyless               bool // has no Party body of its own
	oldLabel                bool // calls its Party body's rating as it was called before 08/3/2018
	province                bool // its collective is put up for an award of the province too
	tardy                   bool // its index is sent after the session
	number                  int  // of its papers
	targets                 []target
	people                  []person // registered, then nominated
	truth                   ratings  // as the office's records say
	self, appraised         float64  // index, communes only
	rank                    int
	received                int    // administrative files of the year
	members, present        int    // of its own council
	registration, dossier   *story // what happens to them; nil when nothing does
}

// target is one registered target and what came of it.
type target struct {
	content, goal, measure, result string
	due                            calendar.Date
	met                            bool
}

// person is somebody whom a unit registers and proposes.
type person struct {
	name, position, department string
	woman                      bool
	born                       calendar.Date
	role                       plan.RoleID
	initiative, decision       string
	official                   string // grade as recorded; every unit declares its nominees excellent
	files                      int
	unregistered, breach       bool
	late                       bool // has an entry in the register that is sent after the session
}

// ratings are a unit's ratings of the year.
type ratings struct {
	grade, party, union, youth, women, farmers, veterans, front string
}

// The labels that the cast uses, as the plan's scales write them for ratings of 2018.
const (
	excellent = "Hoàn thành xuất sắc nhiệm vụ"
	good      = "Hoàn thành tốt nhiệm vụ"
)

// cast makes the units with their people and their year. In later years the units are those of the
// year before, with most of their people.
func (c *season) cast(r *rand.Rand, names namer) {
	for _, u := range c.plan.UnitsOn(c.period.To) {
		x := &unit{Unit: u}
		if before, ok := c.past(u.Code); ok {
			x.carryOn(r, before, names)
		} else {
			x.begin(r, names)
		}
		x.received = between(r, 900, 5200)
		x.members = between(r, 7, 11)
		x.present = x.members - between(r, 0, 2)
		x.truth = rate(r, u.Group)
		c.units = append(c.units, x)
	}
	communes, offices := c.group(plan.Communes), c.group(plan.Offices)
	if c.before == nil {
		r.Shuffle(len(communes), func(i, j int) { communes[i], communes[j] = communes[j], communes[i] })
		r.Shuffle(len(offices), func(i, j int) { offices[i], offices[j] = offices[j], offices[i] })
	} else {
		reorder(r, communes)
		reorder(r, offices)
	}
	index(r, communes)
	for i, u := range communes {
		u.strong = i < strongCommunes
		u.registers = i < len(communes)-3
		u.nominates = i < len(communes)-5
	}
	for i, u := range offices {
		u.standing = i
		u.registers = i < 19
		// fewer as the years go: at the end the offices do not fill their places
		u.nominates = i < 16 && (c.number < 2 || i < 9)
	}
	for _, u := range c.units {
		u.targets = c.targets(r)
		u.people = c.people(r, u, names)
	}
	c.arrange(communes, offices)
	c.tell(r, names, communes, offices)
	c.judge(communes, offices)
	if c.before == nil {
		move(communes, offices)
		c.settleTie(communes)
	}
}

// past is a unit as it was the year before.
func (c *season) past(code string) (*unit, bool) {
	if c.before == nil {
		return nil, false
	}
	return c.before.unit(code)
}

// unit returns the unit with that code.
func (c *season) unit(code string) (*unit, bool) {
	i := slices.IndexFunc(c.units, func(u *unit) bool { return u.Code == code })
	if i < 0 {
		return nil, false
	}
	return c.units[i], true
}

// begin gives a unit its people in the first year.
func (u *unit) begin(r *rand.Rand, names namer) {
	u.number = between(r, 3, 60)
	u.staff = between(r, 18, 32)
	if u.Group == plan.Offices {
		u.staff = between(r, 7, 26)
	}
	u.women = between(r, u.staff/3, u.staff*2/3)
	u.reformers = between(r, 2, max(2, u.staff/4))
	u.womanHeads = r.IntN(4) == 0
	u.head, u.preparer = names.name(r, u.womanHeads), names.name(r, r.IntN(3) > 0)
}

// carryOn gives a unit the people of the year before.
func (u *unit) carryOn(r *rand.Rand, before *unit, names namer) {
	u.before, u.number, u.standing = before, before.number+between(r, 1, 4), before.standing
	u.staff = max(before.staff+between(r, -1, 2), before.women, before.reformers)
	u.women, u.reformers, u.womanHeads = before.women, before.reformers, before.womanHeads
	u.head, u.preparer, u.partyless = before.head, before.preparer, before.partyless
	if r.IntN(5) == 0 {
		u.preparer = names.name(r, r.IntN(3) > 0)
	}
}

// reorder orders units as they stood the year before, each moved a few places.
func reorder(r *rand.Rand, units []*unit) {
	place := map[*unit]int{}
	for _, u := range units {
		place[u] = 2*u.before.place() + between(r, -9, 9)
	}
	slices.SortStableFunc(units, func(a, b *unit) int { return cmp.Compare(place[a], place[b]) })
}

// place is where a unit stood among its group.
func (u *unit) place() int {
	if u.Group == plan.Communes {
		return u.rank
	}
	return u.standing
}

// arrange settles what must be so before stories are dealt out: a unit without a Party body, one
// put up for an award of the province, and in the second year a commune that takes no part, so that
// at the end of the stage a year of it is missing.
func (c *season) arrange(communes, offices []*unit) {
	switch c.number {
	case 0:
		offices[4].partyless = true
		communes[1].province = true
		communes[3].oldLabel = true
	case 1:
		communes[strongCommunes+2].registers, communes[strongCommunes+2].nominates = false, false
	}
}

// move lets somebody change from a commune to an office during the year: both propose the same
// person.
func move(communes, offices []*unit) {
	quiet := func(units []*unit) *unit {
		for _, u := range units {
			if u.nominates && u.dossier == nil && u.registration == nil && len(u.people) > 0 {
				return u
			}
		}
		return nil
	}
	from, to := quiet(communes[strongCommunes:]), quiet(offices)
	if from == nil || to == nil {
		return
	}
	moved := from.people[0]
	moved.position, moved.department, moved.role = officePosts[0], desks[2], plan.RoleDirectWorker
	to.people = append(to.people, moved)
}

// judge decides what the office's records say where it is not what the units say of themselves: a
// collective and a person graded lower, a person and a whole unit in the register of breaches.
// Everybody else who is proposed is recorded as excellent.
func (c *season) judge(communes, offices []*unit) {
	for _, u := range c.units {
		if u.nominates {
			u.truth.grade = excellent
		}
		if u.partyless {
			u.truth.party = ""
		}
		if u.oldLabel {
			u.truth.party = excellent
		}
	}
	plain := func(units []*unit, n int) *unit { // the n-th one to whose dossier nothing else happens
		for _, u := range units {
			if u.nominates && u.dossier == nil {
				if n--; n < 0 {
					return u
				}
			}
		}
		return units[0]
	}
	communes[2].breach = true
	communes[4].people[0].official = good
	weak := plain(communes[strongCommunes:], 0)
	weak.people[0].breach = true
	plain(communes[len(communes)*2/3:], 0).claims = true // its index will turn out to be lower
	plain(offices, 0).truth.grade = good
	plain(offices, 1).people[0].official = good
	switch c.number {
	case 1: // the office sends the result of one commune only after the session
		communes[strongCommunes-1].tardy = true
	case 2: // a breach comes to light after the session; most offices are graded lower
		communes[1].people[0].late = true
		for _, u := range offices[3:] {
			u.truth.grade = good
		}
	}
}

// strongCommunes is how many communes at the top of the index are spared everything that could keep
// them from an award.
const strongCommunes = 12

// group returns the units of a group in the order of the plan.
func (c *season) group(g plan.GroupID) []*unit {
	var out []*unit
	for _, u := range c.units {
		if u.Group == g && u.Code != c.plan.Office.Unit {
			out = append(out, u)
		}
	}
	return out
}

// index gives every commune its score: about two thirds reach 80, falling from the first of the
// list to the last.
func index(r *rand.Rand, communes []*unit) {
	tenths := 945 + r.IntN(15)
	for i, u := range communes {
		if i > 0 {
			tenths -= step(r, i < len(communes)*2/3)
		}
		if i == len(communes)*2/3 {
			tenths = min(tenths, 794)
		} else if i < len(communes)*2/3 {
			tenths = max(tenths, 800+2*(len(communes)*2/3-i))
		}
		u.appraised = float64(tenths) / 10
		u.self = float64(min(tenths+between(r, 5, 30), 1000)) / 10
		u.rank = i + 1
	}
}

// step is how much the index falls from one commune to the next.
func step(r *rand.Rand, upper bool) int {
	if upper {
		return between(r, 4, 8)
	}
	return between(r, 5, 30)
}

// settleTie makes the last commune within the plan's places and the first behind it equal in
// everything the order looks at.
func (c *season) settleTie(communes []*unit) {
	quota, ok := c.plan.Quota(c.period.ID, plan.Communes, plan.Collective)
	if !ok || quota.Places < 1 {
		return
	}
	var run []*unit
	for _, u := range communes {
		if u.strong && !u.breach {
			run = append(run, u)
		}
	}
	if len(run) <= quota.Places {
		return
	}
	last, next := run[quota.Places-1], run[quota.Places]
	for _, u := range communes { // those between them, who are not in the running, share the score too
		if u.rank > last.rank && u.rank <= next.rank {
			u.appraised, u.rank = last.appraised, last.rank
		}
	}
	for _, u := range []*unit{last, next} {
		for i := range u.targets {
			u.targets[i].met, u.targets[i].result = true, u.targets[i].goal
		}
	}
	c.tie = [2]string{last.Code, next.Code}
}

func rate(r *rand.Rand, g plan.GroupID) ratings {
	second := func(first, other string) string {
		if r.IntN(3) == 0 {
			return other
		}
		return first
	}
	t := ratings{grade: second(excellent, good), party: second(excellent, good), union: second("Vững mạnh", "Khá"),
		youth: second("Xuất sắc", "Khá")}
	if g == plan.Communes {
		t.women, t.farmers = second("Vững mạnh", "Khá"), second("Vững mạnh", "Khá")
		t.veterans, t.front = second("Trong sạch, vững mạnh", "Khá"), second("Xuất sắc", "Khá")
	}
	return t
}

var measures = map[string][]struct{ goal, measure, met, missed string }{
	"leadership": {
		{"Kiểm tra việc thực hiện kỷ luật, kỷ cương hành chính ít nhất %d lần trong năm", "lần",
			"Đã kiểm tra đủ %d lần, có thông báo kết luận", "Đã kiểm tra, còn thiếu 01 lần so với %d lần đăng ký"},
		{"Tổ chức %d cuộc đối thoại giữa người đứng đầu với nhân dân về thủ tục hành chính", "cuộc",
			"Đã tổ chức %d cuộc đối thoại", "Chưa tổ chức đủ %d cuộc đối thoại"},
	},
	"reform": {
		{"Giải quyết hồ sơ thủ tục hành chính đúng hạn đạt từ 9%d%% trở lên", "%", "Đúng hạn vượt mức 9%d%%",
			"Đúng hạn thấp hơn mức 9%d%%"},
		{"Rà soát, kiến nghị đơn giản hóa %d thủ tục hành chính", "thủ tục", "Đã kiến nghị đơn giản hóa %d thủ tục",
			"Đang rà soát, chưa đủ %d thủ tục"},
	},
	"outreach": {
		{"Tỷ lệ hồ sơ trực tuyến mức độ 3, 4 đạt từ 3%d%% trở lên", "%", "Tỷ lệ hồ sơ trực tuyến vượt mức 3%d%%",
			"Tỷ lệ hồ sơ trực tuyến chưa đạt 3%d%%"},
		{"Thực hiện %d đợt tuyên truyền về dịch vụ công trực tuyến", "đợt", "Đã thực hiện %d đợt tuyên truyền",
			"Mới thực hiện một phần trong %d đợt tuyên truyền"},
	},
	"initiatives": {
		{"Có ít nhất %d giải pháp, sáng kiến về cải cách hành chính được áp dụng", "giải pháp",
			"Có %d giải pháp được áp dụng", "Chưa có đủ %d giải pháp được áp dụng"},
	},
}

// targets makes a unit's targets under the contents of Plan II.2.
func (c *season) targets(r *rand.Rand) []target {
	var out []target
	for _, content := range c.plan.Contents {
		known := measures[content.Key]
		if len(known) == 0 {
			known = measures["initiatives"]
		}
		m, n := pick(r, known), between(r, 2, 6)
		t := target{content: content.Text, goal: fmt.Sprintf(m.goal, n), measure: m.measure, met: r.IntN(9) > 0,
			result: fmt.Sprintf(m.met, n)}
		if !t.met {
			t.result = fmt.Sprintf(m.missed, n)
		}
		t.due = pick(r, []calendar.Date{{Year: c.year, Month: 11, Day: 30}, {Year: c.year, Month: 12, Day: 15},
			{Year: c.year, Month: 10, Day: 31}})
		out = append(out, t)
	}
	return out
}

var (
	wardPosts = []string{"Công chức Văn phòng - Thống kê", "Công chức Tư pháp - Hộ tịch",
		"Công chức Địa chính - Xây dựng - Đô thị và Môi trường", "Công chức Văn hóa - Xã hội",
		"Công chức Tài chính - Kế toán"}
	officePosts = []string{"Chuyên viên", "Chuyên viên chính", "Cán sự", "Nhân viên tiếp nhận hồ sơ"}
	desks       = []string{"Bộ phận tiếp nhận và trả kết quả", "Bộ phận văn phòng", "Bộ phận chuyên môn"}
	solutions   = []string{
		"Mẫu hướng dẫn điền tờ khai theo từng thủ tục", "Niêm yết thủ tục hành chính bằng mã QR",
		"Trả kết quả hồ sơ chứng thực tại nhà cho người cao tuổi",
		"Nhắc hẹn trả kết quả bằng tin nhắn", "Sổ theo dõi hồ sơ dùng chung giữa các bộ phận",
		"Ngày thứ Sáu không viết đối với thủ tục hộ tịch",
		"Hướng dẫn nộp hồ sơ trực tuyến tại nhà văn hóa tổ dân phố",
		"Rút ngắn thời gian giải quyết thủ tục từ 5 ngày xuống 3 ngày", "Số hóa hồ sơ lưu trữ phục vụ tra cứu",
	}
)

// people makes the one to three persons a unit registers: most of those of the year before, a
// leader at times, otherwise those who do the work.
func (c *season) people(r *rand.Rand, u *unit, names namer) []person {
	var out []person
	if u.before != nil {
		for _, p := range u.before.people {
			if p.breach || p.late || r.IntN(4) == 0 {
				continue
			}
			p.official, p.unregistered, p.files = excellent, false, between(r, 240, 1900)
			p.initiative, p.decision = c.initiative(r)
			out = append(out, p)
		}
	}
	for i, n := len(out), max(len(out), between(r, 1, 3)); i < n; i++ {
		p := c.worker(r, u, names)
		switch {
		case i == 0 && r.IntN(3) == 0 && u.Group == plan.Communes:
			p.role, p.position, p.department = plan.RoleCommuneLeader, "Phó "+u.Head, "Lãnh đạo UBND "+u.Kind
			if r.IntN(2) == 0 {
				p.position, p.name, p.woman = u.Head, u.head, u.womanHeads
			}
		case i == 0 && r.IntN(3) == 0 && u.Group == plan.Offices:
			p.role, p.position, p.department, p.name, p.woman = plan.RoleHead, u.Head, "Lãnh đạo đơn vị", u.head,
				u.womanHeads
		case i == 1 && r.IntN(4) == 0:
			p.role, p.position = plan.RoleOther, "Cán bộ phụ trách tổng hợp"
		}
		out = append(out, p)
	}
	return out
}

// worker makes somebody who deals with files; four in five have an initiative.
func (c *season) worker(r *rand.Rand, u *unit, names namer) person {
	p := person{woman: r.IntN(5) < 3, official: excellent, role: plan.RoleDirectWorker, department: pick(r, desks),
		files: between(r, 240, 1900)}
	p.name = names.name(r, p.woman)
	p.born = calendar.Date{Year: between(r, 1962, 1995), Month: between(r, 1, 12), Day: between(r, 1, 28)}
	p.position = pick(r, officePosts)
	if u.Group == plan.Communes {
		p.position = pick(r, wardPosts)
	}
	p.initiative, p.decision = c.initiative(r)
	return p
}

// initiative is somebody's solution of the year, if any, and the decision that recognises it, if
// any.
func (c *season) initiative(r *rand.Rand) (solution, decision string) {
	if r.IntN(5) > 0 {
		solution = pick(r, solutions)
	}
	if solution != "" && r.IntN(2) == 0 {
		decision = fmt.Sprintf("%d/QĐ-UBND ngày %02d/11/%d của UBND thành phố", between(r, 100, 900), between(r, 1, 28),
			c.year)
	}
	return solution, decision
}

// Package plan is everything of an emulation plan a machine can use: periods, deadlines, quotas,
// criteria, label scales, units, the council and its rules, the heads of papers, the occasions on
// which papers are due.
//
// A folder of YAML and CSV goes in, an immutable Plan comes out, with questions answered by methods
// and with what is wrong in the folder listed by Lint. The plan of Thái Nguyên (31/KH-UBND,
// 27/02/2018) is built in; any other folder of the same shape may take its place. The package never
// judges a nominee, never reads a form and never fills in what a plan leaves open: such lines are
// marked assumed and listed.
package plan

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"thidua/templates/calendar"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// Mark is carried by every line that the plan's text does not state. Note says, in Vietnamese, what
// was assumed and who should confirm it.
type Mark struct {
	Assumed bool   `yaml:"assumed,omitempty" json:"assumed,omitempty"`
	Note    string `yaml:"note,omitempty" json:"note,omitempty"`
}

// Plan is one emulation plan. It is read-only once loaded and may be shared between goroutines.
type Plan struct {
	ID       string        `yaml:"id"`        // short, stable, fit for file names
	Number   string        `yaml:"number"`    // "31/KH-UBND"
	Title    string        `yaml:"title"`     // full title of the plan
	Movement string        `yaml:"movement"`  // name of the movement, without quotation marks
	Award    string        `yaml:"award"`     // the award given, "Giấy khen của Chủ tịch UBND thành phố" (plan III.1.2)
	Place    string        `yaml:"place"`     // địa danh before a date, "TP. Thái Nguyên"
	IssuedOn calendar.Date `yaml:"issued-on"` //

	Issuer      Issuer            `yaml:"issuer"`
	Office      Office            `yaml:"office"`
	Groups      []Group           `yaml:"groups"`
	Roles       []Role            `yaml:"roles"`
	Periods     []Period          `yaml:"periods"`
	Quotas      []Quota           `yaml:"quotas"`
	Totals      []Total           `yaml:"totals"`
	Dossier     []DossierPart     `yaml:"dossier"`
	Copies      []Copies          `yaml:"copies"`
	Province    Province          `yaml:"province"` // plan III.1.1
	Contents    []Content         `yaml:"contents"`
	Council     Council           `yaml:"council"` // members come from council.csv
	Heads       []Head            `yaml:"heads"`
	Recipients  []string          `yaml:"recipients"` // Nơi nhận of the plan
	Reporters   []string          `yaml:"reporters"`  // codes of the units that report on propaganda (plan IV.2)
	Approval    Approval          `yaml:"approval,omitempty"`
	Columns     []Column          `yaml:"columns,omitempty"` // what it changes and adds of the columns of forms
	Derived     []Derived         `yaml:"derived,omitempty"` // facts reckoned from numbers of the forms
	Bases       []LegalBasis      `yaml:"legal-bases"`
	Certificate Certificate       `yaml:"certificate"`
	Prize       Prize             `yaml:"prize"`
	Calendar    calendar.Calendar `yaml:"calendar"`
	Questions   []Assumption      `yaml:"questions"` // what the plan leaves open and no single line carries

	Clauses   []Clause    `yaml:"-"` // clauses.yaml
	Criteria  []Criterion `yaml:"-"` // criteria.yaml
	Priority  Priority    `yaml:"-"` // criteria.yaml
	Order     []OrderKey  `yaml:"-"` // criteria.yaml
	Stage     Combination `yaml:"-"` // criteria.yaml
	Scales    []Scale     `yaml:"-"` // scales.yaml
	Occasions []Occasion  `yaml:"-"` // occasions.yaml
	Units     []Unit      `yaml:"-"` // units.csv
	Wording   []Phrase    `yaml:"-"` // wording.yaml, which a plan need not have

	Words wording.Words `yaml:"-" json:"-"` // the catalogue with the Wording that can be said

	Hash string `yaml:"-"` // SHA-256 of the folder's files, hex; printed on every run

	matches map[string][]int // folded unit name to indexes in Units
}

// Clause is a numbered part of the plan's text. Ref is how everything else cites it: "III.1.2",
// "III.2.1", "IV.1".
type Clause struct {
	Ref   string   `yaml:"ref"`
	Title string   `yaml:"title"`
	Lead  string   `yaml:"lead,omitempty"`  // sentence before the items
	Items []string `yaml:"items,omitempty"` // its paragraphs, in order; an item is cited by its number from 1
}

// Issuer is the authority that issued the plan and gives the award.
type Issuer struct {
	Name  string `yaml:"name"`  // "Ủy ban nhân dân thành phố Thái Nguyên"
	Short string `yaml:"short"` // "UBND thành phố Thái Nguyên"
	Chair string `yaml:"chair"` // "Chủ tịch UBND thành phố"
}

// Office is the standing office that runs the movement (plan IV.1).
type Office struct {
	Unit   string   `yaml:"unit"`   // code of its own unit
	Name   string   `yaml:"name"`   // "Phòng Nội vụ"
	Symbol string   `yaml:"symbol"` // "NV"
	Emails []string `yaml:"emails"` // who may send official records and gets the office's papers
	Phone  string   `yaml:"phone"`
	Mark   `yaml:",inline"`

	// Answers is how many mails of one sender are answered a day, DefaultAnswers when zero: two
	// machines that answer each other come to rest.
	Answers int `yaml:"answers-a-day,omitempty"`
}

// DefaultAnswers is how many mails of one sender are answered a day where the plan does not say.
const DefaultAnswers = 60

// AnswersADay is how many mails of one sender are answered a day.
func (o Office) AnswersADay() int {
	if o.Answers > 0 {
		return o.Answers
	}
	return DefaultAnswers
}

// GroupID names a group of units with quotas of its own.
type GroupID string

// The two groups of plan III.1.2.
const (
	Offices  GroupID = "office"  // phòng, ban, đơn vị
	Communes GroupID = "commune" // UBND xã, phường
)

// Group is a group of units.
type Group struct {
	ID    GroupID `yaml:"id"`
	Title string  `yaml:"title"` // "Phòng, ban, đơn vị"
}

// RoleID names what a person does, as far as criteria distinguish it.
type RoleID string

// The roles of plan III.2.2.
const (
	RoleHead          RoleID = "head"           // thủ trưởng phòng, ban, đơn vị
	RoleCommuneLeader RoleID = "commune-leader" // chủ tịch, phó chủ tịch UBND xã, phường
	RoleDirectWorker  RoleID = "direct-worker"  // trực tiếp thực hiện nhiệm vụ CCHC, giải quyết TTHC
	RoleOther         RoleID = "other"
)

// Role is one role with its Vietnamese name and the groups in which it exists.
type Role struct {
	ID      RoleID    `yaml:"id"`
	Title   string    `yaml:"title"`
	Aliases []string  `yaml:"aliases,omitempty"`
	Groups  []GroupID `yaml:"groups,omitempty"` // the groups whose people may hold it; none means all
	Clause  string    `yaml:"clause,omitempty"`
}

// MovementWithin is the movement's name as it stands within a sentence: without its capital, unless
// that is one of an abbreviation.
func (p *Plan) MovementWithin() string {
	first, n := utf8.DecodeRuneInString(p.Movement)
	second, _ := utf8.DecodeRuneInString(p.Movement[n:])
	if n == 0 || unicode.IsUpper(second) {
		return p.Movement
	}
	return string(unicode.ToLower(first)) + p.Movement[n:]
}

// beginnings are words with which names of movements begin and which people leave out when they
// speak of one.
var beginnings = []string{"thuc hien ", "day manh ", "xay dung ", "phat trien ", "tang cuong ", "thi dua "}

// MovementNames are the ways in which people name the movement, folded as viet.Fold does, the
// longest first: "thuc hien cai cach hanh chinh", "cai cach hanh chinh", and "cchc", where initials
// are three letters or more.
func (p *Plan) MovementNames() []string {
	name := viet.Fold(p.Movement)
	if name == "" {
		return nil
	}
	out := []string{name}
	for _, b := range beginnings {
		if rest, ok := strings.CutPrefix(name, b); ok {
			out = append(out, rest)
			break
		}
	}
	for _, n := range slices.Clone(out) {
		initials := ""
		for _, w := range strings.Fields(n) {
			r, _ := utf8.DecodeRuneInString(w)
			initials += string(r)
		}
		if len(initials) >= 3 {
			out = append(out, initials)
		}
	}
	return out
}

// In reports whether people of a group may hold the role.
func (r Role) In(g GroupID) bool { return len(r.Groups) == 0 || slices.Contains(r.Groups, g) }

// NomineeKind tells collectives from individuals.
type NomineeKind string

// The kinds of nominees of plan III.1.2.
const (
	Collective NomineeKind = "collective" // tập thể
	Individual NomineeKind = "individual" // cá nhân
)

// Quota is how many awards a group may have in one period of a kind (plan III.1.2). Ad hoc awards
// have none.
type Quota struct {
	Period  PeriodKind  `yaml:"period"`
	Group   GroupID     `yaml:"group"`
	Nominee NomineeKind `yaml:"nominee"`
	Places  int         `yaml:"places"`
	Clause  string      `yaml:"clause"`
}

// Total is the sum the plan states for all groups; Lint holds the quotas to it.
type Total struct {
	Period  PeriodKind  `yaml:"period"`
	Nominee NomineeKind `yaml:"nominee"`
	Places  int         `yaml:"places"`
	Clause  string      `yaml:"clause"`
}

// The parts of a dossier (plan III.3).
const (
	PartProposal = "proposal" // tờ trình
	PartReport   = "report"   // báo cáo tóm tắt thành tích
	PartMinutes  = "minutes"  // biên bản họp xét
	PartList     = "list"     // danh sách trích ngang
)

// DossierPart is one paper of a dossier.
type DossierPart struct {
	Key    string `yaml:"key"`
	Title  string `yaml:"title"`
	Clause string `yaml:"clause"`
	Item   int    `yaml:"item"`
}

// Copies is how many sets of a dossier a level of award needs (plan III.3).
type Copies struct {
	Level  string `yaml:"level"` // "city" or "province"
	Title  string `yaml:"title"`
	Sets   int    `yaml:"sets"`
	Clause string `yaml:"clause"`
}

// Province is what the province's guidance says of awards at its level (plan III.1.1): which
// nominees are marked for them, by which of the standards they are held, how many the province
// takes. The city only puts the list together; the province decides.
type Province struct {
	Clause   string   `yaml:"clause"`
	Award    string   `yaml:"award"`              // what a dossier writes as the award it asks for
	Criteria []string `yaml:"criteria,omitempty"` // IDs of the standards that count; none means all
	// how many the province takes; none means that its guidance sets no number
	Places []Total `yaml:"places,omitempty"`
	Mark   `yaml:",inline"`
}

// Approval says which forms of units count only once the unit's leader has agreed by mail. The
// leader is who stands in the newest roster of units; without forms nobody is asked.
type Approval struct {
	Forms  []string `yaml:"forms,omitempty"`  // IDs of ApprovalForms
	Clause string   `yaml:"clause,omitempty"` // what asks for it, "" when no clause does
	Mark   `yaml:",inline"`
}

// ApprovalForms are the forms that a leader can be asked about: those in which a unit commits
// itself.
func ApprovalForms() []string { return []string{"dang-ky", "ho-so", "ho-so-giai-doan", "dot-xuat"} }

// ProvincePlaces returns how many nominees of a kind the province takes in the period with that ID.
// ok is false when it sets no number.
func (p *Plan) ProvincePlaces(period string, kind NomineeKind) (places int, ok bool) {
	per, ok := p.Period(period)
	if !ok {
		return 0, false
	}
	t, ok := find(p.Province.Places, func(t *Total) bool { return t.Period == per.Kind && t.Nominee == kind })
	return t.Places, ok
}

// Content is one of the contents of the movement (plan II.2), preloaded in the registration form.
type Content struct {
	Key    string `yaml:"key"`
	Title  string `yaml:"title"`
	Text   string `yaml:"text"`
	Clause string `yaml:"clause"`
	Item   int    `yaml:"item"`
}

// LevelName is the level as forms offer it: "Cấp thành phố" of "Khen thưởng cấp thành phố".
func (c Copies) LevelName() string {
	name := strings.TrimSpace(strings.TrimPrefix(c.Title, "Khen thưởng"))
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}

// Clause returns the clause cited as ref.
func (p *Plan) Clause(ref string) (Clause, bool) {
	return find(p.Clauses, func(c *Clause) bool { return c.Ref == ref })
}

// Group returns the group named id.
func (p *Plan) Group(id GroupID) (Group, bool) {
	return find(p.Groups, func(g *Group) bool { return g.ID == id })
}

// Role returns the role named id.
func (p *Plan) Role(id RoleID) (Role, bool) {
	return find(p.Roles, func(r *Role) bool { return r.ID == id })
}

// Quota returns how many places a group has for a kind of nominee in the period with that ID. ok is
// false when the plan sets no number, as for ad hoc awards.
func (p *Plan) Quota(period string, group GroupID, kind NomineeKind) (q Quota, ok bool) {
	per, ok := p.Period(period)
	if !ok {
		return Quota{}, false
	}
	return find(p.Quotas, func(q *Quota) bool { return q.Period == per.Kind && q.Group == group && q.Nominee == kind })
}

// find returns the first element that fits.
func find[T any](all []T, fits func(*T) bool) (found T, ok bool) {
	for i := range all {
		if fits(&all[i]) {
			return all[i], true
		}
	}
	return found, false
}

package plan

import "thidua/templates/calendar"

// Council is the Council for emulation and commendation and the rules of its vote. No law sets them
// for a giấy khen, so they are data and printed in the minutes.
type Council struct {
	Name            string    `yaml:"name"`
	SecretaryEmails []string  `yaml:"secretary-emails"`
	Quorum          Fraction  `yaml:"quorum"`    // of all members
	Threshold       Threshold `yaml:"threshold"` //
	Secret          bool      `yaml:"secret"`    // ballots are secret
	// absent members may vote in writing; they count for the quorum and the bases
	Written bool `yaml:"written"`
	// members recused from a nominee do not count in the base of its share
	WithoutRecused bool     `yaml:"without-recused,omitempty"`
	Members        []Member `yaml:"-"` // council.csv
	Mark           `yaml:",inline"`
}

// Fraction is Num/Den, compared in whole numbers.
type Fraction struct {
	Num int `yaml:"num"`
	Den int `yaml:"den"`
}

// Reached reports whether part is at least the fraction of whole.
func (f Fraction) Reached(part, whole int) bool { return part*f.Den >= whole*f.Num }

// Needed returns the smallest number that reaches the fraction of whole.
func (f Fraction) Needed(whole int) int { return (whole*f.Num + f.Den - 1) / f.Den }

// Base is what a share of votes is a share of.
type Base string

// The bases of a threshold.
const (
	TotalMembers   Base = "total"   // all members of the Council
	PresentMembers Base = "present" // those present, and those asked in writing
	ValidBallots   Base = "valid"   // valid ballots
)

// Threshold is the share of votes a nominee needs.
type Threshold struct {
	Percent int  `yaml:"percent"`
	Base    Base `yaml:"base"`
	Strict  bool `yaml:"strict"` // more than Percent, not just as much
}

// Passed reports whether votes of base reach the threshold, computed in whole numbers.
func (t Threshold) Passed(votes, base int) bool {
	if t.Strict {
		return votes*100 > base*t.Percent
	}
	return votes*100 >= base*t.Percent
}

// The roles in the Council.
const (
	CouncilChair     = "chair"
	CouncilVice      = "vice-chair"
	CouncilSecretary = "secretary"
	CouncilMember    = "member"
)

// Member is one member of the Council, as council.csv lists them, in order of seniority.
type Member struct {
	Name     string // "" when only the position is known
	Position string // "Phó Chủ tịch UBND thành phố"
	Role     string // CouncilChair, CouncilVice, CouncilSecretary or CouncilMember
	Title    string // the role as printed, "Phó Chủ tịch Hội đồng"
	Email    string
	Mark
}

// LegalBasis is a "Căn cứ …" line, valid for documents dated From to To (both included; zero means
// open).
type LegalBasis struct {
	Text string        `yaml:"text"`
	From calendar.Date `yaml:"from,omitempty"`
	To   calendar.Date `yaml:"to,omitempty"`
	Mark `yaml:",inline"`
}

// BasesOn returns the legal bases for a document of that day, in order, without "Căn cứ" and the
// final mark.
func (p *Plan) BasesOn(day calendar.Date) []string {
	var out []string
	for _, b := range p.Bases {
		if within(day, b.From, b.To) {
			out = append(out, b.Text)
		}
	}
	return out
}

// Head is the head and the foot of a kind of paper: who issues it, under which symbol, who signs.
type Head struct {
	Paper      string      `yaml:"paper"`            // "decision", "minutes", …
	Parent     string      `yaml:"parent,omitempty"` // cơ quan chủ quản, in capitals; "" when there is none
	Organ      []string    `yaml:"organ"`            // cơ quan ban hành, in capitals, line by line
	Symbol     string      `yaml:"symbol,omitempty"` // "QĐ-UBND"
	Signatures []Signature `yaml:"signatures"`       // left to right
	Recipients []string    `yaml:"recipients,omitempty"`
	Mark       `yaml:",inline"`
}

// Signature is one block of signature.
type Signature struct {
	Lines []string `yaml:"lines,flow"`     // "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"
	Name  string   `yaml:"name,omitempty"` // "" leaves room for a name
}

// Head returns the head of a kind of paper.
func (p *Plan) Head(paper string) (Head, bool) {
	return find(p.Heads, func(h *Head) bool { return h.Paper == paper })
}

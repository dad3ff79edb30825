// Package check is the closed set of typed checks that criteria are made of.
//
// A criterion of the plan goes in once and is compiled against its scales; then the facts about one
// nominee go in and a Finding of the check comes out: the outcome, the facts it rests on, the
// threshold in words, the reason, and what would have changed it. A check never reads a file, a
// clock or the ledger, and it never guesses: what is not known stays Pending.
package check

import "slices"

// Outcome is what became of one criterion for one nominee.
type Outcome string

// The outcomes.
const (
	Met           Outcome = "Met"           // Đạt
	NotMet        Outcome = "NotMet"        // Không đạt
	Pending       Outcome = "Pending"       // Chưa đủ căn cứ: the fact that decides is not known yet
	Council       Outcome = "Council"       // Cần Hội đồng xem xét: a human judgement
	NotApplicable Outcome = "NotApplicable" // Không áp dụng
)

// Outcomes lists every outcome, heaviest first: an outcome weighs more than all after it when
// several are taken together.
func Outcomes() []Outcome { return []Outcome{NotMet, Pending, Council, Met, NotApplicable} }

func (o Outcome) weight() int { return slices.Index(Outcomes(), o) }

// Basis says on whose word a fact rests.
type Basis string

// The bases of a fact.
const (
	Declared Basis = "declared" // kê khai: the unit's own dossier
	Official Basis = "official" // chính thức: the records of the standing office
	Ledger   Basis = "ledger"   // sổ theo dõi: what was received and when
)

// Fact is one thing known about a nominee, with the cell it was read from. Sheet and Cell are empty
// for facts that no cell states, such as an empty discipline register.
type Fact struct {
	Key     string `json:"key"`
	Value   string `json:"value"`
	Text    string `json:"text,omitempty"` // Vietnamese, where Value is a code
	Basis   Basis  `json:"basis"`
	Year    int    `json:"year,omitempty"` // of a period of several years, where the fact is about one of them
	File    string `json:"file,omitempty"`
	Sheet   string `json:"sheet,omitempty"`
	Cell    string `json:"cell,omitempty"`
	Message string `json:"message,omitempty"` // receipt number of the submission
	// number of the office's ruling without which the value would be another
	Override string `json:"override,omitempty"`
	Clause   string `json:"clause,omitempty"`
}

// Shown is the value as people read it.
func (f Fact) Shown() string {
	if f.Text != "" {
		return f.Text
	}
	return f.Value
}

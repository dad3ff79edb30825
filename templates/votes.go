package templates

import "thidua/templates/form"

// Votes are the council's tally, filled in by its secretary after the meeting (Plan IV.1: Hội đồng
// bình xét).
type Votes struct {
	Session     CouncilSession
	Collectives []VoteRow
	Individuals []VoteRow
}

// CouncilSession describes the meeting. The person presiding need not be the council's chair.
type CouncilSession struct {
	Year, Date, Place, Presiding, PresidingTitle, Secretary form.Value
	Members, Present, Written                               form.Value
	CollectiveIssued                                        form.Value `form:"cissued"`
	CollectiveReturned                                      form.Value `form:"creturned"`
	CollectiveValid                                         form.Value `form:"cvalid"`
	CollectiveInvalid                                       form.Value `form:"cinvalid"`
	IndividualIssued                                        form.Value `form:"iissued"`
	IndividualReturned                                      form.Value `form:"ireturned"`
	IndividualValid                                         form.Value `form:"ivalid"`
	IndividualInvalid                                       form.Value `form:"iinvalid"`

	Note form.Value
	Own  form.Own `json:"own,omitzero"`
}

// VoteRow is the tally for one nominee; Code is the nominee's code printed on the ballot workbook.
// Recused are the members who took no part in the vote on this nominee; Conclusion is what the
// council concluded where the votes alone do not settle it.
type VoteRow struct {
	Code, Name, Position, Unit, Agree, Disagree, Other, Recused, Conclusion, Note form.Value
	Own                                                                           form.Own `json:"own,omitzero"`
}

// What the council may conclude about a nominee.
const (
	Conclude   = "Đề nghị khen thưởng"
	ConcludeNo = "Không đề nghị khen thưởng"
)

// VotesForm declares the ballot workbook.
var VotesForm = declare("kiem-phieu", func() any { return &Votes{} }, checkVotes)

package ingest

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/proof"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// Leader is who leads a unit by the newest roster that the office sent: roles come from the roster
// alone.
type Leader struct {
	Unit    string // code
	Name    string // "" when the roster does not say
	Address string // lower case
}

// Leaders returns the leaders whose address stands in the newest accepted roster, in its order.
func Leaders(all []submission.Submission) []Leader {
	var newest *submission.Submission
	for i, s := range all {
		if s.Form == templates.RosterForm.ID && s.State == submission.Accepted && s.Value != nil &&
			(newest == nil || submission.Compare(s, *newest) > 0) {
			newest = &all[i]
		}
	}
	if newest == nil {
		return nil
	}
	var out []Leader
	for _, u := range newest.Value.(*templates.Roster).Units {
		l := Leader{Unit: strings.TrimSpace(u.Code.Text), Name: u.Leader.Text,
			Address: strings.ToLower(strings.TrimSpace(u.LeaderEmail.Text))}
		if plan.IsAddress(l.Address) {
			out = append(out, l)
		}
	}
	return out
}

// LeaderOf returns the leader of a unit; ok is false when the roster names none, or no address of
// one.
func LeaderOf(d submission.Dataset, unit string) (Leader, bool) {
	all := Leaders(d.Submissions)
	if i := slices.IndexFunc(all, func(l Leader) bool { return l.Unit == unit }); i >= 0 {
		return all[i], true
	}
	return Leader{}, false
}

// ApprovalLetter begins the ID of the letter that asks a leader about a submission:
// "approval/<submission>/<address>".
const ApprovalLetter = "approval/"

// What a leader says to what his unit sent, the first word of a command's detail. Then come the
// receipt numbers that he names.
const (
	saysYes     = "yes"
	saysNo      = "no"
	saysUnclear = "unclear"
)

var (
	agrees = regexp.MustCompile(`^(?:(?:ok|vang|da|toi|minh|thu truong|lanh dao|don vi|da xem|va|hoan toan) ` +
		`)*(?:dong y|nhat tri)` +
		`(?: (?:voi|gui|trinh|nop|de nghi|noi dung|toan bo|cac|ban dang ky|dang ky|ho so|danh sach|nhu|tren|nay|` +
		`kem theo|cua|don vi|hoi dong|a|nhe|tn(?: [0-9a-z]+)+))*$`)
	objects = regexp.MustCompile(`^(?:(?:da|toi|minh|thu truong|lanh dao|don vi|da xem|va) )*(?:khong|chua) ` +
		`(?:dong y|nhat tri)\b`)
	hedges = regexp.MustCompile(`\b(?:khong|chua|nhung|tuy nhien|neu|sua|bo sung|dieu chinh|xem lai|tru|ngoai ` +
		`tru|voi dieu kien|dong y|nhat tri)\b`)
	farewell = regexp.MustCompile(`^(?:tran trong|kinh chao|kinh thu|thanks|best regards|sent from|gui tu|duoc ` +
		`gui tu|get outlook)\b`)
)

// answers reads what a leader wrote himself: agreement or objection where one line says exactly
// that and no other line takes it back. All else is unclear, and he is asked to say it again.
func answers(text string) string {
	says := saysUnclear
	for line := range strings.Lines(ownWords(text)) {
		line = strings.TrimSpace(line)
		if line == "--" || line == "—" {
			break
		}
		folded := viet.Fold(line)
		if farewell.MatchString(folded) {
			break
		}
		yes, no := agrees.MatchString(folded), objects.MatchString(folded)
		switch {
		case yes && says == saysNo, no && says == saysYes:
			return saysUnclear
		case yes:
			says = saysYes
		case no:
			says = saysNo
		case says != saysNo && hedges.MatchString(folded):
			return saysUnclear
		}
	}
	return says
}

// asksLeader reports whether a mail is the answer to a letter that asked a leader: by its subject,
// or a leader's own agreement with a receipt number.
func (in *intake) asksLeader(m mailbox.Message, from sender, related bool) (detail string, ok bool) {
	if related || !from.known && from.leads == "" {
		return "", false
	}
	named := receipts.FindAllString(strings.ToUpper(m.Subject+"\n"+ownWords(m.Text)), 50)
	says := answers(m.Text)
	// also when the plan asks no more: the letters are there
	asked := strings.HasPrefix(plainSubject(m.Subject), "xin y kien thu truong")
	if !asked && (len(in.plan.Approval.Forms) == 0 || from.leads == "" || says == saysUnclear || len(named) == 0) {
		return "", false
	}
	slices.Sort(named)
	return strings.Join(append([]string{says}, slices.Compact(named)...), " "), true
}

// awaitLeader keeps what must not count before the unit's leader has agreed, when the plan asks for
// that. What the leader sent himself needs nothing more.
func (in *intake) awaitLeader(out *ledger.Intake, from sender, means proof.Means) {
	for i := range out.Submissions {
		s := &out.Submissions[i]
		f, ok := templates.Lookup(s.Form)
		if !ok || f.From != form.FromUnit || s.State != submission.Accepted ||
			!slices.Contains(in.plan.Approval.Forms, s.Form) {
			continue
		}
		if from.leads == s.Unit && proof.Consent.Enough(means) {
			continue
		}
		s.Findings = append(s.Findings, finding.New(finding.AwaitsLeader, finding.At{}, "clause",
			in.plan.Approval.Clause))
		s.State = submission.ToFix
		if out.Message.Outcome == submission.MailAccepted {
			out.Message.Outcome = submission.MailToFix
		}
	}
}

// approvals carries out what a leader answered. Who leads the unit is asked of the roster as it was
// when the answer came.
func (in *intake) approvals(ctx context.Context, l *ledger.Ledger, command submission.Message) ([]ledger.Ruling,
	[]ledger.Released, error) {
	d, err := l.Dataset(ctx, command.Received)
	if err != nil {
		return nil, nil, err
	}
	said := strings.Fields(command.Detail)
	if len(said) == 0 {
		return nil, nil, fmt.Errorf("the command says nothing")
	}
	named := said[1:]
	if command.InReplyTo != "" {
		letter, ok, err := l.Outbox().LetterByMessageID(ctx, command.InReplyTo)
		if err != nil {
			return nil, nil, err
		}
		if about, is := strings.CutPrefix(letter.ID, ApprovalLetter); ok && is {
			id, _, _ := strings.Cut(about, "/")
			named = []string{id}
		}
	}
	if len(named) == 0 {
		named = []string{""}
	}
	var rulings []ledger.Ruling
	for _, id := range named {
		r := ledger.Ruling{Command: command.ID, N: len(rulings) + 1, Verb: ledger.Approve, Given: id,
			At: command.Received}
		if said[0] == saysNo {
			r.Verb = ledger.Object
		}
		r.Submission, r.Refused = in.approve(d, command, id, said[0])
		rulings = append(rulings, r)
	}
	return rulings, nil, nil
}

// approve finds what an answer is about, and why nothing may come of it.
func (in *intake) approve(d submission.Dataset, command submission.Message, id, says string) (about, refused string) {
	at := slices.IndexFunc(d.Submissions, func(s submission.Submission) bool {
		return strings.EqualFold(s.ID, id) &&
			s.Unit == command.Unit
	})
	if at < 0 {
		return "", refusedUnknown
	}
	s := d.Submissions[at]
	leader, ok := LeaderOf(d, s.Unit)
	switch {
	case !ok || leader.Address != command.From:
		return s.ID, RefusedNotLeader
	case !s.AwaitsLeader():
		return s.ID, refusedSettled
	case says == saysUnclear:
		return s.ID, RefusedUnclear
	}
	return s.ID, ""
}

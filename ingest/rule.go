package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/proof"
	"thidua/ingest/submission"
	"thidua/ingest/workbook"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Why a ruling came to nothing, keys of the catalogue under mail.refused.
const (
	refusedUnknown    = "unknown"     // nothing of the sender's has that number, no mail waits under that code
	refusedAmbiguous  = "ambiguous"   // the code fits more than one mail
	refusedUnit       = "unit"        // the unit is not in the plan, or the file names none
	refusedNotFetched = "not-fetched" // the mail was too big to be read
	refusedNothing    = "nothing"     // nobody can be told whose mail it is
	refusedVoted      = "voted"       // the council has voted on it
	refusedScanned    = "scanned"     // the office's scanner found something, or could not be asked
	refusedStumbled   = "stumbled"    // the program itself failed on the mail
	RefusedNotLeader  = "not-leader"  // the sender is not the unit's leader by the roster
	RefusedUnclear    = "unclear"     // neither agreement nor objection
	refusedSettled    = "settled"     // nothing waits for the leader's agreement any more
)

// rule carries out what people decided by mail and what has not been carried out: releases of held
// mail, withdrawals, a leader's agreement. Each command is one transaction; its answer is somebody
// else's work.
func (in *intake) rule(ctx context.Context, l *ledger.Ledger) error {
	for _, work := range []struct {
		reason string
		decide func(context.Context, *ledger.Ledger, submission.Message) ([]ledger.Ruling, []ledger.Released, error)
	}{{AskRuling, in.orders}, {AskWithdraw, in.withdrawals}, {AskApproval, in.approvals}} {
		commands, err := l.Rulings().Commands(ctx, work.reason)
		if err != nil {
			return err
		}
		for _, m := range commands {
			rulings, released, err := work.decide(ctx, l, m)
			if err != nil {
				return fmt.Errorf("carrying out message %s: %w", m.ID, err)
			}
			if len(rulings) == 0 {
				continue
			}
			if err := l.Rulings().Rule(ctx, rulings, released); err != nil {
				return fmt.Errorf("carrying out message %s: %w", m.ID, err)
			}
		}
	}
	return nil
}

// orders carries out the lines of an office's reply about held mail.
func (in *intake) orders(ctx context.Context, l *ledger.Ledger, command submission.Message) ([]ledger.Ruling,
	[]ledger.Released, error) {
	held, err := l.Rulings().Held(ctx)
	if err != nil {
		return nil, nil, err
	}
	o := &orders{intake: in, ledger: l, held: held, settled: map[string]bool{}}
	err = o.carryOut(ctx, command, command)
	return o.rulings, o.released, err
}

// orders is what comes of an office's reply, all of which is one transaction.
type orders struct {
	*intake
	ledger   *ledger.Ledger
	held     []submission.Message // what waits still
	settled  map[string]bool      // verbs and submissions: what is done is not done again
	rulings  []ledger.Ruling
	released []ledger.Released
}

// carryOut carries out the lines of a command. confirmed is the office's mail itself, or the one
// whose line released the command: what a held mail commands holds from the moment at which
// somebody vouched for it.
func (o *orders) carryOut(ctx context.Context, command, confirmed submission.Message) error {
	for i, line := range strings.Split(command.Detail, "\n") {
		x, ok := readOrder(line)
		if !ok {
			continue
		}
		r := ledger.Ruling{Command: command.ID, N: i + 1, Verb: x.verb, Given: line, At: confirmed.Received}
		at, several := o.find(x.code)
		switch {
		case at < 0:
			r.Refused = refusedUnknown
		case several:
			r.Refused = refusedAmbiguous
		case x.verb == ledger.Return && o.held[at].From == "":
			r.Message, r.Refused = o.held[at].ID, refusedNothing
		default:
			about := o.held[at]
			r.Message, o.held = about.ID, slices.Delete(o.held, at, at+1)
			if x.verb != ledger.Release {
				break
			}
			asked, err := o.release(ctx, &r, about, x.unit, command.ID != confirmed.ID)
			if err != nil {
				return err
			}
			if r.Refused != "" {
				o.held = append(o.held, about)
				break
			}
			if asked.ID != "" {
				n := len(o.rulings)
				o.rulings = append(o.rulings, r)
				if err := o.obey(ctx, asked, confirmed); err != nil {
					return err
				}
				// nothing of it could be done
				if !slices.ContainsFunc(o.rulings[n+1:], func(x ledger.Ruling) bool { return x.Refused == "" }) {
					o.rulings[n].Refused, o.held = refusedNothing, append(o.held, about)
				}
				continue
			}
		}
		o.rulings = append(o.rulings, r)
	}
	return nil
}

// find is the held mail with a code, or with a beginning of its ID, as letters of earlier versions
// named mails.
func (o *orders) find(code string) (at int, several bool) {
	at = slices.IndexFunc(o.held,
		func(m submission.Message) bool { return o.book.secret.Fits(proof.HeldMail, m.ID, code) })
	if at >= 0 {
		return at, false
	}
	for i, m := range o.held {
		if strings.HasPrefix(m.ID, code) {
			at, several = i, at >= 0
		}
	}
	return at, several
}

// release reads a held mail because somebody of the office vouches for it. Whoever was held for
// want of proof is believed to be who he says; of everybody else the office vouches for the sender
// and not for a role: official records and votes are taken from the addresses of the plan alone. A
// mail that is itself a command is returned, to be obeyed; commands that command others are not.
func (o *orders) release(ctx context.Context, r *ledger.Ruling, m submission.Message, named string,
	within bool) (asked submission.Message, err error) {
	defer func() {
		// what failed when the mail came fails again: the office is told, and the pass goes on
		if problem := recover(); problem != nil {
			r.Refused, asked, err = refusedStumbled, submission.Message{}, nil
		}
	}()
	if m.Reason == reasonPoison { // it would end this pass, and every pass after it
		r.Refused = refusedStumbled
		return asked, nil
	}
	raw, err := o.ledger.Inbox().Raw(ctx, m.ID)
	if err != nil {
		return asked, err
	}
	if raw == nil {
		r.Refused = refusedNotFetched
		return asked, nil
	}
	if err := o.remember(ctx, o.ledger); err != nil {
		return asked, err
	}
	have, done := o.budget()
	defer done()
	parsed := mailbox.Parse(raw, mailbox.Limits{})
	if reason, _ := o.scanned(raw, parsed); reason != "" {
		r.Refused = refusedScanned
		return asked, nil
	}
	files, others := o.files(parsed, have)
	read, from, means := ledger.Intake{Message: m}, sender{known: true}, proof.Address
	if claimed, ok := o.sender(parsed); ok && named == "" &&
		(m.Reason == reasonUnproven || m.Reason == reasonDoubtful) && (claimed.known || claimed.leads != "") {
		from, means = claimed, proof.Address|proof.Pass
		reason, detail := o.asked(parsed, from, len(files)+len(others) > 0)
		if _, weighty := acts[reason]; weighty {
			if within {
				r.Refused = refusedNothing
				return asked, nil
			}
			asked, r.Unit = m, m.Unit
			asked.Reason, asked.Detail = reason, detail
			return asked, nil
		}
	} else {
		ok := false
		if named != "" {
			from.unit, ok = findUnit(o.plan, named)
		} else {
			from.unit, ok = o.unitInFiles(files, seasonOf(o.plan, m.Received))
		}
		if !ok {
			r.Refused = refusedUnit
			return asked, nil
		}
		from.address = m.From
		if from.address == "" && len(from.unit.Mailboxes()) > 0 {
			from.address = from.unit.Mailboxes()[0]
		}
	}
	r.Unit = from.unit.Code
	// words are no paper of anybody's: who wrote them sent nothing that could be taken in
	if len(files)+len(others) == 0 {
		r.Refused = refusedNothing
		return asked, nil
	}
	o.submissions(&read, from, parsed, files, others, means, have)
	o.awaitLeader(&read, from, means)
	before := o.known[from.unit.Code]
	read.Submissions = slices.DeleteFunc(read.Submissions, func(s submission.Submission) bool { // what counts already
		return slices.ContainsFunc(before, func(b submission.Submission) bool {
			return b.Message == m.ID && b.SHA256 == s.SHA256 && b.Unit == s.Unit
		})
	})
	if len(read.Submissions) == 0 {
		r.Refused = refusedNothing
		return asked, nil
	}
	o.remark([]ledger.Intake{read})
	what := ledger.Released{Message: m.ID, Submissions: read.Submissions}
	if m.Reason != reasonWrongUnit { // those of a known sender are kept already
		what.Attachments = read.Attachments
	}
	o.released = append(o.released, what)
	return asked, nil
}

// obey carries out a command that was held until the office vouched for it. What it takes back or
// agrees to is so from that moment.
func (o *orders) obey(ctx context.Context, command, confirmed submission.Message) error {
	if command.Reason == AskRuling {
		return o.carryOut(ctx, command, confirmed)
	}
	decide := o.withdrawals
	if command.Reason == AskApproval {
		decide = o.approvals
	}
	command.Received = confirmed.Received
	rulings, _, err := decide(ctx, o.ledger, command)
	for _, r := range rulings {
		if done := string(r.Verb) + " " + r.Submission; r.Refused == "" && o.settled[done] {
			r.Refused = refusedSettled
		} else if r.Refused == "" {
			o.settled[done] = true
		}
		o.rulings = append(o.rulings, r)
	}
	return err
}

// unitInFiles is the unit that every workbook names which names any.
func (in *intake) unitInFiles(files []file, season plan.Period) (u plan.Unit, ok bool) {
	for _, f := range files {
		if f.finding != nil {
			continue
		}
		r := workbook.Read(in.plan, season, f.name, f.bytes, "").Reading
		if r.Form == nil || r.Form.From != form.FromUnit {
			continue
		}
		id := templates.IdentityOf(r.Value)
		named, found := in.plan.UnitByCode(id.Code.Text)
		if !found && id.Unit.Given() {
			named, found, _ = in.plan.MatchUnit(id.Unit.Text)
		}
		if !found || ok && named.Code != u.Code {
			return plan.Unit{}, false
		}
		u, ok = named, true
	}
	return u, ok
}

// withdrawals carries out a unit's wish that what it sent no longer counts. A version that is
// withdrawn does not bring back the one before it: all versions of the paper that the unit has sent
// until then are withdrawn together, so that nothing counts which the unit does not know of.
func (in *intake) withdrawals(ctx context.Context, l *ledger.Ledger,
	command submission.Message) (rulings []ledger.Ruling, _ []ledger.Released, err error) {
	d, err := l.Dataset(ctx, command.Received)
	if err != nil {
		return nil, nil, err
	}
	named := strings.Fields(command.Detail)
	if len(named) == 0 && command.InReplyTo != "" {
		letter, ok, err := l.Outbox().LetterByMessageID(ctx, command.InReplyTo)
		if err != nil {
			return nil, nil, err
		}
		message, answered := strings.CutPrefix(letter.Cause, "receipt/")
		if released, ok := strings.CutPrefix(letter.ID, "released/"); ok { // its cause is the mail that released it
			message = released
		}
		for _, s := range d.Submissions {
			if ok && answered && s.Message == message {
				named = append(named, s.ID)
			}
		}
	}
	gone := map[string]bool{}
	add := func(given, id, refused string) {
		if gone[id] {
			return
		}
		gone[id] = id != ""
		rulings = append(rulings, ledger.Ruling{Command: command.ID, N: len(rulings) + 1, Verb: ledger.Withdraw,
			Given: given, Submission: id, Refused: refused, At: command.Received})
	}
	for _, id := range named {
		at := slices.IndexFunc(d.Submissions, func(s submission.Submission) bool {
			return strings.EqualFold(s.ID, id) &&
				in.owns(command, s)
		})
		if at < 0 {
			add(id, "", refusedUnknown)
			continue
		}
		s := d.Submissions[at]
		if votes := d.Accepted(s.Period, templates.VotesForm.ID); len(votes) > 0 &&
			!d.Of(s.Period, s.Form, s.Unit)[0].Received.After(votes[len(votes)-1].Received) {
			add(id, s.ID, refusedVoted) // what came after the last vote was not voted on
			continue
		}
		add(id, s.ID, "")
		if f, ok := templates.Lookup(s.Form); ok && f.From == form.FromUnit {
			for _, v := range d.Of(s.Period, s.Form, s.Unit) {
				if in.owns(command, v) {
					add(id, v.ID, "")
				}
			}
		}
	}
	return rulings, nil, nil
}

// owns reports whether the sender of a command may withdraw a submission: his unit's, and of
// official papers only those of his role.
func (in *intake) owns(command submission.Message, s submission.Submission) bool {
	if s.Unit != command.Unit {
		return false
	}
	f, ok := templates.Lookup(s.Form)
	switch {
	case ok && f.From == form.FromOffice:
		return in.plan.IsOffice(command.From)
	case ok && f.From == form.FromSecretary:
		return in.plan.IsOffice(command.From) || in.plan.IsCouncil(command.From)
	}
	return true
}

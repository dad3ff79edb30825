package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
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

// rule carries out what people decided by mail and what has not been carried out: releases of held mail, withdrawals, a leader's agreement. Each command is one
// transaction; its answer is somebody else's work.
func (in *intake) rule(ctx context.Context, l *ledger.Ledger) error {
	for _, work := range []struct {
		reason string
		decide func(context.Context, *ledger.Ledger, submission.Message) ([]ledger.Ruling, []ledger.Released, error)
	}{{AskRuling, in.orders}, {AskWithdraw, in.withdrawals}, {AskApproval, in.approvals}} {
		commands, err := l.Commands(ctx, work.reason)
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
			if err := l.Rule(ctx, rulings, released); err != nil {
				return fmt.Errorf("carrying out message %s: %w", m.ID, err)
			}
		}
	}
	return nil
}

// orders carries out the lines of an office's reply about held mail.
func (in *intake) orders(ctx context.Context, l *ledger.Ledger, command submission.Message) (rulings []ledger.Ruling, released []ledger.Released, err error) {
	held, err := l.Held(ctx)
	if err != nil {
		return nil, nil, err
	}
	for i, line := range strings.Split(command.Detail, "\n") {
		o, ok := readOrder(line)
		if !ok {
			continue
		}
		r := ledger.Ruling{Command: command.ID, N: i + 1, Verb: o.verb, Given: line, At: command.Received}
		at := slices.IndexFunc(held, func(m submission.Message) bool { return strings.HasPrefix(m.ID, o.code) })
		last := -1
		for j, m := range held {
			if strings.HasPrefix(m.ID, o.code) {
				last = j
			}
		}
		switch {
		case at < 0:
			r.Refused = refusedUnknown
		case at != last:
			r.Refused = refusedAmbiguous
		case o.verb == ledger.Return && held[at].From == "":
			r.Message, r.Refused = held[at].ID, refusedNothing
		default:
			r.Message = held[at].ID
			if o.verb == ledger.Release {
				var what ledger.Released
				if r.Unit, r.Refused, what, err = in.release(ctx, l, held[at], o.unit); err != nil {
					return nil, nil, err
				}
				if r.Refused == "" {
					released = append(released, what)
				}
			}
			if r.Refused == "" {
				held = slices.Delete(held, at, at+1)
			}
		}
		rulings = append(rulings, r)
	}
	return rulings, released, nil
}

// release reads a held mail as if its sender had been known. Somebody of the office vouches for the sender and not for a role: official
// records and votes are taken from the addresses of the plan alone.
func (in *intake) release(ctx context.Context, l *ledger.Ledger, m submission.Message, named string) (unit, refused string, out ledger.Released, err error) {
	defer func() {
		if problem := recover(); problem != nil { // what failed when the mail came fails again: the office is told, and the pass goes on
			unit, refused, out, err = "", refusedStumbled, ledger.Released{}, nil
		}
	}()
	if m.Reason == reasonPoison { // it would end this pass, and every pass after it
		return "", refusedStumbled, out, nil
	}
	raw, err := l.Raw(ctx, m.ID)
	if err != nil {
		return "", "", out, err
	}
	if raw == nil {
		return "", refusedNotFetched, out, nil
	}
	have, done := in.budget()
	defer done()
	parsed := mailbox.Parse(raw, mailbox.Limits{})
	if reason, _ := in.scanned(raw, parsed); reason != "" {
		return "", refusedScanned, out, nil
	}
	files, others := in.files(parsed, have)
	var u plan.Unit
	ok := false
	if named != "" {
		u, ok = unitNamed(in.plan, named)
	} else {
		u, ok = in.unitInFiles(files, in.season(m.Received))
	}
	if !ok {
		return "", refusedUnit, out, nil
	}
	address := m.From
	if address == "" && len(u.Mailboxes()) > 0 {
		address = u.Mailboxes()[0]
	}
	read := ledger.Intake{Message: m}
	from := sender{address: address, unit: u, known: true}
	in.submissions(&read, from, parsed, files, others, have)
	in.awaitLeader(&read, from, unproven)
	if err := in.remember(ctx, l); err != nil {
		return "", "", out, err
	}
	before := in.known[u.Code]
	read.Submissions = slices.DeleteFunc(read.Submissions, func(s submission.Submission) bool { // what counts already
		return slices.ContainsFunc(before, func(b submission.Submission) bool {
			return b.Message == m.ID && b.SHA256 == s.SHA256 && b.Unit == s.Unit
		})
	})
	if len(read.Submissions) == 0 {
		return u.Code, refusedNothing, out, nil
	}
	in.remark([]ledger.Intake{read})
	out = ledger.Released{Message: m.ID, Submissions: read.Submissions}
	if m.Reason != reasonWrongUnit { // those of a known sender are kept already
		out.Attachments = read.Attachments
	}
	return u.Code, "", out, nil
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

// withdrawals carries out a unit's wish that what it sent no longer counts. A version that is withdrawn does not bring back the one before it:
// all versions of the paper that the unit has sent until then are withdrawn together, so that nothing counts which the unit does not know of.
func (in *intake) withdrawals(ctx context.Context, l *ledger.Ledger, command submission.Message) (rulings []ledger.Ruling, _ []ledger.Released, err error) {
	d, err := l.Dataset(ctx, command.Received)
	if err != nil {
		return nil, nil, err
	}
	named := strings.Fields(command.Detail)
	if len(named) == 0 && command.InReplyTo != "" {
		letter, ok, err := l.LetterByMessageID(ctx, command.InReplyTo)
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
		rulings = append(rulings, ledger.Ruling{Command: command.ID, N: len(rulings) + 1, Verb: ledger.Withdraw, Given: given, Submission: id, Refused: refused, At: command.Received})
	}
	for _, id := range named {
		at := slices.IndexFunc(d.Submissions, func(s submission.Submission) bool { return strings.EqualFold(s.ID, id) && in.owns(command, s) })
		if at < 0 {
			add(id, "", refusedUnknown)
			continue
		}
		s := d.Submissions[at]
		if votes := d.Accepted(s.Period, templates.VotesForm.ID); len(votes) > 0 && !d.Of(s.Period, s.Form, s.Unit)[0].Received.After(votes[len(votes)-1].Received) {
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

// owns reports whether the sender of a command may withdraw a submission: his unit's, and of official papers only those of his role.
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

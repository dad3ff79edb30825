package main

import (
	"errors"
	"slices"
	"strings"

	"thidua/cmd/exit"
	"thidua/evaluate"
	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/wording"
)

type statusCommand struct {
	Period string `help:"${cli_help_period}" placeholder:"P"`
	JSON   bool   `name:"json" help:"${cli_help_json}"`
}

// statusReport is what `status --json` prints.
type statusReport struct {
	Period string               `json:"period"`
	Matrix []evaluate.MatrixRow `json:"matrix"`
	Due    []dueOccasion        `json:"due"`
	Outbox outboxState          `json:"outbox"`
	Held   []heldMail           `json:"held"`
	Left   []heldMail           `json:"left"`
	Lost   []lostLetter         `json:"undelivered"`
	Ledger ledgerState          `json:"ledger"`
}

type dueOccasion struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	On    string `json:"on"`
}

// lostLetter is a letter that did not reach somebody: refused, given up, or bounced later.
type lostLetter struct {
	Letter  string `json:"letter"`
	To      string `json:"to"`
	Unit    string `json:"unit"`
	Subject string `json:"subject"`
	Why     string `json:"why"`
}

type outboxState struct {
	Queued int `json:"queued"`
	Sent   int `json:"sent"`
	Failed int `json:"failed"`
}

// ledgerState is the whole ledger in numbers, of all periods.
type ledgerState struct {
	Messages    int        `json:"messages"` // = accepted + tofix + held + left
	Accepted    int        `json:"accepted"`
	ToFix       int        `json:"tofix"`
	Held        int        `json:"held"`
	Left        int        `json:"left"`
	Duplicates  int        `json:"duplicates"` // further copies of the messages
	Unanswered  int        `json:"unanswered"`
	Submissions int        `json:"submissions"`
	Valid       int        `json:"valid"` // of the submissions
	Rows        form.Count `json:"rows"`
	Runs        int        `json:"runs"`
	Documents   int        `json:"documents"`
	Events      int        `json:"events"`
}

type heldMail struct {
	Message  string `json:"message"`
	From     string `json:"from"`
	Subject  string `json:"subject"`
	Received string `json:"received"`
	Reason   string `json:"reason"`
}

func (c statusCommand) Run(s *session) error {
	src, err := s.gather(c.Period, "")
	if err != nil {
		return err
	}
	l := s.ledger
	n, err := l.Counts(s.ctx)
	if err != nil {
		return err
	}
	messages, err := l.Messages(s.ctx)
	if err != nil {
		return err
	}
	r := statusReport{Period: src.Period.ID, Matrix: src.Summary.Matrix, Outbox: outboxState{n.Queued, n.Sent, n.Failed},
		Ledger: ledgerState{n.Messages, n.Accepted, n.ToFix, n.Held, n.Left, n.Duplicates, n.Unanswered, n.Submissions, n.Valid, n.Rows, n.Runs, n.Documents, n.Events},
		Held:   []heldMail{}, Left: []heldMail{}, Lost: []lostLetter{}, Due: []dueOccasion{}}
	undecided, err := l.Held(s.ctx)
	if err != nil {
		return err
	}
	lost, err := l.Undelivered(s.ctx)
	if err != nil {
		return err
	}
	for _, f := range lost {
		r.Lost = append(r.Lost, lostLetter{f.Letter.ID, f.Addr, f.Letter.Unit, f.Letter.Subject, strings.TrimSpace(f.Status + " " + f.Text)})
	}
	for _, m := range messages {
		h := heldMail{Message: m.ID, From: m.Senders(), Subject: m.Subject, Received: calendar.ShortMoment(m.Received)}
		switch {
		case slices.ContainsFunc(undecided, func(u submission.Message) bool { return u.ID == m.ID }):
			h.Reason = wording.Text("mail.reason." + m.Reason)
			r.Held = append(r.Held, h)
		case m.Outcome == submission.MailLeft:
			h.Reason = wording.Text("mail.reason." + m.Reason)
			r.Left = append(r.Left, h)
		}
	}
	now := calendar.DateOf(s.Now())
	for _, o := range src.Plan.Occurrences(src.Period.ID) {
		if !o.On.IsZero() && !o.On.Before(now) {
			r.Due = append(r.Due, dueOccasion{o.Key, o.Occasion.Title, o.On.String()})
		}
	}
	if c.JSON {
		return s.JSON(r)
	}
	s.board(r, src.Period, src.Plan)
	return nil
}

type doctorCommand struct{}

// Run checks every invariant of the ledger.
func (doctorCommand) Run(s *session) error {
	l, err := s.existingLedger()
	if err != nil {
		return err
	}
	problems, err := l.Verify(s.ctx)
	if err != nil {
		return err
	}
	for _, p := range problems {
		s.Print("- %s\n", p)
	}
	if len(problems) > 0 {
		return exit.Because(exit.Failure, wording.Text("cli.doctor.problems", "n", len(problems)))
	}
	s.Print("%s\n", wording.Text("cli.doctor.ok"))
	return nil
}

type verifyCommand struct {
	Receipt string `arg:"" help:"${cli_help_receipt}"`
}

// Run shows what proves a receipt.
func (c verifyCommand) Run(s *session) error {
	l, err := s.existingLedger()
	if err != nil {
		return err
	}
	proof, err := l.Proof(s.ctx, c.Receipt)
	if errors.Is(err, ledger.ErrUnknown) {
		return exit.Because(exit.Usage, wording.Text("cli.verify.unknown", "receipt", c.Receipt))
	}
	if err != nil {
		return err
	}
	x := proof.Submission
	s.Print("%s\n", wording.Text("cli.verify.text", "receipt", x.ID, "unit", x.Unit, "from", x.From, "received", calendar.Moment(x.Received), "file", x.File, "sha", x.SHA256, "message", x.Message, "event", proof.Event.Hash))
	if !proof.Approved.IsZero() {
		s.Print("%s\n", wording.Text("cli.verify.approved", "moment", calendar.Moment(proof.Approved)))
	} else if proof.Submission.AwaitsLeader() {
		s.Print("%s\n", wording.Text("cli.verify.awaits"))
	}
	if !proof.Withdrawn.IsZero() {
		s.Print("%s\n", wording.Text("cli.verify.withdrawn", "moment", calendar.Moment(proof.Withdrawn)))
	}
	if !proof.Erased.IsZero() {
		s.Print("%s\n", wording.Text("cli.verify.erased", "moment", calendar.Moment(proof.Erased)))
	}
	if !proof.Intact {
		return exit.Because(exit.Failure, wording.Text("cli.verify.broken"))
	}
	s.Print("%s\n", wording.Text("cli.verify.intact"))
	return nil
}

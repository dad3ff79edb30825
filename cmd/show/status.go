package show

import (
	"context"
	"slices"
	"strings"
	"time"

	"thidua/cmd/vitals"
	"thidua/evaluate"
	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/round"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/wording"
)

// Status is how a round and the ledger stand: what `status --json` prints.
type Status struct {
	Period string               `json:"period"`
	Matrix []evaluate.MatrixRow `json:"matrix"`
	Due    []Due                `json:"due"`
	Outbox Outbox               `json:"outbox"`
	Held   []Mail               `json:"held"`
	Left   []Mail               `json:"left"`
	Lost   []LostLetter         `json:"undelivered"`
	Ledger Ledger               `json:"ledger"`
	Auth   Examination          `json:"authentication"`
	Passes vitals.State         `json:"passes"`
}

// Examination is how many of the newest mails bear what the office's mail server found out.
type Examination struct {
	Server string `json:"server"` // mailbox.authserv-id
	Mails  int    `json:"mails"`
	Named  int    `json:"named"`
}

// Silent reports whether the server never wrote: its name is wrong, or it examines nothing.
func (e Examination) Silent() bool { return e.Server != "" && e.Mails > 0 && e.Named == 0 }

// String says so in words.
func (e Examination) String() string {
	return wording.Text("cli.authserv.silent", "server", e.Server, "n", e.Mails)
}

// ExaminedMails is how many of the newest mails a server's name is judged by.
const ExaminedMails = 50

// Due is an occasion that is not over.
type Due struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	On    string `json:"on"`
}

// LostLetter is a letter that did not reach somebody: refused, given up, or bounced later.
type LostLetter struct {
	Letter  string `json:"letter"`
	To      string `json:"to"`
	Unit    string `json:"unit"`
	Subject string `json:"subject"`
	Why     string `json:"why"`
}

// Outbox counts our letters.
type Outbox struct {
	Queued int `json:"queued"`
	Sent   int `json:"sent"`
	Failed int `json:"failed"`
}

// Ledger is the whole ledger in numbers, of all periods.
type Ledger struct {
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

// Mail is a mail of which nothing was taken in.
type Mail struct {
	Message  string `json:"message"`
	From     string `json:"from"`
	Subject  string `json:"subject"`
	Received string `json:"received"`
	Reason   string `json:"reason"`
}

// ReadStatus reads how a round stands and what of it waits for a person. server is the mail server
// whose checks are believed, "" for none.
func ReadStatus(
	ctx context.Context, l *ledger.Ledger, src round.Sources, server string, now time.Time,
) (Status, error) {
	r := Status{
		Period: src.Period.ID, Matrix: src.Summary.Matrix, Due: []Due{}, Held: []Mail{}, Left: []Mail{},
		Lost: []LostLetter{},
	}
	n, err := l.Counts(ctx)
	if err != nil {
		return r, err
	}
	r.Outbox = Outbox{n.Queued, n.Sent, n.Failed}
	r.Ledger = Ledger{
		Messages: n.Messages, Accepted: n.Accepted, ToFix: n.ToFix, Held: n.Held, Left: n.Left,
		Duplicates: n.Duplicates,
		Unanswered: n.Unanswered, Submissions: n.Submissions, Valid: n.Valid, Rows: n.Rows,
		Runs: n.Runs, Documents: n.Documents, Events: n.Events,
	}
	if err := r.readMails(ctx, l); err != nil {
		return r, err
	}
	if r.Auth.Server = server; server != "" {
		if r.Auth.Mails, r.Auth.Named, err = ingest.Examined(ctx, l, server, ExaminedMails); err != nil {
			return r, err
		}
	}
	failures, err := l.Outbox().Undelivered(ctx)
	if err != nil {
		return r, err
	}
	for _, f := range failures {
		r.Lost = append(r.Lost, LostLetter{
			Letter: f.Letter.ID, To: f.Addr, Unit: f.Letter.Unit, Subject: f.Letter.Subject,
			Why: strings.TrimSpace(f.Status + " " + f.Text),
		})
	}
	today := calendar.DateOf(now)
	for _, o := range src.Plan.Occurrences(src.Period.ID) {
		if !o.On.IsZero() && !o.On.Before(today) {
			r.Due = append(r.Due, Due{o.Key, o.Occasion.Title, o.On.String()})
		}
	}
	return r, nil
}

// readMails reads which mails wait for the office and which were left where they lie.
func (r *Status) readMails(ctx context.Context, l *ledger.Ledger) error {
	messages, err := l.Inbox().Messages(ctx)
	if err != nil {
		return err
	}
	undecided, err := l.Rulings().Held(ctx)
	if err != nil {
		return err
	}
	for _, m := range messages {
		held := slices.ContainsFunc(undecided, func(u submission.Message) bool { return u.ID == m.ID })
		if !held && m.Outcome != submission.MailLeft {
			continue
		}
		x := Mail{
			Message: m.ID, From: m.Senders(), Subject: m.Subject, Received: calendar.ShortMoment(m.Received),
			Reason: wording.Text("mail.reason." + m.Reason),
		}
		if held {
			r.Held = append(r.Held, x)
		} else {
			r.Left = append(r.Left, x)
		}
	}
	return nil
}

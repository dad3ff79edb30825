package issue

import (
	"context"
	"strconv"
	"strings"
	"time"

	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/reports/style"
	"thidua/templates/calendar"
)

const (
	digestReport = "digest"
	digestAhead  = 7  // days ahead of which falls due is told
	digestShown  = 40 // mails one by one; the rest is a number
	examined     = 50 // newest mails by which it is judged whether our mail server writes what it found out
)

// Digest tells the office once every working morning what happened since the last digest: mails
// that arrived, what is held, letters that failed or came back, and what falls due in the next
// days. When nothing happened and nothing falls due no letter goes out. It returns the key of the
// run, "" for none.
func (p Issuer) Digest(ctx context.Context, l *ledger.Ledger, clock calendar.Clock) (string, error) {
	now := clock.Now()
	today := calendar.DateOf(now)
	if len(p.Plan.Office.Emails) == 0 || !p.Plan.Calendar.IsWorkingDay(today) || now.Before(opens(today)) {
		return "", nil
	}
	var err error
	if p.Post, err = p.With(ctx, l); err != nil {
		return "", err
	}
	key := digestReport + "/" + today.String()
	runs, err := l.Runs().All(ctx)
	if err != nil {
		return "", err
	}
	var since time.Time
	for _, r := range runs {
		if r.Key == key {
			return "", nil
		}
		if r.Report == digestReport && r.At.After(since) {
			since = r.At
		}
	}
	d, err := p.day(ctx, l, since)
	if err != nil {
		return "", err
	}
	d.due = p.ahead(today)
	if d.empty() {
		return "", nil
	}
	if p.Examiner != "" {
		mails, named, err := ingest.Examined(ctx, l, p.Examiner, examined)
		if err != nil {
			return "", err
		}
		d.unexamined = mails > 0 && named == 0
	}
	b, subject := p.digestBody(d, since, now)
	frozen, err := p.Freeze(digestReport, "", letter.Letter{ID: key, To: p.ToOffice(), Date: now, Subject: subject}, b)
	if err != nil {
		return "", err
	}
	run := ledger.Run{Key: key, Report: digestReport, PlanHash: p.Plan.Hash, AsOf: now}
	return key, l.Runs().Issue(ctx, run, nil, []ledger.Letter{frozen})
}

// happened is what a digest tells of.
type happened struct {
	taken         []ledger.Entry
	held          int // of all mails, those that still wait for a person
	sent, failed  int // letters
	bounced       int
	queued, tried int // letters that wait, and those of them that were tried in vain
	due           []string
	refused       map[string]int // by mail: orders in it of which nothing came
	unexamined    bool           // no mail bears what our mail server found out
}

func (h happened) empty() bool {
	return len(h.taken)+h.failed+h.bounced+h.tried+len(h.due) == 0
}

// day reads what happened after a moment.
func (p Issuer) day(ctx context.Context, l *ledger.Ledger, since time.Time) (happened, error) {
	var h happened
	events, err := l.Chain().Events(ctx)
	if err != nil {
		return h, err
	}
	taken := map[string]bool{}
	for _, e := range events {
		if !e.At.After(since) {
			continue
		}
		switch e.What {
		case ledger.MessageTaken:
			taken[e.Ref] = true
		case ledger.LetterSent:
			h.sent++
		case ledger.LetterFailed:
			h.failed++
		case ledger.LetterBounced:
			h.bounced++
		}
	}
	messages, err := l.Inbox().Messages(ctx)
	if err != nil {
		return h, err
	}
	for _, m := range messages {
		// of strangers, what is left is nobody's business
		if taken[m.ID] && (m.Outcome != submission.MailLeft || m.Unit != "" && m.Reason != "own") {
			h.taken = append(h.taken, m)
		}
	}
	if h.refused, err = l.Refused(ctx); err != nil {
		return h, err
	}
	undecided, err := l.Rulings().Held(ctx)
	if err != nil {
		return h, err
	}
	h.held = len(undecided)
	letters, err := l.Outbox().Letters(ctx)
	if err != nil {
		return h, err
	}
	for _, x := range letters {
		if x.State == ledger.Queued {
			h.queued++
			if x.Attempts > 0 {
				h.tried++
			}
		}
	}
	return h, nil
}

// ahead lists what falls due from today on.
func (p Issuer) ahead(today calendar.Date) []string {
	var out []string
	for _, o := range occurrences(p.Plan) {
		if !o.On.IsZero() && !o.On.Before(today) && o.On.DaysSince(today) <= digestAhead {
			out = append(out, p.Text("letter.digest.dueline", "date", o.On.Short(), "title", o.Occasion.Title, "period",
				o.Period.Title))
		}
	}
	return out
}

//wording:composed letter.digest.outcome.
//wording:composed mail.reason.
func (p Issuer) digestBody(h happened, since, now time.Time) (letter.Body, string) {
	var b letter.Body
	counts := map[submission.Outcome]int{}
	for _, m := range h.taken {
		counts[m.Outcome]++
	}
	b.Title(p.Text("letter.digest.title", "date", calendar.DateOf(now).Short()))
	b.Para(p.Text("letter.dear", "name", p.Plan.Office.Name))
	if since.IsZero() {
		b.Para(p.Text("letter.digest.first", "now", style.Moment(now)))
	} else {
		b.Para(p.Text("letter.digest.since", "since", style.Moment(since), "now", style.Moment(now)))
	}
	b.Facts(
		p.Text("letter.digest.arrived"), p.Text("letter.digest.arrivedvalue", "n", len(h.taken), "accepted",
			counts[submission.MailAccepted],
			"tofix", counts[submission.MailToFix], "held", counts[submission.MailHeld]),
		p.Text("letter.digest.held"), strconv.Itoa(h.held),
		p.Text("letter.digest.sent"), strconv.Itoa(h.sent),
		p.Text("letter.digest.waiting"), p.Text("letter.digest.waitingvalue", "n", h.queued, "tried", h.tried),
		p.Text("letter.digest.failed"), strconv.Itoa(h.failed),
		p.Text("letter.digest.bounced"), strconv.Itoa(h.bounced),
	)
	if len(h.taken) > 0 {
		b.Heading(p.Text("letter.digest.mails"))
		var rows [][]string
		for i, m := range h.taken[:min(len(h.taken), digestShown)] {
			from := m.From
			if m.Unit != "" {
				from = p.UnitName(m.Unit)
			}
			result := p.Text("letter.digest.outcome." + string(m.Outcome))
			if m.Outcome == submission.MailLeft || strings.HasPrefix(m.Reason, ingest.Ask) {
				result = p.Text("mail.reason." + m.Reason)
			}
			if n := h.refused[m.ID]; n > 0 {
				result += "; " + p.Text("letter.digest.refused", "n", n)
			}
			rows = append(rows, []string{strconv.Itoa(i + 1), style.Moment(m.Received), from, m.Subject, result})
		}
		b.Table([]string{p.Text("letter.col.number"), p.Text("letter.fact.received"), p.Text("letter.fact.from"),
			p.Text("letter.fact.subject"), p.Text("letter.digest.result")}, rows, nil)
		if rest := len(h.taken) - digestShown; rest > 0 {
			b.Para(p.Text("letter.digest.rest", "n", rest))
		}
	}
	if len(h.due) > 0 {
		b.Heading(p.Text("letter.digest.due", "days", digestAhead))
		for _, line := range h.due {
			b.Para(line)
		}
	}
	if h.unexamined {
		b.Box(p.Text("letter.digest.unexamined", "server", p.Examiner))
	}
	next := p.Text("letter.digest.next.none")
	if counts[submission.MailHeld]+h.failed+h.bounced > 0 {
		next = p.Text("letter.digest.next.act")
	}
	b.Box(next)
	return b, p.Text("letter.digest.subject", "date", calendar.DateOf(now).Short(), "n", len(h.taken), "held",
		counts[submission.MailHeld], "failed", h.failed+h.bounced)
}

package answer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/reports/post"
	"thidua/reports/style"
	"thidua/templates/calendar"
)

// withhold takes out of the mails that wait those of senders who have had all the answers of the
// day: they wait on and are answered the next day. The office is told once a day of each such
// sender, with the list of what was withheld then.
func withhold(ctx context.Context, p post.Post, l *ledger.Ledger, waiting []ledger.Arrival,
	now time.Time) ([]ledger.Arrival, error) {
	today := calendar.DateOf(now)
	had, err := l.Answered(ctx, today.Start())
	if err != nil {
		return nil, err
	}
	var out []ledger.Arrival
	withheld := map[string][]submission.Message{}
	var senders []string
	for _, a := range waiting {
		from := strings.ToLower(a.Message.From)
		if a.Message.Outcome != submission.MailHeld {
			if had[from] >= p.Plan.Office.AnswersADay() {
				if withheld[from] == nil {
					senders = append(senders, from)
				}
				withheld[from] = append(withheld[from], a.Message)
				continue
			}
			had[from]++
		}
		out = append(out, a)
	}
	if len(p.Plan.Office.Emails) == 0 {
		return out, nil
	}
	var letters []ledger.Letter
	for _, from := range slices.Sorted(slices.Values(senders)) {
		told, err := tellWithheld(p, today, from, withheld[from], now)
		if err != nil {
			return nil, err
		}
		letters = append(letters, told)
	}
	if len(letters) > 0 {
		_, err = l.Outbox().Queue(ctx, letters)
	}
	return out, err
}

// tellWithheld tells the office whose mails are answered the next day only.
func tellWithheld(p post.Post, today calendar.Date, from string, mails []submission.Message,
	now time.Time) (ledger.Letter, error) {
	sum := sha256.Sum256([]byte(from))
	var b letter.Body
	b.Title(p.Text("letter.withheld.title"))
	b.Para(p.Text("letter.dear", "name", p.Plan.Office.Name))
	b.Para(p.Text("letter.withheld.intro", "address", from, "most", p.Plan.Office.AnswersADay(), "n", len(mails)))
	var rows [][]string
	for i, m := range mails[:min(len(mails), shownHeld)] {
		rows = append(rows, []string{strconv.Itoa(i + 1), m.Subject, style.Moment(m.Received)})
	}
	b.Table([]string{p.Text("letter.col.number"), p.Text("letter.fact.subject"), p.Text("letter.fact.received")}, rows,
		nil)
	b.Box(p.Text("letter.withheld.next"))
	return p.Freeze("withheld", "", letter.Letter{
		ID: "withheld/" + today.String() + "/" + hex.EncodeToString(sum[:8]), To: p.ToOffice(), Date: now,
		Subject: p.Text("letter.withheld.subject", "n", len(mails)),
	}, b)
}

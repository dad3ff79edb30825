package answer

import (
	"slices"
	"strings"

	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/reports/post"
	"thidua/reports/style"
)

const (
	kindHandedOn  = "handed-on" // the kind of letters that bring the office what somebody wrote in words
	mostWords     = 4000        // runes of a mail that its letter quotes; the mail itself goes with it
	largestHanded = 5 << 20     // bytes of a mail that goes with the letter
)

// human deals with a mail that a person is to read: it goes to the office, whose reply goes to its
// writer, and its writer is told so in one sentence. Where a unit says that it does not take part,
// he is told that this has been recorded.
func (c *clerk) human(a ledger.Arrival) ([]ledger.Letter, error) {
	name := c.addressee(a.Message)
	letters, err := c.handOn(a, name)
	if err != nil || a.Message.Reason == ingest.AskWords && a.Message.Detail == ingest.Unanswered {
		return letters, err
	}
	var b letter.Body
	out := letter.Letter{
		ID: "receipt/" + a.Message.ID, To: post.To(name, []string{a.Message.From}), Date: c.now,
		InReplyTo: letter.Angle(a.Message.MessageID), References: []string{letter.Angle(a.Message.InReplyTo)},
		Subject: c.Text("letter.passedon.subject", "unit", name),
	}
	if a.Message.Reason == ingest.AskDecline {
		period := a.Message.Detail
		if p, ok := c.Plan.Period(period); ok {
			period = strings.ToLower(p.Title)
		}
		out.Subject = c.Text("letter.decline.subject", "unit", name, "period", period)
		b.Title(c.Text("letter.decline.title"))
		b.Para(c.Text("letter.dear", "name", name))
		b.Para(c.Text("letter.decline.done", "moment", style.Moment(a.Message.Received), "unit", name, "period",
			period))
		if slices.ContainsFunc(c.data.Submissions,
			func(s submission.Submission) bool { return s.Unit == a.Message.Unit && s.Period == a.Message.Detail }) {
			b.Para(c.Text("letter.decline.stands"))
		}
		b.Box(c.Text("letter.decline.next"))
	} else {
		b.Title(c.Text("letter.passedon.title"))
		b.Para(c.Text("letter.dear", "name", name))
		b.Para(c.Text("letter.passedon.done", "moment", style.Moment(a.Message.Received), "office", c.Plan.Office.Name))
	}
	told, err := c.Freeze(ingest.PassedOn, a.Message.Unit, out, b)
	return append(letters, told), err
}

// addressee is in what name a sender is written to.
func (c *clerk) addressee(m submission.Message) string {
	switch {
	case c.Plan.IsOffice(m.From):
		return c.Plan.Office.Name
	case c.Plan.IsCouncil(m.From):
		return c.Plan.Council.Name
	}
	return c.UnitName(m.Unit)
}

// handOn brings a mail to the office: its words quoted, the mail itself enclosed, and its writer as
// the one whom a reply reaches. What one of the office wrote goes to the others.
func (c *clerk) handOn(a ledger.Arrival, name string) ([]ledger.Letter, error) {
	to := slices.DeleteFunc(slices.Clone(c.Plan.Office.Emails),
		func(e string) bool { return strings.EqualFold(e, a.Message.From) })
	if len(to) == 0 {
		return nil, nil
	}
	raw, err := c.raw(a.Message.ID)
	if err != nil {
		return nil, err
	}
	said := []rune(strings.TrimSpace(mailbox.Parse(raw, mailbox.Limits{}).Text))
	if len(said) > mostWords {
		said = append(said[:mostWords], '…')
	}
	intro := c.Text("letter.handedon.intro", "name", name)
	if a.Message.Reason == ingest.AskDecline {
		intro = c.Text("letter.handedon.decline", "name", name)
	}
	var b letter.Body
	b.Title(c.Text("letter.handedon.title"))
	b.Para(c.Text("letter.dear", "name", c.Plan.Office.Name))
	b.Para(intro)
	b.Facts(
		c.Text("letter.fact.unit"), name,
		c.Text("letter.fact.from"), a.Message.From,
		c.Text("letter.fact.subject"), a.Message.Subject,
		c.Text("letter.fact.received"), style.Moment(a.Message.Received),
	)
	for line := range strings.Lines(string(said)) {
		if line = strings.TrimSpace(line); line != "" {
			b.Para("> " + line)
		}
	}
	b.Box(c.Text("letter.handedon.next", "address", a.Message.From))
	out := letter.Letter{
		ID: kindHandedOn + "/" + a.Message.ID, To: post.To(c.Plan.Office.Name, to), ReplyTo: a.Message.From,
		Date:    c.now,
		Subject: c.Text("letter.handedon.subject", "unit", name, "subject", a.Message.Subject),
	}
	if len(raw) <= largestHanded {
		out.Attachments = []letter.Attachment{{Name: "thu-goc.eml", Bytes: raw}}
	}
	handed, err := c.Freeze(kindHandedOn, a.Message.Unit, out, b)
	return []ledger.Letter{handed}, err
}

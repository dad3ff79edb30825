package answer

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/reports/paper"
	"thidua/reports/post"
	"thidua/reports/prefill"
	"thidua/reports/style"
	"thidua/reports/unitpaper"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// askLeaders writes to the leader of every unit whose newest version of a paper waits for nothing
// but his agreement, once for each version. Where the roster has no address of a leader, the office
// is told, once a round.
func askLeaders(ctx context.Context, p post.Post, forms *prefill.Forms, l *ledger.Ledger, now time.Time) error {
	if len(p.Plan.Approval.Forms) == 0 {
		return nil
	}
	c, err := newClerk(ctx, p, forms, l, now)
	if err != nil {
		return err
	}
	leaderless := map[string][]submission.Submission{} // by round
	for _, s := range c.data.Submissions {
		if !s.AwaitsLeader() || !slices.Contains(c.Plan.Approval.Forms, s.Form) {
			continue
		}
		if versions := c.data.Of(s.Period, s.Form, s.Unit); versions[len(versions)-1].ID != s.ID {
			continue
		}
		leader, ok := ingest.LeaderOf(c.data, s.Unit)
		if !ok {
			leaderless[s.Period] = append(leaderless[s.Period], s)
			continue
		}
		id := ingest.ApprovalLetter + s.ID + "/" + leader.Address
		write := func() ([]ledger.Letter, error) { return c.approvalLetter(id, s, leader) }
		if err := c.queueOnce(ctx, l, id, write); err != nil {
			return err
		}
	}
	for _, period := range c.Plan.Periods {
		if waiting := leaderless[period.ID]; len(waiting) > 0 && len(c.Plan.Office.Emails) > 0 {
			id := "no-leader/" + period.ID
			write := func() ([]ledger.Letter, error) { return c.noLeader(id, waiting) }
			if err := c.queueOnce(ctx, l, id, write); err != nil {
				return err
			}
		}
	}
	return nil
}

// queueOnce queues the letter with that key, unless it was written before.
func (c *clerk) queueOnce(
	ctx context.Context, l *ledger.Ledger, id string, write func() ([]ledger.Letter, error),
) error {
	_, known, err := l.Outbox().Letter(ctx, id)
	if err != nil || known {
		return err
	}
	letters, err := write()
	if err == nil {
		_, err = l.Outbox().Queue(ctx, letters)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", id, err)
	}
	return nil
}

// approvalLetter shows a leader what his unit sent, and asks for one line.
func (c *clerk) approvalLetter(id string, s submission.Submission, leader ingest.Leader) ([]ledger.Letter, error) {
	w := c.Plan.Words
	u, _ := c.Plan.UnitByCode(s.Unit)
	period, _ := c.Plan.Period(s.Period)
	name := leader.Name
	if name == "" {
		name = u.Head
	}
	var b letter.Body
	b.Title(w.Text("letter.leader.title"))
	b.Para(w.Text("letter.dear", "name", name))
	b.Para(w.Text("letter.leader.intro", "office", c.Plan.Office.Name, "form", c.FormTitle(s), "plan",
		style.PlanName(c.Plan)))
	b.Facts(
		w.Text("letter.fact.receipt"), s.ID,
		w.Text("letter.fact.unit"), u.Name,
		w.Text("letter.fact.from"), s.From,
		w.Text("letter.fact.received"), style.Moment(s.Received),
		w.Text("letter.fact.timing"), unitpaper.Timing(c.Plan, s, c.data),
		w.Text("letter.fact.file"), s.File,
		w.Text("letter.fact.sha"), s.SHA256,
		w.Text("letter.fact.period"), period.Title,
	)
	if rows := c.namedIn(s); len(rows) > 0 {
		b.Para(w.Text("letter.leader.named", "n", len(rows)))
		b.Table([]string{w.Text("letter.col.number"), w.Text("letter.leader.col.name"),
			w.Text("letter.leader.col.what"), w.Text("letter.leader.col.award")}, rows, nil)
	}
	f, _ := templates.Lookup(s.Form)
	shown := s.Approved()
	book, err := prefill.Read(c.Plan, shown, c.Secret())
	if err != nil {
		return nil, err
	}
	out := letter.Letter{ID: id, To: post.To(name, []string{leader.Address}), Date: c.now,
		Subject: w.Text("letter.leader.subject", "form", c.FormTitle(s), "unit", u.Name, "id", s.ID),
		Attachments: []letter.Attachment{{Name: prefill.FileName(f, s.Period, s.Unit), Type: paper.XLSX.MediaType(),
			Bytes: book}}}
	if list, ok, err := unitpaper.Make(unitpaper.List, c.Plan, shown, c.data,
		calendar.DateOf(c.data.AsOf)); err != nil {
		return nil, err
	} else if ok {
		files, err := list.Files()
		if err != nil {
			return nil, err
		}
		out.Attachments = append(out.Attachments, post.Attach(files...)...)
	}
	b.Box(w.Text("letter.leader.next"))
	b.Para(w.Text("letter.leader.rule", "address", leader.Address))
	return c.FreezeAll("approval", s.Unit, out, b)
}

// namedIn lists whom a paper registers or proposes: number, name, what it is, the award.
func (c *clerk) namedIn(s submission.Submission) (rows [][]string) {
	add := func(name, what, award string) {
		rows = append(rows, []string{strconv.Itoa(len(rows) + 1), name, what, award})
	}
	collective := c.Text("letter.leader.collective")
	if r, ok := s.Value.(*templates.Registration); ok {
		for _, c := range r.Collectives {
			add(c.Name.Text, collective, c.Award.Text)
		}
		for _, x := range r.Individuals {
			add(x.Name.Text, x.Position.Text, x.Award.Text)
		}
		return rows
	}
	slate, _ := templates.SlateOf(s.Value)
	for _, n := range slate.Nominations {
		what := n.Position.Text
		if n.Kind == plan.Collective {
			what = collective
		}
		add(n.Name.Text, what, n.Award.Text)
	}
	return rows
}

// noLeader tells the office that papers wait for leaders whose addresses nobody has told the
// program.
func (c *clerk) noLeader(id string, waiting []submission.Submission) ([]ledger.Letter, error) {
	w := c.Plan.Words
	var b letter.Body
	b.Title(w.Text("letter.noleader.title"))
	b.Para(w.Text("letter.dear", "name", c.Plan.Office.Name))
	b.Para(w.Text("letter.noleader.intro", "n", len(waiting)))
	var rows [][]string
	for _, s := range waiting {
		rows = append(rows, []string{strconv.Itoa(len(rows) + 1), c.UnitName(s.Unit), c.FormTitle(s), s.ID,
			style.Moment(s.Received)})
	}
	b.Table([]string{w.Text("letter.col.number"), w.Text("letter.fact.unit"), w.Text("letter.col.paper"),
		w.Text("letter.fact.receipt"), w.Text("letter.fact.received")}, rows, nil)
	b.Box(w.Text("letter.noleader.next", "address", c.Address))
	return c.FreezeAll("approval", "", letter.Letter{ID: id, To: c.ToOffice(), Date: c.now,
		Subject: w.Text("letter.noleader.subject")}, b)
}

// approved answers a leader, and tells his unit what came of it: a receipt as it gets for
// everything that counts, or that he did not agree.
func (c *clerk) approved(b *letter.Body, out *letter.Letter, a ledger.Arrival, name string) (more []ledger.Letter,
	err error) {
	w := c.Plan.Words
	out.Subject = w.Text("letter.approved.subject", "unit", name)
	if leader, ok := ingest.LeaderOf(c.data, a.Message.Unit); ok && leader.Address == a.Message.From &&
		leader.Name != "" {
		name = leader.Name
	}
	b.Title(w.Text("letter.approved.title"))
	b.Para(w.Text("letter.dear", "name", name))
	b.Para(w.Text("letter.approved.intro", "moment", style.Moment(a.Message.Received)))
	var rows [][]string
	again := false
	for _, r := range a.Rulings {
		result, title := "", ""
		for _, s := range r.Submissions {
			title = c.FormTitle(s)
			var letters []ledger.Letter
			if r.Verb == ledger.Approve {
				result = w.Text("letter.approved.done", "moment", style.Moment(r.At), "received",
					style.Moment(s.Received))
				s = s.Approved()
				letters, err = c.receipts(ledger.Arrival{Submissions: []submission.Submission{s},
					Message: submission.Message{ID: s.Message, From: s.From, Received: s.Received, Unit: s.Unit,
						Outcome: submission.MailAccepted}}, "approved/"+s.ID+"/")
			} else {
				result = w.Text("letter.approved.objected")
				letters, err = c.objected(r, s)
			}
			if err != nil {
				return nil, err
			}
			more = append(more, letters...)
		}
		if r.Refused != "" {
			again = again || r.Refused == ingest.RefusedUnclear || r.Refused == ingest.RefusedNotLeader
			result = w.Text("mail.refused." + r.Refused) //wording:composed mail.refused.
		}
		rows = append(rows, []string{strconv.Itoa(len(rows) + 1), strings.TrimSpace(r.Given), title, result})
	}
	b.Table([]string{w.Text("letter.col.number"), w.Text("letter.fact.receipt"), w.Text("letter.col.paper"),
		w.Text("letter.fact.result")}, rows, nil)
	if again {
		b.Box(w.Text("letter.approved.again"))
	}
	return more, nil
}

// objected tells a unit that its leader did not agree. What he wrote besides is between him and his
// unit.
func (c *clerk) objected(r ledger.Settled, s submission.Submission) ([]ledger.Letter, error) {
	w := c.Plan.Words
	var b letter.Body
	b.Title(w.Text("letter.objected.title"))
	b.Para(w.Text("letter.dear", "name", c.UnitName(s.Unit)))
	b.Para(w.Text("letter.objected.intro", "moment", style.Moment(r.At), "form", c.FormTitle(s), "id", s.ID, "received",
		style.Moment(s.Received)))
	b.Box(w.Text("letter.objected.next"))
	return c.FreezeAll("objected", s.Unit, letter.Letter{ID: fmt.Sprintf("objected/%s/%d", r.Command, r.N),
		To: post.To(c.UnitName(s.Unit), []string{s.From}), Date: c.now,
		Subject: w.Text("letter.objected.subject", "form", c.FormTitle(s), "unit", c.UnitName(s.Unit), "id", s.ID)}, b)
}

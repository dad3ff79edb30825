package reports

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/xlsx"
)

// askLeaders writes to the leader of every unit whose newest version of a paper waits for nothing but his agreement, once for each version. Where
// the roster has no address of a leader, the office is told, once a round.
func (p Post) askLeaders(ctx context.Context, l *ledger.Ledger, now calendar.Clock) error {
	if len(p.Plan.Approval.Forms) == 0 {
		return nil
	}
	d, err := l.Dataset(ctx, now.Now())
	if err != nil {
		return err
	}
	ask := func(id string, write func(id string) ([]ledger.Letter, error)) error {
		_, known, err := l.Letter(ctx, id)
		if err != nil || known {
			return err
		}
		letters, err := write(id)
		if err == nil {
			_, err = l.Queue(ctx, letters)
		}
		if err != nil {
			return fmt.Errorf("writing %s: %w", id, err)
		}
		return nil
	}
	nobody := map[string][]submission.Submission{} // by round
	for _, s := range d.Submissions {
		if !s.AwaitsLeader() || !slices.Contains(p.Plan.Approval.Forms, s.Form) {
			continue
		}
		if versions := d.Of(s.Period, s.Form, s.Unit); versions[len(versions)-1].ID != s.ID {
			continue
		}
		leader, ok := ingest.LeaderOf(d, s.Unit)
		if !ok {
			nobody[s.Period] = append(nobody[s.Period], s)
			continue
		}
		if err := ask(ingest.ApprovalLetter+s.ID+"/"+leader.Address, func(id string) ([]ledger.Letter, error) { return p.approvalLetter(id, s, leader, d, now) }); err != nil {
			return err
		}
	}
	for _, period := range p.Plan.Periods {
		if waiting := nobody[period.ID]; len(waiting) > 0 && len(p.Plan.Office.Emails) > 0 {
			if err := ask("no-leader/"+period.ID, func(id string) ([]ledger.Letter, error) { return p.noLeader(id, waiting, now) }); err != nil {
				return err
			}
		}
	}
	return nil
}

// approvalLetter shows a leader what his unit sent, and asks for one line.
func (p Post) approvalLetter(id string, s submission.Submission, leader ingest.Leader, d submission.Dataset, now calendar.Clock) ([]ledger.Letter, error) {
	w := p.Plan.Words
	u, _ := p.Plan.UnitByCode(s.Unit)
	period, _ := p.Plan.Period(s.Period)
	name := leader.Name
	if name == "" {
		name = u.Head
	}
	var b body
	b.title(w.Text("letter.leader.title"))
	b.para(w.Text("letter.dear", "name", name))
	b.para(w.Text("letter.leader.intro", "office", p.Plan.Office.Name, "form", p.formTitle(s), "plan", planName(p.Plan)))
	b.facts(
		w.Text("letter.fact.receipt"), s.ID,
		w.Text("letter.fact.unit"), u.Name,
		w.Text("letter.fact.from"), s.From,
		w.Text("letter.fact.received"), moment(s.Received),
		w.Text("letter.fact.timing"), p.timing(s, d),
		w.Text("letter.fact.file"), s.File,
		w.Text("letter.fact.sha"), s.SHA256,
		w.Text("letter.fact.period"), period.Title,
	)
	if rows := p.namedIn(s); len(rows) > 0 {
		b.para(w.Text("letter.leader.named", "n", len(rows)))
		b.table([]string{w.Text("letter.col.number"), w.Text("letter.leader.col.name"), w.Text("letter.leader.col.what"), w.Text("letter.leader.col.award")}, rows, nil)
	}
	f, _ := templates.Lookup(s.Form)
	shown := s.Approved()
	r := form.Reading{Form: f, Value: s.Value, Rows: s.Rows, Ignored: s.Ignored, Findings: shown.Findings, Repairs: s.Repairs}
	book, err := xlsx.Mark(&r, Heading(p.Plan, period, &u), Sealed(templates.Context(p.Plan, period, s.Unit), p.secret))
	if err != nil {
		return nil, err
	}
	out := letter.Letter{ID: id, To: to(name, []string{leader.Address}), Date: now.Now(),
		Subject:     w.Text("letter.leader.subject", "form", p.formTitle(s), "unit", u.Name, "id", s.ID),
		Attachments: []letter.Attachment{{Name: FormFile(f, s.Period, s.Unit), Type: workbookType, Bytes: book}}}
	if list, ok, err := p.MakeForUnit("unit-list", shown, d, calendar.DateOf(d.AsOf)); err != nil {
		return nil, err
	} else if ok {
		files, err := list.files()
		if err != nil {
			return nil, err
		}
		out.Attachments = append(out.Attachments, files...)
	}
	b.box(w.Text("letter.leader.next"))
	b.para(w.Text("letter.leader.rule", "address", leader.Address))
	return p.freezeAll("approval", s.Unit, out, b)
}

// namedIn lists whom a paper registers or proposes: number, name, what it is, the award.
func (p Post) namedIn(s submission.Submission) (rows [][]string) {
	add := func(name, what, award string) {
		rows = append(rows, []string{strconv.Itoa(len(rows) + 1), name, what, award})
	}
	collective := p.Plan.Words.Text("letter.leader.collective")
	if r, ok := s.Value.(*templates.Registration); ok {
		for _, c := range r.Collectives {
			add(c.Name.Text, collective, c.Award.Text)
		}
		for _, x := range r.Individuals {
			add(x.Name.Text, x.Position.Text, x.Award.Text)
		}
		return rows
	}
	slate, _ := slateOf(s.Value)
	for _, c := range slate.collectives {
		add(c.name, collective, c.award)
	}
	for _, x := range slate.people {
		add(x.name, x.position, x.award)
	}
	return rows
}

// noLeader tells the office that papers wait for leaders whose addresses nobody has told the program.
func (p Post) noLeader(id string, waiting []submission.Submission, now calendar.Clock) ([]ledger.Letter, error) {
	w := p.Plan.Words
	var b body
	b.title(w.Text("letter.noleader.title"))
	b.para(w.Text("letter.dear", "name", p.Plan.Office.Name))
	b.para(w.Text("letter.noleader.intro", "n", len(waiting)))
	var rows [][]string
	for _, s := range waiting {
		rows = append(rows, []string{strconv.Itoa(len(rows) + 1), p.name(s.Unit), p.formTitle(s), s.ID, moment(s.Received)})
	}
	b.table([]string{w.Text("letter.col.number"), w.Text("letter.fact.unit"), w.Text("letter.col.paper"), w.Text("letter.fact.receipt"), w.Text("letter.fact.received")}, rows, nil)
	b.box(w.Text("letter.noleader.next", "address", p.Address))
	return p.freezeAll("approval", "", letter.Letter{ID: id, To: to(p.Plan.Office.Name, p.Plan.Office.Emails), Date: now.Now(), Subject: w.Text("letter.noleader.subject")}, b)
}

// approved answers a leader, and tells his unit what came of it: a receipt as it gets for everything that counts, or that he did not agree.
func (p Post) approved(b *body, out *letter.Letter, a ledger.Arrival, d submission.Dataset, name string, now calendar.Clock) (more []ledger.Letter, err error) {
	w := p.Plan.Words
	out.Subject = w.Text("letter.approved.subject", "unit", name)
	if leader, ok := ingest.LeaderOf(d, a.Message.Unit); ok && leader.Address == a.Message.From && leader.Name != "" {
		name = leader.Name
	}
	b.title(w.Text("letter.approved.title"))
	b.para(w.Text("letter.dear", "name", name))
	b.para(w.Text("letter.approved.intro", "moment", moment(a.Message.Received)))
	var rows [][]string
	again := false
	for _, r := range a.Rulings {
		result, title := "", ""
		for _, s := range r.Submissions {
			title = p.formTitle(s)
			var letters []ledger.Letter
			if r.Verb == ledger.Approve {
				result = w.Text("letter.approved.done", "moment", moment(r.At), "received", moment(s.Received))
				s = s.Approved()
				letters, err = p.receipts(ledger.Arrival{Submissions: []submission.Submission{s},
					Message: submission.Message{ID: s.Message, From: s.From, Received: s.Received, Unit: s.Unit, Outcome: submission.MailAccepted}}, d, now, "approved/"+s.ID+"/")
			} else {
				result = w.Text("letter.approved.objected")
				letters, err = p.objected(r, s, now)
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
	b.table([]string{w.Text("letter.col.number"), w.Text("letter.fact.receipt"), w.Text("letter.col.paper"), w.Text("letter.fact.result")}, rows, nil)
	if again {
		b.box(w.Text("letter.approved.again"))
	}
	return more, nil
}

// objected tells a unit that its leader did not agree. What he wrote besides is between him and his unit.
func (p Post) objected(r ledger.Settled, s submission.Submission, now calendar.Clock) ([]ledger.Letter, error) {
	w := p.Plan.Words
	var b body
	b.title(w.Text("letter.objected.title"))
	b.para(w.Text("letter.dear", "name", p.name(s.Unit)))
	b.para(w.Text("letter.objected.intro", "moment", moment(r.At), "form", p.formTitle(s), "id", s.ID, "received", moment(s.Received)))
	b.box(w.Text("letter.objected.next"))
	return p.freezeAll("objected", s.Unit, letter.Letter{ID: fmt.Sprintf("objected/%s/%d", r.Command, r.N), To: to(p.name(s.Unit), []string{s.From}), Date: now.Now(),
		Subject: w.Text("letter.objected.subject", "form", p.formTitle(s), "unit", p.name(s.Unit), "id", s.ID)}, b)
}

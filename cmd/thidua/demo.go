package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/mail"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync/atomic"
	"time"

	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/ooxml"
	"thidua/reports"
	"thidua/reports/smtp"
	"thidua/samples/city"
	"thidua/samples/postoffice"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
	"thidua/templates/xlsx"
)

type demoCommand struct {
	Out     string `default:"thidua-demo" help:"${cli_help_demoout}" placeholder:"DIR"`
	Seed    uint64 `default:"2018" help:"${cli_help_demoseed}" placeholder:"N"`
	Shuffle uint64 `help:"${cli_help_demoshuffle}" placeholder:"N"`
}

const (
	demoAddress  = "thidua@thainguyen.example"
	demoPassword = "demo"
	demoPeriod   = "2018"
	demoMark     = "# thidua demo"
)

// The council meets on this day of the story, and the year ends when the summary has gone out.
var (
	demoSession = calendar.Date{Year: 2019, Month: 1, Day: 24}.Start().Add(15 * time.Hour)
	demoEnd     = calendar.Date{Year: 2019, Month: 1, Day: 31}.Start().Add(8 * time.Hour)
)

// demo plays the year: mails go into a real mailbox over SMTP, passes of the pipeline run as a timer would start them.
type demo struct {
	*session
	conf   demoCommand
	clock  atomic.Int64 // the story's time, Unix nanoseconds
	office *postoffice.Office
	city   *city.City
	sent   []sentMail
	ids    map[string]string // mail key → Message-ID, without brackets
	bar    *bar
	steps  int
	total  ingest.Report
}

type sentMail struct {
	name string
	raw  []byte
	mail *city.Mail
}

// plantedFault is a line of mail/in/faults.json: what was planted in a mail, and where `thidua check` must find it.
type plantedFault struct {
	Mail  string `json:"mail"`
	Code  string `json:"code"`
	Sheet string `json:"sheet"`
	Cell  string `json:"cell"`
	What  string `json:"what"`
}

// Now is the story's time.
func (d *demo) Now() time.Time { return time.Unix(0, d.clock.Load()).UTC() }

func (d *demo) set(t time.Time) { d.clock.Store(t.UnixNano()) }

// Run plays the demo.
func (c demoCommand) Run(s *session) error {
	if err := clearDemo(c.Out); err != nil {
		return err
	}
	p, err := s.thePlan()
	if err != nil {
		return err
	}
	d := &demo{session: s, conf: c, ids: map[string]string{}, bar: s.newBar(), city: city.New(p, c.Seed)}
	d.set(p.IssuedOn.Start())
	if d.office, err = postoffice.Open(postoffice.Config{Shared: demoAddress, Password: demoPassword, Clock: d.Now, UIDValidity: 20180227}); err != nil {
		return fmt.Errorf("opening the post office: %w", err)
	}
	defer func() { _ = d.office.Close() }() // nothing of it outlives the demo
	if err := write(c.Out, configName, []byte(d.configText())); err != nil {
		return err
	}
	l, err := ledger.Open(s.ctx, filepath.Join(c.Out, "ledger.db"), d)
	if err != nil {
		return err
	}
	s.ledger = l
	if err := d.play(p, l); err != nil {
		return err
	}
	d.bar.clear()
	return d.finish(p, l)
}

// clearDemo makes room for a new demo; a folder that is not an earlier demo is left alone.
func clearDemo(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading %s: %w", dir, err)
	}
	if b, err := os.ReadFile(filepath.Join(dir, configName)); err != nil || !bytes.HasPrefix(b, []byte(demoMark)) {
		return exit{exitUsage, errors.New(wording.Text("demo.occupied", "dir", dir))}
	}
	for _, name := range []string{"mail", "papers", "ledger.db", "ledger.db-wal", "ledger.db-shm", configName} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return fmt.Errorf("clearing %s: %w", dir, err)
		}
	}
	return nil
}

func (d *demo) configText() string {
	return demoMark + "\n# " + wording.Text("demo.config") + "\nledger: ledger.db\nmailbox:\n  address: " + demoAddress +
		"\n  server: " + d.office.IMAPAddr() + "\n  security: plain\n  user: " + demoAddress + "\n  password-env: THIDUA_DEMO_PASSWORD\n" +
		"smtp:\n  server: " + d.office.SMTPAddr() + "\n  security: plain\n"
}

// stop is a moment at which something happens: a mail arrives, or the timer starts a pass.
type stop struct {
	at   time.Time
	mail *city.Mail
}

// play runs the year from the plan's first day to the summary.
func (d *demo) play(p *plan.Plan, l *ledger.Ledger) error {
	mails, err := d.city.Mails()
	if err != nil {
		return fmt.Errorf("writing the city's mails: %w", err)
	}
	var stops []stop
	passes := map[time.Time]bool{}
	for _, o := range p.Occurrences(demoPeriod) {
		if !o.On.IsZero() {
			passes[o.On.Start().Add(7*time.Hour+time.Minute)] = true
		}
	}
	for i := range mails {
		stops = append(stops, stop{at: mails[i].At, mail: &mails[i]})
		passes[timer(mails[i].At)] = true
	}
	passes[timer(demoSession)], passes[demoEnd] = true, true
	for at := range passes {
		stops = append(stops, stop{at: at})
	}
	sort.SliceStable(stops, func(i, j int) bool {
		if !stops[i].at.Equal(stops[j].at) {
			return stops[i].at.Before(stops[j].at)
		}
		return stops[i].mail != nil && stops[j].mail == nil
	})
	var waiting []*city.Mail
	voted := false
	for i, st := range stops {
		d.bar.step(wording.Text("demo.step", "date", calendar.DateOf(st.at).Short()), i+1, len(stops))
		if st.mail != nil {
			waiting = append(waiting, st.mail)
			continue
		}
		if !voted && !st.at.Before(demoSession) {
			if err := d.vote(l, p); err != nil {
				return err
			}
			voted = true
		}
		if err := d.deliver(l, waiting); err != nil {
			return err
		}
		waiting = nil
		d.set(st.at)
		if err := d.pass(p, l); err != nil {
			return err
		}
	}
	return nil
}

// timer is the next time a pass is started: half past eight and half past four every day.
func timer(at time.Time) time.Time {
	day := calendar.DateOf(at)
	for _, t := range []time.Time{day.Start().Add(8*time.Hour + 30*time.Minute), day.Start().Add(16*time.Hour + 30*time.Minute)} {
		if t.After(at) {
			return t
		}
	}
	return day.AddDays(1).Start().Add(8*time.Hour + 30*time.Minute)
}

// deliver puts the mails that have come since the last pass into the mailbox: by time, or in another order to show that it changes nothing.
func (d *demo) deliver(l *ledger.Ledger, mails []*city.Mail) error {
	if d.conf.Shuffle > 0 {
		r := rand.New(rand.NewPCG(d.conf.Shuffle, uint64(len(d.sent))))
		r.Shuffle(len(mails), func(i, j int) { mails[i], mails[j] = mails[j], mails[i] })
	}
	if len(mails) == 0 {
		return nil
	}
	letters, err := l.Letters(d.ctx)
	if err != nil {
		return err
	}
	for _, m := range mails {
		answered := ""
		if m.Answers != "" {
			for _, x := range letters {
				if x.InReplyTo == d.ids[m.Answers] && x.Kind == "receipt" {
					answered = "<" + x.MessageID + ">"
				}
			}
			if answered == "" {
				return fmt.Errorf("mail %s answers %s, which got no receipt", m.Key, m.Answers)
			}
		}
		if err := d.send(m, m.Bytes(answered)); err != nil {
			return err
		}
	}
	return nil
}

// send hands a mail to the post office at a moment of the story.
func (d *demo) send(m *city.Mail, raw []byte) error {
	key, from := m.Key, m.From
	d.set(m.At)
	d.sent = append(d.sent, sentMail{name: fmt.Sprintf("%03d-%s.eml", len(d.sent)+1, strings.ReplaceAll(key, "/", "-")), raw: raw, mail: m})
	d.ids[key] = strings.Trim(mailbox.Parse(raw, mailbox.Limits{}).MessageID, "<>")
	client, err := smtp.Dial(d.ctx, smtp.Config{Address: d.office.SMTPAddr(), Security: smtp.Plain})
	if err != nil {
		return fmt.Errorf("sending %s: %w", key, err)
	}
	envelope := from
	if a, err := mail.ParseAddress(from); err == nil {
		envelope = a.Address
	}
	for _, r := range client.Send(d.ctx, envelope, []string{demoAddress}, raw) {
		if r.Outcome != smtp.Sent {
			return fmt.Errorf("sending %s: %d %s", key, r.Code, r.Text)
		}
	}
	return client.Close()
}

// pass runs the pipeline once, as `thidua run` does.
func (d *demo) pass(p *plan.Plan, l *ledger.Ledger) error {
	src, err := mailbox.DialIMAP(d.ctx, mailbox.IMAPConfig{Address: d.office.IMAPAddr(), Security: mailbox.Plain, User: demoAddress, Password: demoPassword})
	if err != nil {
		return fmt.Errorf("opening the mailbox: %w", err)
	}
	run := pass{
		plan: p, ledger: l, clock: d, source: src,
		post:    reports.Post{Plan: p, Address: demoAddress, Domain: "thainguyen.example"},
		options: ingest.Options{Own: demoAddress, Done: "Da xu ly", Held: "Cho xu ly"},
		dial: func(ctx context.Context) (*smtp.Client, error) {
			return smtp.Dial(ctx, smtp.Config{Address: d.office.SMTPAddr(), Security: smtp.Plain})
		},
	}
	r, err := run.do(d.ctx)
	if err != nil {
		return err
	}
	if r.sent.Unreachable != "" || r.sent.Later+r.sent.Failed > 0 {
		return fmt.Errorf("the embedded post office refused letters: %+v", r.sent)
	}
	d.steps++
	d.total.New += r.pulled.New
	d.total.Accepted += r.pulled.Accepted
	d.total.ToFix += r.pulled.ToFix
	d.total.Held += r.pulled.Held
	d.total.Left += r.pulled.Left
	d.total.Duplicates += r.pulled.Duplicates
	if len(r.issued) > 0 {
		letters, err := l.Letters(d.ctx)
		if err != nil {
			return err
		}
		for _, key := range r.issued {
			n := 0
			for _, x := range letters {
				if x.Cause == "run/"+key {
					n++
				}
			}
			d.bar.clear()
			d.say(wording.Text("demo.issued", "date", calendar.DateOf(d.Now()).Short(), "title", d.title(p, key), "letters", n))
		}
	}
	return src.Close()
}

// title names the occasion of a run.
func (d *demo) title(p *plan.Plan, key string) string {
	id, _, _ := strings.Cut(key, "/")
	for _, o := range p.Occasions {
		if o.ID == id {
			return o.Title
		}
	}
	return key
}

// vote plays the council's secretary: the ballot workbook that came with the newest docket is filled in and sent back as a reply.
func (d *demo) vote(l *ledger.Ledger, p *plan.Plan) error {
	letters, err := l.Letters(d.ctx)
	if err != nil {
		return err
	}
	var docket *ledger.Posted
	for i, x := range letters {
		if x.Kind == "papers" && strings.HasPrefix(x.Cause, "run/docket/") {
			docket = &letters[i]
		}
	}
	if docket == nil {
		return errors.New("no docket went to the council before its session")
	}
	raw, err := l.Blob(d.ctx, docket.SHA256)
	if err != nil {
		return err
	}
	period, _ := p.Period(demoPeriod)
	name := reports.FormFile(templates.VotesForm, demoPeriod, "")
	for _, a := range mailbox.Parse(raw, mailbox.Limits{}).Attachments {
		if a.Name != name {
			continue
		}
		w, err := ooxml.Read(a.Bytes, ooxml.DefaultLimits())
		if err != nil {
			return fmt.Errorf("reading the ballot workbook: %w", err)
		}
		f, stamp, ok := xlsx.Identify(w, templates.Forms())
		if !ok || f != templates.VotesForm {
			return errors.New("the ballot workbook is not recognised")
		}
		ctx := templates.Context(p, period, "")
		filled := d.city.Votes(xlsx.Read(f, stamp, w, ctx).Value.(*templates.Votes))
		b, err := xlsx.Write(f, reports.Heading(p, period, nil), ctx, filled)
		if err != nil {
			return err
		}
		m := city.Mail{
			Key: "votes", At: demoSession, Sent: demoSession, From: p.Council.SecretaryEmails[0], To: demoAddress,
			Subject: wording.Text("demo.votes.subject"), Text: wording.Text("demo.votes.text"),
			Attachments: []city.Attachment{{Name: name, Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Bytes: b}},
		}
		return d.send(&m, m.Bytes("<"+docket.MessageID+">"))
	}
	return errors.New("the docket carries no ballot workbook")
}

// finish proves that nothing is left to do, writes everything out and tells where to look.
func (d *demo) finish(p *plan.Plan, l *ledger.Ledger) error {
	before, err := l.Counts(d.ctx)
	if err != nil {
		return err
	}
	total := d.total
	if err := d.pass(p, l); err != nil { // once more: a pass with nothing new changes nothing
		return err
	}
	after, err := l.Counts(d.ctx)
	if err != nil {
		return err
	}
	if before != after {
		return fmt.Errorf("a pass with nothing new changed the ledger: %+v became %+v", before, after)
	}
	problems, err := l.Verify(d.ctx)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return fmt.Errorf("the ledger is not whole: %v", problems)
	}
	result, err := d.gather(demoPeriod, "")
	if err != nil {
		return err
	}
	if len(result.Result.Awards) == 0 {
		return errors.New("the council's vote gave no awards")
	}
	papers, err := d.export(l)
	if err != nil {
		return err
	}
	d.print("%s\n\n", wording.Text("demo.done", "days", calendar.DateOf(demoEnd).DaysSince(p.IssuedOn), "passes", d.steps))
	row := func(key string, n int) { d.print("  %s %6d\n", pad(wording.Text(key), 46), n) } //wording:composed demo.row.
	row("demo.row.in", len(d.sent))
	row("demo.row.accepted", total.Accepted)
	row("demo.row.tofix", total.ToFix)
	row("demo.row.held", total.Held)
	row("demo.row.left", total.Left)
	row("demo.row.duplicates", total.Duplicates)
	d.print("  %s\n", strings.Repeat("─", 53))
	row("demo.row.rows", after.Rows.Read)
	row("demo.row.rowsaccepted", after.Rows.Accepted)
	row("demo.row.rowstofix", after.Rows.ToFix)
	row("demo.row.rowsignored", after.Rows.Ignored)
	row("demo.row.nominees", len(result.Result.Verdicts))
	row("demo.row.awards", len(result.Result.Awards))
	row("demo.row.papers", papers)
	row("demo.row.sent", after.Sent)
	if sum := total.Accepted + total.ToFix + total.Held + total.Left + total.Duplicates; sum != len(d.sent) {
		return fmt.Errorf("%d mails went in, %d are accounted for", len(d.sent), sum)
	}
	d.print("\n%s\n", wording.Text("demo.look", "dir", d.conf.Out))
	return nil
}

// export writes the mails and papers: mail/in, mail/out, papers/<period>/<occasion>.
func (d *demo) export(l *ledger.Ledger) (papers int, err error) {
	planted := []plantedFault{}
	for _, m := range d.sent {
		if err := write(filepath.Join(d.conf.Out, "mail", "in"), m.name, m.raw); err != nil {
			return 0, err
		}
		for _, f := range m.mail.Faults {
			planted = append(planted, plantedFault{m.name, string(f.Code), f.Sheet, f.Cell, f.What})
		}
	}
	b, err := json.MarshalIndent(planted, "", "  ")
	if err != nil {
		return 0, fmt.Errorf("listing the planted faults: %w", err)
	}
	if err := write(filepath.Join(d.conf.Out, "mail", "in"), "faults.json", b); err != nil {
		return 0, err
	}
	letters, err := l.Letters(d.ctx)
	if err != nil {
		return 0, err
	}
	for i, x := range letters {
		raw, err := l.Blob(d.ctx, x.SHA256)
		if err != nil {
			return 0, err
		}
		to, _, _ := strings.Cut(strings.Join(x.To, ","), "@")
		if err := write(filepath.Join(d.conf.Out, "mail", "out"), fmt.Sprintf("%03d-%s-%s.eml", i+1, x.Kind, to), raw); err != nil {
			return 0, err
		}
	}
	runs, err := l.Runs(d.ctx)
	if err != nil {
		return 0, err
	}
	times, last := map[string]int{}, map[string]int{}
	for _, r := range runs {
		last[r.Period+"/"+r.Report]++
	}
	for _, r := range runs {
		docs, err := l.Documents(d.ctx, r.Key)
		if err != nil {
			return 0, err
		}
		dir, key := filepath.Join(d.conf.Out, "papers", r.Period, r.Report), r.Period+"/"+r.Report
		if times[key]++; times[key] < last[key] { // the last issue has the plain name
			dir += fmt.Sprintf("-lan-%d", times[key])
		}
		for _, doc := range docs {
			if err := write(dir, doc.Name, doc.Bytes); err != nil {
				return 0, err
			}
			papers++
		}
	}
	return papers, nil
}

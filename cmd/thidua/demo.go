package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/submission"
	"thidua/reports/post"
	"thidua/reports/prefill"
	"thidua/reports/smtp"
	"thidua/samples/city"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

type demoCommand struct {
	Out     string `default:"thidua-demo" help:"${cli_help_demoout}" placeholder:"DIR"`
	Seed    uint64 `default:"2018" help:"${cli_help_demoseed}" placeholder:"N"`
	Years   []int  `help:"${cli_help_demoyears}" placeholder:"Y,…"`
	Shuffle uint64 `help:"${cli_help_demoshuffle}" placeholder:"N"`
	IMAP    string `name:"imap" help:"${cli_help_demoimap}" placeholder:"URL"`
	SMTP    string `name:"smtp" help:"${cli_help_demosmtp}" placeholder:"URL"`
	CA      string `name:"ca" help:"${cli_help_democa}" placeholder:"FILE"`
}

const (
	demoAddress  = "thidua@thainguyen.example"
	demoPassword = "demo"
	demoMark     = "# thidua demo"
)

// demo plays the years of a plan: mails go into a real mailbox over SMTP, passes of the pipeline run as a timer would start them.
type demo struct {
	*session
	conf   demoCommand
	clock  atomic.Int64 // the story's time, Unix nanoseconds
	office demoOffice
	city   *city.City
	rounds []plan.Period // those that are played
	voted  map[string]bool
	ruled  bool
	sent   []sentMail
	ids    map[string]string // mail key → Message-ID, without brackets
	bar    *bar
	steps  int
	total  ingest.Report
	forms  *prefill.Forms
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
	rounds, err := c.rounds(p)
	if err != nil {
		return err
	}
	d := &demo{session: s, conf: c, ids: map[string]string{}, voted: map[string]bool{}, bar: s.newBar(), forms: prefill.NewForms(p), city: city.New(p, c.Seed), rounds: rounds}
	d.set(p.IssuedOn.Start())
	if d.office, err = c.openOffice(d.Now); err != nil {
		return err
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

// rounds are the periods of the plan that are played: all, or those of the years asked for; what spans years needs all of them.
func (c demoCommand) rounds(p *plan.Plan) ([]plan.Period, error) {
	known := map[int]bool{}
	var out []plan.Period
	for _, per := range p.Periods {
		all := true
		for _, year := range per.Years {
			known[year] = true
			all = all && slices.Contains(c.Years, year)
		}
		if per.Kind == plan.AdHoc { // proposals come in the first year
			all = slices.Contains(c.Years, per.Years[0])
		}
		if all || len(c.Years) == 0 {
			out = append(out, per)
		}
	}
	for _, year := range c.Years {
		if !known[year] {
			return nil, exit{exitUsage, errors.New(wording.Text("demo.noyear", "year", year))}
		}
	}
	return out, nil
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
		"\n  server: " + d.office.imap().Address + "\n  security: plain\n  user: " + demoAddress + "\n  password-env: THIDUA_DEMO_PASSWORD\n" +
		"smtp:\n  server: " + d.office.smtp().Address + "\n  security: plain\n"
}

// stop is a moment at which something happens: a mail arrives, or the timer starts a pass.
type stop struct {
	at   time.Time
	mail *city.Mail
}

// play runs the rounds from the first mail to the last paper.
func (d *demo) play(p *plan.Plan, l *ledger.Ledger) error {
	stops, err := d.stops(p)
	if err != nil {
		return err
	}
	var waiting []*city.Mail
	for i, st := range stops {
		d.bar.step(wording.Text("demo.step", "date", calendar.DateOf(st.at).Short()), i+1, len(stops))
		if st.mail != nil {
			waiting = append(waiting, st.mail)
			continue
		}
		for _, per := range d.rounds {
			if at := d.city.Session(per.ID); !d.voted[per.ID] && !st.at.Before(at) {
				if err := d.vote(l, p, per, at); err != nil {
					return fmt.Errorf("voting on %s: %w", per.ID, err)
				}
				d.voted[per.ID] = true
			}
		}
		if err := d.deliver(l, waiting); err != nil {
			return err
		}
		waiting = nil
		d.set(st.at)
		if err := d.pass(p, l); err != nil {
			return err
		}
		if err := d.rule(l); err != nil {
			return err
		}
	}
	return nil
}

// rule plays the standing office when the first dossier has come too late: it was handed in on paper in time, and the office rules that it
// counts from that day. The next pass tells what that changes.
func (d *demo) rule(l *ledger.Ledger) error {
	for _, x := range d.sent {
		period, rest, _ := strings.Cut(x.mail.Key, "/")
		kind, _, _ := strings.Cut(rest, "/")
		if d.ruled || kind != "dossier" || !slices.Contains(x.mail.Arrival, finding.Late) {
			continue
		}
		d.ruled = true
		on := calendar.DateOf(x.mail.At).AddDays(-8)
		_, err := l.As(wording.Text("demo.ruling.person")).Override(d.ctx, submission.Override{
			Kind: submission.ReceiptDate, Period: period, Unit: x.mail.Unit, Form: templates.DossierForm.ID, Day: on,
			Person: wording.Text("demo.ruling.person"), Reason: wording.Text("demo.ruling.reason", "date", on.Short()), Ref: wording.Text("demo.ruling.ref"),
		})
		if err != nil {
			return fmt.Errorf("ruling on %s: %w", x.mail.Key, err)
		}
		if err := d.waive(l, period); err != nil {
			return err
		}
	}
	return nil
}

// waive plays the office once more: a unit whose registration came late for no fault of its own is not held to the day.
func (d *demo) waive(l *ledger.Ledger, period string) error {
	sources, err := d.gather(period, d.Now().Format(time.RFC3339))
	if err != nil {
		return err
	}
	late := map[string]bool{}
	for _, x := range d.sent {
		if strings.HasPrefix(x.mail.Key, period+"/registration/") && slices.Contains(x.mail.Arrival, finding.Late) {
			late[x.mail.Unit] = true
		}
	}
	for _, v := range sources.Result.Verdicts { // the first of them in the plan's order
		if !late[v.Nominee.Unit] || v.Nominee.Kind != string(plan.Collective) {
			continue
		}
		_, err := l.As(wording.Text("demo.ruling.person")).Override(d.ctx, submission.Override{
			Kind: submission.Waiver, Period: period, Unit: v.Nominee.Unit, Nominee: v.Nominee.ID, Criterion: "TT2.1",
			Person: wording.Text("demo.ruling.person"), Reason: wording.Text("demo.ruling.waiver"), Ref: wording.Text("demo.ruling.ref"),
		})
		return err
	}
	return nil
}

// stops are all moments of the rounds, in their order.
func (d *demo) stops(p *plan.Plan) ([]stop, error) {
	var stops []stop
	passes := map[time.Time]bool{}
	written := make([][]city.Mail, len(d.rounds))
	var g errgroup.Group
	for i, per := range d.rounds {
		g.Go(func() (err error) {
			written[i], err = d.city.Mails(per.ID)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, fmt.Errorf("writing the city's mails: %w", err)
	}
	var last time.Time
	for i, per := range d.rounds {
		mails := written[i]
		for i := range mails {
			stops = append(stops, stop{at: mails[i].At, mail: &mails[i]})
			passes[timer(mails[i].At)] = true
		}
		passes[timer(d.city.Session(per.ID))] = true
		for _, o := range p.Occurrences(per.ID) {
			if at := calls(p, o); at.After(last) {
				last = at
			}
		}
	}
	for at := range passes {
		if at.After(last) {
			last = at
		}
	}
	for _, per := range p.Periods { // others have their occasions meanwhile: forms of the next year go out while this one is being closed
		for _, o := range p.Occurrences(per.ID) {
			if at := calls(p, o); !o.On.IsZero() && !at.After(last) {
				passes[at] = true
			}
		}
	}
	for at := range passes {
		stops = append(stops, stop{at: at})
	}
	sort.SliceStable(stops, func(i, j int) bool {
		if !stops[i].at.Equal(stops[j].at) {
			return stops[i].at.Before(stops[j].at)
		}
		return stops[i].mail != nil && stops[j].mail == nil
	})
	return stops, nil
}

// calls is when the timer starts a pass because of an occurrence: in the morning of its day, which for those that go to units is a working day.
func calls(p *plan.Plan, o plan.Occurrence) time.Time {
	if o.On.IsZero() {
		return time.Time{}
	}
	day := o.On
	if (o.Occasion.To == plan.ToUnits || o.Occasion.To == plan.ToMissingUnits) && !p.Calendar.IsWorkingDay(day) {
		day = p.Calendar.AddWorkingDays(day, 1)
	}
	return day.Start().Add(7*time.Hour + time.Minute)
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
	var letters []ledger.Posted
	for _, m := range mails {
		if m.Answers == "" || letters != nil {
			continue
		}
		var err error
		if letters, err = l.Letters(d.ctx); err != nil {
			return err
		}
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
	envelope := from
	if a, err := mail.ParseAddress(from); err == nil {
		envelope = a.Address
	}
	if err := d.office.deliver(d.ctx, envelope, raw, m.At); err != nil {
		return fmt.Errorf("sending %s: %w", key, err)
	}
	return nil
}

// pass runs the pipeline once, as `thidua run` does.
func (d *demo) pass(p *plan.Plan, l *ledger.Ledger) error {
	src, err := mailbox.DialIMAP(d.ctx, d.office.imap())
	if err != nil {
		return fmt.Errorf("opening the mailbox: %w", err)
	}
	run := pass{
		plan: p, ledger: l, clock: d, source: src,
		post: post.New(p, post.Mailbox{Address: demoAddress, Domain: "thainguyen.example"}), forms: d.forms,
		lines:   2,
		options: ingest.Options{Own: demoAddress, Done: "Da xu ly", Held: "Cho xu ly"},
		dial: func(ctx context.Context) (*smtp.Client, error) {
			return smtp.Dial(ctx, d.office.smtp())
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
			if n == 0 { // noted that new data changed nothing for anybody
				continue
			}
			d.bar.clear()
			d.say(wording.Text("demo.issued", "date", calendar.DateOf(d.Now()).Short(), "title", d.title(p, key), "letters", n))
		}
	}
	return src.Close()
}

// title names the occasion and the period of a run.
func (d *demo) title(p *plan.Plan, key string) string {
	id, rest, _ := strings.Cut(key, "/")
	of, _, _ := strings.Cut(rest, "/")
	period, _ := p.Period(of)
	if id == "changes" {
		return wording.Text("demo.changes") + ", " + strings.ToLower(period.Title)
	}
	for _, o := range p.Occasions {
		if o.ID == id {
			return o.Title + ", " + strings.ToLower(period.Title)
		}
	}
	return key
}

// Package demo plays the years of a plan: a made-up city writes its mails, the program makes its
// passes, the council votes, and what came of it can be looked at.
//
// A plan and a folder come in; the folder with mails, papers and a ledger goes out, and an account
// of everything that happened. Nothing in it is put on: mails go through a real mailbox, and passes
// are those that a timer would start. It reads no clock; the story has its own.
package demo

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"thidua/cmd/exit"
	"thidua/cmd/pass"
	"thidua/cmd/rounds"
	"thidua/cmd/screen"
	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/proof"
	"thidua/reports/round"
	"thidua/samples/city"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

const (
	address  = "thidua@thainguyen.example"
	domain   = "thainguyen.example"
	password = "demo"
)

// Options is what kind of story is told, and where.
type Options struct {
	Out     string // folder of everything that comes of it
	Seed    uint64 // of the city
	Years   []int  // those that are played; none for all
	Shuffle uint64 // mails arrive in another order between two passes; 0 for that of their times
	Trouble bool   // forged and hostile mails, and such without a form, come among the city's
	IMAP    string // URLs of servers of somebody's own, "" for the post office within the program
	SMTP    string
	CA      string // file with the certificates that those servers are trusted by, "" for the system's
}

// Demo is a story that is ready to be played.
//
//constructed:by New
type Demo struct {
	options Options
	screen  *screen.Screen
	plan    *plan.Plan
	rounds  []plan.Period // those that are played
	city    *city.City
	clock   *clock
	office  postOffice
	ledger  *ledger.Ledger
	passes  *pass.Pass

	arrived   []arrival         // the mails that have come, in order
	messageID map[string]string // of the mails that have come, by their key; without brackets
	voted     map[string]bool   // rounds on which the council has voted
	ruled     bool              // the office has ruled on the dossier that came late
	account   Account
}

// arrival is a mail of the city as it came.
type arrival struct {
	mail *city.Mail
	file string // its name among those that are written out
	raw  []byte
}

// clock tells the story's time. The post office reads it while the story goes on.
type clock struct{ nanoseconds atomic.Int64 }

// Now is the story's time.
func (c *clock) Now() time.Time { return time.Unix(0, c.nanoseconds.Load()).UTC() }

func (c *clock) set(t time.Time) { c.nanoseconds.Store(t.UnixNano()) }

// New makes room in the folder, opens the post office and begins a ledger on the day of the plan.
func New(ctx context.Context, p *plan.Plan, o Options, s *screen.Screen) (d *Demo, err error) {
	if !city.Fits(p) {
		return nil, exit.Because(exit.Usage, wording.Text("demo.othercast", "plan", p.Number))
	}
	rounds, err := chooseRounds(p, o.Years)
	if err != nil {
		return nil, err
	}
	if err := clearFolder(o.Out); err != nil {
		return nil, err
	}
	d = &Demo{
		options: o, screen: s, plan: p, rounds: rounds, city: city.New(p, o.Seed), clock: new(clock),
		messageID: map[string]string{}, voted: map[string]bool{},
	}
	d.clock.set(p.IssuedOn.Start())
	if d.office, err = openPostOffice(o, d.clock); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = d.office.Close()
		}
	}()
	if err := writeConfig(o.Out, d.office); err != nil {
		return nil, err
	}
	if d.ledger, err = ledger.Open(ctx, filepath.Join(o.Out, "ledger.db"), d.clock); err != nil {
		return nil, err
	}
	if _, err = d.ledger.Secrets().Change(ctx, proof.Seeded(o.Seed)); err != nil { // the same seed, the same bytes
		return nil, errors.Join(err, d.ledger.Close())
	}
	d.passes = pass.New(p, d.ledger, d.clock, pass.Settings{
		Address: address, Domain: domain, Done: "Da xu ly", Held: "Cho xu ly", Lines: 2, Digest: o.Trouble,
	})
	return d, nil
}

// Close ends the post office; nothing of it outlives the demo.
func (d *Demo) Close() error { return errors.Join(d.ledger.Close(), d.office.Close()) }

// chooseRounds are the rounds that are played: all, or those of the years asked for. What spans
// years needs all of them.
func chooseRounds(p *plan.Plan, years []int) ([]plan.Period, error) {
	known := map[int]bool{}
	var out []plan.Period
	for _, period := range p.Periods {
		complete := true
		for _, year := range period.Years {
			known[year] = true
			complete = complete && slices.Contains(years, year)
		}
		if period.Kind == plan.AdHoc { // proposals come in the first year
			complete = slices.Contains(years, period.Years[0])
		}
		if complete || len(years) == 0 {
			out = append(out, period)
		}
	}
	for _, year := range years {
		if !known[year] {
			return nil, exit.Because(exit.Usage, wording.Text("demo.noyear", "year", year))
		}
	}
	return out, nil
}

// Play tells the whole story and writes everything out.
func (d *Demo) Play(ctx context.Context) (Account, error) {
	moments, err := d.moments()
	if err != nil {
		return Account{}, err
	}
	var posted []*city.Mail // since the last pass
	for i, m := range moments {
		date := calendar.DateOf(m.at).Short()
		d.screen.ShowProgress(wording.Text("demo.step", "date", date), i+1, len(moments))
		if m.mail != nil {
			posted = append(posted, m.mail)
			continue
		}
		if err := d.playPass(ctx, m.at, posted); err != nil {
			return Account{}, err
		}
		posted = nil
	}
	d.screen.ClearProgress()
	return d.finish(ctx)
}

// playPass plays a moment at which the timer starts a pass: the council may have met, mails have
// come, the program works on them, and the office looks at what it did.
func (d *Demo) playPass(ctx context.Context, at time.Time, posted []*city.Mail) error {
	if err := d.voteUntil(ctx, at); err != nil {
		return err
	}
	if err := d.deliver(ctx, posted); err != nil {
		return err
	}
	d.clock.set(at)
	if err := d.pass(ctx); err != nil {
		return err
	}
	return d.rule(ctx)
}

// pass makes a pass, as `thidua run` does, and tells what it issued.
func (d *Demo) pass(ctx context.Context) error {
	source, err := mailbox.DialIMAP(ctx, d.office.imap())
	if err != nil {
		return fmt.Errorf("opening the mailbox: %w", err)
	}
	r, err := d.passes.Make(ctx, source, d.office.dial)
	if err != nil {
		return err
	}
	if r.Sent.Unreachable != "" || r.Sent.Later+r.Sent.Failed > 0 {
		return fmt.Errorf("the embedded post office refused letters: %+v", r.Sent)
	}
	d.account.Passes++
	d.account.Mails = addReports(d.account.Mails, r.Pulled)
	if err := d.tellIssued(ctx, r.Issued); err != nil {
		return err
	}
	return source.Close()
}

// addReports sums what two passes took in.
func addReports(a, b ingest.Report) ingest.Report {
	a.New += b.New
	a.Accepted += b.Accepted
	a.ToFix += b.ToFix
	a.Held += b.Held
	a.Left += b.Left
	a.Duplicates += b.Duplicates
	return a
}

// tellIssued says to how many each run wrote. A run that wrote to nobody noted that new data
// changed nothing for anybody.
func (d *Demo) tellIssued(ctx context.Context, keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	letters, err := d.ledger.Outbox().Letters(ctx)
	if err != nil {
		return err
	}
	for _, key := range keys {
		n := 0
		for _, x := range letters {
			if x.Cause == "run/"+key {
				n++
			}
		}
		if n > 0 {
			date := calendar.DateOf(d.clock.Now()).Short()
			d.screen.Say(wording.Text("demo.issued", "date", date, "title", d.titleOf(key), "letters", n))
		}
	}
	return nil
}

// titleOf names the occasion and the round of a run.
func (d *Demo) titleOf(key string) string {
	id, rest, _ := strings.Cut(key, "/")
	of, _, _ := strings.Cut(rest, "/")
	period, _ := d.plan.Period(of)
	if id == "changes" {
		return wording.Text("demo.changes") + ", " + strings.ToLower(period.Title)
	}
	for _, o := range d.plan.Occasions {
		if o.ID == id {
			return o.Title + ", " + strings.ToLower(period.Title)
		}
	}
	return key
}

// evaluate evaluates a round as it is known at a moment of the story.
func (d *Demo) evaluate(ctx context.Context, period string, at time.Time) (round.Sources, error) {
	return rounds.At(ctx, d.ledger, d.plan, period, at.Truncate(time.Second))
}

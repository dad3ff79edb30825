// Package city plays the plan in a fictional city, year by year and the stage that closes it: the
// units and addresses of a plan, people that do not exist, and every mail they send from the first
// registration to the office's last correction, with the mistakes that offices make.
//
// In go a plan and a seed; out come mails with filled workbooks, and the votes that the council's
// secretary fills in. The same plan and seed give the same bytes. Nothing is taken from anywhere
// else: names are combined at random from common ones, and no address leaves the reserved domain
// .example (RFC 2606). The package never sends or receives anything and never looks at a clock.
package city

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"thidua/ingest/proof"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/xlsx"
)

// Mail is one mail that somebody in the city sends.
type Mail struct {
	// stable across seeds for what a unit sends first: "2018/registration/05452",
	// "2018/dossier/05452", "2018/noise/newsletter"
	Key  string
	What string    // what is odd about it, one line of English; "" for a mail without a fault
	Unit string    // code of the unit that writes, "" for everybody else
	At   time.Time // when the mail server receives it
	Sent time.Time // what the mail says of itself

	From, To, Subject, Text string
	Attachments             []Attachment
	Headers                 [][2]string // further header fields
	Envelope                string      // the address that the mail server is told, "" for that of From
	Raw                     []byte      // the whole message, where it must be broken; Bytes then returns it as it is

	// Faults is exactly what reading the attached workbook reports at the levels must and should;
	// nothing for workbooks without a fault.
	Faults []Fault
	// Arrival are the findings that only whoever takes the mail in can make: the hour, the sender,
	// the wrong form at this time of the year.
	Arrival []finding.Code

	Copy    string // key of the mail of which this is a second delivery, byte for byte
	Answers string // key of the mail whose receipt this one replies to; it is sent after that receipt

	id     string // left part of the Message-ID
	client client
}

// Attachment is one file of a mail. A file of type message/rfc822 is a forwarded message.
type Attachment struct {
	Name, Type string
	Bytes      []byte
}

// Fault is one fault that was planted. Sheet and Cell are where it stands in the file as it is
// sent; both are empty when the whole file is meant.
type Fault struct {
	Code        finding.Code
	Sheet, Cell string
	What        string // one line of English
}

// City is a cast of units with the years of a plan behind them. It does not change.
//
//constructed:by New
type City struct {
	plan    *plan.Plan
	seed    uint64
	seasons []*season // the plan's years, in order
}

// season is one year of the city.
type season struct {
	plan   *plan.Plan
	period plan.Period
	year   int
	number int // of the year in the plan, from 0
	before *season
	seed   uint64
	units  []*unit // in the order of the plan
	tie    [2]string
}

// Fits reports whether the stories can be told under a plan: they need a yearly round, and as many
// communes and offices as their cast has places for.
func Fits(p *plan.Plan) bool {
	communes, offices, yearly := 0, 0, false
	for _, per := range p.Periods {
		yearly = yearly || per.Kind == plan.Annual
	}
	for _, u := range p.Units {
		switch u.Group {
		case plan.Communes:
			communes++
		case plan.Offices:
			offices++
		}
	}
	return yearly && communes >= strongCommunes+8 && offices >= 19
}

// New makes a city of the plan's units and plays every year of the plan in it. The plan must have a
// yearly period, and the stories must fit it.
func New(p *plan.Plan, seed uint64) *City {
	c := &City{plan: p, seed: seed}
	names := namer{}
	var before *season
	for _, period := range p.Periods {
		if period.Kind != plan.Annual {
			continue
		}
		s := &season{plan: p, period: period, year: period.To.Year, number: len(c.seasons), before: before, seed: seed}
		s.cast(s.random("cast"), names)
		c.seasons, before = append(c.seasons, s), s
	}
	if before == nil {
		panic("city: the plan has no yearly period")
	}
	return c
}

// random returns the generator of one part of a year's story, so that parts do not disturb each
// other.
func (c *season) random(part string) *rand.Rand {
	sum := sha256.Sum256([]byte(part + c.label()))
	return rand.New(rand.NewPCG(c.seed, binary.BigEndian.Uint64(sum[:8])))
}

// label is the year as texts write it.
func (c *season) label() string { return strconv.Itoa(c.year) }

// Mails returns every mail about a period that does not depend on an answer of the program, in the
// order of their arrival; none for a period the city knows nothing of. An error is trouble of our
// own with writing a workbook.
func (c *City) Mails(period string) ([]Mail, error) {
	per, _ := c.plan.Period(period)
	last := c.seasons[len(c.seasons)-1]
	post := postman{city: last, random: last.random("post " + period)}
	var steps []func() error
	switch per.Kind {
	case plan.Annual:
		post.city = c.season(per)
		post.random = post.city.random("post")
		steps = []func() error{post.registrations, post.outreach, post.communeAwards, post.dossiers, post.records,
			post.noise}
	case plan.Stage:
		steps = []func() error{func() error { return post.stage(c, per) }}
	case plan.AdHoc:
		steps = []func() error{func() error { return post.adHoc(c, per) }}
	}
	if steps != nil {
		steps = append(steps, func() error { return post.decision(c, per) })
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	for i := range post.mails {
		m := &post.mails[i]
		for _, key := range []*string{&m.Key, &m.Copy, &m.Answers} {
			if *key != "" {
				*key = period + "/" + *key
			}
		}
	}
	slices.SortStableFunc(post.mails, func(a, b Mail) int {
		if n := a.At.Compare(b.At); n != 0 {
			return n
		}
		return strings.Compare(a.Key, b.Key)
	})
	return post.mails, nil
}

// season is the year of a yearly period.
func (c *City) season(per plan.Period) *season {
	for _, s := range c.seasons {
		if s.period.ID == per.ID {
			return s
		}
	}
	return c.seasons[0]
}

// write fills a form as the unit does, in the workbook it was sent for a period.
func (c *season) write(f *form.Form, period plan.Period, issuer, code string, value any) ([]byte, error) {
	context := templates.Context(c.plan, period, code).Sealed(c.secret().Seal) // as when it was sent out
	return xlsx.Write(f, c.heading(period, issuer), context, value)
}

// secret is the one of the ledger that the story is played with.
func (c *season) secret() proof.Secret { return proof.NewSecret(1, proof.Seeded(c.seed)) }

func (c *season) heading(period plan.Period, issuer string) xlsx.Heading {
	return xlsx.Heading{
		Superior: strings.ToUpper(c.plan.Issuer.Short), Issuer: issuer, Plan: "Kế hoạch số " + c.plan.Number +
			" ngày " + c.plan.IssuedOn.Short(),
		Period: strings.ToLower(period.Title), Office: c.plan.Office.Name,
	}
}

// clock is an instant in Vietnamese time.
func clock(year, month, day, hour, minute, second int) time.Time {
	return time.Date(year, time.Month(month), day, hour, minute, second, 0, calendar.Zone)
}

// moment is an instant of a year, or of the year after it.
type moment struct {
	after                            int // years after the year
	month, day, hour, minute, second int
}

func (m moment) in(year int) time.Time {
	return clock(year+m.after, m.month, m.day, m.hour, m.minute, m.second)
}

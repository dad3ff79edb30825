// Package city plays one year of the plan in a fictional city: the units and addresses of a plan, people that do not exist, and every
// mail they send from the first registration to the office's last correction, with the mistakes that offices make.
//
// In go a plan and a seed; out come mails with filled workbooks, and the votes that the council's secretary fills in. The same plan and
// seed give the same bytes. Nothing is taken from anywhere else: names are combined at random from common ones, and no address leaves
// the reserved domain .example (RFC 2606). The package never sends or receives anything and never looks at a clock.
package city

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/xlsx"
)

// Year is the year the city plays, the first of plan 31/KH-UBND.
const Year = 2018

// Mail is one mail that somebody in the city sends.
type Mail struct {
	Key  string    // stable across seeds for what a unit sends first: "registration/05452", "dossier/05452", "noise/newsletter"
	What string    // what is odd about it, one line of English; "" for a mail without a fault
	Unit string    // code of the unit that writes, "" for everybody else
	At   time.Time // when the mail server receives it
	Sent time.Time // what the mail says of itself

	From, To, Subject, Text string
	Attachments             []Attachment
	Headers                 [][2]string // further header fields
	Raw                     []byte      // the whole message, where it must be broken; Bytes then returns it as it is

	// Faults is exactly what reading the attached workbook reports at the levels must and should; nothing for workbooks without a fault.
	Faults []Fault
	// Arrival are the findings that only whoever takes the mail in can make: the hour, the sender, the wrong form at this time of the year.
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

// Fault is one fault that was planted. Sheet and Cell are where it stands in the file as it is sent; both are empty when the whole file
// is meant.
type Fault struct {
	Code        finding.Code
	Sheet, Cell string
	What        string // one line of English
}

// City is a cast of units with a year behind them. It does not change.
type City struct {
	plan   *plan.Plan
	period plan.Period
	seed   uint64
	units  []*unit // in the order of the plan
	tie    [2]string
}

// New makes a city of the plan's units in the first year of the plan. The plan must have a period of the year 2018.
func New(p *plan.Plan, seed uint64) *City {
	period, ok := p.AnnualPeriod(Year)
	if !ok {
		panic("city: the plan has no period for the year 2018")
	}
	c := &City{plan: p, period: period, seed: seed}
	c.cast(c.random("cast"))
	return c
}

// random returns the generator of one part of the story, so that parts do not disturb each other.
func (c *City) random(part string) *rand.Rand {
	var b [8]byte
	copy(b[:], part)
	return rand.New(rand.NewPCG(c.seed, binary.BigEndian.Uint64(b[:])))
}

// Mails returns every mail that does not depend on an answer of the program, in the order of their arrival. An error is trouble of our
// own with writing a workbook.
func (c *City) Mails() ([]Mail, error) {
	post := postman{city: c, random: c.random("post")}
	for _, step := range []func() error{post.registrations, post.dossiers, post.records, post.noise} {
		if err := step(); err != nil {
			return nil, err
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

// Tie returns the codes of the two communes whose collectives stand at the last place and the first behind it with nothing between them:
// the same index, the same share of targets.
func (c *City) Tie() (a, b string) { return c.tie[0], c.tie[1] }

// write fills a form as the unit does, in the workbook it was sent.
func (c *City) write(f *form.Form, issuer, code string, value any) ([]byte, error) {
	return xlsx.Write(f, c.heading(issuer), templates.Context(c.plan, c.period, code), value)
}

func (c *City) heading(issuer string) xlsx.Heading {
	return xlsx.Heading{
		Superior: "UBND THÀNH PHỐ THÁI NGUYÊN", Issuer: issuer, Plan: "Kế hoạch số " + c.plan.Number + " ngày " + c.plan.IssuedOn.Short(),
		Period: "năm 2018", Office: c.plan.Office.Name,
	}
}

// clock is an instant in Vietnamese time.
func clock(year, month, day, hour, minute, second int) time.Time {
	return time.Date(year, time.Month(month), day, hour, minute, second, 0, calendar.Zone)
}

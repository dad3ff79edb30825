package main

import (
	"archive/zip"
	"bytes"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/calendar/calendartest"
	"thidua/templates/plan"
)

// mayGet is the whole table of who is sent what: kind of letter → kinds of recipients. A kind or a
// recipient that is not in it is a leak until somebody has decided otherwise and written it here.
var mayGet = map[string][]string{
	"templates":   {"unit", "office"},                      // a unit its own forms, the office those of its own
	"receipt":     {"unit", "office", "council"},           // whoever sent the mail
	"answer":      {"unit", "office", "council"},           // whoever asked
	"returned":    {"unit", "office", "council"},           // whoever sent what the office gives back
	"changes":     {"unit", "office", "council"},           // a unit hears that its own verdict changed
	"reminder":    {"unit", "leader", "office"},            // a unit and, the last time, its leader
	"papers":      {"office", "council"},                   // tables, docket, ballots, minutes, summary
	"bulletin":    {"unit", "office", "council"},           // public
	"results":     {"unit", "office", "council"},           // public once decided
	"notices":     {"unit", "office", "council"},           // a unit hears of its own awards
	"held":        {"office"},                              // strangers' mail
	"unanswered":  {"office"},                              // mail the program could not answer
	"handed-on":   {"office"},                              // what somebody wrote in words
	"passed-on":   {"unit", "leader", "council", "office"}, // that it was passed on
	"withheld":    {"office"},                              // whose answers wait for the next day
	"undelivered": {"office"},                              // letters that came back
	// after the decision, to whoever the plan says holds the conference
	"conference": {"office", "council", "unit"},
	"digest":     {"office"}, // the morning's table
}

// public are the letters that may name everybody: they go out when the decision is known.
var public = []string{"bulletin", "results", "notices", "conference"}

// everyoneSeesOnlyHisOwn holds every letter of a ledger to the table. Before the decision is public
// a letter to a unit never names a person whom only other units propose.
func everyoneSeesOnlyHisOwn(t *testing.T, dir string) {
	t.Helper()
	p, err := plan.Default()
	well(t, err)
	l, err := ledger.Open(t.Context(), filepath.Join(dir, "ledger.db"), calendartest.Fixed(storyNow))
	well(t, err)
	defer l.Close()
	d, err := l.Dataset(t.Context(), storyNow.AddDate(10, 0, 0))
	well(t, err)
	people := proposed(d)
	if len(people) < 50 {
		t.Fatalf("only %d people are proposed", len(people))
	}
	leaders := map[string]bool{}
	for _, s := range d.Submissions {
		if roster, ok := s.Value.(*templates.Roster); ok {
			for _, u := range roster.Units {
				leaders[strings.ToLower(u.LeaderEmail.Text)] = true
			}
		}
	}
	letters, err := l.Outbox().Letters(t.Context())
	well(t, err)
	looked := 0
	for _, x := range letters {
		if strings.HasPrefix(x.Cause, "run/conference/") {
			x.Kind = "conference"
		}
		var others []string
		for _, addr := range x.To {
			audience := "stranger"
			unit, known := p.UnitByAddress(addr)
			switch {
			case p.IsOffice(addr):
				audience = "office"
			case p.IsCouncil(addr):
				audience = "council"
			case leaders[addr]:
				audience = "leader"
			case known:
				audience = "unit"
				if x.Unit != unit.Code && !slices.Contains(public, x.Kind) {
					t.Errorf("letter %s about unit %q went to %s of %s", x.ID, x.Unit, addr, unit.Name)
				}
			}
			if !slices.Contains(mayGet[x.Kind], audience) {
				t.Errorf("letter %s of kind %q went to %s: a %s", x.ID, x.Kind, addr, audience)
			}
			if (audience == "unit" || audience == "leader") && !slices.Contains(public, x.Kind) {
				others = append(others, x.Unit)
			}
		}
		if len(others) == 0 {
			continue
		}
		raw, err := l.Blob(t.Context(), x.SHA256)
		well(t, err)
		text := legible(raw)
		looked++
		for name, units := range people {
			if !units[x.Unit] && strings.Contains(text, name) {
				t.Errorf("letter %s to unit %s names %s, whom only %v propose", x.ID, x.Unit, name, units)
			}
		}
	}
	if looked < 100 {
		t.Errorf("only %d letters to units", looked)
	}
}

// proposed are the people of all dossiers and registrations: name → units that named them.
func proposed(d submission.Dataset) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	add := func(name, unit string) {
		if len(strings.Fields(name)) < 3 {
			return
		}
		if out[name] == nil {
			out[name] = map[string]bool{}
		}
		out[name][unit] = true
	}
	for _, s := range d.Submissions {
		switch v := s.Value.(type) {
		case *templates.Dossier:
			for _, n := range v.Individuals {
				add(n.Name.Text, s.Unit)
			}
		case *templates.Registration:
			for _, n := range v.Individuals {
				add(n.Name.Text, s.Unit)
			}
		}
	}
	return out
}

// legible is the text of a mail and of the workbooks in it.
func legible(raw []byte) string {
	m := mailbox.Parse(raw, mailbox.Limits{})
	var b strings.Builder
	b.WriteString(m.Subject + "\n" + m.Text)
	for _, a := range m.Attachments {
		z, err := zip.NewReader(bytes.NewReader(a.Bytes), int64(len(a.Bytes)))
		if err != nil {
			continue // a PDF says what the text of the letter says
		}
		for _, f := range z.File {
			if !strings.HasSuffix(f.Name, ".xml") {
				continue
			}
			if r, err := f.Open(); err == nil {
				_, _ = io.Copy(&b, r)
				_ = r.Close()
			}
		}
	}
	return b.String()
}

package show

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"thidua/cmd/screen"
	"thidua/evaluate"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

const (
	unitWidth  = 38 // at least
	paperWidth = 26 // at least
	barWidth   = 24
	mailsShown = 12
	dueShown   = 8
)

// Board shows a period at a glance: how far units have come, each unit, what waits for a person,
// what falls due.
func Board(s *screen.Screen, r Status, period plan.Period, p *plan.Plan, now time.Time) {
	s.Print("%s\n\n", s.Paint(screen.Bold,
		wording.Text("cli.status.head", "period", strings.ToUpper(period.Title), "moment", calendar.Moment(now))))
	printPasses(s, r)
	papers := []struct {
		title string
		of    func(evaluate.MatrixRow) evaluate.Paper
	}{
		{wording.Text("cli.status.registration"), func(m evaluate.MatrixRow) evaluate.Paper { return m.Registration }},
		{wording.Text("cli.status.dossier"), func(m evaluate.MatrixRow) evaluate.Paper { return m.Dossier }},
	}
	for _, paper := range papers {
		n := map[string]int{}
		for _, m := range r.Matrix {
			n[paper.of(m).State]++
		}
		s.Print("  %s %s  %s\n", screen.Pad(paper.title, 9), drawShares(s, n, len(r.Matrix)),
			wording.Text("cli.status.bar",
				"valid", n[evaluate.StateAccepted], "all", len(r.Matrix), "tofix", n[evaluate.StateToFix], "none",
				n[evaluate.StateNone]))
	}
	width, first := unitWidth, paperWidth
	for _, m := range r.Matrix {
		width = max(width, utf8.RuneCountInString(m.UnitName))
		first = max(first, utf8.RuneCountInString("● "+describePaper(m.Registration)))
	}
	for _, group := range p.Groups {
		var rows []evaluate.MatrixRow
		for _, m := range r.Matrix {
			if m.Group == string(group.ID) {
				rows = append(rows, m)
			}
		}
		if len(rows) == 0 {
			continue
		}
		s.Print("\n%s  %s  %s\n", s.Paint(screen.Bold, screen.Pad(group.Title+" ("+strconv.Itoa(len(rows))+")",
			width)), screen.Pad(papers[0].title, first), papers[1].title)
		for _, m := range rows {
			s.Print("%s  %s  %s\n", screen.Pad(m.UnitName, width), drawPaper(s, m.Registration, first),
				drawPaper(s, m.Dossier, 0))
		}
	}
	s.Print("\n%s\n", s.Paint(screen.Faint, wording.Text("cli.status.legend", "valid", "●", "tofix", "▲", "none", "○")))
	s.Print("\n%s\n", wording.Text("cli.status.mail", "messages", r.Ledger.Messages, "accepted", r.Ledger.Accepted,
		"tofix", r.Ledger.ToFix,
		"held", r.Ledger.Held, "left", r.Ledger.Left, "duplicates", r.Ledger.Duplicates))
	colour := screen.Plain
	if r.Outbox.Failed > 0 {
		colour = screen.Red
	}
	s.Print("%s\n", s.Paint(colour, wording.Text("cli.status.outbox", "queued", r.Outbox.Queued,
		"sent", r.Outbox.Sent, "failed", r.Outbox.Failed)))
	if r.Outbox.Failed > 0 {
		s.Print("  %s\n", wording.Text("cli.status.act.failed"))
	}
	if r.Outbox.Queued > 0 {
		s.Print("  %s\n", wording.Text("cli.status.act.queued"))
	}
	if len(r.Lost) > 0 {
		s.Print("\n%s\n", s.Paint(screen.Red, wording.Text("cli.status.lost", "n", len(r.Lost))))
		for _, x := range r.Lost {
			s.Print("  %s  %s  (%s)\n", x.To, x.Subject, x.Why)
		}
	}
	if len(r.Held) > 0 {
		printMails(s, s.Paint(screen.Yellow, wording.Text("cli.status.held", "n", len(r.Held))), r.Held)
		s.Print("  %s\n", wording.Text("cli.status.act.held"))
	}
	if len(r.Left) > 0 {
		printMails(s, wording.Text("cli.status.left", "n", len(r.Left)), r.Left)
	}
	printDue(s, r.Due, now)
}

// printPasses says first of all whether it is well: how the last passes went.
func printPasses(s *screen.Screen, r Status) {
	switch {
	case !r.Passes.Failed.IsZero():
		s.Print("%s\n", s.Paint(screen.Red, wording.Text("cli.status.failing",
			"moment", calendar.ShortMoment(r.Passes.Failed), "problem", r.Passes.Problem)))
	case r.Passes.Good.IsZero():
		s.Print("%s\n\n", wording.Text("cli.status.nopass"))
		return
	}
	if !r.Passes.Good.IsZero() {
		s.Print("%s\n", wording.Text("cli.status.good", "moment", calendar.ShortMoment(r.Passes.Good)))
	}
	s.Print("\n")
}

// drawShares draws how much is valid, returned and missing.
func drawShares(s *screen.Screen, n map[string]int, all int) string {
	if all == 0 {
		return ""
	}
	valid := barWidth * n[evaluate.StateAccepted] / all
	returned := barWidth * n[evaluate.StateToFix] / all
	if returned == 0 && n[evaluate.StateToFix] > 0 && valid < barWidth {
		returned = 1
	}
	rest := barWidth - valid - returned
	return s.Paint(screen.Green, strings.Repeat("█", valid)) + s.Paint(screen.Yellow,
		strings.Repeat("▓", returned)) + s.Paint(screen.Faint, strings.Repeat("░", rest))
}

// drawPaper shows what became of one paper of a unit, filled up to a width.
func drawPaper(s *screen.Screen, p evaluate.Paper, width int) string {
	mark, colour := "○", screen.Faint
	switch p.State {
	case evaluate.StateAccepted:
		mark, colour = "●", screen.Green
	case evaluate.StateToFix:
		mark, colour = "▲", screen.Yellow
	}
	if p.Timing == plan.Late {
		colour = screen.Red
	}
	return s.Paint(colour, screen.Pad(mark+" "+describePaper(p), width))
}

// printMails lists the newest of some mails.
func printMails(s *screen.Screen, title string, list []Mail) {
	s.Print("\n%s\n", title)
	first := max(0, len(list)-mailsShown)
	for _, h := range list[first:] {
		s.Print("  %s  %s  %s  (%s)\n", h.Received, h.From, h.Subject, h.Reason)
	}
	if first > 0 {
		s.Print("  %s\n", wording.Text("cli.status.more", "n", first))
	}
}

// printDue lists what falls due next.
func printDue(s *screen.Screen, due []Due, now time.Time) {
	if len(due) == 0 {
		return
	}
	s.Print("\n%s\n", wording.Text("cli.status.duehead"))
	today := calendar.DateOf(now)
	due = slices.Clone(due)
	for _, d := range due[:min(len(due), dueShown)] {
		on, err := calendar.ParseISO(d.On)
		if err != nil {
			continue // our own text
		}
		when, colour := wording.Text("cli.status.due.days", "n", on.DaysSince(today)), screen.Plain
		if on == today {
			when, colour = wording.Text("cli.status.due.today"), screen.Yellow
		}
		s.Print("  %s  %s  %s\n", on.Short(), screen.Pad(d.Title, 60), s.Paint(colour, when))
	}
}

//wording:composed cli.state.
//wording:composed cli.timing.
func describePaper(p evaluate.Paper) string {
	if p.State == evaluate.StateNone {
		return wording.Text("cli.state.none")
	}
	out := wording.Text("cli.state." + p.State)
	if p.Timing != "" {
		out += ", " + wording.Text("cli.timing."+string(p.Timing), "days", p.LateDays)
	}
	return out
}

package scenarios_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/ingest/content"
	"thidua/ingest/mailbox"
	"thidua/ingest/submission"
	"thidua/reports/round"
	"thidua/templates/calendar"
	"thidua/templates/form"
)

// render writes what came of a story: the ledger, the letters, and the verdicts where somebody was
// proposed.
func (w *world) render() map[string]string {
	w.t.Helper()
	return map[string]string{"ledger.txt": w.renderLedger(), "letters.txt": w.renderLetters(),
		"verdicts.txt": w.renderVerdicts()}
}

// nameOf gives a mail its file name: by its hash, or by when it came, since the memory server ends
// the header lines of broken mails anew.
func (w *world) nameOf(x submission.Message) string {
	for _, m := range w.mails {
		if sum := sha256.Sum256(m.raw); hex.EncodeToString(sum[:]) == x.ID {
			return m.name
		}
	}
	for _, m := range w.mails {
		if m.at.Equal(x.Received) {
			return m.name
		}
	}
	w.t.Errorf("the ledger holds a mail nobody sent: %s", x.ID)
	return ""
}

func (w *world) renderLedger() string {
	w.t.Helper()
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	messages, err := w.ledger.Inbox().Messages(w.t.Context())
	must(w.t, err)
	data := w.dataset()
	for _, m := range messages {
		line("mail %s", w.nameOf(m.Message))
		line("  from %s, received %s, unit %s", m.From, m.Received.In(calendar.Zone).Format("2006-01-02 15:04:05"),
			or(m.Unit, "unknown"))
		outcome := string(m.Outcome)
		if m.Reason != "" {
			outcome += " (" + m.Reason + ")"
		}
		var places []string
		for _, p := range m.Places {
			places = append(places, or(p.Folder, "INBOX"))
		}
		line("  outcome %s, lies in %s", outcome, strings.Join(places, " and "))
		for _, s := range data.Submissions {
			if s.Message == m.ID {
				submissionLines(line, s)
			}
		}
	}
	line("\nrules:")
	type paper struct{ period, form, unit string }
	var papers []paper
	for _, s := range data.Submissions {
		if p := (paper{s.Period, s.Form, s.Unit}); s.Form != "" && !slices.Contains(papers, p) {
			papers = append(papers, p)
		}
	}
	for _, p := range papers {
		current, _ := data.Current(p.period, p.form, p.unit)
		received := "nothing of its own received"
		if h, _ := content.Of(data, p.period, p.form, p.unit); h.Own && h.Begun() {
			received = "first received " + h.First.In(calendar.Zone).Format("2006-01-02 15:04:05")
		}
		line("  %s %s %s: %s %s, %s", p.period, p.form, p.unit, current.ID, current.State, received)
	}
	counts, err := w.ledger.Counts(w.t.Context())
	must(w.t, err)
	line("\ncounts: %d mails = %d accepted + %d tofix + %d held + %d left; %d copies; %d submissions, %d valid; "+
		"rows %s",
		counts.Messages, counts.Accepted, counts.ToFix, counts.Held, counts.Left, counts.Duplicates, counts.Submissions,
		counts.Valid, rows(counts.Rows))
	return b.String()
}

func submissionLines(line func(string, ...any), s submission.Submission) {
	line("  submission %s: %s", s.ID, s.State)
	line("    file %s", or(s.File, "none"))
	line("    form %s v%d, period %s, unit %s", or(s.Form, "none"), s.Version, or(s.Period, "none"), s.Unit)
	line("    rows %s", rows(s.Rows))
	for _, f := range s.Findings {
		line("    finding %s %s %s: %s", f.Code, f.Level, or(place(f.Sheet, f.Cell), "file"), f.Message)
	}
	for _, r := range s.Repairs {
		line("    repair %s %s: %q → %q", r.Rule, place(r.Sheet, r.Cell), r.Was, r.Now)
	}
	for _, g := range s.Ignored {
		line("    ignored %s %s!%d: %q", g.Reason, g.Sheet, g.Row, g.Text)
	}
}

func rows(c form.Count) string {
	return fmt.Sprintf("%d = %d + %d + %d", c.Read, c.Accepted, c.ToFix, c.Ignored)
}

func place(sheet, cell string) string { return strings.TrimSuffix(sheet+"!"+cell, "!") }

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func (w *world) dataset() submission.Dataset {
	w.t.Helper()
	d, err := w.ledger.Dataset(w.t.Context(), w.clock.at)
	must(w.t, err)
	return d
}

func (w *world) renderLetters() string {
	w.t.Helper()
	var b strings.Builder
	letters, err := w.ledger.Outbox().Letters(w.t.Context())
	must(w.t, err)
	answers := map[string]string{}
	messages, err := w.ledger.Inbox().Messages(w.t.Context())
	must(w.t, err)
	for _, m := range messages {
		answers[m.MessageID] = w.nameOf(m.Message)
	}
	for i, x := range letters {
		raw, err := w.ledger.Blob(w.t.Context(), x.SHA256)
		must(w.t, err)
		m := mailbox.Parse(raw, mailbox.Limits{})
		if i > 0 {
			b.WriteString("\n" + strings.Repeat("=", 92) + "\n\n")
		}
		fmt.Fprintf(&b, "Kind: %s\nTo: %s\nSubject: %s\n", x.Kind, strings.Join(x.To, ", "), m.Subject)
		if m.InReplyTo != "" {
			fmt.Fprintf(&b, "Answers: %s\n", answers[strings.Trim(m.InReplyTo, "<>")])
		}
		for _, a := range m.Attachments {
			fmt.Fprintf(&b, "Attached: %s\n", a.Name)
		}
		fmt.Fprintf(&b, "\n%s", strings.TrimRight(strings.ReplaceAll(m.Text, "\r\n", "\n"), "\n")+"\n")
	}
	if len(letters) == 0 {
		return "no letter\n"
	}
	return b.String()
}

// renderVerdicts evaluates every period somebody was proposed in, as it stands after the story and,
// where official records came in, as it stood before them.
func (w *world) renderVerdicts() string {
	w.t.Helper()
	var b strings.Builder
	all := w.dataset()
	for _, period := range w.plan.Periods {
		var asOf []submission.Submission // the last of each group of submissions that changes what is judged
		for _, s := range all.Submissions {
			if s.Period == period.ID && s.Form != "" && s.State == submission.Accepted && s.Form != "dang-ky" {
				asOf = append(asOf, s)
			}
		}
		for _, s := range asOf {
			d := submission.NewDataset(s.Received, all.Submissions)
			sources, err := round.Gather(w.plan, d, period.ID, calendar.DateOf(s.Received))
			must(w.t, err)
			fmt.Fprintf(&b, "%s, after %s of %s, received %s\n", period.ID, s.Form, s.Unit,
				s.Received.In(calendar.Zone).Format("2006-01-02 15:04:05"))
			writeResult(&b, sources.Result)
		}
	}
	return b.String()
}

func writeResult(b *strings.Builder, r evaluate.Result) {
	for _, board := range r.Boards {
		if board.Proposed == 0 {
			continue
		}
		fmt.Fprintf(b, "  board %s %s: quota %d, proposed %d, eligible %d\n", board.Group, board.Kind, board.Quota,
			board.Proposed, board.Eligible)
		for _, p := range board.Places {
			fmt.Fprintf(b, "    %d %s %s: %s\n", p.Rank, p.Band, p.Nominee.Name, p.Outcome)
		}
	}
	for _, v := range r.Verdicts {
		for _, j := range v.Judgements {
			if j.Outcome == evaluate.Pending || j.Outcome == evaluate.NotMet {
				fmt.Fprintf(b, "  %s, %s: %s. %s\n", v.Nominee.Name, j.Criterion, j.Outcome, j.Reason)
			}
		}
		for _, f := range v.Flags {
			fmt.Fprintf(b, "  %s, flag %s: %s\n", v.Nominee.Name, f.Kind, f.Text)
		}
	}
	for _, c := range r.Contradictions {
		fmt.Fprintf(b, "  contradiction, finding %s: %s\n", c.Finding.Code, c.Finding.Message)
	}
	if r.Council != nil {
		fmt.Fprintf(b, "  council: %d of %d, quorum %v\n", r.Council.Present, r.Council.Members, r.Council.Quorum)
		for _, f := range r.Council.Findings {
			fmt.Fprintf(b, "    finding %s: %s\n", f.Code, f.Message)
		}
	}
	for _, a := range r.Awards {
		fmt.Fprintf(b, "  award %s: %d/%d %s\n", a.Nominee.Name, a.Votes, a.Base, a.Percent)
	}
	for _, a := range r.NotChosen {
		fmt.Fprintf(b, "  not chosen %s: %d/%d %s\n", a.Nominee.Name, a.Votes, a.Base, a.Percent)
	}
	b.WriteString("\n")
}

package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"thidua/ingest/ledger"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

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
	board, nominees, awards, err := d.board()
	if err != nil {
		return err
	}
	papers, err := d.export(l)
	if err != nil {
		return err
	}
	d.print("%s\n\n", wording.Text("demo.done", "rounds", d.titles(), "days", calendar.DateOf(d.Now()).DaysSince(p.IssuedOn), "passes", d.steps))
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
	row("demo.row.nominees", nominees)
	row("demo.row.awards", awards)
	row("demo.row.papers", papers)
	row("demo.row.sent", after.Sent)
	if sum := total.Accepted + total.ToFix + total.Held + total.Left + total.Duplicates; sum != len(d.sent) {
		return fmt.Errorf("%d mails went in, %d are accounted for", len(d.sent), sum)
	}
	d.print("\n%s\n", board)
	d.print("\n%s\n", wording.Text("demo.look", "dir", d.conf.Out, "period", d.rounds[0].ID))
	return nil
}

// titles names the rounds that were played.
func (d *demo) titles() string {
	var out []string
	for _, per := range d.rounds {
		out = append(out, strings.ToLower(per.Title))
	}
	return strings.Join(out, ", ")
}

// board has a line for every round, what was proposed and what the council gave, and the sums. A council that gave nothing is an error: the
// story has awards in every round.
func (d *demo) board() (text string, nominees, awards int, err error) {
	var lines []string
	for _, per := range d.rounds {
		s, err := d.gather(per.ID, d.Now().Format(time.RFC3339))
		if err != nil {
			return "", 0, 0, err
		}
		chosen, open := 0, 0
		for _, l := range s.Summary.Awards {
			if l.Group == "" { // a kind's total, as the decision left it
				chosen, open = chosen+l.Awarded+l.Waiting, open+l.Waiting
			}
		}
		if chosen == 0 {
			return "", 0, 0, fmt.Errorf("the council's vote on %s gave no awards", per.ID)
		}
		nominees += len(s.Result.Verdicts)
		awards += chosen
		lines = append(lines, wording.Text("demo.round", "period", pad(per.Title, 28), "nominees", len(s.Result.Verdicts), "chosen", chosen, "open", open))
	}
	return strings.Join(lines, "\n"), nominees, awards, nil
}

// export writes the mails and papers: mail/in, mail/out, papers/<period>/<occasion>.
func (d *demo) export(l *ledger.Ledger) (papers int, err error) {
	planted := []plantedFault{}
	var files errgroup.Group
	files.SetLimit(4)
	write := func(dir, name string, content []byte) {
		files.Go(func() error { return write(dir, name, content) })
	}
	for _, m := range d.sent {
		write(filepath.Join(d.conf.Out, "mail", "in"), m.name, m.raw)
		for _, f := range m.mail.Faults {
			planted = append(planted, plantedFault{m.name, string(f.Code), f.Sheet, f.Cell, f.What})
		}
	}
	b, err := json.MarshalIndent(planted, "", "  ")
	if err != nil {
		return 0, fmt.Errorf("listing the planted faults: %w", err)
	}
	write(filepath.Join(d.conf.Out, "mail", "in"), "faults.json", b)
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
		write(filepath.Join(d.conf.Out, "mail", "out"), fmt.Sprintf("%03d-%s-%s.eml", i+1, x.Kind, to), raw)
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
			write(dir, doc.Name, doc.Bytes)
			papers++
		}
	}
	return papers, files.Wait()
}

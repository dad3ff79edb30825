package issue

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"thidua/evaluate"
	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/reports/letter"
	"thidua/reports/post"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// reportChanges is the Report of the runs that tell of changed verdicts.
const reportChanges = "changes"

// basisFile names, in the run of such letters, the records and rulings that verdicts had been told
// to rest on by then, one on a line.
const basisFile = "can-cu.txt"

// mostChanges is how many changes one letter lists; the papers that go out again hold all of them.
const mostChanges = 200

// tellChanges writes to whom verdicts concern when official records, or rulings of the office, have
// changed them (Plan IV.1): each unit about its own nominees, once its dossier is in, and the
// office, with the council once it has had its papers, about everybody. What was told before is
// known from the runs, so that every change is told once, whenever and however often this is asked.
func (p Issuer) tellChanges(ctx context.Context, l *ledger.Ledger, desks map[string]*desk) ([]string, error) {
	var issued []string
	for _, period := range p.Plan.Periods {
		d := desks[period.ID]
		if !d.isWorkday() {
			continue
		}
		c := changes{desk: d}
		key, docs, letters, err := c.letters(ctx, l)
		if err != nil {
			return issued, fmt.Errorf("telling changes of %s: %w", period.ID, err)
		}
		if key == "" {
			continue
		}
		if err := l.Runs().Issue(ctx, d.run(key, reportChanges), docs, letters); err != nil {
			return issued, err
		}
		issued = append(issued, key)
	}
	return issued, nil
}

// changes is what verdicts of one period rest on now, and what they were told to rest on.
type changes struct {
	*desk
	before submission.Dataset
	since  time.Time // when the last of what is new came, or now when something was taken back
	causes []string  // Vietnamese, in order of receipt
}

// letters compares the verdicts with those told before. key is "" when there is nothing new.
func (c *changes) letters(ctx context.Context, l *ledger.Ledger) (key string, docs []ledger.Document,
	letters []ledger.Letter, err error) {
	basis := c.basis(c.data)
	last, told, n, err := c.told(ctx, l)
	if err != nil {
		return "", nil, nil, err
	}
	ids := slices.Sorted(maps.Keys(basis))
	if slices.Equal(ids, told) || !c.anybody() {
		return "", nil, nil, nil
	}
	gone := slices.DeleteFunc(slices.Clone(told), func(id string) bool { _, ok := basis[id]; return ok })
	var old submission.Dataset
	if len(gone) > 0 {
		if old, err = l.Dataset(ctx, last.AsOf); err != nil {
			return "", nil, nil, err
		}
		all, err := l.Overrides().All(ctx) // one ended at the very moment of the last telling is in no dataset any more
		if err != nil {
			return "", nil, nil, err
		}
		old.Overrides = nil
		for _, o := range all {
			old.Overrides = append(old.Overrides, o.Override)
		}
	}
	c.compareWith(old, told, gone, basis)
	before, err := evaluate.Run(c.Plan, c.before, c.period.ID)
	if err != nil {
		return "", nil, nil, err
	}
	after, err := evaluate.Run(c.Plan, c.data, c.period.ID)
	if err != nil {
		return "", nil, nil, err
	}
	sum := sha256.Sum256([]byte(strings.Join(ids, "\n")))
	key = fmt.Sprintf("%s/%s/%03d-%s", reportChanges, c.period.ID, n+1, hex.EncodeToString(sum[:4]))
	docs = []ledger.Document{{Name: basisFile, Bytes: []byte(strings.Join(ids, "\n") + "\n")}}
	letters, err = c.write(key, evaluate.Compare(before, after))
	return key, docs, letters, err
}

// basis lists the accepted records and the rulings that a period's verdicts rest on, those of its
// years included, with when they came.
func (c *changes) basis(d submission.Dataset) map[string]time.Time {
	periods := map[string]bool{c.period.ID: true}
	for _, year := range c.period.Years {
		if annual, ok := c.Plan.AnnualPeriod(year); ok {
			periods[annual.ID] = true
		}
	}
	out := map[string]time.Time{}
	for _, s := range d.Submissions {
		if s.Form == templates.RecordsForm.ID && s.State == submission.Accepted && periods[s.Period] {
			out[s.ID] = s.Received
		}
	}
	for _, o := range d.Overrides {
		if periods[o.Period] {
			out[o.ID] = o.At
		}
	}
	return out
}

// told is the last run that told of changes, what verdicts rested on by it, sorted, and how many
// such runs there are.
func (c *changes) told(ctx context.Context, l *ledger.Ledger) (last ledger.Run, basis []string, n int, err error) {
	for _, r := range c.runs {
		if r.Report == reportChanges && r.Period == c.period.ID {
			last, n = r, n+1
		}
	}
	if n == 0 {
		return last, nil, 0, nil
	}
	docs, err := l.Runs().Documents(ctx, last.Key)
	for _, d := range docs {
		if d.Name == basisFile {
			basis = strings.Fields(string(d.Bytes))
		}
	}
	slices.Sort(basis)
	return last, basis, n, err
}

// anybody reports whether a dossier of the period is in.
func (c *changes) anybody() bool {
	return slices.ContainsFunc(c.data.Submissions, func(s submission.Submission) bool {
		return s.Period == c.period.ID && s.State == submission.Accepted && isDossier(s.Form)
	})
}

func isDossier(formID string) bool {
	return formID == templates.DossierForm.ID || formID == templates.StageForm.ID || formID == templates.AdHocForm.ID
}

// compareWith makes the dataset as it was told: today's, without what is new, with what was taken
// back since.
func (c *changes) compareWith(old submission.Dataset, told, gone []string, basis map[string]time.Time) {
	fresh := func(id string) bool { _, ok := basis[id]; return ok && !slices.Contains(told, id) }
	var all []submission.Submission
	var rulings []submission.Override
	for _, s := range c.data.Submissions {
		if fresh(s.ID) {
			c.cause(s.Received, c.Text("letter.changes.record", "file", s.File, "id", s.ID, "moment",
				style.Moment(s.Received)))
			continue
		}
		all = append(all, s)
	}
	for _, o := range c.data.Overrides {
		if fresh(o.ID) {
			c.cause(o.At, c.Text("letter.changes.ruling", "ruling", evaluate.RulingText(o)))
			continue
		}
		rulings = append(rulings, o)
	}
	for _, s := range old.Submissions {
		if slices.Contains(gone, s.ID) {
			c.cause(c.now, c.Text("letter.changes.gone", "what", s.File, "id", s.ID))
			all = append(all, s)
		}
	}
	for _, o := range old.Overrides {
		if slices.Contains(gone, o.ID) {
			c.cause(c.now, c.Text("letter.changes.ended", "ruling", evaluate.RulingText(o)))
			rulings = append(rulings, o)
		}
	}
	c.before = submission.NewDataset(c.data.AsOf, all).WithOverrides(rulings)
}

func (c *changes) cause(at time.Time, text string) {
	c.causes = append(c.causes, text)
	if at.After(c.since) {
		c.since = at
	}
}

// write composes the letters: one for each unit some of whose nominees are judged otherwise, one
// for the office and the council.
func (c *changes) write(key string, diff evaluate.Difference) ([]ledger.Letter, error) {
	byUnit := map[string][]evaluate.Change{}
	var all []evaluate.Change
	for _, list := range [][]evaluate.Change{diff.Moved, diff.Noted} {
		for _, x := range list {
			if judged(x) {
				byUnit[x.Nominee.Unit] = append(byUnit[x.Nominee.Unit], x)
			}
			if judged(x) || x.Verdict != nil || x.Band != nil || x.Award != nil {
				all = append(all, x)
			}
		}
	}
	var out []ledger.Letter
	decided := c.decided()
	for _, u := range c.Plan.Units {
		if len(byUnit[u.Code]) == 0 || len(u.Mailboxes()) == 0 || decided || !c.toldBefore(u.Code) {
			continue
		}
		l, err := c.letter(key, u.Name, u.Code, u.Mailboxes(), byUnit[u.Code])
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	if len(all) == 0 {
		return out, nil
	}
	slices.SortStableFunc(all, func(a, b evaluate.Change) int { return strings.Compare(a.Nominee.ID, b.Nominee.ID) })
	name, addresses := c.Plan.Office.Name, c.Plan.Office.Emails
	if c.councilHasPapers() {
		name, addresses = c.Text("letter.changes.both", "office", name, "council", c.Plan.Council.Name),
			union(addresses, c.Plan.Council.SecretaryEmails)
	}
	l, err := c.letter(key, name, "", addresses, all)
	return append(out, l), err
}

// judged reports whether a criterion says something else of a nominee, or for another reason.
func judged(x evaluate.Change) bool {
	return slices.ContainsFunc(x.Causes, func(c evaluate.Cause) bool {
		return c.Kind == evaluate.CauseCriterion || c.Kind == evaluate.CauseReason
	})
}

// toldBefore reports whether a unit's dossier was in before the last of what is new: a unit whose
// dossier came later was never told otherwise.
func (c *changes) toldBefore(unit string) bool {
	return slices.ContainsFunc(c.data.Submissions, func(s submission.Submission) bool {
		return s.Unit == unit && s.Period == c.period.ID && s.State == submission.Accepted && isDossier(s.Form) &&
			s.Received.Before(c.since)
	})
}

// councilHasPapers reports whether papers of the period have gone to the council.
func (c *changes) councilHasPapers() bool {
	return slices.ContainsFunc(c.runs, func(r ledger.Run) bool {
		return r.Period == c.period.ID &&
			slices.ContainsFunc(c.Plan.Occasions, func(o plan.Occasion) bool {
				return o.ID == r.Report &&
					o.To == plan.ToCouncil
			})
	})
}

// letter names every change: of what, from what to what, and why. unit is "" for the office's
// letter, which also tells of places.
func (c *changes) letter(key, name, unit string, addresses []string, list []evaluate.Change) (ledger.Letter, error) {
	period := strings.ToLower(c.period.Title)
	nominees := map[string]bool{}
	for _, x := range list {
		nominees[x.Nominee.ID] = true
	}
	var b letter.Body
	b.Title(c.Text("letter.changes.title", "period", period))
	b.Para(c.Text("letter.dear", "name", name))
	b.Para(c.Text("letter.changes.intro", "office", c.Plan.Office.Name, "n", len(nominees)))
	for _, cause := range c.causes {
		b.Para("- " + cause)
	}
	var rows [][]string
	for _, x := range list {
		rows = append(rows, changeRows(x, unit == "")...)
	}
	more := len(rows) - mostChanges
	if more > 0 {
		rows = rows[:mostChanges]
	}
	for i := range rows {
		rows[i][0] = strconv.Itoa(i + 1)
	}
	b.Table([]string{c.Text("letter.col.number"), c.Text("letter.changes.col.nominee"),
		c.Text("letter.changes.col.what"),
		c.Text("letter.changes.col.before"), c.Text("letter.changes.col.after"), c.Text("letter.changes.col.why")},
		rows, nil)
	if more > 0 {
		b.Para(c.Text("letter.changes.more", "n", more))
	}
	subject := c.Text("letter.changes.subject.office", "period", period, "n", len(nominees))
	if unit == "" {
		b.Box(c.Text("letter.changes.next.office"))
	} else {
		subject = c.Text("letter.changes.subject", "period", period, "unit", name)
		b.Box(c.Text("letter.changes.next", "office", c.Plan.Office.Name))
	}
	id := key + "/" + unit
	if unit == "" {
		id = key + "/office"
	}
	return c.Freeze("changes", unit, letter.Letter{ID: id, To: post.To(name, addresses), Date: c.now, Subject: subject},
		b)
}

// changeRows are the lines of one nominee: its verdict, then the criteria that say something else,
// and for the office where it stands now.
func changeRows(x evaluate.Change, places bool) [][]string {
	who := x.Nominee.Name
	if places && x.Nominee.UnitName != who {
		who += " (" + x.Nominee.UnitName + ")"
	}
	row := func(what, before, after, why string) []string { return []string{"", who, what, before, after, why} }
	var out [][]string
	if x.Verdict != nil {
		out = append(out, row(wording.Text("letter.changes.verdict"), outcomeWord(x.Verdict.Before),
			outcomeWord(x.Verdict.After), ""))
	}
	for _, c := range x.Causes {
		title := wording.Text("letter.changes.criterion", "id", c.Criterion, "title", c.Title, "clause", c.Clause)
		switch c.Kind {
		case evaluate.CauseCriterion:
			out = append(out, row(title, outcomeWord(c.Before), outcomeWord(c.After), c.Why))
		case evaluate.CauseReason:
			out = append(out, row(title, c.Before, c.After, ""))
		}
	}
	if places {
		for _, m := range []struct {
			what string
			move *evaluate.Move
			word func(string) string
		}{{"letter.changes.band", x.Band, bandWord}, {"letter.changes.award", x.Award, awardWord}} {
			if m.move != nil {
				out = append(out, row(wording.Text(m.what), m.word(m.move.Before), m.word(m.move.After), ""))
			}
		}
	}
	return out
}

func outcomeWord(o string) string {
	if o == "" {
		return "–"
	}
	return evaluate.OutcomeText(evaluate.Outcome(o))
}

//wording:composed paper.band.
func bandWord(b string) string {
	if b == "" {
		return "–"
	}
	return wording.Text("paper.band." + b)
}

//wording:composed letter.changes.state.
func awardWord(state string) string {
	if state == "" {
		return "–"
	}
	return wording.Text("letter.changes.state." + state)
}

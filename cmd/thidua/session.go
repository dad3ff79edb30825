package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"thidua/cmd/config"
	"thidua/cmd/exit"
	"thidua/cmd/logs"
	"thidua/cmd/pass"
	"thidua/cmd/rounds"
	"thidua/cmd/vitals"
	"thidua/evaluate/check"
	"thidua/ingest/ledger"
	"thidua/reports/round"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// session is what one command works with, opened when first asked for.
//
//constructed:by newSession
type session struct {
	*app
	ctx    context.Context
	flags  *commands
	config *config.Config
	plan   *plan.Plan
	sound  *plan.Plan // the one read last that had no mistakes
	ledger *ledger.Ledger

	grammar *kong.Node // of the command line
	quiet   bool       // a pass that went well prints nothing
}

func newSession(ctx context.Context, a *app, flags *commands) *session {
	return &session{app: a, ctx: ctx, flags: flags}
}

func (s *session) close() {
	if s.ledger == nil {
		return
	}
	if err := s.ledger.Close(); err != nil {
		s.Say(wording.Text("cli.failed", "problem", fmt.Errorf("closing the ledger: %w", err)))
	}
}

// readConfig reads the configuration as far as it can be read. Without --config and without
// thidua.yaml in the current folder everything has its usual value.
func (s *session) readConfig() (*config.Config, error) {
	if s.config != nil {
		return s.config, nil
	}
	c, err := config.Read(s.flags.Config, s.env)
	if err != nil {
		return nil, exit.With(exit.Invalid, err)
	}
	s.config = c
	return c, nil
}

// loadConfig reads the configuration and refuses one that cannot be read as a whole.
func (s *session) loadConfig() (*config.Config, error) {
	c, err := s.readConfig()
	if err != nil {
		return nil, err
	}
	if len(c.Misreads()) > 0 {
		file := cmp.Or(s.flags.Config, config.FileName)
		problem := strings.Join(c.Misreads(), " ")
		return nil, exit.Because(exit.Invalid, wording.Text("cli.config.unreadable", "file", file, "problem", problem))
	}
	return c, nil
}

// loadPassConfig reads the configuration and refuses one with which no pass can be made, with all
// reasons.
func (s *session) loadPassConfig() (*config.Config, error) {
	c, err := s.readConfig()
	if err != nil {
		return nil, err
	}
	problems := c.Problems()
	if len(problems) == 0 {
		return c, nil
	}
	for _, p := range problems {
		s.Say("- " + p)
	}
	if c.Dir() == "" {
		s.Say(wording.Text("cli.config.nofile"))
	}
	return nil, exit.Because(exit.Invalid, wording.Text("cli.config.invalid", "n", len(problems)))
}

// mind is what is remembered of the passes of an installation, and has its logins counted there.
func (s *session) mind(c *config.Config) *vitals.Record {
	r := vitals.New(cmp.Or(c.Dir(), "."), s.app)
	c.Mind(r)
	return r
}

// notePass remembers how a pass ended; being second or stopped is no ending. That a note cannot be
// written is told and changes nothing.
func (s *session) notePass(r *vitals.Record, err error) {
	if errors.Is(err, pass.ErrTaken) || errors.Is(err, context.Canceled) {
		return
	}
	problem := ""
	if text, code := exit.Describe(err); err != nil && code != exit.Held {
		problem = logs.Impersonal(text)
	}
	if unwritten := r.Passed(problem); unwritten != nil {
		s.Say(wording.Text("cli.failed", "problem", unwritten))
	}
}

// readPlan reads a plan whatever Lint says of it: that of a folder, or of the call when the folder
// is "".
func (s *session) readPlan(folder string) (*plan.Plan, error) { return s.rereadPlan(folder, nil) }

// rereadPlan is readPlan, but gives back the plan read last while its folder is as it was then.
func (s *session) rereadPlan(folder string, last *plan.Plan) (*plan.Plan, error) {
	open := func() (fs.FS, error) { return config.PlanFolder(folder) }
	if folder == "" {
		c, err := s.loadConfig()
		if err != nil {
			return nil, err
		}
		open = func() (fs.FS, error) { return c.PlanFolder(s.flags.Plan) }
	}
	dir, err := open()
	if err == nil {
		var p *plan.Plan
		if p, err = plan.Reload(dir, last); err == nil {
			return p, nil
		}
	}
	return nil, exit.Because(exit.Invalid, wording.Text("cli.plan.unreadable", "problem", err))
}

// loadPlan reads the plan of the call once and refuses one with mistakes.
func (s *session) loadPlan() (*plan.Plan, error) {
	if s.plan != nil {
		return s.plan, nil
	}
	p, err := s.reloadPlan()
	s.plan = p
	return p, err
}

// reloadPlan reads the plan of the call anew and refuses one with mistakes. While its folder is as
// it was, it is the plan read last.
func (s *session) reloadPlan() (*plan.Plan, error) {
	p, err := s.rereadPlan("", s.sound)
	if err != nil || p == s.sound {
		return p, err
	}
	if err := s.refuseFaults(append(plan.Lint(p), templates.Lint(p)...)); err != nil {
		return p, err
	}
	s.sound = p
	return p, nil
}

// refuseFaults tells all mistakes of a plan and refuses it when there are any.
func (s *session) refuseFaults(problems []plan.Problem) error {
	faults := 0
	for _, x := range problems {
		if !x.Warning {
			faults++
			s.Say(describeProblem(x))
		}
	}
	if faults > 0 {
		return exit.Because(exit.Invalid, wording.Text("cli.plan.invalid", "n", faults))
	}
	return nil
}

func describeProblem(x plan.Problem) string {
	return wording.Text("cli.plan.problem", "file", x.File, "where", x.Where, "text", x.Text)
}

// checkProblems lists what only the checks know of a plan's criteria: facts that no form holds,
// levels that a scale of that time does not have.
func checkProblems(p *plan.Plan) []plan.Problem {
	out := templates.Lint(p)
	for i, c := range p.Criteria {
		for _, period := range p.Periods {
			if _, err := check.Compile(c, p, period.To); err != nil {
				out = append(out, plan.Problem{
					File: "criteria.yaml", Where: c.ID + " · " + period.ID, Path: fmt.Sprintf("criteria[%d].check", i),
					Text: err.Error(),
				})
			}
		}
	}
	return out
}

// errNoLedger says that nobody has made the ledger yet.
var errNoLedger = errors.New("no ledger")

// openLedger opens the ledger of the configuration, and makes it when there is none.
func (s *session) openLedger() (*ledger.Ledger, error) {
	return s.openLedgerIf(func(string) bool { return true })
}

// ledgerIfAny opens the ledger and is nil where nobody has made one yet: forms can be made before.
func (s *session) ledgerIfAny() (*ledger.Ledger, error) {
	l, err := s.openLedgerIf(func(place string) bool {
		_, err := os.Stat(place)
		return !errors.Is(err, fs.ErrNotExist)
	})
	if errors.Is(err, errNoLedger) {
		return nil, nil
	}
	return l, err
}

// existingLedger opens the ledger and refuses to make one, which keeps commands that only look from
// leaving an empty one behind.
func (s *session) existingLedger() (*ledger.Ledger, error) {
	l, err := s.ledgerIfAny()
	if err == nil && l == nil {
		return nil, exit.Because(exit.Usage, wording.Text("cli.noledger", "path", s.config.LedgerFile()))
	}
	return l, err
}

// openLedgerIf opens the ledger; one in a file only if may says so of its path.
func (s *session) openLedgerIf(may func(path string) bool) (*ledger.Ledger, error) {
	if s.ledger != nil {
		return s.ledger, nil
	}
	c, err := s.loadConfig()
	if err != nil {
		return nil, err
	}
	place, err := c.LedgerPlace()
	if err != nil {
		return nil, exit.Because(exit.Invalid, wording.Text("cli.config.ledgersecret", "problem", err))
	}
	if !c.LedgerOnServer() && !may(place) {
		return nil, errNoLedger
	}
	l, err := ledger.Open(s.ctx, place, s.app, s.ledgerOptions...)
	if err != nil {
		return nil, err
	}
	s.ledger = l
	return l, nil
}

// parseMoment reads a moment given on the command line: a day (its end), or a day and time, in
// UTC+7 unless a zone is written. Empty is now.
func (s *session) parseMoment(text string) (time.Time, error) {
	if text == "" {
		return s.Now(), nil
	}
	if d, err := calendar.ParseISO(text); err == nil && !d.Partial() {
		return d.AddDays(1).Start().Add(-time.Nanosecond), nil
	}
	for _, layout := range []string{
		time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04",
	} {
		if t, err := time.ParseInLocation(layout, text, calendar.Zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, exit.Because(exit.Usage, wording.Text("cli.badtime", "text", text))
}

// gather evaluates a round as it was known at a moment, "" being now.
func (s *session) gather(period, asOf string) (round.Sources, error) {
	p, err := s.loadPlan()
	if err != nil {
		return round.Sources{}, err
	}
	l, err := s.existingLedger()
	if err != nil {
		return round.Sources{}, err
	}
	at, err := s.parseMoment(asOf)
	if err != nil {
		return round.Sources{}, err
	}
	per, err := rounds.Find(p, period, s.Now())
	if err != nil {
		return round.Sources{}, err
	}
	if asOf == "" {
		return rounds.Now(s.ctx, l, p, per.ID, at)
	}
	return rounds.At(s.ctx, l, p, per.ID, at)
}

// findUnit finds a unit by its code, or by its name as people write it.
func findUnit(p *plan.Plan, text string) (u plan.Unit, ok bool) {
	if u, ok = p.UnitByCode(text); !ok {
		u, ok, _ = p.MatchUnit(text)
	}
	return u, ok
}

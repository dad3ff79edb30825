package main

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"thidua/cmd/exit"
	"thidua/cmd/rounds"
	"thidua/cmd/show"
	"thidua/evaluate"
	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/wording"
)

// overrideCommand enters rulings of the standing office: an act with a person, a reason and an
// event, printed wherever it has an effect.
type overrideCommand struct {
	Receipt  overrideReceipt  `cmd:"" help:"${cli_help_overridereceipt}"`
	Extend   overrideExtend   `cmd:"" help:"${cli_help_overrideextend}"`
	Waive    overrideWaive    `cmd:"" help:"${cli_help_overridewaive}"`
	List     overrideList     `cmd:"" help:"${cli_help_overridelist}"`
	Withdraw overrideWithdraw `cmd:"" help:"${cli_help_overridewithdraw}"`
}

// rulingAuthor is what every ruling needs.
type rulingAuthor struct {
	By     string `required:"" help:"${cli_help_by}" placeholder:"NAME"`
	Reason string `required:"" help:"${cli_help_reason}" placeholder:"TEXT"`
	Ref    string `help:"${cli_help_ref}" placeholder:"TEXT"`
}

// formOfUnit is what a ruling on dates is about.
type formOfUnit struct {
	Unit   string `arg:"" help:"${cli_help_overrideunit}"`
	Form   string `required:"" help:"${cli_help_overrideform}" placeholder:"FORM"`
	Period string `help:"${cli_help_period}" placeholder:"P"`
}

type overrideReceipt struct {
	formOfUnit
	Day string `required:"" help:"${cli_help_overrideday}" placeholder:"DAY"`
	rulingAuthor
}

func (c overrideReceipt) Run(s *session) error {
	return s.ruleDay(submission.ReceiptDate, c.formOfUnit, c.Day, c.rulingAuthor)
}

type overrideExtend struct {
	formOfUnit
	Until string `required:"" help:"${cli_help_overrideuntil}" placeholder:"DAY"`
	rulingAuthor
}

func (c overrideExtend) Run(s *session) error {
	return s.ruleDay(submission.Extension, c.formOfUnit, c.Until, c.rulingAuthor)
}

// ruleDay enters a ruling on a date.
func (s *session) ruleDay(kind submission.OverrideKind, a formOfUnit, day string, by rulingAuthor) error {
	p, err := s.loadPlan()
	if err != nil {
		return err
	}
	per, err := rounds.Find(p, a.Period, s.Now())
	if err != nil {
		return err
	}
	u, ok := findUnit(p, a.Unit)
	if !ok {
		return exit.Because(exit.Usage, wording.Text("cli.override.nounit", "read", a.Unit))
	}
	deadline := templates.DeadlineOf(per, a.Form)
	if deadline == nil {
		return exit.Because(exit.Usage, wording.Text("cli.override.noform", "read", a.Form, "period", per.Title))
	}
	on, err := calendar.ParseISO(day)
	if err != nil || on.Partial() || !on.Valid() || on.IsZero() {
		return exit.Because(exit.Usage, wording.Text("cli.override.badday", "read", day))
	}
	if kind == submission.Extension && !on.After(deadline.Last()) {
		return exit.Because(exit.Usage, wording.Text("cli.override.noextension", "read", on.Short(),
			"last", deadline.Last().Short()))
	}
	if kind == submission.ReceiptDate && on.After(calendar.DateOf(s.Now())) {
		return exit.Because(exit.Usage, wording.Text("cli.override.future", "read", on.Short()))
	}
	return s.rule(submission.Override{Kind: kind, Period: per.ID, Unit: u.Code, Form: a.Form, Day: on, Person: by.By,
		Reason: by.Reason, Ref: by.Ref})
}

type overrideWaive struct {
	Nominee   []string `arg:"" name:"nominee" help:"${cli_help_nominee}"`
	Criterion string   `required:"" help:"${cli_help_overridecriterion}" placeholder:"TT4.2"`
	Period    string   `help:"${cli_help_period}" placeholder:"P"`
	rulingAuthor
}

// Run waives a check for the one nominee that the words mean; more than one, or none, is refused.
func (c overrideWaive) Run(s *session) error {
	src, err := s.gather(c.Period, "")
	if err != nil {
		return err
	}
	query := strings.Join(c.Nominee, " ")
	found := evaluate.Find(src.Result, query)
	switch {
	case len(found) == 0:
		return exit.Because(exit.Usage, wording.Text("cli.explain.nobody", "query", query))
	case len(found) > 1:
		var ids []string
		for _, n := range found {
			ids = append(ids, n.ID+" ("+n.Name+", "+n.UnitName+")")
		}
		return exit.Because(exit.Usage, wording.Text("cli.override.many", "query", query, "list",
			"\n  "+strings.Join(ids, "\n  ")))
	}
	n := found[0]
	k, _, ok := src.Plan.CheckAt(c.Criterion)
	if !ok || string(k.Nominee) != n.Kind {
		return exit.Because(exit.Usage, wording.Text("cli.override.nocriterion", "read", c.Criterion,
			"kind", show.KindTitle(n.Kind)))
	}
	return s.rule(submission.Override{Kind: submission.Waiver, Period: src.Period.ID, Unit: n.Unit, Nominee: n.ID,
		Criterion: c.Criterion, Person: c.By, Reason: c.Reason, Ref: c.Ref})
}

// rule enters a ruling and tells what it does.
func (s *session) rule(o submission.Override) error {
	l, err := s.existingLedger()
	if err != nil {
		return err
	}
	if o.Person, o.Reason = strings.TrimSpace(o.Person), strings.TrimSpace(o.Reason); o.Problem() != "" {
		return exit.Because(exit.Usage, wording.Text("cli.override.lacks"))
	}
	entered, err := l.As(o.Person).Overrides().Add(s.ctx, o)
	if err != nil {
		return err
	}
	src, err := s.gather(o.Period, entered.At.Format("2006-01-02T15:04:05.999999999Z07:00"))
	if err != nil {
		return err
	}
	for _, r := range src.Result.Overrides {
		if r.ID == entered.ID {
			show.Ruling(s.Screen, r, ledger.Overridden{Override: entered})
		}
	}
	s.Print("%s\n", wording.Text("cli.override.next", "id", entered.ID))
	return nil
}

type overrideList struct {
	Period string `help:"${cli_help_period}" placeholder:"P"`
	JSON   bool   `name:"json" help:"${cli_help_json}"`
}

// listEntry is a ruling in the JSON of the list.
type listEntry struct {
	evaluate.Ruling
	Ended     string `json:"ended,omitempty"` // RFC 3339, UTC
	EndPerson string `json:"endPerson,omitempty"`
	EndReason string `json:"endReason,omitempty"`
}

// Run lists every ruling, those taken back too, with what those in force change now.
func (c overrideList) Run(s *session) error {
	p, err := s.loadPlan()
	if err != nil {
		return err
	}
	l, err := s.existingLedger()
	if err != nil {
		return err
	}
	all, err := l.Overrides().All(s.ctx)
	if err != nil {
		return err
	}
	out := []listEntry{}
	effects := map[string]evaluate.Ruling{}
	for _, per := range p.Periods {
		if !slices.ContainsFunc(all, func(o ledger.Overridden) bool { return o.Period == per.ID }) {
			continue
		}
		src, err := s.gather(per.ID, "")
		if err != nil {
			return err
		}
		for _, r := range src.Result.Overrides {
			if r.Period == per.ID {
				effects[r.ID] = r
			}
		}
	}
	for _, o := range all {
		if c.Period != "" && c.Period != o.Period {
			continue
		}
		r, inForce := effects[o.ID]
		if !inForce {
			r = evaluate.Ruling{Override: o.Override, Text: o.Unit + " · " + cmp.Or(o.Form,
				o.Nominee+" · "+o.Criterion), Ground: evaluate.RulingText(o.Override), Effects: []string{}}
		}
		x := listEntry{Ruling: r, EndPerson: o.EndPerson, EndReason: o.EndReason}
		if !o.Ended.IsZero() {
			x.Ended = o.Ended.UTC().Format("2006-01-02T15:04:05Z07:00")
		}
		out = append(out, x)
		if !c.JSON {
			show.Ruling(s.Screen, r, o)
		}
	}
	switch {
	case c.JSON:
		return s.JSON(out)
	case len(out) == 0:
		s.Print("%s\n", wording.Text("cli.override.none"))
	}
	return nil
}

type overrideWithdraw struct {
	ID string `arg:"" help:"${cli_help_overrideid}"`
	rulingAuthor
}

func (c overrideWithdraw) Run(s *session) error {
	l, err := s.existingLedger()
	if err != nil {
		return err
	}
	reason := strings.TrimSpace(c.Reason)
	if strings.TrimSpace(c.By) == "" || reason == "" {
		return exit.Because(exit.Usage, wording.Text("cli.override.lacks"))
	}
	if c.Ref != "" {
		reason = wording.Text("evaluate.override.ref", "ruling", strings.TrimRight(reason, ". "), "ref", c.Ref)
	}
	err = l.As(c.By).Overrides().End(s.ctx, strings.ToUpper(c.ID), c.By, reason)
	switch {
	case errors.Is(err, ledger.ErrUnknown):
		return exit.Because(exit.Usage, wording.Text("cli.override.unknown", "id", c.ID))
	case errors.Is(err, ledger.ErrEnded):
		return exit.Because(exit.Usage, wording.Text("cli.override.already", "id", c.ID))
	case err != nil:
		return err
	}
	s.Print("%s\n", wording.Text("cli.override.withdrawn", "id", strings.ToUpper(c.ID)))
	return nil
}

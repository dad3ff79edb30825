package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// rule plays the standing office when the first dossier has come too late: it was handed in on
// paper in time, and the office rules that it counts from that day. The next pass tells what that
// changes.
func (d *Demo) rule(ctx context.Context) error {
	if d.ruled {
		return nil
	}
	for _, x := range d.arrived {
		period, rest, _ := strings.Cut(x.mail.Key, "/")
		kind, _, _ := strings.Cut(rest, "/")
		if kind != "dossier" || !isLate(x) {
			continue
		}
		d.ruled = true
		if err := d.ruleInTime(ctx, period, x); err != nil {
			return fmt.Errorf("ruling on %s: %w", x.mail.Key, err)
		}
		return d.waiveLateness(ctx, period)
	}
	return nil
}

func isLate(x arrival) bool { return slices.Contains(x.mail.Arrival, finding.Late) }

// ruleInTime enters the day on which a dossier was handed in on paper.
func (d *Demo) ruleInTime(ctx context.Context, period string, late arrival) error {
	on := calendar.DateOf(late.mail.At).AddDays(-8)
	return d.enter(ctx, submission.Override{
		Kind: submission.ReceiptDate, Period: period, Unit: late.mail.Unit, Form: templates.DossierForm.ID, Day: on,
		Reason: wording.Text("demo.ruling.reason", "date", on.Short()),
	})
}

// waiveLateness plays the office once more: a unit whose registration came late for no fault of its
// own is not held to the day. It is the first of them in the plan's order.
func (d *Demo) waiveLateness(ctx context.Context, period string) error {
	sources, err := d.evaluate(ctx, period, d.clock.Now())
	if err != nil {
		return err
	}
	late := map[string]bool{}
	for _, x := range d.arrived {
		if strings.HasPrefix(x.mail.Key, period+"/registration/") && isLate(x) {
			late[x.mail.Unit] = true
		}
	}
	for _, v := range sources.Result.Verdicts {
		if late[v.Nominee.Unit] && v.Nominee.Kind == string(plan.Collective) {
			return d.enter(ctx, submission.Override{
				Kind: submission.Waiver, Period: period, Unit: v.Nominee.Unit, Nominee: v.Nominee.ID,
				Criterion: "TT2.1",
				Reason:    wording.Text("demo.ruling.waiver"),
			})
		}
	}
	return nil
}

// enter enters a ruling in the name of the office.
func (d *Demo) enter(ctx context.Context, o submission.Override) error {
	o.Person, o.Ref = wording.Text("demo.ruling.person"), wording.Text("demo.ruling.ref")
	_, err := d.ledger.As(o.Person).Overrides().Add(ctx, o)
	return err
}

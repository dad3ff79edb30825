// Package prefill makes the workbooks that go out to be filled in: a form for a unit with what is
// known of it, the standing office's own forms, and the ballot workbook of the Council's secretary.
//
// A plan, a form, a round and a dataset go in; the bytes of a workbook come out, the same for the
// same arguments. The package never reads a workbook, writes no letter, and fills in nothing that a
// unit has not said itself or that the office's records do not say.
package prefill

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"thidua/evaluate"
	"thidua/ingest/proof"
	"thidua/ingest/submission"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/xlsx"
)

// Forms makes the forms of a plan and remembers those it made for units: a reminder encloses the
// very form that was sent out before. It may be used by many at once.
//
//constructed:by NewForms
type Forms struct {
	plan *plan.Plan
	made sync.Map // bytes by everything that is in them
}

// NewForms makes forms of a plan.
func NewForms(p *plan.Plan) *Forms { return &Forms{plan: p} }

// Round is for the forms of one round with what one dataset knows, on a day (UTC+7), sealed with
// the ledger's secret.
func (x *Forms) Round(d submission.Dataset, period plan.Period, on calendar.Date, s proof.Secret) *Round {
	r := &Round{forms: x, data: d, period: period, secret: s}
	r.honours = sync.OnceValues(func() ([]honour, error) { return honours(x.plan, d, period, on) })
	return r
}

// Round makes the forms of one round.
//
//constructed:by Round
type Round struct {
	forms   *Forms
	data    submission.Dataset
	period  plan.Period
	secret  proof.Secret
	honours func() ([]honour, error) // of a stage, found once
}

// Unit makes a unit's own copy of a form with what is known of it. Nobody may change the bytes.
func (r *Round) Unit(f *form.Form, u plan.Unit) (paper.File, error) {
	p := r.forms.plan
	out := workbook(FileName(f, r.period.ID, u.Code))
	var given []honour
	if f == templates.StageForm {
		var err error
		if given, err = r.honours(); err != nil {
			return out, err
		}
	}
	k := knownOf(p, r.data, f, r.period, u.Code, given)
	content, err := json.Marshal(k)
	if err != nil {
		return out, fmt.Errorf("remembering form %s of %s: %w", f.ID, u.Code, err)
	}
	key := fmt.Sprintf("%d/%s/%s/%s/%s/%x", r.secret.Issue(), p.Hash, f.ID, r.period.ID, u.Code, sha256.Sum256(content))
	if b, ok := r.forms.made.Load(key); ok {
		out.Bytes = b.([]byte)
		return out, nil
	}
	heading, context := Heading(p, r.period, &u), templates.Context(p, r.period, u.Code).Sealed(r.secret.Seal)
	if out.Bytes, err = xlsx.Write(f, heading, context, unitValue(p, f, r.period, u, k)); err == nil {
		r.forms.made.Store(key, out.Bytes)
	}
	return out, err
}

// Office makes a form that is no unit's own: the office's, or one to be filled in by whom it may
// concern. Sealed with the ledger's secret, it proves who filled it in.
func Office(p *plan.Plan, f *form.Form, period plan.Period, secret proof.Secret) (paper.File, error) {
	out := workbook(FileName(f, period.ID, ""))
	var value any
	switch f {
	case templates.RosterForm:
		value = templates.NewRoster(p, period)
	case templates.RecordsForm:
		value = templates.NewRecords(p, period)
	case templates.DecisionForm:
		value = templates.NewDecision(period)
	case templates.RulingsForm:
		value = templates.NewRulings(period)
	}
	var err error
	context := templates.Context(p, period, "").Sealed(secret.Seal)
	out.Bytes, err = xlsx.Write(f, Heading(p, period, nil), context, value)
	return out, err
}

// Ballots makes the workbook that the Council's secretary fills in and sends back, sealed with the
// ledger's secret.
func Ballots(s round.Sources, secret proof.Secret) (paper.File, error) {
	out := workbook(FileName(templates.VotesForm, s.Period.ID, ""))
	var err error
	heading, context := Heading(s.Plan, s.Period, nil), templates.Context(s.Plan, s.Period, "").Sealed(secret.Seal)
	out.Bytes, err = xlsx.Write(templates.VotesForm, heading, context, Votes(s))
	return out, err
}

// Votes is the tally form with everybody who is put to the vote filled in, in the order of the
// boards. Nominees who do not meet a criterion are not put to the vote; the docket lists them.
func Votes(s round.Sources) *templates.Votes {
	v := &templates.Votes{}
	v.Session.Year = form.OfInt(s.Period.To.Year)
	if s.Period.Kind == plan.AdHoc { // of no year: that of the session
		v.Session.Year = form.OfInt(s.On.Year)
	}
	v.Session.Members = form.OfInt(len(s.Plan.Council.Members))
	for _, b := range s.Result.Boards {
		for _, p := range round.Voted(b) {
			n := p.Nominee
			row := templates.VoteRow{
				Code: form.Of(n.ID), Name: form.Of(n.Name), Position: form.Of(style.Post(n)), Unit: form.Of(n.UnitName),
			}
			if b.Kind == evaluate.Collective {
				v.Collectives = append(v.Collectives, row)
			} else {
				v.Individuals = append(v.Individuals, row)
			}
		}
	}
	return v
}

// Heading is what stands above the sheets of a form: of a unit, or of the standing office when unit
// is nil.
func Heading(p *plan.Plan, period plan.Period, u *plan.Unit) xlsx.Heading {
	h := xlsx.Heading{
		Superior: strings.ToUpper(p.Issuer.Short), Issuer: p.Office.Name, Period: strings.ToLower(period.Title),
		Plan: style.PlanName(p), Office: p.Office.Name,
	}
	if u != nil {
		h.Issuer = u.Name
	}
	return h
}

// FileName is the name of a form's workbook for a unit, such as "dang-ky-2018-05452.xlsx".
func FileName(f *form.Form, period, unit string) string {
	name := f.ID
	for _, s := range []string{period, unit} {
		if s != "" && s != f.ID {
			name += "-" + s
		}
	}
	return name + "." + string(paper.XLSX)
}

func workbook(name string) paper.File { return paper.File{Name: name, Type: paper.XLSX.MediaType()} }

// unitValue is what a unit's form is filled in with, nil for a form that is not of units.
func unitValue(p *plan.Plan, f *form.Form, period plan.Period, u plan.Unit, k known) any {
	switch f {
	case templates.RegistrationForm:
		return templates.NewRegistration(p, period, u, k.Registration)
	case templates.DossierForm:
		return templates.NewDossier(p, period, u, k.Registration)
	case templates.StageForm:
		return stageDossier(p, period, u, k.Years)
	case templates.AdHocForm:
		return templates.NewAdHocProposal(p, u)
	case templates.OutreachForm:
		return templates.NewOutreach(period, u)
	case templates.CommuneAwardsForm:
		return templates.NewCommuneAwards(period, u)
	}
	return nil
}

// Marked is the marked copy of a workbook: what was read of it, with every finding and repair in
// its cell, to be corrected and sent back. It is nothing where there is nothing to see in it.
func Marked(p *plan.Plan, s submission.Submission, secret proof.Secret) ([]paper.File, error) {
	f, ok := templates.Lookup(s.Form)
	if !ok {
		return nil, nil
	}
	s = s.Approved() // the workbook itself lacks nothing
	marks := finding.Count(s.Findings, finding.Must) + finding.Count(s.Findings, finding.Should) + len(s.Repairs)
	if finding.Has(s.Findings, finding.OtherThanSaid) {
		marks-- // that is about the mail, and marks no cell
	}
	if marks == 0 {
		return nil, nil
	}
	out := workbook(p.Words.Text("letter.file.marked", "file", FileName(f, s.Period, s.Unit)))
	var err error
	out.Bytes, err = Read(p, s, secret)
	return []paper.File{out}, err
}

// Read is the workbook that shows a reading as it was understood.
func Read(p *plan.Plan, s submission.Submission, secret proof.Secret) ([]byte, error) {
	f, _ := templates.Lookup(s.Form)
	period, _ := p.Period(s.Period)
	var unit *plan.Unit
	if u, known := p.UnitByCode(s.Unit); known && f.From == form.FromUnit {
		unit = &u
	}
	r := form.Reading{
		Form: f, Value: s.Value, Rows: s.Rows, Ignored: s.Ignored, Findings: s.Findings, Repairs: s.Repairs,
	}
	return xlsx.Mark(&r, Heading(p, period, unit), templates.Context(p, period, s.Unit).Sealed(secret.Seal))
}

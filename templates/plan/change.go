package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"thidua/templates/calendar"
	"thidua/templates/wording"
)

// Knobs are the keys of the changes that Try knows for a plan, each with what stands there now:
// "quota.annual.commune.collective=6", "threshold.percent=50", "criterion.TT1=on",
// "criterion.TT5.level=Tốt", "criterion.TT4.2.top=2", "criterion.TT2.3.number=100",
// "deadline.2018.dossier=2018-12-31".
func (p *Plan) Knobs() []string {
	var out []string
	for _, q := range p.Quotas {
		out = append(out, fmt.Sprintf("quota.%s.%s.%s=%d", q.Period, q.Group, q.Nominee, q.Places))
	}
	out = append(out, fmt.Sprint("threshold.percent=", p.Council.Threshold.Percent))
	out = append(out, "threshold.base="+string(p.Council.Threshold.Base))
	for _, c := range p.Criteria {
		out = append(out, "criterion."+c.ID+"=on")
		out = append(out, marks(c.ID, c.Check)...)
	}
	for _, per := range p.Periods {
		if per.Registration != nil {
			out = append(out, fmt.Sprintf("deadline.%s.registration=%s", per.ID, per.Registration.Before))
		}
		if per.Dossier != nil {
			out = append(out, fmt.Sprintf("deadline.%s.dossier=%s", per.ID, per.Dossier.Before))
		}
	}
	return out
}

// marks are the knobs of a check and those below it: what it compares with, by its place in the
// criterion, such as "TT4.2" (see CheckAt).
func marks(place string, c Check) []string {
	var out []string
	switch {
	case c.Level != "":
		out = append(out, "criterion."+place+".level="+c.Level)
	case c.Top > 0:
		out = append(out, fmt.Sprintf("criterion.%s.top=%d", place, c.Top))
	case c.Kind == CheckMin || c.Kind == CheckMax:
		out = append(out, fmt.Sprintf("criterion.%s.number=%g", place, c.Number))
	}
	for i, sub := range c.Of {
		out = append(out, marks(fmt.Sprintf("%s.%d", place, i+1), sub)...)
	}
	return out
}

// tryMark changes what one check compares with. The criterion and the checks on the way to it are
// copied, the rest is shared.
func (p *Plan) tryMark(key, place, field, value string) (criteria []Criterion, text string) {
	criteria = slices.Clone(p.Criteria)
	id, rest, _ := strings.Cut(place, ".")
	at := &criteria[slices.IndexFunc(criteria, func(c Criterion) bool { return c.ID == id })].Check
	for number := range strings.SplitSeq(rest, ".") {
		if n, err := strconv.Atoi(number); err == nil {
			at.Of = slices.Clone(at.Of)
			at = &at.Of[n-1]
		}
	}
	switch field {
	case "level":
		known := []string{}
		for _, s := range p.Scales {
			if s.ID == at.Scale {
				known = append(known, strings.Join(s.Labels(), ", "))
				if _, ok := s.Rank(value); !ok {
					return nil, wording.Text("plan.try.level", "key", key, "read", value, "want",
						strings.Join(known, "; "))
				}
			}
		}
		at.Level = value
	case "top":
		n, err := strconv.Atoi(value)
		most := mostPlaces
		for _, s := range p.Scales {
			if s.ID == at.Scale {
				most = min(most, len(s.Levels))
			}
		}
		if err != nil || n < 1 || n > most {
			return nil, wording.Text("plan.try.number", "key", key, "read", value, "want", fmt.Sprint("1 – ", most))
		}
		at.Top = n
	default:
		x, err := strconv.ParseFloat(strings.Replace(value, ",", ".", 1), 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, wording.Text("plan.try.number", "key", key, "read", value, "want", "0 – 100")
		}
		at.Number = x
	}
	return criteria, ""
}

// mostPlaces bounds the places one may ask for: more than any city has nominees.
const mostPlaces = 100_000

// Try returns the plan as it would be with one line changed, written key=value with a key of Knobs:
// a quota or the threshold as a number, a criterion "off", what a check of it compares with, a
// deadline as the day "trước ngày …" names (a ruling on its last day is dropped). p stays as it is;
// the new plan has a hash of its own and is not linted: a quota that no longer fits the stated
// total is what one wants to try. The Problem, nil when all is well, says in Vietnamese what is
// wrong with the change.
func (p *Plan) Try(change string) (*Plan, *Problem) {
	key, value, _ := strings.Cut(change, "=")
	key, value = strings.TrimSpace(key), strings.TrimSpace(value)
	wrong := func(text string) (*Plan, *Problem) { return nil, &Problem{Where: key, Text: text} }
	known := slices.ContainsFunc(p.Knobs(), func(k string) bool { return strings.HasPrefix(k, key+"=") })
	if !known || key == "" {
		return wrong(wording.Text("plan.try.unknown", "read", key, "known", "\n  "+strings.Join(p.Knobs(), "\n  ")))
	}
	q := *p
	kind, rest, _ := strings.Cut(key, ".")
	switch kind {
	case "quota":
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 || n > mostPlaces {
			return wrong(wording.Text("plan.try.number", "key", key, "read", value, "want",
				fmt.Sprint("0 – ", mostPlaces)))
		}
		q.Quotas = slices.Clone(p.Quotas)
		for i := range q.Quotas {
			if x := &q.Quotas[i]; fmt.Sprintf("%s.%s.%s", x.Period, x.Group, x.Nominee) == rest {
				x.Places = n
			}
		}
	case "threshold":
		if rest == "base" {
			bases := []Base{TotalMembers, PresentMembers, ValidBallots}
			if !slices.Contains(bases, Base(value)) {
				return wrong(wording.Text("plan.try.level", "key", key, "read", value, "want", fmt.Sprint(bases)))
			}
			q.Council.Threshold.Base = Base(value)
			break
		}
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > 100 {
			return wrong(wording.Text("plan.try.number", "key", key, "read", value, "want", "1 – 100"))
		}
		q.Council.Threshold.Percent = n
	case "criterion":
		if i := strings.LastIndex(rest, "."); i >= 0 {
			criteria, text := p.tryMark(key, rest[:i], rest[i+1:], value)
			if text != "" {
				return wrong(text)
			}
			q.Criteria = criteria
			break
		}
		switch value {
		case "off":
			q.Criteria = slices.DeleteFunc(slices.Clone(p.Criteria), func(c Criterion) bool { return c.ID == rest })
		case "on":
		default:
			return wrong(wording.Text("plan.try.onoff", "key", key, "read", value))
		}
	case "deadline":
		day, err := calendar.ParseISO(value)
		if err != nil || !day.Valid() || day.Partial() {
			return wrong(wording.Text("plan.try.day", "key", key, "read", value))
		}
		q.Periods = slices.Clone(p.Periods)
		for i := range q.Periods {
			x := &q.Periods[i]
			x.Registration = moveDeadline(x.Registration, x.ID+".registration" == rest, day)
			x.Dossier = moveDeadline(x.Dossier, x.ID+".dossier" == rest, day)
		}
	}
	sum := sha256.Sum256([]byte(p.Hash + "\n" + key + "=" + value))
	q.Hash = hex.EncodeToString(sum[:])
	return &q, nil
}

func moveDeadline(d *Deadline, this bool, before calendar.Date) *Deadline {
	if d == nil || !this {
		return d
	}
	out := *d
	out.Before, out.LastDay = before, calendar.Date{}
	return &out
}

package evaluate

import (
	"math"
	"strconv"
	"strings"

	"thidua/evaluate/check"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// derive adds what the plan reckons from a candidate's numbers, by whose word they are. What other
// facts are reckoned from must be stated: a derived fact is reckoned from no other.
func (s setting) derive(c *candidate) {
	for i := range s.plan.Derived {
		d := &s.plan.Derived[i]
		for _, basis := range []Basis{check.Declared, check.Official} {
			c.subject.Facts = append(c.subject.Facts, s.derived(c, d, basis)...)
		}
	}
}

// derived is a derived fact and its level, none where a number is not known.
func (s setting) derived(c *candidate, d *plan.Derived, basis Basis) []Fact {
	var numbers []float64
	var said []string
	var first Fact
	for k, key := range d.Of {
		f, ok := c.subject.Fact(key, basis)
		x, number := form.Value{Text: f.Value}.Number()
		if !ok || !number {
			return nil
		}
		if k == 0 {
			first = f
		}
		numbers, said = append(numbers, x), append(said, form.Decimal(x))
	}
	x, ok := d.Reckon(numbers)
	if !ok {
		return nil
	}
	x = math.Round(x*1e6) / 1e6
	sign := map[plan.DerivedKind]string{plan.DerivedShare: " : ", plan.DerivedDifference: " – "}[d.Kind]
	if sign == "" {
		sign = " + "
	}
	out := Fact{Key: d.Key, Value: strconv.FormatFloat(x, 'f', -1, 64), Basis: basis, Year: first.Year,
		File: first.File, Message: first.Message, Clause: d.Clause}
	out.Text = form.Decimal(math.Round(x*100)/100) + " (" + strings.Join(said, sign) + ")"
	if d.Scale == "" {
		return []Fact{out}
	}
	scale, ok := s.plan.Scale(d.Scale, s.on)
	label, banded := scale.Band(x)
	if !ok || !banded {
		return []Fact{out}
	}
	band := out
	band.Key, band.Value, band.Text = d.Band(), label, ""
	return []Fact{out, band}
}

// isDerived reports whether a fact is one that the plan reckons.
func (s setting) isDerived(key string) bool { return s.derivation(key) != nil }

func (s setting) derivation(key string) *plan.Derived {
	for i := range s.plan.Derived {
		if d := &s.plan.Derived[i]; key == d.Key || key == d.Band() {
			return d
		}
	}
	return nil
}

// explained are the facts that a judgement rests on, the derived ones followed by the numbers they
// were reckoned from, with their cells.
func (s setting) explained(c *candidate, facts []Fact) []Fact {
	out := make([]Fact, 0, len(facts))
	for _, f := range facts {
		out = append(out, f)
		if d := s.derivation(f.Key); d != nil {
			for _, key := range d.Of {
				if of, ok := c.subject.Fact(key, f.Basis); ok {
					out = append(out, of)
				}
			}
		}
	}
	return out
}

package templates

import (
	"maps"
	"slices"
	"strings"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/person"
	"thidua/templates/viet"
)

// twice reports every name of a kind after the first that stands in a list again. Of people whose
// days of birth differ it asks whether they are one: born may be nil. Lists of strangers can be
// long: names are compared by their keys, made once.
func twice(kind string, n int, name func(int) *form.Value, born func(int) *form.Value) []finding.Finding {
	var out []finding.Finding
	before := make(map[string]int, n) // 1 + the last of this key
	last := make([]int, n)            // the one before of the same key, likewise
	for i := range n {
		b := name(i)
		if !b.Given() {
			continue
		}
		key := NameKey(kind, b.Text)
		first, other := 0, 0
		for j := before[key] - 1; j >= 0; j = last[j] - 1 {
			if born != nil && born(i).Given() && born(j).Given() && born(i).Text != born(j).Text {
				other = j + 1
			} else {
				first = j + 1
			}
		}
		switch {
		case first > 0:
			out = append(out, finding.New(finding.Twice, at(*b), "name", b.Text, "read", place(*name(first - 1)),
				"clause", "II.1"))
		case other > 0:
			out = append(out, finding.New(finding.Namesakes, at(*b), "name", b.Text, "read", place(*name(other - 1)),
				"want", shortDay(born(i)), "other", shortDay(born(other-1))))
		}
		before[key], last[i] = i+1, before[key]
	}
	return out
}

func shortDay(v *form.Value) string {
	d, _ := v.Date()
	return d.Short()
}

// roll is who stands in a list, by kind and by the key of the same nominee.
type roll map[string]map[string]*form.Value

func (r roll) add(kind string, name *form.Value) {
	if r[kind] == nil {
		r[kind] = map[string]*form.Value{}
	}
	if key := NameKey(kind, name.Text); name.Given() && r[kind][key] == nil {
		r[kind][key] = name
	}
}

func (r roll) has(kind string, name *form.Value) bool {
	return r[kind][NameKey(kind, name.Text)] != nil
}

// nearby looks for the names that a missing one may be a slip for. It looks for few and among few,
// since strangers write the lists.
type nearby struct{ asked int }

const mostNear = 50

// of says which names of one list are near a name and have no partner in the other, with their
// cells; "" for none.
func (n *nearby) of(kind string, name *form.Value, in, other roll) string {
	if n.asked++; n.asked > mostNear || len(in[kind]) > 4*mostNear {
		return ""
	}
	var texts []string
	cells := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(in[kind])) {
		if v := in[kind][key]; other[kind][key] == nil {
			texts, cells[v.Text] = append(texts, v.Text), place(*v)
		}
	}
	near := viet.Suggest(name.Text, texts)
	if kind == KindIndividual {
		near = person.Near(name.Text, texts)
	}
	for i, text := range near {
		near[i] = "“" + text + "” (" + cells[text] + ")"
	}
	return strings.Join(near, ", ")
}

package round

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"thidua/evaluate"
	"thidua/evaluate/check"
	"thidua/reports/style"
	"thidua/templates/wording"
)

// Known is what is known of the keys, the official record before the unit's word, which is marked
// with an asterisk. Facts about single years of a stage are told by years, those in which they are
// the same together.
func Known(v evaluate.Verdict, keys ...string) string {
	var out []string
	for _, key := range keys {
		if text := ByYears(Facts(v, key)); text != "" {
			out = append(out, text)
		}
	}
	if len(out) == 0 {
		return "–"
	}
	return strings.Join(out, "; ")
}

// Facts are what is known of a key, by year; year 0 is the round.
func Facts(v evaluate.Verdict, key string) map[int]string {
	out := map[int]string{}
	for _, basis := range []evaluate.Basis{check.Declared, check.Official} {
		for _, f := range v.Facts {
			if f.Key != key || f.Basis != basis || f.Value == "" {
				continue
			}
			text := style.Comma(f.Shown())
			if f.Value == "0" { // with how far the register was reviewed
				text = f.Value
			}
			if out[f.Year] = text; basis == check.Declared {
				out[f.Year] += "*"
			}
		}
	}
	if len(out) > 1 {
		delete(out, 0)
	}
	return out
}

// ByYears tells values by the years they hold in.
func ByYears(said map[int]string) string {
	if text, ok := said[0]; ok {
		return text
	}
	var values []string
	years := map[string][]string{}
	for _, year := range slices.Sorted(maps.Keys(said)) {
		value := said[year]
		if len(years[value]) == 0 {
			values = append(values, value)
		}
		years[value] = append(years[value], strconv.Itoa(year))
	}
	for i, value := range values {
		values[i] = wording.Text("paper.fact.year", "year", strings.Join(years[value], ", "), "value", value)
	}
	return strings.Join(values, "; ")
}

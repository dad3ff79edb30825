package plan

import (
	"slices"

	"thidua/templates/calendar"
	"thidua/templates/viet"
)

// Scale is an ordered list of labels, valid for ratings of days From to To (both included; zero
// means open).
type Scale struct {
	ID     string        `yaml:"id"`
	Title  string        `yaml:"title"`
	From   calendar.Date `yaml:"from,omitempty"`
	To     calendar.Date `yaml:"to,omitempty"`
	Levels []Level       `yaml:"levels"` // highest first
	Mark   `yaml:",inline"`
}

// Level is one label of a scale. Aliases are other spellings and the labels of earlier scales that
// stand at this level. Min is the lowest percentage of the band, for scales of scores; the lowest
// level has 0.
type Level struct {
	Label   string   `yaml:"label"`
	Aliases []string `yaml:"aliases,omitempty,flow"`
	Min     *float64 `yaml:"min,omitempty"`
}

// Scale returns the scale named id that is valid on a day. A rating of a year is judged by the
// scale valid at the end of that year.
func (p *Plan) Scale(id string, on calendar.Date) (Scale, bool) {
	return find(p.Scales, func(s *Scale) bool { return s.ID == id && within(on, s.From, s.To) })
}

func within(on, from, to calendar.Date) bool {
	return (from.IsZero() || !on.Before(from)) && (to.IsZero() || !on.After(to))
}

// Rank returns the place of a label from 1, the highest, matching labels and aliases without regard
// to case, accents and punctuation.
func (s Scale) Rank(label string) (rank int, ok bool) {
	var room [64]byte
	key := viet.AppendFold(room[:0], label)
	if len(key) == 0 {
		return 0, false
	}
	var other [64]byte
	same := func(s string) bool { return string(viet.AppendFold(other[:0], s)) == string(key) }
	for i := range s.Levels {
		if l := &s.Levels[i]; l.Label == label || same(l.Label) || slices.ContainsFunc(l.Aliases, same) {
			return i + 1, true
		}
	}
	return 0, false
}

// Labels returns the labels, highest first.
func (s Scale) Labels() []string {
	labels := make([]string, len(s.Levels))
	for i, l := range s.Levels {
		labels[i] = l.Label
	}
	return labels
}

// Band returns the label of a percentage (0 to 100); ok is false when the scale has no bands.
func (s Scale) Band(percent float64) (label string, ok bool) {
	for _, l := range s.Levels {
		if l.Min != nil && percent >= *l.Min {
			return l.Label, true
		}
	}
	return "", false
}

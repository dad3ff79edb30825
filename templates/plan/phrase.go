package plan

import (
	"errors"
	"strings"

	"thidua/templates/wording"
)

// Phrase is a text of papers or letters in the office's own words: a template with the fields of
// the text it replaces (docs/wording.md).
type Phrase struct {
	Key  string `yaml:"key"`
	Text string `yaml:"text"`
}

type wordingFile struct {
	Wording []Phrase `yaml:"wording"`
}

// words is the catalogue with the phrases that can be said, and what is wrong with the others, by
// their places.
func words(phrases []Phrase) (w wording.Words, wrong map[int]error) {
	wrong = map[int]error{}
	for i, f := range phrases {
		with, err := w.With(f.Key, f.Text)
		if err != nil {
			wrong[i] = err
			continue
		}
		w = with
	}
	return w, wrong
}

// phrases notes texts that replace nothing, come twice, or ask for fields that are not there.
func (l *linter) phrases() {
	_, wrong := words(l.p.Wording)
	seen := map[string]bool{}
	for i, f := range l.p.Wording {
		l.at(fileWording, f.Key, nth("wording", i))
		if seen[f.Key] {
			l.add("twice", "field", "key", "read", f.Key)
		}
		seen[f.Key] = true
		err, ok := wrong[i]
		switch {
		case !ok:
		case errors.Is(err, wording.ErrNoKey):
			l.addTo("key", "phrase.key", "read", f.Key)
		case errors.Is(err, wording.ErrEmpty):
			l.addTo("text", "phrase.empty")
		case errors.Is(err, wording.ErrField):
			fields := "–"
			if names := wording.Placeholders(f.Key); len(names) > 0 {
				fields = "{{." + strings.Join(names, "}}, {{.") + "}}"
			}
			_, name, _ := strings.Cut(err.Error(), ": ")
			l.addTo("text", "phrase.field", "read", name, "fields", fields)
		default:
			l.addTo("text", "phrase.broken", "problem", err)
		}
	}
}

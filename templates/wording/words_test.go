package wording

import (
	"errors"
	"slices"
	"testing"
)

func TestAnOfficeSaysTextsItsOwnWay(t *testing.T) {
	key := ownKey(t)
	name := Placeholders(key)[0]
	w, err := Words{}.With(key, "Riêng của cơ quan: {{."+name+"}}{{if ."+name+"}}!{{end}}\n")
	if err != nil {
		t.Fatal(err)
	}
	pairs := []any{}
	for _, n := range Placeholders(key) {
		pairs = append(pairs, n, 7)
	}
	if got := w.Text(key, pairs...); got != "Riêng của cơ quan: 7!" {
		t.Errorf("got %q", got)
	}
	if got, want := (Words{}).Text(key, pairs...), Text(key, pairs...); got != want {
		t.Errorf("without words of its own it says %q, want %q", got, want)
	}
}

func TestTextsThatCannotReplaceAreRefused(t *testing.T) {
	key := ownKey(t)
	for name, c := range map[string]struct {
		key, text string
		want      error
	}{
		"no such text":         {"paper.horoscope", "x", ErrNoKey},
		"not the office's":     {"cli.plan.ok", "x", ErrNoKey},
		"empty":                {key, " \n", ErrEmpty},
		"a field it lacks":     {key, "{{.horoscope}}", ErrField},
		"a field inside an if": {key, "{{if true}}{{.horoscope}}{{end}}", ErrField},
		"a function":           {key, `{{printf "%d" 1}}`, ErrField},
		"a loop":               {key, "{{range .}}x{{end}}", ErrField},
		"another template":     {key, `{{template "x"}}`, ErrField},
		"a variable":           {key, "{{$x := 1}}", ErrField},
		"broken":               {key, "{{.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := (Words{}).With(c.key, c.text); err == nil || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

// ownKey is a text an office may replace that has a field.
func ownKey(t *testing.T) string {
	t.Helper()
	all := Keys()
	i := slices.IndexFunc(all, func(k string) bool { return Mine(k) && len(Placeholders(k)) > 0 })
	if i < 0 {
		t.Fatal("the catalogue has no text with a field")
	}
	return all[i]
}

package form

import (
	"slices"
	"strings"
	"sync"

	"thidua/templates/viet"
)

// Matcher is a Lists that knows better than label and alias how a list is written, such as the
// names of units.
type Matcher interface {
	// Match finds what a text means in a list; suggest names near misses, which are never taken.
	Match(list, text string) (label string, ok bool, suggest []string)
}

// match finds the item of a choice that a text names: its label as written, or exactly one item
// whose label or alias is the same when case, accents and spaces are set aside. A near miss is only
// suggested.
func (c Context) match(f *Field, text string) (label string, ok bool, suggest []string) {
	if m, is := c.Lists.(Matcher); is && f.List != "" {
		return m.Match(f.List, text)
	}
	if slices.Contains(f.Values, text) { // as most are written
		return text, true, nil
	}
	return MatchItems(c.Items(*f), text)
}

// Example returns the field's example; of a choice as the list valid here writes it, since lists
// change with the years.
func (c Context) Example(f Field) string {
	if f.Type == Choice && f.Example != "" {
		if label, ok, _ := c.match(&f, f.Example); ok {
			return label
		}
		if items := c.Items(f); len(items) > 0 { // another plan's list
			return items[0].Label
		}
	}
	return f.Example
}

// MatchItems finds the item that a text names. ok is false when none or more than one fits.
func MatchItems(items []Item, text string) (label string, ok bool, suggest []string) {
	for _, it := range items {
		if it.Label == text {
			return it.Label, true, nil
		}
	}
	// accents first, so that two labels that differ by accents only stay apart; abbreviations last
	for i, key := range []func(string) string{viet.NameKey, viet.Fold, inFull, weighty} {
		found, typed := "", key(text)
		if typed == "" {
			continue
		}
		for _, it := range items {
			hit := keysOf(it.Label)[i] == typed
			for _, a := range it.Aliases {
				hit = hit || keysOf(a)[i] == typed
			}
			if hit && found != "" && found != it.Label {
				return "", false, []string{found, it.Label}
			}
			if hit {
				found = it.Label
			}
		}
		if found != "" {
			return found, true, nil
		}
	}
	labels := make([]string, len(items))
	for i, it := range items {
		labels[i] = it.Label
	}
	return "", false, viet.Suggest(text, labels)
}

// labelKeys keeps the keys of labels and aliases, which come from forms and plans and are few; a
// list is searched for every cell.
var labelKeys sync.Map

// keysOf returns the keys by which a label is matched: with and without its accents, and with its
// abbreviations written out.
func keysOf(label string) [4]string {
	if k, ok := labelKeys.Load(label); ok {
		return k.([4]string)
	}
	k := [4]string{viet.NameKey(label), viet.Fold(label), inFull(label), weighty(label)}
	labelKeys.Store(label, k)
	return k
}

// abbreviations are those that mean one thing in every list: offices put them into the middle of a
// label ("Hoàn thành XS nhiệm vụ").
var abbreviations = map[string]string{"ht": "hoan thanh", "xs": "xuat sac", "nv": "nhiem vu", "ct": "chu tich",
	"pct": "pho chu tich", "o": "ong", "b": "ba", "cchc": "cai cach hanh chinh", "tthc": "thu tuc hanh chinh",
	"tp": "thanh pho", "ubnd": "uy ban nhan dan", "gk": "giay khen", "bk": "bang khen"}

// weightless are the words by which offices make a label longer or shorter without meaning another.
var weightless = map[string]bool{"cua": true, "chu": true, "tich": true, "uy": true, "ban": true, "nhan": true,
	"dan": true, "cap": true}

// weighty is a text in full without its weightless words, "" where too little is left to be sure.
func weighty(s string) string {
	words := slices.DeleteFunc(strings.Fields(inFull(s)), func(w string) bool { return weightless[w] })
	if len(words) < 2 {
		return ""
	}
	return strings.Join(words, " ")
}

// inFull is a folded text with its abbreviations written out.
func inFull(s string) string {
	words := strings.Fields(viet.Fold(s))
	for i, w := range words {
		if full, ok := abbreviations[w]; ok {
			words[i] = full
		}
	}
	return strings.Join(words, " ")
}

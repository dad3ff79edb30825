// Package wording is the catalogue of everything this program says to people, in Vietnamese.
//
// In goes a key and named values; out comes the finished sentence. The texts live in
// vi/<area>.yaml, flat maps whose keys begin with the name of their area, so that an office can
// review them without reading code. The package never formats dates or numbers, never chooses which
// text to show, and holds no state that changes.
package wording

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sort"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

//go:embed vi/*.yaml
var files embed.FS

var catalogue = sync.OnceValue(func() map[string]string {
	texts, err := load(files)
	if err != nil {
		panic(err) // the catalogue is part of the program: it cannot be wrong in a build that passed its tests
	}
	return texts
})

// Text returns the text of key with each {placeholder} replaced by the value that follows its name
// in pairs (name, value, name, value …), formatted with fmt.Sprint. Pairs the text does not use are
// ignored. An unknown key, or a placeholder without a value, returns the key between ⟦ and ⟧, which
// Lint makes impossible for keys written in the source.
func Text(key string, pairs ...any) string {
	text, ok := catalogue()[key]
	if !ok || len(pairs)%2 != 0 {
		return "⟦" + key + "⟧"
	}
	var b strings.Builder
	for {
		before, name, after, found := cut(text)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		value, ok := lookup(pairs, name)
		if !ok {
			return "⟦" + key + "⟧"
		}
		b.WriteString(value)
		text = after
	}
}

// Has reports whether the catalogue holds key.
func Has(key string) bool {
	_, ok := catalogue()[key]
	return ok
}

// Keys returns every key of the catalogue, sorted.
func Keys() []string {
	texts := catalogue()
	keys := make([]string, 0, len(texts))
	for key := range texts {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// Placeholders returns the names a text asks for, sorted, each once; nil for an unknown key.
func Placeholders(key string) []string {
	return placeholders(catalogue()[key])
}

func placeholders(text string) []string {
	var names []string
	seen := map[string]bool{}
	for {
		_, name, after, found := cut(text)
		if !found {
			sort.Strings(names)
			return names
		}
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
		text = after
	}
}

// cut splits text around its first placeholder: an ASCII name between braces. Any other brace is
// plain text.
func cut(text string) (before, name, after string, found bool) {
	for from := 0; ; {
		open := strings.IndexByte(text[from:], '{')
		if open < 0 {
			return text, "", "", false
		}
		open += from
		end := open + 1
		for end < len(text) && nameByte(text[end]) {
			end++
		}
		if end > open+1 && end < len(text) && text[end] == '}' {
			return text[:open], text[open+1 : end], text[end+1:], true
		}
		from = open + 1
	}
}

func nameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

func lookup(pairs []any, name string) (string, bool) {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] == name {
			return fmt.Sprint(pairs[i+1]), true
		}
	}
	return "", false
}

// load reads vi/*.yaml of fsys. A key twice (in one file or in two), a key outside its file's area,
// a nested or empty value and a second document are errors that name the file and line.
func load(fsys fs.FS) (map[string]string, error) {
	names, err := fs.Glob(fsys, "vi/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("listing the catalogue: %w", err)
	}
	texts := map[string]string{}
	from := map[string]string{}
	for _, name := range names {
		area := strings.TrimSuffix(path.Base(name), ".yaml")
		pairs, err := readFlat(fsys, name)
		if err != nil {
			return nil, err
		}
		for i := 0; i < len(pairs); i += 2 {
			key, value := pairs[i], pairs[i+1]
			where := fmt.Sprintf("%s:%d", name, key.Line)
			switch {
			case value.Kind != yaml.ScalarNode || value.Tag != "!!str" || value.Value == "":
				return nil, fmt.Errorf("%s: the text of %q must be a string that is not empty", where, key.Value)
			case !strings.HasPrefix(key.Value, area+"."):
				return nil, fmt.Errorf("%s: key %q must begin with %q", where, key.Value, area+".")
			case from[key.Value] != "":
				return nil, fmt.Errorf("%s: key %q is already at %s", where, key.Value, from[key.Value])
			}
			texts[key.Value] = strings.TrimRight(value.Value, "\n")
			from[key.Value] = where
		}
	}
	return texts, nil
}

// readFlat returns the keys and values of one file, alternating. A file holding nothing but
// comments is an empty area.
func readFlat(fsys fs.FS, name string) ([]*yaml.Node, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("opening the catalogue: %w", err)
	}
	defer f.Close()
	dec := yaml.NewDecoder(f)
	var doc yaml.Node
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading %s: a second document is not allowed", name)
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("reading %s: line %d: want a flat map of keys and texts", name, root.Line)
	}
	return root.Content, nil
}

package config

import (
	"regexp"
	"strings"

	"thidua/templates/wording"
)

// The two mistakes a decoder finds, in its own words. The second names a value, which may be a
// secret in the wrong place: it is not repeated.
var (
	unknownKey = regexp.MustCompile(`^line (\d+): field (\S+) not found`)
	wrongType  = regexp.MustCompile(`^line (\d+): cannot unmarshal .* into (\S+)$`)
	anyLine    = regexp.MustCompile(`^line (\d+): `)
)

// describeMisreads says in Vietnamese, line by line, what a decoder could make nothing of.
func describeMisreads(all []string) (out []string) {
	for _, e := range all {
		out = append(out, describeMisread(e))
	}
	return out
}

func describeMisread(e string) string {
	if m := unknownKey.FindStringSubmatch(e); m != nil {
		return wording.Text("cli.config.unknownkey", "line", m[1], "key", m[2])
	}
	if m := wrongType.FindStringSubmatch(e); m != nil {
		return wording.Text("cli.config.wrongtype", "line", m[1], "want", describeType(m[2]))
	}
	if m := anyLine.FindStringSubmatch(e); m != nil {
		return wording.Text("cli.config.otherline", "line", m[1], "problem", strings.TrimPrefix(e, m[0]))
	}
	return e
}

// describeType says what a value should be, by the name of its type in Go.
func describeType(name string) string {
	switch {
	case name == "int":
		return wording.Text("cli.config.wantnumber")
	case name == "bool":
		return wording.Text("cli.config.wantbool")
	case strings.HasPrefix(name, "[]"):
		return wording.Text("cli.config.wantlist")
	case strings.Contains(name, "."):
		return wording.Text("cli.config.wantgroup")
	}
	return wording.Text("cli.config.wanttext")
}

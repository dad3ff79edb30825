package main

import (
	"errors"
	"io/fs"
	"regexp"
	"strings"

	"thidua/templates/wording"
)

// The two mistakes a decoder finds, in its own words. The second names a value, which may be a secret in the wrong place: it is not repeated.
var (
	unknownKey = regexp.MustCompile(`^line (\d+): field (\S+) not found`)
	wrongType  = regexp.MustCompile(`^line (\d+): cannot unmarshal .* into (\S+)$`)
	anyLine    = regexp.MustCompile(`^line (\d+): `)
)

// mistyped says in Vietnamese, line by line, what a decoder could make nothing of.
func mistyped(all []string) (out []string) {
	for _, e := range all {
		if m := unknownKey.FindStringSubmatch(e); m != nil {
			out = append(out, wording.Text("cli.config.unknownkey", "line", m[1], "key", m[2]))
		} else if m := wrongType.FindStringSubmatch(e); m != nil {
			want := "cli.config.wanttext"
			switch {
			case m[2] == "int":
				want = "cli.config.wantnumber"
			case m[2] == "bool":
				want = "cli.config.wantbool"
			case strings.HasPrefix(m[2], "[]"):
				want = "cli.config.wantlist"
			case strings.Contains(m[2], "."):
				want = "cli.config.wantgroup"
			}
			out = append(out, wording.Text("cli.config.wrongtype", "line", m[1], "want", wording.Text(want))) //wording:composed cli.config.
		} else if m := anyLine.FindStringSubmatch(e); m != nil {
			out = append(out, wording.Text("cli.config.otherline", "line", m[1], "problem", strings.TrimPrefix(e, m[0])))
		} else {
			out = append(out, e)
		}
	}
	return out
}

// inWords says why a file cannot be read.
func inWords(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return wording.Text("cli.file.missing")
	case errors.Is(err, fs.ErrPermission):
		return wording.Text("cli.file.forbidden")
	}
	return err.Error()
}

// unread says which secret cannot be read and why.
func unread(file string, err error) error {
	return errors.New(wording.Text("cli.file.unread", "file", file, "problem", inWords(err)))
}

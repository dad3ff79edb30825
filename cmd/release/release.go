// Package release says which build of the program this is.
//
// What the linker and the Go toolchain noted in the binary comes in; a version, a commit and a date
// go out. The package knows nothing else of the program.
package release

import (
	"runtime/debug"
	"strings"
)

// What the release recipe sets: -ldflags "-X thidua/cmd/release.version=1.2.0". Commit and date are
// for builds where the toolchain knows none.
var version, commit, date string

// Build is which program this is.
type Build struct {
	Version  string `json:"version"`  // of a release, "" for a build from source
	Commit   string `json:"commit"`   // "" where the build knew none
	Date     string `json:"date"`     // of the commit, RFC 3339
	Modified bool   `json:"modified"` // the source was not what the commit says
	Go       string `json:"go"`
}

// Current is the build that is running.
func Current() Build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return Build{Version: Version()}
	}
	return of(info, Version())
}

// Version is the version of a release, "" for a build from source.
func Version() string { return strings.TrimPrefix(version, "v") }

func of(info *debug.BuildInfo, version string) Build {
	b := Build{Version: version, Commit: commit, Date: date, Go: info.GoVersion}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Date = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}

// Short is the build on one line for logs: the version of a release, else the commit.
func (b Build) Short() string {
	short := b.Commit[:min(12, len(b.Commit))]
	if b.Modified {
		short += "+"
	}
	switch {
	case b.Version == "" && short == "":
		return "dev"
	case b.Version == "":
		return "dev-" + short
	case short == "":
		return b.Version
	}
	return b.Version + " (" + short + ")"
}

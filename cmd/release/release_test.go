package release

import (
	"runtime/debug"
	"testing"
)

// A release is named by its version, a build from source by its commit, and changed source is told.
func TestShort(t *testing.T) {
	for _, c := range []struct {
		version  string
		settings []debug.BuildSetting
		want     string
	}{
		{"", nil, "dev"},
		{"1.2.0", nil, "1.2.0"},
		{"", []debug.BuildSetting{{Key: "vcs.revision", Value: "0123456789abcdef"}}, "dev-0123456789ab"},
		{"1.2.0", []debug.BuildSetting{
			{Key: "vcs.revision", Value: "0123456789abcdef"}, {Key: "vcs.modified", Value: "true"},
		}, "1.2.0 (0123456789ab+)"},
		{"", []debug.BuildSetting{{Key: "vcs.revision", Value: "0123"}}, "dev-0123"},
	} {
		if got := of(&debug.BuildInfo{Settings: c.settings}, c.version).Short(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

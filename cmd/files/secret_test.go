package files_test

import (
	"testing"

	"thidua/cmd/files"
)

// A password is the same however the editor of the system saved it.
func TestSecret(t *testing.T) {
	for content, want := range map[string]string{
		"mật khẩu\n":                             "mật khẩu",
		"mật khẩu\r\n":                           "mật khẩu",
		"\xef\xbb\xbfmật khẩu\r\n":               "mật khẩu",
		"\xff\xfem\x00\xad\x1et\x00\r\x00\n\x00": "mật",
		"\xfe\xff\x00m\x1e\xad\x00t":             "mật",
		" a b ":                                  " a b ",
		"":                                       "",
		"\xe9t\xe9":                              "\xe9t\xe9", // bytes of another time stay what they are
	} {
		if got := files.Secret([]byte(content)); got != want {
			t.Errorf("%q is read as %q, want %q", content, got, want)
		}
	}
}

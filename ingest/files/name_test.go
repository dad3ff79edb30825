package files_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"thidua/ingest/files"
)

func TestNamesAreMadeSafe(t *testing.T) {
	for was, want := range map[string]string{
		// as Explorer writes it where the language is Vietnamese
		"\xd0\xe3ng k\xfd.xlsx":                "Đăng kư.xlsx",
		"Đa\u0306ng ky\u0301.xlsx":             "Đăng ký.xlsx",
		"a\x00b.xlsx":                          "a b.xlsx",
		"x.xlsx\r\nBcc: a@b\r\nnhận 3f9a.xlsx": "x.xlsx Bcc: a@b nhận 3f9a.xlsx",
		"ho so\u202exslx.exe":                  "ho soxslx.exe",
		`C:\Users\An\Desktop\hồ sơ.xlsx`:       "hồ sơ.xlsx",
		"../../etc/passwd":                     "passwd",
		"a/b/..":                               "",
		"\x1b[31mđỏ\x1b[0m.xlsx":               "[31mđỏ [0m.xlsx",
		"dang\u200bky\ufeff.xlsx":              "dangky.xlsx",
		"\t\n \u2028":                          "",
		strings.Repeat("n", 70_000) + "ế.xlsx": strings.Repeat("n", 195) + ".xlsx",
		"dang ky.xlsx\u2029\u0085x.xlsx ...  ": "dang ky.xlsx x.xlsx",
	} {
		if got := files.Name(was); got != want {
			t.Errorf("%.60q becomes %.60q, not %.60q", was, got, want)
		}
	}
}

func FuzzName(f *testing.F) {
	f.Add("\xd0\xe3ng k\xfd.xlsx\u202e/../x")
	f.Fuzz(func(t *testing.T, s string) {
		got := files.Name(s)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > 200 ||
			strings.ContainsAny(got, "/\\\x00\r\n\x1b\u202e") || files.Name(got) != got {
			t.Errorf("%q becomes %q", s, got)
		}
	})
}

func TestWhatProgramsLayBesideFilesIsJunk(t *testing.T) {
	for _, name := range []string{"~$dang ky.xlsx", `ho so\~$x.xlsx`, "Thumbs.db", "a/THUMBS.DB", ".DS_Store",
		"desktop.ini", "__MACOSX/._x.xlsx", "a/__macosx/b/x.xlsx", "._x.xlsx", ".~lock.x.xlsx#"} {
		if !files.Junk(name) {
			t.Errorf("%s is taken for a file", name)
		}
	}
	for _, name := range []string{"dang ky.xlsx", "a/b.xlsx", "$~x.xlsx", "thumbs.db.xlsx", "MACOSX.xlsx"} {
		if files.Junk(name) {
			t.Errorf("%s is taken for junk", name)
		}
	}
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thidua/cmd/config"
	"thidua/cmd/exit"
)

// A wrong password ends passes with 4; after three of them the server is left alone for an hour,
// unless the password changes. What is the matter stands at the top of the status.
func TestAWrongPasswordIsToldAndNotTriedForEver(t *testing.T) {
	o := newOffice(t, "")
	secret := filepath.Join(o.dir, "pw")
	text := strings.Replace(configFor(o.Office, ""), "password-env: PASSWORD", "password-file: pw", 1)
	written := storyNow.Add(-24 * time.Hour)
	put := func(file, content string, at time.Time) {
		t.Helper()
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, at, at); err != nil {
			t.Fatal(err)
		}
	}
	put(filepath.Join(o.dir, config.FileName), text, written)
	put(secret, "wrong\n", written)
	call := func(at time.Time, args ...string) (string, int) {
		t.Helper()
		var out buffer
		code := programAt(at, &out).run(t.Context(), append([]string{"--config", o.config}, args...))
		return out.text(), code
	}
	for i, want := range []string{"mật khẩu không đúng", "mật khẩu không đúng", "mật khẩu không đúng", "thử lúc"} {
		at := storyNow.Add(time.Duration(i) * 15 * time.Minute)
		if out, code := call(at, "run"); code != exit.Invalid || !strings.Contains(out, want) {
			t.Errorf("run %d: exit code %d: %s", i, code, out)
		}
	}
	at := storyNow.Add(50 * time.Minute)
	if out, _ := call(at, "status"); !strings.Contains(out, "không xong: ") || !strings.Contains(out, "thử lúc") {
		t.Errorf("status:\n%s", out)
	}
	put(secret, password+"\n", at)
	if out, code := call(at, "run", "--quiet"); code != exit.Done || out != "" {
		t.Errorf("with the right password: exit code %d: %s", code, out)
	}
	if out, _ := call(at, "status"); !strings.Contains(out, "Lượt chạy tốt gần nhất: ") ||
		strings.Contains(out, "không xong: ") {
		t.Errorf("status:\n%s", out)
	}
}

package scan_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thidua/ingest/scan"
)

// evil is what the database of .ci/clamav knows; it is put together here, so that no scanner takes
// this file for one.
var evil = "THIDUA-CLAMD-" + "TEST-FILE"

// The scanner of Debian's clamav-daemon (.ci/clamav).
func TestClamdFindsWhatItKnows(t *testing.T) {
	address := os.Getenv("THIDUA_CLAMD")
	if address == "" {
		t.Skip("THIDUA_CLAMD names no clamd: .ci/clamav runs one")
	}
	c := scan.Clamd{Address: address}
	if err := c.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	mail := "From: <a@b.example>\r\nTo: <c@d.example>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: " +
		"application/octet-stream; name=x.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		base64.StdEncoding.EncodeToString([]byte(strings.Repeat("a", 300)+evil)) + "\r\n"
	for name, x := range map[string]struct {
		bytes []byte
		found string
	}{
		"nothing":           {nil, ""},
		"clean":             {[]byte("thi đua"), ""},
		"a megabyte":        {bytes.Repeat([]byte("x"), 1<<20+7), ""},
		"found":             {[]byte("abc " + evil), "Thidua.Test.UNOFFICIAL"},
		"behind a megabyte": {append(bytes.Repeat([]byte("x"), 1<<20), evil...), "Thidua.Test.UNOFFICIAL"},
		"in a mail": {[]byte("Received: from x by y; Mon, 5 Mar 2018 09:00:00 +0700\r\n" + mail),
			"Thidua.Test.UNOFFICIAL"},
	} {
		if found, err := c.Scan(t.Context(), x.bytes); err != nil || found != x.found {
			t.Errorf("%s: found %q, %v", name, found, err)
		}
	}
	if _, err := c.Scan(t.Context(), make([]byte, 61<<20)); err == nil || !strings.Contains(err.Error(), "size limit") {
		t.Errorf("more than clamd takes: %v", err)
	}
}

// Whatever a clamd does that gives no verdict, nothing is let pass.
func TestNoVerdictIsAnError(t *testing.T) {
	for name, serve := range map[string]func(net.Conn){
		"silent and gone":  func(c net.Conn) { _, _ = io.CopyN(io.Discard, c, 3) },
		"nonsense":         func(c net.Conn) { go io.Copy(io.Discard, c); fmt.Fprint(c, "stream: MAYBE\x00") },
		"a name of nobody": func(c net.Conn) { go io.Copy(io.Discard, c); fmt.Fprint(c, "stream:  FOUND\x00") },
		"an error": func(c net.Conn) {
			go io.Copy(io.Discard, c)
			fmt.Fprint(c,
				"INSTREAM size limit exceeded. ERROR\x00")
		},
	} {
		path := filepath.Join(t.TempDir(), "s")
		l, err := net.Listen("unix", path)
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				serve(c)
				_ = c.Close()
			}
		}()
		if found, err := (scan.Clamd{Address: path}).Scan(t.Context(), []byte("x")); err == nil || found != "" {
			t.Errorf("%s: found %q, no error", name, found)
		}
		_ = l.Close()
	}
	if _, err := (scan.Clamd{Address: filepath.Join(t.TempDir(), "nobody")}).Scan(t.Context(), nil); err == nil {
		t.Error("nobody answers, and that is no error")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	path := filepath.Join(t.TempDir(), "s")
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := (scan.Clamd{Address: path}).Scan(ctx, []byte("x")); err == nil {
		t.Error("whoever never answers is waited for")
	}
}

func TestACommandTellsByItsExitCode(t *testing.T) {
	for _, x := range []struct {
		script, found string
		fails         bool
	}{
		{`cat >/dev/null`, "", false},
		{`cat >/dev/null; echo "stream: Evil.Thing FOUND"; exit 1`, "stream: Evil.Thing", false},
		{`cat >/dev/null; exit 1`, "?", false},
		{`cat >/dev/null; echo "no database"; exit 2`, "", true},
		{`kill -9 $$`, "", true},
		{`grep -q evil && { echo Evil; exit 1; }; exit 0`, "Evil", false},
	} {
		found, err := scan.Command{"sh", "-c", x.script}.Scan(t.Context(), []byte("something evil\n"))
		if found != x.found || (err != nil) != x.fails {
			t.Errorf("%s: found %q, %v", x.script, found, err)
		}
	}
	if _, err := (scan.Command{"/nonexistent/scanner"}).Scan(t.Context(), nil); err == nil {
		t.Error("a scanner that is not there finds nothing")
	}
}

package mailbox_test

import (
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thidua/ingest/mailbox"
)

// froms are From fields as honest programs and as forgers write them, with who wrote the mail; ""
// for nobody who can be read.
var froms = map[string]string{
	"a@unit.example":                                      "a@unit.example",
	"<a@unit.example>":                                    "a@unit.example",
	"Văn phòng <a@unit.example>":                          "a@unit.example",
	"V\xe3n ph\xf2ng <a@unit.example>":                    "a@unit.example",
	"Ng. V. An <a@unit.example>":                          "a@unit.example",
	`"An, Nguyễn" <a@unit.example>`:                       "a@unit.example",
	`"b@evil.example" <a@unit.example>`:                   "a@unit.example",
	"=?utf-8?q?=C4=90o=C3=A0n_An?= <a@unit.example>":      "a@unit.example",
	"An (b@evil.example) <a@unit.example> (evil)":         "a@unit.example",
	"(b@evil.example) a@unit.example":                     "a@unit.example",
	"a (x) @ (y) unit.example":                            "a@unit.example",
	"a@unit.example (c (d) \\) e)":                        "a@unit.example",
	"An\r\n <a@unit.example>":                             "a@unit.example",
	"nobody":                                              "",
	"":                                                    "",
	"<>":                                                  "",
	"a@unit.example, b@unit.example":                      "",
	"<a@unit.example>, <b@unit.example>":                  "",
	"a@unit.example b@evil.example":                       "",
	"a@unit.example <b@evil.example>":                     "",
	"a@unit.example <a@unit.example>":                     "",
	"An <a@unit.example> <b@evil.example>":                "",
	"An <a@unit.example> b@evil.example":                  "",
	"An, B <a@unit.example>":                              "",
	"x(a@unit.example)@evil.example":                      "x@evil.example",
	"a@unit.example(x)@evil.example":                      "",
	"<a@unit.example(\r\n x)@evil.example>":               "",
	"a@unit.example (x":                                   "",
	"(a@unit.example":                                     "",
	`"a@unit.example`:                                     "",
	`"a"@unit.example`:                                    "",
	`"a@unit.example"@evil.example`:                       "",
	`<"a@unit.example"@evil.example>`:                     "",
	`"a@unit.example" x@evil.example`:                     "",
	"<@evil.example:a@unit.example>":                      "",
	"<@evil.example,@b.example:a@unit.example>":           "",
	"Nhóm: a@unit.example;":                               "",
	"Nhóm:;":                                              "",
	"a@unit.example;":                                     "",
	"a@[192.0.2.1]":                                       "",
	"a@unit.example[@evil.example]":                       "",
	"a@unit . example":                                    "",
	"a.@unit.example":                                     "",
	".a@unit.example":                                     "",
	"a@unit..example":                                     "",
	"a@unit.example.":                                     "",
	"a@@unit.example":                                     "",
	"@unit.example":                                       "",
	"a@":                                                  "",
	"a\\@unit.example":                                    "",
	"x@evil.example\\ a@unit.example":                     "",
	"a@unit.example\x00":                                  "",
	"a@unit.example\r <b@evil.example>":                   "",
	"\u212Aa@unit.example":                                "", // the sign for kelvin, which some take for a k
	"a@đơnvị.example":                                     "",
	"=?utf-8?q?a=40unit.example?=":                        "",
	"=?utf-8?q?=3Ca=40unit.example=3E?= <b@evil.example>": "b@evil.example",
	"a@unit.example =?utf-8?q?x?= <b@evil.example>":       "",
	"<a@unit.example":                                     "",
	"a@unit.example>":                                     "",
	"<<a@unit.example>>":                                  "",
	"An <a@unit.example> (x":                              "",
	strings.Repeat("a", 250) + "@unit.example":            "",
	strings.Repeat("(", 100000) + "a@unit.example":        "",
	strings.Repeat("(", 9) + strings.Repeat(")", 9) + " a@b.c": "a@b.c",
}

func written(value string) (string, bool) {
	m := mailbox.Parse([]byte("From: "+value+"\n\ntext"), mailbox.Limits{})
	if len(m.From) != 1 {
		return "", false
	}
	return m.From[0].Address, true
}

func TestWhoWroteAMail(t *testing.T) {
	for value, want := range froms {
		if got, _ := written(value); got != want {
			t.Errorf("%.80q is from %q, want %q", value, got, want)
		}
	}
}

func TestAForgedFromNamesNobodyOfTheUnit(t *testing.T) {
	files, err := filepath.Glob("../testdata/trust/from-form-*.eml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m := mailbox.Parse(raw, mailbox.Limits{})
		want := 0
		if strings.HasSuffix(file, "16.eml") { // a comment and the address: that one is as it should be
			want = 1
		}
		if len(m.From) != want || want == 0 && m.Claimed == "" {
			t.Errorf("%s is from %v, claimed by %q", file, m.From, m.Claimed)
		}
	}
}

func TestTheTraceKeepsItsOrderAndItsBytes(t *testing.T) {
	m := mailbox.Parse([]byte("authentication-results: a;\r\n none\r\nReceived: from x by y\r\nSubject: "+
		"z\r\nAuthentication-Results: \xe3\t(c)\r\n\r\n"), mailbox.Limits{})
	want := []mailbox.Field{{"Authentication-Results", "a; none"}, {"Received", "from x by y"},
		{"Authentication-Results", "\xe3\t(c)"}}
	if len(m.Trace) != len(want) {
		t.Fatalf("%q", m.Trace)
	}
	for i, f := range m.Trace {
		if f != want[i] {
			t.Errorf("%q, want %q", f, want[i])
		}
	}
}

// FuzzFrom holds that whoever is read is a plain address, and the same that the standard library
// reads.
func FuzzFrom(f *testing.F) {
	for value := range froms {
		if len(value) < 200 {
			f.Add(value)
		}
	}
	f.Fuzz(func(t *testing.T, value string) {
		if strings.ContainsAny(value, "\n") {
			return // that would be another field
		}
		got, ok := written(value)
		if !ok {
			return
		}
		local, domain, _ := strings.Cut(got, "@")
		for _, part := range []string{local, domain} {
			if part == "" || strings.ContainsAny(part, " \t\"()<>[]:;@\\,") ||
				strings.ContainsFunc(part, func(r rune) bool { return r <= ' ' || r > '~' }) {
				t.Errorf("%q is from %q", value, got)
			}
		}
		if a, err := mail.ParseAddress(value); err == nil && a.Address != got {
			t.Errorf("%q is from %q, and to others from %q", value, got, a.Address)
		}
	})
}

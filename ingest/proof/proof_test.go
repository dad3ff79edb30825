package proof_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"thidua/ingest/mailbox"
	"thidua/ingest/proof"
)

// server is ours, and unit.example is where the mails say they are from.
const (
	server = "mx.office.example"
	unit   = "unit.example"
)

// traces are what servers write, as many fields as there are lines, topmost first. A line that
// begins with “Received: ” is such a field; all others are Authentication-Results.
var traces = []struct {
	name  string
	trace string
	want  proof.Verdict
}{
	{"nobody looked", "", proof.Unchecked},
	{"another server looked", "mx.other.example; dmarc=fail header.from=unit.example", proof.Unchecked},
	{"DMARC passed", "mx.office.example; spf=fail smtp.mailfrom=list.example; dmarc=pass header.from=unit.example",
		proof.Passed},
	{"DMARC failed", "MX.office.example; dkim=pass header.d=evil.example; dmarc=fail header.from=unit.example",
		proof.Doubtful},
	{"DKIM of the domain", "mx.office.example 1; dkim=pass (1024-bit key; x) header.d=mail.unit.example; " +
		"spf=softfail smtp.mailfrom=a@x.example", proof.Passed},
	{"the identity of DKIM", "mx.office.example; dkim=pass header.i=@unit.example header.s=s header.b=W/k+=",
		proof.Passed},
	{"an identity beside another domain", "mx.office.example; dkim=pass header.i=@unit.example header.d=evil.example",
		proof.Unproven},
	{"DKIM of another domain", "mx.office.example; dkim=pass header.d=evil.example", proof.Unproven},
	{"SPF of the domain", "mx.office.example; spf=pass smtp.mailfrom=a@unit.example; dkim=fail header.d=unit.example",
		proof.Passed},
	{"SPF of the greeting", "mx.office.example; spf=pass smtp.helo=unit.example", proof.Unproven},
	{"everything failed", "mx.office.example; spf=fail smtp.mailfrom=a@unit.example; dkim=none", proof.Doubtful},
	{"nothing to find", "mx.office.example; none", proof.Unproven},
	{"a bad day", "mx.office.example; dmarc=temperror header.from=unit.example", proof.Unproven},
	{"a pass of no domain", "mx.office.example; dmarc=pass; dkim=pass; spf=pass", proof.Unproven},
	{"a pass that is none", "mx.office.example; dmarc=passed header.from=unit.example; spf=bestguesspass " +
		"smtp.mailfrom=unit.example", proof.Unproven},
	{"capitals", "MX.OFFICE.EXAMPLE; DMARC=PASS HEADER.FROM=UNIT.EXAMPLE", proof.Passed},
	{"quotes and a dot", `"mx.office.example." 1 ; dmarc = pass header . from = "unit.example."`, proof.Passed},
	{"comments everywhere", "(a) mx.office.example (b;c) 1 (d) ; (e) dmarc (f) / (g) 1 (h) = (i) pass (j (k)) " +
		"header (l) . (m) from (n) = (o) unit.example (\\))", proof.Passed},
	{"a result in a comment", "mx.office.example; spf=none (; dmarc=pass header.from=unit.example)", proof.Unproven},
	{"a result in quotes", `mx.office.example; spf=none reason="; dmarc=pass header.from=unit.example"`,
		proof.Unproven},
	{"a result in an address", `mx.office.example; spf=pass smtp.mailfrom="x; dkim=pass header.d=unit.example; ` +
		`y"@evil.example`, proof.Unproven},
	{"an address in quotes", `mx.office.example; spf=pass smtp.mailfrom="a@unit.example"@evil.example`, proof.Unproven},
	{"an address all in quotes", `mx.office.example; spf=pass smtp.mailfrom="a@unit.example"`, proof.Unproven},
	{"a domain behind a domain", "mx.office.example; spf=pass smtp.mailfrom=a@unit.example@evil.example",
		proof.Unproven},
	{"a property twice", "mx.office.example; dmarc=pass header.from=evil.example header.from=unit.example",
		proof.Unproven},
	{"another version", "mx.office.example 2; dmarc=pass header.from=unit.example", proof.Unproven},
	{"another version of a check", "mx.office.example; dkim/2=pass header.d=unit.example", proof.Unproven},
	{"an unreadable one beside a pass", "mx.office.example 2; dmarc=fail\nmx.office.example; dmarc=pass " +
		"header.from=unit.example", proof.Unproven},
	{"a name that cannot be read", "\"mx.office.example; dmarc=fail\nmx.office.example; dmarc=pass " +
		"header.from=unit.example", proof.Unproven},
	{"a comment that does not end", "mx.office.example; dmarc=pass header.from=unit.example (", proof.Unproven},
	{"quotes that do not end", `mx.office.example; dmarc=pass header.from="unit.example`, proof.Unproven},
	{"nothing behind the name", "mx.office.example", proof.Unproven},
	{"a control character", "mx.office.example; dmarc=pass\x00 header.from=unit.example", proof.Unproven},
	{"two fields that say the same", "mx.office.example; dmarc=pass header.from=unit.example\nmx.office.example; " +
		"dmarc=pass (x) header.from=unit.example", proof.Passed},
	{"two fields that tell of two checks",
		"mx.office.example; dkim=none\nmx.office.example; spf=pass smtp.mailfrom=unit.example", proof.Passed},
	{"a fail above a pass", "mx.office.example; dmarc=fail header.from=unit.example\nmx.office.example; " +
		"dmarc=pass header.from=unit.example", proof.Doubtful},
	{"a pass above a fail", "mx.office.example; dmarc=pass header.from=unit.example\nmx.office.example; " +
		"dmarc=fail header.from=unit.example", proof.Doubtful},
	{"none against a pass", "mx.office.example; dmarc=none header.from=unit.example; " +
		"dkim=none\nmx.office.example; dmarc=pass header.from=unit.example", proof.Unproven},
	{"no signature against one", "mx.office.example; dkim=none\nmx.office.example; dkim=pass header.d=unit.example",
		proof.Unproven},
	{"a signature that only one field knows",
		"mx.office.example; dkim=pass header.d=evil.example\nmx.office.example; dkim=pass header.d=unit.example",
		proof.Unproven},
	{"two senders of the envelope", "mx.office.example; spf=pass smtp.mailfrom=unit.example; spf=fail " +
		"smtp.mailfrom=evil.example", proof.Doubtful},
	{"two signatures of a domain", "mx.office.example; dkim=fail header.d=unit.example header.s=a; dkim=pass " +
		"header.d=unit.example header.s=b", proof.Passed},
	{"one signature with two ends", "mx.office.example; dkim=fail header.d=unit.example; dkim=pass " +
		"header.d=unit.example", proof.Doubtful},
	{"DMARC about another From", "mx.office.example; dmarc=pass header.from=evil.example; dkim=pass " +
		"header.d=unit.example", proof.Unproven},
	{"DMARC about a neighbour", "mx.office.example; dmarc=pass header.from=other.unit.example", proof.Unproven},
	{"DMARC fails and DKIM passes", "mx.office.example; dkim=pass header.d=unit.example; dmarc=fail " +
		"header.from=unit.example", proof.Doubtful},
	{"below our own server", "Received: from x (y) by mail.office.example (z) with LMTP; date\nmx.office.example; " +
		"dmarc=pass header.from=unit.example", proof.Passed},
	{"below a server on the same machine",
		"Received: from mx ([127.0.0.1]) by localhost (amavis); date\nmx.office.example; dmarc=pass " +
			"header.from=unit.example", proof.Passed},
	{"handed on by number", "Received: by 2001:db8:1::7 with SMTP id x; date\nmx.office.example; dmarc=pass " +
		"header.from=unit.example", proof.Passed},
	{"below another server", "Received: from a by mail.evil.example with SMTP; date\nmx.office.example; " +
		"dmarc=pass header.from=unit.example", proof.Unchecked},
	{"below one that greets as ours", "Received: from by (by mx.office.example) by mail.evil.example; " +
		"date\nmx.office.example; dmarc=pass header.from=unit.example", proof.Unchecked},
	{"below one whose trace cannot be read",
		"Received: from x by mx.office.example (; date\nmx.office.example; dmarc=pass header.from=unit.example",
		proof.Unchecked},
	{"between servers", "mx.office.example; spf=none\nReceived: from a by mx.office.example\nReceived: from a by " +
		"evil.example\nmx.office.example; dmarc=pass header.from=unit.example", proof.Unproven},
	{"a name like ours", "mx.office.example.evil.example; dmarc=pass header.from=unit.example", proof.Unchecked},
}

func trace(text string) (out []mailbox.Field) {
	if text == "" {
		return nil
	}
	for line := range strings.SplitSeq(text, "\n") {
		if received, ok := strings.CutPrefix(line, "Received: "); ok {
			out = append(out, mailbox.Field{Name: "Received", Value: received})
		} else {
			out = append(out, mailbox.Field{Name: "Authentication-Results", Value: line})
		}
	}
	return out
}

func TestWhomOurServerBelieves(t *testing.T) {
	for _, c := range traces {
		if got := proof.Judge(unit, trace(c.trace), server); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
		if got := proof.Judge(unit, trace(c.trace), ""); got != proof.Unchecked {
			t.Errorf("%s: judged without a server to believe", c.name)
		}
	}
	if got := proof.Judge("office.unit.example", trace("mx.office.example; dmarc=pass header.from=unit.example"),
		"MX.Office.Example."); got != proof.Passed {
		t.Errorf("a pass of the organisation is worth %d", got)
	}
}

func TestMicrosoftWritesNoName(t *testing.T) {
	const pass = "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=unit.example; office.example; dkim=none " +
		"(message not signed) header.d=none;dmarc=pass action=none header.from=unit.example;compauth=pass reason=100"
	for text, want := range map[string]proof.Verdict{
		pass: proof.Passed,
		"Received: from A.eurprd01.prod.outlook.com by B.eurprd01.prod.exchangelabs.com with HTTPS\n" +
			pass: proof.Passed,
		"Received: from a by mail.evil.example\n" +
			pass: proof.Unchecked,
		"mx.other.example; dmarc=fail\n" +
			pass: proof.Passed,
		"spf=none smtp.mailfrom=x; dmarc=none action=none header.from=unit.example\n" +
			pass: proof.Unproven,
		"spf=fail smtp.mailfrom=unit.example; dmarc=fail header.from=unit.example\n" +
			pass: proof.Doubtful,
		"spf=none (\n" + pass:                               proof.Unproven,
		"microsoft365; dmarc=pass header.from=unit.example": proof.Unchecked,
	} {
		if got := proof.Judge(unit, trace(text), proof.Microsoft365); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestMailsAsServersAndForgersWriteThem(t *testing.T) {
	want := map[string]proof.Verdict{
		"a-none": proof.Unchecked, "b-dmarcfail": proof.Doubtful, "c-inject-mailfrom": proof.Doubtful,
		"e-spfpass-other-dmarcnone": proof.Unproven,
		"f-neutral":                 proof.Unproven, "g-case": proof.Doubtful, "i-quoted": proof.Doubtful,
		"k-version2":                      proof.Unproven,
		"l-comment-first":                 proof.Doubtful,
		"m-split-topmost-dkim-then-dmarc": proof.Passed, "o-dmarc-pass-other-from": proof.Unproven,
		"p-unclosed-comment": proof.Unproven,
		"t-bestguess":        proof.Unproven, "u-permerror": proof.Unproven, "v-dkim-multi": proof.Doubtful,
		"w-exchange": proof.Doubtful,
	}
	files, err := filepath.Glob("../testdata/trust/auth-*.eml")
	if err != nil || len(files) != len(want) {
		t.Fatal(files, err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "auth-"), ".eml")
		if got := proof.Judge("thainguyen.example", mailbox.Parse(raw, mailbox.Limits{}).Trace,
			server); got != want[name] {
			t.Errorf("%s: %d, want %d", name, got, want[name])
		}
	}
}

func TestTheNamesThatServersWrote(t *testing.T) {
	for text, want := range map[string][]string{
		"": nil, "none": {"none"}, "a.example; none\n\"A.example.\" 1; spf=none\nb.example; none": {"a.example",
			"b.example"},
		"spf=none; dmarc=none": {proof.Microsoft365},
		"Received: from a by mail.evil.example\nspf=none; dmarc=none": nil,
	} {
		if got := proof.IDs(trace(text)); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// FuzzAuthenticationResults holds that no field of ours, however written, proves a domain that it
// does not name outside of quotes and comments, and that what a stranger puts below his server
// changes nothing.
func FuzzAuthenticationResults(f *testing.F) {
	for _, c := range traces {
		f.Add(c.trace)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := proof.Judge(unit, trace(text), server)
		if got == proof.Passed && !strings.Contains(strings.ToLower(text), "pass") {
			t.Errorf("%q passed", text)
		}
		if got == proof.Passed && !strings.Contains(strings.ToLower(text), unit) {
			t.Errorf("%q proves a domain that it does not name", text)
		}
		below := "\nReceived: from a by mail.evil.example\nmx.office.example; dmarc=pass header.from=unit.example"
		if text != "" && proof.Judge(unit, trace(text+below), server) != got {
			t.Errorf("%q is worth more above a forged field", text)
		}
		if voided := proof.Judge(unit, append(trace("mx.office.example 2; x=y"), trace(text)...),
			server); voided == proof.Passed {
			t.Errorf("%q passes below a field that cannot be read", text)
		}
		for _, id := range proof.IDs(trace(text)) {
			if strings.ContainsAny(id, "\n\r") {
				t.Errorf("%q names %q", text, id)
			}
		}
	})
}

// Package proof weighs whether a mail comes from whom it says it comes from.
//
// In go the domain of From, the trace of the mail and the name of the office's mail server; out
// comes what that server found out. Beside it stand the acts a mail can want to have done with the
// proof each needs, and the codes that only the right mailbox ever got. The package knows no ledger
// and no address book, opens no workbook, and never decides what becomes of a mail.
package proof

import (
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"thidua/ingest/mailbox"
)

// Verdict is what is known of whether a mail really comes from the address in From.
type Verdict uint8

const (
	Unchecked Verdict = iota // nobody whom we trust has looked
	Passed                   // DMARC passed, or DKIM or SPF passed for the domain of the address
	Unproven                 // our server looked and found neither proof nor fault, or what it wrote cannot be read
	Doubtful                 // a check failed and none passed
)

// Microsoft365 is given in place of a server's name where the mailbox lies with Microsoft, whose
// servers write no name.
const Microsoft365 = "microsoft365"

// microsoft are the domains of the servers that hand mail through there.
var microsoft = []string{"outlook.com", "exchangelabs.com", "office365.com", "microsoft.com"}

// Judge weighs what our own mail server found out about a mail (RFC 8601). All its fields count
// that stand above the first Received of another server: what stands below came with the mail, and
// anybody may have written it. A field of ours that cannot be read, or that contradicts another,
// voids a pass. Without a server's name nothing is weighed.
func Judge(domain string, trace []mailbox.Field, server string) Verdict {
	if server == "" {
		return Unchecked
	}
	ours := fields(trace, server)
	if len(ours) == 0 {
		return Unchecked
	}
	void := !agree(ours)
	pass, fail := false, false
	for _, f := range ours {
		void = void || !f.readable
		for _, r := range f.results {
			switch r.method {
			case "dmarc":
				// A server that weighed another From than the one we read has read a forged mail
				// differently.
				if of := r.domain("header.from"); r.props["header.from"] != "" && !covers(of, domain) {
					void = true
				} else if r.value == "pass" && of != "" {
					pass = true
				}
				if r.value == "fail" { // the domain's owner says that this is not his
					fail, void = true, true
				}
			case "dkim":
				by := r.domain("header.d")
				if r.props["header.d"] == "" { // the identity lies in the signing domain (RFC 6376, 3.5)
					by = r.domain("header.i")
				}
				pass = pass || r.value == "pass" && aligned(by, domain)
				fail = fail || r.value == "fail"
			case "spf":
				pass = pass || r.value == "pass" && aligned(r.domain("smtp.mailfrom"), domain)
				fail = fail || r.value == "fail" || r.value == "hardfail" || r.value == "softfail"
			}
		}
	}
	switch {
	case pass && !void:
		return Passed
	case fail:
		return Doubtful
	}
	return Unproven
}

// Named reports whether a mail bears what our server found out about it at all.
func Named(trace []mailbox.Field, server string) bool {
	return server != "" && len(fields(trace, server)) > 0
}

// IDs are the names under which servers on the way wrote, topmost first, each once; Microsoft365
// for one without a name that Microsoft's servers wrote.
func IDs(trace []mailbox.Field) []string {
	var out []string
	for _, f := range trace {
		if f.Name != "Authentication-Results" {
			continue
		}
		id := readResults(f.Value).id
		if id == "" && len(fields(trace, Microsoft365)) > 0 {
			id = Microsoft365
		}
		if id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// fields are those that our server wrote.
func fields(trace []mailbox.Field, server string) []field {
	var out []field
	for _, f := range trace {
		if f.Name == "Received" {
			if foreign(f.Value, server) {
				break
			}
			continue
		}
		switch x := readResults(f.Value); {
		case server == Microsoft365:
			if x.id == "" {
				return []field{x} // the topmost alone
			}
		case x.id == identity(server), x.id == "" && !x.readable && strings.Contains(strings.ToLower(f.Value),
			identity(server)):
			out = append(out, x)
		}
	}
	return out
}

// identity is a server's name as it is compared: without case, quotes and the final dot of a
// domain.
func identity(s string) string {
	return strings.ToLower(strings.TrimSuffix(strings.Trim(s, `"`), "."))
}

// foreign reports whether a Received field was written by a server of another organisation (RFC
// 5321, 4.4). Servers that hand a mail on among themselves write what is no domain after "by", and
// no "from".
func foreign(value, server string) bool {
	by, from, ok := received(value)
	if !ok {
		return true
	}
	if !isDomain(by) || !strings.Contains(by, ".") {
		return from && by != "localhost"
	}
	if server == Microsoft365 {
		return !slices.Contains(microsoft, organisation(by))
	}
	return organisation(by) != organisation(identity(server))
}

// agree reports whether no two results of our fields contradict each other. What several fields
// tell of one check must be the same; within a field only signatures may differ, for a mail may
// bear several.
func agree(all []field) bool {
	told := map[string][]string{} // by check: what the first field that tells of it says
	for _, f := range all {
		now := map[string][]string{}
		for _, r := range f.results {
			check, says := r.check()
			if check != "" && !slices.Contains(now[check], says) {
				now[check] = append(now[check], says)
			}
		}
		for check, says := range now {
			slices.Sort(says)
			if check != "dkim" && len(says) > 1 {
				return false
			}
			if before, known := told[check]; known && !slices.Equal(before, says) {
				return false
			}
			told[check] = says
		}
		if !signaturesAgree(f.results) {
			return false
		}
	}
	return true
}

// signaturesAgree reports whether no signature is told twice with other ends. Two of one domain are
// two where their keys differ.
func signaturesAgree(all []result) bool {
	for i, a := range all {
		for _, b := range all[:i] {
			if a.method != "dkim" || b.method != "dkim" || a.value == b.value || a.value == "none" ||
				b.value == "none" {
				continue
			}
			apart := false
			for _, key := range []string{"header.s", "header.b"} {
				apart = apart || a.props[key] != "" && b.props[key] != "" && a.props[key] != b.props[key]
			}
			if !apart && a.domain("header.d") == b.domain("header.d") && a.domain("header.i") == b.domain("header.i") {
				return false
			}
		}
	}
	return true
}

// covers reports whether a DMARC result for one domain is about another: the domain itself, or the
// organisation it belongs to.
func covers(of, domain string) bool {
	of, domain = identity(of), identity(domain)
	return of != "" && (of == domain || of == organisation(domain))
}

// aligned reports whether two domains belong to one organisation (RFC 7489, 3.1.1, relaxed).
func aligned(a, b string) bool {
	return a != "" && b != "" && organisation(a) == organisation(b)
}

func organisation(domain string) string {
	domain = identity(domain)
	if org, err := publicsuffix.EffectiveTLDPlusOne(domain); err == nil {
		return org
	}
	return domain
}

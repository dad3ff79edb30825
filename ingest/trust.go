package ingest

import (
	"strings"

	"github.com/emersion/go-msgauth/authres"
	"golang.org/x/net/publicsuffix"

	"thidua/ingest/mailbox"
)

// genuine is what is known of whether a mail really comes from the address in From.
type genuine uint8

const (
	unchecked genuine = iota // nobody whom we trust has looked
	proven                   // DMARC passed, or DKIM or SPF passed for the domain of the address
	unproven                 // our server looked and found neither proof nor fault
	doubtful                 // a check failed and none passed
)

// judge weighs what our own mail server found out about a mail (RFC 8601). Only the topmost Authentication-Results field with the server's
// name counts: servers put theirs on top, and what stands further down anybody may have written. Without a name nothing is weighed.
func judge(m mailbox.Message, server string) genuine {
	if server == "" || len(m.From) != 1 {
		return unchecked
	}
	for _, field := range m.AuthResults {
		// errors are about results that cannot be read; those before them count
		id, results, _ := authres.Parse(withoutComments(field))
		if strings.EqualFold(id, server) {
			_, domain, _ := strings.Cut(m.From[0].Address, "@")
			return weigh(results, domain)
		}
	}
	return unchecked
}

// weigh follows DMARC (RFC 7489, 3.1): one mechanism that passed for the domain of From is enough.
func weigh(results []authres.Result, domain string) genuine {
	failed := false
	for _, r := range results {
		switch r := r.(type) {
		case *authres.DMARCResult:
			switch r.Value {
			case authres.ResultPass:
				return proven
			case authres.ResultFail:
				return doubtful // the domain's owner says that this is not his
			}
		case *authres.DKIMResult:
			by := r.Domain
			if by == "" {
				_, by, _ = strings.Cut(r.Identifier, "@")
			}
			if r.Value == authres.ResultPass && aligned(by, domain) {
				return proven
			}
			failed = failed || r.Value == authres.ResultFail
		case *authres.SPFResult:
			by := r.From
			if _, after, ok := strings.Cut(by, "@"); ok {
				by = after
			}
			if r.Value == authres.ResultPass && aligned(by, domain) {
				return proven
			}
			failed = failed || r.Value == authres.ResultFail || r.Value == authres.ResultHardFail || r.Value == authres.ResultSoftFail
		}
	}
	if failed {
		return doubtful
	}
	return unproven
}

// aligned reports whether two domains belong to one organisation (RFC 7489, 3.1.1, relaxed).
func aligned(a, b string) bool {
	return a != "" && b != "" && organisation(a) == organisation(b)
}

func organisation(domain string) string {
	domain = strings.ToLower(strings.TrimSuffix(strings.Trim(domain, `"`), "."))
	if org, err := publicsuffix.EffectiveTLDPlusOne(domain); err == nil {
		return org
	}
	return domain
}

// withoutComments takes out what stands in parentheses (RFC 5322, 3.2.2): it may hold semicolons, and the library does not look for it.
func withoutComments(s string) string {
	var out strings.Builder
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && i+1 < len(s):
			if i++; depth == 0 {
				out.WriteString(s[i-1 : i+1])
			}
			continue
		case c == '"' && depth == 0:
			quoted = !quoted
		case c == '(' && !quoted:
			depth++
		case c == ')' && depth > 0:
			depth--
			continue
		}
		if depth == 0 {
			out.WriteByte(c)
		}
	}
	return out.String()
}

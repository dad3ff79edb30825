package exit

import (
	"strings"

	"thidua/templates/wording"
)

// serverProblems are what keeps people from a mail server, by words of the error; the first that
// fits counts. What to do about it stands in the catalogue under cli.trouble. "Ours" are those that
// do not go away by waiting, because our configuration has to be put right.
var serverProblems = []struct {
	words []string
	what  string
	ours  bool
}{
	{[]string{"certificate has expired or is not yet valid"}, "expired", true},
	{[]string{"certificate signed by unknown authority", "certificate is not trusted"}, "authority", true},
	{[]string{
		"certificate is valid for", "cannot validate certificate for", "certificate is not valid for",
	}, "host", true},
	{[]string{
		"first record does not look like a TLS handshake", "does not offer STARTTLS", "server doesn't support STARTTLS",
	}, "security", true},
	{[]string{"lần tiếp theo được thử lúc"}, "", true}, // our own words, which say what to do
	{[]string{"unprotected connection to another machine"}, "plain", true},
	{[]string{"refuses the access token", "OAUTHBEARER authentication error"}, "token", true},
	{[]string{
		"AUTHENTICATIONFAILED", "logging in: imap: NO", "logging in: SMTP error 535", "logging in: SMTP error 534",
	}, "login", true},
	{[]string{
		"NONEXISTENT", "[CANNOT]", "TRYCREATE", "ailbox doesn't exist", "nknown mailbox",
	}, "folder", true},
	{[]string{"OVERQUOTA", "uota exceeded"}, "quota", false},
	{[]string{"no such host", "server misbehaving"}, "name", false},
	{[]string{"connection refused", "network is unreachable", "no route to host"}, "refused", false},
	{[]string{"i/o timeout", "deadline exceeded"}, "timeout", false},
	{[]string{"connection reset", "EOF", "use of closed network connection", "broken pipe"}, "broken", false},
}

// ServerProblem says what to do about a problem with a mail server, where that is known, and then
// the error's own words on one line.
//
//wording:composed cli.trouble.
func ServerProblem(problem string) string {
	problem = strings.TrimRight(strings.Join(strings.Fields(problem), " "), ". ")
	if _, what := identify(problem); what != "" {
		do := strings.TrimRight(wording.Text("cli.trouble."+what), ".")
		return wording.Text("cli.trouble.detail", "what", do, "problem", problem)
	}
	return problem
}

// ServerCode is the exit code of a problem with a mail server: Later where waiting helps, Invalid
// where the configuration has to be put right.
func ServerCode(problem string) int {
	if ours, _ := identify(problem); ours {
		return Invalid
	}
	return Later
}

// IsLogin reports whether a server refused our name, password or token.
func IsLogin(problem string) bool {
	_, what := identify(problem)
	return what == "login" || what == "token"
}

// identify names a problem, "" when it is none of those that are known.
func identify(problem string) (ours bool, what string) {
	for _, t := range serverProblems {
		for _, w := range t.words {
			if strings.Contains(problem, w) {
				return t.ours, t.what
			}
		}
	}
	return false, ""
}

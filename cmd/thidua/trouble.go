package main

import (
	"strings"

	"thidua/templates/wording"
)

// troubles are what keeps people from a mail server, by words of the error, the first that fits; what to do stands under cli.trouble. Ours are those
// that do not go away by waiting: our configuration has to be put right.
var troubles = []struct {
	words []string
	what  string
	ours  bool
}{
	{[]string{"certificate has expired or is not yet valid"}, "expired", false},
	{[]string{"certificate signed by unknown authority", "certificate is not trusted"}, "authority", false},
	{[]string{"certificate is valid for", "cannot validate certificate for", "certificate is not valid for"}, "host", true},
	{[]string{"first record does not look like a TLS handshake", "does not offer STARTTLS", "server doesn't support STARTTLS"}, "security", true},
	{[]string{"unprotected connection to another machine"}, "plain", true},
	{[]string{"refuses the access token", "OAUTHBEARER authentication error"}, "token", true},
	{[]string{"AUTHENTICATIONFAILED", "logging in: imap: NO", "logging in: SMTP error 535", "logging in: SMTP error 534"}, "login", true},
	{[]string{"NONEXISTENT", "[CANNOT]", "TRYCREATE", "ailbox doesn't exist", "nknown mailbox"}, "folder", true},
	{[]string{"OVERQUOTA", "uota exceeded"}, "quota", false},
	{[]string{"no such host", "server misbehaving"}, "name", false},
	{[]string{"connection refused", "network is unreachable", "no route to host"}, "refused", false},
	{[]string{"i/o timeout", "deadline exceeded"}, "timeout", false},
	{[]string{"connection reset", "EOF", "use of closed network connection", "broken pipe"}, "broken", false},
}

// trouble is what to do about a problem with a mail server, where that is known, and then the error's own words on one line.
//
//wording:composed cli.trouble.
func trouble(problem string) string {
	problem = strings.TrimRight(strings.Join(strings.Fields(problem), " "), ". ")
	if _, what := known(problem); what != "" {
		return wording.Text("cli.trouble.detail", "what", strings.TrimRight(wording.Text("cli.trouble."+what), "."), "problem", problem)
	}
	return problem
}

// troubleCode is the exit code of a problem with a mail server: waiting helps, or the configuration has to be put right.
func troubleCode(problem string) int {
	if ours, _ := known(problem); ours {
		return exitInvalid
	}
	return exitLater
}

// known names a problem, "" when it is none of those that are known.
func known(problem string) (ours bool, what string) {
	for _, t := range troubles {
		for _, w := range t.words {
			if strings.Contains(problem, w) {
				return t.ours, t.what
			}
		}
	}
	return false, ""
}

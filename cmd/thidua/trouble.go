package main

import (
	"strings"

	"thidua/templates/wording"
)

// troubles are what keeps people from a mail server, by words of the error, the first that fits; what to do stands under cli.trouble.
var troubles = []struct {
	words []string
	what  string
}{
	{[]string{"certificate has expired or is not yet valid"}, "expired"},
	{[]string{"certificate signed by unknown authority", "certificate is not trusted"}, "authority"},
	{[]string{"certificate is valid for", "cannot validate certificate for", "certificate is not valid for"}, "host"},
	{[]string{"first record does not look like a TLS handshake", "does not offer STARTTLS", "server doesn't support STARTTLS"}, "security"},
	{[]string{"refuses the access token", "OAUTHBEARER authentication error"}, "token"},
	{[]string{"AUTHENTICATIONFAILED", "logging in: imap: NO", "logging in: SMTP error 535", "logging in: SMTP error 534"}, "login"},
	{[]string{"no such host", "server misbehaving"}, "name"},
	{[]string{"connection refused", "network is unreachable", "no route to host"}, "refused"},
	{[]string{"i/o timeout", "deadline exceeded"}, "timeout"},
}

// trouble is a problem with a mail server in the error's own words, and what to do about it where that is known.
//
//wording:composed cli.trouble.
func trouble(problem string) string {
	for _, t := range troubles {
		for _, w := range t.words {
			if strings.Contains(problem, w) {
				return strings.TrimRight(problem, ". ") + ". " + strings.TrimRight(wording.Text("cli.trouble."+t.what), ".")
			}
		}
	}
	return strings.TrimRight(problem, ". ")
}

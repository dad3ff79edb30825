package config

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"thidua/templates/wording"
)

// Commented is a new configuration as a person will read it: what was asked for, with a word about
// each.
func (c *Config) Commented() string {
	var b strings.Builder
	line := func(indent, key, value, comment string) {
		fmt.Fprintf(&b, "%-42s # %s\n", indent+key+": "+value, comment)
	}
	fmt.Fprintf(&b, "# yaml-language-server: $schema=%s\n", SchemaFileName)
	fmt.Fprintf(&b, "# %s\n", wording.Text("cli.init.comment.head"))
	line("", "plan", quote(c.Plan), wording.Text("cli.init.comment.plan"))
	line("", "ledger", quote(c.Ledger), wording.Text("cli.init.comment.ledger"))
	b.WriteString("mailbox:\n")
	line("  ", "address", quote(c.Mailbox.Address), wording.Text("cli.init.comment.address"))
	line("  ", "server", quote(c.Mailbox.Host), "IMAP")
	line("  ", "security", c.Mailbox.Security, "tls, starttls, plain")
	line("  ", "user", quote(c.Mailbox.User), wording.Text("cli.init.comment.user"))
	line("  ", "password-file", quote(c.Mailbox.PasswordFile), wording.Text("cli.init.comment.secret"))
	line("  ", "done", quote(c.Mailbox.Done), wording.Text("cli.init.comment.done"))
	line("  ", "held", quote(c.Mailbox.Held), wording.Text("cli.init.comment.held"))
	b.WriteString("smtp:\n")
	line("  ", "server", quote(c.SMTP.Host), "SMTP")
	line("  ", "security", c.SMTP.Security, "tls, starttls, plain")
	line("  ", "user", quote(c.SMTP.User), wording.Text("cli.init.comment.user"))
	if c.SMTP.User != "" {
		line("  ", "password-file", quote(c.SMTP.PasswordFile), wording.Text("cli.init.comment.secret"))
	}
	return b.String()
}

// quote writes a value as YAML.
func quote(value string) string {
	b, err := yaml.Marshal(value)
	if err != nil {
		return "''"
	}
	return strings.TrimSpace(string(b))
}

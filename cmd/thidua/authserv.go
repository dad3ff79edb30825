package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"thidua/cmd/config"
	"thidua/cmd/exit"
	"thidua/cmd/show"
	"thidua/ingest/mailbox"
	"thidua/ingest/proof"
	"thidua/reports/smtp"
	"thidua/templates/wording"
)

const (
	examinedBytes = 1 << 20          // of a mail; larger ones are not fetched for their header
	forgedWait    = 60 * time.Second // until a mail to oneself is there
)

// fetchNewest reads the headers of the newest small mails of a mailbox, the newest first.
func fetchNewest(
	ctx context.Context, box *mailbox.IMAP, listed []mailbox.Summary, each func(mailbox.Message),
) error {
	listed = slices.Clone(listed)
	slices.SortStableFunc(listed, func(a, b mailbox.Summary) int { return b.Received.Compare(a.Received) })
	var keys []mailbox.Key
	for _, m := range listed {
		if m.Size <= examinedBytes && len(keys) < show.ExaminedMails {
			keys = append(keys, m.Key)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	return box.Fetch(ctx, keys, func(_ mailbox.Summary, raw []byte) error {
		if raw != nil {
			each(mailbox.Parse(raw, mailbox.Limits{Message: 1})) // its header is all that is read
		}
		return nil
	})
}

// tellServer tells whether mails bear the configured name, or which name they bear when none is
// configured.
func (s *session) tellServer(c *config.Config, noted [][]mailbox.Field) {
	if len(noted) == 0 {
		return
	}
	e := show.Examination{Server: c.Mailbox.AuthServID, Mails: len(noted)}
	met := map[string]int{}
	var names []string
	for _, trace := range noted {
		if proof.Named(trace, e.Server) {
			e.Named++
		}
		if all := proof.IDs(trace); len(all) > 0 { // servers put theirs on top
			if met[all[0]]++; met[all[0]] == 1 {
				names = append(names, all[0])
			}
		}
	}
	usual := ""
	for _, name := range names {
		if met[name] > met[usual] {
			usual = name
		}
	}
	switch {
	case e.Silent():
		s.Print("%s\n", e)
	case e.Server != "":
		s.Print("%s\n", wording.Text("cli.authserv.named", "server", e.Server, "n", e.Named, "of", e.Mails))
	case usual == "":
		s.Print("%s\n", wording.Text("cli.authserv.none", "n", e.Mails))
	}
	if usual != "" && (e.Server == "" || e.Silent()) {
		s.Print("%s\n", wording.Text("cli.authserv.propose", "server", usual, "n", met[usual], "of", e.Mails))
	}
}

// forge mails the shared mailbox a field of our server's name that our server did not write, and
// tells whether it comes through. A server that lets it through lets everybody prove everything.
func (s *session) forge(c *config.Config) error {
	server := c.Mailbox.AuthServID
	if server == "" || server == proof.Microsoft365 {
		s.Print("%s\n", wording.Text("cli.forge.noserver"))
		return nil
	}
	ctx, cancel := context.WithTimeout(s.ctx, forgedWait+time.Minute)
	defer cancel()
	mark := make([]byte, 16)
	if _, err := rand.Read(mark); err != nil {
		return fmt.Errorf("making a mark: %w", err)
	}
	id := hex.EncodeToString(mark)
	if err := sendForged(ctx, c, id, s.Now()); err != nil {
		return err
	}
	survived, found, err := awaitForged(ctx, c, id)
	switch {
	case err != nil:
		return unconnected("IMAP", c.Mailbox.Host, err)
	case !found:
		return exit.Because(exit.Later, wording.Text("cli.forge.lost", "seconds", int(forgedWait.Seconds())))
	case survived:
		return exit.Because(exit.Invalid, wording.Text("cli.forge.survived", "server", server))
	}
	s.Print("%s\n", wording.Text("cli.forge.removed", "server", server))
	return nil
}

func unconnected(what, server string, err error) error {
	problem := exit.ServerProblem(err.Error())
	return exit.Because(exit.Later, wording.Text("cli.connect.failed", "what", what, "server", server, "problem",
		problem))
}

// sendForged mails the shared mailbox a forged field with a mark.
func sendForged(ctx context.Context, c *config.Config, mark string, now time.Time) error {
	_, domain, _ := strings.Cut(c.Mailbox.Address, "@")
	raw := strings.Join([]string{
		"Authentication-Results: " + c.Mailbox.AuthServID + "; dmarc=pass reason=" + mark + " header.from=" + domain,
		"From: <" + c.Mailbox.Address + ">", "To: <" + c.Mailbox.Address + ">", "Subject: thidua " + mark,
		"Date: " + now.Format(time.RFC1123Z), "Message-ID: <" + mark + "@" + domain + ">",
		"Auto-Submitted: auto-generated", "", "thidua config check --connect --forge", "",
	}, "\r\n")
	client, err := c.DialSMTP(ctx)
	if err != nil {
		return unconnected("SMTP", c.SMTP.Host, err)
	}
	sent := client.Send(ctx, c.Mailbox.Address, []string{c.Mailbox.Address}, []byte(raw))
	_ = client.Close() // what counts has been said
	for _, r := range sent {
		if r.Outcome != smtp.Sent {
			return exit.Because(exit.Later, wording.Text("cli.forge.notsent", "problem", r.Text))
		}
	}
	return nil
}

// awaitForged looks for the mail until it is there, and says whether its field would be believed.
func awaitForged(ctx context.Context, c *config.Config, mark string) (survived, found bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, forgedWait)
	defer cancel()
	look := func(m mailbox.Message) {
		if !strings.HasPrefix(m.MessageID, "<"+mark+"@") {
			return
		}
		found = true
		for _, f := range m.Trace {
			ours := proof.Named([]mailbox.Field{f}, c.Mailbox.AuthServID)
			survived = survived || ours && strings.Contains(f.Value, mark)
		}
	}
	for {
		box, err := c.DialMailbox(ctx)
		if err != nil {
			return false, false, err
		}
		listed, err := box.List(ctx)
		if err == nil {
			err = fetchNewest(ctx, box, listed, look)
		}
		_ = box.Close() // nothing was changed
		if err != nil || found {
			return survived, found, err
		}
		select {
		case <-ctx.Done():
			return false, false, nil
		case <-time.After(2 * time.Second):
		}
	}
}

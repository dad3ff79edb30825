package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"thidua/ingest"
	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/proof"
	"thidua/reports/smtp"
	"thidua/templates/wording"
)

const (
	examinedMails = 50 // the newest, by which a server's name is judged
	examinedBytes = 1 << 20
	forgedWait    = 60 * time.Second // until a mail to oneself is there
)

// authState says how many of the newest mails bear what the office's mail server found out.
type authState struct {
	Server string `json:"server"` // mailbox.authserv-id
	Mails  int    `json:"mails"`
	Named  int    `json:"named"`
}

// silent reports whether the server never wrote: its name is wrong, or it examines nothing.
func (a authState) silent() bool { return a.Server != "" && a.Mails > 0 && a.Named == 0 }

func (a authState) text() string {
	return wording.Text("cli.authserv.silent", "server", a.Server, "n", a.Mails)
}

// authState counts what the ledger holds.
func (s *session) authState(c *config, l *ledger.Ledger) (authState, error) {
	a := authState{Server: c.Mailbox.AuthServID}
	if a.Server == "" {
		return a, nil
	}
	var err error
	a.Mails, a.Named, err = ingest.Examined(s.ctx, l, a.Server, examinedMails)
	return a, err
}

// traces fetches the newest small mails of a mailbox and returns what servers noted in them.
func traces(ctx context.Context, box *mailbox.IMAP, listed []mailbox.Summary) (out [][]mailbox.Field, err error) {
	slices.SortStableFunc(listed, func(a, b mailbox.Summary) int { return b.Received.Compare(a.Received) })
	var keys []mailbox.Key
	for _, m := range listed {
		if m.Size <= examinedBytes && len(keys) < examinedMails {
			keys = append(keys, m.Key)
		}
	}
	if len(keys) == 0 {
		return nil, nil
	}
	err = box.Fetch(ctx, keys, func(_ mailbox.Summary, raw []byte) error {
		if raw != nil {
			out = append(out, mailbox.Parse(raw, mailbox.Limits{Message: 1}).Trace) // its header is all that is read
		}
		return nil
	})
	return out, err
}

// tellServer tells whether mails bear the configured name, or which name they bear when none is configured.
func (s *session) tellServer(c *config, all [][]mailbox.Field) {
	if len(all) == 0 {
		return
	}
	a := authState{Server: c.Mailbox.AuthServID, Mails: len(all)}
	met := map[string]int{}
	var ids []string
	for _, trace := range all {
		if proof.Named(trace, a.Server) {
			a.Named++
		}
		if top := proof.IDs(trace); len(top) > 0 { // servers put theirs on top
			if met[top[0]]++; met[top[0]] == 1 {
				ids = append(ids, top[0])
			}
		}
	}
	usual := ""
	for _, id := range ids {
		if usual == "" || met[id] > met[usual] {
			usual = id
		}
	}
	switch {
	case a.silent():
		s.print("%s\n", a.text())
	case a.Server != "":
		s.print("%s\n", wording.Text("cli.authserv.named", "server", a.Server, "n", a.Named, "of", a.Mails))
	case usual == "":
		s.print("%s\n", wording.Text("cli.authserv.none", "n", a.Mails))
	}
	if usual != "" && (a.Server == "" || a.silent()) {
		s.print("%s\n", wording.Text("cli.authserv.propose", "server", usual, "n", met[usual], "of", a.Mails))
	}
}

// forge mails the shared mailbox a field of our server's name that our server did not write, and tells whether it comes through. A server
// that lets it through lets everybody prove everything.
func (s *session) forge(c *config) error {
	if c.Mailbox.AuthServID == "" || c.Mailbox.AuthServID == proof.Microsoft365 {
		s.print("%s\n", wording.Text("cli.forge.noserver"))
		return nil
	}
	ctx, cancel := context.WithTimeout(s.ctx, forgedWait+time.Minute)
	defer cancel()
	mark := make([]byte, 16)
	if _, err := rand.Read(mark); err != nil {
		return fmt.Errorf("making a mark: %w", err)
	}
	id := hex.EncodeToString(mark)
	_, domain, _ := strings.Cut(c.Mailbox.Address, "@")
	raw := fmt.Sprintf("Authentication-Results: %s; dmarc=pass reason=%s header.from=%s\r\nFrom: <%s>\r\nTo: <%[4]s>\r\nSubject: thidua %[2]s\r\nDate: %s\r\nMessage-ID: <%[2]s@%[3]s>\r\n"+
		"Auto-Submitted: auto-generated\r\n\r\nthidua config check --connect --forge\r\n", c.Mailbox.AuthServID, id, domain, c.Mailbox.Address, s.Now().Format(time.RFC1123Z))
	client, err := s.smtp(ctx, c)
	if err != nil {
		return exit{exitLater, errors.New(wording.Text("cli.connect.failed", "what", "SMTP", "server", c.SMTP.Server, "problem", trouble(err.Error())))}
	}
	sent := client.Send(ctx, c.Mailbox.Address, []string{c.Mailbox.Address}, []byte(raw))
	_ = client.Close() // what counts has been said
	if len(sent) != 1 || sent[0].Outcome != smtp.Sent {
		return exit{exitLater, errors.New(wording.Text("cli.forge.notsent", "problem", sent[0].Text))}
	}
	survived, found, err := s.awaitForged(ctx, c, id)
	switch {
	case err != nil:
		return exit{exitLater, errors.New(wording.Text("cli.connect.failed", "what", "IMAP", "server", c.Mailbox.Server, "problem", trouble(err.Error())))}
	case !found:
		return exit{exitLater, errors.New(wording.Text("cli.forge.lost", "seconds", int(forgedWait.Seconds())))}
	case survived:
		return exit{exitInvalid, errors.New(wording.Text("cli.forge.survived", "server", c.Mailbox.AuthServID))}
	}
	s.print("%s\n", wording.Text("cli.forge.removed", "server", c.Mailbox.AuthServID))
	return nil
}

// awaitForged looks for the mail until it is there, and says whether its field would be believed.
func (s *session) awaitForged(ctx context.Context, c *config, id string) (survived, found bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, forgedWait)
	defer cancel()
	for {
		box, err := s.mailbox(ctx, c)
		if err != nil {
			return false, false, err
		}
		listed, err := box.List(ctx)
		if err == nil {
			slices.SortStableFunc(listed, func(a, b mailbox.Summary) int { return b.Received.Compare(a.Received) })
			var keys []mailbox.Key
			for _, m := range listed[:min(len(listed), examinedMails)] {
				if m.Size <= examinedBytes {
					keys = append(keys, m.Key)
				}
			}
			err = box.Fetch(ctx, keys, func(_ mailbox.Summary, raw []byte) error {
				if m := mailbox.Parse(raw, mailbox.Limits{Message: 1}); strings.HasPrefix(m.MessageID, "<"+id+"@") {
					found = true
					for _, f := range m.Trace {
						survived = survived || strings.Contains(f.Value, id) && proof.Named([]mailbox.Field{f}, c.Mailbox.AuthServID)
					}
				}
				return nil
			})
		}
		_ = box.Close()
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

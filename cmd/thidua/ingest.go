package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"mime"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"thidua/ingest"
	"thidua/ingest/mailbox"
	"thidua/templates/calendar"
	"thidua/templates/wording"
)

type ingestCommand struct {
	Paths []string `arg:"" name:"path" help:"${cli_help_ingestpath}"`
	From  string   `help:"${cli_help_ingestfrom}" placeholder:"ADDRESS"`
	At    string   `help:"${cli_help_ingestat}" placeholder:"T"`
}

// Run takes mails and workbooks from files, through the same door as the mailbox. Answers are composed and wait for the next run.
func (c ingestCommand) Run(s *session) error {
	conf, err := s.settings()
	if err != nil {
		return err
	}
	p, err := s.thePlan()
	if err != nil {
		return err
	}
	at, err := s.asOf(c.At)
	if err != nil {
		return err
	}
	src, err := c.files(at, c.At != "")
	if err != nil {
		return err
	}
	l, err := s.theLedger(false)
	if err != nil {
		return err
	}
	bar := s.newBar()
	rep, err := ingest.Pull(s.ctx, src, l, p, ingest.Options{Own: conf.Mailbox.Address, Scan: conf.scanner(), Spent: processorTime, Progress: func(done, total int) { bar.step(wording.Text("cli.step.pull"), done, total) }})
	bar.clear()
	if err != nil {
		return err
	}
	r := passReport{pulled: rep}
	if conf.Mailbox.Address != "" { // without an address nothing can be answered from
		post, err := s.post(conf, p)
		if err != nil {
			return err
		}
		if r.answered, err = post.Acknowledge(s.ctx, l, s.app); err != nil {
			return err
		}
	}
	s.print("%s\n", r.text())
	if rep.Held+rep.ToFix > 0 {
		return exit{code: exitHeld}
	}
	return nil
}

// folder is a mailbox made of files: each .eml as it is, each other file as the attachment of a mail from the address given.
// What one second brought keeps the order of the files' names: of two versions of one form the later one rules.
type folder struct {
	keys []mailbox.Key
	at   map[mailbox.Key]time.Time
	raw  map[mailbox.Key][]byte
}

var _ mailbox.Source = (*folder)(nil)

// files reads the files. A mail was received when its own server says so; everything else at the moment given, and so is every file when the
// moment is somebody's word.
func (c ingestCommand) files(at time.Time, given bool) (*folder, error) {
	f := &folder{at: map[mailbox.Key]time.Time{}, raw: map[mailbox.Key][]byte{}}
	var names []string
	for _, path := range c.Paths {
		if err := filepath.WalkDir(path, func(name string, d os.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && !strings.HasPrefix(d.Name(), ".") && !strings.HasPrefix(d.Name(), "~$") {
				names = append(names, name)
			}
			return err
		}); err != nil {
			return nil, exit{exitUsage, errors.New(wording.Text("cli.check.unreadable", "file", path, "problem", inWords(err)))}
		}
	}
	slices.Sort(names)
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, exit{exitUsage, errors.New(wording.Text("cli.check.unreadable", "file", name, "problem", inWords(err)))}
		}
		received := at
		if strings.EqualFold(filepath.Ext(name), ".eml") {
			if t, ok := stamped(b); ok && !given && t.Before(at) {
				received = t
			}
		} else {
			if _, err := mail.ParseAddress(c.From); err != nil {
				return nil, exit{exitUsage, errors.New(wording.Text("cli.ingest.nofrom", "file", name))}
			}
			b = wrap(c.From, filepath.Base(name), b)
		}
		sum := sha256.Sum256(b)
		key := mailbox.Key{Mailbox: "file:" + hex.EncodeToString(sum[:]), UIDValidity: 1, UID: 1} // a file is known by its content alone
		if f.raw[key] == nil {
			f.keys, f.at[key] = append(f.keys, key), received.UTC().Truncate(time.Second)
		}
		f.raw[key] = b
	}
	slices.SortStableFunc(f.keys, func(a, b mailbox.Key) int { return f.at[a].Compare(f.at[b]) })
	for end := len(f.keys); end > 0; {
		second, begin := f.at[f.keys[end-1]], end-1
		for begin > 0 && f.at[f.keys[begin-1]].Equal(second) {
			begin--
		}
		for i, key := range f.keys[begin:end] {
			apart := time.Duration(i-(end-begin-1)) * time.Microsecond // before the second, which may be now …
			if second.Equal(calendar.DateOf(second).Start()) {
				apart = time.Duration(i) * time.Microsecond // … unless it begins a day, which may be one too late
			}
			f.at[key] = second.Add(apart)
		}
		end = begin
	}
	return f, nil
}

// stamped is when the server that took a mail in last says it did: the date of the topmost Received field (RFC 5321, 4.4). The Date field is
// the sender's word and says nothing.
func stamped(raw []byte) (time.Time, bool) {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil || len(m.Header["Received"]) == 0 {
		return time.Time{}, false
	}
	trace := m.Header["Received"][0]
	t, err := mail.ParseDate(strings.TrimSpace(trace[strings.LastIndexByte(trace, ';')+1:]))
	return t, err == nil
}

// wrap makes a file the attachment of a mail.
func wrap(from, name string, content []byte) []byte {
	sum := sha256.Sum256(content)
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: <%s>\r\nSubject: %s\r\nMessage-ID: <%x@file>\r\nMIME-Version: 1.0\r\n", from, mime.QEncoding.Encode("utf-8", name), sum[:12])
	b.WriteString("Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n")
	fmt.Fprintf(&b, "Content-Disposition: %s\r\n\r\n", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	text := base64.StdEncoding.EncodeToString(content)
	for len(text) > 76 {
		b.WriteString(text[:76] + "\r\n")
		text = text[76:]
	}
	b.WriteString(text + "\r\n")
	return b.Bytes()
}

func (f *folder) summary(k mailbox.Key) mailbox.Summary {
	return mailbox.Summary{Key: k, Size: int64(len(f.raw[k])), Received: f.at[k]}
}

func (f *folder) List(context.Context) ([]mailbox.Summary, error) {
	var out []mailbox.Summary
	for _, k := range f.keys {
		out = append(out, f.summary(k))
	}
	return out, nil
}

func (f *folder) Fetch(_ context.Context, keys []mailbox.Key, each func(mailbox.Summary, []byte) error) error {
	for _, k := range keys {
		if err := each(f.summary(k), f.raw[k]); err != nil {
			return err
		}
	}
	return nil
}

// Move leaves files where they are.
func (f *folder) Move(context.Context, []mailbox.Key, string) error { return nil }

// Begins gives whole mails: they are in memory anyway.
func (f *folder) Begins(_ context.Context, keys []mailbox.Key, each func(mailbox.Summary, []byte) error) error {
	for _, k := range keys {
		s := f.summary(k)
		s.Header = f.raw[k]
		if err := each(s, nil); err != nil {
			return err
		}
	}
	return nil
}

package files

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"thidua/ingest/mailbox"
	"thidua/templates/calendar"
)

// Mailbox is a mailbox made of files: each .eml as it is, every other file as the attachment of a
// mail. What one second brought keeps the order of the files' names: of two versions of one form
// the later one rules.
//
//constructed:by OpenMailbox
type Mailbox struct {
	keys     []mailbox.Key
	received map[mailbox.Key]time.Time
	raw      map[mailbox.Key][]byte
}

var _ mailbox.Source = (*Mailbox)(nil)

// ErrNoSender refuses a workbook that nobody is said to have sent.
var ErrNoSender = errors.New("nobody is said to have sent the file")

// Delivery is how saved files are taken to have arrived.
type Delivery struct {
	From   string    // the sender of files that are not mails
	At     time.Time // when they arrived
	Stated bool      // At is somebody's word, which goes before what the mails say of themselves
}

// OpenMailbox reads files and all files below folders. A mail was received when its own server says
// so; everything else arrived as d says. An error is a *fs.PathError with the file.
func OpenMailbox(paths []string, d Delivery) (*Mailbox, error) {
	names, err := listFiles(paths)
	if err != nil {
		return nil, err
	}
	m := &Mailbox{received: map[mailbox.Key]time.Time{}, raw: map[mailbox.Key][]byte{}}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		received := d.At
		if strings.EqualFold(filepath.Ext(name), ".eml") {
			if t, ok := timeOfReceipt(content); ok && !d.Stated && t.Before(d.At) {
				received = t
			}
		} else {
			if _, err := mail.ParseAddress(d.From); err != nil {
				return nil, &fs.PathError{Op: "sending", Path: name, Err: ErrNoSender}
			}
			content = attach(d.From, filepath.Base(name), content)
		}
		m.add(content, received.UTC().Truncate(time.Second))
	}
	m.order()
	return m, nil
}

// listFiles lists files by name, those below folders too, without hidden ones and the lock files of
// Office.
func listFiles(paths []string) (names []string, err error) {
	for _, path := range paths {
		err := filepath.WalkDir(path, func(name string, d os.DirEntry, err error) error {
			if err != nil {
				return err
			}
			hidden := strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "~$")
			if d.Type().IsRegular() && !hidden {
				names = append(names, name)
			}
			return nil
		})
		if err != nil {
			return nil, &fs.PathError{Op: "reading", Path: path, Err: err}
		}
	}
	slices.Sort(names)
	return names, nil
}

// add takes a mail in. A file is known by its content alone: a second copy is the same mail.
func (m *Mailbox) add(raw []byte, received time.Time) {
	sum := sha256.Sum256(raw)
	key := mailbox.Key{Mailbox: "file:" + hex.EncodeToString(sum[:]), UIDValidity: 1, UID: 1}
	if m.raw[key] == nil {
		m.keys, m.received[key] = append(m.keys, key), received
	}
	m.raw[key] = raw
}

// order sorts the mails by their time and sets those of one second a microsecond apart, so that the
// order of their names survives.
func (m *Mailbox) order() {
	slices.SortStableFunc(m.keys, func(a, b mailbox.Key) int { return m.received[a].Compare(m.received[b]) })
	for end := len(m.keys); end > 0; {
		second, begin := m.received[m.keys[end-1]], end-1
		for begin > 0 && m.received[m.keys[begin-1]].Equal(second) {
			begin--
		}
		for i, key := range m.keys[begin:end] {
			apart := time.Duration(i-(end-begin-1)) * time.Microsecond // before the second, which may be now …
			if second.Equal(calendar.DateOf(second).Start()) {
				apart = time.Duration(i) * time.Microsecond // … unless it begins a day, which may be one too late
			}
			m.received[key] = second.Add(apart)
		}
		end = begin
	}
}

// timeOfReceipt is when the server that took a mail in last says it did: the date of the topmost
// Received field (RFC 5321, 4.4). The Date field is the sender's word and says nothing.
func timeOfReceipt(raw []byte) (time.Time, bool) {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil || len(m.Header["Received"]) == 0 {
		return time.Time{}, false
	}
	trace := m.Header["Received"][0]
	t, err := mail.ParseDate(strings.TrimSpace(trace[strings.LastIndexByte(trace, ';')+1:]))
	return t, err == nil
}

// attach makes a file the attachment of a mail.
func attach(from, name string, content []byte) []byte {
	sum := sha256.Sum256(content)
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: <%s>\r\nSubject: %s\r\n", from, mime.QEncoding.Encode("utf-8", name))
	fmt.Fprintf(&b, "Message-ID: <%x@file>\r\nMIME-Version: 1.0\r\n", sum[:12])
	b.WriteString("Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n")
	disposition := mime.FormatMediaType("attachment", map[string]string{"filename": name})
	fmt.Fprintf(&b, "Content-Disposition: %s\r\n\r\n", disposition)
	text := base64.StdEncoding.EncodeToString(content)
	for len(text) > 76 {
		b.WriteString(text[:76] + "\r\n")
		text = text[76:]
	}
	b.WriteString(text + "\r\n")
	return b.Bytes()
}

func (m *Mailbox) summary(k mailbox.Key) mailbox.Summary {
	return mailbox.Summary{Key: k, Size: int64(len(m.raw[k])), Received: m.received[k]}
}

// List lists the mails by their time of receipt.
func (m *Mailbox) List(context.Context) ([]mailbox.Summary, error) {
	var out []mailbox.Summary
	for _, k := range m.keys {
		out = append(out, m.summary(k))
	}
	return out, nil
}

// Fetch hands out the bytes of mails.
func (m *Mailbox) Fetch(
	_ context.Context, keys []mailbox.Key, each func(mailbox.Summary, []byte) error,
) error {
	for _, k := range keys {
		if err := each(m.summary(k), m.raw[k]); err != nil {
			return err
		}
	}
	return nil
}

// Move leaves files where they are.
func (m *Mailbox) Move(context.Context, []mailbox.Key, string) error { return nil }

// Begins gives whole mails: they are in memory anyway.
func (m *Mailbox) Begins(
	_ context.Context, keys []mailbox.Key, each func(mailbox.Summary, []byte) error,
) error {
	for _, k := range keys {
		s := m.summary(k)
		s.Header = m.raw[k]
		if err := each(s, nil); err != nil {
			return err
		}
	}
	return nil
}

package post

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"strconv"

	"thidua/ingest/ledger"
	"thidua/reports/letter"
)

// DefaultLargest is how many bytes of attachments one letter carries: with base64 about 20 MB,
// which mail servers commonly take.
const DefaultLargest = 14 << 20

// FreezeAll composes a letter whose attachments may be too much for one mail. What is too big alone
// is packed; what is too much together goes in several letters, numbered in their subjects, of
// which the first has the text; a file that no mail can carry is named and left out.
func (p Post) FreezeAll(kind, unit string, l letter.Letter, b letter.Body) ([]ledger.Letter, error) {
	most := p.Largest
	var parts [][]letter.Attachment
	var part []letter.Attachment
	size := 0
	for _, a := range l.Attachments {
		if len(a.Bytes) > most {
			packed, err := pack(a)
			if err != nil {
				return nil, fmt.Errorf("packing %s: %w", a.Name, err)
			}
			if len(packed.Bytes) > most {
				b.Para(p.Text("letter.part.toobig", "file", a.Name, "mb", len(a.Bytes)>>20))
				continue
			}
			a = packed
		}
		if size+len(a.Bytes) > most {
			parts, part, size = append(parts, part), nil, 0
		}
		part, size = append(part, a), size+len(a.Bytes)
	}
	parts = append(parts, part)
	if len(parts) == 1 {
		l.Attachments = parts[0]
		frozen, err := p.Freeze(kind, unit, l, b)
		return []ledger.Letter{frozen}, err
	}
	var out []ledger.Letter
	for i, files := range parts {
		x, text := l, b
		x.Attachments = files
		x.Subject = p.Text("letter.part.subject", "subject", l.Subject, "n", i+1, "of", len(parts))
		if i == 0 {
			text.Para(p.Text("letter.part.first", "of", len(parts)))
		} else {
			x.ID = l.ID + "#" + strconv.Itoa(i+1)
			x.InReplyTo = p.MessageID(l.ID)
			text = letter.Body{}
			text.Title(p.Text("letter.part.title", "n", i+1, "of", len(parts)))
			text.Para(p.Text("letter.part.more", "subject", l.Subject))
		}
		frozen, err := p.Freeze(kind, unit, x, text)
		if err != nil {
			return nil, err
		}
		out = append(out, frozen)
	}
	return out, nil
}

// pack makes a file a zip file. The same file gives the same bytes.
func pack(a letter.Attachment) (letter.Attachment, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	z.RegisterCompressor(zip.Deflate,
		func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	f, err := z.CreateHeader(&zip.FileHeader{Name: a.Name, Method: zip.Deflate})
	if err != nil {
		return a, err
	}
	if _, err := f.Write(a.Bytes); err != nil {
		return a, err
	}
	if err := z.Close(); err != nil {
		return a, err
	}
	return letter.Attachment{Name: a.Name + ".zip", Type: "application/zip", Bytes: out.Bytes()}, nil
}

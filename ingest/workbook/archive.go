package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"thidua/ingest/budget"
	"thidua/ingest/files"
	"thidua/templates/finding"
	"thidua/templates/wording"
)

// File is one file out of an archive.
type File struct {
	Name  string
	Bytes []byte
}

// archiveFiles is how many files one archive may hold; what all archives of a mail may hold
// together is its budget's.
const archiveFiles = 20

// Open takes the files out of a zip, one level deep, with what is left of its mail's budget. The
// finding is set when the archive is damaged or beyond the bounds; then there are no files: a part
// of an archive is not taken for the whole. Nothing is inflated before all of it is known to fit.
func Open(name string, b []byte, have *budget.Budget) ([]File, *finding.Finding) {
	damaged := func() ([]File, *finding.Finding) { // the sender can do nothing with zip's own words
		f := finding.New(finding.Damaged, finding.At{}, "file", name, "read", wording.Text("mail.damage.zip"))
		return nil, &f
	}
	if over := spent(have); over != "" {
		f := finding.New(finding.OverMail, finding.At{}, "file", name, "want", over)
		return nil, &f
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return damaged()
	}
	var entries []*zip.File
	size := uint64(0)
	for _, e := range z.File {
		if e.FileInfo().IsDir() || files.Junk(entryName(e)) || files.Name(entryName(e)) == "" {
			continue
		}
		entries = append(entries, e)
		if size += e.UncompressedSize64; size < e.UncompressedSize64 || len(entries) > archiveFiles {
			f := finding.New(finding.OverLimit, finding.At{}, "file", name, "read", len(z.File), "want",
				wording.Text("mail.limit.files", "n", archiveFiles))
			return nil, &f
		}
	}
	whole := have.Whole()
	if size > uint64(whole.Unpacked) {
		f := finding.New(finding.OverLimit, finding.At{}, "file", name, "read", wording.Text("mail.limit.over"), "want",
			wording.Text("mail.limit.inflated", "n", whole.Unpacked>>20))
		return nil, &f
	}
	if size > uint64(have.Unpacked) || len(entries) > have.Files {
		f := finding.New(finding.OverMail, finding.At{}, "file", name, "want",
			wording.Text("mail.limit.unpacked", "n", whole.Files, "mb", whole.Unpacked>>20))
		return nil, &f
	}
	have.Unpacked -= int(size)
	have.Files -= len(entries)
	have.Hold(int(size))
	out := make([]File, len(entries))
	for i, e := range entries {
		data, err := inflate(e)
		if err != nil {
			return damaged()
		}
		out[i] = File{Name: files.Name(entryName(e)), Bytes: data}
	}
	return out, nil
}

// inflate reads a file of just the size that the directory declares, and its checksum with it.
func inflate(e *zip.File) ([]byte, error) {
	r, err := e.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close() // read-only
	data := make([]byte, e.UncompressedSize64)
	if _, err := io.ReadFull(r, data); err != nil {
		return nil, err
	}
	if n, err := r.Read(make([]byte, 1)); n != 0 || err != io.EOF {
		return nil, fmt.Errorf("more than declared: %w", err)
	}
	return data, nil
}

// entryName is the name of a file in an archive: in Unicode where the archive has it beside the old
// name (Info-ZIP's Unicode Path, APPNOTE 4.6.9).
func entryName(e *zip.File) string {
	for extra := e.Extra; len(extra) >= 4; {
		id, n := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if extra = extra[4:]; n > len(extra) {
			break
		}
		if field := extra[:n]; id == 0x7075 && n > 5 && field[0] == 1 &&
			binary.LittleEndian.Uint32(field[1:]) == crc32.ChecksumIEEE([]byte(e.Name)) {
			return string(field[5:])
		}
		extra = extra[n:]
	}
	return e.Name
}

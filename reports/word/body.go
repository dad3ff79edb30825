package word

import (
	"archive/zip"
	"bytes"
	"io"
	"time"
)

// mainPart holds the text. It is packed as it is written, for that of a long paper is many times as
// large as its file.
const mainPart = "word/document.xml"

// packed is the time of every part.
var packed = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// body is the main part being written, in a package of its own.
type body struct {
	pack bytes.Buffer
	zip  *zip.Writer
	part io.Writer
	size int
	err  error // the first, told by store
}

func newBody() *body {
	b := &body{}
	b.zip = zip.NewWriter(&b.pack)
	b.part, b.err = part(b.zip, mainPart)
	return b
}

// part begins a part of a package.
func part(z *zip.Writer, name string) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: packed})
}

// Write takes all it is given; what goes wrong is told by store.
func (b *body) Write(text []byte) (int, error) {
	b.size += len(text)
	if b.err == nil {
		_, b.err = b.part.Write(text)
	}
	return len(text), nil
}

func (b *body) WriteString(text string) { _, _ = b.Write([]byte(text)) }

// Len is how many bytes have been written.
func (b *body) Len() int { return b.size }

// store moves the part into the whole package.
func (b *body) store(z *zip.Writer) error {
	if b.err != nil {
		return b.err
	}
	if err := b.zip.Close(); err != nil {
		return err
	}
	own, err := zip.NewReader(bytes.NewReader(b.pack.Bytes()), int64(b.pack.Len()))
	if err != nil {
		return err
	}
	return z.Copy(own.File[0])
}

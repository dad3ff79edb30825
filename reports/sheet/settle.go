package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

const typesPart = "[Content_Types].xml"

// settle puts the parts of a package in order: the writer stores streamed sheets, and the types of files, in the order of
// a map. The parts themselves are copied as they are.
func settle(pack []byte) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	if err != nil {
		return nil, err
	}
	files := slices.Clone(in.File)
	slices.SortFunc(files, func(a, b *zip.File) int {
		if (a.Name == typesPart) != (b.Name == typesPart) {
			if a.Name == typesPart {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
	var buf bytes.Buffer
	out := zip.NewWriter(&buf)
	for _, f := range files {
		if f.Name == typesPart {
			err = sortTypes(out, f)
		} else {
			err = out.Copy(f)
		}
		if err != nil {
			return nil, fmt.Errorf("ordering part %s: %w", f.Name, err)
		}
	}
	if err := out.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

type contentTypes struct {
	XMLName   xml.Name      `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Defaults  []contentType `xml:"Default"`
	Overrides []contentType `xml:"Override"`
}

type contentType struct {
	Extension   string `xml:",attr,omitempty"`
	PartName    string `xml:",attr,omitempty"`
	ContentType string `xml:",attr"`
}

func sortTypes(out *zip.Writer, f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // read to its end, nothing can be lost
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	var types contentTypes
	if err := xml.Unmarshal(raw, &types); err != nil {
		return err
	}
	byName := func(a, b contentType) int {
		return strings.Compare(a.Extension+a.PartName, b.Extension+b.PartName)
	}
	slices.SortFunc(types.Defaults, byName)
	slices.SortFunc(types.Overrides, byName)
	sorted, err := xml.Marshal(types)
	if err != nil {
		return err
	}
	w, err := out.CreateHeader(&zip.FileHeader{Name: typesPart, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		return err
	}
	_, err = w.Write(append([]byte(xml.Header), sorted...))
	return err
}

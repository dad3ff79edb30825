// Package opc puts the packages of workbooks in the order in which every program opens them: the
// types of the parts first, each part with a date that exists, and the core properties under the
// prefix that some programs look for instead of their namespace.
package opc

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

const (
	typesPart = "[Content_Types].xml"
	corePart  = "docProps/core.xml"
)

// Settle orders the parts of a package, whose writer stores them in the order of a map, and gives
// each the same date. Parts are copied as they are but for their types, which are sorted, the core
// properties, and those that edit rewrites: it returns nil for all others, and may be nil.
func Settle(pack []byte, edit func(name string, raw []byte) []byte) ([]byte, error) {
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
	buf.Grow(len(pack))
	out := zip.NewWriter(&buf)
	for _, f := range files {
		if err := settlePart(out, f, edit); err != nil {
			return nil, fmt.Errorf("ordering part %s: %w", f.Name, err)
		}
	}
	if err := out.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

func settlePart(out *zip.Writer, f *zip.File, edit func(string, []byte) []byte) error {
	change := edit
	switch {
	case f.Name == typesPart:
		change = func(_ string, raw []byte) []byte { return sortedTypes(raw) }
	case f.Name == corePart:
		change = func(_ string, raw []byte) []byte { return prefixedCore(raw) }
	case edit == nil || !strings.HasPrefix(f.Name, "xl/charts/"):
		return copied(out, f)
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // read to its end, nothing can be lost
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	changed := change(f.Name, raw)
	if changed == nil {
		return copied(out, f)
	}
	w, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate,
		Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		return err
	}
	_, err = w.Write(changed)
	return err
}

// copied stores a part as it is, with the date of all parts.
func copied(out *zip.Writer, f *zip.File) error {
	const first = 1<<5 | 1 // of January 1980, as MS-DOS counts; a month 0 is none
	h := f.FileHeader
	//lint:ignore SA1019 CreateRaw writes these fields and not Modified
	h.Modified, h.ModifiedDate, h.ModifiedTime, h.Extra = time.Time{}, first, 0, nil
	w, err := out.CreateRaw(&h)
	if err != nil {
		return err
	}
	r, err := f.OpenRaw()
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return err
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

func sortedTypes(raw []byte) []byte {
	var types contentTypes
	if err := xml.Unmarshal(raw, &types); err != nil {
		return nil
	}
	byName := func(a, b contentType) int {
		return strings.Compare(a.Extension+a.PartName, b.Extension+b.PartName)
	}
	slices.SortFunc(types.Defaults, byName)
	slices.SortFunc(types.Overrides, byName)
	sorted, err := xml.Marshal(types)
	if err != nil {
		return nil
	}
	return append([]byte(xml.Header), sorted...)
}

// coreNames are the elements of the core properties that are in their own namespace (ECMA-376 part
// 2, 11.1); the writer leaves them without a prefix, which is the same XML.
var coreNames = []string{"coreProperties", "category", "contentStatus", "contentType", "keywords", "lastModifiedBy",
	"lastPrinted", "revision", "version"}

func prefixedCore(raw []byte) []byte {
	if !bytes.Contains(raw, []byte("<coreProperties ")) {
		return nil
	}
	s := strings.Replace(string(raw), ` xmlns="http://schemas.openxmlformats.org/package/2006/metadata/core`,
		` xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core`, 1)
	for _, name := range coreNames {
		s = strings.NewReplacer("<"+name+" ", "<cp:"+name+" ", "<"+name+">", "<cp:"+name+">", "<"+name+"/>",
			"<cp:"+name+"/>", "</"+name+">", "</cp:"+name+">").Replace(s)
	}
	return []byte(s)
}

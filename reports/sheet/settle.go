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

	"thidua/reports/document"
)

const typesPart = "[Content_Types].xml"

// settle puts the parts of a package in order: the writer stores streamed sheets, and the types of
// files, in the order of a map. The parts themselves are copied as they are; only charts get the
// patterns of their series, which the writer cannot write.
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
		switch {
		case f.Name == typesPart:
			err = sortTypes(out, f)
		case strings.HasPrefix(f.Name, "xl/charts/chart"):
			err = hatch(out, f)
		default:
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
	raw, err := content(f)
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
	return store(out, typesPart, append([]byte(xml.Header), sorted...))
}

func content(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }() // read to its end, nothing can be lost
	return io.ReadAll(r)
}

func store(out *zip.Writer, name string, raw []byte) error {
	w, err := out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate,
		Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		return err
	}
	_, err = w.Write(raw)
	return err
}

// hatch draws the bars of a chart in the patterns of their series.
func hatch(out *zip.Writer, f *zip.File) error {
	raw, err := content(f)
	if err != nil {
		return err
	}
	if bytes.Contains(raw, []byte("<c:barChart>")) || bytes.Contains(raw, []byte("<barChart>")) {
		for i := range 6 {
			s := document.ShadeOf(i)
			name := map[document.Hatch]string{document.Rising: "wdUpDiag", document.Falling: "wdDnDiag",
				document.Level: "dkHorz", document.Upright: "dkVert"}[s.Hatch]
			if name == "" {
				continue
			}
			color := `<a:srgbClr val="` + s.Hex() + `"></a:srgbClr>`
			raw = bytes.ReplaceAll(raw, []byte(`<a:solidFill>`+color+`</a:solidFill>`),
				[]byte(`<a:pattFill prst="`+name+`"><a:fgClr>`+color+
					`</a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"></a:srgbClr></a:bgClr></a:pattFill><a:ln `+
					`w="9525"><a:solidFill>`+color+`</a:solidFill></a:ln>`))
		}
	}
	return store(out, f.Name, raw)
}

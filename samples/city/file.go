package city

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"

	"thidua/samples/hostile"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
)

// replaceBy sends one of the attack files instead of the workbook.
func replaceBy(name, extension string, code finding.Code) func(*draft, []byte) ([]byte, error) {
	return func(d *draft, _ []byte) ([]byte, error) {
		f, ok := hostile.Named(name)
		if !ok {
			return nil, fmt.Errorf("no attack file %s", name)
		}
		if extension != "" {
			d.extension = extension
		}
		d.plantFileFault(code, f.What)
		return f.Bytes, nil
	}
}

// truncate leaves out the last third of a file.
func truncate(d *draft, b []byte) ([]byte, error) {
	d.plantFileFault(finding.Damaged, "the last third of the file is missing")
	return b[:len(b)*2/3], nil
}

// tear packs a workbook again, faultlessly, with half of the XML of its last but two sheet.
func tear(d *draft, b []byte) ([]byte, error) {
	d.plantFileFault(finding.Damaged, "the XML of a sheet breaks off half way")
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fmt.Errorf("opening a workbook of our own: %w", err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		part, err := readFile(f)
		if err != nil {
			return nil, err
		}
		if strings.HasSuffix(f.Name, "worksheets/sheet3.xml") {
			part = part[:len(part)/2]
		}
		if err := add(w, f.Name, part); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("closing a zip: %w", err)
	}
	return out.Bytes(), nil
}

func readFile(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("opening part %s: %w", f.Name, err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("reading part %s: %w", f.Name, err)
	}
	return b, nil
}

func add(w *zip.Writer, name string, b []byte) error {
	part, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err == nil {
		_, err = part.Write(b)
	}
	if err != nil {
		return fmt.Errorf("packing %s: %w", name, err)
	}
	return nil
}

// packZip packs files into a zip.
func packZip(files ...Attachment) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files {
		if err := add(w, f.Name, f.Bytes); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("closing a zip: %w", err)
	}
	return out.Bytes(), nil
}

// scan is a PDF of one empty page, as a copier that lost its picture would send it.
func scan() []byte {
	var b bytes.Buffer
	var at []int
	b.WriteString("%PDF-1.4\n")
	for i, object := range []string{
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, table)
	return b.Bytes()
}

// letter is a Word document (ECMA-376) with one paragraph.
func letter(text string) ([]byte, error) {
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	return packZip(
		Attachment{Name: "[Content_Types].xml",
			Bytes: []byte(head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
				`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
				`<Override PartName="/word/document.xml" ` +
				`ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
				`</Types>`)},
		Attachment{Name: "_rels/.rels", Bytes: []byte(head + `<Relationships ` +
			`xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" ` +
			`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" ` +
			`Target="word/document.xml"/></Relationships>`)},
		Attachment{Name: "word/document.xml",
			Bytes: []byte(head + `<w:document ` +
				`xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>` +
				text + `</w:t></w:r></w:p></w:body></w:document>`)},
	)
}

// shout writes the registered names in capitals after a form of address.
func shout(r *templates.Registration) {
	for i := range r.Individuals {
		p := &r.Individuals[i]
		p.Name = form.Of(p.Title.Text + " " + strings.ToUpper(p.Name.Text))
	}
}

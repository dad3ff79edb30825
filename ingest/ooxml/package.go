package ooxml

import (
	"bytes"
	"net/url"
	"path"
	"strings"

	"thidua/templates/grid"
)

// relations reads the relationships of a part ("" is the package), replacing those read before. A part may have none.
func (rd *reader) relations(of string) *Refusal {
	clear(rd.rels)
	rd.rels = rd.rels[:0]
	dir, base := path.Split(of)
	name := dir + "_rels/" + base + ".rels"
	if rd.zip.find(name) == nil {
		return nil
	}
	return rd.each(name, "Relationships", nsRels, func() *Refusal {
		if rd.scan.ns != nsRels || string(rd.scan.name) != "Relationship" {
			return rd.scan.skip()
		}
		if len(rd.rels) >= rd.lim.Parts {
			return refuse(TooBig, "relationships")
		}
		id, kind := rd.names.bytes(rd.value("Id")), rd.value("Type")
		r := relation{id: id, kind: rd.names.bytes(kind[bytes.LastIndexByte(kind, '/')+1:])}
		for _, other := range rd.rels {
			if other.id == id {
				return refuse(Ambiguous, "two relationships of one id")
			}
		}
		if string(rd.value("TargetMode")) != "External" {
			r.target = rd.target(dir, rd.value("Target"))
		}
		rd.rels = append(rd.rels, r)
		return rd.scan.skip()
	})
}

// target is the part a relationship points to from a folder. Producers write it relative, absolute, with backslashes or with %20.
func (rd *reader) target(dir string, raw []byte) string {
	if len(raw) > 0 && raw[0] != '/' && raw[0] != '.' && !bytes.ContainsAny(raw, `\%`) && !bytes.Contains(raw, []byte("//")) && !bytes.Contains(raw, []byte("/.")) {
		rd.text = append(append(rd.text[:0], dir...), raw...) // as nearly all are
		return rd.names.bytes(bytes.TrimSuffix(rd.text, []byte("/")))
	}
	t := rd.names.bytes(raw)
	if strings.IndexByte(t, '\\') >= 0 {
		t = strings.ReplaceAll(t, `\`, "/")
	}
	if strings.HasPrefix(t, "/") {
		t = path.Clean(t)[1:]
	} else {
		t = path.Join(dir, t)
	}
	if strings.IndexByte(t, '%') >= 0 && rd.zip.find(t) == nil {
		if plain, err := url.PathUnescape(t); err == nil {
			t = plain
		}
	}
	return t
}

// relatedPart returns the target of the first relationship of one of the kinds, or "".
func (rd *reader) relatedPart(kinds ...string) string {
	for _, r := range rd.rels {
		for _, k := range kinds {
			if r.kind == k {
				return r.target
			}
		}
	}
	return ""
}

// workbookElement reads one child of <workbook>.
func (rd *reader) workbookElement() *Refusal {
	s := &rd.scan
	switch {
	case s.is("workbookPr"):
		rd.wb.Date1904 = isTrue(rd.value("date1904"))
	case s.is("sheets"):
		return s.inside(rd.sheetElement)
	case s.is("definedNames"):
		return s.inside(rd.nameElement)
	case s.is("externalReferences"):
		rd.wb.External = true
	}
	return s.skip()
}

func (rd *reader) sheetElement() *Refusal {
	s := &rd.scan
	if !s.is("sheet") {
		return refuse(BadStructure, "something else in the list of sheets")
	}
	if len(rd.sheets) >= rd.lim.Sheets {
		return refuse(TooBig, "sheets")
	}
	state := rd.value("state")
	sheet := sheetRef{hidden: string(state) == "hidden" || string(state) == "veryHidden"}
	sheet.rel = rd.names.bytes(rd.decode(s.refID()))
	var ref *Refusal
	if sheet.name, ref = rd.keep(rd.value("name")); ref != nil {
		return ref
	}
	for _, other := range rd.sheets {
		if strings.EqualFold(other.name, sheet.name) {
			return refuse(Ambiguous, "two sheets of one name")
		}
	}
	rd.sheets = append(rd.sheets, sheet)
	return s.skip()
}

func (rd *reader) nameElement() *Refusal {
	if !rd.scan.is("definedName") {
		return rd.scan.skip()
	}
	if len(rd.wb.Names) >= rd.lim.Names {
		return refuse(TooBig, "names")
	}
	name, ref := rd.keep(rd.value("name"))
	if ref != nil {
		return ref
	}
	if rd.text, ref = rd.content(rd.text[:0]); ref != nil {
		return ref
	}
	refers, ref := rd.keep(rd.text)
	if ref != nil {
		return ref
	}
	rd.wb.Names = append(rd.wb.Names, grid.Name{Name: name, Refers: refers})
	return nil
}

// propertyElement reads one custom property: <property name="…"><vt:lpwstr>…</vt:lpwstr></property>. Lists of values are passed over.
func (rd *reader) propertyElement() *Refusal {
	s := &rd.scan
	if s.ns != nsCustom || string(s.name) != "property" {
		return s.skip()
	}
	if len(rd.wb.Properties) >= rd.lim.Properties {
		return refuse(TooBig, "properties")
	}
	name, ref := rd.keep(rd.value("name"))
	if ref != nil {
		return ref
	}
	rd.text = rd.text[:0]
	ref = s.inside(func() (ref *Refusal) {
		if string(s.name) == "vector" || string(s.name) == "array" {
			return s.skip()
		}
		rd.text, ref = rd.content(rd.text)
		return ref
	})
	if ref != nil {
		return ref
	}
	value, ref := rd.keep(rd.text)
	if ref != nil {
		return ref
	}
	rd.wb.Properties = append(rd.wb.Properties, grid.Property{Name: name, Value: value})
	return nil
}

// isTrue reads an xsd:boolean.
func isTrue(b []byte) bool { return string(b) == "1" || string(b) == "true" || string(b) == "on" }

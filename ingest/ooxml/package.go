package ooxml

import (
	"bytes"
	"net/url"
	"path"
	"strings"
)

// partReader reads the parts of a file, one after the other.
type partReader struct {
	lim  Limits
	left int // inflated bytes left

	zip     archive
	names   arena // part names
	part    part
	scan    scanner
	rels    []relation
	attrBuf []byte // one attribute being decoded
	text    []byte // one text being put together

	at Refusal // where the reader stands: Part, Sheet, Row
}

// release forgets the file.
func (rd *partReader) release() {
	rd.zip.release()
	rd.part.release()
	rd.scan.part, rd.scan.ref = nil, nil
	rd.names, rd.at = arena{}, Refusal{}
	clear(rd.rels)
	rd.rels = rd.rels[:0]
}

// locate adds the place to a refusal that has none.
func (rd *partReader) locate(ref *Refusal) *Refusal {
	if ref.Part == "" {
		ref.Part = strings.Clone(rd.at.Part)
	}
	ref.Sheet, ref.Row = strings.Clone(rd.at.Sheet), rd.at.Row
	return ref
}

// relation is one relationship of the package or the workbook.
type relation struct {
	id, kind, target string // kind is the last segment of the type; target a part name, "" when outside the package
}

// wrongRoot is the detail of a part whose root is not the expected one.
const wrongRoot = "another root element than expected"

// openPart starts scanning a part.
func (rd *partReader) openPart(name string) *Refusal {
	rd.at.Part = name
	e := rd.zip.find(name)
	if e == nil {
		return refuse(MissingPart, "")
	}
	if e.used {
		return refuse(Ambiguous, "one part used twice")
	}
	e.used = true
	if ref := rd.part.open(e, &rd.left); ref != nil {
		return ref
	}
	rd.scan.reset(&rd.part, &rd.lim)
	return nil
}

// each scans a part to its end and hands every child of its root to visit, which must consume the
// child's content and end.
func (rd *partReader) each(name, root string, ns namespace, visit func() *Refusal) *Refusal {
	if ref := rd.openPart(name); ref != nil {
		return ref
	}
	ref := rd.children(root, ns, visit)
	if ref != nil && ref.Reason != BadCRC && ref.Reason != TooBig {
		// What looks wrong may only be damage on the way: that is the better thing to say.
		if damage := rd.part.findDamage(rd.scan.buf); damage != nil {
			return damage
		}
	}
	return ref
}

func (rd *partReader) children(root string, ns namespace, visit func() *Refusal) *Refusal {
	s := &rd.scan
	if t := s.next(); t != tokStart {
		return s.ref
	}
	if s.ns != ns || string(s.name) != root {
		if ref := s.skip(); ref != nil {
			return ref
		}
		return refuse(BadStructure, wrongRoot)
	}
	if ref := s.inside(visit); ref != nil {
		return ref
	}
	s.next() // must be the end of the part
	return s.ref
}

// value returns a decoded attribute of the element just started; nil when it is not there. It is
// valid until the next call.
func (rd *partReader) value(name string) []byte { return rd.decode(rd.scan.attr(name)) }

func (rd *partReader) decode(a *attr) []byte {
	if a == nil || !a.coded {
		return a.raw()
	}
	rd.attrBuf = appendDecoded(rd.attrBuf[:0], a.value, false)
	return rd.attrBuf
}

// content appends the text inside the element just started to dst and consumes its end. It may have
// no children.
func (rd *partReader) content(dst []byte) ([]byte, *Refusal) {
	s := &rd.scan
	for {
		switch s.next() {
		case tokText:
			dst = s.appendText(dst)
			if len(dst) > rd.lim.Text {
				return dst, refuse(TooBig, "text")
			}
		case tokEnd:
			return dst, nil
		case tokStart:
			return dst, refuse(BadStructure, "an element inside text")
		default:
			return dst, s.ref
		}
	}
}

// relations reads the relationships of a part ("" is the package), replacing those read before. A
// part may have none.
func (rd *partReader) relations(of string) *Refusal {
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

// target is the part a relationship points to from a folder. Producers write it relative, absolute,
// with backslashes or with %20.
func (rd *partReader) target(dir string, raw []byte) string {
	if len(raw) > 0 && raw[0] != '/' && raw[0] != '.' && !bytes.ContainsAny(raw, `\%`) &&
		!bytes.Contains(raw, []byte("//")) && !bytes.Contains(raw, []byte("/.")) {
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
func (rd *partReader) relatedPart(kinds ...string) string {
	for _, r := range rd.rels {
		for _, k := range kinds {
			if r.kind == k {
				return r.target
			}
		}
	}
	return ""
}

// isTrue reads an xsd:boolean.
func isTrue(b []byte) bool { return string(b) == "1" || string(b) == "true" || string(b) == "on" }

package ooxml

import "bytes"

// namespace is what a namespace name means to the reader.
type namespace uint8

const (
	nsNone   namespace = iota // no namespace
	nsOther                   // one that holds nothing for us
	nsSheet                   // SpreadsheetML, Transitional or Strict
	nsRels                    // relationships of a package
	nsRef                     // references to relationships (r:id)
	nsCustom                  // custom document properties
	nsTypes                   // their values
)

// Namespace names of ECMA-376: part 1 (Strict), part 2 (packaging) and part 4 (Transitional).
var namespaces = map[string]namespace{
	"http://schemas.openxmlformats.org/spreadsheetml/2006/main":               nsSheet,
	"http://purl.oclc.org/ooxml/spreadsheetml/main":                           nsSheet,
	"http://schemas.openxmlformats.org/package/2006/relationships":            nsRels,
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships":     nsRef,
	"http://purl.oclc.org/ooxml/officeDocument/relationships":                 nsRef,
	"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": nsCustom,
	"http://purl.oclc.org/ooxml/officeDocument/customProperties":              nsCustom,
	"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes":    nsTypes,
	"http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes":                nsTypes,
}

// binding is a prefix (prefixes[from:to], empty for the default namespace) declared by an element.
type binding struct {
	from, to int
	depth    int // of the declaring element
	ns       namespace
}

// declare notes xmlns="…" or xmlns:p="…".
func (s *scanner) declare(a *attr) token {
	prefix := a.name[len("xmlns"):]
	if len(prefix) > 0 {
		if prefix[0] != ':' {
			return tokStart // an attribute such as xmlnsfoo
		}
		if prefix = prefix[1:]; len(prefix) == 0 || len(a.value) == 0 {
			return s.bad(BadXML, "an empty namespace declaration")
		}
	}
	if len(s.bindings) >= MaxNamespaces {
		return s.bad(TooBig, "namespaces")
	}
	ns := nsOther
	if len(a.value) == 0 {
		ns = nsNone
	} else if known, ok := namespaces[string(a.value)]; ok {
		ns = known
	}
	from := len(s.prefixes)
	s.prefixes = append(s.prefixes, prefix...)
	s.bindings = append(s.bindings, binding{from: from, to: len(s.prefixes), depth: len(s.open), ns: ns})
	if len(prefix) == 0 {
		s.defaultNS = ns
	}
	return tokStart
}

// lookup finds what a prefix is bound to here.
func (s *scanner) lookup(prefix []byte) (namespace, bool) {
	for i := len(s.bindings) - 1; i >= 0; i-- {
		if b := s.bindings[i]; bytes.Equal(s.prefixes[b.from:b.to], prefix) {
			return b.ns, true
		}
	}
	return nsOther, string(prefix) == "xml"
}

// refID returns the value of the attribute id in the namespace of relationship references (usually
// r:id), or nil.
func (s *scanner) refID() *attr {
	for i := range s.attrs {
		a := &s.attrs[i]
		if prefix, local, ok := bytes.Cut(a.name, []byte(":")); ok && string(local) == "id" {
			if ns, ok := s.lookup(prefix); ok && ns == nsRef {
				return a
			}
		}
	}
	return nil
}

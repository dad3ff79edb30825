package ooxml

import "bytes"

// Classes of bytes.
const (
	isName    = 1 << iota // may be in a name (letters beyond ASCII are not told apart)
	isSpace               //
	isMarkup              // '<'
	isCoded               // '&' and carriage return: text that must be decoded
	isBracket             // ']'
	isQuote               //
)

var class = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_', c == '-', c == '.', c == ':',
			c >= 0x80:
			t[c] = isName
		case c == ' ', c == '\t', c == '\n':
			t[c] = isSpace
		case c == '\r':
			t[c] = isSpace | isCoded
		case c == '<':
			t[c] = isMarkup
		case c == '&':
			t[c] = isCoded
		case c == ']':
			t[c] = isBracket
		case c == '"', c == '\'':
			t[c] = isQuote
		}
	}
	return t
}()

// startTag scans "<name a='v'>" or "<name/>". When the window ends inside it, it starts again with
// a larger one.
func (s *scanner) startTag() token {
	if s.rooted && len(s.open) == 0 {
		return s.bad(BadXML, "a second root element")
	}
	for {
		n, fault := s.scanTag()
		switch {
		case fault != "":
			return s.bad(BadXML, fault)
		case n > 0:
			s.tag = s.r
			s.r += n
			return s.push()
		case !s.fill():
			return s.cut("a tag")
		}
	}
}

// scanTag parses the tag at s.r and returns its length, 0 when the window ends before the tag does.
func (s *scanner) scanTag() (n int, fault string) {
	b := s.buf[s.r:s.w]
	i, colon := 1, -1
	for ; i < len(b) && class[b[i]]&isName != 0; i++ {
		if b[i] == ':' && colon < 0 {
			colon = i
		}
	}
	if i == len(b) {
		return 0, ""
	}
	if i == 1 || !nameStart(b[1]) || colon == i-1 || i > maxName || colon > 0 && !nameStart(b[colon+1]) {
		return 0, "a tag without a proper name"
	}
	s.name = b[1:i]
	s.colon = colon - 1
	s.attrs = s.attrs[:0]
	for {
		gap := i
		for i < len(b) && class[b[i]]&isSpace != 0 {
			i++
		}
		if i == len(b) {
			return 0, ""
		}
		switch b[i] {
		case '>':
			s.selfEnd = false
			return i + 1, ""
		case '/':
			if i+1 == len(b) {
				return 0, ""
			}
			if b[i+1] != '>' {
				return 0, "a slash inside a tag"
			}
			s.selfEnd = true
			return i + 2, ""
		}
		if gap == i {
			return 0, "attributes without space between them"
		}
		if i, fault = s.scanAttr(b, i); i == 0 || fault != "" {
			return 0, fault
		}
	}
}

// scanAttr parses the attribute at b[i:] and returns where it ends, 0 when the window ends first.
func (s *scanner) scanAttr(b []byte, i int) (int, string) {
	start := i
	for i < len(b) && class[b[i]]&isName != 0 {
		i++
	}
	if i == len(b) {
		return 0, ""
	}
	name := b[start:i]
	if len(name) == 0 || len(name) > maxName || !nameStart(name[0]) {
		return 0, "an attribute without a proper name"
	}
	for i < len(b) && class[b[i]]&isSpace != 0 {
		i++
	}
	if i == len(b) {
		return 0, ""
	}
	if b[i] != '=' {
		return 0, "an attribute without a value"
	}
	i++
	for i < len(b) && class[b[i]]&isSpace != 0 {
		i++
	}
	if i == len(b) {
		return 0, ""
	}
	quote := b[i]
	if class[quote]&isQuote == 0 {
		return 0, "an attribute value without quotes"
	}
	i++
	n := bytes.IndexByte(b[i:], quote)
	if n < 0 {
		return 0, ""
	}
	a := attr{name: name, value: b[i : i+n]}
	i += n
	var marks uint8
	if len(a.value) < 32 {
		for _, c := range a.value {
			marks |= class[c]
		}
	} else if bytes.IndexByte(a.value, '<') >= 0 { // the hints shown while cells are edited are long
		marks = isMarkup
	} else if bytes.IndexByte(a.value, '&') >= 0 || bytes.IndexByte(a.value, '\r') >= 0 {
		marks = isCoded
	}
	a.coded = marks&isCoded != 0
	if marks&isMarkup != 0 {
		return 0, "< inside an attribute value"
	}
	if a.coded && !validEntities(a.value) {
		return 0, "an entity that XML does not know"
	}
	if s.attr(string(name)) != nil {
		return 0, "an attribute twice"
	}
	if len(s.attrs) == maxAttrs {
		return 0, "too many attributes"
	}
	s.attrs = append(s.attrs, a)
	return i + 1, ""
}

func nameStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}

// push opens the element just scanned and finds its namespace.
func (s *scanner) push() token {
	if len(s.open) >= s.maxDepth {
		return s.bad(TooBig, "depth")
	}
	s.open = append(s.open, len(s.names))
	s.names = append(s.names, s.name...)
	s.rooted = true
	for i := range s.attrs {
		if a := &s.attrs[i]; a.name[0] == 'x' && bytes.HasPrefix(a.name, []byte("xmlns")) {
			if t := s.declare(a); t == tokBad {
				return t
			}
		}
	}
	if s.colon < 0 {
		s.ns = s.defaultNS
		return tokStart
	}
	ns, ok := s.lookup(s.name[:s.colon])
	if !ok {
		return s.bad(BadXML, "an element with an undeclared prefix")
	}
	s.ns, s.name = ns, s.name[s.colon+1:]
	return tokStart
}

// pop closes the innermost element and forgets its namespaces.
func (s *scanner) pop() {
	depth := len(s.open)
	s.names = s.names[:s.open[depth-1]]
	s.open = s.open[:depth-1]
	for n := len(s.bindings); n > 0 && s.bindings[n-1].depth == depth; n-- {
		b := s.bindings[n-1]
		s.bindings = s.bindings[:n-1]
		s.prefixes = s.prefixes[:b.from]
		if b.from == b.to {
			s.defaultNS, _ = s.lookup(nil)
		}
	}
}

// attr returns the attribute of exactly this name, or nil.
func (s *scanner) attr(name string) *attr {
	for i := range s.attrs {
		if string(s.attrs[i].name) == name {
			return &s.attrs[i]
		}
	}
	return nil
}

// raw is the attribute's value as written, nil when there is none.
func (a *attr) raw() []byte {
	if a == nil {
		return nil
	}
	return a.value
}

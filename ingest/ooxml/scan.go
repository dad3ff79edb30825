package ooxml

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// token is what the scanner found.
type token uint8

const (
	tokEnd   token = iota // the end of an element; also of an empty one
	tokStart              // the start of an element: name, ns, attrs
	tokText               // character data: text, coded
	tokEOF                // the part is over and was well-formed
	tokBad                // refused: see ref
)

// attr is one attribute as written.
type attr struct {
	name  []byte // with its prefix
	value []byte // not decoded
	coded bool   // holds entities
}

// scanner is a checking XML 1.0 tokenizer over a sliding window. All slices it hands out are valid
// until the next call of next.
//
// It accepts what the specification calls well-formed, except that it knows no DOCTYPE, no entities
// but the five predefined ones and character references, and no encodings but UTF-8 and UTF-16,
// which every reader of XML must know (XML 1.0, 4.3.3).
type scanner struct {
	part *part
	buf  []byte
	r, w int  // the unread window is buf[r:w]
	good int  // buf[:good] is valid UTF-8 without forbidden characters
	eof  bool // buf[:w] reaches to the end of the part

	tag    int // where the tag last started begins in buf, as long as slides stays the same
	slides int // how often the window moved

	trusted bool // what is compared with bytes that were checked needs no check of its own (see skim)

	maxToken, maxDepth int

	name    []byte // of the element just started, without its prefix
	ns      namespace
	attrs   []attr
	text    []byte
	coded   bool // text must be decoded: it holds entities or carriage returns
	literal bool // text came from CDATA, where & means itself

	names     []byte // of the open elements, one after another
	open      []int  // where each begins in names
	bindings  []binding
	prefixes  []byte
	defaultNS namespace
	colon     int  // where the prefix of name ends, negative without prefix
	rooted    bool // the root was seen
	selfEnd   bool // the element just started was empty: its end comes next

	wide  wide // of a part in UTF-16
	first int  // what slides was at the first reading of the part

	ref *Refusal
}

// MaxNamespaces is how many namespaces may be declared inside one another.
const MaxNamespaces = 256

const (
	windowSize   = 128 << 10
	maxName      = 1 << 10
	maxAttrs     = 256
	maxKeptSpace = 256 << 10 // a window that grew beyond this is not kept for the next file
)

// reset starts a new part.
func (s *scanner) reset(p *part, lim *Limits) {
	if len(s.buf) < windowSize || len(s.buf) > maxKeptSpace {
		s.buf = make([]byte, windowSize)
	}
	s.part, s.r, s.w, s.good, s.eof = p, 0, 0, 0, false
	s.maxToken, s.maxDepth = max(lim.Token, windowSize), lim.Depth
	s.attrs, s.names, s.open, s.prefixes = s.attrs[:0], s.names[:0], s.open[:0], s.prefixes[:0]
	s.bindings = append(s.bindings[:0], binding{ns: nsNone})
	s.rooted, s.selfEnd, s.ref = false, false, nil
	s.defaultNS = nsNone
	s.wide, s.first = wide{buf: s.wide.buf[:0]}, s.slides+1
	if s.fill(); s.ref == nil {
		s.declaration()
	}
}

// bad refuses the part.
func (s *scanner) bad(reason Reason, detail string) token {
	if s.ref == nil {
		s.ref = refuse(reason, detail)
	}
	return tokBad
}

// fill slides the window so that it begins at the unread bytes and reads more behind them. It is
// false at the end and when refused.
func (s *scanner) fill() bool {
	if s.eof || s.ref != nil {
		return false
	}
	s.slides++
	if s.r > 0 {
		copy(s.buf, s.buf[s.r:s.w])
		s.w -= s.r
		s.good -= s.r
		s.r = 0
	}
	if s.w == len(s.buf) || s.wide.order != nil && len(s.buf)-s.w < utf8.UTFMax {
		if len(s.buf) >= s.maxToken {
			s.bad(TooBig, "token")
			return false
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, ref := s.read()
	if ref != nil {
		s.ref = ref
		return false
	}
	s.w += n
	return (s.trusted || s.validate()) && n > 0
}

// read reads on behind the window. The first bytes of a part tell whether it is in UTF-16 (XML 1.0,
// appendix F): it is then turned into UTF-8 on the way, for all that follows.
func (s *scanner) read() (int, *Refusal) {
	if s.wide.order != nil {
		n, ref := s.wide.read(s.part, s.buf[s.w:])
		s.eof = s.wide.ended()
		return n, ref
	}
	n, ref := s.part.read(s.buf[s.w:])
	s.eof = s.w+n < len(s.buf)
	if ref == nil && s.slides == s.first && s.w == 0 && s.wide.begin(s.buf[:n], s.eof) {
		return s.read()
	}
	return n, ref
}

// declaration skips the byte order mark and the XML declaration.
func (s *scanner) declaration() {
	b := s.buf[:s.w]
	if bytes.HasPrefix(b, []byte("\ufeff")) {
		s.r = 3
	}
	b = b[s.r:]
	if !bytes.HasPrefix(b, []byte("<?xml")) || len(b) < 6 || class[b[5]]&isSpace == 0 {
		return
	}
	end := bytes.Index(b, []byte("?>"))
	if end < 0 {
		s.bad(BadXML, "the XML declaration does not end")
		return
	}
	decl := b[:end]
	s.r += end + 2
	if i := bytes.Index(decl, []byte("encoding")); i >= 0 {
		enc := strings.Trim(strings.TrimSpace(string(decl[i+len("encoding"):])), "=\"' \t\r\n")
		enc, _, _ = strings.Cut(enc, string(decl[len(decl)-1:]))
		if i := strings.IndexAny(enc, "\"' "); i >= 0 {
			enc = enc[:i]
		}
		known := []string{"utf-8", "utf8", "us-ascii"}
		if s.wide.order != nil {
			known = []string{"utf-16", "utf-16le", "utf-16be", "utf16"}
		}
		if !slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(enc, k) }) {
			s.bad(BadEncoding, "declared as "+strings.ToValidUTF8(enc[:min(len(enc), 40)], "?"))
		}
	}
}

// next finds the next token.
func (s *scanner) next() token {
	if s.ref != nil {
		return tokBad
	}
	if s.selfEnd {
		s.selfEnd = false
		s.pop()
		return tokEnd
	}
	for {
		if s.r >= s.w {
			if s.fill() {
				continue
			}
			return s.over()
		}
		if s.buf[s.r] != '<' {
			if t := s.characters(); t != tokEOF {
				return t
			}
			continue
		}
		if s.w-s.r < 2 {
			if s.fill() {
				continue
			}
			return s.cut("a tag")
		}
		switch s.buf[s.r+1] {
		case '/':
			return s.endTag()
		case '?':
			if !s.skipPast("?>", 2, "a processing instruction") {
				return tokBad
			}
		case '!':
			if t := s.bang(); t != tokEOF {
				return t
			}
		default:
			return s.startTag()
		}
	}
}

// over is the end of the part.
func (s *scanner) over() token {
	switch {
	case s.ref != nil:
		return tokBad
	case len(s.open) > 0:
		return s.bad(BadXML, "ends inside <"+string(s.names[s.open[len(s.open)-1]:])+">")
	case !s.rooted:
		return s.bad(BadXML, "has no element")
	}
	return tokEOF
}

// cut refuses a part that ends inside something.
func (s *scanner) cut(what string) token { return s.bad(BadXML, "ends inside "+what) }

// characters scans text. Outside the root it must be white space and is skipped: tokEOF then means
// "go on".
func (s *scanner) characters() token {
	i := s.r
	var seen uint8
	for {
		for i < s.w {
			c := class[s.buf[i]]
			if c&isMarkup != 0 {
				break
			}
			seen |= c
			i++
		}
		if i < s.w {
			break
		}
		i -= s.r
		if !s.fill() {
			if s.ref != nil {
				return tokBad
			}
			i = s.w
			break
		}
	}
	s.text = s.buf[s.r:i]
	s.r = i
	if len(s.open) == 0 {
		for _, c := range s.text {
			if class[c]&isSpace == 0 {
				return s.bad(BadXML, "text outside the root element")
			}
		}
		return tokEOF
	}
	if seen&isBracket != 0 && bytes.Contains(s.text, []byte("]]>")) {
		return s.bad(BadXML, "]]> in text")
	}
	s.coded, s.literal = seen&isCoded != 0, false
	if s.coded && !validEntities(s.text) {
		return s.bad(BadXML, "an entity that XML does not know")
	}
	return tokText
}

// endTag scans "</name>".
func (s *scanner) endTag() token {
	if len(s.open) == 0 {
		return s.bad(BadXML, "an end without a start")
	}
	name := s.names[s.open[len(s.open)-1]:]
	for s.w-s.r < len(name)+3 {
		if !s.fill() {
			return s.cut("an end tag")
		}
	}
	i := s.r + 2 + len(name)
	if string(s.buf[s.r+2:i]) != string(name) {
		return s.bad(BadXML, "<"+string(name)+"> is not ended by its own end tag")
	}
	for {
		for i < s.w && class[s.buf[i]]&isSpace != 0 {
			i++
		}
		if i < s.w {
			break
		}
		i -= s.r
		if !s.fill() {
			return s.cut("an end tag")
		}
	}
	if s.buf[i] != '>' {
		return s.bad(BadXML, "<"+string(name)+"> is not ended by its own end tag")
	}
	s.r = i + 1
	s.pop()
	return tokEnd
}

// bang scans comments and CDATA. tokEOF means that something was skipped.
func (s *scanner) bang() token {
	for s.w-s.r < len("<![CDATA[") && s.fill() {
	}
	switch b := s.buf[s.r:s.w]; {
	case s.ref != nil:
		return tokBad
	case bytes.HasPrefix(b, []byte("<!--")):
		if !s.skipPast("--", 4, "a comment") {
			return tokBad
		}
		if s.r >= s.w && !s.fill() {
			return s.cut("a comment")
		}
		if s.buf[s.r] != '>' {
			return s.bad(BadXML, "-- inside a comment")
		}
		s.r++
		return tokEOF
	case bytes.HasPrefix(b, []byte("<![CDATA[")):
		if len(s.open) == 0 {
			return s.bad(BadXML, "text outside the root element")
		}
		from := len("<![CDATA[")
		n, ok := s.seek("]]>", from)
		if !ok {
			return s.cut("CDATA")
		}
		s.text = s.buf[s.r+from : s.r+n]
		s.coded, s.literal = bytes.IndexByte(s.text, '\r') >= 0, true
		s.r += n + 3
		return tokText
	case bytes.HasPrefix(b, []byte("<!DOCTYPE")):
		return s.bad(DocType, "")
	}
	return s.bad(BadXML, "a declaration where none may be")
}

// skipPast moves behind the first occurrence of mark that begins at least from bytes after the
// current tag.
func (s *scanner) skipPast(mark string, from int, what string) bool {
	n, ok := s.seek(mark, from)
	if !ok {
		s.cut(what)
		return false
	}
	s.r += n + len(mark)
	return true
}

// seek returns how far behind s.r a mark begins, reading on as needed.
func (s *scanner) seek(mark string, from int) (int, bool) {
	for {
		if from <= s.w-s.r {
			if i := bytes.Index(s.buf[s.r+from:s.w], []byte(mark)); i >= 0 {
				return from + i, true
			}
			from = max(from, s.w-s.r-len(mark)+1)
		}
		if !s.fill() {
			return 0, false
		}
	}
}

// inside calls visit for each child of the element just started and returns after its end. Text
// between the children is passed over.
func (s *scanner) inside(visit func() *Refusal) *Refusal {
	for {
		switch s.next() {
		case tokStart:
			if ref := visit(); ref != nil {
				return ref
			}
		case tokEnd:
			return nil
		case tokBad:
			return s.ref
		}
	}
}

// elements is inside where no text may stand between the children.
func (s *scanner) elements(fault string, visit func() *Refusal) *Refusal {
	for {
		switch s.next() {
		case tokStart:
			if ref := visit(); ref != nil {
				return ref
			}
		case tokText:
			if !s.blank() {
				return refuse(BadStructure, fault)
			}
		case tokEnd:
			return nil
		case tokBad:
			return s.ref
		}
	}
}

// skip passes over the element just started, still checking that it is well-formed.
func (s *scanner) skip() *Refusal {
	for depth := 1; depth > 0; {
		switch s.next() {
		case tokStart:
			depth++
		case tokEnd:
			depth--
		case tokBad:
			return s.ref
		}
	}
	return nil
}

// is says whether the element just started has this name in SpreadsheetML.
func (s *scanner) is(name string) bool { return s.ns == nsSheet && string(s.name) == name }

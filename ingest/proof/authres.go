package proof

import (
	"cmp"
	"strings"

	"thidua/ingest/structured"
)

// field is one Authentication-Results field.
type field struct {
	id       string // who wrote it, as identity has it; "" for nobody, and when it cannot be read
	readable bool
	results  []result
}

// result is what one check found. Names are in lower case; values stand as they were written,
// quotes included.
type result struct {
	method, value string
	props         map[string]string // such as header.from
}

// check names what is checked, and what was found of it in words that can be compared; "" for
// checks that prove nothing. SPF looks at two names, of which a server may tell in two fields.
func (r result) check() (name, says string) {
	switch r.method {
	case "dmarc":
		return "dmarc", r.value + " " + r.domain("header.from")
	case "dkim":
		return "dkim", r.value + " " + cmp.Or(r.domain("header.d"), r.domain("header.i"))
	case "spf":
		if _, helo := r.props["smtp.helo"]; helo && r.props["smtp.mailfrom"] == "" {
			return "spf helo", r.value + " " + r.domain("smtp.helo")
		}
		return "spf", r.value + " " + r.domain("smtp.mailfrom")
	}
	return "", ""
}

// domain is the domain that a property names, alone or in an address; "" for none. What stands in
// quotes is no domain, unless the whole value is one in quotes.
func (r result) domain(property string) string {
	value := r.props[property]
	s := structured.New(value)
	last := 0 // behind the last @ that is not in quotes
	for !s.End() {
		switch s.Next() {
		case '"':
			inner, _ := s.Quoted()
			if s.End() && last == 0 && value[0] == '"' {
				value = inner
			}
			continue
		case '@':
			last = s.At() + 1
		}
		s.Skip()
	}
	if value = identity(value[last:]); !isDomain(value) {
		return ""
	}
	return value
}

func isDomain(s string) bool {
	if s == "" || s[0] == '.' || s[len(s)-1] == '.' || strings.Contains(s, "..") {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c != '.' && c != '_' && c != '-' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') &&
			(c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// readResults reads a field by the grammar of RFC 8601, 2.2. Two things are borne with that servers
// write: properties without a type (“action=none”), and, in fields without a name, the recipient's
// domain in the place of a result.
func readResults(value string) field {
	s := structured.New(value)
	if !structured.Printable(value) || !s.Space() {
		return field{}
	}
	id, ok := s.Token(), true
	if id == "" && s.Next() == '"' {
		id, ok = s.Quoted()
	}
	if !ok || id == "" || !s.Space() {
		return field{}
	}
	named := s.Next() != '=' && s.Next() != '/' // else it was the first check, and nobody's name
	if named {
		version := s.Run(func(c byte) bool { return c >= '0' && c <= '9' })
		out := field{id: identity(id)}
		if version != "" && version != "1" || !s.Space() || !s.Take(';') {
			return out
		}
		out.results, out.readable = readAll(s, true)
		return out
	}
	results, ok := readAll(structured.New(value), false)
	return field{readable: ok, results: results}
}

// results reads what stands behind the name. All is read or nothing.
func readAll(s *structured.Scanner, named bool) (out []result, ok bool) {
	for {
		if !s.Space() {
			return nil, false
		}
		if s.End() {
			return out, true
		}
		if s.Take(';') {
			continue
		}
		r, ok := readOne(s, named)
		if !ok {
			return nil, false
		}
		if r.method != "" {
			out = append(out, r)
		}
		if !s.End() && !s.Take(';') {
			return nil, false
		}
	}
}

func readOne(s *structured.Scanner, named bool) (r result, ok bool) {
	method := s.Token()
	if method == "" || !s.Space() {
		return r, false
	}
	if s.End() || s.Next() == ';' { // nothing was checked
		return result{}, strings.EqualFold(method, "none") || !named && isDomain(identity(method))
	}
	if s.Take('/') { // the version of the check
		if !s.Space() || s.Token() != "1" || !s.Space() {
			return r, false
		}
	}
	if !s.Take('=') || !s.Space() {
		return r, false
	}
	r = result{method: strings.ToLower(method), value: strings.ToLower(s.Token()), props: map[string]string{}}
	if r.value == "" {
		return r, false
	}
	for {
		if !s.Space() {
			return r, false
		}
		if s.End() || s.Next() == ';' {
			return r, true
		}
		name, ok := readProperty(s)
		if !ok {
			return r, false
		}
		value, ok := readValue(s)
		if _, twice := r.props[name]; !ok || twice {
			return r, false
		}
		r.props[name] = value
	}
}

// property reads the name of a property and the sign behind it; spaces and comments may stand
// around the dot.
func readProperty(s *structured.Scanner) (name string, ok bool) {
	for {
		part := s.Token()
		if part == "" || !s.Space() {
			return "", false
		}
		name += strings.ToLower(part)
		if s.Take('=') {
			return name, s.Space()
		}
		if !strings.HasSuffix(name, ".") && s.Next() != '.' {
			return "", false
		}
	}
}

// propertyValue reads up to a space, comment or semicolon that does not stand in quotes.
func readValue(s *structured.Scanner) (string, bool) {
	from := s.At()
	for !s.End() {
		switch c := s.Next(); c {
		case ' ', '\t', ';', '(':
			return s.Since(from), true
		case '"':
			if _, ok := s.Quoted(); !ok {
				return "", false
			}
		case ')', '\\':
			return "", false
		default:
			s.Skip()
		}
	}
	return s.Since(from), true
}

// received reads who wrote a Received field, and whether it says from whom the mail came (RFC 5321,
// 4.4).
func received(value string) (by string, from, ok bool) {
	s := structured.New(value)
	var words []string
	for len(words) < 20 {
		if !s.Space() {
			return "", false, false
		}
		if s.End() || s.Next() == ';' {
			break
		}
		words = append(words, s.Run(func(c byte) bool { return c != ' ' && c != '\t' && c != '(' && c != ';' }))
	}
	if len(words) > 1 && strings.EqualFold(words[0], "from") {
		from, words = true, words[2:]
	}
	for i, w := range words {
		if strings.EqualFold(w, "by") && i+1 < len(words) {
			return identity(words[i+1]), from, true
		}
	}
	return "", from, true
}

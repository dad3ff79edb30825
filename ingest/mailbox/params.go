package mailbox

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"thidua/ingest/files"
)

const maxName = 200 // runes of the name of a person

// parameters takes a Content-Type or Content-Disposition apart. It refuses nothing: names without
// quotes may have spaces, a parameter given twice counts once, values may be raw 8-bit text,
// encoded words or pieces (RFC 2231, 3 and 4). Keys are in lower case, values are decoded.
func parameters(s string) (value string, params map[string]string) {
	fields := splitQuoted(s)
	value = strings.ToLower(strings.Trim(fields[0], " \t\r\n\"'"))
	if i := strings.IndexAny(value, " \t"); i >= 0 {
		value = value[:i]
	}
	raw := map[string]string{}
	for _, field := range fields[1:] {
		key, v, ok := strings.Cut(field, "=")
		key = strings.ToLower(strings.TrimSpace(key))
		if _, twice := raw[key]; ok && !twice {
			raw[key] = unquote(strings.TrimSpace(v))
		}
	}
	params = map[string]string{}
	for key := range raw {
		name, _, starred := strings.Cut(key, "*")
		if !starred {
			if _, better := params[name]; !better {
				params[name] = decodeWords(toUTF8(raw[key]))
			}
			continue
		}
		if v, ok := extendedValue(raw, name); ok {
			params[name] = v
		}
	}
	return value, params
}

// splitQuoted splits at semicolons outside of quotes.
func splitQuoted(s string) (fields []string) {
	quoted, start := false, 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quoted:
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ';' && !quoted:
			fields, start = append(fields, s[start:i]), i+1
		}
	}
	return append(fields, s[start:])
}

// unquote takes the quotes off. A backslash is an escape only before a quote or another backslash:
// paths of Windows stay as they are.
func unquote(s string) string {
	if !strings.HasPrefix(s, `"`) {
		return s
	}
	s = strings.TrimSuffix(s[1:], `"`)
	return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(s)
}

// extendedValue reads name* or the pieces name*0, name*1*, … of RFC 2231.
func extendedValue(raw map[string]string, name string) (string, bool) {
	if v, ok := raw[name+"*"]; ok {
		charset, v := charsetOf(v)
		text, _ := convert([]byte(unescape(v)), charset)
		return text, true
	}
	var all []byte
	charset := ""
	for i := 0; ; i++ {
		key := name + "*" + strconv.Itoa(i)
		plain, ok := raw[key]
		coded, escaped := raw[key+"*"]
		switch {
		case escaped && i == 0:
			charset, coded = charsetOf(coded)
			fallthrough
		case escaped:
			all = append(all, unescape(coded)...)
		case ok:
			all = append(all, plain...)
		default:
			text, _ := convert(all, charset)
			return decodeWords(text), i > 0
		}
	}
}

// charsetOf cuts charset'language' off a value.
func charsetOf(v string) (charset, rest string) {
	parts := strings.SplitN(v, "'", 3)
	if len(parts) < 3 {
		return "", v
	}
	return parts[0], parts[2]
}

func unescape(s string) string {
	if text, err := url.PathUnescape(s); err == nil {
		return text
	}
	return s
}

// cleanName makes a safe name of what a sender calls a file; where says which part it is, should
// nothing be left.
func cleanName(name, mediaType, where string) string {
	if name = files.Name(name); name == "" {
		return fmt.Sprintf("khong-ten-%s%s", where, extensions[mediaType])
	}
	return name
}

// extensions of the types that unnamed parts are met with.
var extensions = map[string]string{
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       ".xlsx",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
	"application/vnd.ms-excel":     ".xls",
	"application/pdf":              ".pdf",
	"application/zip":              ".zip",
	"application/x-zip-compressed": ".zip",
	"image/jpeg":                   ".jpg",
	"image/png":                    ".png",
	"message/rfc822":               ".eml",
}

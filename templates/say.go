package templates

import (
	"regexp"
	"strconv"
	"strings"
)

// say is a text of a form with a plan's words in it. The placeholder {office} stands for the word
// of that name, {OFFICE} for the same in capitals; {year}, {year-1} and {year+1} for years counted
// from the plan's first. {communes?with them|without} chooses by whether there is such a word, and
// either part may hold placeholders itself, or be left out. Other braces stay as they are.
func say(text string, words map[string]string) string {
	at := strings.IndexByte(text, '{')
	if at < 0 {
		return text
	}
	var out strings.Builder
	for ; at >= 0; at = strings.IndexByte(text, '{') {
		out.WriteString(text[:at])
		text = text[at:]
		end := closing(text)
		if end < 0 {
			break
		}
		out.WriteString(filled(text[:end+1], words))
		text = text[end+1:]
	}
	out.WriteString(text)
	return out.String()
}

var yearPlaceholder = regexp.MustCompile(`^year([+-]\d)?$`)

// filled is what a placeholder in its braces stands for, itself where there is no such word.
func filled(placeholder string, words map[string]string) string {
	name, parts, choice := strings.Cut(placeholder[1:len(placeholder)-1], "?")
	if choice {
		with, without := branches(parts)
		if words[name] == "" {
			with = without
		}
		return say(with, words)
	}
	if m := yearPlaceholder.FindStringSubmatch(name); m != nil {
		year, err := strconv.Atoi(words["year"])
		offset, _ := strconv.Atoi(m[1]) // none is 0
		if err == nil {
			return strconv.Itoa(year + offset)
		}
	}
	if word, ok := words[name]; ok {
		return word
	}
	if word, ok := words[strings.ToLower(name)]; ok {
		return strings.ToUpper(word)
	}
	return placeholder
}

// closing is where the brace that opens a text is closed, -1 where it is not.
func closing(text string) int {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// branches are the two parts of a choice.
func branches(parts string) (with, without string) {
	depth := 0
	for i := range len(parts) {
		switch parts[i] {
		case '{':
			depth++
		case '}':
			depth--
		case '|':
			if depth == 0 {
				return parts[:i], parts[i+1:]
			}
		}
	}
	return parts, ""
}

package files

import (
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Secret is the text of a file that holds a password or a token, without the line ends at its end.
// Windows writes such files with a byte order mark, or in UTF-16: the mark says which.
func Secret(content []byte) string {
	decoder := unicode.BOMOverride(transform.Nop)
	if text, _, err := transform.Bytes(decoder, content); err == nil {
		content = text
	}
	return strings.TrimRight(string(content), "\r\n")
}

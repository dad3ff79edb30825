package style

import (
	"fmt"
	"strings"

	"thidua/reports/document"
	"thidua/templates/form"
)

// Two writes a count as office papers do: 0, 01, 09, 10.
func Two(n int) string {
	if n == 0 {
		return "0"
	}
	return fmt.Sprintf("%02d", n)
}

// Roman writes the numbers of groups and sections.
func Roman(n int) string {
	out := ""
	for _, r := range []struct {
		value int
		sign  string
	}{{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.value {
			out, n = out+r.sign, n-r.value
		}
	}
	return out
}

// Comma writes a number with a decimal comma; other texts stay.
func Comma(s string) string {
	if _, ok := (form.Value{Text: s}).Number(); ok {
		return strings.Replace(s, ".", ",", 1)
	}
	return s
}

// Dong writes a sum.
func Dong(n int) string { return document.FormatNumber(float64(n), 0) + " đồng" }

// Decimals counts the decimals of a figure such as "93,4" or "88,89%"; ok is false for other texts.
func Decimals(text string) (n int, ok bool) {
	whole, part, _ := strings.Cut(strings.TrimSuffix(text, "%"), ",")
	digits := func(s string) bool { return strings.Trim(s, "0123456789") == "" }
	return len(part), whole != "" && digits(whole) && digits(part)
}

// Pad writes a figure with at least so many decimals.
func Pad(text string, most int) string {
	n, ok := Decimals(text)
	if !ok || n >= most {
		return text
	}
	plain, sign := strings.CutSuffix(text, "%")
	if n == 0 {
		plain += ","
	}
	plain += strings.Repeat("0", most-n)
	if sign {
		plain += "%"
	}
	return plain
}

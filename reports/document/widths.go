package document

import (
	"strings"
	"unicode"
)

// Widths divides total millimetres among the columns, for text of the given size in points. Weights
// say the shares; if no column has one, the shares follow the texts. Either way a column is at
// least as wide as its longest word when the table has room for that, so that no title or date is
// broken between letters.
func (t Table) Widths(total, size float64) []float64 {
	n := len(t.Columns)
	shares, least := make([]float64, n), make([]float64, n)
	weighted := false
	for _, c := range t.Columns {
		weighted = weighted || c.Weight > 0
	}
	const padding = 3.2
	natural := make([]float64, n)
	note := func(col int, text string, bold bool) {
		for line := range strings.SplitSeq(text, "\n") {
			natural[col] = max(natural[col], TextWidth(line, size, bold)+padding)
			for word := range strings.FieldsSeq(line) {
				least[col] = max(least[col], min(TextWidth(word, size, bold)+padding, total/5))
			}
		}
	}
	for i, c := range t.Columns {
		note(i, c.Title, true)
		natural[i] = min(natural[i], 30)
		if t.Numbered {
			note(i, ColumnNumber(i), false)
		}
	}
	for _, row := range t.Placed() {
		for _, c := range row.Cells {
			if c.Width == 1 {
				note(c.Col, c.Shown, c.Bold)
			}
		}
	}
	for i, c := range t.Columns {
		switch {
		case !weighted:
			shares[i] = min(natural[i], 70)
		case c.Weight > 0:
			shares[i] = c.Weight
		default:
			shares[i] = 1
		}
	}
	return divide(total, shares, least)
}

// divide gives every column its share, raising those below their least width at the cost of the
// others. When even the least widths do not fit, they are shrunk evenly.
func divide(total float64, shares, least []float64) []float64 {
	widths := make([]float64, len(shares))
	fixed := make([]bool, len(shares))
	for range shares {
		room, sum := total, 0.0
		for i := range shares {
			if fixed[i] {
				room -= least[i]
			} else {
				sum += shares[i]
			}
		}
		again := false
		for i := range shares {
			switch {
			case fixed[i]:
				widths[i] = least[i]
			case room <= 0 || sum <= 0:
				widths[i] = least[i]
			default:
				widths[i] = room * shares[i] / sum
				if widths[i] < least[i] {
					fixed[i], again = true, true
				}
			}
		}
		if !again {
			break
		}
	}
	sum := 0.0
	for _, w := range widths {
		sum += w
	}
	for i := range widths {
		if sum > 0 {
			widths[i] *= total / sum
		} else {
			widths[i] = total / float64(len(widths))
		}
	}
	return widths
}

// TextWidth estimates the width in millimetres of one line of Times New Roman, a little on the safe
// side. It knows classes of letters, not the font: it is good for choosing widths of columns and
// heights of rows.
func TextWidth(s string, size float64, bold bool) float64 {
	em := 0.0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r):
		case strings.ContainsRune("iíìỉĩịlIÍÌỈĨỊjtf.,:;'|!()[]/- \u00a0", r):
			em += 0.34
		case strings.ContainsRune("mwMW%…—", r):
			em += 0.92
		case unicode.IsUpper(r):
			em += 0.71
		case r >= 0x2E80:
			em += 1
		default:
			em += 0.5
		}
	}
	if bold {
		em *= 1.06
	}
	return em * size * 25.4 / 72
}

// TextLines estimates how many lines a text takes in a column of the given width in millimetres.
func TextLines(s string, width, size float64, bold bool) int {
	lines := 0
	space := TextWidth(" ", size, bold)
	for part := range strings.SplitSeq(s, "\n") {
		lines++
		used := 0.0
		for word := range strings.FieldsSeq(part) {
			w := TextWidth(word, size, bold)
			if used > 0 && used+space+w > width {
				lines++
				used = 0
			}
			for ; w > width && width > 0; w -= width {
				lines++
			}
			if used > 0 {
				used += space
			}
			used += w
		}
	}
	return lines
}

// Balance breaks a text that is wider than width into lines of about equal length, by the estimate
// of TextWidth. A dash stays at the end of its line.
func Balance(s string, width, size float64, bold bool) []string {
	n := TextLines(s, width, size, bold)
	if n < 2 {
		return []string{s}
	}
	for w := width - 2; w > width/2 && TextLines(s, w, size, bold) == n; w -= 2 {
		width = w
	}
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(s) {
		if line != "" && word != "-" && word != "–" && TextWidth(line+" "+word, size, bold) > width {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(lines, line)
}

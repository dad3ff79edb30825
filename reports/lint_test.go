package reports_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"thidua/ingest/submission"
	"thidua/reports"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/reports/round/roundtest"
	"thidua/reports/unitpaper"
)

// What is printed for people is written as an office writes: no English, no key of the program, no
// hash, no cell of a workbook, no doubled word, no column so narrow that its text stands one word a
// line. Receipts alone name cells and files, for a unit looks for them there, the tables the office
// watches name receipts, and what it keeps as evidence all of it.
func TestPapersAreWrittenAsAnOfficeWrites(t *testing.T) {
	for _, s := range roundtest.Kinds() {
		t.Run(s.Name, func(t *testing.T) {
			sources := s.Make(t)
			lintAll(t, sources)
			for _, sent := range firstOfEachKind(sources) {
				for _, n := range unitpaper.Names() {
					p, ok, err := unitpaper.Make(n.Name, sources.Plan, sent, sources.Data, sources.On)
					if err != nil {
						t.Fatal(err)
					}
					if ok {
						lint(t, p, n.Name == "slip")
					}
				}
			}
		})
	}
	t.Run("stage", func(t *testing.T) { lintAll(t, roundtest.Stage(t)) })
}

func lintAll(t *testing.T, s round.Sources) {
	t.Helper()
	for _, n := range reports.Names() {
		r, _ := reports.Lookup(n.Name)
		if !r.Evidence {
			lint(t, make1(t, n.Name, s), strings.HasPrefix(n.Name, "matrix-"))
		}
	}
}

// firstOfEachKind is one workbook of every form and state.
func firstOfEachKind(s round.Sources) []submission.Submission {
	var out []submission.Submission
	for _, x := range s.Data.Submissions {
		if !slices.ContainsFunc(out, func(o submission.Submission) bool {
			return o.Form == x.Form && o.State == x.State
		}) {
			out = append(out, x)
		}
	}
	return out
}

func lint(t *testing.T, p paper.Paper, cells bool) {
	t.Helper()
	seen := map[string]bool{}
	for _, text := range p.Document.Texts() {
		for _, fault := range faults(text, cells) {
			if !seen[fault] {
				t.Errorf("%s: %s in %q", p.Name, fault, short(text))
			}
			seen[fault] = true
		}
	}
	for _, fault := range narrow(p.Document) {
		t.Errorf("%s: %s", p.Name, fault)
	}
}

var (
	words     = regexp.MustCompile(`[\p{L}\p{M}]+`)
	plainWord = regexp.MustCompile(`^[A-Za-z]{3,}$`)
	syllable  = regexp.MustCompile(`^(ngh|ng|gh|gi|ch|kh|nh|ph|qu|th|tr|[bcdghklmnprstvx])?` +
		`[aeiouy]{1,3}(ch|nh|ng|[cmnpt])?$`)
	keyOfOurs = regexp.MustCompile(`\b[a-z]+(?:[._][a-z]+)+\b|\b[a-z]{2,}-[a-z]{2,}(?:-[a-z]+)*\b|` +
		`\b[FTQ]D?-?[0-9A-F]{3,8}\b`)
	hash       = regexp.MustCompile(`\b[0-9a-f]{12,}\b`)
	cellOfBook = regexp.MustCompile(`(?:!|\b[ôÔ] )[A-Z]{1,2}[0-9]{1,4}\b`)
	file       = regexp.MustCompile(`\.(?:xlsx|docx|pdf|eml|yaml|csv)\b`)
	command    = regexp.MustCompile(`\bthidua [a-z]|(?:^| )--[a-z]`)
)

// english are words of the language that could be syllables of ours.
var english = []string{"the", "not", "can", "but", "one", "you", "are", "none", "name", "code", "note", "type", "date",
	"item", "unit", "key"}

// agreed are abbreviations and words of the trade that papers use.
var agreed = []string{"excel", "email", "reply", "ttr", "gmail", "outlook"}

// receipt is a number by which a unit, and the office that watches units, find what was sent.
var receipt = regexp.MustCompile(`\bTN-[0-9-]*[0-9A-F]{8}\b`)

// doubled are words that stand twice in good Vietnamese, and names that do.
var doubled = []string{"từ", "dần", "thường", "luôn", "xa", "hoa", "năm", "người", "đời", "ngày", "nhà", "chuyên",
	"mười", "ba", "hai", "một", "bốn", "sáu", "bảy", "tám", "chín"}

// sentFile is the name of a file as a unit chose it, which its receipt quotes.
var sentFile = regexp.MustCompile(`\S+\.xlsx`)

func faults(text string, cells bool) []string {
	var out []string
	if cells {
		text = sentFile.ReplaceAllString(receipt.ReplaceAllString(text, ""), "")
	}
	for _, kind := range []struct {
		name string
		re   *regexp.Regexp
	}{{"a key", keyOfOurs}, {"a hash", hash}, {"a cell", cellOfBook}, {"a file", file}, {"a command", command},
		{"a receipt", receipt}} {
		if cells && kind.name == "a cell" {
			continue
		}
		if m := kind.re.FindString(text); m != "" && !strings.Contains(text, "@") {
			out = append(out, fmt.Sprintf("%s %q", kind.name, m))
		}
	}
	at := words.FindAllStringIndex(text, -1)
	previous := ""
	for i, span := range at {
		word := text[span[0]:span[1]]
		low := strings.ToLower(word)
		if plainWord.MatchString(word) && word != strings.ToUpper(word) && !slices.Contains(agreed, low) &&
			(!syllable.MatchString(low) || slices.Contains(english, low)) && !strings.Contains(text, "@") {
			out = append(out, fmt.Sprintf("no Vietnamese word %q", word))
		}
		if low == previous && text[at[i-1][1]:span[0]] == " " && !slices.Contains(doubled, low) {
			out = append(out, fmt.Sprintf("the word %q twice", word))
		}
		if i > 2 && text[at[i-1][1]:span[0]] == " " && text[at[i-3][1]:at[i-2][0]] == " " &&
			text[at[i-2][1]:at[i-1][0]] == " " &&
			strings.EqualFold(text[at[i-3][0]:at[i-2][1]], text[at[i-1][0]:span[1]]) {
			out = append(out, fmt.Sprintf("the words %q twice", text[at[i-1][0]:span[1]]))
		}
		previous = low
	}
	return out
}

// narrow are the cells of over six lines with less than two words a line.
func narrow(d document.Document) []string {
	var out []string
	width := d.Orientation.TextWidth()
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case document.Part:
			width = b.Orientation.TextWidth()
			if b.Width > 0 {
				width = b.Width
			}
		case document.Table:
			size := 11.0
			if b.Dense {
				size = 10
			}
			widths := b.Widths(width, size)
			for _, row := range b.Placed() {
				for _, c := range row.Cells {
					room := 0.0
					for i := range c.Width {
						room += widths[c.Col+i]
					}
					lines := document.TextLines(c.Shown, room-3.2, size, c.Bold)
					if n := len(strings.Fields(c.Shown)); lines > 6 && n < 2*lines {
						out = append(out, fmt.Sprintf("%d words on %d lines: %q", n, lines, short(c.Shown)))
					}
				}
			}
		}
	}
	return out
}

func short(text string) string {
	if r := []rune(text); len(r) > 160 {
		return string(r[:160]) + "…"
	}
	return text
}

// The lint itself finds what it is for.
func TestTheLintFindsWhatAnOfficeWouldNotWrite(t *testing.T) {
	for text, want := range map[string]string{
		"dấu vân 0dba4c61e2e2":            "a hash",
		"Chỉ số CCHC (TẬP THỂ!D10)":       "a cell",
		"đơn vị đã gửi gửi hồ sơ":         "twice",
		"đề nghị khen thưởng khen thưởng": "twice",
		"lỗi F302 trong tệp":              "a key",
		"kết quả index.score của đơn vị":  "a key",
		"theo tệp so-lieu.xlsx":           "a file",
		"chạy thidua status":              "a command",
		"the unit has no file":            "no Vietnamese",
	} {
		if got := strings.Join(faults(text, false), "; "); !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %s", text, got, want)
		}
	}
	for _, text := range []string{"Ủy ban nhân dân phường Hoàng Văn Thụ", "12 giờ 30 ngày 18/01/2019",
		"Kế hoạch số 31/KH-UBND", "94,80 (Xuất sắc)"} {
		if got := faults(text, false); len(got) > 0 {
			t.Errorf("%q: %q", text, got)
		}
	}
}

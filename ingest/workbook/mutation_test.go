package workbook_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"thidua/ingest/workbook"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/grid"
)

// How many rows the mutation test makes: THIDUA_ROWS=100000 for the long run, with THIDUA_SEED for
// other mutations.
const fewRows = 3_000

// breaking is how many of the mutations below, the last ones, break the workbook.
const breaking = 3

// rowsOfABook is how many people each generated workbook lists.
const rowsOfABook = 50

// TestNoRowIsLostToMutation fills registrations with people whose names are all different, changes
// the workbook at random, as people and as damage do, and demands of every single row: it is read
// as it was, or it is ignored with a reason, or a finding names its cell or the whole file. Nobody
// may vanish in silence, and nobody may become somebody else.
func TestNoRowIsLostToMutation(t *testing.T) {
	want := fewRows
	if n, err := strconv.Atoi(os.Getenv("THIDUA_ROWS")); err == nil {
		want = n
	}
	p := thePlan(t)
	season, _ := p.AnnualPeriod(2018)
	ctx := templates.Context(p, season, "05452")
	value := example(t, templates.RegistrationForm, ctx).(*templates.Registration)
	one := value.Individuals[0]
	value.Individuals = nil
	for i := range rowsOfABook {
		x := one
		x.Name, x.Born = form.Of(person(i)), form.Of(fmt.Sprintf("19%02d-03-05", 40+i))
		value.Individuals = append(value.Individuals, x)
	}
	parts := unzipped(t, filled(t, templates.RegistrationForm, value))
	sheet, cell := sheetOf(t, parts, person(0))
	seed, _ := strconv.ParseUint(os.Getenv("THIDUA_SEED"), 10, 64) // 0 without
	random := rand.New(rand.NewPCG(31, 2018+seed))
	rows, refused, accepted, tofix, ignored := 0, 0, 0, 0, 0
	for rows < want {
		m := mutation(random, parts, sheet, cell)
		b := m.bytes(t)
		r := workbook.Read(p, season, "x.xlsx", b, "")
		rows += rowsOfABook
		if r.Reading.Form == nil {
			if refused++; len(r.Reading.Findings) == 0 {
				t.Fatalf("%s: neither read nor refused", m.what)
			}
			continue
		}
		n := r.Reading.Rows
		accepted, tofix, ignored = accepted+n.Accepted, tofix+n.ToFix, ignored+n.Ignored
		if n.Read != n.Accepted+n.ToFix+n.Ignored {
			t.Fatalf("%s: rows %+v", m.what, n)
		}
		reg, ok := r.Reading.Value.(*templates.Registration)
		if !ok {
			t.Fatalf("%s: read as %s", m.what, r.Reading.Form.ID)
		}
		seen := map[string]int{}
		for _, x := range reg.Individuals {
			seen[x.Name.Text]++
		}
		told := map[int]bool{}
		for _, g := range r.Reading.Ignored {
			told[g.Row] = true
		}
		for _, f := range r.Reading.Findings {
			if _, row, ok := grid.ParseRef(f.Cell); ok {
				told[row] = true
			}
		}
		for i := range rowsOfABook {
			if seen[person(i)] != m.copies[i] && !told[m.row[i]] && !m.spoiled[i] {
				t.Errorf("%s: %s, in row %d, was read %d times, want %d, and nothing is said of that row", m.what,
					person(i), m.row[i], seen[person(i)], m.copies[i])
			}
			if m.spoiled[i] && m.copies[i] == 1 && seen[person(i)] == 0 && !told[m.row[i]] {
				t.Errorf("%s: nothing is said of row %d", m.what, m.row[i])
			}
			delete(seen, person(i))
		}
		for name := range seen {
			if !m.foreign(name) {
				t.Errorf("%s: %q was read and was never written", m.what, name)
			}
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d rows in %d workbooks: %d workbooks refused by name; of the others' rows %d accepted, %d to be "+
		"fixed, %d ignored with the reason", rows, rows/rowsOfABook, refused, accepted, tofix, ignored)
}

// person is the i-th name; all differ in more than accents.
func person(i int) string {
	middle := []string{"Văn", "Thị", "Hữu", "Ngọc", "Minh"}
	return fmt.Sprintf("Nguyễn %s Mẫu %s", middle[i%5], []string{"An", "Bình", "Cường", "Dung", "Em", "Giang", "Hoa",
		"Khánh", "Lan", "Mai"}[i/5])
}

func unzipped(t *testing.T, b []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// sheetOf is the part of the sheet whose strings hold a name; names are shared strings, so it is
// found by the name's number.
func sheetOf(t *testing.T, parts map[string][]byte, name string) (part, cell string) {
	t.Helper()
	before, _, ok := strings.Cut(string(parts["xl/sharedStrings.xml"]), ">"+name+"<")
	if !ok {
		t.Fatalf("%s is in no string", name)
	}
	cell = fmt.Sprintf("<v>%d</v>", strings.Count(before, "<si>")-1)
	for part, content := range parts {
		if strings.HasPrefix(part, "xl/worksheets/") && bytes.Contains(content, []byte(cell)) &&
			bytes.Count(content, []byte(` t="s"`)) > 5*rowsOfABook {
			return part, cell
		}
	}
	t.Fatalf("no sheet has %s", cell)
	return "", ""
}

// mutant is a changed workbook and what it now must be read as.
type mutant struct {
	what    string
	parts   map[string][]byte
	row     [rowsOfABook]int  // where each person stands now, 0 when nowhere
	copies  [rowsOfABook]int  // how often each person is there
	spoiled [rowsOfABook]bool // a value of the person was changed
	damage  func(*rand.Rand, []byte) []byte
	random  *rand.Rand
	added   string
}

func (m *mutant) foreign(name string) bool {
	return m.added != "" && strings.Contains(name, m.added) || name == ""
}

var rowXML = regexp.MustCompile(`(?s)<row r="(\d+)"[^>]*?(?:/>|>.*?</row>)`)

// mutation changes the sheet of people, the first of whom stands in the row with this cell, once or
// several times.
func mutation(random *rand.Rand, parts map[string][]byte, sheet, cell string) *mutant {
	m := &mutant{parts: map[string][]byte{}, random: random}
	for k, v := range parts {
		m.parts[k] = v
	}
	rows := rowXML.FindAllString(string(parts[sheet]), -1)
	first := slices.IndexFunc(rows, func(r string) bool { return strings.Contains(r, cell) }) // of the people
	for i := range rowsOfABook {
		m.row[i], m.copies[i] = number(rows[first+i]), 1
	}
	broken := random.IntN(5) == 0 // one workbook in five breaks; most of those must be refused whole
	for range 1 + random.IntN(4) {
		i := random.IntN(rowsOfABook)
		at := first + i
		kinds := []func() string{
			func() string { // a row hidden, or with another format
				rows[at] = strings.Replace(rows[at], `<row r=`, `<row hidden="1" r=`, 1)
				return "hidden"
			},
			func() string { // inline strings, other prefixes of attributes, white space
				rows[at] = strings.ReplaceAll(rows[at], "<v>", "<v> ")
				rows[at] = strings.ReplaceAll(rows[at], "</c><c", "</c>\n <!-- x --><c")
				return "white space"
			},
			func() string { // blank formatted rows far below
				last := number(rows[len(rows)-1])
				for k := range 1 + random.IntN(300) {
					rows = append(rows, fmt.Sprintf(`<row r="%d" s="1"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>`,
						last+k+1, last+k+1, last+k+1))
				}
				return "blank rows below"
			},
			func() string { // a value replaced by rubbish
				cells := regexp.MustCompile(` t="s"([^>]*)><v>\s*\d+</v>`).FindAllStringIndex(rows[at], -1)
				if len(cells) == 0 {
					return "nothing"
				}
				c := cells[random.IntN(len(cells))]
				rubbish := []string{` t="inlineStr"><is><t>???</t></is>`, ` t="e"><v>#REF!</v>`, `><v>12345</v>`,
					` t="b"><v>1</v>`, `><f>A1+1</f>`, ` t="str"><f>1</f><v></v>`, `>`}
				rows[at] = rows[at][:c[0]] + rubbish[random.IntN(len(rubbish))] + rows[at][c[1]:]
				m.spoiled[i] = true
				return "rubbish in row " + strconv.Itoa(m.row[i])
			},
			func() string { // the whole row deleted with its content: Excel leaves a gap
				if m.copies[i] == 1 {
					rows[at] = fmt.Sprintf(`<row r="%d"/>`, m.row[i])
					m.copies[i], m.row[i] = 0, 0
				}
				return "a row deleted"
			},
			func() string { // a line that is no person put where one was
				if m.copies[i] == 1 {
					line := []string{"Cộng", "Tổng cộng: 50 người", "Ghi chú: có 01 người vắng", "II. Công chức",
						"Người lập biểu"}[random.IntN(5)]
					rows[at] = fmt.Sprintf(`<row r="%d"><c r="B%d" t="inlineStr"><is><t>%s</t></is></c></row>`,
						m.row[i], m.row[i], line)
					m.copies[i] = 0
				}
				return "a line for a person"
			},
			func() string { // two rows with the numbers changed: out of order
				k := first + random.IntN(rowsOfABook)
				rows[at], rows[k] = rows[k], rows[at]
				return "rows out of order"
			},
			func() string { // a byte of the sheet's XML
				m.damage = func(r *rand.Rand, b []byte) []byte {
					b = bytes.Clone(b)
					b[r.IntN(len(b))] = byte(r.IntN(256))
					return b
				}
				return "a byte changed"
			},
			func() string { // the sheet's XML ends early
				m.damage = func(r *rand.Rand, b []byte) []byte { return b[:r.IntN(len(b))] }
				return "cut off"
			},
		}
		kind := random.IntN(len(kinds) - breaking)
		if broken {
			kind, broken = len(kinds)-1-random.IntN(breaking), false
		}
		m.what += kinds[kind]() + "; "
	}
	whole := string(parts[sheet])
	from, to := strings.Index(whole, "<sheetData>")+len("<sheetData>"), strings.Index(whole, "</sheetData>")
	content := []byte(whole[:from] + strings.Join(rows, "") + whole[to:])
	if m.damage != nil {
		content = m.damage(random, content)
		// any byte may have changed: what is demanded is that nobody else appears and the rows add
		// up
		for i := range m.spoiled {
			m.spoiled[i] = true
			if m.row[i] > 0 {
				m.copies[i] = 1
			}
		}
	}
	m.parts[sheet] = content
	return m
}

func number(row string) int {
	n, _ := strconv.Atoi(rowXML.FindStringSubmatch(row)[1])
	return n
}

// bytes packs the mutant. Now and then a byte of the file is changed as well, behind every
// checksum.
func (m *mutant) bytes(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range m.parts {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	b := out.Bytes()
	if m.random.IntN(10) == 0 {
		b[m.random.IntN(len(b))] ^= 1 << m.random.IntN(8)
		m.what += "a bit of the file; "
	}
	return b
}

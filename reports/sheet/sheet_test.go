package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"thidua/reports/document"
	"thidua/reports/document/documenttest"
)

var samples = map[string]document.Document{
	"minutes":      documenttest.Minutes(),
	"summary":      documenttest.Summary(),
	"certificates": documenttest.Certificates(2),
	"mixed":        documenttest.Mixed(),
	"register":     documenttest.Register(25),
}

func open(t interface{ Fatal(...any) }, doc document.Document) *excelize.File {
	out, err := Render(doc)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// dump reads a workbook back: the cells of every sheet with their formulas, the merges, the print
// set-up.
func dump(t *testing.T, f *excelize.File) string {
	t.Helper()
	var b strings.Builder
	for _, sheet := range f.GetSheetList() {
		dimension, _ := f.GetSheetDimension(sheet)
		layout, _ := f.GetPageLayout(sheet)
		panes, _ := f.GetPanes(sheet)
		fmt.Fprintf(&b, "== %s %s", sheet, dimension)
		if layout.Orientation != nil {
			fmt.Fprintf(&b, " %s, frozen %d", *layout.Orientation, panes.YSplit)
		}
		b.WriteString("\n")
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for k, value := range row {
				ref, _ := excelize.CoordinatesToCellName(k+1, i+1)
				formula, _ := f.GetCellFormula(sheet, ref)
				if value == "" && formula == "" {
					continue
				}
				fmt.Fprintf(&b, "%s %q", ref, value)
				if formula != "" {
					fmt.Fprintf(&b, " =%s", formula)
				}
				b.WriteString("\n")
			}
		}
		merges, _ := f.GetMergeCells(sheet)
		for _, m := range merges {
			fmt.Fprintf(&b, "merge %s:%s\n", m.GetStartAxis(), m.GetEndAxis())
		}
	}
	for _, n := range f.GetDefinedName() {
		fmt.Fprintf(&b, "name %s %s %s\n", n.Name, n.Scope, n.RefersTo)
	}
	return b.String()
}

func TestWorkbooksReadAsRecorded(t *testing.T) {
	for name, doc := range samples {
		t.Run(name, func(t *testing.T) {
			got := dump(t, open(t, doc))
			path := filepath.Join("testdata", name+".txt")
			documenttest.Golden(t, path, got)
		})
	}
}

func TestEveryTextIsInTheWorkbook(t *testing.T) {
	for name, doc := range samples {
		t.Run(name, func(t *testing.T) {
			f := open(t, doc)
			var all strings.Builder
			for _, sheet := range f.GetSheetList() {
				rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatal(err)
				}
				for _, row := range rows {
					all.WriteString(strings.Join(row, " ") + "\n")
				}
			}
			for _, text := range doc.Texts() {
				if !strings.Contains(all.String(), clean(text)) && !number(all.String(), text) {
					t.Errorf("not written: %q", text)
				}
			}
		})
	}
}

// number says whether a printed figure is there as the number it shows: 1.234,5 as 1234.5, 85,7% as
// 0.857….
func number(in, text string) bool {
	percent := strings.HasSuffix(text, "%")
	v, err := strconv.ParseFloat(strings.NewReplacer(".", "", ",", ".", "%", "").Replace(text), 64)
	if err != nil {
		return false
	}
	for _, word := range strings.Fields(in) {
		got, err := strconv.ParseFloat(word, 64)
		if percent {
			got *= 100
		}
		if err == nil && got-v < 0.06 && v-got < 0.06 {
			return true
		}
	}
	return false
}

func TestLiveTotalsHoldThePrintedValues(t *testing.T) {
	f := open(t, documenttest.Summary())
	const sheet = "Tổng hợp"
	found := 0
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		for k, cached := range row {
			ref, _ := excelize.CoordinatesToCellName(k+1, i+1)
			if formula, _ := f.GetCellFormula(sheet, ref); formula == "" {
				continue
			}
			found++
			computed, err := f.CalcCellValue(sheet, ref, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			a, errA := strconv.ParseFloat(computed, 64)
			b, errB := strconv.ParseFloat(cached, 64)
			if (errA != nil || errB != nil || a-b > 1e-9 || b-a > 1e-9) && computed != cached {
				t.Errorf("%s holds %s, its formula gives %s", ref, cached, computed)
			}
		}
	}
	if found != 17 {
		t.Errorf("%d live cells, want 17", found)
	}
}

func TestTextNeverBecomesAFormula(t *testing.T) {
	for _, text := range []string{"=1+1", "+84 912", "-5", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"} {
		t.Run(text, func(t *testing.T) {
			f := open(t, document.Document{Blocks: []document.Block{document.Table{
				Columns: []document.Column{{Title: "A"}, {Title: "B"}},
				Rows:    []document.Row{document.R(document.T(text), document.T("x"))},
			}}})
			sheet := f.GetSheetName(0)
			rows, err := f.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			last := len(rows)
			for rows[last-1] == nil {
				last--
			}
			ref := fmt.Sprintf("A%d", last)
			formula, _ := f.GetCellFormula(sheet, ref)
			kind, _ := f.GetCellType(sheet, ref)
			if formula != "" || kind != excelize.CellTypeInlineString || rows[last-1][0] != clean(text) {
				t.Errorf("cell is %q of type %v with formula %q", rows[last-1][0], kind, formula)
			}
		})
	}
}

func TestColumnsAndPartsStandInOrder(t *testing.T) {
	out, err := Render(documenttest.Register(30))
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out), int64(len(out)))
	if err != nil {
		t.Fatal(err)
	}
	if z.File[0].Name != "[Content_Types].xml" {
		t.Errorf("the first part is %s", z.File[0].Name)
	}
	part, err := z.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	last := 0
	for _, m := range regexp.MustCompile(`<col min="(\d+)"`).FindAllSubmatch(raw, -1) {
		n, _ := strconv.Atoi(string(m[1]))
		if n != last+1 {
			t.Errorf("column %d follows column %d", n, last)
		}
		last = n
	}
	for _, want := range []string{`fitToPage="true"`, `<autoFilter ref="$A$2:$F$32"`, `differentFirst="true"`,
		`paperSize="9"`} {
		if !bytes.Contains(raw, []byte(want)) {
			t.Errorf("the sheet lacks %s", want)
		}
	}
}

func TestSheetNames(t *testing.T) {
	for name, c := range map[string]struct {
		wanted string
		taken  []string
		want   string
	}{
		"as wanted":            {"Tổng hợp", nil, "Tổng hợp"},
		"forbidden signs go":   {"A/B: [x]?", nil, "A B x"},
		"taken names count on": {"tổng HỢP", []string{"Tổng hợp"}, "tổng HỢP (2)"},
		"cut at 31 letters":    {strings.Repeat("ủ", 40), nil, strings.Repeat("ủ", 31)},
		"cut and counted": {strings.Repeat("ủ", 40), []string{strings.Repeat("ủ", 31)}, strings.Repeat("ủ", 27) +
			" (2)"},
		"nothing left":          {"'/'", nil, "Trang"},
		"apostrophes at an end": {"'a'", nil, "a"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := sheetName(c.wanted, c.taken); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestSameDocumentSameBytes(t *testing.T) {
	documenttest.SameBytes(t, documenttest.Summary(), Render)
}

func TestEveryRowIsWrittenOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc, rows := documenttest.Random(t)
		f := open(t, doc)
		all, err := f.GetRows(f.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]int{}
		for _, row := range all {
			for _, value := range row {
				seen[value]++
			}
		}
		for i := range rows {
			if key := documenttest.Key(i); seen[key] != 1 {
				t.Fatalf("row %s is written %d times", key, seen[key])
			}
		}
	})
}

func BenchmarkTable3000Rows(b *testing.B) {
	doc := documenttest.Register(3000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Render(doc); err != nil {
			b.Fatal(err)
		}
	}
}

// A cell that leads to a row names that row's place whatever its sheet is called; its text is a
// quoted text and the value programs show.
func TestLinksLeadToTheirRows(t *testing.T) {
	hostile := `=cmd|"/c calc"!A1`
	list := document.Table{Columns: []document.Column{{Title: "TT"}, {Title: "Ô nguồn"}}}
	source := document.Table{Columns: []document.Column{{Title: "Tệp"}, {Title: "Dòng"}}}
	for i := range 30 {
		id := fmt.Sprint("s", i)
		list.Rows = append(list.Rows,
			document.Row{Name: "r" + id, Cells: []document.Cell{document.I(i), {Text: hostile, To: id}}})
		source.Rows = append(source.Rows,
			document.Row{Name: id, Cells: []document.Cell{document.T("tệp " + id), {Text: "1 dòng", To: "r" + id}}})
	}
	long := strings.Repeat("ô", 300) // longer than a text in a formula may be
	list.Rows = append(list.Rows, document.R(document.I(30), document.Cell{Text: long, To: "s3"}))
	f := open(t, document.Document{Title: "x", Sheet: "Sổ ‘của’ tôi",
		Blocks: []document.Block{list, document.Part{Sheet: "Nguồn 'A'"}, document.Title{Kind: "NGUỒN"}, source}})
	sheets := f.GetSheetList()
	cell := func(sheet, ref string) string {
		v, err := f.GetCellValue(sheet, ref)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	leads := regexp.MustCompile(`^HYPERLINK\("#'(.*)'!A(\d+)",".*"\)$`)
	links := 0
	rows, _ := f.GetRows(sheets[0])
	for i := range rows {
		ref := fmt.Sprintf("B%d", i+1)
		formula, _ := f.GetCellFormula(sheets[0], ref)
		m := leads.FindStringSubmatch(formula)
		switch {
		case m == nil && cell(sheets[0], ref) == hostile:
			t.Errorf("%s leads nowhere: %q", ref, formula)
		case m == nil:
			continue
		case strings.ReplaceAll(m[1], "''", "'") != sheets[1]:
			t.Errorf("%s leads to sheet %s", ref, m[1])
		case cell(sheets[1], "A"+m[2]) != "tệp s"+cell(sheets[0], fmt.Sprintf("A%d", i+1)):
			t.Errorf("%s leads to %q", ref, cell(sheets[1], "A"+m[2]))
		case formula != `HYPERLINK("#'Nguồn ''A'!A`+m[2]+`","=cmd|""/c calc""!A1")` || cell(sheets[0], ref) != hostile:
			t.Errorf("%s: %s, shown as %q", ref, formula, cell(sheets[0], ref))
		}
		links++
	}
	if links != 30 {
		t.Errorf("%d links", links)
	}
	list.Rows[0].Cells[1].To = "nowhere"
	if _, err := Render(document.Document{Title: "x", Blocks: []document.Block{list}}); err == nil {
		t.Error("a link that leads nowhere is written")
	}
}

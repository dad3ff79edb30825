package document

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDatesAreWrittenAsTheDecreeWants(t *testing.T) {
	for want, d := range map[string]DateLine{
		"ngày 05 tháng 02 năm 2020": {5, 2, 2020},
		"ngày 15 tháng 3 năm 2020":  {15, 3, 2020},
		"ngày 01 tháng 01 năm 2020": {1, 1, 2020},
		"ngày 31 tháng 12 năm 2020": {31, 12, 2020},
		"ngày … tháng 9 năm 2020":   {0, 9, 2020},
		"ngày … tháng … năm …":      {},
	} {
		if got := d.String(); got != want {
			t.Errorf("%+v is written %q, want %q", [3]int{d.Day, d.Month, d.Year}, got, want)
		}
	}
}

func TestNumberLine(t *testing.T) {
	for name, c := range map[string]struct {
		number int
		symbol string
		want   string
	}{
		"small numbers get a zero":  {5, "BB-HĐTĐKT", "Số: 05/BB-HĐTĐKT"},
		"large numbers do not":      {812, "QĐ-UBND", "Số: 812/QĐ-UBND"},
		"unknown numbers stay open": {0, "QĐ-UBND", "Số:        /QĐ-UBND"},
		"no symbol, no line":        {5, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := (NationalHeader{Number: c.number, Symbol: c.symbol}).NumberLine(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestListsEndAsPrescribed(t *testing.T) {
	got := Basis{Lines: []string{"Căn cứ A;", "Căn cứ B", " Căn cứ C, "}}.Ended()
	if want := []string{"Căn cứ A;", "Căn cứ B;", "Căn cứ C."}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := (Addressee{To: []string{"Ủy ban nhân dân thành phố"}}).Lines(),
		[]string{"Kính gửi: Ủy ban nhân dân thành phố"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := (Addressee{To: []string{"A", "B"}}).Lines(),
		[]string{"Kính gửi:", "- A;", "- B."}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFiguresAreWrittenTheVietnameseWay(t *testing.T) {
	for _, c := range []struct {
		v        float64
		decimals int
		want     string
	}{
		{0, 0, "0"}, {7, 0, "7"}, {1234567.5, 2, "1.234.567,50"}, {999.995, 2, "1.000,00"}, {2.675, 2, "2,68"},
		{-1234.4, 0, "-1.234"},
		{-0.001, 2, "0,00"}, {0.5, 0, "1"}, {1e17, 0, "100.000.000.000.000.000"}, {1, -3, "1"},
	} {
		if got := FormatNumber(c.v, c.decimals); got != c.want {
			t.Errorf("%v with %d decimals is %q, want %q", c.v, c.decimals, got, c.want)
		}
	}
}

func shown(rows []PlacedRow) []string {
	var out []string
	for _, r := range rows {
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, c.Shown)
		}
		out = append(out, strings.Join(cells, "|"))
	}
	return out
}

func TestTotalsRatiosAndSpans(t *testing.T) {
	table := Table{
		Columns: []Column{{}, {Kind: KindNumber}, {Kind: KindNumber, Decimals: 1}, {Kind: KindPercent, Decimals: 1}},
		Rows: []Row{
			SectionRow("I"),
			R(T("a"), N(4), N(1.25), Ratio(2, 1)),
			R(T(""), N(0), N(2), Ratio(2, 1)),
			SubtotalRow(Count(), Sum(), Sum(), Ratio(2, 1)),
			SectionRow("II"),
			R(T("b"), T(""), N(1)),
			LineRow("Chỉ tiêu"),
			R(Cell{Text: "rộng", Span: 2}, N(1)),
			SubtotalRow(Count(), Sum(), Sum()),
			TotalRow(Count(), Sum(), Sum(), Ratio(2, 1)),
		},
	}
	want := []string{
		"I", "a|4|1,3|31,3%", "|0|2,0|–", "1|4|3,3|81,3%", "II", "b||1,0|", "Chỉ tiêu", "rộng|1,0|", "2|0|2,0|",
		"3|4|5,3|131,3%",
	}
	var rows []PlacedRow
	for _, row := range table.Placed() {
		row.Cells = slices.Clone(row.Cells)
		rows = append(rows, row)
	}
	if got := shown(rows); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got, want := rows[9].Cells[1].Over, []Span{{1, 2}, {5, 5}, {7, 7}}; !slices.Equal(got, want) {
		t.Errorf("the total covers %v, want %v", got, want)
	}
}

func TestMistakesAreReported(t *testing.T) {
	two := []Column{{Title: "A"}, {Title: "B"}}
	for name, b := range map[string]Block{
		"no block":               nil,
		"no columns":             Table{},
		"row too wide":           Table{Columns: two, Rows: []Row{R(T("1"), T("2"), T("3"))}},
		"span too wide":          Table{Columns: two, Rows: []Row{R(T("1"), Cell{Text: "2", Span: 2})}},
		"sum in a body row":      Table{Columns: two, Rows: []Row{R(Sum())}},
		"ratio of what is not":   Table{Columns: two, Rows: []Row{R(Ratio(0, 2))}},
		"not a number":           Table{Columns: two, Rows: []Row{R(N(math.NaN()))}},
		"heading level":          Heading{Level: 4, Text: "x"},
		"series too short":       Chart{Categories: []string{"a", "b"}, Series: []Series{{Values: []float64{1}}}},
		"bar below zero":         Chart{Categories: []string{"a"}, Series: []Series{{Values: []float64{-1}}}},
		"chart of nothing":       Chart{},
		"more blanks than a pad": Blank{Lines: 1000},
	} {
		t.Run(name, func(t *testing.T) {
			if err := (Document{Blocks: []Block{b}}).Check(); err == nil {
				t.Error("no error")
			}
		})
	}
}

func TestColumnsFillTheWidthAndHoldTheirWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := Table{}
		for range rapid.IntRange(1, 12).Draw(t, "columns") {
			table.Columns = append(table.Columns,
				Column{Title: rapid.SampledFrom([]string{"STT", "Họ và tên", "", "Ghi chú"}).Draw(t, "title"),
					Weight: rapid.Float64Range(0, 9).Draw(t, "weight")})
		}
		const total = 252.0
		sum := 0.0
		for i, w := range table.Widths(total, SizeTable) {
			sum += w
			for word := range strings.FieldsSeq(table.Columns[i].Title) {
				if need := TextWidth(word, SizeTable, true); w < need {
					t.Fatalf("column %q is %.1f mm wide, its word %q %.1f", table.Columns[i].Title, w, word, need)
				}
			}
		}
		if math.Abs(sum-total) > 1e-6 {
			t.Fatalf("columns are %.3f mm wide together, want %.0f", sum, total)
		}
	})
}

func TestLongNamesBreakInTheMiddle(t *testing.T) {
	got := Balance("HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG", 70, SizeCountry, true)
	if want := []string{"HỘI ĐỒNG THI ĐUA -", "KHEN THƯỞNG"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func ExampleTable_Placed() {
	t := Table{
		Columns: []Column{{Title: "Đơn vị"}, {Title: "Số hồ sơ", Kind: KindNumber}},
		Rows:    []Row{R(T("Phòng Nội vụ"), I(3)), R(T("Phòng Tư pháp"), I(1200)), TotalRow(T("Cộng"), Sum())},
	}
	for _, row := range t.Placed() {
		fmt.Println(row.Cells[0].Shown, row.Cells[1].Shown)
	}
	// Output:
	// Phòng Nội vụ 3
	// Phòng Tư pháp 1.200
	// Cộng 1.203
}

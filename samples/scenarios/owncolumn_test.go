package scenarios_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"thidua/evaluate"
	"thidua/ingest/ooxml"
	"thidua/templates"
	"thidua/templates/grid"
	"thidua/templates/plan"
	"thidua/templates/planbook"
	"thidua/templates/wording"
	"thidua/templates/xlsx"
)

// withColumnAndCriterion is a sample plan to which an officer has added one column and one
// criterion on it, in the plan's workbook alone.
func withColumnAndCriterion(t *testing.T) *plan.Plan {
	dir, ok := plan.Embedded("mau-ke-hoach-phuong")
	if !ok {
		t.Fatal("the ward's plan does not come with the program")
	}
	p, err := plan.Load(dir)
	must(t, err)
	b, err := planbook.Write(p)
	must(t, err)
	book, err := excelize.OpenReader(bytes.NewReader(b))
	must(t, err)
	defer book.Close()
	add := func(sheet string, cells map[string]string) {
		t.Helper()
		rows, err := book.GetRows(sheet)
		must(t, err)
		row := xlsx.TableHead + 1
		for i := range rows {
			if i >= xlsx.TableHead && strings.Join(rows[i], "") != "" {
				row = i + 2
			}
		}
		for title, text := range cells {
			found := false
			for i, head := range rows[xlsx.TableHead-1] {
				if head == title {
					found = true
					must(t, book.SetCellStr(sheet, grid.Ref(i+1, row), text))
				}
			}
			if !found {
				t.Fatalf("%s has no column %q: %q", sheet, title, rows[xlsx.TableHead-1])
			}
		}
	}
	title := func(key string) string { return wording.Text("plan.book.columns." + key) }
	columns := wording.Text("plan.book.columns")
	for _, at := range [][2]string{{"Hồ sơ của năm", "Tập thể"}, {"Số liệu chính thức", "Xếp loại đơn vị"}} {
		add(columns, map[string]string{title("form"): at[0], title("block"): at[1], title("key"): "tructuyen",
			title("title"): "Tỷ lệ hồ sơ trực tuyến (%)", title("type"): "Tỷ lệ phần trăm",
			title("help"):    "Số hồ sơ nộp trực tuyến trên tổng số hồ sơ tiếp nhận trong năm.",
			title("printed"): "Tài liệu họp Hội đồng; Báo cáo năm, giai đoạn"})
	}
	any := func(key string) string { return wording.Text("plan.book.any." + key) }
	criteria := func(key string) string { return wording.Text("plan.book.criteria." + key) }
	of := p.CriteriaFor(plan.Collective)[0]
	add(wording.Text("plan.book.criteria"), map[string]string{any("id"): "TT9", any("clause"): of.Clause,
		any("item"): "1", any("nominee"): "Tập thể", criteria("title"): "Hồ sơ trực tuyến",
		criteria("text"):         "Tỷ lệ hồ sơ nộp trực tuyến từ 90% trở lên.",
		criteria("check.kind"):   wording.Text("plan.choice.check.min"),
		criteria("check.fact"):   "tructuyen",
		criteria("check.number"): "90", criteria("check.basis"): wording.Text("plan.choice.basis.official")})
	var edited bytes.Buffer
	must(t, book.Write(&edited))
	w, err := ooxml.Read(edited.Bytes(), ooxml.DefaultLimits())
	must(t, err)
	r := planbook.Read(w)
	for _, x := range r.Problems {
		if !x.Warning {
			t.Fatalf("%s!%s: %s", x.Sheet, x.Cell, x.Text)
		}
	}
	for _, x := range templates.Lint(r.Plan) {
		t.Fatalf("%s: %s", x.Where, x.Text)
	}
	return r.Plan
}

// A column and a criterion on it that an officer adds in the plan's workbook are asked in the
// forms, read, held against the official records, judged, ordered and printed, without anything
// else changing.
func TestAColumnAndACriterionGoFromTheWorkbookToTheDocket(t *testing.T) {
	if testing.Short() {
		t.Skip("short: plays a whole year")
	}
	p := withColumnAndCriterion(t)
	y := playYear(t, p, "2019")
	met, not := 0, 0
	for _, v := range y.gather().Result.Verdicts {
		for _, j := range v.Judgements {
			if j.Criterion != "TT9" {
				continue
			}
			if len(j.Facts) == 0 || j.Facts[0].Cell == "" || j.Facts[0].Key != "tructuyen" {
				t.Errorf("%s: %s has no cell to explain it: %+v", v.Nominee.Name, j.Criterion, j.Facts)
			}
			switch j.Outcome {
			case evaluate.Met:
				met++
			case evaluate.NotMet:
				not++
			default:
				t.Errorf("%s: %s, %s", v.Nominee.Name, j.Outcome, j.Reason)
			}
		}
	}
	if met == 0 || not == 0 {
		t.Errorf("%d meet the criterion, %d do not", met, not)
	}
	// what if 80% were enough
	tried, wrong := p.Try("criterion.TT9.number=80")
	if wrong != nil {
		t.Fatal(wrong.Text)
	}
	d, err := y.ledger.Dataset(t.Context(), y.clock.at)
	must(t, err)
	then, err := evaluate.Run(tried, d, "2019")
	must(t, err)
	more := 0
	for _, v := range then.Verdicts {
		for _, j := range v.Judgements {
			if j.Criterion == "TT9" && j.Outcome == evaluate.Met {
				more++
			}
		}
	}
	if more <= met {
		t.Errorf("%d meet 80%%, %d meet 90%%", more, met)
	}
	text := y.text()
	for _, want := range []string{"Tỷ lệ hồ sơ trực tuyến (%)", "Số hồ sơ nộp trực tuyến trên tổng số hồ sơ",
		"Số liệu theo các cột riêng của kế hoạch", "98,5"} {
		if !strings.Contains(text, want) {
			t.Errorf("no paper and no letter says %q", want)
		}
	}
}

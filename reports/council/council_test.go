package council_test

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/reports/award"
	"thidua/reports/council"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/round/roundtest"
	"thidua/templates/calendar"
)

// What the office ruled stands in the docket, with who ruled and why, and in nothing that goes to
// units.
func TestRulingsStandInTheDocket(t *testing.T) {
	s := roundtest.Normal(t)
	s.Data.Overrides = []submission.Override{{ID: "QD-1", Kind: submission.Extension, Period: "2018", Unit: "05431",
		Person: "Lê Mẫu Ba", Reason: "mất điện cả phường", At: roundtest.At(3, 9, 9)}}
	if text := roundtest.Text(t, council.Docket(), s); !strings.Contains(text, "mất điện cả phường") ||
		!strings.Contains(text, "Lê Mẫu Ba") {
		t.Error("the docket does not tell of the ruling")
	}
	if text := roundtest.Text(t, award.Notice(), s); strings.Contains(text, "mất điện") {
		t.Error("units read of the ruling")
	}
}

func TestMinutesLeaveToPeopleWhatIsTheirs(t *testing.T) {
	for _, s := range roundtest.Kinds() {
		t.Run(s.Name, func(t *testing.T) {
			sources := s.Make(t)
			// What the secretary reported with the tally stands in the minutes; what people say and
			// conclude never does.
			reported := []string{"Thời gian bắt đầu", "Địa điểm", "Số có mặt", "Số vắng", "Số ý kiến bằng văn bản",
				"Chủ trì", "Chức danh của người chủ trì trong Hội đồng", "Thư ký"}
			fields := 0
			for _, block := range roundtest.Make(t, council.Minutes(), sources).Document.Blocks {
				switch b := block.(type) {
				case document.Paragraph:
					for _, r := range b.Runs {
						if r.Field != "" {
							fields++
							if r.Text != "" && (sources.Result.Council == nil || !slices.Contains(reported, r.Field)) {
								t.Errorf("field %q is filled in with %q", r.Field, r.Text)
							}
						}
					}
				case document.Table:
					for _, row := range b.Rows {
						if b.Columns[len(b.Columns)-1].Title == "Kết quả" && row.Kind == document.Body &&
							sources.Result.Council == nil && len(row.Cells) > 3 {
							t.Errorf("a vote is filled in before the vote: %v", row.Cells)
						}
						if b.Columns[1].Title == "Họ và tên" && len(row.Cells) != 4 {
							t.Errorf("attendance is filled in: %v", row.Cells)
						}
					}
				}
			}
			if fields < 15 {
				t.Errorf("%d fields are left to fill in", fields)
			}
		})
	}
}

// The Council reads the docket on paper: it must not grow by a page a nominee.
func TestDocketOfAFullYearCanBePrinted(t *testing.T) {
	y := roundtest.New(t, "2018")
	nominees := 0
	for i, u := range y.Plan.UnitsOn(calendar.Date{Year: 2018, Month: 12, Day: 31}) {
		if nominees >= 121 {
			break
		}
		people := []roundtest.Person{roundtest.Someone(2 * i), roundtest.Someone(2*i + 1)}
		for k := range people {
			people[k].Position = "Công chức Địa chính - Xây dựng - Đô thị và Môi trường"
			people[k].Initiative = "Hướng dẫn nộp hồ sơ trực tuyến tại nhà văn hóa tổ dân phố"
		}
		y.Register(u.Code, roundtest.At(3, 1, 9), 1, 1)
		y.Dossier(u.Code, roundtest.At(12, 20, 9), 3, []string{u.Name}, people)
		nominees += 3
	}
	b, err := roundtest.Make(t, council.Docket(), y.Sources(roundtest.At(13, 10, 9))).Render(paper.PDF)
	if err != nil {
		t.Fatal(err)
	}
	pages := len(regexp.MustCompile(`/Type /Page\b`).FindAll(b, -1))
	if pages < 10 || pages >= 45 {
		t.Errorf("%d nominees take %d pages", nominees, pages)
	}
}

// Whoever fills a ballot in on a screen finds a field in each of its boxes.
func TestBallotsHaveFieldsToFillIn(t *testing.T) {
	s := roundtest.Normal(t)
	rows := 0
	for _, b := range s.Result.Boards {
		for _, p := range b.Places {
			if p.Outcome != evaluate.NotMet {
				rows++
			}
		}
	}
	for _, recipe := range []paper.Recipe{council.Ballots(), council.Opinions()} {
		docx, err := roundtest.Make(t, recipe, s).Render(paper.DOCX)
		if err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
		if err != nil {
			t.Fatal(err)
		}
		f, err := z.Open("word/document.xml")
		if err != nil {
			t.Fatal(err)
		}
		xml, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(string(xml), `<w:alias w:val="Đồng ý"/>`); got != rows {
			t.Errorf("%s: %d fields for %d nominees", recipe.Name, got, rows)
		}
	}
}

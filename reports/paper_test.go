package reports_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"thidua/evaluate"
	"thidua/reports"
	"thidua/reports/document"
	"thidua/reports/document/documenttest"
	"thidua/reports/paper"
	"thidua/reports/prefill"
	"thidua/reports/round"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/xlsx"
)

var scenarios = []struct {
	name  string
	build func(*testing.T) round.Sources
}{{"normal", normalYear}, {"empty", emptyYear}, {"overfull", overfullYear}}

// dump writes a paper one line a row or paragraph.
func dump(p paper.Paper) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s | %s | %s | %v\n", p.Title, p.File, p.Audience, p.Formats)
	flat := func(s string) string { return strings.ReplaceAll(s, "\n", " ⏎ ") }
	for _, block := range p.Document.Blocks {
		if table, ok := block.(document.Table); ok {
			titles := []string{}
			for _, c := range table.Columns {
				titles = append(titles, strings.TrimPrefix(c.Group+"/"+c.Title, "/"))
			}
			fmt.Fprintf(&b, "Table %s\n  # %s\n", table.Caption, strings.Join(titles, " | "))
			for _, row := range table.Placed() {
				cells := []string{}
				for _, c := range row.Cells {
					cells = append(cells, flat(c.Shown))
				}
				fmt.Fprintf(&b, "  %c %s\n", "-S+=_"[row.Kind], strings.Join(cells, " | "))
			}
			continue
		}
		one := document.Document{Blocks: []document.Block{block}}
		fmt.Fprintf(&b, "%s %s\n", strings.TrimPrefix(fmt.Sprintf("%T", block), "document."), flat(strings.Join(one.Texts(), " ¦ ")))
	}
	for _, line := range p.Document.Footer {
		fmt.Fprintf(&b, "Footer %s\n", line)
	}
	return hashes.ReplaceAllString(b.String(), "<mã băm>")
}

// hashes change with every line of the plan's folder; that papers carry the right ones is for TestFingerprintFollowsTheSources to say.
var hashes = regexp.MustCompile(`\b[0-9a-f]{12}\b`)

func TestPapersReadAsRecorded(t *testing.T) {
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			sources := s.build(t)
			for _, n := range reports.Names() {
				paper, err := reports.Make(n.Name, sources)
				if err != nil {
					t.Fatal(err)
				}
				got := dump(paper)
				if strings.Contains(got, "⟦") {
					t.Errorf("%s has a text without words", n.Name)
				}
				file := filepath.Join("testdata", s.name, n.Name+".txt")
				documenttest.Golden(t, file, got)
			}
		})
	}
}

func TestEveryFormatIsWrittenTheSameTwice(t *testing.T) {
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			for _, n := range reports.Names() {
				first, second := make1(t, n.Name, s.build(t)), make1(t, n.Name, s.build(t))
				for _, f := range first.Formats {
					a, err := first.Render(f)
					if err != nil {
						t.Fatal(err)
					}
					b, err := second.Render(f)
					if err != nil {
						t.Fatal(err)
					}
					if !bytes.Equal(a, b) {
						t.Errorf("%s as %s is not the same twice", n.Name, f)
					}
					if dir := os.Getenv("PAPERS_DIR"); dir != "" {
						_ = os.WriteFile(filepath.Join(dir, s.name+"-"+first.Name+"."+string(f)), a, 0o644)
					}
				}
			}
		})
	}
}

func make1(t *testing.T, name string, s round.Sources) paper.Paper {
	t.Helper()
	p, err := reports.Make(name, s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestUnknownPaperAndForeignSourcesAreRefused(t *testing.T) {
	s := emptyYear(t)
	if _, err := reports.Make("horoscope", s); err == nil {
		t.Error("a paper that does not exist was made")
	}
	s.Result.Period = "2019"
	if _, err := reports.Make("docket", s); err == nil {
		t.Error("a paper was made from the evaluation of another period")
	}
	p := make1(t, "ballots", emptyYear(t))
	if _, err := p.Render(paper.XLSX); err == nil {
		t.Error("a ballot was written as a workbook")
	}
}

func TestMinutesLeaveToPeopleWhatIsTheirs(t *testing.T) {
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			sources := s.build(t)
			// What the secretary reported with the tally stands in the minutes; what people say and conclude never does.
			reported := []string{"Thời gian bắt đầu", "Địa điểm", "Số có mặt", "Số vắng", "Số ý kiến bằng văn bản", "Chủ trì", "Chức danh của người chủ trì trong Hội đồng", "Thư ký"}
			fields := 0
			for _, block := range make1(t, "minutes", sources).Document.Blocks {
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
						if b.Columns[len(b.Columns)-1].Title == "Kết quả" && row.Kind == document.Body && sources.Result.Council == nil && len(row.Cells) > 3 {
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

func TestBallotWorkbookHoldsEverybodyPutToTheVoteInTheOrderOfTheBoards(t *testing.T) {
	s := normalYear(t)
	v := prefill.Votes(s)
	var want []string
	for _, b := range s.Result.Boards {
		for _, p := range b.Places {
			if b.Kind == evaluate.Collective && p.Outcome != evaluate.NotMet {
				want = append(want, p.Nominee.ID)
			}
		}
	}
	var got []string
	for _, r := range v.Collectives {
		got = append(got, r.Code.Text)
		if r.Agree.Given() || r.Disagree.Given() {
			t.Errorf("votes of %s are filled in", r.Name.Text)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if len(want) == 13 {
		t.Error("the collective with a breach on record is put to the vote")
	}
	written, err := xlsx.Write(templates.VotesForm, xlsx.Heading{}, templates.Context(s.Plan, s.Period, ""), v)
	if err != nil || len(written) == 0 {
		t.Fatalf("writing the workbook: %v", err)
	}
}

func TestAwardsHoldOnlyWhatIsDecided(t *testing.T) {
	s := normalYear(t)
	awarded := map[string]bool{} // the names of the first table, that of the collectives
	for _, block := range make1(t, "awards", s).Document.Blocks {
		if table, ok := block.(document.Table); ok && len(awarded) == 0 {
			for _, row := range table.Rows {
				if row.Kind == document.Body {
					awarded[row.Cells[1].Text] = true
				}
			}
		}
	}
	annex := strings.Join(make1(t, "awards-annex", s).Document.Texts(), "\n")
	decided, waiting := 0, 0
	for _, a := range s.Result.Awards {
		switch {
		case a.Nominee.Kind != evaluate.Collective:
		case a.NeedsDecision:
			waiting++
			if awarded[a.Nominee.Name] || !strings.Contains(annex, a.Nominee.Name) {
				t.Errorf("%s waits for a decision and is awarded, or is not in the annex", a.Nominee.Name)
			}
		default:
			decided++
			if !awarded[a.Nominee.Name] {
				t.Errorf("%s is missing", a.Nominee.Name)
			}
		}
	}
	for _, a := range s.Result.NotChosen {
		if a.Nominee.Kind == evaluate.Collective && (awarded[a.Nominee.Name] || !strings.Contains(annex, a.Reason)) {
			t.Errorf("%s was not chosen and is awarded, or its reason is not in the annex", a.Nominee.Name)
		}
	}
	if decided == 0 || waiting == 0 || decided != len(awarded) {
		t.Errorf("%d decided, %d waiting, %d awarded", decided, waiting, len(awarded))
	}
}

func TestFingerprintFollowsTheSources(t *testing.T) {
	foot := func(s round.Sources) string { return make1(t, "matrix-registration", s).Document.Footer[0] }
	a, b := newYear(t, "2018"), newYear(t, "2018")
	b.register("05431", at(3, 1, 9), 1, 1)
	empty, again, other := foot(a.sources(at(4, 1, 9))), foot(a.sources(at(4, 1, 9))), foot(b.sources(at(4, 1, 9)))
	if empty == other {
		t.Error("another registration, the same fingerprint")
	}
	if empty != again {
		t.Error("the same sources, another fingerprint")
	}
}

func TestOccasionsAskForPapersThatAreMade(t *testing.T) {
	made := map[string]bool{"reminder": true}
	for _, n := range reports.Names() {
		made[n.Name] = true
	}
	for _, o := range newYear(t, "2018").plan.Occasions {
		for _, name := range o.Papers {
			form, isForm := strings.CutPrefix(name, "form-")
			if _, known := templates.Lookup(form); !made[name] && !(isForm && known) {
				t.Errorf("%s asks for %q, which nobody makes", o.ID, name)
			}
		}
	}
}

// The Council reads the docket on paper: it must not grow by a page a nominee.
func TestDocketOfAFullYearCanBePrinted(t *testing.T) {
	y := newYear(t, "2018")
	nominees := 0
	for i, u := range y.plan.UnitsOn(calendar.Date{Year: 2018, Month: 12, Day: 31}) {
		if nominees >= 121 {
			break
		}
		people := []person{name(2 * i), name(2*i + 1)}
		for k := range people {
			people[k].position = "Công chức Địa chính - Xây dựng - Đô thị và Môi trường"
			people[k].initiative = "Hướng dẫn nộp hồ sơ trực tuyến tại nhà văn hóa tổ dân phố"
		}
		y.register(u.Code, at(3, 1, 9), 1, 1)
		y.dossier(u.Code, at(12, 20, 9), 3, []string{u.Name}, people)
		nominees += 3
	}
	b, err := make1(t, "docket", y.sources(at(13, 10, 9))).Render(paper.PDF)
	if err != nil {
		t.Fatal(err)
	}
	pages := len(regexp.MustCompile(`/Type /Page\b`).FindAll(b, -1))
	if pages < 10 || pages >= 45 {
		t.Errorf("%d nominees take %d pages", nominees, pages)
	}
}

func TestEveryPeriodOfThePlanHasItsPapers(t *testing.T) {
	for _, per := range newYear(t, "2018").plan.Periods {
		t.Run(per.ID, func(t *testing.T) {
			y := newYear(t, per.ID)
			u := y.plan.Units[0]
			y.dossier(u.Code, at(12, 20, 9), 3, []string{u.Name}, []person{name(1)})
			s := y.sources(at(13, 10, 9))
			for _, n := range reports.Names() {
				p := make1(t, n.Name, s)
				if text := strings.Join(p.Document.Texts(), "\n"); strings.Contains(text, "⟦") {
					t.Errorf("%s has a text without words", n.Name)
				}
				if _, err := p.Render(p.Formats[0]); err != nil {
					t.Error(err)
				}
				if p.File != strings.ToLower(p.File) || strings.ContainsAny(p.File, " /đ") {
					t.Errorf("file name %q", p.File)
				}
			}
		})
	}
}

// Whoever fills a ballot in on a screen finds a field in each of its boxes.
func TestBallotsHaveFieldsToFillIn(t *testing.T) {
	s := normalYear(t)
	rows := 0
	for _, b := range s.Result.Boards {
		for _, p := range b.Places {
			if p.Outcome != evaluate.NotMet {
				rows++
			}
		}
	}
	for _, name := range []string{"ballots", "opinions"} {
		docx, err := make1(t, name, s).Render(paper.DOCX)
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
			t.Errorf("%s: %d fields for %d nominees", name, got, rows)
		}
	}
}

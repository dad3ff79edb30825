package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"thidua/cmd/exit"
	"thidua/cmd/files"
	"thidua/cmd/screen"
	"thidua/templates/plan"
)

// call runs the program in this process.
func call(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	now := time.Date(2019, 2, 1, 2, 0, 0, 0, time.UTC)
	a := newApp(screen.New(strings.NewReader(""), &o, &e), func() time.Time { return now }, emptyEnvironment)
	code = a.run(t.Context(), args)
	return code, o.String(), e.String()
}

// emptyEnvironment has no variables.
func emptyEnvironment(string) (string, bool) { return "", false }

func must(t *testing.T, want int, args ...string) string {
	t.Helper()
	code, out, errs := call(t, args...)
	if code != want || strings.Contains(out+errs, "⟦") {
		t.Fatalf("%v: exit %d, want %d\n%s%s", args, code, want, out, errs)
	}
	return out
}

func edit(t *testing.T, file string, change func(f *excelize.File) error) {
	t.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := change(f); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
}

func TestPlan_OutToAWorkbookAndBack(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	book, folder := filepath.Join(dir, "plan.xlsx"), filepath.Join(dir, "plan")
	must(t, exit.Done, "plan", "export", "-o", book)

	edit(t, book, func(f *excelize.File) error { return f.SetCellStr("Chỉ tiêu", "D5", "sáu") })
	if out := must(t, exit.Invalid, "plan", "import", book, "-o", folder); !strings.Contains(out,
		"Trang “Chỉ tiêu”, ô D5") {
		t.Errorf("the cell is not named:\n%s", out)
	}
	if _, err := os.Stat(folder); err == nil {
		t.Error("a plan with mistakes was written")
	}

	edit(t, book, func(f *excelize.File) error { return f.SetCellInt("Chỉ tiêu", "D5", 7) })
	if out := must(t, exit.Invalid, "plan", "import", book, "-o", folder); !strings.Contains(out,
		"Trang “Tổng chỉ tiêu”, ô C4") {
		t.Errorf("the sum is not held to the total:\n%s", out)
	}
	edit(t, book, func(f *excelize.File) error { return f.SetCellInt("Tổng chỉ tiêu", "C4", 11) })
	var got importResult
	if err := json.Unmarshal([]byte(must(t, exit.Done, "plan", "import", book, "-o", folder, "--json")),
		&got); err != nil || !got.OK {
		t.Fatalf("%+v, %v", got, err)
	}
	p, err := plan.Load(os.DirFS(folder))
	if err != nil {
		t.Fatal(err)
	}
	if q, _ := p.Quota("2018", plan.Communes, plan.Collective); q.Places != 7 || p.Hash != got.PlanHash {
		t.Errorf("%+v, hash %s and %s", q, p.Hash, got.PlanHash)
	}
	must(t, exit.Done, "plan", "lint", folder)
	must(t, exit.Usage, "plan", "import", book, "-o", folder) // never over a plan

	out := must(t, exit.Done, "plan", "diff", folder)
	for _, want := range []string{"khác 2 chỗ", "Tổng kết hàng năm, Tập thể, Khối xã, phường · Số lượng: 6 → 7",
		"Chưa có sổ theo dõi"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

func TestPlanImport_OfAFileThatIsNoWorkbook(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "x.xlsx")
	if err := os.WriteFile(file, []byte("PK\x03\x04 not really"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := must(t, exit.Invalid, "plan", "import", file, "-o", filepath.Join(dir, "p")); !strings.Contains(out,
		"bị hỏng hoặc bị cắt cụt") {
		t.Error(out)
	}
	must(t, exit.Usage, "plan", "import", filepath.Join(dir, "none.xlsx"), "-o", filepath.Join(dir, "p"))
}

func TestWhatIf_MovesTheListAndNotTheData(t *testing.T) {
	mails, err := filepath.Abs("../../samples/scenarios/16-votes-that-do-not-add-up/in")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	t.Chdir(dir)
	must(t, exit.Held, "ingest", "--trusted", mails)
	before := must(t, exit.Done, "evaluate", "--period", "2018", "--json")
	raw := must(t, exit.Done, "evaluate", "--period", "2018", "--json", "--what-if",
		"quota.annual.commune.collective=1", "--what-if", "criterion.TT1=off")
	var got evaluation
	if err := json.Unmarshal([]byte(raw), &got); err != nil {
		t.Fatal(err)
	}
	d := got.WhatIf.Difference
	if len(d.Moved) == 0 || len(d.Moved) > d.Cases || d.Cases != len(got.Verdicts) || len(d.Boards) != 1 ||
		d.Boards[0].Quota.After != "1" {
		t.Errorf("%d of %d moved, boards %+v", len(d.Moved), d.Cases, d.Boards)
	}
	for _, b := range got.Boards {
		if b.Group == "commune" && b.Kind == "collective" && b.Quota != 1 {
			t.Errorf("the list is not the one asked for: quota %d", b.Quota)
		}
	}
	if out := must(t, exit.Done, "evaluate", "--period", "2018", "--what-if",
		"quota.annual.commune.collective=1"); !strings.Contains(out, "2 trong 4 trường hợp thay đổi:") ||
		!strings.Contains(out, "do: quota.annual.commune.collective: 6 → 1") {
		t.Errorf("the difference is not printed:\n%s", out)
	}
	code, _, errs := call(t, "evaluate", "--period", "2018", "--what-if", "quota.weekly=1")
	if code != exit.Usage || !strings.Contains(errs, "quota.annual.commune.collective=6") {
		t.Errorf("exit %d: %s", code, errs)
	}
	if after := must(t, exit.Done, "evaluate", "--period", "2018", "--json"); after != before {
		t.Error("trying changed the data")
	}

	folder := filepath.Join(dir, "changed") // the same change adopted as a plan moves the same
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	q, problem := p.Try("threshold.percent=95")
	if problem != nil {
		t.Fatal(problem.Text)
	}
	encoded, err := plan.Encode(q)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range encoded {
		if err := files.Write(folder, name, content); err != nil {
			t.Fatal(err)
		}
	}
	var adopted planDifference
	if err := json.Unmarshal([]byte(must(t, exit.Done, "plan", "diff", folder, "--period", "2018", "--json")),
		&adopted); err != nil {
		t.Fatal(err)
	}
	var again evaluation
	raw = must(t, exit.Done, "evaluate", "--period", "2018", "--json", "--what-if", "threshold.percent=95")
	if err := json.Unmarshal([]byte(raw), &again); err != nil {
		t.Fatal(err)
	}
	a, _ := json.Marshal(adopted.Difference)
	b, _ := json.Marshal(again.WhatIf.Difference)
	if !bytes.Equal(a, b) || len(adopted.Lines) != 1 || len(adopted.Difference.Moved) != 3 {
		t.Errorf("adopted and tried differ:\n%s\n%s", a, b)
	}
}

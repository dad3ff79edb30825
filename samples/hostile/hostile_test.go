package hostile_test

import (
	"bytes"
	"errors"
	"runtime"
	"testing"

	"thidua/ingest/ooxml"
	"thidua/samples/hostile"
)

// outcome is what the reader must make of a file: read it ("read"), or refuse it for exactly this
// reason, with at most so much memory allocated in all, in MiB.
type outcome struct {
	result string
	mib    float64
}

var outcomes = map[string]outcome{
	"sound.xlsx":               {"read", 1},
	"flipped-byte.xlsx":        {"bad-crc", 1},
	"flipped-deflate.xlsx":     {"bad-crc", 1},
	"truncated.xlsx":           {"truncated", 1},
	"truncated-tail.xlsx":      {"truncated", 1},
	"empty.xlsx":               {"empty", 1},
	"ends-in-row-6.xlsx":       {"bad-xml", 1},
	"ends-after-row-5.xlsx":    {"bad-xml", 1},
	"bad-entity.xlsx":          {"bad-xml", 1},
	"wrong-end-tag.xlsx":       {"bad-xml", 1},
	"control-character.xlsx":   {"bad-xml", 1},
	"not-utf8.xlsx":            {"bad-encoding", 1},
	"utf16.xlsx":               {"bad-encoding", 1},
	"text-after-root.xlsx":     {"bad-xml", 1},
	"string-out-of-range.xlsx": {"bad-strings", 1},
	"string-negative.xlsx":     {"bad-strings", 1},
	"not-a-number.xlsx":        {"bad-value", 1},
	"number-overflow.xlsx":     {"bad-value", 1},
	"missing-sheet.xlsx":       {"missing-part", 1},
	"rows-3-1-2.xlsx":          {"bad-order", 1},
	"row-2-twice.xlsx":         {"bad-order", 1},
	"cells-out-of-order.xlsx":  {"bad-order", 1},
	"cell-twice.xlsx":          {"bad-order", 1},
	"value-twice.xlsx":         {"ambiguous", 1},
	"attribute-twice.xlsx":     {"bad-xml", 1},
	"rows-twice.xlsx":          {"ambiguous", 1},
	"ref-a0.xlsx":              {"bad-ref", 1},
	"ref-zzzz1.xlsx":           {"bad-ref", 1},
	"ref-other-row.xlsx":       {"bad-ref", 1},
	"row-0.xlsx":               {"bad-ref", 1},
	"row-beyond.xlsx":          {"bad-ref", 1},
	"row-in-wrapper.xlsx":      {"bad-structure", 1},
	"duplicate-part.xlsx":      {"ambiguous", 1},
	"duplicate-part-case.xlsx": {"ambiguous", 1},
	"overlapping.xlsx":         {"bad-zip", 1},
	"sheet-names.xlsx":         {"ambiguous", 1},
	"sheet-part-twice.xlsx":    {"ambiguous", 1},
	"zip-slip.xlsx":            {"bad-zip", 1},
	"zip-password.xlsx":        {"encrypted", 1},
	"zip-method.xlsx":          {"bad-zip", 1},
	"declared-shorter.xlsx":    {"bad-crc", 1},
	"declared-longer.xlsx":     {"bad-crc", 1},
	"zip64-missing.xlsx":       {"bad-zip", 1},
	"zip64.xlsx":               {"read", 1},
	"doctype.xlsx":             {"doctype", 1},
	"external-entity.xlsx":     {"doctype", 1},
	"external-sheet.xlsx":      {"missing-part", 1},
	"lying-counts.xlsx":        {"read", 1},
	"strict.xlsx":              {"read", 1},
	"macros.xlsm":              {"read", 1},
	"chart-sheet.xlsx":         {"read", 1},
	"backslash.xlsx":           {"read", 1},
	"foreign-formulas.xlsx":    {"read", 1},
	"notes-and-boxes.xlsx":     {"read", 1},
	"notes-many.xlsx":          {"read", 1},
	"drawing-broken.xlsx":      {"read", 1},
	"drawing-missing.xlsx":     {"read", 1},
	"drawing-bomb.xlsx":        {"read", 4},
	"bomb-cell.xlsx":           {"too-big inflated", 1},
	"bomb-cell-100.xlsx":       {"too-big token", 4},
	"bomb-cell-short.xlsx":     {"bad-crc", 1},
	"bomb-comment.xlsx":        {"too-big token", 4},
	"bomb-space.xlsx":          {"too-big token", 4},
	"bomb-attribute.xlsx":      {"too-big token", 4},
	"bomb-rows.xlsx":           {"too-big inflated", 1},
	"bomb-entities.xlsx":       {"doctype", 1},
	"wide-rows.xlsx":           {"too-big columns", 1},
	"last-cell.xlsx":           {"too-big columns", 1},
	"last-row.xlsx":            {"read", 1},
	"million-rows.xlsx":        {"too-big rows", 12},
	"million-cells.xlsx":       {"too-big cells", 24},
	"million-strings.xlsx":     {"too-big strings", 40},
	"nested-rows.xlsx":         {"bad-structure", 1},
	"nested-elements.xlsx":     {"too-big depth", 1},
	"many-attributes.xlsx":     {"bad-xml", 4},
	"many-formats.xlsx":        {"too-big styles", 1},
	"merges.xlsx":              {"too-big merges", 4},
	"declared-15gib.xlsx":      {"too-big inflated", 1},
	"parts.xlsx":               {"too-big parts", 1},
	"phantom-rows.xlsx":        {"read", 1},
	"quoted-cells.xlsx":        {"too-big texttotal", 40},
	"wrong-values.xlsx":        {"read", 96},
	"near-headers.xlsx":        {"read", 96},
	"merges-and-rows.xlsx":     {"read", 96},
	"legacy.xls":               {"legacy-xls", 1},
	"legacy.xlsx":              {"legacy-xls", 1},
	"password.xlsx":            {"encrypted", 1},
	"word.xlsx":                {"not-workbook other-cfb", 1},
	"compound-loop.xls":        {"legacy-xls", 1},
	"table.ods":                {"open-document", 1},
	"binary.xlsb":              {"binary-workbook", 1},
	"document.xlsx":            {"not-workbook docx", 1},
	"nested.xlsx":              {"not-workbook zip", 1},
	"html.xlsx":                {"not-zip html", 1},
	"csv.xlsx":                 {"not-zip csv", 1},
	"xml.xls":                  {"not-zip xml", 1},
	"scan.xlsx":                {"not-zip pdf", 1},
	"photo.xlsx":               {"not-zip jpeg", 1},
	"archive.xlsx":             {"not-zip rar", 1},
	"winmail.xlsx":             {"not-zip tnef", 1},
	"noise.xlsx":               {"not-zip unknown", 1},
}

// detailed are the reasons whose detail is part of the contract.
var detailed = map[ooxml.Reason]bool{ooxml.TooBig: true, ooxml.NotZip: true, ooxml.NotWorkbook: true}

func result(err error) string {
	var ref *ooxml.Refusal
	switch {
	case err == nil:
		return "read"
	case !errors.As(err, &ref):
		return "not a refusal: " + err.Error()
	case detailed[ref.Reason]:
		return ref.Reason.String() + " " + ref.Detail
	}
	return ref.Reason.String()
}

func TestEveryAttackEndsInItsNamedOutcome(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range hostile.Files() {
		t.Run(f.Name, func(t *testing.T) {
			want, known := outcomes[f.Name]
			if !known || seen[f.Name] || f.What == "" {
				t.Fatalf("attack without an outcome of its own: %q", f.Name)
			}
			seen[f.Name] = true
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			wb, err := ooxml.Read(f.Bytes, ooxml.DefaultLimits())
			runtime.ReadMemStats(&after)
			if got := result(err); got != want.result {
				t.Errorf("%s: got %q (%v), want %q", f.What, got, err, want.result)
			}
			if (wb == nil) == (err == nil) {
				t.Error("a workbook and a refusal, or neither")
			}
			if mib := float64(after.TotalAlloc-before.TotalAlloc) / (1 << 20); mib > want.mib {
				t.Errorf("allocated %.1f MiB, at most %.0f allowed", mib, want.mib)
			}
		})
	}
	if len(seen) != len(outcomes) {
		t.Errorf("%d attacks, %d outcomes", len(seen), len(outcomes))
	}
}

func TestHarmlessOddities(t *testing.T) {
	rows := map[string]int{"sound.xlsx": 11, "zip64.xlsx": 11, "lying-counts.xlsx": 11, "last-row.xlsx": 4,
		"phantom-rows.xlsx": 3,
		"strict.xlsx":       11, "macros.xlsm": 11, "chart-sheet.xlsx": 11, "backslash.xlsx": 11,
		"foreign-formulas.xlsx": 11}
	for name, want := range rows {
		f, ok := hostile.Named(name)
		if !ok {
			t.Fatalf("no %s", name)
		}
		wb, err := ooxml.Read(f.Bytes, ooxml.DefaultLimits())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		s := wb.Sheet("Hồ sơ")
		if s == nil || len(s.Rows) != want || s.At(3, 2).Number != 30 || s.At(3, 1).Text != "Không đạt" {
			t.Errorf("%s: not all %d rows as they were written", name, want)
		}
	}
}

func TestFilesAreSmallAndAlwaysTheSame(t *testing.T) {
	for _, f := range hostile.Files() {
		if len(f.Bytes) > 6<<20 {
			t.Errorf("%s has %d bytes", f.Name, len(f.Bytes))
		}
	}
	again := hostile.Make()
	for i, f := range hostile.Files() {
		if again[i].Name != f.Name || !bytes.Equal(again[i].Bytes, f.Bytes) {
			t.Errorf("%s differs when made again", f.Name)
		}
	}
}

// What stands beside the cells is read where it can be, and never keeps the cells from being read.
func TestBesideTheCells(t *testing.T) {
	for name, want := range map[string]struct{ notes, boxes, pictures int }{
		"notes-and-boxes.xlsx": {2, 1, 1},
		"notes-many.xlsx":      {1_000, 1, 1},
		"drawing-broken.xlsx":  {2, 0, 1},
		"drawing-missing.xlsx": {0, 0, 1},
		"drawing-bomb.xlsx":    {2, 0, 1},
	} {
		f, _ := hostile.Named(name)
		w, err := ooxml.Read(f.Bytes, ooxml.DefaultLimits())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		s := w.Sheets[0]
		if len(s.Rows) != 5 || len(s.Notes) != want.notes || len(s.Boxes) != want.boxes || s.Pictures != want.pictures {
			t.Errorf("%s: %d rows, %d notes, boxes %q, %d pictures", name, len(s.Rows), len(s.Notes), s.Boxes,
				s.Pictures)
		}
	}
}

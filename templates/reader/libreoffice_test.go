package reader_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"thidua/ingest/ooxml"
	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/xlsx"
)

// LibreOffice writes a workbook of its own making: other styles, other strings, other names. It
// also computes the formulas, and so the box that says how many cells are still missing. All forms
// go through it in one run: as they are, moved about, half filled in and blank.
func TestWhatLibreOfficeSavesIsRead(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if testing.Short() {
		t.Skip("short: runs LibreOffice")
	}
	if err != nil {
		t.Skip("no soffice")
	}
	p, ctx := world(t)
	dir := t.TempDir()
	wrote := map[string]any{}
	args := []string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to",
		"xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "saved")}
	for _, f := range templates.Forms() {
		full := rapid.Custom(func(t *rapid.T) any { return filled(t, p, f, ctx) }).Example(7)
		half := rapid.Custom(func(t *rapid.T) any { v := filled(t, p, f, ctx); halve(t, f, v); return v }).Example(9)
		for name, value := range map[string]any{"full": full, "moved": full, "half": half, "blank": nil} {
			b, err := xlsx.Write(f, heading, ctx, value)
			if err != nil {
				t.Fatal(err)
			}
			if name == "moved" {
				b = changed(t, b, func(x *excelize.File) error { return reorder(x, f) })
			}
			name = f.ID + "-" + name
			wrote[name] = value
			path := filepath.Join(dir, name+".xlsx")
			if err := os.WriteFile(path, b, 0o644); err != nil {
				t.Fatal(err)
			}
			args = append(args, path)
		}
	}
	if out, err := exec.CommandContext(t.Context(), soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	for _, f := range templates.Forms() {
		for _, state := range []string{"full", "moved", "half", "blank"} {
			t.Run(f.ID+"/"+state, func(t *testing.T) {
				name := f.ID + "-" + state
				b, err := os.ReadFile(filepath.Join(dir, "saved", name+".xlsx"))
				if err != nil {
					t.Fatal(err)
				}
				if state == "full" || state == "moved" {
					same(t, f, wrote[name], read(t, f, ctx, b), false)
				}
				boxes(t, f, wrote[name], b)
			})
		}
	}
}

// halve blanks every other value, mandatory or not.
func halve(t *rapid.T, f *form.Form, value any) {
	for _, b := range f.Blocks() {
		for i := range b.Len(value) {
			for _, x := range b.Fields {
				if rapid.Bool().Draw(t, "blank") {
					*x.At(b.Record(value, i)) = form.Value{}
				}
			}
		}
	}
}

// boxes expects every sheet of a computed workbook to say how many mandatory cells are blank,
// counted here from what was written.
func boxes(t *testing.T, f *form.Form, value any, computed []byte) {
	if value == nil {
		value = f.New()
	}
	w, err := ooxml.Read(computed, ooxml.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	for i := range f.Sheets {
		s := &f.Sheets[i]
		missing, filled, cells, mandatory := 0, 0, false, false
		for k := range s.Blocks {
			b := &s.Blocks[k]
			cells = cells || b.Kind == form.CellsBlock
			for n := range b.Len(value) {
				blank, any := 0, b.Kind == form.CellsBlock
				for _, x := range b.Fields {
					given := x.At(b.Record(value, n)).Text != ""
					any = any || given && !x.Preset
					if x.Required && !given {
						blank++
					}
				}
				if any {
					missing += blank
					filled++
				}
			}
			for _, x := range b.Fields {
				mandatory = mandatory || x.Required
			}
		}
		want := fmt.Sprintf("Còn thiếu %d ô bắt buộc", missing)
		switch {
		case !mandatory:
			want = ""
		case !cells && filled == 0:
			want = "Chưa điền dòng nào (để trống nếu không có nội dung)"
		case missing == 0:
			want = "Đã điền đủ các ô bắt buộc"
		}
		if got := statusOf(w.Sheet(s.Name)); got != want {
			t.Errorf("%s says %q, want %q", s.Name, got, want)
		}
	}
}

// statusOf is the text of the box above the values.
func statusOf(s *grid.Sheet) string {
	var out []string
	for _, row := range s.Rows {
		for _, c := range row.Cells {
			if row.Num == form.StatusRow && c.Text != "" {
				out = append(out, c.Text)
			}
		}
	}
	return strings.Join(out, " ")
}

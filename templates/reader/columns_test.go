package reader_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/xlsx"
)

// ownColumns draws columns of a plan's own, of every type, in any table and block of cells.
func ownColumns(t *rapid.T, p *plan.Plan) []plan.Column {
	var out []plan.Column
	types := plan.ColumnTypes()
	for i := range rapid.IntRange(len(types), 2*len(types)).Draw(t, "columns") {
		f := templates.Forms()[rapid.IntRange(0, len(templates.Forms())-1).Draw(t, "form")]
		b := f.Blocks()[rapid.IntRange(0, len(f.Blocks())-1).Draw(t, "block")]
		c := plan.Column{Form: f.ID, Block: b.Key, Key: fmt.Sprint("own", i),
			Title: fmt.Sprintf("Cột riêng số %d của phường", i), Type: types[i%len(types)],
			Help: fmt.Sprint("Hướng dẫn điền cột riêng ", i, ".")}
		switch {
		case c.Type == plan.ColumnChoice && rapid.Bool().Draw(t, "scale"):
			c.Scale = p.Scales[rapid.IntRange(0, len(p.Scales)-1).Draw(t, "of")].ID
		case c.Type == plan.ColumnChoice:
			c.Values = []string{"Đạt chuẩn", "Chưa đạt chuẩn", "Đang xét"}
		case c.Numeric() && rapid.Bool().Draw(t, "limits"):
			least, most := 5.0, 50.0
			c.Min, c.Max = &least, &most
		}
		out = append(out, c)
	}
	return out
}

func withColumns(t fataler, columns []plan.Column) (*plan.Plan, form.Context) {
	p, err := plan.Load(plan.BuiltIn())
	if err != nil {
		t.Fatalf("%v", err)
	}
	p.Columns = columns
	for _, x := range append(plan.Lint(p), templates.Lint(p)...) {
		if !x.Warning {
			t.Fatalf("%s: %s", x.Where, x.Text)
		}
	}
	return p, templates.Context(p, p.Periods[0], "05452")
}

// A plan's own columns of every type are written, filled in and read like those of the forms, in
// the marked copy too; and what was read is the same in whichever order the plan lists them.
func TestOwnColumnsAreReadAsTheyWereFilled(t *testing.T) {
	builtIn, _ := world(t)
	rapid.Check(t, func(t *rapid.T) {
		columns := ownColumns(t, builtIn)
		p, ctx := withColumns(t, columns)
		for _, c := range columns {
			declared, _ := templates.Lookup(c.Form)
			f := ctx.Fitted(declared)
			wrote := filled(t, p, f, ctx)
			b, err := xlsx.Write(f, heading, ctx, wrote)
			if err != nil {
				t.Fatal(err)
			}
			first := read(t, f, ctx, b)
			same(t, f, wrote, first, false)
			marked, err := xlsx.Mark(first, heading, ctx)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(texts(f, first.Value), texts(f, read(t, f, ctx, marked).Value)); diff != "" {
				t.Fatalf("the marked copy (-sent +marked):\n%s", diff)
			}
			kept, err := json.Marshal(first.Value)
			if err != nil {
				t.Fatal(err)
			}
			again := declared.New()
			if err := json.Unmarshal(kept, again); err != nil {
				t.Fatal(err)
			}
			turned := slices.Clone(columns)
			slices.Reverse(turned)
			_, other := withColumns(t, turned)
			of := other.Fitted(declared)
			for _, b := range f.Blocks() {
				i := slices.IndexFunc(of.Blocks(), func(x *form.Block) bool { return x.Key == b.Key })
				for _, x := range b.Fields {
					k := slices.IndexFunc(of.Blocks()[i].Fields, func(o form.Field) bool { return o.Key == x.Key })
					for n := range b.Len(first.Value) {
						to := of.Blocks()[i]
						was, is := x.At(b.Record(first.Value, n)), to.Fields[k].At(to.Record(again, n))
						if was.Text != is.Text {
							t.Fatalf("%s.%s.%s: %q, kept as %q", f.ID, b.Key, x.Key, was.Text, is.Text)
						}
					}
				}
			}
		}
	})
}

// What a plan changes of a column is asked so, and a workbook that went out before is still read.
func TestAChangedColumnIsReadFromOlderWorkbooks(t *testing.T) {
	_, before := world(t)
	_, after := withColumns(t, []plan.Column{
		{Form: "ho-so", Block: "collectives", Key: "summary", Title: "Việc làm nổi bật của tập thể trong kỳ",
			Help: "Một việc nổi bật nhất.", Example: "Không để hồ sơ nào quá hạn"},
		{Form: "ho-so", Block: "minutes", Key: "place", Help: "Phòng họp.", Example: "Phòng họp tầng 2"},
		{Form: "ho-so", Block: "proposal", Key: "contact", Title: "Đầu mối của cơ quan, số máy lẻ", Required: "yes"},
		{Form: "ho-so", Block: "collectives", Key: "women", Asked: "no"},
		{Form: "ho-so", Block: "individuals", Key: "diem", Title: "Điểm thi đua", Type: plan.ColumnPoints,
			Help: "Điểm do Hội đồng của đơn vị chấm.", Required: "yes"},
	})
	d := &templates.Dossier{Collectives: []templates.NominatedCollective{{Name: form.Of("Tổ một cửa"),
		Summary: form.Of("Không hồ sơ nào quá hạn"), Women: form.Of("Khá")}}, Individuals: []templates.NominatedPerson{
		{Name: form.Of("Trần Thị Mẫu Bình")}}}
	d.Proposal.Contact = form.Of("Trần Thị Mẫu Bình, 0208 3000 000")
	b, err := xlsx.Write(templates.DossierForm, heading, before, d)
	if err != nil {
		t.Fatal(err)
	}
	asked := after.Fitted(templates.DossierForm)
	if asked == templates.DossierForm {
		t.Fatal("the plan changes nothing")
	}
	r := read(t, asked, after, b)
	got := r.Value.(*templates.Dossier)
	if got.Collectives[0].Summary.Text != d.Collectives[0].Summary.Text ||
		got.Proposal.Contact.Text != d.Proposal.Contact.Text {
		t.Errorf("read %q and %q", got.Collectives[0].Summary.Text, got.Proposal.Contact.Text)
	}
	if after.Form = asked; after.Title("collectives", "women") != "" {
		t.Error("a column is asked that the plan does not ask")
	}
	if !slices.ContainsFunc(r.Findings, func(f finding.Finding) bool { return f.Code == finding.MissingBlock }) {
		t.Errorf("nothing says that a column is missing: %v", r.Findings)
	}
	if finding.Has(r.Findings, finding.WroteOnGuide) || len(got.Collectives) != 1 || len(got.Individuals) != 1 {
		t.Errorf("what an older workbook prints is taken for the unit's own: %v", r.Findings)
	}
	if !slices.ContainsFunc(r.Findings, func(f finding.Finding) bool {
		return f.Code == finding.OutsideTable && strings.Contains(f.Message, "Khá")
	}) {
		t.Errorf("what is asked no longer is dropped in silence: %v", r.Findings)
	}
}

// LibreOffice saves a plan's own columns of every type as they were filled in.
func TestWhatLibreOfficeSavesOfOwnColumnsIsRead(t *testing.T) {
	if testing.Short() {
		t.Skip("short: runs LibreOffice")
	}
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not installed")
	}
	var columns []plan.Column
	for i, kind := range plan.ColumnTypes() {
		for _, at := range [][2]string{{"ho-so", "collectives"}, {"so-lieu", "unitratings"}, {"dang-ky", "unit"}} {
			c := plan.Column{Form: at[0], Block: at[1], Key: fmt.Sprint("own", i), Type: kind,
				Title: fmt.Sprintf("Cột riêng số %d của phường", i), Help: fmt.Sprint("Hướng dẫn cột riêng ", i, ".")}
			if kind == plan.ColumnChoice {
				c.Values = []string{"Đạt chuẩn", "Chưa đạt chuẩn"}
			}
			columns = append(columns, c)
		}
	}
	p, ctx := withColumns(t, columns)
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to",
		"xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "saved")}
	wrote := map[*form.Form]any{}
	for _, declared := range []*form.Form{templates.DossierForm, templates.RecordsForm, templates.RegistrationForm} {
		f := ctx.Fitted(declared)
		wrote[f] = rapid.Custom(func(t *rapid.T) any { return filled(t, p, f, ctx) }).Example(5)
		b, err := xlsx.Write(f, heading, ctx, wrote[f])
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, f.ID+".xlsx")
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	if out, err := exec.CommandContext(t.Context(), soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	for f, value := range wrote {
		b, err := os.ReadFile(filepath.Join(dir, "saved", f.ID+".xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		same(t, f, value, read(t, f, ctx, b), false)
	}
}

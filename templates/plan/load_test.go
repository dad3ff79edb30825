package plan

import (
	"encoding/binary"
	"encoding/csv"
	"io/fs"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

// folder returns the built-in plan's files, to be changed by a test.
func folder(t testing.TB) fstest.MapFS {
	t.Helper()
	dir := fstest.MapFS{}
	for _, name := range Files() {
		raw, err := fs.ReadFile(BuiltIn(), name)
		if err != nil {
			t.Fatal(err)
		}
		dir[name] = &fstest.MapFile{Data: raw}
	}
	return dir
}

// edit replaces the first occurrence of old in a file; it must be there.
func edit(t testing.TB, dir fstest.MapFS, name, old, new string) {
	t.Helper()
	text := string(dir[name].Data)
	if !strings.Contains(text, old) {
		t.Fatalf("%s does not hold %q", name, old)
	}
	dir[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, new, 1))}
}

func TestLoad_RefusesAndSaysWhere(t *testing.T) {
	for _, c := range []struct{ name, file, old, new, want string }{
		{"an unknown field", "plan.yaml", "number: 31/KH-UBND", "numbr: 31/KH-UBND",
			"plan.yaml: yaml: unmarshal errors:\n  line 4: field numbr not found"},
		{"a field twice", "plan.yaml", "number: 31/KH-UBND", "number: 31/KH-UBND\nnumber: x", "line 5"},
		{"a date that does not exist", "plan.yaml", "issued-on: 2018-02-27", "issued-on: 2018-02-30",
			"plan.yaml: line 9: reading date \"2018-02-30\""},
		{"a date written otherwise", "plan.yaml", "issued-on: 2018-02-27", "issued-on: 2018-2-27", "plan.yaml: line 9"},
		{"a word for a number", "plan.yaml", "places: 4", "places: bốn", "plan.yaml"},
		{"a second document", "scales.yaml", "scales:", "scales: []\n---\nscales:", "a second document is not allowed"},
		{"broken YAML", "criteria.yaml", "criteria:", "criteria: [", "criteria.yaml"},
		{"an unknown column", "units.csv", "code,name", "code,nam", "units.csv: dòng 1: thiếu cột “name”"},
		{"a column too many", "council.csv", "name,position", "name,age,position", "council.csv: dòng 1"},
		{"a line too short", "units.csv", "05434,UBND", "05434", "dòng 3"},
		{"neither true nor false", "units.csv", ",true,", ",vâng,", "units.csv: dòng 2: cột assumed"},
		{"a date in a table", "units.csv", ",,,,true", ",2018-13-01,,,true", "dòng 2: cột valid_from"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := folder(t)
			edit(t, dir, c.file, c.old, c.new)
			if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
	t.Run("an empty file", func(t *testing.T) {
		dir := folder(t)
		dir["plan.yaml"] = &fstest.MapFile{}
		if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "plan.yaml: the file is empty") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a missing file", func(t *testing.T) {
		dir := folder(t)
		delete(dir, "units.csv")
		if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "units.csv") {
			t.Errorf("got %v", err)
		}
	})
}

func TestLoad_FromAFolderOnDisk(t *testing.T) {
	dir := t.TempDir()
	for name, f := range folder(t) {
		text := strings.ReplaceAll(string(f.Data), "\n", "\r\n")
		if err := os.WriteFile(dir+"/"+name, []byte("\ufeff"+text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p, err := Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	if want := thaiNguyen(t); p.Hash != want.Hash || !reflect.DeepEqual(p, want) {
		t.Error("an editor's line ends and byte order mark change the plan")
	}
}

// Excel saves a table with the separator of its country, and "Unicode text" with tabs in UTF-16.
func TestLoad_TablesAsSpreadsheetsSaveThem(t *testing.T) {
	want := thaiNguyen(t)
	plain := string(folder(t)["council.csv"].Data)
	records, err := csv.NewReader(strings.NewReader(plain)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	written := func(separator rune) string {
		var b strings.Builder
		w := csv.NewWriter(&b)
		w.Comma, w.UseCRLF = separator, true
		if err := w.WriteAll(records); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	wide := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(written('\t'))) {
		wide = binary.LittleEndian.AppendUint16(wide, unit)
	}
	for name, raw := range map[string][]byte{
		"semicolons": []byte(written(';')), "tabs": []byte(written('\t')), "UTF-16": wide,
		"a first line for Excel": []byte("sep=;\n" + written(';')),
		"blank lines at its end": []byte(plain + ",,,,,,\n,,,,,,\n"),
	} {
		dir := folder(t)
		dir["council.csv"] = &fstest.MapFile{Data: raw}
		got, err := Load(dir)
		if err != nil || !reflect.DeepEqual(got.Council.Members, want.Council.Members) {
			t.Errorf("%s: %v", name, err)
		}
	}
	dir := folder(t)
	edit(t, dir, "units.csv", "ườ", "\xfd?")
	if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "CSV UTF-8") {
		t.Errorf("an old code page: %v", err)
	}
	dir = folder(t)
	edit(t, dir, "units.csv", "05434,UBND phường", "5434,UBND ph??ng")
	p, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	told := ""
	for _, x := range Lint(p) {
		told += x.Text
	}
	for _, want := range []string{"ghi “05434”", "“UBND ph??ng"} {
		if !strings.Contains(told, want) {
			t.Errorf("nothing is told of %s:\n%s", want, told)
		}
	}
}

func TestHash_FollowsEveryFile(t *testing.T) {
	seen := map[string]string{thaiNguyen(t).Hash: "the plan itself"}
	for _, name := range Files() {
		dir := folder(t)
		if strings.HasSuffix(name, ".yaml") {
			dir[name] = &fstest.MapFile{Data: append([]byte("# a remark\n"), dir[name].Data...)}
		} else {
			edit(t, dir, name, ".example", ".invalid")
		}
		p, err := Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := seen[p.Hash]; ok {
			t.Errorf("a change in %s gives the hash of %s", name, other)
		}
		seen[p.Hash] = name
	}
}

func TestEncode_LosesNothing(t *testing.T) {
	want := thaiNguyen(t)
	files, err := Encode(want)
	if err != nil {
		t.Fatal(err)
	}
	dir := fstest.MapFS{}
	for name, raw := range files {
		dir[name] = &fstest.MapFile{Data: raw}
	}
	got, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	got.Hash = want.Hash
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(Plan{})); diff != "" {
		t.Errorf("the plan is another after writing and reading it (-before +after):\n%s", diff)
	}
}

func FuzzDecode(f *testing.F) {
	for _, name := range []string{"plan.yaml", "criteria.yaml", "scales.yaml"} {
		raw, err := fs.ReadFile(BuiltIn(), name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw[:min(len(raw), 600)]))
	}
	f.Add("id: x\nissued-on: 2018-02-30\n")
	f.Add("a: &a [*a]\n")
	f.Fuzz(func(t *testing.T, s string) {
		p := new(Plan)
		if decode([]byte(s), p) == nil {
			p.indexUnits()
			Lint(p)
			p.Assumptions()
		}
	})
}

func FuzzReadUnits(f *testing.F) {
	raw, err := fs.ReadFile(BuiltIn(), "units.csv")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(raw[:700]))
	f.Add("code,name\n\"")
	f.Fuzz(func(t *testing.T, s string) {
		if units, err := readUnits([]byte(s)); err == nil {
			p := &Plan{Units: units}
			p.indexUnits()
			Lint(p)
		}
	})
}

package templates

import (
	"strings"
	"testing"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/plan"
)

// peopleDossier is a dossier that names people on its three sheets.
func peopleDossier(listed, voted, reported []string) *Dossier {
	d := &Dossier{}
	cell := func(sheet, name string, row int) form.Value {
		return form.Value{Text: name, At: form.Ref{Sheet: sheet, Cell: "C" + string(rune('0'+row))}}
	}
	for i, name := range listed {
		d.Individuals = append(d.Individuals, NominatedPerson{Name: cell("CÁ NHÂN", name, i)})
	}
	for i, name := range voted {
		d.Votes = append(d.Votes, UnitVote{Kind: form.Of(KindIndividual), Name: cell("BIÊN BẢN", name, i)})
	}
	for i, name := range reported {
		d.Reports = append(d.Reports, AchievementReport{Kind: form.Of(KindIndividual), Name: cell("BÁO CÁO", name, i)})
	}
	return d
}

// One person is one person on every sheet, however the name is written there; a near name is
// another, shown with its cell.
func TestIII_3_OnePersonOnEverySheet(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	period, _ := p.Period("2018")
	for _, c := range []struct {
		listed, voted, reported string
		minutes, report, near   string // the findings, and what they show
	}{
		{"Lý Hải Hằng", "Bà Lý Hải Hằng", "LÍ HẢI HẰNG", "", "", ""},
		{"Chu Văn Long", "Chu Văn Long - Công chức VHXH", "1. Chu Văn Long (PCT)", "", "", ""},
		{"H'Hen Niê", "H’ Hen Niê", "h`hen niê", "", "", ""},
		{"Ông Cao Hằng", "Ông Cao Hằng", "Bà Ông Cao Hằng", "", "", ""},
		{"Nguyễn Thị Hoà", "Nguyễn Thị Hòa;", "nguyễn thị hoà", "", "", ""},
		{"Đỗ Văn Nam", "Đỗ V¨n Nam", "§ç V¨n Nam", "", "", ""},
		{"Lương Thị Mai", "Lương Thị Mại", "Lương Thị Mai", "F302", "", "“Lương Thị Mại” (BIÊN BẢN!C0)"},
		{"Lương Thị Mai", "Lương Thị Mai", "Lươn Thị Mai", "", "F303", "“Lươn Thị Mai” (BÁO CÁO!C0)"},
		{"Lương Thị Mai", "Hoàng Văn Thụ", "Lương Thị Mai", "F302", "", ""},
	} {
		got := checkDossier(peopleDossier([]string{c.listed}, []string{c.voted}, []string{c.reported}),
			Context(p, period, "05452"))
		for code, want := range map[finding.Code]string{finding.MinutesDiffer: c.minutes, finding.NoReport: c.report} {
			if finding.Has(got, code) != (want != "") {
				t.Errorf("%+v: %s raised: %v", c, code, want == "")
			}
		}
		for _, f := range got {
			if string(f.Code) == c.minutes+c.report && !strings.Contains(f.Fix, c.near) {
				t.Errorf("%+v: %s", c, f.Fix)
			}
		}
	}
}

// The same person twice is told whatever the days of birth are; where they differ it is asked.
func TestII_1_OnePersonTwice(t *testing.T) {
	for _, c := range []struct {
		first, second, born, again string
		want                       finding.Code
	}{
		{"Chu Văn Long", "Chu Văn Long", "1966-08-24", "1966-08-24", finding.Twice},
		{"Chu Văn Long", "Ông CHU VĂN LONG", "1966-08-24", "", finding.Twice},
		{"Chu Văn Long", "Chu Văn Long (PCT)", "1966-08-24", "1968-08-24", finding.Namesakes},
		{"Lý Thị Mỹ", "Lí Thị Mĩ", "1966", "1968", finding.Namesakes},
		{"Chu Văn Long", "Chu Văn Lộng", "1966", "1966", ""},
		{"Chu Văn Long (A)", "Chu Văn Long (B)", "1966", "1966", ""},
	} {
		r := &Registration{Individuals: []RegisteredPerson{{Name: form.Of(c.first), Born: form.Of(c.born)},
			{Name: form.Of(c.second), Born: form.Of(c.again)}}}
		got := checkRegistration(r, form.Context{})
		for _, code := range []finding.Code{finding.Twice, finding.Namesakes} {
			if finding.Has(got, code) != (code == c.want) {
				t.Errorf("%+v: %v", c, got)
			}
		}
	}
}

// Ông and Bà are family names when the row says so; where it says two things, that is asked.
func TestFamilyNamesThatAreFormsOfAddress(t *testing.T) {
	for _, c := range []struct {
		typed, title, sex, want string
		asked                   bool
	}{
		{"Ông Cao Hằng", "Bà", "Nữ", "Ông Cao Hằng", false},
		{"Ông Cao Hằng", "", "Nữ", "Ông Cao Hằng", false},
		{"Ông Cao Hằng", "Bà", "", "Ông Cao Hằng", false},
		{"ÔNG CAO HẰNG", "Bà", "Nữ", "Ông Cao Hằng", false},
		{"Ông Cao Hùng", "Ông", "Nam", "Cao Hùng", false},
		{"Ông Cao Hùng", "", "", "Cao Hùng", false},
		{"Bà Thị Lan", "", "", "Bà Thị Lan", false},
		{"Bà Trần Thị Bình", "Ông", "Nam", "Trần Thị Bình", true},
		{"Bà Trần Thị Bình", "Bà", "Nam", "Trần Thị Bình", false}, // title against sex is told as such
		{"Bà Văn Ông", "", "", "Bà Văn Ông", true},
		{"Bà Văn Ông", "Ông", "Nam", "Bà Văn Ông", false},
	} {
		v := &Registration{Individuals: []RegisteredPerson{{Title: form.Of(c.title), Sex: form.Of(c.sex)}}}
		in := &v.Individuals[0]
		reading := form.Reading{Form: RegistrationForm, Value: v}
		form.NewParser(&reading, false, form.Context{}).Parse(fieldOf(t, RegistrationForm, "individuals", "name"),
			"CÁ NHÂN",
			textCell(c.typed), &in.Name)
		reading.Finish(form.Context{}, nil)
		if in.Name.Text != c.want || finding.Has(reading.Findings, finding.TitleOrFamily) != c.asked {
			t.Errorf("%+v: read %q with %v", c, in.Name.Text, reading.Findings)
		}
		for _, r := range reading.Repairs {
			if r.Rule == "title" && in.Name.Text == c.typed {
				t.Errorf("%+v: %v", c, r)
			}
		}
	}
}

func textCell(text string) *grid.Cell {
	return &grid.Cell{Row: 11, Col: 3, Kind: grid.Text, Text: text}
}

func fieldOf(t *testing.T, f *form.Form, block, key string) *form.Field {
	for _, b := range f.Blocks() {
		for i := range b.Fields {
			if b.Key == block && b.Fields[i].Key == key {
				return &b.Fields[i]
			}
		}
	}
	t.Fatalf("%s has no field %s of %s", f.ID, key, block)
	return nil
}

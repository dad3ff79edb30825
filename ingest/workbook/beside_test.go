package workbook_test

import (
	"strings"
	"testing"

	"thidua/ingest/workbook"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
)

func TestWhatIsNotOpenedIsNamed(t *testing.T) {
	for _, c := range []struct {
		name, content string
		code          finding.Code
	}{
		{"winmail.dat", "\x78\x9f\x3e\x22\x01\x00", finding.WinMail},
		{"hồ sơ.rar", "Rar!\x1a\x07\x01\x00", finding.OtherArchive},
		{"hồ sơ.7z", "7z\xbc\xaf\x27\x1c", finding.OtherArchive},
		{"hồ sơ.zip/trong.zip", "PK\x05\x06" + strings.Repeat("\x00", 18), finding.NestedArchive},
		{"smime.p7m", "0\x80\x06\x09*\x86H", finding.SealedMail},
		{"bản chụp.pdf", "", finding.EmptyFile},
		{"tờ trình.pdf", "%PDF-1.7", ""},
	} {
		f, ok := workbook.Unopened(c.name, []byte(c.content))
		if f.Code != c.code || ok != (c.code != "") || ok && !strings.Contains(f.Message, c.name) {
			t.Errorf("%s: %s %q", c.name, f.Code, f.Message)
		}
	}
}

// Without a sender a file can still contradict itself: the name of one ward with the code of
// another. Tân Thành is not Tân Thịnh.
func TestANameWithTheCodeOfAnother(t *testing.T) {
	p := thePlan(t)
	season, _ := p.AnnualPeriod(2018)
	for name, want := range map[string]bool{"UBND phường Tân Thịnh": false, "Phường Tân Thịnh": false,
		"UBND phường Tân Thành": true} {
		value := example(t, templates.RegistrationForm, templates.Context(p, season, "05452")).(*templates.Registration)
		value.Unit.Name, value.Unit.Code = form.Of(name), form.Of("05452")
		r := workbook.Read(p, season, "x.xlsx", filled(t, templates.RegistrationForm, value), "")
		r.Itself(p)
		if got := finding.Has(r.Reading.Findings, finding.WrongUnit); got != want {
			t.Errorf("%s: %v", name, r.Reading.Findings)
		}
	}
}

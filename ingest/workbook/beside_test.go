package workbook_test

import (
	"strings"
	"testing"

	"thidua/ingest/workbook"
	"thidua/templates/finding"
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
		{"tờ trình.pdf", "%PDF-1.7", ""},
	} {
		f, ok := workbook.Unopened(c.name, []byte(c.content))
		if f.Code != c.code || ok != (c.code != "") || ok && !strings.Contains(f.Message, c.name) {
			t.Errorf("%s: %s %q", c.name, f.Code, f.Message)
		}
	}
}

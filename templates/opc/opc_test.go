package opc_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"thidua/templates/opc"
)

// A workbook that was settled has its types first, dates that exist, core properties under their
// usual prefix with the same meaning, and says what it said; settled twice it is the same bytes.
func TestSettledWorkbooksAreThoseThatOthersOpen(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetDocProps(&excelize.DocProperties{Title: "Đăng ký", Creator: "Phòng Nội vụ", Keywords: "a",
		LastModifiedBy: "Trần <B>", Version: "1"}); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStr("Sheet1", "A1", "Trần Thị Bình"); err != nil {
		t.Fatal(err)
	}
	var raw bytes.Buffer
	if err := f.Write(&raw); err != nil {
		t.Fatal(err)
	}
	pack, err := opc.Settle(raw.Bytes(), nil)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	if err != nil {
		t.Fatal(err)
	}
	if z.File[0].Name != "[Content_Types].xml" {
		t.Errorf("the first part is %s", z.File[0].Name)
	}
	for _, p := range z.File {
		if want := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC); !p.Modified.Equal(want) || p.ModifiedDate != 33 {
			t.Errorf("%s is of %v (%#x)", p.Name, p.Modified, p.ModifiedDate)
		}
	}
	part, err := z.Open("docProps/core.xml")
	if err != nil {
		t.Fatal(err)
	}
	core, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(core), "<cp:coreProperties ") ||
		!strings.Contains(string(core), "</cp:coreProperties>") ||
		strings.Contains(string(core), "<lastModifiedBy") {
		t.Errorf("core properties without their prefix: %s", core)
	}
	var read struct {
		XMLName xml.Name `xml:"http://schemas.openxmlformats.org/package/2006/metadata/core-properties coreProperties"`
		By      string   `xml:"http://schemas.openxmlformats.org/package/2006/metadata/core-properties lastModifiedBy"`
	}
	if err := xml.Unmarshal(core, &read); err != nil || read.By != "Trần <B>" {
		t.Errorf("core properties say %+v, %v", read, err)
	}
	again, err := excelize.OpenReader(bytes.NewReader(pack))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if s, err := again.GetCellValue("Sheet1", "A1"); s != "Trần Thị Bình" {
		t.Errorf("A1 is %q, %v", s, err)
	}
	if twice, err := opc.Settle(raw.Bytes(), nil); err != nil || !bytes.Equal(twice, pack) {
		t.Errorf("settled twice it is two files, %v", err)
	}
}

package ooxml

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"thidua/templates/grid"
)

const (
	transitional = `http://schemas.openxmlformats.org/spreadsheetml/2006/main`
	strict       = `http://purl.oclc.org/ooxml/spreadsheetml/main`
	refs         = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	strictRefs   = `http://purl.oclc.org/ooxml/officeDocument/relationships`
	packageRels  = `http://schemas.openxmlformats.org/package/2006/relationships`
)

// parts of a package, by name.
type parts map[string]string

// pack zips parts, with data descriptors, in the order of the names below.
func pack(p parts) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
		"xl/styles.xml", "xl/sharedStrings.xml",
		"xl/worksheets/sheet1.xml", "xl/worksheets/Sheet 2.xml", "xl/chartsheets/sheet1.xml", "xl/vbaProject.bin",
		"xl/externalLinks/externalLink1.xml", "docProps/custom.xml"} {
		if content, ok := p[name]; ok {
			f, err := w.Create(name)
			if err != nil {
				panic(err)
			}
			if _, err := f.Write([]byte(content)); err != nil {
				panic(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func relationship(id, kind, target string) string {
	return fmt.Sprintf(`<Relationship Id="%s" Type="%s/%s" Target="%s"/>`, id, refs, kind, target)
}

func relationships(all ...string) string {
	return `<Relationships xmlns="` + packageRels + `">` + strings.Join(all, "") + `</Relationships>`
}

func worksheet(inside string) string {
	return `<worksheet xmlns="` + transitional + `">` + inside + `</worksheet>`
}

// small is a workbook of one sheet, "S", with styles and strings to choose from.
func small(rows string) parts {
	return parts{
		"_rels/.rels": relationships(relationship("a", "officeDocument", "xl/workbook.xml")),
		"xl/workbook.xml": `<workbook xmlns="` + transitional + `" xmlns:r="` + refs +
			`"><sheets><sheet name="S" sheetId="1" r:id="s1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": relationships(relationship("s1", "worksheet", "worksheets/sheet1.xml"),
			relationship("st", "styles", "styles.xml"), relationship("ss", "sharedStrings", "sharedStrings.xml")),
		"xl/styles.xml": `<styleSheet xmlns="` + transitional +
			`"><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/><numFmt numFmtId="165" ` +
			`formatCode="0.0&quot; day&quot;"/>` +
			`</numFmts><fonts><font><name val="Times New Roman"/></font><font><sz val="13"/><name ` +
			`val=".VnTime"/></font></fonts>` +
			`<cellStyleXfs><xf numFmtId="14" fontId="1"/></cellStyleXfs><cellXfs><xf numFmtId="0" fontId="0"/><xf ` +
			`numFmtId="14" fontId="0"/><xf numFmtId="164" fontId="1"/>` +
			`<xf numFmtId="165" fontId="0"/><xf numFmtId="10" fontId="0"/></cellXfs><dxfs><dxf><font><name ` +
			`val="X"/></font></dxf></dxfs></styleSheet>`,
		"xl/sharedStrings.xml": `<sst xmlns="` + transitional +
			`"><si><t>không</t></si><si><r><t xml:space="preserve">Nguyễn </t></r><r><rPr><b/><rFont ` +
			`val="VNI-Times"/></rPr><t>An</t></r></si>` +
			`<si><t/></si><si><r><rPr><rFont val=".VnArial"/></rPr><t>a</t></r><r><rPr><rFont ` +
			`val=".VnArial"/></rPr><t>b</t></r><rPh sb="0" eb="1"><t>PHONETIC</t></rPh><phoneticPr ` +
			`fontId="1"/></si></sst>`,
		"xl/worksheets/sheet1.xml": worksheet(`<sheetData>` + rows + `</sheetData>`),
	}
}

func mustRead(t *testing.T, p parts) *grid.Workbook {
	t.Helper()
	wb, err := Read(pack(p), DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return wb
}

func TestCells(t *testing.T) {
	at := func(c grid.Cell) grid.Cell {
		c.Row, c.Col = 1, 1
		if c.Font == "" {
			c.Font = "Times New Roman"
		}
		return c
	}
	number := func(text string, n float64) grid.Cell { return grid.Cell{Kind: grid.Number, Text: text, Number: n} }
	text := func(s string) grid.Cell { return grid.Cell{Kind: grid.Text, Text: s} }
	tests := []struct {
		name, xml string
		want      grid.Cell
	}{
		{"whole number", `<c r="A1"><v>12</v></c>`, number("12", 12)},
		{"number with the noise of binary fractions", `<c r="A1"><v>8.0999999999999996</v></c>`, number("8.1", 8.1)},
		{"number with an exponent", `<c r="A1"><v>1.5E3</v></c>`, number("1500", 1500)},
		{"number with a negative exponent", `<c r="A1"><v>2.9999999999999999E-2</v></c>`, number("0.03", 0.03)},
		{"negative number", `<c r="A1"><v>-0.50</v></c>`, number("-0.5", -0.5)},
		{"identity number keeps all digits", `<c r="A1"><v>079201234567</v></c>`, number("79201234567", 79201234567)},
		{"number of more digits than a number holds", `<c r="A1"><v>12345678901234567890</v></c>`,
			number("12345678901234567890", 12345678901234567890)},
		{"white space around a number", "<c r=\"A1\"><v>\n 7 </v></c>", number("7", 7)},
		{"shared string", `<c r="A1" t="s"><v>0</v></c>`, text("không")},
		{"runs are joined; a run without a font keeps the cell's", `<c r="A1" t="s"><v>1</v></c>`, text("Nguyễn An")},
		{"runs that agree give the font; phonetic hints are no text", `<c r="A1" t="s"><v>3</v></c>`,
			grid.Cell{Kind: grid.Text, Text: "ab", Font: ".VnArial"}},
		{"inline string", `<c r="A1" t="inlineStr"><is><t>a &lt;b&gt; &amp; &#272;&#x1EA1;t</t></is></c>`,
			text("a <b> & Đạt")},
		{"inline string whose type was forgotten", `<c r="A1"><is><t>a</t></is></c>`, text("a")},
		{"inline string with an empty value beside it", `<c r="A1" t="inlineStr"><is><t>a</t></is><v></v></c>`,
			text("a")},
		{"inline string with its value said again", `<c r="A1" t="inlineStr"><v>a</v><is><t>a</t></is></c>`, text("a")},
		{"inline string beside a number left over", `<c r="A1" t="inlineStr"><is><t>a</t></is><v>3</v></c>`, text("a")},
		{"inline string in the place of a value", `<c r="A1" t="inlineStr"><v>a</v></c>`, text("a")},
		{"attributes that say nothing", `<c r="A1" s="" t=""><v>5</v></c>`, number("5", 5)},
		{"an address that says nothing", `<c r="" s="0"><v>5</v></c>`, number("5", 5)},
		{"text with escapes", `<c r="A1" t="inlineStr"><is><t>a_x000D_b_x005F_x000D_c_xD800_</t></is></c>`,
			text("a\rb_x000D_c_xD800_")},
		{"CDATA and comments", `<c r="A1" t="inlineStr"><is><t>a<![CDATA[<&amp;]]><!-- no --><?no?>b</t></is></c>`,
			text("a<&amp;b")},
		{"line ends are one character", "<c r=\"A1\" t=\"inlineStr\"><is><t>a\r\nb\rc&#13;</t></is></c>",
			text("a\nb\nc\r")},
		{"true", `<c r="A1" t="b"><v>1</v></c>`, grid.Cell{Kind: grid.Bool, Text: "1"}},
		{"false in words", `<c r="A1" t="b"><v>false</v></c>`, grid.Cell{Kind: grid.Bool, Text: "0"}},
		{"error", `<c r="A1" t="e"><v>#REF!</v></c>`, grid.Cell{Kind: grid.Error, Text: "#REF!"}},
		{"formula with a cached number", `<c r="A1"><f>1+1</f><v>2</v></c>`,
			grid.Cell{Kind: grid.Number, Text: "2", Number: 2, Formula: true}},
		{"shared formula with a cached number", `<c r="A1"><f t="shared" si="0"/><v>2</v></c>`,
			grid.Cell{Kind: grid.Number, Text: "2", Number: 2, Formula: true}},
		{"formula with a cached text", `<c r="A1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>`,
			grid.Cell{Kind: grid.Text, Text: "ab", Formula: true}},
		{"formula without a cached value", `<c r="A1"><f>1+1</f></c>`, grid.Cell{Formula: true, NoCache: true}},
		{"formula whose cached text is empty", `<c r="A1" t="str"><f>""</f><v></v></c>`, grid.Cell{Formula: true}},
		{"built-in date format", `<c r="A1" s="1"><v>43101</v></c>`,
			grid.Cell{Kind: grid.Number, Text: "43101", Number: 43101, Date: true}},
		{"custom date format and another font", `<c r="A1" s="2"><v>43101.5</v></c>`,
			grid.Cell{Kind: grid.Number, Text: "43101.5", Number: 43101.5, Date: true, Font: ".VnTime"}},
		{"quoted letters make no date", `<c r="A1" s="3"><v>3</v></c>`, number("3", 3)},
		{"percent", `<c r="A1" s="4"><v>0.855</v></c>`, grid.Cell{Kind: grid.Number, Text: "0.855", Number: 0.855,
			Percent: true}},
		{"date in words of Strict", `<c r="A1" t="d"><v>2018-01-01T12:00:00</v></c>`,
			grid.Cell{Kind: grid.Number, Text: "43101.5", Number: 43101.5, Date: true}},
		{"no addresses", `<c><v>5</v></c>`, number("5", 5)},
		{"single quotes and spaces", `<c  r = 'A1'   t='n' ><v >5</v ></c >`, number("5", 5)},
		{"unknown attributes and extensions",
			`<c r="A1" cm="1" xmlns:q="urn:q" q:z="1"><v>5</v><extLst><ext><q:row/></ext></extLst></c>`,
			number("5", 5)},
		{"namespace declared again", `<c xmlns="` + transitional + `" r="A1"><v>5</v></c>`, number("5", 5)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wb := mustRead(t, small(`<row r="1">`+tt.xml+`</row>`))
			rows := wb.Sheets[0].Rows
			if len(rows) != 1 || len(rows[0].Cells) != 1 || rows[0].Cells[0] != at(tt.want) {
				t.Errorf("got %+v\nwant %+v", rows, at(tt.want))
			}
		})
	}
}

func TestBlankCellsAreNotKept(t *testing.T) {
	wb := mustRead(t, small(`<row r="1"/><row r="2"><c r="A2" s="1"/><c r="B2" t="s"/><c r="C2" `+
		`t="s"><v>2</v></c><c r="D2"><v/></c><c r="XFD2" s="1"></c></row>`))
	if rows := wb.Sheets[0].Rows; len(rows) != 0 {
		t.Errorf("got %+v", rows)
	}
}

func TestPositionsAreImpliedWhereMissing(t *testing.T) {
	wb := mustRead(t, small(`<row><c><v>1</v></c></row><row r="5" hidden="1"><c `+
		`r="C5"><v>2</v></c><c><v>3</v></c></row><row><c r="B6"><v>4</v></c></row>`))
	var got []string
	for _, r := range wb.Sheets[0].Rows {
		for _, c := range r.Cells {
			got = append(got, c.Ref()+"="+c.Text+map[bool]string{true: "hidden"}[r.Hidden])
		}
	}
	if want := "[A1=1 C5=2hidden D5=3hidden B6=4]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestWholeWorkbook(t *testing.T) {
	p := small(`<row r="1"><c r="A1"><v>1</v></c></row>`)
	p["_rels/.rels"] = relationships(relationship("a", "officeDocument", "/xl/workbook.xml"),
		relationship("c", "custom-properties", `docProps\custom.xml`))
	p["xl/workbook.xml"] = `<?xml version="1.0" encoding="utf-8"?><!-- by hand --><x:workbook xmlns:x="` +
		transitional + `" xmlns:rel="` + refs + `"><x:workbookPr date1904="1"/>` +
		`<x:sheets><x:sheet name="Tờ &amp; trình" rel:id="s1"/><x:sheet name="Biểu đồ" rel:id="ch"/><x:sheet ` +
		`name="_meta" state="veryHidden" rel:id="s2"/></x:sheets>` +
		`<x:definedNames><x:definedName name="TEMPLATE_ID">'_meta'!$B$1</x:definedName></x:definedNames></x:workbook>`
	p["xl/_rels/workbook.xml.rels"] = relationships(relationship("s1", "worksheet", `worksheets\sheet1.xml`),
		relationship("s2", "worksheet", "./worksheets/Sheet%202.xml"),
		relationship("ch", "chartsheet", "chartsheets/sheet1.xml"), relationship("v", "vbaProject", "vbaProject.bin"),
		relationship("x", "externalLink", "externalLinks/externalLink1.xml"))
	p["xl/worksheets/sheet1.xml"] = `<x:worksheet xmlns:x="` + transitional +
		`"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData>` +
		`<x:mergeCells count="2"><x:mergeCell ref="A1:C2"/><x:mergeCell ref="B7"/></x:mergeCells></x:worksheet>`
	p["xl/worksheets/Sheet 2.xml"] = strings.ReplaceAll(
		worksheet(`<sheetData><row r="1"><c r="A1" t="str"><v>id</v></c></row></sheetData>`), transitional, strict)
	p["xl/vbaProject.bin"] = "not read"
	p["docProps/custom.xml"] = `<Properties ` +
		`xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" ` +
		`xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">` +
		`<property fmtid="{0}" pid="2" name="thidua.form"><vt:lpwstr>to-trinh</vt:lpwstr></property></Properties>`
	wb := mustRead(t, p)
	if !wb.Date1904 || !wb.Macros || !wb.External {
		t.Errorf("date1904 %v, macros %v, external %v", wb.Date1904, wb.Macros, wb.External)
	}
	if len(wb.Sheets) != 2 || wb.Sheets[0].Name != "Tờ & trình" || wb.Sheets[0].Hidden || !wb.Sheets[1].Hidden ||
		wb.Sheet("_meta").At(1, 1).Text != "id" {
		t.Errorf("sheets %+v", wb.Sheets)
	}
	if m := wb.Sheets[0].Merges; len(m) != 2 || m[0] != (grid.Range{Row1: 1, Col1: 1, Row2: 2, Col2: 3}) ||
		m[1] != (grid.Range{Row1: 7, Col1: 2, Row2: 7, Col2: 2}) {
		t.Errorf("merges %+v", m)
	}
	if len(wb.Names) != 1 || wb.Names[0] != (grid.Name{Name: "TEMPLATE_ID", Refers: "'_meta'!$B$1"}) ||
		wb.Property("thidua.form") != "to-trinh" {
		t.Errorf("names %v, properties %v", wb.Names, wb.Properties)
	}
}

func TestStrictWorkbook(t *testing.T) {
	p := small(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`)
	for name := range p {
		p[name] = strings.ReplaceAll(strings.ReplaceAll(p[name], transitional, strict), refs, strictRefs)
	}
	if got := mustRead(t, p).Sheets[0].At(1, 1).Text; got != "không" {
		t.Errorf("got %q", got)
	}
}

// TestEveryCutIsRefused cuts each part at every byte: a shorter part is never read as fewer rows.
func TestEveryCutIsRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("short: reads thousands of workbooks, one after the other")
	}
	whole := small(`<row r="1"><c r="A1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Đạt ` +
		`&amp; <![CDATA[x]]></t></is></c></row><!-- end -->`)
	for name, content := range whole {
		for n := range len(content) {
			whole[name] = content[:n]
			var ref *Refusal
			if _, err := Read(pack(whole), DefaultLimits()); !errors.As(err, &ref) {
				t.Fatalf("%s cut at %d of %d: %v", name, n, len(content), err)
			}
		}
		whole[name] = content
	}
}

// TestEveryFlippedByteIsNoticed changes every byte of a file in turn: either it is refused or what
// is read is the same.
func TestEveryFlippedByteIsNoticed(t *testing.T) {
	file := pack(small(`<row r="1"><c r="A1" t="s"><v>1</v></c></row>`))
	want, err := Read(file, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	for i := range file {
		file[i] ^= 0x10
		if got, err := Read(file, DefaultLimits()); err == nil && fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("byte %d changed: read %v", i, got)
		}
		file[i] ^= 0x10
	}
}

func TestPlaceOfARefusal(t *testing.T) {
	p := small(`<row r="1"><c r="A1"><v>1</v></c></row><row r="7"><c r="A7"><v>abc</v></c></row>`)
	_, err := Read(pack(p), DefaultLimits())
	var ref *Refusal
	if !errors.As(err, &ref) {
		t.Fatal(err)
	}
	if want := (Refusal{Reason: BadValue, Part: "xl/worksheets/sheet1.xml", Sheet: "S", Row: 7,
		Detail: "not a number"}); *ref != want {
		t.Errorf("got %+v, want %+v", *ref, want)
	}
}

func TestTokensLongerThanTheWindow(t *testing.T) {
	long := strings.Repeat("Đạt &amp; ", windowSize/8)
	p := small(`<row r="1"><c r="A1" t="inlineStr"><is><t>` + long +
		`</t></is></c></row><row r="2"><c r="A2" t="s"><v>0</v></c></row>`)
	p["xl/worksheets/sheet1.xml"] = strings.Replace(p["xl/worksheets/sheet1.xml"], "<sheetData>", "<!--"+long+
		"--><sheetPr codeName='"+long+"'/><sheetData>", 1)
	wb := mustRead(t, p)
	if got := wb.Sheets[0].At(1, 1).Text; got != strings.ReplaceAll(long, "&amp;", "&") {
		t.Errorf("%d bytes of text", len(got))
	}
	if got := wb.Sheets[0].At(2, 1).Text; got != "không" {
		t.Errorf("after the long text: %q", got)
	}
}

func TestNumberFormats(t *testing.T) {
	tests := map[string]formatKind{
		"General": plain, "0.00": plain, "#,##0 \"đ\"": plain, `0.0\d`: plain, "[Red]0": plain, "[$-42A]0": plain,
		`_-* #,##0\ _s_-`: plain, "@": plain, "0.00E+00": plain,
		"dd/mm/yyyy": date, "d-mmm": date, "[h]:mm": date, "[ss]": date, "[$-42A]dd mmmm yyyy": date, "YYYY": date,
		`"ngày" d`: date, "h AM/PM": date,
		"0%": percent, `0.0"%"`: plain, "0.00 %;[Red]-0.00 %": percent,
	}
	for code, want := range tests {
		if got, _ := judgeFormat([]byte(code)); got != want {
			t.Errorf("%q: got %v, want %v", code, got, want)
		}
	}
}

func TestReasonsHaveSlugs(t *testing.T) {
	seen := map[string]bool{}
	for r := Empty; int(r) < numberOfReasons; r++ {
		if s := r.String(); s == "unknown" || seen[s] {
			t.Errorf("reason %d: %q", r, s)
		} else {
			seen[s] = true
		}
	}
}

package word

import (
	"fmt"
	"strings"
	"time"

	"thidua/reports/document"
)

const (
	xmlHead       = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace     = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relationSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageSpace  = "http://schemas.openxmlformats.org/package/2006"
	wordType      = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

const contentTypes = xmlHead + `<Types xmlns="` + packageSpace + `/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/docProps/app.xml" ` +
	`ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>` +
	`<Override PartName="/docProps/core.xml" ` +
	`ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="` + wordType + `document.main+xml"/>` +
	`<Override PartName="/word/fontTable.xml" ContentType="` + wordType + `fontTable+xml"/>` +
	`<Override PartName="/word/footer1.xml" ContentType="` + wordType + `footer+xml"/>` +
	`<Override PartName="/word/footer2.xml" ContentType="` + wordType + `footer+xml"/>` +
	`<Override PartName="/word/footer3.xml" ContentType="` + wordType + `footer+xml"/>` +
	`<Override PartName="/word/header1.xml" ContentType="` + wordType + `header+xml"/>` +
	`<Override PartName="/word/header2.xml" ContentType="` + wordType + `header+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="` + wordType + `settings+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="` + wordType + `styles+xml"/>` +
	`</Types>`

const packageRelations = xmlHead + `<Relationships xmlns="` + packageSpace + `/relationships">` +
	`<Relationship Id="rId1" Type="` + relationSpace + `/officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="` + packageSpace +
	`/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
	`<Relationship Id="rId3" Type="` + relationSpace + `/extended-properties" Target="docProps/app.xml"/>` +
	`</Relationships>`

const documentRelations = xmlHead + `<Relationships xmlns="` + packageSpace + `/relationships">` +
	`<Relationship Id="rId1" Type="` + relationSpace + `/styles" Target="styles.xml"/>` +
	`<Relationship Id="rId2" Type="` + relationSpace + `/settings" Target="settings.xml"/>` +
	`<Relationship Id="rId3" Type="` + relationSpace + `/fontTable" Target="fontTable.xml"/>` +
	`<Relationship Id="rId4" Type="` + relationSpace + `/header" Target="header1.xml"/>` +
	`<Relationship Id="rId5" Type="` + relationSpace + `/footer" Target="footer1.xml"/>` +
	`<Relationship Id="rId6" Type="` + relationSpace + `/header" Target="header2.xml"/>` +
	`<Relationship Id="rId7" Type="` + relationSpace + `/footer" Target="footer2.xml"/>` +
	`<Relationship Id="rId8" Type="` + relationSpace + `/footer" Target="footer3.xml"/>` +
	`</Relationships>`

const appProperties = xmlHead + `<Properties ` +
	`xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">` +
	`<Application>thidua</Application></Properties>`

const fontTable = xmlHead + `<w:fonts xmlns:w="` + mainSpace +
	`"><w:font w:name="Times New Roman"><w:panose1 w:val="02020603050405020304"/>` +
	`<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`

const noNumber = xmlHead + `<w:hdr xmlns:w="` + mainSpace +
	`"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p></w:hdr>`

const pageNumber = xmlHead + `<w:hdr xmlns:w="` + mainSpace + `"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>` +
	pageField + `</w:p></w:hdr>`

const pageField = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE ` +
	`</w:instrText></w:r>` +
	`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`

func footer(lines []string, number bool) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:ftr xmlns:w="` + mainSpace + `">`)
	if number { // on the right, as Thông tư 01/2011/TT-BNV had it
		b.WriteString(`<w:p><w:pPr><w:pStyle w:val="Header"/><w:jc w:val="right"/></w:pPr>` + pageField + `</w:p>`)
	}
	for _, line := range lines {
		b.WriteString(`<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>` + text(line, "") + `</w:p>`)
	}
	if len(lines) == 0 {
		b.WriteString(`<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr></w:p>`)
	}
	b.WriteString(`</w:ftr>`)
	return b.String()
}

func coreProperties(doc document.Document) string {
	at := doc.Date.UTC().Format(time.RFC3339)
	return xmlHead + `<cp:coreProperties xmlns:cp="` + packageSpace +
		`/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" ` +
		`xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escape(doc.Title) + `</dc:title><dc:subject>` + escape(doc.Subject) + `</dc:subject>` +
		`<dc:creator>` + escape(doc.Author) + `</dc:creator><cp:lastModifiedBy>` + escape(doc.Author) +
		`</cp:lastModifiedBy>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + at +
		`</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + at + `</dcterms:modified>` +
		`<dc:language>` + escape(locale(doc.Lang())) + `</dc:language></cp:coreProperties>`
}

// locale is the language with its country, as Word wants it for spelling.
func locale(lang string) string {
	if lang == "vi" {
		return "vi-VN"
	}
	return lang
}

func settings(lang string) string {
	return xmlHead + `<w:settings xmlns:w="` + mainSpace +
		`"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>` +
		`<w:characterSpacingControl w:val="doNotCompress"/>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" ` +
		`w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="` + escape(locale(lang)) +
		`"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>`
}

// style is one paragraph style; pPr and rPr are inner XML in the order of ECMA-376, 17.3.
type style struct{ id, name, next, pPr, rPr string }

func halves(points float64) string { return fmt.Sprint(int(points * 2)) }

func size(points float64) string {
	return `<w:sz w:val="` + halves(points) + `"/><w:szCs w:val="` + halves(points) + `"/>`
}

const (
	bold   = `<w:b/><w:bCs/>`
	italic = `<w:i/><w:iCs/>`
	center = `<w:jc w:val="center"/>`
)

// styles declares every style the drafts use, with the sizes of Nghị định 30/2020/NĐ-CP, Phụ lục I.
func styles(lang string) string {
	indent := fmt.Sprintf(`<w:ind w:firstLine="%d"/>`, twips(document.FirstIndent))
	const body = `<w:spacing w:before="120"/>`
	heading := func(level int) string {
		return `<w:keepNext/><w:keepLines/>` + body + indent + fmt.Sprintf(`<w:outlineLvl w:val="%d"/>`, level)
	}
	all := []style{
		{"BodyText", "Body Text", "", `<w:widowControl/>` + body + indent + `<w:jc w:val="both"/>`, ""},
		{"Heading1", "heading 1", "BodyText", heading(0), bold},
		{"Heading2", "heading 2", "BodyText", heading(1), bold},
		{"Heading3", "heading 3", "BodyText", heading(2), bold + italic},
		{"Title", "Title", "Subtitle", `<w:keepNext/><w:spacing w:before="240"/>` + center, bold},
		{"Subtitle", "Subtitle", "BodyText", `<w:keepNext/>` + center, bold},
		{"Caption", "caption", "", `<w:keepNext/><w:spacing w:before="160" w:after="60"/>` + center,
			bold + size(document.SizeMotto)},
		{"Basis", "Can cu", "", body + indent + `<w:jc w:val="both"/>`, italic},
		{"TableText", "Table Text", "", `<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>`,
			size(document.SizeTable)},
		{"TableHead", "Table Head", "", `<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>` +
			center, bold + size(document.SizeTable)},
		{"Note", "Ghi chu", "", `<w:spacing w:before="40"/>`, italic + size(document.SizeNote)},
		{"Recipients", "Noi nhan", "", `<w:spacing w:line="240" w:lineRule="auto"/>`, size(document.SizeRecipient)},
		{"Header", "header", "", center, size(document.SizePage)},
		{"Footer", "footer", "", "", `<w:color w:val="6E6E6E"/>` + size(document.SizeFooter)},
	}
	var b strings.Builder
	b.WriteString(xmlHead + `<w:styles xmlns:w="` + mainSpace + `"><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times ` +
		`New Roman"/>` +
		size(document.SizeBody) + `<w:lang w:val="` + escape(locale(lang)) +
		`" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="250" ` +
		`w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>` +
		`<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default ` +
		`Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>` +
		`<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/><w:basedOn ` +
		`w:val="DefaultParagraphFont"/><w:rPr><w:color w:val="595959"/></w:rPr></w:style>` +
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal ` +
		`Table"/><w:uiPriority w:val="99"/><w:semiHidden/>` +
		`<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="70" ` +
		`w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="70" ` +
		`w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>` +
		`<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn ` +
		`w:val="TableNormal"/><w:tblPr><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
	}
	b.WriteString(`</w:tblBorders></w:tblPr></w:style>`)
	for _, s := range all {
		b.WriteString(`<w:style w:type="paragraph" w:styleId="` + s.id + `"><w:name w:val="` + s.name +
			`"/><w:basedOn w:val="Normal"/>`)
		if s.next != "" {
			b.WriteString(`<w:next w:val="` + s.next + `"/>`)
		}
		b.WriteString(`<w:qFormat/>`)
		if s.pPr != "" {
			b.WriteString(`<w:pPr>` + s.pPr + `</w:pPr>`)
		}
		if s.rPr != "" {
			b.WriteString(`<w:rPr>` + s.rPr + `</w:rPr>`)
		}
		b.WriteString(`</w:style>`)
	}
	b.WriteString(`</w:styles>`)
	return b.String()
}

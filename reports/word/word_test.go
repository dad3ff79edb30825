package word

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"thidua/reports/document"
	"thidua/reports/document/documenttest"
)

var samples = map[string]document.Document{
	"minutes":      documenttest.Minutes(),
	"summary":      documenttest.Summary(),
	"certificates": documenttest.Certificates(2),
	"mixed":        documenttest.Mixed(),
}

type fataler interface{ Fatal(...any) }

// parts renders and unpacks a draft.
func parts(t fataler, doc document.Document) map[string]string {
	out, err := Render(doc)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out), int64(len(out)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(raw)
	}
	return all
}

// outline reads a part back: one line for each paragraph, with its style, and the bounds of tables,
// rows and sections.
func outline(t fataler, part string) string {
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(part))
	depth := 0
	name, content := "", ""
	for {
		token, err := d.Token()
		if err == io.EOF {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		attr := func(e xml.StartElement, name string) string {
			for _, a := range e.Attr {
				if a.Name.Local == name {
					return a.Value
				}
			}
			return ""
		}
		pad := func() string { return strings.Repeat("  ", depth) }
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "p":
				name, content = "", ""
			case "pStyle":
				name = attr(e, "val")
			case "tab":
				if attr(e, "leader") == "" {
					content += "→"
				}
			case "br":
				content += "↵" + attr(e, "type")
			case "pageBreakBefore":
				content += "⤓"
			case "alias":
				content += "<" + attr(e, "val") + ":"
			case "docPr":
				content += "(chart) " + attr(e, "descr")
			case "tbl":
				b.WriteString(pad() + "table\n")
				depth++
			case "tr":
				b.WriteString(pad() + "row\n")
				depth++
			case "tblHeader":
				b.WriteString(pad() + "(repeated)\n")
			case "pgSz":
				b.WriteString(pad() + "section " + attr(e, "w") + "×" + attr(e, "h") + "\n")
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "p":
				b.WriteString(pad() + strings.TrimSpace(name+" | "+content) + "\n")
			case "sdt":
				content += ">"
			case "tbl", "tr":
				depth--
			}
		case xml.CharData:
			content += string(e)
		}
	}
}

func TestDraftsReadAsRecorded(t *testing.T) {
	for name, doc := range samples {
		t.Run(name, func(t *testing.T) {
			all := parts(t, doc)
			got := outline(t, all["word/document.xml"]) + "footer\n" + outline(t, all["word/footer1.xml"])
			path := filepath.Join("testdata", name+".txt")
			documenttest.Golden(t, path, got)
		})
	}
}

func TestEveryTextIsInTheDraft(t *testing.T) {
	for name, doc := range samples {
		t.Run(name, func(t *testing.T) {
			all := parts(t, doc)
			found := outline(t, all["word/document.xml"]) + outline(t, all["word/footer1.xml"])
			for name, part := range all { // titles and units of charts
				if strings.HasPrefix(name, "word/charts/chart") {
					found += part
				}
			}
			for _, text := range doc.Texts() {
				if strings.Contains(found, document.Storable(text)) {
					continue
				}
				for _, word := range strings.Fields(text) { // a long name of an issuer is set in several lines
					if !strings.Contains(found, word) {
						t.Errorf("not written: %q", text)
						break
					}
				}
			}
		})
	}
}

// sequences are the orders of children that ECMA-376 prescribes, as far as drafts use them. Word
// refuses a file that breaks them.
var sequences = map[string]string{
	"pPr":   "pStyle keepNext keepLines pageBreakBefore widowControl pBdr tabs spacing ind jc outlineLvl rPr sectPr",
	"rPr":   "rStyle rFonts b bCs i iCs color sz szCs bdr lang",
	"tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar", "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
	"trPr": "cantSplit tblHeader", "tbl": "tblPr tblGrid tr", "tr": "trPr tc", "tc": "tcPr p",
	"sectPr": "headerReference footerReference type pgSz pgMar pgBorders cols vAlign titlePg",
	"sdt":    "sdtPr sdtContent", "sdtPr": "alias tag id showingPlcHdr text",
	"pBdr": "top", "tblBorders": "top left bottom right insideH insideV", "pgBorders": "top left bottom right",
	"tblCellMar": "top left bottom right",
	"style":      "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr",
	"settings":   "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
	"styles":     "docDefaults style", "docDefaults": "rPrDefault pPrDefault",
	"r":    "rPr t br tab fldChar instrText drawing",
	"body": "p tbl sectPr",
}

func TestElementsStandInTheOrderOfTheStandard(t *testing.T) {
	free := map[string]bool{"r": true, "body": true} // their children come in any order, but only these
	for name, doc := range samples {
		t.Run(name, func(t *testing.T) {
			for part, body := range parts(t, doc) {
				if strings.HasSuffix(part, ".xlsx") {
					continue
				}
				d := xml.NewDecoder(strings.NewReader(body))
				type open struct {
					name string
					at   int
				}
				var stack []open
				for {
					token, err := d.Token()
					if err == io.EOF {
						break
					}
					if err != nil {
						t.Fatalf("%s: %v", part, err)
					}
					switch e := token.(type) {
					case xml.StartElement:
						if n := len(stack) - 1; n >= 0 {
							order, known := sequences[stack[n].name]
							if e.Name.Space == chartSpace {
								order, known = chartSequences[stack[n].name]
							}
							if known && e.Name.Space != drawingSpace && strings.HasPrefix(part, "word/") &&
								strings.HasSuffix(part, ".xml") {
								at := position(order, e.Name.Local)
								if at < 0 || at < stack[n].at && !free[stack[n].name] {
									t.Fatalf("%s: <%s> is not where the standard wants it in <%s>", part, e.Name.Local,
										stack[n].name)
								}
								stack[n].at = at
							}
						}
						stack = append(stack, open{e.Name.Local, 0})
					case xml.EndElement:
						stack = stack[:len(stack)-1]
					}
				}
			}
		})
	}
}

// chartSequences are those of charts (ECMA-376, 21.2).
var chartSequences = map[string]string{
	"chartSpace": "roundedCorners chart externalData", "chart": "title autoTitleDeleted plotArea legend plotVisOnly",
	"plotArea": "layout barChart lineChart catAx valAx", "title": "tx overlay", "legend": "legendPos overlay txPr",
	"barChart":  "barDir grouping varyColors ser gapWidth overlap axId",
	"lineChart": "grouping varyColors ser marker axId",
	"ser":       "idx order tx spPr invertIfNegative marker dLbls cat val smooth",
	"dLbls":     "numFmt txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize",
	"catAx":     "axId scaling delete axPos majorTickMark minorTickMark tickLblPos txPr crossAx crosses",
	"valAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos txPr " +
		"crossAx crosses", "scaling": "orientation min",
}

func position(order, name string) int {
	for i, s := range strings.Fields(order) {
		if s == name {
			return i
		}
	}
	return -1
}

func TestSameDocumentSameBytes(t *testing.T) {
	documenttest.SameBytes(t, documenttest.Summary(), Render)
}

func TestEveryRowIsWrittenOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc, rows := documenttest.Random(t)
		found := outline(t, parts(t, doc)["word/document.xml"])
		for i := range rows {
			if n := strings.Count(found, documenttest.Key(i)); n != 1 {
				t.Fatalf("row %s is written %d times", documenttest.Key(i), n)
			}
		}
	})
}

func BenchmarkTable3000Rows(b *testing.B) {
	doc := documenttest.Register(3000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Render(doc); err != nil {
			b.Fatal(err)
		}
	}
}

package ooxml

import "fmt"

// Reason is why a file was refused. The set is closed.
type Reason uint8

// The reasons.
const (
	Empty Reason = iota + 1 // no bytes at all
	// not a zip and none of the kinds below (text, HTML, PDF, picture, …: see Sniff)
	NotZip
	LegacyXLS      // Excel 97–2003 binary workbook
	Encrypted      // protected by a password to open
	OpenDocument   // OpenDocument spreadsheet
	BinaryWorkbook // .xlsb
	NotWorkbook    // a zip or compound file that is no spreadsheet
	// the file ends too early: its zip directory is missing or points beyond the end
	Truncated
	// the zip contradicts itself: overlapping entries, impossible sizes, unknown compression
	BadZip
	BadCRC       // a part was damaged: its checksum, length or compressed data is wrong
	BadXML       // a part is not well-formed to its end
	DocType      // a part has a document type declaration, which no workbook needs
	BadEncoding  // a part is not valid UTF-8
	MissingPart  // a part that the workbook names is not there
	BadStructure // well-formed, yet not SpreadsheetML where data is expected
	// the same thing is said twice: part names, sheet names, a cell's value
	Ambiguous
	BadOrder                          // rows or cells repeated or not ascending
	BadRef                            // a cell, row or range address that does not exist
	BadValue                          // a value that is not of the type the cell claims
	BadStrings                        // a shared string number that is not in the table
	TooBig                            // a budget is exceeded; Detail is the budget's name
	numberOfReasons = int(TooBig) + 1 //
)

var reasonSlugs = [numberOfReasons]string{
	Empty: "empty", NotZip: "not-zip", LegacyXLS: "legacy-xls", Encrypted: "encrypted", OpenDocument: "open-document",
	BinaryWorkbook: "binary-workbook", NotWorkbook: "not-workbook", Truncated: "truncated", BadZip: "bad-zip",
	BadCRC: "bad-crc",
	BadXML: "bad-xml", DocType: "doctype", BadEncoding: "bad-encoding", MissingPart: "missing-part",
	BadStructure: "bad-structure",
	Ambiguous:    "ambiguous", BadOrder: "bad-order", BadRef: "bad-ref", BadValue: "bad-value",
	BadStrings: "bad-strings",
	TooBig:     "too-big",
}

// String is the reason's stable slug, such as "bad-crc". The wording for people is made elsewhere.
func (r Reason) String() string {
	if int(r) < len(reasonSlugs) && reasonSlugs[r] != "" {
		return reasonSlugs[r]
	}
	return "unknown"
}

// Refusal says why a file was not read, and where the reader stood. It is a finding about the file,
// not a failure of ours.
type Refusal struct {
	Reason Reason
	Part   string // name of the part inside the package, lower case, "" when the whole file is meant
	Sheet  string // name of the worksheet, "" outside worksheets
	Row    int    // last row begun in that worksheet, 0 before the first
	// English, for logs; for TooBig exactly the budget: "bytes", "parts", "inflated", "rows",
	// "columns", …
	Detail string
}

// Error joins everything known about the refusal.
func (r *Refusal) Error() string {
	s := "workbook refused: " + r.Reason.String()
	if r.Part != "" {
		s += " in " + r.Part
	}
	if r.Row > 0 {
		s += fmt.Sprintf(" at row %d", r.Row)
	}
	if r.Detail != "" {
		s += ": " + r.Detail
	}
	return s
}

func refuse(reason Reason, detail string) *Refusal { return &Refusal{Reason: reason, Detail: detail} }

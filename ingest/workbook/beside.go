package workbook

import (
	"strings"

	"thidua/ingest/ooxml"
	"thidua/templates/finding"
)

// Unopened names an attachment that holds files we do not take out of it: the package of Outlook, an archive that is no zip, an archive
// that came out of an archive. ok is false for everything else. What may be inside is wanted, so it is more than a document that is kept.
func Unopened(name string, b []byte) (f finding.Finding, ok bool) {
	switch kind := ooxml.Sniff(b); {
	case kind == ooxml.TNEF:
		return finding.New(finding.WinMail, finding.At{}, "file", name), true
	case kind == ooxml.RAR, kind == ooxml.SevenZip:
		return finding.New(finding.OtherArchive, finding.At{}, "file", name, "read", "."+kind.String()), true
	case kind == ooxml.Zip && strings.Contains(name, "/"):
		return finding.New(finding.NestedArchive, finding.At{}, "file", name), true
	}
	return finding.Finding{}, false
}

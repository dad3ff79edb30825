package workbook

import (
	"path"
	"strings"

	"thidua/ingest/ooxml"
	"thidua/templates/finding"
)

// Unopened names an attachment that holds files we do not take out of it: the package of Outlook, a
// signed or encrypted mail, an archive that is no zip, an archive that came out of an archive; and
// one that holds nothing at all. ok is false for everything else. What may be inside is wanted, so
// it is more than a document that is kept.
func Unopened(name string, b []byte) (f finding.Finding, ok bool) {
	switch kind := ooxml.Sniff(b); {
	case len(b) == 0:
		return finding.New(finding.EmptyFile, finding.At{}, "file", name), true
	case strings.EqualFold(path.Ext(name), ".p7m"):
		return finding.New(finding.SealedMail, finding.At{}, "file", name), true
	case kind == ooxml.TNEF:
		return finding.New(finding.WinMail, finding.At{}, "file", name), true
	case kind == ooxml.RAR, kind == ooxml.SevenZip:
		return finding.New(finding.OtherArchive, finding.At{}, "file", name, "read", "."+kind.String()), true
	case kind == ooxml.Zip && strings.Contains(name, "/"):
		return finding.New(finding.NestedArchive, finding.At{}, "file", name), true
	}
	return finding.Finding{}, false
}

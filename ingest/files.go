package ingest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strconv"
	"strings"

	"thidua/ingest/budget"
	"thidua/ingest/mailbox"
	"thidua/ingest/ooxml"
	"thidua/ingest/submission"
	"thidua/ingest/workbook"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/wording"
)

// file is a workbook of a mail, or a finding about a file that should have been one.
type file struct {
	name    string
	path    string
	bytes   []byte
	finding *finding.Finding
}

// files collects the workbooks of a mail, and everything else that a person enclosed: documents and
// scans. Those in archives are included.
func (in *intake) files(m mailbox.Message, have *budget.Budget) (files, others []file) {
	for i := range m.Attachments {
		a := &m.Attachments[i]
		if a.Bytes == nil && a.SHA256 == "" { // of a stranger: its name and type are all that is looked at
			if !beside(a, strings.HasPrefix(a.Type, "image/")) {
				others = append(others, file{name: a.Name, path: a.Path})
			}
			continue
		}
		have.Hold(len(a.Bytes))
		sort, kind := workbook.Judge(a.Name, a.Bytes)
		self := file{name: a.Name, path: a.Path, bytes: a.Bytes}
		switch {
		case a.Type == "application/applefile", sort == workbook.Other &&
			beside(a, kind == ooxml.PNG || kind == ooxml.JPEG):
		case sort == workbook.Workbook:
			files = append(files, self)
		case sort == workbook.Archive:
			inner, bad := workbook.Open(a.Name, a.Bytes, have)
			if bad != nil {
				self.finding = bad
				files = append(files, self)
				continue
			}
			if len(inner) == 0 {
				others = append(others, self)
			}
			for k, f := range inner {
				one := file{name: a.Name + "/" + f.Name, path: a.Path + "/" + strconv.Itoa(k+1), bytes: f.Bytes}
				if s, _ := workbook.Judge(f.Name, f.Bytes); s == workbook.Workbook {
					files = append(files, one)
				} else {
					others = append(others, one)
				}
			}
		default:
			others = append(others, self)
		}
	}
	return files, others
}

// beside reports whether an attachment comes with every mail of some programs: logos, invitations,
// signatures, and what a Mac knows of the file beside it, under the name of that file.
func beside(a *mailbox.Attachment, picture bool) bool {
	return a.Type == "application/applefile" || a.Disposition == "inline" && picture ||
		strings.HasPrefix(a.Type, "text/calendar") || strings.EqualFold(path.Ext(a.Name), ".p7s")
}

// named is what files are by the ends of their names.
var named = map[string][]ooxml.Kind{
	".pdf": {ooxml.PDF}, ".docx": {ooxml.DOCX}, ".doc": {ooxml.OtherCFB, ooxml.RTF, ooxml.DOCX}, ".rtf": {ooxml.RTF},
	".png": {ooxml.PNG}, ".jpg": {ooxml.JPEG}, ".jpeg": {ooxml.JPEG},
}

// kept tells of a document that is kept beside the dossier and not read: what it is by its content,
// and whether that is what its name says.
func kept(f file) []finding.Finding {
	if x, ok := workbook.Unopened(f.name, f.bytes); ok {
		return []finding.Finding{x}
	}
	kind := ooxml.Sniff(f.bytes)
	title := wording.Text("mail.kept.other")
	switch kind {
	case ooxml.PDF:
		title = wording.Text("mail.kept.pdf")
	case ooxml.DOCX, ooxml.OtherCFB, ooxml.RTF:
		title = wording.Text("mail.kept.document")
	case ooxml.PNG, ooxml.JPEG:
		title = wording.Text("mail.kept.picture")
	}
	sum := sha256.Sum256(f.bytes)
	out := []finding.Finding{finding.New(finding.KeptAsIs, finding.At{}, "file", f.name, "read", f.name, "want", title,
		"kind", title, "hash", hex.EncodeToString(sum[:6]))}
	end := strings.ToLower(path.Ext(f.name))
	if is, ok := named[end]; ok && !slices.Contains(is, kind) {
		out = append(out, finding.New(finding.NotWhatNamed, finding.At{}, "file", f.name, "read", end))
	}
	return out
}

// distinct leaves out files that are byte for byte one before them, and gives their names by the
// path of that one.
func distinct(files []file) (out []file, again map[string][]string) {
	again = map[string][]string{}
	for _, f := range files {
		if i := slices.IndexFunc(out, func(o file) bool {
			return f.finding == nil && o.finding == nil &&
				bytes.Equal(o.bytes, f.bytes)
		}); i >= 0 {
			again[out[i].path] = append(again[out[i].path], f.name)
		} else {
			out = append(out, f)
		}
	}
	return out, again
}

// enclosed tells the submission that documents came with of each of them: the first dossier or
// registration, else the first workbook.
func enclosed(all []submission.Submission, others []file) {
	to := max(0, slices.IndexFunc(all, func(s submission.Submission) bool {
		f, ok := templates.Lookup(s.Form)
		return ok && f.From == form.FromUnit
	}))
	for _, f := range others {
		for _, x := range kept(f) {
			if x.Level == finding.Must { // the workbook that came as well was read
				x.Level = finding.Should
			}
			all[to].Findings = append(all[to].Findings, x)
		}
	}
	for i := range all {
		if r, ok := all[i].Value.(*templates.Registration); ok && r.Unit.PlanFile.Text == form.Yes &&
			len(others) == 0 && !all[i].Mistaken() {
			at := r.Unit.PlanFile.At
			all[i].Findings = append(all[i].Findings,
				finding.New(finding.PlanNotAttached, finding.At{Sheet: at.Sheet, Cell: at.Cell}))
		}
	}
}

package scenarios_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"mime"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"thidua/ingest/proof"
	"thidua/reports/prefill"
	"thidua/samples/hostile"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/xlsx"
)

// story is a folder to be written: what it shows, its mails in the order of their arrival, and the
// moments of the passes.
type story struct {
	name  string
	shows string
	now   []string
	mails func(*writer) []eml
}

// plans are what stories of another plan add to the one built in.
var plans = map[string]string{
	"66-the-leader-agrees": "\napproval:\n  forms: [dang-ky]\n  clause: III.4\n  assumed: true\n  note: Kế hoạch " +
		"không quy định; cơ quan thường trực yêu cầu.\n",
}

// eml is a mail to be written.
type eml struct {
	name    string // of the file, without extension; also the left part of the Message-ID
	at      string // "2018-03-05 09:00:00" in UTC+7
	from    string // a unit's code, or an address; several with commas
	subject string
	text    string
	id      string // Message-ID where it is not the usual one
	answers string // name of the mail whose receipt this one answers
	headers []string
	files   []file
	raw     string // all of it but the Received field, for mails that are broken or the same as another
}

type file struct {
	name  string
	bytes []byte
}

// writer makes the workbooks of a story.
type writer struct {
	t      *testing.T
	plan   *plan.Plan
	period plan.Period
	wrote  map[string][]byte // mails by name, whole
	seal   proof.Secret      // of the workbooks that are made; none for workbooks of earlier versions
}

// writeStories writes the folder of every story.
func writeStories(t *testing.T) {
	t.Helper()
	p, err := plan.Default()
	must(t, err)
	for _, s := range stories() {
		w := &writer{t: t, plan: p, period: p.Periods[0], wrote: map[string][]byte{}}
		must(t, os.RemoveAll(filepath.Join(s.name, "in")))
		must(t, os.MkdirAll(filepath.Join(s.name, "in"), 0o755))
		for i, m := range s.mails(w) {
			must(t, os.WriteFile(filepath.Join(s.name, "in", fmt.Sprintf("%02d-%s.eml", i+1, m.name)), w.write(m),
				0o644))
		}
		if more := plans[s.name]; more != "" {
			must(t, os.WriteFile(filepath.Join(s.name, "plan.yaml"), []byte(more), 0o644))
		}
		must(t, os.WriteFile(filepath.Join(s.name, "now.txt"), []byte(strings.Join(s.now, "\n")+"\n"), 0o644))
		title := strings.ReplaceAll(s.name[3:], "-", " ")
		must(t, os.WriteFile(filepath.Join(s.name, "README.md"),
			[]byte("# "+strings.ToUpper(title[:1])+title[1:]+"\n\n"+strings.TrimSpace(s.shows)+"\n"), 0o644))
	}
}

func (w *writer) unit(code string) plan.Unit {
	u, ok := w.plan.UnitByCode(code)
	if !ok {
		w.t.Fatalf("no unit %s", code)
	}
	return u
}

func (w *writer) address(from string) string {
	if strings.Contains(from, "@") {
		return from
	}
	return w.unit(from).Mailboxes()[0]
}

// write makes the bytes of a mail: one part of text and one a file, all in base64.
func (w *writer) write(m eml) []byte {
	at, err := time.ParseInLocation(time.DateTime, m.at, calendar.Zone)
	must(w.t, err)
	var b bytes.Buffer
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\r\n", args...) }
	line("Received: from mail.example by mail.thainguyen.example with ESMTP; %s", at.Format(time.RFC1123Z))
	if m.raw != "" {
		b.WriteString(m.raw)
		w.wrote[m.name] = b.Bytes()
		return b.Bytes()
	}
	id := m.id
	if id == "" {
		id = m.name + "@" + domain
	}
	line("Date: %s", at.Add(-2*time.Second).Format(time.RFC1123Z))
	var from []string
	for _, f := range strings.Split(m.from, ", ") {
		from = append(from, "<"+w.address(f)+">")
	}
	line("From: %s", strings.Join(from, ", "))
	line("To: <%s>", shared)
	line("Subject: %s", mime.BEncoding.Encode("UTF-8", m.subject))
	line("Message-ID: <%s>", id)
	if m.answers != "" {
		sum := sha256.Sum256(w.wrote[m.answers])
		line("In-Reply-To: %s", messageID("receipt/"+hex.EncodeToString(sum[:])))
	}
	for _, h := range m.headers {
		line("%s", h)
	}
	if m.examined() && !slices.ContainsFunc(m.headers,
		func(h string) bool { return strings.HasPrefix(h, "Authentication-Results:") }) {
		line("Authentication-Results: %s; dmarc=pass header.from=thainguyen.example", trusted)
	}
	line("MIME-Version: 1.0")
	line("Content-Type: multipart/mixed; boundary=\"=_%s\"", m.name)
	part := func(kind, name string, content []byte) {
		line("\r\n--=_%s", m.name)
		line("Content-Type: %s", kind)
		if name != "" {
			line("Content-Disposition: %s", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
		}
		if kind == "message/rfc822" {
			line("")
			b.Write(content)
			return
		}
		line("Content-Transfer-Encoding: base64\r\n")
		for text := base64.StdEncoding.EncodeToString(content); text != ""; {
			n := min(76, len(text))
			line("%s", text[:n])
			text = text[n:]
		}
	}
	part("text/plain; charset=UTF-8", "", []byte(m.text+"\r\n"))
	for _, f := range m.files {
		kind := "application/octet-stream"
		if strings.HasSuffix(f.name, ".eml") {
			kind = "message/rfc822"
		}
		part(kind, f.name, f.bytes)
	}
	line("\r\n--=_%s--", m.name)
	w.wrote[m.name] = b.Bytes()
	return b.Bytes()
}

// messageID is the Message-ID of one of our letters.
func messageID(letterID string) string {
	return "<" + secret.Code(proof.MessageID, letterID) + "@" + domain + ">"
}

// examined reports whether the office's mail server passes a mail that says nothing of it: what
// needs proof mostly has it.
func (m eml) examined() bool {
	return strings.Contains(" "+viet.Fold(m.subject), " rut ") || m.from == noiVu || m.from == secretary
}

// again is another mail's bytes under another Received field.
func (w *writer) again(name string) string {
	_, rest, _ := bytes.Cut(w.wrote[name], []byte("\r\n"))
	return string(rest)
}

// book writes a filled form as its unit's workbook; changes are what people do to it afterwards.
func (w *writer) book(name, unit string, value any, changes ...func(*excelize.File)) file {
	var f *form.Form
	for _, x := range templates.Forms() {
		if reflect.TypeOf(x.New()) == reflect.TypeOf(value) {
			f = x
		}
	}
	var u *plan.Unit
	if f.From == form.FromUnit {
		x := w.unit(unit)
		u = &x
	}
	b, err := xlsx.Write(f, prefill.Heading(w.plan, w.period, u),
		templates.Context(w.plan, w.period, unit).Sealed(w.seal.Seal), value)
	must(w.t, err)
	if len(changes) == 0 {
		return file{name, b}
	}
	x, err := excelize.OpenReader(bytes.NewReader(b))
	must(w.t, err)
	defer x.Close()
	for _, change := range changes {
		change(x)
	}
	var out bytes.Buffer
	must(w.t, x.Write(&out))
	return file{name, out.Bytes()}
}

// set writes a cell.
func (w *writer) set(sheet, cell string, value any) func(*excelize.File) {
	return func(f *excelize.File) { must(w.t, f.SetCellValue(sheet, cell, value)) }
}

// attack is one of the attack files under another name.
func (w *writer) attack(name, as string) file {
	f, ok := hostile.Named(name)
	if !ok {
		w.t.Fatalf("no attack file %s", name)
	}
	return file{as, f.Bytes}
}

// zipped packs files.
func (w *writer) zipped(name string, files ...file) file {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range files {
		e, err := z.Create(f.name)
		must(w.t, err)
		_, err = e.Write(f.bytes)
		must(w.t, err)
	}
	must(w.t, z.Close())
	return file{name, out.Bytes()}
}

// repacked packs a workbook again with its parts changed and more of them.
func (w *writer) repacked(f file, change func(part string, content []byte) []byte, more ...file) file {
	z, err := zip.NewReader(bytes.NewReader(f.bytes), int64(len(f.bytes)))
	must(w.t, err)
	var parts []file
	for _, e := range z.File {
		r, err := e.Open()
		must(w.t, err)
		var content bytes.Buffer
		_, err = content.ReadFrom(r)
		must(w.t, err)
		parts = append(parts, file{e.Name, change(e.Name, content.Bytes())})
	}
	return w.zipped(f.name, append(parts, more...)...)
}

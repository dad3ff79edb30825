package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sync/errgroup"

	"thidua/cmd/config"
	"thidua/cmd/exit"
	"thidua/cmd/files"
	"thidua/templates/wording"
)

// mark begins the configuration of every demo.
const mark = "# thidua demo"

// clearFolder makes room for a new demo; a folder that is not an earlier demo is left alone.
func clearFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading %s: %w", dir, err)
	}
	b, err := os.ReadFile(filepath.Join(dir, config.FileName))
	if err != nil || !bytes.HasPrefix(b, []byte(mark)) {
		return exit.Because(exit.Usage, wording.Text("demo.occupied", "dir", dir))
	}
	for _, name := range []string{"mail", "papers", "ledger.db", "ledger.db-wal", "ledger.db-shm", config.FileName} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return fmt.Errorf("clearing %s: %w", dir, err)
		}
	}
	return nil
}

// writeConfig writes a configuration with which other commands look at what the demo leaves.
func writeConfig(dir string, office postOffice) error {
	text := mark + `
# ` + wording.Text("demo.config") + `
ledger: ledger.db
mailbox:
  address: ` + address + `
  server: ` + office.imap().Address + `
  security: plain
  user: ` + address + `
  password-env: THIDUA_DEMO_PASSWORD
smtp:
  server: ` + office.smtp().Address + `
  security: plain
`
	return files.Write(dir, config.FileName, []byte(text))
}

// plantedFault is a line of mail/in/faults.json: what was planted in a mail, and where `thidua
// check` must find it.
type plantedFault struct {
	Mail  string `json:"mail"`
	Code  string `json:"code"`
	Sheet string `json:"sheet"`
	Cell  string `json:"cell"`
	What  string `json:"what"`
}

// writer writes files below the folder of the demo, some at once.
//
//constructed:by newWriter
type writer struct {
	dir   string
	files errgroup.Group
}

func newWriter(dir string) *writer {
	w := &writer{dir: dir}
	w.files.SetLimit(4)
	return w
}

func (w *writer) write(dir, name string, content []byte) {
	w.files.Go(func() error { return files.Write(filepath.Join(w.dir, dir), name, content) })
}

// export writes the mails and papers, mail/in, mail/out and papers/<round>/<occasion>, and counts
// the papers.
func (d *Demo) export(ctx context.Context) (papers int, err error) {
	w := newWriter(d.options.Out)
	err = errors.Join(d.exportMails(w), d.exportLetters(ctx, w))
	if err == nil {
		papers, err = d.exportPapers(ctx, w)
	}
	return papers, errors.Join(err, w.files.Wait())
}

// exportMails writes what came, with a list of the faults that were planted in it.
func (d *Demo) exportMails(w *writer) error {
	dir := filepath.Join("mail", "in")
	planted := []plantedFault{}
	for _, m := range d.arrived {
		w.write(dir, m.file, m.raw)
		for _, f := range m.mail.Faults {
			planted = append(planted, plantedFault{m.file, string(f.Code), f.Sheet, f.Cell, f.What})
		}
	}
	b, err := json.MarshalIndent(planted, "", "  ")
	if err != nil {
		return fmt.Errorf("listing the planted faults: %w", err)
	}
	w.write(dir, "faults.json", b)
	return nil
}

// exportLetters writes what was sent.
func (d *Demo) exportLetters(ctx context.Context, w *writer) error {
	letters, err := d.ledger.Outbox().Letters(ctx)
	if err != nil {
		return err
	}
	for i, x := range letters {
		raw, err := d.ledger.Blob(ctx, x.SHA256)
		if err != nil {
			return err
		}
		to, _, _ := strings.Cut(strings.Join(x.To, ","), "@")
		w.write(filepath.Join("mail", "out"), fmt.Sprintf("%03d-%s-%s.eml", i+1, x.Kind, to), raw)
	}
	return nil
}

// exportPapers writes the papers. What was issued more than once has a folder for each time, the
// last of which has the plain name.
func (d *Demo) exportPapers(ctx context.Context, w *writer) (papers int, err error) {
	runs, err := d.ledger.Runs().All(ctx)
	if err != nil {
		return 0, err
	}
	issues, last := map[string]int{}, map[string]int{}
	for _, r := range runs {
		last[filepath.Join(r.Period, r.Report)]++
	}
	for _, r := range runs {
		docs, err := d.ledger.Runs().Documents(ctx, r.Key)
		if err != nil {
			return 0, err
		}
		of := filepath.Join(r.Period, r.Report)
		dir := filepath.Join("papers", of)
		if issues[of]++; issues[of] < last[of] {
			dir += fmt.Sprintf("-lan-%d", issues[of])
		}
		for _, doc := range docs {
			w.write(dir, doc.Name, doc.Bytes)
			papers++
		}
	}
	return papers, nil
}

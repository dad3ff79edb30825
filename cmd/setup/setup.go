// Package setup makes the folder in which an installation lives: the configuration, the secrets,
// and a copy of the plan to start from.
//
// Answers of a person come in; files go out. The package asks nobody, opens no connection and
// replaces no file.
package setup

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"thidua/cmd/config"
	"thidua/cmd/files"
	"thidua/templates/plan"
)

// PlanDir and secretDir are the folders of a new installation.
const (
	PlanDir   = "plan"
	secretDir = "secret"
)

// Answers is what an installation is made of.
type Answers struct {
	Config     *config.Config // its places of secrets are filled in
	Plan       fs.FS          // the plan to start from
	IMAPSecret string
	SMTPSecret string
	Office     string // address of the standing office, "" to keep that of the plan
	Unit       string // code=address of one unit, "" to keep those of the plan
}

// Occupant is what of an installation is in a folder already, "" for nothing.
func Occupant(dir string) string {
	for _, name := range []string{config.FileName, PlanDir, secretDir} {
		path := filepath.Join(dir, name)
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			return path
		}
	}
	return ""
}

// Write puts everything into a folder; the configuration last, so that a folder with one is
// complete.
func Write(dir string, a Answers) error {
	if err := writeSecrets(dir, a); err != nil {
		return err
	}
	if err := writePlan(dir, a); err != nil {
		return err
	}
	schema, err := json.MarshalIndent(config.Schema(), "", "  ")
	if err != nil {
		return fmt.Errorf("writing the schema: %w", err)
	}
	if err := files.Write(dir, config.SchemaFileName, append(schema, '\n')); err != nil {
		return err
	}
	return files.Write(dir, config.FileName, []byte(a.Config.Commented()))
}

// writeSecrets writes the secrets and notes in the configuration where they are.
func writeSecrets(dir string, a Answers) (err error) {
	if a.Config.Mailbox.PasswordFile, err = writeSecret(dir, "imap", a.IMAPSecret); err != nil {
		return err
	}
	if a.Config.SMTP.User == "" {
		return nil
	}
	a.Config.SMTP.PasswordFile, err = writeSecret(dir, "smtp", a.SMTPSecret)
	return err
}

// writeSecret writes a secret that its owner alone may read, and returns its path below the folder.
func writeSecret(dir, name, text string) (string, error) {
	path := secretDir + "/" + name
	return path, files.Write(dir, path, []byte(text+"\n"))
}

// writePlan copies the plan with the addresses that were given.
func writePlan(dir string, a Answers) error {
	for _, name := range plan.Files() {
		b, err := fs.ReadFile(a.Plan, name)
		if name == "wording.yaml" && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("reading the plan to start from: %w", err)
		}
		switch {
		case name == "plan.yaml" && a.Office != "":
			b = replaceOffice(b, a.Office)
		case name == "units.csv" && a.Unit != "":
			if b, err = replaceUnit(b, a.Unit); err != nil {
				return err
			}
		}
		if err := files.Write(filepath.Join(dir, PlanDir), name, b); err != nil {
			return err
		}
	}
	return nil
}

// replaceOffice puts an address in place of those of the standing office.
func replaceOffice(planFile []byte, address string) []byte {
	var out [][]byte
	inOffice, inAddresses := false, false
	for line := range bytes.SplitSeq(planFile, []byte("\n")) {
		text := bytes.TrimLeft(line, " ")
		if len(text) == len(line) && len(line) > 0 && line[0] != '#' {
			inOffice = bytes.HasPrefix(line, []byte("office:"))
		}
		if inAddresses && bytes.HasPrefix(text, []byte("- ")) { // the addresses before, one a line
			continue
		}
		if inAddresses = inOffice && bytes.HasPrefix(text, []byte("emails:")); inAddresses {
			indent := line[:len(line)-len(text)]
			line = append(bytes.Clone(indent), "emails: ["+address+"]"...)
		}
		out = append(out, line)
	}
	return bytes.Join(out, []byte("\n"))
}

// replaceUnit puts an address in place of those of one unit.
func replaceUnit(units []byte, text string) ([]byte, error) {
	code, address, _ := strings.Cut(text, "=")
	rows, err := csv.NewReader(bytes.NewReader(units)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading the units of the plan: %w", err)
	}
	column := slices.Index(rows[0], "emails")
	for _, row := range rows[1:] {
		if row[0] != code {
			continue
		}
		row[column] = strings.ToLower(address)
		var out bytes.Buffer
		err := csv.NewWriter(&out).WriteAll(rows)
		return out.Bytes(), err
	}
	return nil, fmt.Errorf("the plan has no unit %s", code)
}

package scenarios_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thidua/templates/finding"
)

// elsewhere are the codes that no story of this folder raises, with the scenario that does: what
// takes a whole city's year or many nominees, a file too big to be kept as a mail, or a plan that
// changed after the record came.
var elsewhere = map[finding.Code]struct{ name, file string }{
	finding.TooManyRows:  {"TooManyRows", "../../templates/reader/sample_test.go"},
	finding.MoreFindings: {"MoreFindings", "../../templates/reader/sample_test.go"},
	finding.Continued:    {"Continued", "../../templates/reader/own_test.go"},
	finding.FailedRows:   {"FailedRows", "../../templates/reader/own_test.go"},
	finding.WrongForm:    {"WrongForm", "../../ingest/workbook/expect_test.go"},
	finding.OverMail:     {"OverMail", "../../ingest/oddmail_test.go"},
	finding.MailTooBig:   {"MailTooBig", "../../ingest/pull_test.go"},
	finding.UnknownUnit:  {"UnknownUnit", "../../evaluate/official_test.go"},
}

// Every code of the catalogue is raised by a scenario: a text that nobody can ever read is a text
// that nobody has checked.
func TestEveryCodeIsRaised(t *testing.T) {
	var all strings.Builder
	names, err := filepath.Glob("[0-9][0-9]-*/out/*.txt")
	must(t, err)
	for _, name := range names {
		b, err := os.ReadFile(name)
		must(t, err)
		all.Write(b)
	}
	for _, e := range finding.Catalogue() {
		raised := strings.Contains(all.String(), "finding "+string(e.Code))
		other, listed := elsewhere[e.Code]
		switch {
		case raised && listed:
			t.Errorf("%s is raised here and need not be listed elsewhere", e.Code)
		case raised:
		case !listed:
			t.Errorf("%s is raised by no scenario", e.Code)
		default:
			b, err := os.ReadFile(other.file)
			must(t, err)
			if !strings.Contains(string(b), "finding."+other.name) {
				t.Errorf("%s: %s does not raise finding.%s", e.Code, other.file, other.name)
			}
		}
	}
}

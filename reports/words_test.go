package reports_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"thidua/templates/wording"
)

// A text that an office may replace is never taken from the common catalogue behind its back: the
// source of every room says so, key by key.
func TestReplaceableTextsComeFromThePlan(t *testing.T) {
	call := regexp.MustCompile(`wording\.Text\("([a-z0-9.-]+)"[,)]`)
	read := 0
	err := filepath.WalkDir(".", func(file string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		read++
		src, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		for _, m := range call.FindAllStringSubmatch(string(src), -1) {
			if wording.Mine(m[1]) {
				t.Errorf("%s takes %q from the catalogue, not from the plan's words", file, m[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if read < 50 {
		t.Errorf("only %d files were read", read)
	}
}

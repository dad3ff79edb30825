package documenttest

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	d "thidua/reports/document"
)

// Update is the flag -update, for whatever the tests of a package record.
var Update = flag.Bool("update", false, "write the recorded papers again")

// Golden compares a text with the recorded one. With -update it is recorded; read the difference
// before it is committed.
func Golden(t *testing.T, file, got string) {
	t.Helper()
	if *Update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s: run with -update and read the difference (-want +got):\n%s", file, diff)
	}
}

// SameBytes renders a document several times at once: the bytes must be the same.
func SameBytes(t *testing.T, doc d.Document, render func(d.Document) ([]byte, error)) {
	t.Helper()
	want, err := render(doc)
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			got, err := render(doc)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("another run gave other bytes (error %v)", err)
			}
		})
	}
	wait.Wait()
}

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"thidua/cmd/screen"
	"thidua/reports/document/documenttest"
	"thidua/templates/form"
)

// The scripts run the whole program: the test binary itself, called under the program's name.
// THIDUA_NOW is then the time.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"thidua": func() {
		now := time.Now
		if text, ok := os.LookupEnv("THIDUA_NOW"); ok {
			at, err := time.Parse(time.RFC3339, text)
			if err != nil {
				panic(err)
			}
			now = func() time.Time { return at }
		}
		a := newApp(screen.New(os.Stdin, os.Stdout, os.Stderr), now, os.LookupEnv)
		killHook(a)
		os.Exit(a.run(context.Background(), os.Args[1:]))
	}})
}

func TestScripts(t *testing.T) {
	scenarios, err := filepath.Abs("../../samples/scenarios")
	if err != nil {
		t.Fatal(err)
	}
	builtIn, err := filepath.Abs("../../templates/plan/data/31-kh-ubnd-2018")
	if err != nil {
		t.Fatal(err)
	}
	dir, files := "testdata", []string(nil)
	if testing.Short() { // the scripts with passes in them; the others run commands of one goroutine
		dir, files = "", []string{"testdata/ingest.txtar", "testdata/operate.txtar"}
	}
	testscript.Run(t, testscript.Params{
		Dir:   dir,
		Files: files,
		Setup: func(e *testscript.Env) error {
			e.Setenv("SCENARIOS", scenarios)
			e.Setenv("PLAN", builtIn)
			e.Setenv("THIDUA_NOW", "2018-03-05T16:30:00+07:00")
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits":    exits,
			"shape":    shape,
			"fill":     fill,
			"deadport": deadPort,
			"all":      all,
		},
		UpdateScripts:       *documenttest.Update,
		RequireExplicitExec: true,
	})
}

// exits CODE COMMAND… runs a command and expects its exit code exactly.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// all COMMAND FILE… runs a command with every file that the patterns stand for as arguments.
func all(ts *testscript.TestScript, neg bool, args []string) {
	var names []string
	for _, pattern := range args[1:] {
		found, err := filepath.Glob(ts.MkAbs(pattern))
		ts.Check(err)
		names = append(names, found...)
	}
	if len(names) == 0 {
		ts.Fatalf("no file like %q", args[1:])
	}
	ts.Check(os.MkdirAll(ts.MkAbs(args[0]), 0o755))
	for i, name := range names {
		b, err := os.ReadFile(name)
		ts.Check(err)
		ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[0]), fmt.Sprintf("%03d-%s", i, filepath.Base(name))), b,
			0o644))
	}
}

// shape FILE prints the paths of a JSON text with the kinds of their values, those of all members
// of an array together.
func shape(ts *testscript.TestScript, neg bool, args []string) {
	var v any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &v))
	seen := map[string]bool{}
	paths(v, "", seen)
	_, err := fmt.Fprintln(ts.Stdout(), strings.Join(slices.Sorted(maps.Keys(seen)), "\n"))
	ts.Check(err)
}

func paths(v any, at string, seen map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for key, x := range v {
			paths(x, at+"."+key, seen)
		}
	case []any:
		seen[at+" array"] = true
		for _, x := range v {
			paths(x, at+"[]", seen)
		}
	case nil:
		seen[at+" null"] = true
	default:
		seen[fmt.Sprintf("%s %T", at, v)] = true
	}
}

// fill DESCRIPTION BLANK FILLED… fills a blank workbook as another program would, from nothing but
// `form describe --json`: every mandatory field gets its example, in the first row of a table and
// in those that came with something in them.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	var all []form.Description
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &all))
	f, err := excelize.OpenFile(ts.MkAbs(args[1]))
	ts.Check(err)
	for _, d := range all {
		if !strings.HasPrefix(filepath.Base(args[1]), d.ID+"-") {
			continue
		}
		for _, s := range d.Sheets {
			for _, b := range s.Blocks {
				for row := b.FirstRow; row == b.FirstRow || b.Kind == form.TableBlock && row <= b.LastRow; row++ {
					fillRow(ts, f, s.Name, b, row)
				}
			}
		}
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[2])))
}

func fillRow(ts *testscript.TestScript, f *excelize.File, sheet string, b form.BlockDescription, row int) {
	blank := map[string]string{}
	n := 0
	for _, x := range b.Fields {
		at := x.Cell
		if b.Kind == form.TableBlock {
			at = x.Column + strconv.Itoa(row)
		}
		old, err := f.GetCellValue(sheet, at)
		ts.Check(err)
		if old != "" {
			n++
		} else if x.Required {
			blank[at] = x.Example
		}
	}
	if n == 0 && row > b.FirstRow {
		return
	}
	for at, example := range blank {
		ts.Check(f.SetCellStr(sheet, at, example))
	}
}

// deadPort sets DEAD to an address of this machine where nobody listens.
func deadPort(ts *testscript.TestScript, neg bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv("DEAD", l.Addr().String())
	ts.Check(l.Close())
}

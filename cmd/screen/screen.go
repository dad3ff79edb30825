// Package screen is the person's side of the program: what is typed, what is printed, and how far a
// long command has come.
//
// Lines and values come in; text goes out to two writers, results to one and remarks to the other.
// The package knows no mail, no ledger and no plan.
package screen

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"unicode/utf8"
)

// Colour is a colour of a terminal (ECMA-48, SGR).
type Colour string

// The colours of results.
const (
	Plain  Colour = ""
	Green  Colour = "32"
	Yellow Colour = "33"
	Red    Colour = "31"
	Faint  Colour = "2"
	Bold   Colour = "1"
)

// Screen is where a command reads and writes.
//
//constructed:by New
type Screen struct {
	in           io.Reader
	out, remarks io.Writer
	drawing      bool // remarks go to a terminal: progress may be drawn
	colours      bool // results go to a terminal: they may be coloured

	progress string // the line of progress that stands on the terminal, "" for none
}

// Option changes a new screen.
type Option func(*Screen)

// Coloured lets results have colours.
func Coloured() Option { return func(s *Screen) { s.colours = true } }

// Drawing lets progress be drawn among the remarks.
func Drawing() Option { return func(s *Screen) { s.drawing = true } }

// New is a screen without colours and progress, for pipes and tests.
func New(in io.Reader, out, remarks io.Writer, options ...Option) *Screen {
	s := &Screen{in: in, out: out, remarks: remarks}
	for _, o := range options {
		o(s)
	}
	return s
}

// OfTerminal is the screen of a process, with colours and progress where its streams are terminals.
func OfTerminal(in, out, remarks *os.File, colours bool) *Screen {
	var options []Option
	if colours && isTerminal(out) {
		options = append(options, Coloured())
	}
	if isTerminal(remarks) {
		options = append(options, Drawing())
	}
	return New(in, out, remarks, options...)
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// In is what the person types.
func (s *Screen) In() io.Reader { return s.in }

// Out is where results go.
func (s *Screen) Out() io.Writer { return s.out }

// Remarks is where everything else goes.
func (s *Screen) Remarks() io.Writer { return s.remarks }

// Say writes one line for the person at the terminal. A line of progress makes room for it.
func (s *Screen) Say(line string) {
	s.ClearProgress()
	_, _ = fmt.Fprintln(s.remarks, line)
}

// Print writes results. A reader that has gone away (a closed pipe) is no trouble of ours.
func (s *Screen) Print(format string, args ...any) {
	s.ClearProgress()
	_, _ = fmt.Fprintf(s.out, format, args...)
}

// JSON prints a value as indented JSON.
func (s *Screen) JSON(v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	s.Print("%s\n", b)
	return nil
}

// Paint colours a text where results go to a terminal, and nowhere else.
func (s *Screen) Paint(colour Colour, text string) string {
	if !s.colours || text == "" || colour == Plain {
		return text
	}
	return "\x1b[" + string(colour) + "m" + text + "\x1b[0m"
}

// ShowProgress draws on a terminal what is being done and how much of it is done; elsewhere it is
// silent. A total of 0 means that nobody knows the whole length.
func (s *Screen) ShowProgress(what string, done, total int) {
	if !s.drawing {
		return
	}
	line := what
	if total > 0 {
		const width = 30
		full := width * done / total
		bar := strings.Repeat("█", full) + strings.Repeat("░", width-full)
		line = fmt.Sprintf("[%s] %d/%d %s", bar, done, total, what)
	}
	if line == s.progress {
		return
	}
	s.progress = line
	_, _ = fmt.Fprintf(s.remarks, "\r\x1b[K%s", line)
}

// ClearProgress takes the line of progress away.
func (s *Screen) ClearProgress() {
	if s.progress == "" {
		return
	}
	s.progress = ""
	_, _ = fmt.Fprint(s.remarks, "\r\x1b[K")
}

// HideInput keeps a terminal from showing what is typed until the function it returns is called.
// Where that cannot be done it does nothing: one question is no reason for a library of terminals.
func (s *Screen) HideInput() (show func()) {
	f, ok := s.in.(*os.File)
	if !ok || !isTerminal(f) {
		return func() {}
	}
	stty := func(arg string) error {
		c := exec.Command("stty", arg)
		c.Stdin = f
		return c.Run()
	}
	if stty("-echo") != nil {
		return func() {}
	}
	return func() { _ = stty("echo") }
}

// Pad fills a text up to a width in characters.
func Pad(text string, width int) string {
	if n := utf8.RuneCountInString(text); n < width {
		return text + strings.Repeat(" ", width-n)
	}
	return text
}

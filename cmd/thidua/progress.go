package main

import (
	"fmt"
	"strings"
)

// bar shows on a terminal how far a long command is; elsewhere it is silent.
type bar struct {
	a    *app
	last string
}

func (a *app) newBar() *bar { return &bar{a: a} }

// step shows what is being done; total 0 means that its length is not known.
func (b *bar) step(what string, done, total int) {
	if !b.a.terminal {
		return
	}
	line := what
	if total > 0 {
		const width = 30
		full := width * done / total
		line = fmt.Sprintf("[%s%s] %d/%d %s", strings.Repeat("█", full), strings.Repeat("░", width-full), done, total, what)
	}
	if line == b.last {
		return
	}
	b.last = line
	_, _ = fmt.Fprintf(b.a.err, "\r\x1b[K%s", line)
}

func (b *bar) clear() {
	if b.a.terminal && b.last != "" {
		_, _ = fmt.Fprint(b.a.err, "\r\x1b[K")
		b.last = ""
	}
}

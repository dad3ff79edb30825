// Package exit says how the program ends: with which exit code, and with which words for the person
// who called it.
//
// An error that a room of cmd returns comes in; an exit code and a Vietnamese text that says what
// to do go out. The package prints nothing and ends nothing: package main does.
package exit

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"syscall"

	"thidua/ingest/ledger"
	"thidua/templates/wording"
)

// The exit codes. They stand in the help and are a contract.
const (
	Done    = 0
	Failure = 1  // our own trouble
	Usage   = 2  // the call
	Held    = 3  // done, with items held or findings that must be fixed
	Invalid = 4  // plan or configuration
	Later   = 75 // a server is out of reach: try later
)

// Error is an error with an exit code of its own.
//
//constructed:by Because, With, Silently
type Error struct {
	code int
	err  error // nil: everything has been said
}

// Because refuses with a text for the person, which is a whole sentence of the catalogue.
func Because(code int, text string) error { return Error{code, errors.New(text)} }

// With gives an error whose own words are for the person an exit code.
func With(code int, err error) error { return Error{code, err} }

// Silently ends with a code when everything has been said already.
func Silently(code int) error { return Error{code: code} }

func (e Error) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e Error) Unwrap() error { return e.err }

// Describe says what is known about an error, what to do, and the exit code. The text is empty when
// nothing is left to say.
func Describe(err error) (text string, code int) {
	var own Error
	if errors.As(err, &own) {
		return own.Error(), own.code
	}
	if errors.Is(err, context.Canceled) {
		return wording.Text("cli.stopped"), Failure
	}
	for _, m := range []struct {
		kind error
		code int
		text string
	}{
		{ledger.ErrFull, Failure, wording.Text("cli.medium.full", "problem", err)},
		{ledger.ErrReadOnly, Failure, wording.Text("cli.medium.readonly", "problem", err)},
		{ledger.ErrBusy, Later, wording.Text("cli.medium.busy", "problem", err)},
		{ledger.ErrDamaged, Failure, wording.Text("cli.medium.damaged", "problem", err)},
		{ledger.ErrNewer, Failure, wording.Text("cli.medium.newer", "problem", err)},
		{ledger.ErrCollation, Invalid, wording.Text("cli.medium.collation", "problem", err)},
		{ledger.ErrAway, Later, wording.Text("cli.medium.away", "problem", err)},
		{ledger.ErrLogin, Invalid, wording.Text("cli.medium.login", "problem", err)},
		{syscall.ENOSPC, Failure, wording.Text("cli.file.full", "problem", err)},
		{fs.ErrPermission, Failure, wording.Text("cli.file.denied", "problem", err)},
		{fs.ErrNotExist, Failure, wording.Text("cli.file.absent", "problem", err)},
	} {
		if errors.Is(err, m.kind) {
			return strings.Join(strings.Fields(m.text), " "), m.code
		}
	}
	return wording.Text("cli.failed", "problem", err), Failure
}

// FileProblem says why a file cannot be read.
func FileProblem(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return wording.Text("cli.file.missing")
	case errors.Is(err, fs.ErrPermission):
		return wording.Text("cli.file.forbidden")
	}
	return err.Error()
}

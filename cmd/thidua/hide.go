package main

import (
	"io"
	"os"
	"os/exec"
)

// hideInput keeps a terminal from showing what is typed until the function it returns is called. Where that cannot be done it does nothing: the program
// needs no library for terminals for the sake of one question.
func hideInput(in io.Reader) (show func()) {
	f, ok := in.(*os.File)
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

//go:build race

package ooxml

// instrumented says that the race detector slows everything down, so that times mean nothing.
const instrumented = true

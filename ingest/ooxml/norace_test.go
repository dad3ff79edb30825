//go:build !race

package ooxml

const instrumented = false

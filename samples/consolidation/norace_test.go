//go:build !race

package consolidation

const instrumented = false

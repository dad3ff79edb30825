//go:build race

package consolidation

// instrumented says that the race detector is on, which allocates for itself.
const instrumented = true

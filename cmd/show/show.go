// Package show says results to a person at a terminal, and is the shape of those that other
// programs read as JSON.
//
// Results of evaluation, of checks and of the ledger come in; lines on a screen go out. Fields may
// be added to the JSON; none changes its meaning. The package decides nothing and stores nothing.
package show

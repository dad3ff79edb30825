// Package budget bounds what one mail may cost, whatever it holds.
//
// A budget is spent while a mail is read: on what is taken out of its archives, on what its
// workbooks inflate to, on rows, on findings, on time. What a mail still has says whether its next
// file is opened; which file that is, and what its sender is told, is for the caller to decide. All
// but time is counted, so that the same mail ends the same way on every machine; time is the last
// resort against what nobody thought of, far above what the rest allows.
package budget

import "time"

// Limits are what one mail may use.
type Limits struct {
	Files    int           // taken out of its archives
	Unpacked int           // bytes of those files, which are all held in memory
	Inflated int           // bytes that its workbooks inflate to while they are read
	Rows     int           // of all its forms
	Findings int           // kept of all its files
	Time     time.Duration // of the processor
}

// Default is what one mail may use. Each is several times what the largest mail of a unit needs: a
// dossier inflates to a tenth of a MiB and has some hundred rows.
func Default() Limits {
	return Limits{Files: 60, Unpacked: 32 << 20, Inflated: 128 << 20, Rows: 20_000, Findings: 2_000,
		Time: 20 * time.Second}
}

// Heavy is from how many bytes on a mail is handled while no other is: several of them at once
// would need several times the memory.
const Heavy = 4 << 20

// Budget is what one mail has left. It is for one goroutine.
type Budget struct {
	Limits        // what is left
	whole  Limits //
	spent  func() time.Duration
	began  time.Duration
	alone  func() // called once before the mail becomes heavy
	weight int
}

// New is a whole budget. spent is the processor's time so far, nil where time is not bounded;
// alone, if any, is called before much memory is used, and may wait until others use less.
func New(whole Limits, spent func() time.Duration, alone func()) *Budget {
	b := &Budget{Limits: whole, whole: whole, spent: spent, alone: alone}
	if spent != nil {
		b.began = spent()
	}
	return b
}

// Whole is what the budget began with.
func (b *Budget) Whole() Limits { return b.whole }

// InTime reports whether there is time left for another file.
func (b *Budget) InTime() bool { return b.spent == nil || b.spent()-b.began < b.whole.Time }

// Hold says that so many more bytes are about to be held in memory.
func (b *Budget) Hold(n int) {
	if b.weight += n; b.weight >= Heavy && b.alone != nil {
		b.alone()
		b.alone = nil
	}
}

// Weight is about how many bytes the mail holds in memory: those it was told to hold, and what its
// rows and findings take.
func (b *Budget) Weight() int {
	const row, found = 2 << 10, 2 << 10
	return b.weight + (b.whole.Inflated-b.Limits.Inflated)/4 + (b.whole.Rows-b.Limits.Rows)*row +
		(b.whole.Findings-b.Limits.Findings)*found
}

package ledgertest

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"thidua/ingest/ledger"
)

// numbersStay: a number of the register is given once, whatever is entered later, in whatever
// order, by however many at a time.
func numbersStay(t *testing.T, open Open) {
	l, err := open(&Clock{Start})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	enter := func(book string, awards ...string) []ledger.Entered {
		t.Helper()
		out, err := l.Register().Enter(t.Context(), book, awards)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	first := []ledger.Entered{{Award: "2018/a", Book: "2019", Number: 1}, {Award: "2018/b", Book: "2019", Number: 2}}
	for range 2 {
		if d := cmp.Diff(first, enter("2019", "2018/a", "2018/b")); d != "" {
			t.Error(d)
		}
	}
	// b is withdrawn, c comes in its place, a is asked for in another book: nothing moves.
	want := []ledger.Entered{{Award: "2018/c", Book: "2019", Number: 3}, {Award: "2018/a", Book: "2019", Number: 1}}
	if d := cmp.Diff(want, enter("2019", "2018/c", "2018/a")); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]ledger.Entered{{Award: "2018/a", Book: "2019", Number: 1},
		{Award: "2019/a", Book: "2020", Number: 1}}, enter("2020", "2018/a", "2019/a")); d != "" {
		t.Error(d)
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if _, err := l.Register().Enter(t.Context(), "2021", []string{"x", "y", "z"}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	all, err := l.Register().Entries(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 7 || all[6] != (ledger.Entered{Award: "z", Book: "2021", Number: 3}) {
		t.Errorf("%+v", all)
	}
	Sound(t, l)
}

package ingest_test

import (
	"context"
	"errors"
	"testing"

	"thidua/ingest/mailbox"
	"thidua/samples/postoffice"
)

// unfetched is a mailbox of which nobody may read a mail.
type unfetched struct{ mailbox.Source }

func (unfetched) Fetch(context.Context, []mailbox.Key, func(mailbox.Summary, []byte) error) error {
	return errors.New("a mail that is known was fetched again")
}

// A pass with no new mail lists the mailbox, and neither fetches a mail nor, having none, parses a
// file. The server would break the line before a body could come through; mails that were left
// where they are, a newsletter among them, are passed over.
func TestAPassWithoutNewMailFetchesNothing(t *testing.T) {
	all := letters(t)[:12]
	w := newWorld(t)
	w.deliver(all...)
	first := w.mustPull()
	if first.New == 0 || first.Left == 0 {
		t.Fatalf("the story is not worth telling: %+v", first)
	}
	before := w.counts()
	w.office.SetFaults(postoffice.Faults{IMAPBytes: 4096})
	again, err := w.pull(func(s mailbox.Source) mailbox.Source { return unfetched{s} })
	if err != nil || again.New+again.Duplicates+again.Moved != 0 || again.Listed != first.Left {
		t.Errorf("%+v (%v)", again, err)
	}
	if after := w.counts(); after != before {
		t.Errorf("the pass left traces: %+v, before %+v", after, before)
	}
	w.deliver(all[0]) // and the means of the test work: a mail that is new at its place is fetched
	if _, err := w.pull(func(s mailbox.Source) mailbox.Source { return unfetched{s} }); err == nil {
		t.Error("nobody noticed that a mail was fetched")
	}
}

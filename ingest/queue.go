package ingest

import (
	"context"
	"errors"
	"fmt"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
)

// mostFetches is how often a mail of more than bearable bytes may be fetched in vain: one that the
// line did not bear so often counts as too large. A smaller one is asked for until it comes.
const (
	mostFetches = 3
	bearable    = 1 << 20
)

// item is a mail as it came; raw is nil for one that is too large.
type item struct {
	s   mailbox.Summary
	raw []byte
}

// queue fetches what is new, in portions.
type queue struct {
	src     mailbox.Source
	l       *ledger.Ledger
	tried   map[string]ledger.Attempt // at which the program ended
	unborne map[string]ledger.Attempt // at which the line broke
}

func placeID(s mailbox.Summary) string {
	return ledger.UnfetchedID(ledger.Place{Mailbox: s.Mailbox, UIDValidity: s.UIDValidity, UID: s.UID})
}

func size(all []mailbox.Summary) (n int64) {
	for _, s := range all {
		n += s.Size
	}
	return n
}

func bytesOf(all []item) (n int64) {
	for _, i := range all {
		n += int64(len(i.raw))
	}
	return n
}

// next is what is taken in together. Mails of one second stay together, as far as there is room, so
// that what is remarked of them does not depend on their order in the mailbox. A mail at which the
// program ended more than once, and one at which the line broke, is taken alone.
func (q queue) next(fresh []mailbox.Summary) []mailbox.Summary {
	var size int64
	for i, s := range fresh {
		if q.tried[placeID(s)].Together > 1 || q.tried[placeID(s)].Alone > 0 || q.unborne[placeID(s)].Together > 0 {
			return fresh[:max(i, 1)]
		}
		size += s.Size
		switch full := i >= batch || size > batchBytes; {
		case i == 0 || !full:
		case i < 2*batch && size <= 2*batchBytes && s.Received.Equal(fresh[i-1].Received):
		default:
			return fresh[:i]
		}
	}
	return fresh
}

// fetch reads a portion from the mailbox. When the line breaks, what had come whole is returned
// with the error; a large mail before which nothing came in this portion is noted as the one that
// the line did not bear.
func (q queue) fetch(ctx context.Context, part []mailbox.Summary) (items []item, err error) {
	if len(part) == 0 {
		return nil, nil
	}
	keys := make([]mailbox.Key, len(part))
	for i, s := range part {
		keys[i] = s.Key
	}
	take := func(s mailbox.Summary, raw []byte) error {
		items = append(items, item{s, raw})
		return nil
	}
	fetch := q.src.Fetch
	if first := placeID(part[0]); q.unborne[first].Together >= mostFetches || q.tried[first].Alone > 1 {
		fetch = q.src.Begins // no more of it is wanted
	}
	if err = fetch(ctx, keys, take); err == nil {
		return items, nil
	}
	var line *mailbox.Error
	if len(items) == 0 && part[0].Size > bearable && errors.As(err, &line) && !line.Refused && ctx.Err() == nil {
		if noted := q.l.Inbox().Begin(ctx, ledger.Fetching, []string{placeID(part[0])}, false); noted != nil {
			err = errors.Join(err, noted)
		}
	}
	return items, fmt.Errorf("fetching %d mails: %w", len(part), err)
}

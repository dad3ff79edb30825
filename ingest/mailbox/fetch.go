package mailbox

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

const (
	most    = 500      // messages in one FETCH or MOVE: servers bound the length of a line
	load    = 16 << 20 // bytes in one FETCH: the round trip before it is little beside them on any line
	chunk   = 1 << 20  // bytes of a message in one FETCH; the rest follows in further ones
	begin   = 64 << 10 // bytes of which a header is hoped to be whole
	slowest = 32 << 10 // bytes a second that a line is expected to do at least
)

// List returns every message in the mailbox, ascending by UID.
func (m *IMAP) List(ctx context.Context) ([]Summary, error) {
	if err := m.open(ctx); err != nil {
		return nil, err
	}
	select { // what was announced so far is about to be seen
	case <-m.news:
	default:
	}
	clear(m.known)
	if m.selected.NumMessages == 0 {
		return nil, nil
	}
	everything := imap.UIDSet{{Start: 1}} // 1:*
	if err := m.summarise(ctx, everything, int64(m.selected.NumMessages)); err != nil {
		return nil, err
	}
	return slices.SortedFunc(maps.Values(m.known), func(a, b Summary) int { return cmp.Compare(a.UID, b.UID) }), nil
}

// summarise learns the summaries of messages.
func (m *IMAP) summarise(ctx context.Context, uids imap.UIDSet, count int64) error {
	const line = 128 // bytes of one answer
	items := &imap.FetchOptions{UID: true, RFC822Size: true, InternalDate: true}
	return m.ask(ctx, uids, items, count*line, func(p piece) {
		if !p.Received.IsZero() { // else mere news of its flags
			m.known[p.UID] = p.Summary
		}
	})
}

func (m *IMAP) key(uid imap.UID) Key {
	return Key{Mailbox: m.config.Mailbox, UIDValidity: m.selected.UIDValidity, UID: uint32(uid)}
}

// Fetch reads many messages with one command, each first up to one chunk, then chunk by chunk: no
// announced length can make it hold more than Limits.Message and the first chunks of one command.
// The callback runs between commands, so it may take its time.
func (m *IMAP) Fetch(ctx context.Context, keys []Key, each func(s Summary, raw []byte) error) error {
	if err := m.check(ctx, keys); err != nil {
		return err
	}
	var unknown []Key
	for _, k := range keys {
		if _, ok := m.known[k.UID]; !ok {
			unknown = append(unknown, k)
		}
	}
	for part := range slices.Chunk(unknown, most) {
		if err := m.summarise(ctx, set(part), int64(len(part))); err != nil {
			return err
		}
	}
	for len(keys) > 0 {
		n := m.share(keys)
		if err := m.fetch(ctx, keys[:n], each); err != nil {
			return err
		}
		keys = keys[n:]
	}
	return nil
}

// share is how many of the messages go into one command.
func (m *IMAP) share(keys []Key) int {
	var size int64
	for i, k := range keys {
		if size += m.first(k); i > 0 && (size > load || i == most) {
			return i
		}
	}
	return len(keys)
}

// first is how many bytes of a message are asked for at first: none when it is too large or
// unknown.
func (m *IMAP) first(k Key) int64 {
	if s, ok := m.known[k.UID]; ok && s.Size <= m.config.Limits.Message {
		return min(s.Size, chunk)
	}
	return 0
}

func set(keys []Key) (uids imap.UIDSet) {
	for _, k := range keys {
		uids.AddNum(imap.UID(k.UID))
	}
	return uids
}

// fetch reads what goes into one command.
func (m *IMAP) fetch(ctx context.Context, keys []Key, each func(s Summary, raw []byte) error) error {
	var wanted imap.UIDSet
	var size int64
	for _, k := range keys {
		if s, ok := m.known[k.UID]; ok && s.Size <= m.config.Limits.Message {
			wanted.AddNum(imap.UID(k.UID))
			size += m.first(k)
		}
	}
	first := make(map[uint32][]byte, len(keys))
	broken := m.bodies(ctx, wanted, 0, size, first)
	for _, k := range keys {
		s, listed := m.known[k.UID]
		start, read := first[k.UID]
		if broken != nil && (!read || len(start) == chunk) {
			continue // it did not come, or not whole
		}
		if listed && s.Size > m.config.Limits.Message {
			if broken = m.Begins(ctx, []Key{k}, each); broken != nil {
				return broken
			}
			continue
		}
		if !listed || !read && s.Size <= m.config.Limits.Message {
			continue // vanished, or the server sent mere news of its flags instead: it is still there next time
		}
		delete(first, k.UID)
		raw, whole, err := m.rest(ctx, k, start)
		if err != nil {
			broken = err
			continue
		}
		if !whole {
			continue
		}
		if raw == nil {
			s.Header = start[:min(len(start), maxHeader)]
		}
		if err := each(s, raw); err != nil {
			return err
		}
	}
	return broken
}

// Begins reads the first bytes of messages, one after another: there are few of whom no more is
// wanted.
func (m *IMAP) Begins(ctx context.Context, keys []Key, each func(s Summary, raw []byte) error) error {
	if err := m.check(ctx, keys); err != nil {
		return err
	}
	for _, k := range keys {
		if _, ok := m.known[k.UID]; !ok {
			if err := m.summarise(ctx, set([]Key{k}), 1); err != nil {
				return err
			}
		}
		s, listed := m.known[k.UID]
		start := map[uint32][]byte{}
		if err := m.part(ctx, imap.UIDSetNum(imap.UID(k.UID)), 0, begin, begin, start); err != nil {
			return err
		}
		if s.Header = start[k.UID]; !listed || s.Header == nil {
			continue
		}
		if err := each(s, nil); err != nil {
			return err
		}
	}
	return nil
}

// rest reads what follows the first chunk. A message above the limit, whatever the server said
// about its size, comes back as nil; one that vanishes on the way is not whole.
func (m *IMAP) rest(ctx context.Context, k Key, start []byte) (raw []byte, whole bool, err error) {
	raw = start
	for last := len(raw); last == chunk && int64(len(raw)) <= m.config.Limits.Message; {
		next := map[uint32][]byte{}
		if err := m.bodies(ctx, imap.UIDSetNum(imap.UID(k.UID)), int64(len(raw)), chunk, next); err != nil {
			return nil, false, err
		}
		piece, ok := next[k.UID]
		if !ok {
			return nil, false, nil
		}
		last = len(piece)
		if len(raw) == chunk { // room for all of it at once, as far as its size is told
			raw = slices.Grow(raw, int(min(max(m.known[k.UID].Size, 0), m.config.Limits.Message+chunk)))
		}
		raw = append(raw, piece...)
	}
	if int64(len(raw)) > m.config.Limits.Message {
		raw = nil
	}
	return raw, true, nil
}

// bodies reads one chunk of each message into the map, size bytes in all as far as is known.
func (m *IMAP) bodies(ctx context.Context, uids imap.UIDSet, offset, size int64, into map[uint32][]byte) error {
	return m.part(ctx, uids, offset, chunk, size, into)
}

// part reads so many bytes of each message from the offset on.
func (m *IMAP) part(ctx context.Context, uids imap.UIDSet, offset, length, size int64, into map[uint32][]byte) error {
	if len(uids) == 0 {
		return nil
	}
	part := &imap.FetchItemBodySection{Peek: true, Partial: &imap.SectionPartial{Offset: offset, Size: length}}
	items := &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{part}}
	return m.ask(ctx, uids, items, size, func(p piece) {
		if p.body != nil {
			into[p.UID] = p.body
		}
	})
}

// check selects the mailbox if need be and refuses keys of another one.
func (m *IMAP) check(ctx context.Context, keys []Key) error {
	if m.selected == nil {
		if err := m.open(ctx); err != nil {
			return err
		}
	}
	for _, k := range keys {
		if k.Mailbox != m.config.Mailbox {
			return fmt.Errorf("reading message %d of %s: this is %s", k.UID, k.Mailbox, m.config.Mailbox)
		}
		if k.UIDValidity != m.selected.UIDValidity {
			return fmt.Errorf("reading message %d of %s: %w", k.UID, k.Mailbox, ErrUIDValidity)
		}
	}
	return nil
}

// piece is one answer to a FETCH.
type piece struct {
	Summary
	body []byte
}

// ask runs one FETCH. Answers may come in any order, and with them news of other messages, which
// are left out; a message that has vanished has no answer. No other command may run meanwhile: the
// library has one reader.
func (m *IMAP) ask(ctx context.Context, uids imap.UIDSet, items *imap.FetchOptions, size int64,
	take func(piece)) error {
	limit := m.config.Timeout + time.Duration(size)*time.Second/slowest
	return m.command(ctx, limit, "reading messages", func() error {
		fetch := m.client.Fetch(uids, items)
		for msg := fetch.Next(); msg != nil; msg = fetch.Next() {
			p, err := m.read(msg)
			if err != nil {
				return err // the line is broken, and with it every other answer
			}
			if p.UID != 0 {
				take(p)
			}
		}
		return fetch.Close()
	})
}

// read takes one answer apart while it streams in.
func (m *IMAP) read(msg *imapclient.FetchMessageData) (piece, error) {
	var p piece
	for item := msg.Next(); item != nil; item = msg.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			p.Key = m.key(item.UID)
		case imapclient.FetchItemDataRFC822Size:
			p.Size = item.Size
		case imapclient.FetchItemDataInternalDate:
			p.Received = item.Time.UTC()
		case imapclient.FetchItemDataBodySection:
			if item.Literal == nil {
				continue
			}
			size := item.Literal.Size()
			if size > chunk { // it may be endless: cut the line, and let the library's reader see the end
				_ = m.conn.Close()
				_, _ = io.Copy(io.Discard, item.Literal)
				return p, errors.New("the server sends more than was asked for")
			}
			p.body = make([]byte, size)
			if _, err := io.ReadFull(item.Literal, p.body); err != nil {
				return p, err
			}
		}
	}
	return p, nil
}

package ledger

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Place is where a mail lies on a server. It is a hint where to look and never what a mail is: the
// same mail may lie at two places, and a place may hold another mail once UIDVALIDITY has changed
// (RFC 9051, 2.3.1.1).
type Place struct {
	Mailbox          string
	UIDValidity, UID uint32
}

// placesAsked is about how many places one question is: what was moved away long ago is not read.
const placesAsked = 50

// Known reports for each place whether what lies there has been taken in. Places that are not known
// are not in the map.
func (l Inbox) Known(ctx context.Context, places []Place) (map[Place]bool, error) {
	type box struct {
		mailbox     string
		uidValidity uint32
	}
	var boxes []box
	uids := map[box][]uint32{}
	for _, p := range places {
		b := box{p.Mailbox, p.UIDValidity}
		if uids[b] == nil {
			boxes = append(boxes, b)
		}
		uids[b] = append(uids[b], p.UID)
	}
	known := map[Place]bool{}
	err := l.read(ctx, func(t *tx) error {
		for _, b := range boxes {
			p := Place{Mailbox: b.mailbox, UIDValidity: b.uidValidity}
			for few := range slices.Chunk(uids[b], placesAsked) {
				args := []any{b.mailbox, b.uidValidity}
				for i := range placesAsked { // always the same statement: the last one is asked for again
					args = append(args, few[min(i, len(few)-1)])
				}
				if err := t.each(func(scan func(...any) error) error {
					if err := scan(&p.UID); err != nil {
						return err
					}
					known[p] = true
					return nil
				}, `SELECT uid FROM place WHERE mailbox = $1 AND uidvalidity = $2 AND uid IN (`+
					placeholders(3, placesAsked)+`)`, args...); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking up %d places: %w", len(places), err)
	}
	return known, nil
}

// Move is a mail that is wanted in a folder and not known to be there.
type Move struct {
	Place
	Folder string
}

// PendingMoves returns what is still to be moved, by folder, then place. A place from before the
// mailbox was renumbered is left out once the same mail has been found again under the new numbers.
func (l Inbox) PendingMoves(ctx context.Context) ([]Move, error) {
	var out []Move
	err := l.read(ctx, func(t *tx) error {
		return t.each(func(scan func(...any) error) error {
			var m Move
			err := scan(&m.Mailbox, &m.UIDValidity, &m.UID, &m.Folder)
			out = append(out, m)
			return err
		}, `SELECT mailbox, uidvalidity, uid, folder FROM place p
			WHERE folder <> '' AND moved_at = '' AND NOT EXISTS (
				SELECT 1 FROM place q WHERE q.message = p.message AND q.mailbox = p.mailbox
					AND q.uidvalidity > p.uidvalidity)
			ORDER BY folder, mailbox, uidvalidity, uid`)
	})
	if err != nil {
		return nil, fmt.Errorf("reading pending moves: %w", err)
	}
	return out, nil
}

// Moved notes that the mails at these places are where they are wanted, or have vanished. Places
// without a pending move are passed over.
func (l Inbox) Moved(ctx context.Context, places []Place) error {
	err := l.write(ctx, func(t *tx) error {
		moved := make([]string, len(places))
		all := make([]question, len(places))
		for i, p := range places {
			all[i] = one(new(bool), []any{&moved[i]}, `UPDATE place SET moved_at = $1
				WHERE mailbox = $2 AND uidvalidity = $3 AND uid = $4 AND folder <> '' AND moved_at = ''
					RETURNING message`, t.now, p.Mailbox, p.UIDValidity, p.UID)
		}
		if err := t.ask(all...); err != nil {
			return err
		}
		for _, message := range moved {
			if message == "" {
				continue
			}
			if err := t.tell(MessageMoved, message, ""); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("noting %d moves: %w", len(places), err)
	}
	return nil
}

// Found is one place of a mail and what came of it there.
type Found struct {
	Place
	Copy   bool      // the mail was known already when it was found here
	Folder string    // where it is wanted, "" when it stays
	Moved  time.Time // zero when it was not moved
}

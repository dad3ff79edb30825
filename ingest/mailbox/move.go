package mailbox

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// Move puts the messages into the folder. A server with MOVE does it (RFC 6851); one without
// copies, and removes the originals only after the copy is confirmed and only with UID EXPUNGE (RFC
// 4315), which leaves other people's deleted mail alone; one without either gets a keyword on the
// messages, if it keeps keywords, and everything stays where it is. Moving is for the eyes of
// staff: it is no lock.
func (m *IMAP) Move(ctx context.Context, keys []Key, folder string) error {
	if err := m.check(ctx, keys); err != nil {
		return err
	}
	name, caps := m.folder(folder), m.client.Caps()
	for keys := range slices.Chunk(keys, most) {
		uids := set(keys)
		var err error
		switch {
		case caps.Has(imap.CapMove):
			err = m.withFolder(ctx, name, func() error {
				_, err := m.client.Move(uids, name).Wait()
				return err
			})
		case caps.Has(imap.CapUIDPlus):
			err = m.withFolder(ctx, name, func() error {
				_, err := m.client.Copy(uids, name).Wait()
				return err
			})
			if err == nil {
				err = m.remove(ctx, uids)
			}
		default:
			err = m.mark(ctx, uids)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// withFolder runs a command that needs the folder, and once more after creating the folder when the
// server says no.
func (m *IMAP) withFolder(ctx context.Context, name string, move func() error) error {
	err := m.command(ctx, m.config.Timeout, "moving messages to "+name, move)
	var no *imap.Error
	if !errors.As(err, &no) || no.Type != imap.StatusResponseTypeNo {
		return err
	}
	created := m.command(ctx, m.config.Timeout, "creating folder "+name, func() error {
		return m.client.Create(name, nil).Wait()
	})
	var refusal *Error
	if errors.As(created, &refusal) && !refusal.Refused { // the line broke, which counts for more than the first answer
		return created
	}
	if created != nil {
		return errors.Join(err, created)
	}
	return m.command(ctx, m.config.Timeout, "moving messages to "+name, move)
}

func (m *IMAP) remove(ctx context.Context, uids imap.UIDSet) error {
	return m.command(ctx, m.config.Timeout, "removing copied messages", func() error {
		deleted := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}
		if err := m.client.Store(uids, deleted, nil).Close(); err != nil {
			return err
		}
		return m.client.UIDExpunge(uids).Close()
	})
}

func (m *IMAP) mark(ctx context.Context, uids imap.UIDSet) error {
	if !slices.Contains(m.selected.PermanentFlags, imap.FlagWildcard) {
		return nil
	}
	return m.command(ctx, m.config.Timeout, "marking messages", func() error {
		handled := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true,
			Flags: []imap.Flag{imap.Flag(m.config.Keyword)}}
		return m.client.Store(uids, handled, nil).Close()
	})
}

// folder writes a folder's name as the server wants it. One that begins as the folders of a shared
// namespace do is written in full already.
func (m *IMAP) folder(name string) string {
	for _, prefix := range m.foreign {
		if strings.HasPrefix(name, prefix) {
			return name
		}
	}
	if m.delim != "/" {
		name = strings.NewReplacer(m.delim, "-", "/", m.delim).Replace(name)
	}
	if strings.HasPrefix(name, m.prefix) {
		return name
	}
	return m.prefix + name
}

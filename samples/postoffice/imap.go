package postoffice

import (
	"errors"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// session is one IMAP connection. It adds to the memory server: UIDVALIDITY as configured,
// INTERNALDATE by the office's clock, and MOVE and COPY that bear messages which are gone and run
// one at a time.
type session struct {
	*imapmemserver.UserSession // nil before LOGIN
	office                     *Office
}

var (
	_ imapserver.SessionNamespace = (*session)(nil)
	_ imapserver.SessionMove      = (*session)(nil)
)

// Login opens the one account.
func (s *session) Login(user, password string) error {
	if err := s.office.user.Login(user, password); err != nil {
		return err
	}
	s.UserSession = imapmemserver.NewUserSession(s.office.user)
	return nil
}

// validity shifts the memory server's numbers 1, 2, 3… to begin at the configured UIDVALIDITY.
func (s *session) validity(v uint32) uint32 {
	if v == 0 {
		return 0
	}
	return v - 1 + s.office.config.UIDValidity
}

func (s *session) Select(name string, options *imap.SelectOptions) (*imap.SelectData, error) {
	data, err := s.UserSession.Select(name, options)
	if err == nil {
		data.UIDValidity = s.validity(data.UIDValidity)
	}
	return data, err
}

func (s *session) Status(name string, options *imap.StatusOptions) (*imap.StatusData, error) {
	data, err := s.UserSession.Status(name, options)
	if err == nil {
		data.UIDValidity = s.validity(data.UIDValidity)
	}
	return data, err
}

func (s *session) Append(name string, r imap.LiteralReader, options *imap.AppendOptions) (*imap.AppendData, error) {
	if options.Time.IsZero() {
		options.Time = s.office.config.Clock()
	}
	data, err := s.UserSession.Append(name, r, options)
	if err == nil {
		data.UIDValidity = s.validity(data.UIDValidity)
	}
	return data, err
}

func (s *session) Copy(set imap.NumSet, folder string) (*imap.CopyData, error) {
	s.office.moving.Lock()
	defer s.office.moving.Unlock()
	return s.copy(set, folder)
}

// copy returns nil when none of the messages exist any more: the memory server would answer with an
// empty COPYUID, which is malformed.
func (s *session) copy(set imap.NumSet, folder string) (*imap.CopyData, error) {
	var criteria imap.SearchCriteria
	switch set := set.(type) {
	case imap.UIDSet:
		criteria.UID = []imap.UIDSet{set}
	case imap.SeqSet:
		criteria.SeqNum = []imap.SeqSet{set}
	}
	found, err := s.UserSession.Search(imapserver.NumKindUID, &criteria, &imap.SearchOptions{})
	if err != nil {
		return nil, err
	}
	if found.Count == 0 {
		return nil, nil
	}
	data, err := s.UserSession.Copy(set, folder)
	if err == nil {
		data.UIDValidity = s.validity(data.UIDValidity)
	}
	return data, err
}

// Move is a copy followed by the removal of exactly the copied messages (RFC 6851, 3.3). The client
// learns of the removal as every other session does.
func (s *session) Move(w *imapserver.MoveWriter, set imap.NumSet, folder string) error {
	s.office.moving.Lock()
	defer s.office.moving.Unlock()
	data, err := s.copy(set, folder)
	if err != nil || data == nil {
		return err
	}
	if err := w.WriteCopyData(data); err != nil {
		return err
	}
	moved, ok := data.SourceUIDs, len(data.SourceUIDs) > 0
	if !ok {
		return errors.New("moving messages: nothing was copied")
	}
	deleted := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}
	if err := s.UserSession.Store(nil, moved, deleted, &imap.StoreOptions{}); err != nil {
		return err
	}
	return s.UserSession.Expunge(nil, &moved)
}

package ledger

import (
	"errors"
	"fmt"
	"io/fs"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// Trouble with what the ledger lies on. Nothing is lost by it: the transaction that met it left no
// trace and can be made again.
var (
	ErrFull     = errors.New("the disk is full")
	ErrReadOnly = errors.New("the ledger cannot be written to")
	ErrBusy     = errors.New("the ledger is locked by another program")
	// ErrDamaged is another matter: what is there is no whole ledger, and a copy has to take its
	// place.
	ErrDamaged = errors.New("the ledger is damaged, or no ledger")
	ErrAway    = errors.New("the database server is out of reach")
	ErrLogin   = errors.New("the database server refuses the login, or has no such database")
)

// medium adds to an error of the database which of the troubles it is.
func medium(err error) error {
	if err == nil {
		return nil
	}
	for _, known := range []error{ErrFull, ErrReadOnly, ErrBusy, ErrDamaged, ErrAway, ErrLogin} {
		if errors.Is(err, known) {
			return err
		}
	}
	kind := postgresMedium(err)
	if kind == nil && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission)) { // its folder
		kind = ErrReadOnly
	}
	var e *sqlite.Error
	if errors.As(err, &e) {
		switch e.Code() & 0xff {
		case lib.SQLITE_FULL:
			kind = ErrFull
		case lib.SQLITE_READONLY, lib.SQLITE_CANTOPEN, lib.SQLITE_PERM:
			kind = ErrReadOnly
		case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
			kind = ErrBusy
		case lib.SQLITE_IOERR:
			switch e.Code() {
			case lib.SQLITE_IOERR_WRITE, lib.SQLITE_IOERR_FSYNC, lib.SQLITE_IOERR_TRUNCATE, lib.SQLITE_IOERR_SHMSIZE:
				kind = ErrFull
			case lib.SQLITE_IOERR_SHMOPEN:
				kind = ErrReadOnly
			}
		case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
			kind = ErrDamaged
		}
	}
	if kind == nil {
		return err
	}
	return fmt.Errorf("%w: %w", kind, err)
}

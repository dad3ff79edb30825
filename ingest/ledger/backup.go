package ledger

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrServer says that a ledger on a database server is backed up with the server's own means.
var ErrServer = errors.New("the ledger lies on a database server: back it up with pg_dump")

// Backup writes the ledger as it is at this moment into a new file, while others go on reading and
// writing. The file is complete or not there.
func (l *Ledger) Backup(ctx context.Context, path string) (err error) {
	if l.file == "" {
		return ErrServer
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("backing up to %s: %w", path, fs.ErrExist)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("backing up to %s: %w", path, medium(err))
		}
	}()
	// a name of its own, readable by the owner alone, that becomes the file once it is whole
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".part*")
	if err != nil {
		return err
	}
	part := f.Name()
	defer func() { _, _ = os.Remove(part), os.Remove(part+"-journal") }() // gone when all went well
	if err := f.Close(); err != nil {
		return err
	}
	if _, err := l.db.ExecContext(ctx, `VACUUM INTO ?`, part); err != nil {
		return err
	}
	if f, err = os.OpenFile(part, os.O_RDWR, 0); err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(part, path)
}

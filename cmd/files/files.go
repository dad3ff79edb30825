// Package files reads and writes what lies in folders: results that a command leaves there, and
// mails and workbooks that were saved there.
//
// Paths come in; files and a mailbox made of files go out. The package never reads what is in a
// mail.
package files

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// ReadAtMost reads a file that may be larger than anyone should hold in memory: one byte more than
// the bound is enough for the reader to refuse it.
func ReadAtMost(name string, bytes int) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, int64(bytes)+1))
}

// CopyBeside copies an open file beside another one, readable by the owner alone, and returns the
// name of the copy. Nothing is left of a copy that failed.
func CopyBeside(in *os.File, beside string) (string, error) {
	out, err := os.CreateTemp(filepath.Dir(beside), filepath.Base(beside)+".part*")
	if err != nil {
		return "", fmt.Errorf("copying %s: %w", in.Name(), err)
	}
	_, err = io.Copy(out, in)
	if err := errors.Join(err, out.Sync(), out.Close()); err != nil {
		return "", errors.Join(fmt.Errorf("copying %s: %w", in.Name(), err), os.Remove(out.Name()))
	}
	return out.Name(), nil
}

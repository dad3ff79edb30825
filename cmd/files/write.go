package files

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"thidua/templates/wording"
)

// Write puts a file into a folder that somebody named, making what folders are missing; the name
// may have folders of its own. What is written may be about people: it is for its owner alone.
// Nothing leaves the folder, and no symbolic link in it is followed: one that stands in the place
// of the file is replaced by it.
func Write(dir, name string, content []byte) error {
	problem := func(err error) error { return fmt.Errorf("writing %s: %w", filepath.Join(dir, name), err) }
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return problem(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return problem(err)
	}
	defer root.Close() // nothing is written through it any more
	name = filepath.ToSlash(name)
	if !filepath.IsLocal(name) {
		return problem(errors.New(wording.Text("cli.file.outside", "file", name)))
	}
	parts := strings.Split(path.Clean(name), "/")
	for i := range parts[:len(parts)-1] {
		if root, err = below(root, parts[i]); err != nil {
			return problem(err)
		}
		defer root.Close()
	}
	if err := put(root, parts[len(parts)-1], content); err != nil {
		return problem(err)
	}
	return nil
}

// below is a folder in another, which is made when it is missing.
func below(root *os.Root, name string) (*os.Root, error) {
	if err := root.Mkdir(name, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	if info, err := root.Lstat(name); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return nil, errors.New(wording.Text("cli.file.link", "file", name))
	}
	return root.OpenRoot(name)
}

// put writes a file under another name first, so that it is there whole or not at all.
func put(root *os.Root, name string, content []byte) error {
	if info, err := root.Lstat(name); err == nil && !info.Mode().IsRegular() && info.Mode()&fs.ModeSymlink == 0 {
		return errors.New(wording.Text("cli.file.nofile", "file", name))
	}
	part := name + ".part-" + rand.Text()[:8]
	f, err := root.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Close()); err == nil {
		err = root.Rename(part, name)
	}
	if err != nil {
		_ = root.Remove(part)
	}
	return err
}

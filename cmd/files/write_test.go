package files

import (
	"os"
	"path/filepath"
	"testing"
)

func TestWhatIsWrittenFollowsNoLinkAndIsForItsOwnerAlone(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	victim := filepath.Join(other, "victim")
	must(t)(os.WriteFile(victim, []byte("before"), 0o600))
	must(t)(os.Symlink(victim, filepath.Join(dir, "link.txt")))
	must(t)(os.Symlink(other, filepath.Join(dir, "folder")))
	must(t)(os.Symlink(filepath.Join(other, "new"), filepath.Join(dir, "dangling")))
	must(t)(os.Mkdir(filepath.Join(dir, "dir.txt"), 0o700))

	for _, name := range []string{"link.txt", "dangling", "plain.txt", "a/b/deep.txt"} {
		if err := Write(filepath.Join(dir, "out", ".."), name, []byte("after")); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		info, err := os.Lstat(filepath.Join(dir, name))
		if err != nil || !info.Mode().IsRegular() || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", name, info, err)
		}
	}
	for _, name := range []string{"folder/x.txt", "../x.txt", "a/../../x.txt", "/x.txt", "dir.txt", ""} {
		if err := Write(dir, name, []byte("after")); err == nil {
			t.Errorf("%q was written", name)
		}
	}
	if b, err := os.ReadFile(victim); err != nil || string(b) != "before" {
		t.Errorf("the file behind the link holds %q (%v)", b, err)
	}
	if left, err := os.ReadDir(other); err != nil || len(left) != 1 {
		t.Errorf("in the other folder are %v (%v)", left, err)
	}
	if info, err := os.Stat(filepath.Join(dir, "a")); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the new folder: %v %v", info, err)
	}
	made := filepath.Join(dir, "made", "here")
	must(t)(Write(made, "x.txt", nil))
	if info, err := os.Stat(made); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder asked for: %v %v", info, err)
	}
}

func must(t *testing.T) func(error) {
	return func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
}

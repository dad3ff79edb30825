package files_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"thidua/cmd/files"
	"thidua/ingest/mailbox"
)

const received = "Received: by mail.example; Mon, 5 Mar 2018 09:00:00 +0700\r\n"

func write(t *testing.T, dir string, content map[string]string) {
	t.Helper()
	for name, text := range content {
		if err := files.Write(dir, name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
}

// Mails come in the order in which their server took them in, of one second by name; workbooks
// become attachments that arrived when the caller says; a copy, hidden files and lock files of
// Office are none.
func TestMailbox_OrdersMailsByTimeAndName(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"b.eml":             received + "Subject: second\r\n\r\n",
		"a.eml":             received + "Subject: first\r\n\r\n",
		"sub/copy of a.eml": received + "Subject: first\r\n\r\n",
		"hồ sơ.xlsx":        "workbook",
		".hidden":           "x",
		"~$lock.xlsx":       "x",
	})
	at := time.Date(2018, 3, 6, 2, 0, 0, 0, time.UTC)
	box, err := files.OpenMailbox([]string{dir}, files.Delivery{From: "unit@tp.example", At: at})
	if err != nil {
		t.Fatal(err)
	}
	listed, err := box.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var keys []mailbox.Key
	for i, s := range listed {
		keys = append(keys, s.Key)
		if i > 0 && !s.Received.After(listed[i-1].Received) {
			t.Errorf("mail %d is not after the one before: %v", i, s.Received)
		}
	}
	var subjects []string
	attached := ""
	err = box.Fetch(t.Context(), keys, func(_ mailbox.Summary, raw []byte) error {
		m := mailbox.Parse(raw, mailbox.Limits{})
		subjects = append(subjects, m.Subject)
		for _, a := range m.Attachments {
			attached = a.Name + ": " + string(a.Bytes)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(subjects) != 3 || subjects[0] != "first" || subjects[1] != "second" || subjects[2] != "hồ sơ.xlsx" {
		t.Errorf("%q", subjects)
	}
	if attached != "hồ sơ.xlsx: workbook" {
		t.Errorf("attached %q", attached)
	}
}

// A moment that the caller states goes before what the mails say of themselves.
func TestMailbox_AStatedMomentCountsForAll(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.eml": received + "\r\n"})
	at := time.Date(2018, 3, 12, 1, 0, 0, 0, time.UTC)
	for stated, want := range map[bool]time.Time{true: at, false: time.Date(2018, 3, 5, 2, 0, 0, 0, time.UTC)} {
		box, err := files.OpenMailbox([]string{dir}, files.Delivery{At: at, Stated: stated})
		if err != nil {
			t.Fatal(err)
		}
		listed, _ := box.List(t.Context())
		if got := listed[0].Received; !got.Equal(want) {
			t.Errorf("stated %v: %v, want %v", stated, got, want)
		}
	}
}

func TestMailbox_NamesTheFileThatItRefuses(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"x.xlsx": "workbook"})
	for path, want := range map[string]error{
		filepath.Join(dir, "x.xlsx"):      files.ErrNoSender,
		filepath.Join(dir, "nowhere.eml"): os.ErrNotExist,
	} {
		_, err := files.OpenMailbox([]string{path}, files.Delivery{})
		var refused *fs.PathError
		if !errors.Is(err, want) || !errors.As(err, &refused) || refused.Path != path {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
	}
}

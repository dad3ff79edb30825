package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thidua/cmd/config"
	"thidua/cmd/exit"
	"thidua/cmd/files"
	"thidua/samples/postoffice"
)

// officeWith opens a post office, which removes nothing from mail, and writes a configuration for
// it.
func officeWith(t *testing.T, server string) (o *postoffice.Office, file string) {
	t.Helper()
	o, err := postoffice.Open(postoffice.Config{Shared: shared, Password: password,
		Clock: func() time.Time { return storyNow }, UIDValidity: 7})
	well(t, err)
	t.Cleanup(func() { _ = o.Close() })
	dir := t.TempDir()
	text := "ledger: ledger.db\nmailbox:\n  address: " + shared + "\n  server: " + o.IMAPAddr() +
		"\n  security: plain\n  user: " + shared +
		"\n  password-file: password\n  authserv-id: '" + server + "'\nsmtp:\n  server: " + o.SMTPAddr() +
		"\n  security: plain\n"
	well(t, files.Write(dir, "password", []byte(password+"\n")))
	well(t, files.Write(dir, config.FileName, []byte(text)))
	return o, filepath.Join(dir, config.FileName)
}

// A mail server that lets a field of its own name through lets everybody prove everything: that
// ends with a warning and another exit code.
func TestAForgedFieldThatSurvivesIsTold(t *testing.T) {
	o, file := officeWith(t, "mx.office.example")
	code, _, told := call(t, "config", "check", "--connect", "--forge", "--config", file)
	if code != exit.Invalid || !strings.Contains(told, "NGUY HIỂM") || !strings.Contains(told, "mx.office.example") {
		t.Errorf("exit %d: %s", code, told)
	}
	if folders, err := o.Folders(); err != nil || folders["INBOX"] != 1 {
		t.Errorf("the mailbox holds %v, %v", folders, err)
	}
	_, file = officeWith(t, "")
	if code, out, _ := call(t, "config", "check", "--connect", "--forge", "--config", file); code != exit.Done ||
		!strings.Contains(out, "Không có gì để thử") {
		t.Errorf("without a server's name: exit %d: %s", code, out)
	}
}

// What name the mail server writes is told from the mails that are there; a name that none bears is
// told as a mistake.
func TestTheNameOfTheMailServerIsProposed(t *testing.T) {
	fill := func(o *postoffice.Office, id string, n int) {
		for i := range n {
			well(t, o.Deliver([]byte(fmt.Sprintf("Authentication-Results: %s; spf=none\r\nAuthentication-Results: "+
				"evil.example; none\r\nFrom: <a@b.example>\r\nMessage-ID: <%s%d@b.example>\r\n\r\nx\r\n", id, id, i)),
				storyNow))
		}
	}
	for configured, want := range map[string][]string{
		"":                  {"3 trong 4 thư", "authserv-id: mx.office.example"},
		"mx.office.example": {"3 trong 4 thư mới nhất mang kết quả kiểm tra của máy chủ “mx.office.example”"},
		"mail.wrong":        {"CHÚ Ý: trong 4 thư mới nhất", "“mail.wrong”", "authserv-id: mx.office.example"},
	} {
		o, file := officeWith(t, configured)
		fill(o, "mx.office.example", 3)
		fill(o, "other.example", 1)
		code, out, errs := call(t, "config", "check", "--connect", "--config", file)
		for _, text := range want {
			if code != exit.Done || !strings.Contains(out, text) {
				t.Errorf("configured %q: exit %d, without %q: %s%s", configured, code, text, out, errs)
			}
		}
		if strings.Contains(out, "evil.example") {
			t.Errorf("the name of a forger is proposed: %s", out)
		}
	}
}

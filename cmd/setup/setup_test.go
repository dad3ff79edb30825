package setup_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thidua/cmd/config"
	"thidua/cmd/setup"
	"thidua/templates/plan"
)

// What is written can be read again as it was answered: the configuration, both secrets from files
// that their owner alone may read, and a plan in which no other address has changed.
func TestWrite_CanBeReadAgain(t *testing.T) {
	dir := t.TempDir()
	if got := setup.Occupant(dir); got != "" {
		t.Fatalf("an empty folder is taken by %s", got)
	}
	c := config.New(dir, os.LookupEnv)
	c.Plan = setup.PlanDir
	c.Mailbox.Address, c.Mailbox.User = "thi-dua@tp.example", "thi-dua@tp.example"
	c.Mailbox.Host, c.Mailbox.Security = "mail.tp.example:993", "tls"
	c.SMTP.Host, c.SMTP.Security, c.SMTP.User = "mail.tp.example:587", "starttls", "gui-thu"
	built, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	unit := built.Units[3]
	err = setup.Write(dir, setup.Answers{
		Config: c, Plan: plan.BuiltIn(), IMAPSecret: "một", SMTPSecret: "hai",
		Office: "noi-vu@tp.example", Unit: unit.Code + "=Don-Vi@tp.example",
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := setup.Occupant(dir); got != filepath.Join(dir, config.FileName) {
		t.Errorf("afterwards the folder is taken by %q", got)
	}

	read, err := config.Read(filepath.Join(dir, config.FileName), os.LookupEnv)
	if err != nil {
		t.Fatal(err)
	}
	if problems := read.Problems(); len(problems) > 0 {
		t.Errorf("the configuration has problems: %q", problems)
	}
	if read.Mailbox != c.Mailbox || read.SMTP != c.SMTP {
		t.Errorf("read %+v and %+v", read.Mailbox, read.SMTP)
	}
	for file, want := range map[string]string{c.Mailbox.PasswordFile: "một\n", c.SMTP.PasswordFile: "hai\n"} {
		path := filepath.Join(dir, file)
		b, err := os.ReadFile(path)
		if err != nil || string(b) != want {
			t.Errorf("%s: %q, %v", file, b, err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", file, info.Mode(), err)
		}
	}

	folder, err := read.PlanFolder("")
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(p.Office.Emails, " "); got != "noi-vu@tp.example" {
		t.Errorf("the office is at %s", got)
	}
	for i, u := range p.Units {
		want := strings.Join(built.Units[i].Emails, " ")
		if u.Code == unit.Code {
			want = "don-vi@tp.example"
		}
		if got := strings.Join(u.Emails, " "); got != want {
			t.Errorf("unit %s is at %s, want %s", u.Code, got, want)
		}
	}
}

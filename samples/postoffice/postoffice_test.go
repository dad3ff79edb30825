package postoffice

import (
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	gosmtp "github.com/emersion/go-smtp"
)

var noon = time.Date(2018, 12, 3, 5, 0, 0, 0, time.UTC)

func open(t *testing.T, config Config) *Office {
	t.Helper()
	config.Shared, config.Password = "thidua@tnc.example", "mật khẩu"
	config.Clock = func() time.Time { return noon }
	o, err := Open(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	})
	return o
}

func client(t *testing.T, o *Office) *imapclient.Client {
	t.Helper()
	c, err := imapclient.DialInsecure(o.IMAPAddr(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.Login(o.config.Shared, o.config.Password).Wait(); err != nil {
		t.Fatal(err)
	}
	return c
}

func send(o *Office, to ...string) error {
	c, err := gosmtp.Dial(o.SMTPAddr())
	if err != nil {
		return err
	}
	defer c.Close()
	return c.SendMail("a@unit.example", to, strings.NewReader(hello))
}

const hello = "From: a@unit.example\r\nSubject: hi\r\n\r\nhello\r\n"

func TestMailToTheSharedAddressGoesToItsInbox(t *testing.T) {
	o := open(t, Config{UIDValidity: 1700000000})
	if err := send(o, "ThiDua@tnc.example", "b@unit.example"); err != nil {
		t.Fatal(err)
	}
	inbox, err := o.Raw("INBOX")
	if err != nil {
		t.Fatal(err)
	}
	if want := "Return-Path: <a@unit.example>\r\n" + hello; len(inbox) != 1 || string(inbox[0]) != want {
		t.Errorf("inbox holds %q, want %q", inbox, want)
	}
	mails := o.Delivered()
	if len(mails) != 1 || len(mails[0].To) != 1 || mails[0].To[0] != "b@unit.example" ||
		string(mails[0].Raw) != hello || !mails[0].At.Equal(noon) {
		t.Errorf("delivered %+v", mails)
	}

	c := client(t, o)
	box, err := c.Select("INBOX", nil).Wait()
	if err != nil {
		t.Fatal(err)
	}
	if box.UIDValidity != 1700000000 {
		t.Errorf("UIDVALIDITY is %d", box.UIDValidity)
	}
	list, err := c.Fetch(imap.UIDSetNum(1), &imap.FetchOptions{UID: true, InternalDate: true}).Collect()
	if err != nil || len(list) != 1 || !list[0].InternalDate.Equal(noon) {
		t.Errorf("fetched %+v, %v", list, err)
	}
}

func TestMoveBearsMessagesThatAreGone(t *testing.T) {
	o := open(t, Config{})
	for range 3 {
		if err := o.Deliver([]byte(hello), noon); err != nil {
			t.Fatal(err)
		}
	}
	c := client(t, o)
	if err := c.Create("Đã nhận", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Select("INBOX", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	for _, set := range []imap.UIDSet{imap.UIDSetNum(2), imap.UIDSetNum(2), imap.UIDSetNum(2, 3), imap.UIDSetNum(9)} {
		if _, err := c.Move(set, "Đã nhận").Wait(); err != nil {
			t.Fatalf("moving %v: %v", set, err)
		}
		if _, err := c.Copy(imap.UIDSetNum(77), "Đã nhận").Wait(); err != nil {
			t.Fatalf("copying nothing: %v", err)
		}
	}
	folders, err := o.Folders()
	if err != nil || folders["INBOX"] != 1 || folders["Đã nhận"] != 2 {
		t.Errorf("folders %v, %v", folders, err)
	}
	if n := c.Mailbox().NumMessages; n != 1 {
		t.Errorf("the client believes in %d messages", n)
	}
}

func TestTwoClientsMayMoveTheSameMails(t *testing.T) {
	o := open(t, Config{})
	const n = 60
	for range n {
		if err := o.Deliver([]byte(hello), noon); err != nil {
			t.Fatal(err)
		}
	}
	a, b := client(t, o), client(t, o)
	if err := a.Create("x", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 2)
	for _, c := range []*imapclient.Client{a, b} {
		go func() {
			_, err := c.Select("INBOX", nil).Wait()
			for uid := imap.UID(1); uid <= n && err == nil; uid++ {
				_, err = c.Move(imap.UIDSetNum(uid), "x").Wait()
			}
			done <- err
		}()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	folders, err := o.Folders()
	if err != nil || folders["INBOX"] != 0 || folders["x"] != n {
		t.Errorf("folders %v, %v", folders, err)
	}
}

func TestFaults(t *testing.T) {
	t.Run("refused recipient", func(t *testing.T) {
		o := open(t, Config{})
		o.SetFaults(Faults{Refuse: func(string) error { return Refusal{550, "no such user"} }})
		if err := send(o, "x@y.example"); err == nil || !strings.Contains(err.Error(), "no such user") {
			t.Errorf("got %v", err)
		}
		o.SetFaults(Faults{})
		if err := send(o, "x@y.example"); err != nil {
			t.Errorf("the fault stayed: %v", err)
		}
	})
	t.Run("lost reply", func(t *testing.T) {
		o := open(t, Config{})
		o.SetFaults(Faults{LoseReply: func(Mail) bool { return true }})
		if err := send(o, "x@y.example"); err == nil {
			t.Error("the reply arrived")
		}
		if n := len(o.Delivered()); n != 1 {
			t.Errorf("%d mails delivered, want 1", n)
		}
	})
	t.Run("connection breaks after so many bytes", func(t *testing.T) {
		o := open(t, Config{})
		o.SetFaults(Faults{IMAPBytes: 100})
		if _, err := o.Folders(); err == nil {
			t.Error("nothing broke")
		}
	})
	t.Run("wrong password", func(t *testing.T) {
		o := open(t, Config{})
		c, err := imapclient.DialInsecure(o.IMAPAddr(), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if err := c.Login(o.config.Shared, "guess").Wait(); err == nil {
			t.Error("a wrong password opened the mailbox")
		}
	})
}

// An office may close as soon as it is open.
func TestCloseAtOnce(t *testing.T) {
	for range 200 {
		o, err := Open(Config{Shared: "a@x.example", Password: "x", Clock: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		if err := o.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

package mailbox_test

import (
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"thidua/ingest/mailbox"
)

// dovecot says where a real server is, by THIDUA_DOVECOT=imap://user:password@host:port;
// .ci/dovecot starts one. It gives a fresh mailbox and a second, raw client to fill it with.
func dovecot(t testing.TB, name string, raws ...[]byte) (mailbox.IMAPConfig, *imapclient.Client) {
	t.Helper()
	address := os.Getenv("THIDUA_DOVECOT")
	if address == "" {
		t.Skip("THIDUA_DOVECOT is not set; .ci/dovecot sets it")
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	secret, _ := u.User.Password()
	c, err := imapclient.DialInsecure(u.Host, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.Login(u.User.Username(), secret).Wait(); err != nil {
		t.Fatal(err)
	}
	box := "INBOX." + name
	_ = c.Delete(box).Wait() // left over from an earlier run
	if err := c.Create(box, nil).Wait(); err != nil {
		t.Fatal(err)
	}
	for i, raw := range raws {
		w := c.Append(box, int64(len(raw)), &imap.AppendOptions{Time: noon.Add(time.Duration(i) * time.Minute)})
		if _, err := w.Write(raw); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Wait(); err != nil {
			t.Fatal(err)
		}
	}
	return mailbox.IMAPConfig{Address: u.Host, Security: mailbox.Plain, User: u.User.Username(), Password: secret,
		Mailbox: box, Timeout: 20 * time.Second}, c
}

// count is the number of mails in a folder.
func count(t testing.TB, c *imapclient.Client, folder string) int {
	t.Helper()
	s, err := c.Status(folder, &imap.StatusOptions{NumMessages: true}).Wait()
	if err != nil {
		t.Fatal(err)
	}
	return int(*s.NumMessages)
}

func TestDovecotListAndFetch(t *testing.T) {
	var raws [][]byte
	for n := range 130 {
		raws = append(raws, letter(n, 200+n*531))
	}
	raws = append(raws, letter(200, 1<<20), letter(201, 5<<19))
	config, other := dovecot(t, "fetch", raws...)
	config.Limits.Message = 2 << 20
	box := dial(t, config)
	summaries, keys := list(t, box)
	if len(summaries) != len(raws) {
		t.Fatalf("%d of %d mails listed", len(summaries), len(raws))
	}
	for i, s := range summaries {
		if s.Size != int64(len(raws[i])) || !s.Received.Equal(noon.Add(time.Duration(i)*time.Minute)) {
			t.Errorf("mail %d is listed as %+v", i, s)
		}
	}

	// Meanwhile somebody reads some mails and deletes one for good.
	if _, err := other.Select(config.Mailbox, nil).Wait(); err != nil {
		t.Fatal(err)
	}
	seen := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagSeen}}
	if err := other.Store(imap.UIDSet{{Start: 10, Stop: 40}}, seen, nil).Close(); err != nil {
		t.Fatal(err)
	}
	gone := imap.UIDSetNum(imap.UID(keys[50].UID))
	deleted := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagDeleted}}
	if err := other.Store(gone, deleted, nil).Close(); err != nil {
		t.Fatal(err)
	}
	if err := other.UIDExpunge(gone).Close(); err != nil {
		t.Fatal(err)
	}

	got := fetch(t, box, keys)
	for i, k := range keys {
		raw, ok := got[k.UID]
		switch {
		case i == 50:
			if ok {
				t.Error("the deleted mail came")
			}
		case len(raws[i]) > 2<<20:
			if !ok || raw != nil {
				t.Errorf("the big mail came with %d bytes", len(raw))
			}
		case !bytes.Equal(raw, raws[i]):
			t.Errorf("mail %d came with %d bytes, want %d", i, len(raw), len(raws[i]))
		}
	}
	unseen, err := other.UIDSearch(&imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagSeen}}, nil).Wait()
	if err != nil || len(unseen.AllUIDs()) != len(raws)-31-1 {
		t.Errorf("%d mails are unseen, %v: reading left a trace", len(unseen.AllUIDs()), err)
	}
}

// An access token opens the mailbox of the one it was made out to, and nobody's once its time is
// up: by XOAUTH2, and by OAUTHBEARER where the server names only that.
func TestDovecotAccessToken(t *testing.T) {
	t.Run("XOAUTH2", func(t *testing.T) { accessToken(t, "", "refuses the access token") })
	t.Run("OAUTHBEARER",
		func(t *testing.T) { accessToken(t, "AUTH="+mailbox.XOAuth2, "OAUTHBEARER authentication error") })
}

// accessToken logs in on a line on which the server's word for one capability is lost.
func accessToken(t *testing.T, lost, refused string) {
	config, _ := dovecot(t, "token", letter(1, 300))
	key := os.Getenv("THIDUA_DOVECOT_KEY")
	if key == "" {
		t.Fatal("THIDUA_DOVECOT_KEY is no key")
	}
	token := func(ends time.Duration) string {
		part := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
		now := time.Now()
		signed := part(`{"alg":"HS256","typ":"JWT"}`) + "." +
			part(fmt.Sprintf(`{"sub":%q,"email":%[1]q,"iat":%d,"exp":%d}`, config.User, now.Add(-time.Minute).Unix(),
				now.Add(ends).Unix()))
		mac := hmac.New(sha256.New, []byte(key))
		mac.Write([]byte(signed))
		return signed + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
	}
	if lost != "" {
		config.Address = losing(t, config.Address, lost)
	}
	config.Password, config.Token = "", token(time.Hour)
	if _, keys := list(t, dial(t, config)); len(keys) != 1 {
		t.Errorf("%d mails", len(keys))
	}
	for name, bad := range map[string]string{"over": token(-time.Second), "changed": token(time.Hour) + "A",
		"no token": "x"} {
		config.Token = bad
		box, err := mailbox.DialIMAP(t.Context(), config)
		if err == nil {
			_ = box.Close()
			t.Errorf("%s: let in", name)
		} else if !strings.Contains(err.Error(), refused) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// losing is a line to a server that never says the word.
func losing(t *testing.T, server, word string) string {
	return listening(t, func(near net.Conn) {
		defer near.Close()
		far, err := net.Dial("tcp", server)
		if err != nil {
			return
		}
		go func() {
			defer far.Close()
			_, _ = io.Copy(far, near)
		}()
		lines := bufio.NewReader(far)
		for {
			line, err := lines.ReadString('\n')
			if _, werr := io.WriteString(near, strings.ReplaceAll(line, word, "X-LOST")); err != nil || werr != nil {
				return
			}
		}
	})
}

func TestDovecotMove(t *testing.T) {
	config, other := dovecot(t, "move", letter(1, 300), letter(2, 300), letter(3, 300))
	_ = other.Delete("INBOX.Thi đua.Đã nhận").Wait()
	_ = other.Delete("INBOX.Thi đua").Wait()
	// a certificate of its own making
	config.Security, config.TLS = mailbox.StartTLS, &tls.Config{InsecureSkipVerify: true}
	box := dial(t, config)
	_, keys := list(t, box)
	for range 2 { // the second time both have vanished
		if err := box.Move(t.Context(), keys[:2], "Thi đua/Đã nhận"); err != nil {
			t.Fatal(err)
		}
	}
	if _, left := list(t, box); len(left) != 1 || left[0] != keys[2] {
		t.Errorf("left are %v", left)
	}
	if n := count(t, other, "INBOX.Thi đua.Đã nhận"); n != 2 {
		t.Errorf("%d mails were moved", n)
	}
}

func TestDovecotRenumberedMailboxIsNoticed(t *testing.T) {
	config, _ := dovecot(t, "renumbered", letter(1, 300))
	box := dial(t, config)
	_, old := list(t, box)
	time.Sleep(1100 * time.Millisecond) // Dovecot numbers by the second
	dovecot(t, "renumbered", letter(2, 300))
	_, now := list(t, box)
	if len(now) != 1 || now[0] == old[0] || now[0].UID != old[0].UID {
		t.Errorf("before %v, now %v", old, now)
	}
}

func TestDovecotAnnouncesMail(t *testing.T) {
	config, other := dovecot(t, "announce")
	box := dial(t, config)
	list(t, box)
	raw := letter(1, 300)
	time.AfterFunc(50*time.Millisecond, func() {
		w := other.Append(config.Mailbox, int64(len(raw)), nil)
		_, _ = w.Write(raw)
		_ = w.Close()
		_, _ = w.Wait()
	})
	begin := time.Now()
	if err := box.Wait(t.Context(), time.Minute); err != nil {
		t.Fatal(err)
	}
	if d := time.Since(begin); d > 30*time.Second {
		t.Errorf("heard of it after %v", d)
	}
	if _, keys := list(t, box); len(keys) != 1 {
		t.Errorf("%d mails", len(keys))
	}
}

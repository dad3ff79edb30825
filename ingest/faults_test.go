package ingest_test

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/google/go-cmp/cmp"

	"thidua/ingest"
	"thidua/ingest/mailbox"
	"thidua/samples/postoffice"
)

// server is a mailbox with mails in it, for as often as it is filled.
type server struct {
	address string
	config  mailbox.IMAPConfig
	fill    func(t *testing.T, mails []letter)
	folders func(t *testing.T) map[string]int
}

// servers are the embedded one and, where THIDUA_DOVECOT names it, Dovecot.
func servers(t *testing.T) map[string]server {
	out := map[string]server{}
	var o *postoffice.Office
	embedded := server{config: mailbox.IMAPConfig{Security: mailbox.Plain, User: shared, Password: password}}
	embedded.fill = func(t *testing.T, mails []letter) {
		for _, m := range mails {
			must(t, o.Deliver(m.raw, m.at))
		}
	}
	embedded.folders = func(t *testing.T) map[string]int {
		f, err := o.Folders()
		must(t, err)
		return f
	}
	var err error
	o, err = postoffice.Open(postoffice.Config{Shared: shared, Password: password, Clock: time.Now})
	must(t, err)
	t.Cleanup(func() { _ = o.Close() })
	embedded.address = o.IMAPAddr()
	out["embedded"] = embedded
	if address := os.Getenv("THIDUA_DOVECOT"); address != "" {
		out["Dovecot"] = dovecot(t, address)
	}
	return out
}

// dovecot fills a folder of its own in the account.
func dovecot(t *testing.T, address string) server {
	t.Helper()
	u, err := url.Parse(address)
	must(t, err)
	secret, _ := u.User.Password()
	c, err := imapclient.DialInsecure(u.Host, nil)
	must(t, err)
	t.Cleanup(func() { _ = c.Close() })
	must(t, c.Login(u.User.Username(), secret).Wait())
	box := "INBOX.faults"
	s := server{address: u.Host, config: mailbox.IMAPConfig{Security: mailbox.Plain, User: u.User.Username(),
		Password: secret, Mailbox: box}}
	s.fill = func(t *testing.T, mails []letter) {
		for _, name := range []string{box, "INBOX." + options.Done, "INBOX." + options.Held} {
			_ = c.Delete(name).Wait()
		}
		must(t, c.Create(box, nil).Wait())
		for _, m := range mails {
			w := c.Append(box, int64(len(m.raw)), &imap.AppendOptions{Time: m.at})
			_, err := w.Write(m.raw)
			must(t, err)
			must(t, w.Close())
			_, err = w.Wait()
			must(t, err)
		}
	}
	s.folders = func(t *testing.T) map[string]int {
		out := map[string]int{}
		for _, name := range []string{box, "INBOX." + options.Done, "INBOX." + options.Held} {
			if status, err := c.Status(name, &imap.StatusOptions{NumMessages: true}).Wait(); err == nil {
				out[strings.TrimPrefix(name, "INBOX.")] = int(*status.NumMessages)
			}
		}
		return out
	}
	return s
}

// few are mails of every fate, small enough to be broken off at every kilobyte.
func few(t *testing.T) []letter {
	t.Helper()
	all := slices.DeleteFunc(letters(t), func(m letter) bool {
		return len(m.raw) > 48<<10 ||
			bytes.Contains(m.raw, []byte("\n\n"))
	})
	var out []letter
	size := 0
	for i := 0; i < len(all) && size < 150<<10; i += 3 {
		out, size = append(out, all[i]), size+len(all[i].raw)
	}
	if len(out) < 6 {
		t.Fatalf("only %d mails", len(out))
	}
	return out
}

// The line breaks at every command, before and after the server has heard it; at every kilobyte;
// goes dead; the server says BYE. Whatever happens, passes that are made again and again end in the
// ledger and the mailbox that one undisturbed pass gives.
func TestWhateverTheLineDoesTheEndIsTheSame(t *testing.T) {
	mails := few(t)
	undisturbed := newWorld(t)
	undisturbed.deliver(mails...)
	undisturbed.mustPull()
	want, folders := asJSON(t, undisturbed.dataset()), undisturbed.inMailbox()
	stored := undisturbed.stored()
	for name, s := range servers(t) {
		for _, c := range []struct {
			fault   string
			weather func(n int) postoffice.Weather
			timeout time.Duration
		}{
			{"at every kilobyte",
				func(n int) postoffice.Weather { return postoffice.Weather{CutAfter: int64(n)*1024 + 1} }, 0},
			{"before every command",
				func(n int) postoffice.Weather { return postoffice.Weather{CutCommand: n + 1, Lost: true} }, 0},
			{"after every command", func(n int) postoffice.Weather { return postoffice.Weather{CutCommand: n + 1} }, 0},
			{"with BYE", func(n int) postoffice.Weather { return postoffice.Weather{CutCommand: n + 1, Bye: true} }, 0},
			{"by going dead",
				func(n int) postoffice.Weather { return postoffice.Weather{CutCommand: n + 1, Stall: true} },
				100 * time.Millisecond},
		} {
			t.Run(name+" "+c.fault, func(t *testing.T) {
				s.fill(t, mails)
				proxy, err := postoffice.OpenProxy(s.address, time.Now, c.weather)
				must(t, err)
				defer proxy.Close()
				w := newWorld(t)
				config := s.config
				config.Address, config.Timeout = proxy.Addr(), c.timeout
				broken := 0
				for pass := 0; ; pass++ {
					if pass == 1000 {
						t.Fatal("no pass ever got through")
					}
					err := pullOnce(t.Context(), w, config)
					if err == nil {
						break
					}
					broken++
				}
				if broken < 5 {
					t.Errorf("the line broke only %d times", broken)
				}
				if diff := cmp.Diff(want, asJSON(t, w.dataset())); diff != "" {
					t.Errorf("another dataset (-undisturbed +broken):\n%s", diff)
				}
				if diff := cmp.Diff(stored, w.stored()); diff != "" {
					t.Errorf("other mails in the ledger:\n%s", diff)
				}
				got := s.folders(t)
				for _, f := range []string{options.Done, options.Held} {
					if got[f] != folders[f] {
						t.Errorf("%d mails lie in %s, want %d", got[f], f, folders[f])
					}
				}
				t.Logf("broken off %d times", broken)
			})
			emptied(t, s, options.Done, options.Held)
		}
	}
}

// emptied takes the moved mails away, for the next fault. The embedded server keeps what it has:
// its folders are deleted over IMAP.
func emptied(t *testing.T, s server, folders ...string) {
	t.Helper()
	c, err := imapclient.DialInsecure(s.address, nil)
	must(t, err)
	defer c.Close()
	must(t, c.Login(s.config.User, s.config.Password).Wait())
	for _, f := range folders {
		if s.config.Mailbox != "" {
			f = "INBOX." + f
		}
		_ = c.Delete(f).Wait()
	}
	box := s.config.Mailbox
	if box == "" {
		box = "INBOX"
	}
	_, err = c.Select(box, nil).Wait()
	must(t, err)
	must(t, c.Store(imap.SeqSet{{Start: 1}},
		&imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagDeleted}}, nil).Close())
	must(t, c.Expunge().Close())
	must(t, c.Logout().Wait())
}

func pullOnce(ctx context.Context, w *world, config mailbox.IMAPConfig) error {
	box, err := mailbox.DialIMAP(ctx, config)
	if err != nil {
		return err
	}
	defer box.Close()
	_, err = ingest.Pull(ctx, box, w.ledger, w.plan, options)
	return err
}

// stored lists the mails of the ledger with what became of them.
func (w *world) stored() []string {
	w.t.Helper()
	messages, err := w.ledger.Inbox().Messages(w.t.Context())
	must(w.t, err)
	var out []string
	for _, m := range messages {
		out = append(out, fmt.Sprint(m.ID[:12], " ", m.Outcome, " ", m.Reason, " ", len(m.Attachments)))
	}
	return out
}

// Two readers take in one mailbox at the same time, each moving what it has taken in away from
// under the other: every mail is in the ledger once.
func TestTwoReadersAtOnce(t *testing.T) {
	mails := few(t)
	for name, s := range servers(t) {
		t.Run(name, func(t *testing.T) {
			s.fill(t, mails)
			w := newWorld(t)
			config := s.config
			config.Address = s.address
			errs := make(chan error, 2)
			for range 2 {
				go func() {
					var err error
					for range 3 {
						if err = pullOnce(t.Context(), w, config); err == nil {
							break
						}
					}
					errs <- err
				}()
			}
			for range 2 {
				if err := <-errs; err != nil {
					t.Error(err)
				}
			}
			whole := newWorld(t)
			whole.deliver(mails...)
			whole.mustPull()
			if diff := cmp.Diff(asJSON(t, whole.dataset()), asJSON(t, w.dataset())); diff != "" {
				t.Errorf("two readers made of it:\n%s", diff)
			}
			if diff := cmp.Diff(whole.stored(), w.stored()); diff != "" {
				t.Errorf("two readers stored:\n%s", diff)
			}
		})
		emptied(t, s, options.Done, options.Held)
	}
}

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"thidua/cmd/config"
	"thidua/cmd/exit"
	"thidua/cmd/screen"
	"thidua/samples/postoffice"
	"thidua/templates/calendar"
)

// office is a post office with a configuration that works with it.
type office struct {
	*postoffice.Office
	dir, config string
}

// configFor is a configuration that works with a post office.
func configFor(o *postoffice.Office, more string) string {
	return `ledger: ledger.db
mailbox:
  address: ` + shared + `
  server: ` + o.IMAPAddr() + `
  security: plain
  user: ` + shared + `
  password-env: PASSWORD
smtp:
  server: ` + o.SMTPAddr() + `
  security: plain
` + more
}

func newOffice(t *testing.T, more string) office {
	t.Helper()
	now := func() time.Time { return storyNow }
	o, err := postoffice.Open(postoffice.Config{Shared: shared, Password: password, Clock: now, UIDValidity: 7})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.Close() })
	dir := t.TempDir()
	text := configFor(o, more)
	config := filepath.Join(dir, config.FileName)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return office{o, dir, config}
}

// shared is the address of the mailbox in every test, password that of its user.
const (
	shared   = "thidua@thainguyen.example"
	password = "demo"
)

// storyNow is a working day of the story on which nothing falls due.
var storyNow = time.Date(2018, 3, 5, 9, 0, 0, 0, calendar.Zone)

// program is the program as main makes it, at the story's time, with its output.
func program(out io.Writer, options ...screen.Option) *app {
	return programAt(storyNow, out, options...)
}

// programAt is the program at another time.
func programAt(now time.Time, out io.Writer, options ...screen.Option) *app {
	console := screen.New(strings.NewReader(""), out, out, options...)
	return newApp(console, func() time.Time { return now }, func(name string) (string, bool) {
		if name == "PASSWORD" {
			return password, true
		}
		return os.LookupEnv(name)
	})
}

// scenarioMail is a mail of a unit that will be answered.
func scenarioMail(t *testing.T, name string) []byte {
	t.Helper()
	found, err := filepath.Glob("../../samples/scenarios/" + name + "/in/*.eml")
	if err != nil || len(found) == 0 {
		t.Fatal(name, err)
	}
	b, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// buffer may be written by several goroutines.
type buffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *buffer) text() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.String()
}

func eventually(t *testing.T, what string, f func() bool) {
	t.Helper()
	for range 4000 { // a machine that is busy with other tests needs patience, not a failure
		if f() {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatal("in vain: ", what)
}

// A served mailbox is answered as soon as mail comes, by one of two programs; both can be watched,
// and both end at once when told.
func TestServe(t *testing.T) {
	pings := make(chan struct{}, 100)
	watcher := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { pings <- struct{}{} }))
	defer watcher.Close()
	t.Setenv("WATCHER", watcher.URL)
	var addresses [2]string
	for i := range addresses {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		addresses[i] = ln.Addr().String()
		_ = ln.Close()
	}
	o := newOffice(t, "ping-env: WATCHER\nserve:\n  listen: "+addresses[0]+"\n")
	second := strings.TrimSuffix(o.config, ".yaml") + "2.yaml"
	text, err := os.ReadFile(o.config)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(second, bytes.Replace(text, []byte(addresses[0]), []byte(addresses[1]), 1),
		0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var log buffer
	var codes [2]int
	var serving sync.WaitGroup
	for i, config := range []string{o.config, second} {
		serving.Go(func() {
			a := program(&log)
			a.suffix = fmt.Sprint("/", i)
			codes[i] = a.run(ctx, []string{"--config", config, "serve"})
		})
	}
	get := func(i int, path string) (int, string) {
		answer, err := http.Get("http://" + addresses[i] + path)
		if err != nil {
			return 0, ""
		}
		defer answer.Body.Close()
		b, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(b)
	}
	eventually(t, "both are up", func() bool {
		a, _ := get(0, "/healthz")
		b,
			_ := get(1, "/healthz")
		return a == 200 && b == 200
	})
	if err := o.Deliver(scenarioMail(t, "01-clean-registration"), storyNow); err != nil {
		t.Fatal(err)
	}
	receipts := func() (n int) {
		for _, m := range o.Delivered() {
			if bytes.Contains(m.Raw, []byte("In-Reply-To:")) {
				n++
			}
		}
		return n
	}
	defer func() { t.Log(log.text()) }()
	eventually(t, "a receipt", func() bool { return receipts() == 1 })
	eventually(t, "metrics tell of it", func() bool {
		_, text := get(1, "/metrics")
		return strings.Contains(text, `thidua_mails{outcome="accepted"} 1`) &&
			strings.Contains(text, "thidua_healthy 1")
	})
	eventually(t, "a ping", func() bool { return len(pings) > 0 })
	stop()
	serving.Wait()
	if codes != [2]int{} {
		t.Errorf("ended with %v", codes)
	}
	if !strings.Contains(log.text(), `"digest/2018-03-05"`) {
		t.Error("the office was not told of the day")
	}
	if n := receipts(); n != 1 {
		t.Errorf("%d receipts", n)
	}
	for line := range strings.Lines(log.text()) {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %s", line)
		}
		if strings.Contains(line, "@thainguyen") || strings.Contains(line, "đăng ký") {
			t.Errorf("people's data in the log: %s", line)
		}
	}
	if code := program(io.Discard).run(t.Context(), []string{"--config", o.config, "doctor"}); code != exit.Done {
		t.Errorf("doctor: %d", code)
	}
}

// A dry run prints the letters and leaves ledger and mailbox as they are.
func TestDryRun(t *testing.T) {
	o := newOffice(t, "")
	if err := o.Deliver(scenarioMail(t, "02-missing-cells-and-a-wrong-value"), storyNow); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if code := program(&out).run(t.Context(), []string{"--config", o.config, "run", "--dry-run"}); code != exit.Done {
		t.Fatalf("exit code %d: %s", code, &out)
	}
	for _, want := range []string{"Thư 1 · Gửi: ", "Kèm: ", "Kính gửi", "chưa gửi thư nào"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, &out)
		}
	}
	folders, err := o.Folders()
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Delivered()) > 0 || folders["INBOX"] != 1 || len(folders) != 1 {
		t.Errorf("sent %d, folders %v", len(o.Delivered()), folders)
	}
	if _, err := os.Stat(filepath.Join(o.dir, "ledger.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a ledger was made: %v", err)
	}
}

// Colours are for terminals; the text is the same without them.
func TestBoardColours(t *testing.T) {
	var plain, coloured bytes.Buffer
	o := newOffice(t, "")
	if code := program(&plain).run(t.Context(), []string{"--config", o.config, "ingest",
		"../../samples/scenarios/02-missing-cells-and-a-wrong-value/in"}); code != exit.Held {
		t.Fatal(code, plain.String())
	}
	plain.Reset()
	for _, a := range []*app{program(&plain), program(&coloured, screen.Coloured())} {
		if code := a.run(t.Context(), []string{"--config", o.config, "status", "--period", "2018"}); code != exit.Done {
			t.Fatal(code, plain.String())
		}
	}
	if strings.Contains(plain.String(), "\x1b") || !strings.Contains(coloured.String(), "\x1b[33m▲ chờ bổ sung") {
		t.Errorf("plain:\n%s\ncoloured:\n%s", &plain, &coloured)
	}
	if got := regexp.MustCompile(`\x1b\[[0-9]+m`).ReplaceAllString(coloured.String(), ""); got != plain.String() {
		t.Errorf("without colours the text is another:\n%s", got)
	}
}

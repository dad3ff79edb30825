package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/samples/postoffice"
	"thidua/templates/calendar"
)

// office is a post office with a configuration that works with it.
type office struct {
	*postoffice.Office
	dir, config string
}

func newOffice(t *testing.T, more string) office {
	t.Helper()
	now := func() time.Time { return storyNow }
	o, err := postoffice.Open(postoffice.Config{Shared: demoAddress, Password: demoPassword, Clock: now, UIDValidity: 7})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.Close() })
	dir := t.TempDir()
	text := "ledger: ledger.db\nmailbox:\n  address: " + demoAddress + "\n  server: " + o.IMAPAddr() + "\n  security: plain\n  user: " + demoAddress +
		"\n  password-env: PASSWORD\nsmtp:\n  server: " + o.SMTPAddr() + "\n  security: plain\n" + more
	config := filepath.Join(dir, configName)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return office{o, dir, config}
}

// storyNow is a working day of the story on which nothing falls due.
var storyNow = time.Date(2018, 3, 5, 9, 0, 0, 0, calendar.Zone)

// program is an app as main makes it, at the story's time, with its output.
func program(out io.Writer) *app {
	return &app{in: strings.NewReader(""), out: out, err: out, now: func() time.Time { return storyNow }, env: func(name string) (string, bool) {
		if name == "PASSWORD" {
			return demoPassword, true
		}
		return os.LookupEnv(name)
	}}
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

// A served mailbox is answered as soon as mail comes, by one of two programs; both can be watched, and both end at once when told.
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
	if err := os.WriteFile(second, bytes.Replace(text, []byte(addresses[0]), []byte(addresses[1]), 1), 0o600); err != nil {
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
			a.part = fmt.Sprint("/", i)
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
	eventually(t, "both are up", func() bool { a, _ := get(0, "/healthz"); b, _ := get(1, "/healthz"); return a == 200 && b == 200 })
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
		return strings.Contains(text, `thidua_mails{outcome="accepted"} 1`) && strings.Contains(text, "thidua_healthy 1")
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
	if code := program(io.Discard).run(t.Context(), []string{"--config", o.config, "doctor"}); code != exitDone {
		t.Errorf("doctor: %d", code)
	}
}

// A pass is made alone; what a dead process of this machine held is taken over at once, what another machine holds is respected.
func TestAlone(t *testing.T) {
	l, err := ledger.Open(t.Context(), ledgertest.Empty(t), calendar.Fixed(storyNow))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ran, a := 0, &app{}
	run := func() error { return a.alone(t.Context(), l, func(context.Context) error { ran++; return nil }) }
	host, _, _ := strings.Cut(a.holder(), "/")
	for _, c := range []struct {
		holder string
		want   error
	}{{"", nil}, {host + "/999999999", nil}, {"elsewhere/1", errTaken}, {fmt.Sprint(host, "/", os.Getppid()), errTaken}} {
		if c.holder != "" {
			if ok, err := l.Hold(t.Context(), passLease, c.holder, time.Minute); !ok || err != nil {
				t.Fatal(ok, err)
			}
		}
		before := ran
		if err := run(); !errors.Is(err, c.want) {
			t.Errorf("held by %q: %v, want %v", c.holder, err, c.want)
		}
		if did := ran > before; did != (c.want == nil) {
			t.Errorf("held by %q: ran: %v", c.holder, did)
		}
		if err := l.Release(t.Context(), passLease, c.holder); err != nil {
			t.Fatal(err)
		}
	}
	if held, err := l.Holder(t.Context(), passLease); held != "" || err != nil {
		t.Errorf("left held by %q (%v)", held, err)
	}
}

func TestSchedule(t *testing.T) {
	s, err := readSchedule([]string{"0 7 * * 1-5", "CRON_TZ=UTC 30 12 1 * *"})
	if err != nil {
		t.Fatal(err)
	}
	at := storyNow // Monday, 9:00
	for _, want := range []string{"2018-03-06T07:00", "2018-03-07T07:00", "2018-03-08T07:00", "2018-03-09T07:00", "2018-03-12T07:00"} {
		at = s.next(at)
		if got := at.In(calendar.Zone).Format("2006-01-02T15:04"); got != want {
			t.Fatalf("next is %s, want %s", got, want)
		}
	}
	if got := s.next(time.Date(2018, 4, 1, 0, 0, 0, 0, calendar.Zone)).In(calendar.Zone).Format("2006-01-02T15:04"); got != "2018-04-01T19:30" {
		t.Errorf("in another zone: %s", got)
	}
	if !schedule(nil).next(at).IsZero() {
		t.Error("no schedule is due some time")
	}
}

// A dry run prints the letters and leaves ledger and mailbox as they are.
func TestDryRun(t *testing.T) {
	o := newOffice(t, "")
	if err := o.Deliver(scenarioMail(t, "02-missing-cells-and-a-wrong-value"), storyNow); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if code := program(&out).run(t.Context(), []string{"--config", o.config, "run", "--dry-run"}); code != exitDone {
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

// The log carries no address, no quotation, and the program's time.
func TestLogIsImpersonal(t *testing.T) {
	var out bytes.Buffer
	log := newLogger(&out, slog.LevelInfo, func() time.Time { return storyNow })
	log.Error("pass failed", "error", fmt.Errorf("sending to <an.nguyen@tp.example>: 550 \"Nguyễn Văn An\" unknown: %w", io.EOF), "server", "mail.example:25")
	log.Debug("not told")
	want := `{"time":"2018-03-05T02:00:00Z","level":"ERROR","msg":"pass failed","error":"sending to <…@…>: 550 \"…\" unknown: EOF","server":"mail.example:25"}` + "\n"
	if out.String() != want {
		t.Errorf("got  %s\nwant %s", &out, want)
	}
}

func TestHealth(t *testing.T) {
	now := storyNow
	s := &state{stamp: func() time.Time { return now }, started: now}
	s.failed(errors.New("connection refused"))
	if s.unwell() != "" {
		t.Error("unwell at once")
	}
	now = now.Add(patient + time.Second)
	s.failed(errors.New("connection refused for a@b.example"))
	if got := s.unwell(); !strings.Contains(got, "connection refused") || strings.Contains(got, "a@b") {
		t.Errorf("after a quarter of an hour: %q", got)
	}
	s.good(s.begin())
	if got := s.unwell(); got != "" {
		t.Errorf("after a good pass: %q", got)
	}
	s.begin()
	now = now.Add(longPass + time.Second)
	if s.unwell() == "" {
		t.Error("a pass that never ends is well")
	}
}

var updateSchema = flag.Bool("update-schema", false, "write docs/thidua.schema.json anew")

// The schema for editors is what the configuration is read into.
func TestConfigSchema(t *testing.T) {
	got, err := json.MarshalIndent(jsonSchema(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	const file = "../../docs/thidua.schema.json"
	if *updateSchema {
		if err := os.WriteFile(file, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(append(got, '\n'), want) {
		t.Errorf("%s is not what the code says (%v): go test ./cmd/thidua -run TestConfigSchema -update-schema", file, err)
	}
}

// Colours are for terminals; the text is the same without them.
func TestBoardColours(t *testing.T) {
	var plain, coloured bytes.Buffer
	o := newOffice(t, "")
	if code := program(&plain).run(t.Context(), []string{"--config", o.config, "ingest", "../../samples/scenarios/02-missing-cells-and-a-wrong-value/in"}); code != exitHeld {
		t.Fatal(code, plain.String())
	}
	plain.Reset()
	for _, a := range []*app{program(&plain), program(&coloured)} {
		a.colours = a.out == &coloured
		if code := a.run(t.Context(), []string{"--config", o.config, "status", "--period", "2018"}); code != exitDone {
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

// Trouble with the medium is told in Vietnamese with what to do, and has its exit code.
func TestMediumTroubles(t *testing.T) {
	for _, c := range []struct {
		err  error
		code int
		say  string
	}{
		{ledger.ErrFull, exitFailure, "đã đầy"},
		{ledger.ErrReadOnly, exitFailure, "quyền ghi"},
		{ledger.ErrBusy, exitLater, "chạy lại sau"},
		{ledger.ErrDamaged, exitFailure, "thidua restore"},
		{ledger.ErrNewer, exitFailure, "phiên bản mới hơn"},
		{ledger.ErrCollation, exitInvalid, "CREATE DATABASE"},
		{ledger.ErrAway, exitLater, "PostgreSQL"},
		{ledger.ErrLogin, exitInvalid, "tệp mật khẩu"},
		{syscall.ENOSPC, exitFailure, "đã đầy"},
		{fs.ErrPermission, exitFailure, "quyền"},
		{fs.ErrNotExist, exitFailure, "đường dẫn"},
	} {
		var said bytes.Buffer
		code := program(&said).fail(fmt.Errorf("committing 3 mails: %w: details", c.err))
		if code != c.code || !strings.Contains(said.String(), c.say) || !strings.Contains(said.String(), "committing 3 mails") {
			t.Errorf("%v: exit code %d: %s", c.err, code, &said)
		}
	}
}

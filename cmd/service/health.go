package service

import (
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"thidua/cmd/exit"
	"thidua/cmd/logs"
	"thidua/ingest/ledger"
	"thidua/templates/calendar"
	"thidua/templates/wording"
)

// How long trouble may last, and how long one pass, before the service calls itself unwell. A mail
// server that is restarted is no reason.
const (
	patience    = 15 * time.Minute
	longestPass = time.Hour
)

// health is how the passes of a service have gone. It may be used by many at once.
//
//constructed:by newHealth
type health struct {
	clock   calendar.Clock
	started time.Time

	mu                        sync.Mutex
	running                   time.Time // begin of the pass that is going on, zero for none
	lastSuccess               time.Time
	failing                   time.Time // since when passes have failed, zero when the last one went well
	trouble                   string
	passes, failures, standby int
	seconds                   float64
}

func newHealth(clock calendar.Clock) *health { return &health{clock: clock, started: clock.Now()} }

// begin notes that a pass begins, and returns when.
func (h *health) begin() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.running = h.clock.Now()
	return h.running
}

// succeed notes that a pass that began at a moment went well.
func (h *health) succeed(begun time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.clock.Now()
	h.passes++
	h.seconds += now.Sub(begun).Seconds()
	h.lastSuccess, h.failing, h.running, h.trouble = now, time.Time{}, time.Time{}, ""
}

// fail notes that a pass failed, or that none can be made.
func (h *health) fail(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.failures++
	h.running, h.trouble = time.Time{}, logs.Impersonal(err.Error())
	if h.failing.IsZero() {
		h.failing = h.clock.Now()
	}
}

// standBy notes that another machine makes the passes.
func (h *health) standBy() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.standby++
	h.running, h.failing, h.trouble = time.Time{}, time.Time{}, ""
}

// complaint says what is wrong, "" when all is well.
func (h *health) complaint() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.clock.Now()
	switch {
	case !h.failing.IsZero() && now.Sub(h.failing) > patience:
		return fmt.Sprintf("failing since %s: %s", h.failing.UTC().Format(time.RFC3339), h.trouble)
	case !h.running.IsZero() && now.Sub(h.running) > longestPass:
		return "a pass has been going on since " + h.running.UTC().Format(time.RFC3339)
	}
	return ""
}

// listen opens the pages for machines that watch.
func (s *Service) listen(at string) (stop func(), err error) {
	ln, err := net.Listen("tcp", at)
	if err != nil {
		return nil, exit.Because(exit.Failure, wording.Text("cli.serve.listen", "listen", at, "problem", err))
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", s.healthz)
	mux.HandleFunc("GET /metrics", s.metrics)
	pages := &http.Server{
		Handler:      mux,
		ReadTimeout:  10 * time.Second,
		WriteTimeout: 30 * time.Second,
		ErrorLog:     slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
	}
	go func() { _ = pages.Serve(ln) }() // ends with Close
	s.Log.Info("watched", "at", ln.Addr().String())
	return func() { _ = pages.Close() }, nil
}

// healthz answers 200 when passes go well, 503 with the reason when they have not for a quarter of
// an hour.
func (s *Service) healthz(w http.ResponseWriter, _ *http.Request) {
	if trouble := s.health.complaint(); trouble != "" {
		http.Error(w, trouble, http.StatusServiceUnavailable)
		return
	}
	_, _ = fmt.Fprintln(w, "ok")
}

// metrics writes the health of the passes and the ledger in numbers.
func (s *Service) metrics(w http.ResponseWriter, r *http.Request) {
	n, err := s.Ledger.Counts(r.Context())
	if err != nil {
		http.Error(w, logs.Impersonal(err.Error()), http.StatusInternalServerError)
		return
	}
	var page exposition
	s.health.expose(&page)
	exposeLedger(&page, n)
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	_, _ = w.Write([]byte(page.text.String()))
}

// exposition is a page in the text format of Prometheus.
type exposition struct{ text strings.Builder }

// sample is one value of a metric; the label is empty where it has one value alone.
type sample struct {
	label string
	value any
}

// add writes a metric.
func (e *exposition) add(name, kind, help string, samples ...sample) {
	fmt.Fprintf(&e.text, "# HELP thidua_%s %s\n# TYPE thidua_%s %s\n", name, help, name, kind)
	for _, x := range samples {
		fmt.Fprintf(&e.text, "thidua_%s%s %v\n", name, x.label, x.value)
	}
}

// counter writes a number that only grows.
func (e *exposition) counter(name, help string, samples ...sample) {
	e.add(name, "counter", help, samples...)
}

// gauge writes a number that comes and goes.
func (e *exposition) gauge(name, help string, samples ...sample) {
	e.add(name, "gauge", help, samples...)
}

func (h *health) expose(e *exposition) {
	healthy := 1
	if h.complaint() != "" {
		healthy = 0
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	unix := func(t time.Time) int64 {
		if t.IsZero() {
			return 0
		}
		return t.Unix()
	}
	e.gauge("healthy", "1 when passes go well.", sample{"", healthy})
	e.gauge("start_time_seconds", "When this process began to serve.", sample{"", unix(h.started)})
	e.gauge("last_success_timestamp_seconds", "End of the last pass that went well, 0 for none.",
		sample{"", unix(h.lastSuccess)})
	e.counter("passes_total", "Passes by result since the start.",
		sample{`{result="ok"}`, h.passes}, sample{`{result="failed"}`, h.failures},
		sample{`{result="standby"}`, h.standby})
	e.counter("pass_seconds_total", "Time spent in passes that went well.", sample{"", h.seconds})
}

func exposeLedger(e *exposition, n ledger.Counts) {
	e.gauge("mails", "Different mails in the ledger by outcome.",
		sample{`{outcome="accepted"}`, n.Accepted}, sample{`{outcome="tofix"}`, n.ToFix},
		sample{`{outcome="held"}`, n.Held}, sample{`{outcome="left"}`, n.Left})
	e.gauge("mail_duplicates", "Further copies of mails.", sample{"", n.Duplicates})
	e.gauge("mails_unanswered", "Mails that wait for an answer.", sample{"", n.Unanswered})
	e.gauge("submissions", "Workbooks in the ledger by state.",
		sample{`{state="accepted"}`, n.Valid}, sample{`{state="tofix"}`, n.Submissions - n.Valid})
	e.gauge("rows", "Rows read by what became of them.",
		sample{`{fate="accepted"}`, n.Rows.Accepted}, sample{`{fate="tofix"}`, n.Rows.ToFix},
		sample{`{fate="ignored"}`, n.Rows.Ignored})
	e.gauge("letters", "Letters by state.",
		sample{`{state="queued"}`, n.Queued}, sample{`{state="sent"}`, n.Sent}, sample{`{state="failed"}`, n.Failed})
	e.gauge("runs", "Papers issued.", sample{"", n.Runs})
	e.gauge("events", "Links of the chain of events.", sample{"", n.Events})
}

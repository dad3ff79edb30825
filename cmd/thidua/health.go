package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// How long trouble may last, and how long one pass, before the server calls itself unwell. A mail server that is restarted is no reason.
const (
	patient  = 15 * time.Minute
	longPass = time.Hour
)

// state is how the passes of a server have gone.
type state struct {
	stamp   func() time.Time
	started time.Time

	mu                        sync.Mutex
	running                   time.Time // begin of the pass that is going on, zero for none
	lastGood                  time.Time
	failing                   time.Time // since when passes have failed, zero when the last one went well
	trouble                   string
	passes, failures, standby int
	seconds                   float64
}

func (s *state) begin() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running = s.stamp()
	return s.running
}

func (s *state) good(begun time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.stamp()
	s.passes++
	s.seconds += now.Sub(begun).Seconds()
	s.lastGood, s.failing, s.running, s.trouble = now, time.Time{}, time.Time{}, ""
}

func (s *state) failed(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures++
	s.running, s.trouble = time.Time{}, impersonal(err.Error())
	if s.failing.IsZero() {
		s.failing = s.stamp()
	}
}

func (s *state) stoodBy() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.standby++
	s.running, s.failing, s.trouble = time.Time{}, time.Time{}, ""
}

// unwell says what is wrong, "" when all is well.
func (s *state) unwell() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.stamp()
	switch {
	case !s.failing.IsZero() && now.Sub(s.failing) > patient:
		return fmt.Sprintf("failing since %s: %s", s.failing.UTC().Format(time.RFC3339), s.trouble)
	case !s.running.IsZero() && now.Sub(s.running) > longPass:
		return "a pass has been going on since " + s.running.UTC().Format(time.RFC3339)
	}
	return ""
}

// healthz answers 200 when passes go well, 503 with the reason when they have not for a quarter of an hour.
func (v *server) healthz(w http.ResponseWriter, _ *http.Request) {
	if trouble := v.state.unwell(); trouble != "" {
		http.Error(w, trouble, http.StatusServiceUnavailable)
		return
	}
	_, _ = fmt.Fprintln(w, "ok")
}

// metrics writes the state in the text format of Prometheus.
func (v *server) metrics(w http.ResponseWriter, r *http.Request) {
	n, err := v.ledger.Counts(r.Context())
	if err != nil {
		http.Error(w, impersonal(err.Error()), http.StatusInternalServerError)
		return
	}
	var b strings.Builder
	metric := func(name, kind, help string, values ...any) { // label, value, label, value …
		fmt.Fprintf(&b, "# HELP thidua_%s %s\n# TYPE thidua_%s %s\n", name, help, name, kind)
		for i := 0; i < len(values); i += 2 {
			fmt.Fprintf(&b, "thidua_%s%s %v\n", name, values[i], values[i+1])
		}
	}
	s := &v.state
	unwell := s.unwell()
	s.mu.Lock()
	healthy := 1
	if unwell != "" {
		healthy = 0
	}
	unix := func(t time.Time) int64 {
		if t.IsZero() {
			return 0
		}
		return t.Unix()
	}
	metric("healthy", "gauge", "1 when passes go well.", "", healthy)
	metric("start_time_seconds", "gauge", "When this process began to serve.", "", unix(s.started))
	metric("last_success_timestamp_seconds", "gauge", "End of the last pass that went well, 0 for none.", "", unix(s.lastGood))
	metric("passes_total", "counter", "Passes by result since the start.", `{result="ok"}`, s.passes, `{result="failed"}`, s.failures, `{result="standby"}`, s.standby)
	metric("pass_seconds_total", "counter", "Time spent in passes that went well.", "", s.seconds)
	s.mu.Unlock()
	metric("mails", "gauge", "Different mails in the ledger by outcome.", `{outcome="accepted"}`, n.Accepted, `{outcome="tofix"}`, n.ToFix, `{outcome="held"}`, n.Held, `{outcome="left"}`, n.Left)
	metric("mail_duplicates", "gauge", "Further copies of mails.", "", n.Duplicates)
	metric("mails_unanswered", "gauge", "Mails that wait for an answer.", "", n.Unanswered)
	metric("submissions", "gauge", "Workbooks in the ledger by state.", `{state="accepted"}`, n.Valid, `{state="tofix"}`, n.Submissions-n.Valid)
	metric("rows", "gauge", "Rows read by what became of them.", `{fate="accepted"}`, n.Rows.Accepted, `{fate="tofix"}`, n.Rows.ToFix, `{fate="ignored"}`, n.Rows.Ignored)
	metric("letters", "gauge", "Letters by state.", `{state="queued"}`, n.Queued, `{state="sent"}`, n.Sent, `{state="failed"}`, n.Failed)
	metric("runs", "gauge", "Papers issued.", "", n.Runs)
	metric("events", "gauge", "Links of the chain of events.", "", n.Events)
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	_, _ = w.Write([]byte(b.String()))
}

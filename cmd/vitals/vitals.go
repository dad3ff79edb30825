// Package vitals remembers how the passes of an installation went, across processes: when the last
// one went well, why the last one failed, and how often in a row a server refused our login.
//
// What happened comes in; a small file beside the configuration goes out. It is no part of the
// ledger: it may be lost, and then nothing is known.
package vitals

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"thidua/cmd/files"
	"thidua/templates/calendar"
)

// FileName is the file beside the configuration.
const FileName = "thidua.state.json"

// A server locks a mailbox out that is asked too often with a wrong password.
const (
	triesAtOnce = 3
	pause       = time.Hour
)

// State is what is remembered.
type State struct {
	Good    time.Time        `json:"good,omitzero"`   // end of the last pass that went well
	Failed  time.Time        `json:"failed,omitzero"` // end of the last pass when that failed, else zero
	Problem string           `json:"problem,omitempty"`
	Logins  map[string]Login `json:"logins,omitempty"` // refused ones, by server
}

// Login is how often in a row a server refused us.
type Login struct {
	Refused int       `json:"refused"`
	At      time.Time `json:"at"`
}

// Record is the file of one installation. It may be used by many at once.
//
//constructed:by New
type Record struct {
	dir   string
	clock calendar.Clock
	mu    sync.Mutex
}

// New is the record in a folder.
func New(dir string, clock calendar.Clock) *Record { return &Record{dir: dir, clock: clock} }

// Read returns what is remembered: nothing where there is no file.
func (r *Record) Read() (s State, err error) {
	b, err := os.ReadFile(filepath.Join(r.dir, FileName))
	if errors.Is(err, fs.ErrNotExist) {
		return State{}, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &s)
	}
	if err != nil {
		return State{}, fmt.Errorf("reading how passes went: %w", err)
	}
	return s, nil
}

// change notes something. A file that cannot be read is written anew.
func (r *Record) change(f func(*State)) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	s, _ := r.Read()
	f(&s)
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("noting how passes went: %w", err)
	}
	return files.Write(r.dir, FileName, append(b, '\n'))
}

// Passed notes how a pass ended: with a problem, or well when there is none.
func (r *Record) Passed(problem string) error {
	return r.change(func(s *State) {
		if problem == "" {
			s.Good, s.Failed, s.Problem = r.clock.Now(), time.Time{}, ""
			return
		}
		s.Failed, s.Problem = r.clock.Now(), problem
	})
}

// NextTry is when a server may be asked again: zero for at once. Three tries are made one after the
// other, then one an hour, unless the configuration or a secret has changed since.
func (r *Record) NextTry(server string, changed time.Time) time.Time {
	s, err := r.Read()
	l := s.Logins[server]
	again := l.At.Add(pause)
	if err != nil || l.Refused < triesAtOnce || changed.After(l.At) || !r.clock.Now().Before(again) {
		return time.Time{}
	}
	return again
}

// Login notes whether a server refused our name and password.
func (r *Record) Login(server string, refused bool) error {
	if s, err := r.Read(); err == nil && !refused && s.Logins[server] == (Login{}) {
		return nil // as usual
	}
	return r.change(func(s *State) {
		if !refused {
			delete(s.Logins, server)
			return
		}
		if s.Logins == nil {
			s.Logins = map[string]Login{}
		}
		s.Logins[server] = Login{s.Logins[server].Refused + 1, r.clock.Now()}
	})
}

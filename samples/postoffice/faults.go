package postoffice

import (
	"net"
	"sync"
)

// Faults are the bad days of a post office. A nil hook or a zero number is a good day. Hooks may be
// called from several goroutines, and may call DropConnections.
type Faults struct {
	// Refuse answers RCPT: nil takes the recipient, a Refusal gives its code, any other error gives
	// 451.
	Refuse func(rcpt string) error
	// Reject answers the content of a mail in the same way.
	Reject func(raw []byte) error
	// LoseReply says whether the connection breaks after the mail was taken and before the server
	// could say so (RFC 1047).
	LoseReply func(Mail) bool
	// IMAPBytes breaks every new IMAP connection after the server has sent so many bytes.
	IMAPBytes int64
}

// SetFaults replaces the faults, for connections old and new; IMAPBytes counts for new connections
// only.
func (o *Office) SetFaults(f Faults) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.faults = f
}

func (o *Office) currentFaults() Faults {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.faults
}

func (o *Office) imapBudget() int64 { return o.currentFaults().IMAPBytes }

// DropConnections breaks every open connection of both servers; new ones are welcome.
func (o *Office) DropConnections() { o.lines.drop() }

// lines knows the open connections.
type lines struct {
	mu   sync.Mutex
	open map[*line]struct{}
}

func (l *lines) drop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.open {
		_ = c.Conn.Close()
	}
	clear(l.open)
}

// watch has every connection of the listener known; budget, if not nil, gives the bytes that a new
// connection may send, 0 for any number.
func (l *lines) watch(ln net.Listener, budget func() int64) *watchedListener {
	return &watchedListener{Listener: ln, lines: l, budget: budget, begun: make(chan struct{})}
}

type watchedListener struct {
	net.Listener
	lines  *lines
	budget func() int64
	begun  chan struct{} // closed once the server stands at its door
	once   sync.Once
}

func (w *watchedListener) Accept() (net.Conn, error) {
	w.once.Do(func() { close(w.begun) })
	conn, err := w.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c := &line{Conn: conn, lines: w.lines}
	if w.budget != nil {
		c.left = w.budget()
		c.limited = c.left > 0
	}
	w.lines.mu.Lock()
	defer w.lines.mu.Unlock()
	if w.lines.open == nil {
		w.lines.open = map[*line]struct{}{}
	}
	w.lines.open[c] = struct{}{}
	return c, nil
}

// line is one connection. One goroutine writes to it at a time.
type line struct {
	net.Conn
	lines   *lines
	limited bool
	left    int64
}

func (c *line) Write(p []byte) (int, error) {
	if !c.limited || int64(len(p)) <= c.left {
		c.left -= int64(len(p))
		return c.Conn.Write(p)
	}
	n, _ := c.Conn.Write(p[:c.left])
	c.left = 0
	_ = c.Close()
	return n, net.ErrClosed
}

func (c *line) Close() error {
	c.lines.mu.Lock()
	delete(c.lines.open, c)
	c.lines.mu.Unlock()
	return c.Conn.Close()
}

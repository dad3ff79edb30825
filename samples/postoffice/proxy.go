package postoffice

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"sync"
	"time"
)

// Weather is what a line between a client and a server is like. The zero value is a good day.
type Weather struct {
	Trip       time.Duration // a round trip: half of it in each direction
	Rate       int64         // bytes a second in each direction, 0 for as many as there are
	CutAfter   int64         // the line fails once the server has sent so many bytes, 0 for never
	CutCommand int           // the line fails when the client has sent so many lines, 0 for never
	Lost       bool          // with CutCommand: the line is not passed on; otherwise it is, and the answer is lost
	Stall      bool          // instead of breaking, the line goes dead: nothing passes and nobody hangs up
	Bye        bool          // before it breaks, the server says BYE (RFC 9051, 7.1.5)
}

// Proxy is a line to a server on which the weather changes.
type Proxy struct {
	ln      net.Listener
	server  string
	now     func() time.Time
	weather func(n int) Weather

	mu    sync.Mutex
	count int
	open  []net.Conn
}

// OpenProxy listens on a free port of 127.0.0.1 for a server. now is the time by which the line is
// slow. weather is asked for each connection, with its number from 0; nil is a good day.
func OpenProxy(server string, now func() time.Time, weather func(n int) Weather) (*Proxy, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening a line to %s: %w", server, err)
	}
	if weather == nil {
		weather = func(int) Weather { return Weather{} }
	}
	p := &Proxy{ln: ln, server: server, now: now, weather: weather}
	go p.serve()
	return p, nil
}

// Addr is host:port of the near end.
func (p *Proxy) Addr() string { return p.ln.Addr().String() }

// Close breaks everything.
func (p *Proxy) Close() error {
	err := p.ln.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.open {
		_ = c.Close()
	}
	return err
}

func (p *Proxy) serve() {
	for {
		near, err := p.ln.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", p.server)
		if err != nil {
			_ = near.Close()
			continue
		}
		p.mu.Lock()
		n := p.count
		p.count++
		p.open = append(p.open, near, far)
		p.mu.Unlock()
		c := &crossing{Weather: p.weather(n), now: p.now, near: near, far: far}
		go c.run(far, near, c.fromClient)
		go c.run(near, far, c.fromServer)
	}
}

// crossing is one connection.
type crossing struct {
	Weather
	now       func() time.Time
	near, far net.Conn

	mu    sync.Mutex
	sent  int64 // bytes from the server
	lines int   // from the client
	dead  bool
}

// packet is what was read at once, and when it may arrive.
type packet struct {
	bytes []byte
	at    time.Time
}

// run passes on in one direction: each packet arrives half a trip after it has left, and leaves
// when the one before it is through.
func (c *crossing) run(to, from net.Conn, allow func([]byte) (pass []byte, last bool)) {
	packets := make(chan packet, 1<<12)
	go func() {
		defer close(packets)
		var free time.Time // when the line has room again
		buf := make([]byte, 16<<10)
		for {
			n, err := from.Read(buf)
			if n > 0 {
				at := c.now()
				if c.Rate > 0 {
					if free.Before(at) {
						free = at
					}
					free = free.Add(time.Duration(n) * time.Second / time.Duration(c.Rate))
					at = free
				}
				packets <- packet{bytes.Clone(buf[:n]), at.Add(c.Trip / 2)}
			}
			if err != nil {
				return
			}
		}
	}()
	for p := range packets {
		if d := p.at.Sub(c.now()); d > 0 {
			time.Sleep(d)
		}
		pass, last := allow(p.bytes)
		if len(pass) > 0 {
			if _, err := to.Write(pass); err != nil {
				break
			}
		}
		if last {
			c.fail()
			break
		}
	}
	if c.isStalled() {
		_, _ = io.Copy(io.Discard, from)
		return
	}
	_ = to.Close()
	for range packets { // let the reader end
	}
}

func (c *crossing) fromServer(b []byte) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.dead {
		return nil, true
	}
	if c.sent += int64(len(b)); c.CutAfter > 0 && c.sent >= c.CutAfter {
		return b[:int64(len(b))-(c.sent-c.CutAfter)], true
	}
	return b, false
}

func (c *crossing) fromClient(b []byte) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.dead {
		return nil, true
	}
	if c.lines += bytes.Count(b, []byte("\n")); c.CutCommand > 0 && c.lines >= c.CutCommand {
		if c.Lost {
			return nil, true
		}
		return b, true
	}
	return b, false
}

func (c *crossing) isStalled() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.dead && c.Stall
}

// fail ends the line in both directions.
func (c *crossing) fail() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.dead {
		return
	}
	c.dead = true
	if c.Stall {
		return
	}
	if c.Bye {
		_, _ = c.near.Write([]byte("* BYE the server goes down\r\n"))
	}
	if c.CutCommand > 0 && !c.Lost {
		time.Sleep(5 * time.Millisecond) // the server shall have heard the command
	}
	_, _ = c.near.Close(), c.far.Close()
}

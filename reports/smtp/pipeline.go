package smtp

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"regexp"
	"strings"

	gosmtp "github.com/emersion/go-smtp"
)

// wire is the protected line below the library's client, for what the library does not do: several
// commands in one write.
type wire struct {
	net.Conn
	r *textproto.Reader
	w *bufio.Writer
}

func newWire(conn net.Conn) *wire {
	return &wire{Conn: conn, r: textproto.NewReader(bufio.NewReader(conn)), w: bufio.NewWriterSize(conn, 64<<10)}
}

var enhanced = regexp.MustCompile(`(?m)^[245]\.\d{1,3}\.\d{1,3}(?: |$)`)

// reply reads one answer: an error of the library's kind for a refusal, any other for a broken
// line.
func (w *wire) reply() (int, string, error) {
	code, text, err := w.r.ReadResponse(0)
	if err != nil {
		return 0, "", err
	}
	status := gosmtp.NoEnhancedCode
	if _, err := fmt.Sscanf(enhanced.FindString(text), "%d.%d.%d", &status[0], &status[1], &status[2]); err != nil {
		status = gosmtp.NoEnhancedCode
	}
	text = enhanced.ReplaceAllString(text, "")
	if code >= 400 {
		return code, text, &gosmtp.SMTPError{Code: code, EnhancedCode: status, Message: text}
	}
	return code, text, nil
}

// isIdle reports whether everything the server said has been heard.
func (w *wire) isIdle() bool { return w.r.R.Buffered() == 0 }

// runPipelined goes through one mail transaction with the sender, all recipients and DATA in one
// write (RFC 2920): two round trips a mail instead of four. It judges as run does.
func (t *transfer) runPipelined(w *wire, c *gosmtp.Client) error {
	size := ""
	if ok, _ := c.Extension("SIZE"); ok {
		size = fmt.Sprintf(" SIZE=%d", len(t.raw))
	}
	fmt.Fprintf(w.w, "MAIL FROM:<%s>%s\r\n", t.from, size)
	var open []int
	for i := range t.results {
		if t.results[i].Outcome == "" {
			open = append(open, i)
			fmt.Fprintf(w.w, "RCPT TO:<%s>\r\n", t.results[i].Addr)
		}
	}
	fmt.Fprint(w.w, "DATA\r\n")
	if err := w.w.Flush(); err != nil {
		return err
	}
	_, _, mailErr := w.reply()
	if isBroken(mailErr) {
		return mailErr
	}
	accepted := 0
	for _, i := range open {
		_, _, err := w.reply()
		switch {
		case isBroken(err):
			return err
		case err == nil:
			accepted++
		case mailErr == nil:
			t.recordRefusal(i, err)
		}
	}
	_, _, dataErr := w.reply()
	if isBroken(dataErr) {
		return dataErr
	}
	if mailErr != nil || accepted == 0 {
		// the server waits for a content that nobody shall get: an empty one, which it refuses (RFC
		// 2920, 3.1)
		if dataErr == nil {
			if err := w.send([]byte{}); isBroken(err) {
				return err
			}
		}
		if mailErr != nil {
			return t.sender(mailErr)
		}
		return c.Reset()
	}
	if dataErr != nil {
		return dataErr
	}
	t.begun = true
	return t.recordAnswer(w.send(t.raw))
}

// send hands over the content and hears what the server makes of it.
func (w *wire) send(raw []byte) error {
	dot := textproto.NewWriter(w.w).DotWriter()
	if _, err := dot.Write(raw); err != nil {
		return err
	}
	if err := dot.Close(); err != nil {
		return err
	}
	_, text, err := w.reply()
	if err == nil {
		return acceptance(text)
	}
	return err
}

// acceptance is the server's good word, carried where refusals are.
type acceptance string

func (a acceptance) Error() string { return string(a) }

// isBroken reports whether there is no use in reading on: the line is cut or about to be.
func isBroken(err error) bool {
	var reply *gosmtp.SMTPError
	return err != nil && (!errors.As(err, &reply) || reply.Code == 421)
}

// startTLS protects a line (RFC 3207). A server that does not offer it is refused, as is one that
// goes on talking before the line is protected.
func startTLS(ctx context.Context, conn net.Conn, hello string, settings *tls.Config) (net.Conn, error) {
	w := newWire(conn)
	say := func(want int, line string) (string, error) {
		if line != "" {
			fmt.Fprintf(w.w, "%s\r\n", line)
			if err := w.w.Flush(); err != nil {
				return "", err
			}
		}
		code, text, err := w.reply()
		if err == nil && code != want {
			err = fmt.Errorf("the server answers %d %s", code, text)
		}
		return text, err
	}
	if _, err := say(220, ""); err != nil {
		return nil, err
	}
	offers, err := say(250, "EHLO "+hello)
	if err != nil {
		return nil, err
	}
	offered := false
	for _, line := range strings.Split(offers, "\n") {
		offered = offered || strings.EqualFold(strings.TrimSpace(line), "STARTTLS")
	}
	if !offered {
		return nil, errors.New("the server does not offer STARTTLS")
	}
	if _, err := say(220, "STARTTLS"); err != nil {
		return nil, err
	}
	if !w.isIdle() {
		return nil, errors.New("the server speaks before the line is protected")
	}
	line := tls.Client(conn, settings)
	if err := line.HandshakeContext(ctx); err != nil {
		return nil, err
	}
	return &greetedConn{Conn: line, head: "220 protected\r\n"}, nil
}

// greetedConn is a line on which the server has greeted already: the library waits for a greeting.
type greetedConn struct {
	net.Conn
	head string
}

func (g *greetedConn) Read(p []byte) (int, error) {
	if g.head != "" {
		n := copy(p, g.head)
		g.head = g.head[n:]
		return n, nil
	}
	return g.Conn.Read(p)
}

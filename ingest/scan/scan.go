// Package scan asks the office's virus scanner about bytes before anything in them is opened.
//
// In go bytes; out comes the name of what the scanner found, "" for nothing, or an error when it
// could not be asked. The scanner is clamd, over its socket, or any command. Nothing is ever let
// pass because a scanner is away: an error is no verdict.
package scan

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os/exec"
	"strings"
	"time"

	"thidua/templates/viet"
)

// Scanner looks at the bytes of a mail, or of a file.
type Scanner interface {
	// Scan returns the name of what was found, "" for nothing.
	Scan(ctx context.Context, b []byte) (found string, err error)
}

// patience is how long one scan may take.
const patience = 2 * time.Minute

// Clamd is a scanner that listens at an address: a socket's path, or host:port. It need not be on
// this machine; what is scanned goes over the line as it is.
type Clamd struct{ Address string }

// chunk is how much of a stream is sent in one piece.
const chunk = 256 << 10

// Scan sends the bytes as clamd's command INSTREAM wants them.
func (c Clamd) Scan(ctx context.Context, b []byte) (string, error) {
	answer, err := c.ask(ctx, "INSTREAM", func(w io.Writer) error {
		for part := b; len(part) > 0; {
			n := min(len(part), chunk)
			if _, err := w.Write(binary.BigEndian.AppendUint32(nil, uint32(n))); err != nil {
				return err
			}
			if _, err := w.Write(part[:n]); err != nil {
				return err
			}
			part = part[n:]
		}
		_, err := w.Write(make([]byte, 4))
		return err
	})
	if err != nil {
		return "", err
	}
	verdict := strings.TrimPrefix(answer, "stream: ")
	if verdict == "OK" {
		return "", nil
	}
	if name, ok := strings.CutSuffix(verdict, " FOUND"); ok && name != "" {
		return viet.Quote(name), nil
	}
	return "", fmt.Errorf("clamd at %s answers %q", c.Address, viet.Quote(answer))
}

// Ping asks whether clamd is there.
func (c Clamd) Ping(ctx context.Context) error {
	answer, err := c.ask(ctx, "PING", func(io.Writer) error { return nil })
	if err == nil && answer != "PONG" {
		err = fmt.Errorf("clamd at %s answers %q", c.Address, viet.Quote(answer))
	}
	return err
}

// ask sends one command and returns the answer.
func (c Clamd) ask(ctx context.Context, command string, send func(io.Writer) error) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	network := "unix"
	if !strings.Contains(c.Address, "/") {
		network = "tcp"
	}
	conn, err := new(net.Dialer).DialContext(ctx, network, c.Address)
	if err != nil {
		return "", fmt.Errorf("asking clamd: %w", err)
	}
	defer conn.Close() // read-only from here on
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	if _, err = io.WriteString(conn, "z"+command+"\x00"); err == nil {
		err = send(conn)
	}
	// clamd ends a stream that is too large for it in the middle, and says so: its answer tells
	// more than the broken line
	answer, read := io.ReadAll(io.LimitReader(conn, 4<<10))
	if text := strings.TrimRight(string(answer), "\x00\r\n"); text != "" {
		return text, nil
	}
	return "", fmt.Errorf("asking clamd at %s: %w", c.Address, cmpErr(err, read, ctx.Err()))
}

func cmpErr(all ...error) error {
	if err := errors.Join(all...); err != nil {
		return err
	}
	return io.ErrUnexpectedEOF
}

// Command is a scanner that is started for every file, which it reads from its standard input. It
// ends with 0 when it found nothing and with 1 when it found something, whose name is in the last
// line it writes, as clamscan's and clamdscan's is ("clamdscan --no-summary -"); with anything else
// it could not tell.
type Command []string

// Scan runs the command.
func (c Command) Scan(ctx context.Context, b []byte) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, c[0], c[1:]...)
	cmd.Stdin = bytes.NewReader(b)
	cmd.WaitDelay = 5 * time.Second
	out, err := cmd.CombinedOutput()
	lines := strings.Split(strings.TrimSpace(string(out[:min(len(out), 64<<10)])), "\n")
	last := viet.Quote(strings.TrimSpace(lines[len(lines)-1]))
	var ended *exec.ExitError
	switch {
	case err == nil:
		return "", nil
	case errors.As(err, &ended) && ended.ExitCode() == 1 && ctx.Err() == nil:
		if last = strings.TrimSuffix(last, " FOUND"); last == "" {
			last = "?"
		}
		return last, nil
	}
	return "", fmt.Errorf("running %s: %w: %s", c[0], err, last)
}

package smtp

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"
	"unicode"

	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"

	"thidua/ingest/mailbox"
)

// Security is how the connection is protected.
type Security string

// The ways to protect a connection.
const (
	StartTLS Security = "starttls" // required: a server without it is refused (port 587)
	TLS      Security = "tls"      // from the first byte (port 465)
	Plain    Security = "plain"    // only to this machine, unless Config.AllowPlain
)

// Config says where mail is handed in. Address and Security are required.
type Config struct {
	Address    string // host:port
	Security   Security
	User       string // "" for a server that asks for none
	Password   string
	Token      string        // an access token in place of the password (XOAUTH2, OAUTHBEARER)
	Hello      string        // our name for EHLO, "localhost" when empty
	TLS        *tls.Config   // nil for the system's trust; ServerName is filled in
	AllowPlain bool          // allow Plain to another machine
	Timeout    time.Duration // for one command; 60 s when zero
	Submission time.Duration // for the answer to a mail's content; 10 minutes when zero (RFC 5321, 4.5.3.2.6)
}

const slowest = 16 << 10 // bytes a second that a line is expected to do at least

// Client hands mails to one server over one connection, which is kept between mails and opened
// again when the server has closed it. It is for one goroutine at a time.
//
//constructed:by Dial
type Client struct {
	config Config
	conn   net.Conn
	client *gosmtp.Client // nil when there is no usable connection
	wire   *wire          // the same line, for commands sent together
}

// Dial connects and logs in. The context bounds only the dialling.
func Dial(ctx context.Context, config Config) (*Client, error) {
	if config.Hello == "" {
		config.Hello = "localhost"
	}
	if config.Timeout <= 0 {
		config.Timeout = time.Minute
	}
	if config.Submission <= 0 {
		config.Submission = 10 * time.Minute
	}
	c := &Client{config: config}
	if err := c.dial(ctx); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *Client) dial(ctx context.Context) error {
	if err := c.connect(ctx); err != nil {
		c.hangUp()
		return fmt.Errorf("opening the mail server at %s: %w", c.config.Address, err)
	}
	return nil
}

func (c *Client) connect(ctx context.Context) error {
	host, _, err := net.SplitHostPort(c.config.Address)
	if err != nil {
		return err
	}
	dialer := net.Dialer{Timeout: c.config.Timeout}
	if c.conn, err = dialer.DialContext(ctx, "tcp", c.config.Address); err != nil {
		return err
	}
	return c.within(ctx, 4*c.config.Timeout, func() error {
		if err := c.secure(ctx, host); err != nil {
			return err
		}
		if err := c.client.Hello(c.config.Hello); err != nil {
			return err
		}
		return c.login()
	})
}

// secure makes the client on a protected line.
func (c *Client) secure(ctx context.Context, host string) error {
	settings := &tls.Config{}
	if c.config.TLS != nil {
		settings = c.config.TLS.Clone()
	}
	if settings.ServerName == "" {
		settings.ServerName = host
	}
	switch c.config.Security {
	case TLS:
		line := tls.Client(c.conn, settings)
		handshake, cancel := context.WithTimeout(ctx, c.config.Timeout)
		defer cancel()
		if err := line.HandshakeContext(handshake); err != nil {
			return err
		}
		c.wire, c.client = newWire(line), gosmtp.NewClient(line)
	case StartTLS:
		line, err := startTLS(ctx, c.conn, c.config.Hello, settings)
		if err != nil {
			return err
		}
		c.wire, c.client = newWire(line), gosmtp.NewClient(line)
	case Plain:
		peer, ok := c.conn.RemoteAddr().(*net.TCPAddr)
		if !c.config.AllowPlain && (!ok || !peer.IP.IsLoopback()) {
			return errors.New("an unprotected connection to another machine is not allowed")
		}
		c.wire, c.client = newWire(c.conn), gosmtp.NewClient(c.conn)
	default:
		return fmt.Errorf("unknown security %q", c.config.Security)
	}
	c.client.CommandTimeout, c.client.SubmissionTimeout = c.config.Timeout, c.config.Submission
	return nil
}

func (c *Client) login() error {
	if c.config.User == "" {
		return nil
	}
	var err error
	switch {
	case c.config.Token != "" && c.client.SupportsAuth(mailbox.XOAuth2):
		err = c.client.Auth(mailbox.NewXOAuth2(c.config.User, c.config.Token))
	case c.config.Token != "" && c.client.SupportsAuth(sasl.OAuthBearer):
		err = c.client.Auth(sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{Username: c.config.User,
			Token: c.config.Token}))
	case c.config.Token != "":
		err = errors.New("the server offers neither XOAUTH2 nor OAUTHBEARER")
	case c.client.SupportsAuth(sasl.Plain):
		err = c.client.Auth(sasl.NewPlainClient("", c.config.User, c.config.Password))
	case c.client.SupportsAuth(sasl.Login):
		err = c.client.Auth(sasl.NewLoginClient(c.config.User, c.config.Password))
	default:
		err = errors.New("the server offers neither PLAIN nor LOGIN")
	}
	if err != nil {
		return fmt.Errorf("logging in: %w", err)
	}
	return nil
}

// within runs an exchange that ends, with the connection cut, when the time is up or the context
// ends.
func (c *Client) within(ctx context.Context, limit time.Duration, exchange func() error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	conn := c.conn
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	err := exchange()
	if cause := ctx.Err(); err != nil && cause != nil {
		return fmt.Errorf("%w (%w)", err, cause)
	}
	return err
}

func (c *Client) hangUp() {
	c.client = nil
	if c.conn != nil {
		_ = c.conn.Close()
	}
}

// Send hands one mail to the server for all recipients and says what became of it for each, in
// their order. from and to are bare addresses; raw is the whole message with CRLF line ends. It has
// no error of its own: a broken connection is Later, for a mail whose content the server may have
// taken as well, so that it may arrive twice, with the same Message-ID (RFC 1047).
func (c *Client) Send(ctx context.Context, from string, to []string, raw []byte) []Result {
	t := &transfer{from: from, raw: raw, results: make([]Result, len(to))}
	for i, addr := range to {
		t.results[i].Addr = addr
		if !plausible(addr) || !plausible(from) {
			t.results[i].Outcome, t.results[i].Text = Never, "not an address that mail can carry"
		}
	}
	if t.countOpen() == 0 {
		return t.results
	}
	reused := c.client != nil
	err := c.try(ctx, t)
	if err != nil && reused && !t.begun && c.client == nil && ctx.Err() == nil {
		err = c.try(ctx, t) // the server had closed the kept connection
	}
	if err != nil {
		t.rest(later(err))
	}
	return t.results
}

func (c *Client) try(ctx context.Context, t *transfer) error {
	if c.client == nil {
		if err := c.dial(ctx); err != nil {
			return err
		}
	}
	limit := c.config.Submission + time.Duration(len(t.results)+2)*c.config.Timeout +
		time.Duration(len(t.raw))*time.Second/slowest
	err := c.within(ctx, limit, func() error { return t.run(c.client, c.wire) })
	if err == nil {
		if !c.wire.isIdle() { // it has said more than it was asked: nobody knows to what the next answer belongs
			c.hangUp()
		}
		return nil
	}
	var reply *gosmtp.SMTPError
	// 421: the server hangs up (RFC 5321, 3.8)
	if !errors.As(err, &reply) || reply.Code == 421 || c.client.Reset() != nil {
		c.hangUp()
	}
	return err
}

// Close says goodbye and closes the connection.
func (c *Client) Close() error {
	if c.client == nil {
		return nil
	}
	_ = c.within(context.Background(), min(c.config.Timeout, 5*time.Second), c.client.Quit)
	c.hangUp()
	return nil
}

// plausible keeps from the wire what would be more than an address: line breaks, brackets, letters
// that need SMTPUTF8.
func plausible(addr string) bool {
	local, host, ok := strings.Cut(addr, "@")
	return ok && local != "" && host != "" && len(addr) <= 254 && !strings.ContainsFunc(addr, func(r rune) bool {
		return r <= ' ' || r >= unicode.MaxASCII || strings.ContainsRune(`<>()[]\,;:"`, r)
	}) && !strings.Contains(host, "@") && !bytes.ContainsAny([]byte(host), "/")
}

package mailbox

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
)

// Security is how a connection is protected.
type Security string

// The ways to protect a connection.
const (
	TLS      Security = "tls"      // from the first byte (port 993)
	StartTLS Security = "starttls" // required: a server without it is refused (port 143)
	Plain    Security = "plain"    // only to this machine, unless IMAPConfig.AllowPlain
)

// IMAPConfig says where the mailbox is. Address, Security, User, and Password or Token are
// required.
type IMAPConfig struct {
	Address    string // host:port
	Security   Security
	User       string
	Password   string
	Token      string        // an access token in place of the password (XOAUTH2, OAUTHBEARER)
	Mailbox    string        // "INBOX" when empty; a folder of a shared namespace is named as the server writes it
	TLS        *tls.Config   // nil for the system's trust; ServerName is filled in
	AllowPlain bool          // allow Plain to another machine
	Timeout    time.Duration // for one command; reading bodies gets more by their size; 60 s when zero
	Limits     Limits
	// Keyword marks handled mail on a server that can neither move nor expunge single messages;
	// ASCII, "$thidua" when empty.
	Keyword string
}

// IMAP is a mailbox on an IMAP server (RFC 3501, RFC 9051). It is for one goroutine at a time.
// After an error of the line it stays broken: dial again.
//
//constructed:by DialIMAP
type IMAP struct {
	config   IMAPConfig
	conn     net.Conn // closing it is the only way to end a command; Client.Close waits for the server
	client   *imapclient.Client
	selected *imap.SelectData
	known    map[uint32]Summary // of the selected mailbox, by UID
	news     chan struct{}      // filled when the server announces messages

	prefix  string   // of personal folders, such as "INBOX."
	foreign []string // prefixes of other people's and shared folders, such as "shared."
	delim   string   // between levels of folders
}

var _ Source = (*IMAP)(nil)

// DialIMAP connects and logs in. The context bounds only the dialling.
func DialIMAP(ctx context.Context, config IMAPConfig) (*IMAP, error) {
	if config.Mailbox == "" {
		config.Mailbox = "INBOX"
	}
	if config.Timeout <= 0 {
		config.Timeout = time.Minute
	}
	if config.Keyword == "" {
		config.Keyword = "$thidua"
	}
	if strings.ContainsFunc(config.Keyword, func(r rune) bool {
		return r <= ' ' || r > '~' ||
			strings.ContainsRune(`(){%*"\]`, r)
	}) {
		// the library's encoder would break the line
		return nil, fmt.Errorf("opening the mailbox: %q cannot be a keyword", config.Keyword)
	}
	config.Limits = config.Limits.withDefaults()
	m := &IMAP{config: config, known: map[uint32]Summary{}, news: make(chan struct{}, 1)}
	if err := m.dial(ctx); err != nil {
		if m.conn != nil {
			_ = m.conn.Close()
		}
		return nil, fmt.Errorf("opening the mailbox at %s: %w", config.Address, err)
	}
	return m, nil
}

func (m *IMAP) dial(ctx context.Context) error {
	host, _, err := net.SplitHostPort(m.config.Address)
	if err != nil {
		return err
	}
	dialer := net.Dialer{Timeout: m.config.Timeout}
	if m.conn, err = dialer.DialContext(ctx, "tcp", m.config.Address); err != nil {
		return err
	}
	return m.command(ctx, m.config.Timeout, "logging in", func() error {
		if err := m.secure(ctx, host); err != nil {
			return err
		}
		if err := m.client.WaitGreeting(); err != nil {
			return err
		}
		if err := m.login(); err != nil {
			return err
		}
		return m.learnFolders()
	})
}

// secure makes the client on a protected line.
func (m *IMAP) secure(ctx context.Context, host string) error {
	settings := &tls.Config{}
	if m.config.TLS != nil {
		settings = m.config.TLS.Clone()
	}
	if settings.ServerName == "" {
		settings.ServerName = host
	}
	options := &imapclient.Options{TLSConfig: settings,
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{Mailbox: m.announce}}
	switch m.config.Security {
	case TLS:
		line := tls.Client(m.conn, settings)
		if err := line.HandshakeContext(ctx); err != nil {
			return err
		}
		m.client = imapclient.New(line, options)
	case StartTLS:
		client, err := imapclient.NewStartTLS(m.conn, options)
		if err != nil {
			return err
		}
		m.client = client
	case Plain:
		peer, ok := m.conn.RemoteAddr().(*net.TCPAddr)
		if !m.config.AllowPlain && (!ok || !peer.IP.IsLoopback()) {
			return errors.New("an unprotected connection to another machine is not allowed")
		}
		m.client = imapclient.New(m.conn, options)
	default:
		return fmt.Errorf("unknown security %q", m.config.Security)
	}
	return nil
}

func (m *IMAP) login() error {
	caps := m.client.Caps()
	switch {
	case m.config.Token != "" && caps.Has(imap.AuthCap(XOAuth2)):
		return m.client.Authenticate(NewXOAuth2(m.config.User, m.config.Token))
	case m.config.Token != "" && caps.Has(imap.AuthCap(sasl.OAuthBearer)):
		return m.client.Authenticate(sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{Username: m.config.User,
			Token: m.config.Token}))
	case m.config.Token != "":
		return errors.New("the server offers neither XOAUTH2 nor OAUTHBEARER")
	case caps.Has(imap.AuthCap(sasl.Plain)):
		return m.client.Authenticate(sasl.NewPlainClient("", m.config.User, m.config.Password))
	case !caps.Has(imap.CapLoginDisabled):
		return m.client.Login(m.config.User, m.config.Password).Wait()
	}
	return errors.New("the server offers neither PLAIN nor LOGIN")
}

// learnFolders asks how the server writes folder names (RFC 2342, RFC 9051, 6.3.9).
func (m *IMAP) learnFolders() error {
	m.delim = "/"
	if m.client.Caps().Has(imap.CapNamespace) {
		spaces, err := m.client.Namespace().Wait()
		if err != nil {
			return err
		}
		if len(spaces.Personal) > 0 {
			m.prefix = spaces.Personal[0].Prefix
			if d := spaces.Personal[0].Delim; d != 0 {
				m.delim = string(d)
			}
		}
		for _, n := range append(spaces.Other, spaces.Shared...) {
			if n.Prefix != "" {
				m.foreign = append(m.foreign, n.Prefix)
			}
		}
		return nil
	}
	list, err := m.client.List("", "", nil).Collect()
	if err != nil {
		return err
	}
	if len(list) > 0 && list[0].Delim != 0 {
		m.delim = string(list[0].Delim)
	}
	return nil
}

// command runs one exchange with the server under a deadline. The library knows no timeout of its
// own, so the line is cut when the time is up or the context ends; that ends every read and write.
func (m *IMAP) command(ctx context.Context, limit time.Duration, doing string, exchange func() error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	defer context.AfterFunc(ctx, func() { _ = m.conn.Close() })()
	err := exchange()
	if err == nil {
		return nil
	}
	if cause := ctx.Err(); cause != nil {
		err = fmt.Errorf("%w (%w)", err, cause)
	}
	var no *imap.Error
	return &Error{Doing: doing, Refused: errors.As(err, &no) && no.Type == imap.StatusResponseTypeNo &&
		ctx.Err() == nil, Err: err}
}

// open selects the mailbox afresh.
func (m *IMAP) open(ctx context.Context) error {
	return m.command(ctx, m.config.Timeout, "opening "+m.config.Mailbox, func() error {
		box, err := m.client.Select(m.config.Mailbox, nil).Wait()
		m.selected = box
		if err != nil {
			m.selected = nil
		}
		return err
	})
}

// announce hears what the server says unasked. It runs in the library's reader and must not wait.
func (m *IMAP) announce(data *imapclient.UnilateralDataMailbox) {
	if data.NumMessages == nil {
		return
	}
	select {
	case m.news <- struct{}{}:
	default:
	}
}

// Wait returns when the server announces mail (RFC 2177), or after the given time, or when the
// context ends; a server that cannot announce waits the time out. An announcement is a hint: a line
// may die in silence, so callers list the mailbox from time to time anyway.
func (m *IMAP) Wait(ctx context.Context, most time.Duration) error {
	if m.selected == nil {
		if err := m.open(ctx); err != nil {
			return err
		}
	}
	timer := time.NewTimer(most)
	defer timer.Stop()
	if !m.client.Caps().Has(imap.CapIdle) {
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
		return ctx.Err()
	}
	var idle *imapclient.IdleCommand
	err := m.command(ctx, m.config.Timeout, "waiting for mail", func() (err error) {
		// What came since the last command is told now: not every server does so when IDLE begins.
		if err := m.client.Noop().Wait(); err != nil {
			return err
		}
		idle, err = m.client.Idle()
		return err
	})
	if err != nil {
		return err
	}
	select {
	case <-m.news:
	case <-timer.C:
	case <-m.client.Closed():
	case <-ctx.Done():
	}
	err = m.command(context.WithoutCancel(ctx), m.config.Timeout, "waiting for mail", func() error {
		if err := idle.Close(); err != nil {
			return err
		}
		return idle.Wait()
	})
	return errors.Join(ctx.Err(), err)
}

// Close says goodbye, if the server listens, and closes the line.
func (m *IMAP) Close() error {
	_ = m.command(context.Background(), min(m.config.Timeout, 5*time.Second), "logging out", func() error {
		return m.client.Logout().Wait()
	})
	if err := m.conn.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("closing the mailbox: %w", err)
	}
	return nil
}

// Package postoffice is a small real post office within the process: an IMAP server with one shared
// mailbox and an SMTP server before it.
//
// In comes mail over SMTP or directly; out it goes over IMAP, or into the list of delivered mail
// when it is for somebody else. It serves the demonstration and the tests on 127.0.0.1 only, keeps
// everything in memory and never sends anything anywhere.
package postoffice

import (
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	gosmtp "github.com/emersion/go-smtp"
)

const maxMessage = 64 << 20 // bytes the SMTP server takes

// Config is how a post office is set up. Shared, Password and Clock are required.
type Config struct {
	Shared      string           // address of the shared mailbox, also the user name on both servers
	Password    string           // of the user, on both servers
	Clock       func() time.Time // called for every mail that arrives; its answer becomes INTERNALDATE and Mail.At
	UIDValidity uint32           // of INBOX; folders made later count on from it; 0 stands for 1

	NoMove    bool // the IMAP server does not know MOVE, as many older ones
	NoUIDPlus bool // nor UIDPLUS

	TLS *tls.Config // the SMTP server offers STARTTLS; nil for none
}

// Mail is a mail that somebody other than the shared mailbox received.
type Mail struct {
	From string // envelope sender
	To   []string
	Raw  []byte
	At   time.Time
}

// Office is an open post office. Its methods may be used from several goroutines.
//
//constructed:by Open
type Office struct {
	config Config
	user   *imapmemserver.User
	imap   *imapserver.Server
	smtp   *gosmtp.Server
	lines  lines

	imapAddr, smtpAddr string
	serving            sync.WaitGroup
	moving             sync.Mutex // one MOVE at a time: the store takes two locks in the order of the move

	mu        sync.Mutex
	faults    Faults
	delivered []Mail
}

// Open starts both servers on free ports of 127.0.0.1. Close must be called.
func Open(config Config) (*Office, error) {
	if config.Shared == "" || config.Password == "" || config.Clock == nil {
		return nil, errors.New("opening the post office: shared address, password and clock are required")
	}
	if config.UIDValidity == 0 {
		config.UIDValidity = 1
	}
	o := &Office{config: config, user: imapmemserver.NewUser(config.Shared, config.Password)}
	if err := o.user.Create("INBOX", nil); err != nil {
		return nil, fmt.Errorf("opening the post office: %w", err)
	}
	imapLine, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening the post office: %w", err)
	}
	smtpLine, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening the post office: %w", err), imapLine.Close())
	}
	o.imapAddr, o.smtpAddr = imapLine.Addr().String(), smtpLine.Addr().String()

	quiet := log.New(io.Discard, "", 0)
	o.imap = imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return &session{office: o}, nil, nil
		},
		Caps:         o.caps(),
		InsecureAuth: true, // loopback only
		Logger:       quiet,
	})
	o.smtp = gosmtp.NewServer(gosmtp.BackendFunc(func(c *gosmtp.Conn) (gosmtp.Session, error) {
		return &envelope{office: o, conn: c.Conn()}, nil
	}))
	o.smtp.Domain = "localhost"
	o.smtp.MaxMessageBytes = maxMessage
	o.smtp.AllowInsecureAuth = true // loopback only
	o.smtp.TLSConfig = config.TLS
	o.smtp.ErrorLog = quiet

	imapDoor, smtpDoor := o.lines.watch(imapLine, o.imapBudget), o.lines.watch(smtpLine, nil)
	o.serving.Go(func() { _ = o.imap.Serve(imapDoor) })
	o.serving.Go(func() { _ = o.smtp.Serve(smtpDoor) })
	<-imapDoor.begun // a server that has not yet begun to listen does not know what it would have to close
	<-smtpDoor.begun
	return o, nil
}

func (o *Office) caps() imap.CapSet {
	caps := imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapNamespace: {}, imap.CapESearch: {}, imap.CapListStatus: {},
		imap.CapListExtended: {}}
	if !o.config.NoMove {
		caps[imap.CapMove] = struct{}{}
	}
	if !o.config.NoUIDPlus {
		caps[imap.CapUIDPlus] = struct{}{}
	}
	return caps
}

// Close stops both servers and closes every connection. What was delivered can still be read
// afterwards.
func (o *Office) Close() error {
	err := errors.Join(o.imap.Close(), o.smtp.Close())
	o.lines.drop()
	o.serving.Wait()
	return err
}

// IMAPAddr is host:port of the IMAP server.
func (o *Office) IMAPAddr() string { return o.imapAddr }

// SMTPAddr is host:port of the SMTP server.
func (o *Office) SMTPAddr() string { return o.smtpAddr }

// Deliver puts a mail into the shared INBOX, as if it had arrived at the given time.
func (o *Office) Deliver(raw []byte, at time.Time) error {
	_, err := o.user.Append("INBOX", literal{bytes.NewReader(raw)}, &imap.AppendOptions{Time: at})
	if err != nil {
		return fmt.Errorf("delivering a mail to the shared mailbox: %w", err)
	}
	return nil
}

// Delivered returns the mails that went to others, in the order they arrived.
func (o *Office) Delivered() []Mail {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.delivered)
}

// accept takes a mail from SMTP: a copy for the shared mailbox, a record for everybody else.
func (o *Office) accept(from string, to []string, raw []byte) (Mail, error) {
	mail := Mail{From: from, Raw: raw, At: o.config.Clock()}
	shared := false
	for _, rcpt := range to {
		if strings.EqualFold(rcpt, o.config.Shared) {
			shared = true
		} else {
			mail.To = append(mail.To, rcpt)
		}
	}
	if shared {
		// The last server notes the envelope sender (RFC 5321, 4.4): bounces are known by it.
		if err := o.Deliver(withReturnPath(from, raw), mail.At); err != nil {
			return mail, err
		}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(mail.To) > 0 {
		o.delivered = append(o.delivered, mail)
	}
	return mail, nil
}

// literal is a message on its way into the store.
type literal struct{ *bytes.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

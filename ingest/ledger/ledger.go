// Package ledger keeps every fact of the product: mails as they came, what was read from them, what
// was answered, what was issued, and how far each letter has come. All SQL of the product is here.
//
// Facts go in, each step as one transaction with its marker and the letters that follow from it;
// facts come out in an order that does not depend on when or how often they were offered. The
// package never parses, judges or words anything, never touches a mailbox or a mail server, and
// never deletes: every step can be repeated at any time, by anybody, with the same end.
//
// What happened is told in a chain of events, each bound to the one before by its hash, written in
// the transaction that it tells of.
package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pressly/goose/v3"

	"thidua/ingest/ledger/line"
	"thidua/templates/calendar"
)

//go:embed schema/*.sql
var schema embed.FS

// ErrNewer says that the file was written by a newer version of the program; it is left untouched.
var ErrNewer = errors.New("the ledger was written by a newer version of the program")

// dialect is all that two databases differ in.
type dialect struct {
	migrations goose.Dialect
	// appended to the query that picks letters, so that workers do not wait for each other
	skipLocked string
	// statements, safe to repeat, that make the database itself refuse to change or delete facts
	guards []string
	// what a transaction begins with, nil where a file is begun on by its driver
	begin  func(access) []question
	encode func(string) string // text as the database can hold it, nil for as it is
	decode func(string) string // and back
}

// Ledger is an open ledger. It is safe for concurrent use, also by several processes on one file.
// What it keeps is reached by what it is: Inbox, Outbox, Rulings and so on, which are the same
// ledger and need no closing.
//
//constructed:by start, As
type Ledger struct{ *connection }

// connection is what the whole ledger shares: the database, and how a transaction on it is run.
//
//constructed:by start
type connection struct {
	db      *sql.DB
	dialect dialect
	clock   calendar.Clock
	actor   string
	file    string            // of SQLite, "" for a server
	trace   func(what string) // nil, or told before each thing the database is asked
	values  *sync.Map         // of decodedValue, by submission
}

// Option is a way to open a ledger.
type Option func(*Ledger)

// Traced has f called before everything the database is asked, with "begin", the statement,
// "commit" or "committed". Tests end the process in it.
func Traced(f func(what string)) Option { return func(l *Ledger) { l.trace = f } }

// Open opens the ledger at a place: the path of a file, which is created when missing, or a URL
// postgres://…. An older schema is brought up to date; one of a newer version is refused with
// ErrNewer. All times the ledger notes by itself are the clock's. A file must not lie on a network
// file system. Trouble with the medium is Full, ReadOnly or Busy (errors.Is).
func Open(ctx context.Context, place string, clock calendar.Clock, options ...Option) (*Ledger, error) {
	opening, name := openSQLite, place
	if IsServer(place) {
		opening, name = openPostgres, "PostgreSQL" // the URL may hold a password
	}
	db, d, err := opening(place)
	if err != nil {
		return nil, fmt.Errorf("opening ledger %s: %w", name, medium(err))
	}
	l, err := start(ctx, db, d, clock)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening ledger %s: %w", name, medium(err)), db.Close())
	}
	if !IsServer(place) {
		l.file = place
	}
	for _, o := range options {
		o(l)
	}
	return l, nil
}

// IsServer reports whether a place is that of a database server rather than a file.
func IsServer(place string) bool {
	return strings.HasPrefix(place, "postgres://") || strings.HasPrefix(place, "postgresql://")
}

// start brings the schema of an open database up to date.
func start(ctx context.Context, db *sql.DB, d dialect, clock calendar.Clock) (*Ledger, error) {
	files, err := fs.Sub(schema, "schema")
	if err != nil {
		return nil, err
	}
	migrations, err := goose.NewProvider(d.migrations, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("reading the schema: %w", err)
	}
	// Another process may be creating the same file: whoever comes second finds the work done when
	// trying again.
	for try := 1; ; try++ {
		if err = migrate(ctx, db, migrations, d); err == nil || errors.Is(err, ErrNewer) || ctx.Err() != nil ||
			try == 3 {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	return &Ledger{&connection{values: &sync.Map{}, db: db, dialect: d, clock: clock, actor: "thidua"}}, nil
}

func migrate(ctx context.Context, db *sql.DB, migrations *goose.Provider, d dialect) error {
	current, target, err := migrations.GetVersions(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("reading the version of the schema: %w", err)
	case current > target:
		return fmt.Errorf("schema %d, known up to %d: %w", current, target, ErrNewer)
	case current < target:
		if _, err := migrations.Up(ctx); err != nil {
			return fmt.Errorf("bringing the schema up to date: %w", err)
		}
	}
	if _, err := db.ExecContext(ctx, strings.Join(d.guards, ";\n")); err != nil {
		return fmt.Errorf("guarding the tables: %w", err)
	}
	return nil
}

// As returns the same ledger, noting actor in the events as the one who acts. Only the first handle
// needs to be closed.
func (l *Ledger) As(actor string) *Ledger {
	as := *l.connection
	as.actor = actor
	return &Ledger{&as}
}

// Close closes the ledger.
func (l *Ledger) Close() error { return l.db.Close() }

// tx is one transaction with one time.
type tx struct {
	line.Line
	work
	ctx      context.Context
	ledger   *connection
	actor    string
	at       time.Time // of everything the transaction notes
	now      string    // at, as it is stored
	files    blobs     // that came with it
	wantsEnd bool      // the end of the chain is to be asked for with the first question
	last     *Event    // end of the chain, once it is known
}

// write runs f in one transaction that sees nobody else's half-done work; an error of f leaves no
// trace of it.
func (c *connection) write(ctx context.Context, f func(*tx) error) error {
	return c.run(ctx, writing, f)
}

// alongside is write for what takes no turn: it notes nothing in the chain, and others write
// meanwhile.
func (c *connection) alongside(ctx context.Context, f func(*tx) error) error {
	return c.run(ctx, besides, f)
}

// read runs f on one unchanging state of the ledger.
func (c *connection) read(ctx context.Context, f func(*tx) error) error {
	return c.run(ctx, reading, f)
}

// access is what a transaction is for.
type access int

const (
	reading access = iota
	writing        // in turn
	besides        // beside whoever writes in turn
)

func (c *connection) run(ctx context.Context, a access, f func(*tx) error) error {
	now := c.clock.Now()
	t := &tx{ctx: ctx, ledger: c, actor: c.actor, at: now.UTC(), now: stamp(now), wantsEnd: a == writing}
	work := func(on line.Line) error {
		t.Line = on
		return t.finish(f)
	}
	if c.dialect.begin == nil {
		return medium(line.OnFile(ctx, c.db, &sql.TxOptions{ReadOnly: a == reading}, c.traceStep, work))
	}
	return medium(line.OnServer(ctx, c.db, c.dialect.begin(a), c.traceStep, work))
}

// finish runs f and commits.
func (t *tx) finish(f func(*tx) error) error {
	defer t.Rollback() // no effect after the commit
	if err := f(t); err != nil {
		return medium(err)
	}
	if err := t.Commit(t.ctx, t.ledger.dialect.prepared(append(t.waiting(), t.final...))); err != nil {
		return medium(err)
	}
	t.ledger.traceStep("committed")
	return nil
}

func (c *connection) traceStep(what string) {
	if c.trace != nil {
		c.trace(what)
	}
}

// placeholders are n parameters of a statement from a number on: "$3, $4".
func placeholders(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(from + i))
	}
	return b.String()
}

const layout = "2006-01-02T15:04:05.000000000Z"

// stamp is a time as it is stored: UTC, of fixed width, "" for the zero time and for years that
// have not four digits.
func stamp(t time.Time) string {
	t = t.UTC()
	if t.IsZero() || t.Year() < 1 || t.Year() > 9999 {
		return ""
	}
	return t.Format(layout)
}

// moment reads a stored time.
func moment(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(layout, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("stored time %q: %w", s, err)
	}
	return t, nil
}

func hexSum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// digest binds the fields of a row together. Each is preceded by its length, so that no two rows
// give the same bytes.
func digest(fields ...string) string {
	d := binding{sha256.New()}
	for _, f := range fields {
		d.add([]byte(f))
	}
	return d.sum()
}

// binding is a digest while it is made, for fields that are too large to be copied.
type binding struct{ hash.Hash }

func (d binding) add(field []byte) {
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(len(field)))
	d.Write(n[:])
	d.Write(field)
}

func (d binding) sum() string { return hex.EncodeToString(d.Sum(nil)) }

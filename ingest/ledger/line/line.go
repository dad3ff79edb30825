// Package line is how one transaction of a ledger talks to its database.
//
// Questions come in, with what takes each row of their answers. A file is asked one by one, a
// PostgreSQL server all of them in one round trip, the transaction's beginning with the first and
// its end with the last. The package knows neither tables nor facts.
package line

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Question is something the database is asked.
type Question struct {
	Query string
	Args  []any
	Row   func(scan func(...any) error) error // gets each row of the answer; nil where none is wanted
	N     *int64                              // gets how many rows were changed, unless nil
}

// Line is how one transaction talks to the database.
type Line interface {
	// Together asks questions in their order.
	Together(ctx context.Context, all []Question) error
	// Commit asks the last questions and commits.
	Commit(ctx context.Context, all []Question) error
	// Rollback ends a transaction that is not over; of one that is it changes nothing.
	Rollback()
}

// about says in an error what the database had been asked.
func about(query string, err error) error {
	words := strings.Fields(query)
	return fmt.Errorf("%s …: %w", strings.Join(words[:min(3, len(words))], " "), err)
}

// file is a transaction on a file, whose answers cost no trip. Statements are prepared once in it.
type file struct {
	tx         *sql.Tx
	trace      func(string)
	statements map[string]*sql.Stmt
}

// OnFile runs f in a transaction on a file. trace is told before each thing the database is asked.
func OnFile(ctx context.Context, db *sql.DB, o *sql.TxOptions, trace func(string), f func(Line) error) error {
	trace("begin")
	tx, err := db.BeginTx(ctx, o)
	if err != nil {
		return fmt.Errorf("beginning: %w", err)
	}
	return f(&file{tx: tx, trace: trace, statements: map[string]*sql.Stmt{}})
}

func (l *file) Together(ctx context.Context, all []Question) error {
	for _, q := range all {
		if err := l.one(ctx, q); err != nil {
			return about(q.Query, err)
		}
	}
	return nil
}

func (l *file) one(ctx context.Context, q Question) error {
	l.trace(q.Query)
	s, ok := l.statements[q.Query]
	if !ok {
		var err error
		if s, err = l.tx.PrepareContext(ctx, q.Query); err != nil {
			return err
		}
		l.statements[q.Query] = s // closed with the transaction
	}
	if q.Row == nil {
		r, err := s.ExecContext(ctx, q.Args...)
		if err == nil && q.N != nil {
			*q.N, err = r.RowsAffected()
		}
		return err
	}
	rows, err := s.QueryContext(ctx, q.Args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := q.Row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (l *file) Commit(ctx context.Context, all []Question) error {
	if err := l.Together(ctx, all); err != nil {
		return err
	}
	l.trace("commit")
	if err := l.tx.Commit(); err != nil {
		return fmt.Errorf("committing: %w", err)
	}
	return nil
}

func (l *file) Rollback() { _ = l.tx.Rollback() } // no effect after Commit

// server is a transaction on a PostgreSQL server: whatever is asked together is sent together, the
// transaction's beginning with its first Question and its end with its last. Statements are kept
// prepared on the connection.
type server struct {
	conn  *pgx.Conn
	trace func(string)
	first []Question // begins the transaction
	open  bool
}

func (l *server) Together(ctx context.Context, all []Question) error {
	all = append(l.first, all...)
	l.first, l.open = nil, true
	if len(all) == 0 {
		return nil
	}
	batch := &pgx.Batch{}
	for _, q := range all {
		l.trace(q.Query)
		batch.Queue(q.Query, q.Args...)
	}
	answers := l.conn.SendBatch(ctx, batch)
	for _, q := range all {
		if err := l.read(answers, q); err != nil {
			_ = answers.Close() // brings the same error
			return about(q.Query, err)
		}
	}
	return answers.Close()
}

func (l *server) read(answers pgx.BatchResults, q Question) error {
	rows, err := answers.Query()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if q.Row == nil {
			continue
		}
		if err := q.Row(rows.Scan); err != nil {
			return err
		}
	}
	rows.Close()
	if q.N != nil {
		*q.N = rows.CommandTag().RowsAffected()
	}
	return rows.Err()
}

func (l *server) Commit(ctx context.Context, all []Question) error {
	if err := l.Together(ctx, append(all, Question{Query: "COMMIT"})); err != nil {
		return err
	}
	l.open = false
	return nil
}

// rollback ends a transaction that failed; one that was never begun, or is over, has no end.
func (l *server) Rollback() {
	if l.open && !l.conn.IsClosed() {
		_, _ = l.conn.Exec(context.Background(), "ROLLBACK")
	}
	l.open = false
}

// OnServer runs f in a transaction on a server, which begins with the first questions.
func OnServer(ctx context.Context, db *sql.DB, first []Question, trace func(string), f func(Line) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(driver any) error {
		return f(&server{conn: driver.(*stdlib.Conn).Conn(), trace: trace, first: first})
	})
}

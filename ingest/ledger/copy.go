package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
)

// ErrFile says that a ledger lies in a file, of which Backup makes a copy.
var ErrFile = errors.New("the ledger lies in a file")

// CopyOnServer copies a ledger that lies on a database server, as it is at this moment, into a new
// schema of the same database, while others go on reading and writing. InSchema is where the copy
// is; drop throws it away.
func (l *Ledger) CopyOnServer(ctx context.Context, schema string) (drop func(context.Context) error, err error) {
	if l.file != "" {
		return nil, ErrFile
	}
	drop = func(ctx context.Context) error {
		_, err := l.db.ExecContext(ctx, `DROP SCHEMA IF EXISTS `+schema+` CASCADE`)
		return err
	}
	tx, err := l.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return nil, fmt.Errorf("copying the ledger: %w", err)
	}
	defer tx.Rollback() // no effect after Commit
	if err := copyTables(ctx, tx, schema); err != nil {
		return nil, fmt.Errorf("copying the ledger into schema %s: %w", schema, err)
	}
	if err := tx.Commit(); err != nil {
		return nil, fmt.Errorf("copying the ledger into schema %s: %w", schema, err)
	}
	return drop, nil
}

func copyTables(ctx context.Context, tx *sql.Tx, schema string) error {
	if _, err := tx.ExecContext(ctx, `CREATE SCHEMA `+schema); err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, `SELECT tablename FROM pg_tables WHERE schemaname = current_schema()
		ORDER BY tablename`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var tables []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		tables = append(tables, name)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, t := range tables {
		for _, q := range []string{`CREATE TABLE %[1]s.%[2]s (LIKE %[2]s INCLUDING ALL)`,
			`INSERT INTO %[1]s.%[2]s OVERRIDING SYSTEM VALUE SELECT * FROM %[2]s`} {
			if _, err := tx.ExecContext(ctx, fmt.Sprintf(q, schema, t)); err != nil {
				return err
			}
		}
	}
	return nil
}

// InSchema is the place of the ledger in a schema of its own of a database named by a URL.
func InSchema(place, schema string) (string, error) {
	u, err := url.Parse(place)
	if err != nil {
		return "", errors.New("the place of the ledger is no URL") // not the error: it would repeat a password
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String(), nil
}

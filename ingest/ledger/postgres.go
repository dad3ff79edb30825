package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"github.com/pressly/goose/v3"

	"thidua/ingest/ledger/line"
)

// Writers of one ledger take turns, as SQLite has them do: the end of the chain of events can only
// be one writer's. Ledgers in other schemas of the database do not wait for each other.
const postgresTurn = `SELECT pg_advisory_xact_lock(7310227, hashtext(current_schema()))`

// ErrCollation says that the database sorts text by a language. The ledger sorts by bytes, so that
// every database gives the same order.
var ErrCollation = errors.New("the database does not sort text by its bytes: create it with TEMPLATE template0 " +
	"ENCODING 'UTF8' LC_COLLATE 'C'")

// openPostgres opens a ledger on a PostgreSQL server, version 14 or newer.
func openPostgres(url string) (*sql.DB, dialect, error) {
	db, err := sql.Open("pgx", url)
	if err != nil {
		return nil, dialect{}, errors.New("the URL of the server is not one") // the driver's words would quote it
	}
	db.SetMaxOpenConns(4)
	var collation, encoding string
	if err := db.QueryRowContext(context.Background(), `SELECT datcollate, pg_encoding_to_char(encoding)
		FROM pg_database WHERE datname = current_database()`).
		Scan(&collation, &encoding); err != nil {
		return nil, dialect{}, errors.Join(fmt.Errorf("asking the server: %w", err), db.Close())
	}
	if collation != "C" && collation != "POSIX" && !strings.HasPrefix(collation, "C.") || encoding != "UTF8" {
		return nil, dialect{}, errors.Join(fmt.Errorf("%w (it has %s, %s)", ErrCollation, encoding, collation),
			db.Close())
	}
	return db, dialect{
		migrations: goose.DialectPostgres, skipLocked: " FOR UPDATE SKIP LOCKED", guards: postgresGuards(),
		begin:  beginPostgres,
		encode: line.Printable, decode: line.Unprintable,
	}, nil
}

// beginPostgres begins a transaction. Those that write in turn wait for it.
func beginPostgres(a access) []line.Question {
	switch a {
	case reading:
		return []line.Question{{Query: "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"}}
	case writing:
		return []line.Question{{Query: "BEGIN"}, {Query: postgresTurn}}
	}
	return []line.Question{{Query: "BEGIN"}}
}

func postgresGuards() []string {
	out := []string{
		postgresTurn, // whoever opens at the same time waits here
		`CREATE OR REPLACE FUNCTION thidua_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			RAISE EXCEPTION 'the ledger does not % facts (%)', lower(TG_OP), TG_TABLE_NAME; END $$`,
		`CREATE OR REPLACE FUNCTION thidua_keep() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE name text; BEGIN
			EXECUTE format('SELECT ($1).%I', TG_ARGV[1]) INTO name USING OLD;
			IF EXISTS (SELECT 1 FROM erased WHERE kind = TG_ARGV[0] AND ref = name) THEN RETURN NEW; END IF;
			RAISE EXCEPTION 'the ledger does not % facts (%)', lower(TG_OP), TG_TABLE_NAME; END $$`,
	}
	for _, g := range guards() {
		if b, ok := blankable[g.table]; ok && g.verb == "update" {
			out = append(out, fmt.Sprintf("CREATE OR REPLACE TRIGGER %s BEFORE UPDATE ON %s FOR EACH ROW EXECUTE "+
				"FUNCTION thidua_keep('%s', '%s')", g.name(), g.table, b.kind, b.column))
			continue
		}
		out = append(out, fmt.Sprintf("CREATE OR REPLACE TRIGGER %s BEFORE %s ON %s FOR EACH ROW EXECUTE FUNCTION "+
			"thidua_refuse()", g.name(), g.verb, g.table),
			fmt.Sprintf("CREATE OR REPLACE TRIGGER %s_no_truncate BEFORE TRUNCATE ON %s EXECUTE FUNCTION "+
				"thidua_refuse()", g.table, g.table))
	}
	return out
}

// postgresMedium knows trouble with the medium by the server's codes (class 08: the line, 28 and
// 3D: who may come in, 53: resources, 57: intervention, 25006: read-only).
func postgresMedium(err error) error {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		if away := (*pgconn.ConnectError)(nil); errors.As(err, &away) {
			return ErrAway
		}
		return nil
	}
	switch {
	case e.Code == "53100":
		return ErrFull
	case strings.HasPrefix(e.Code, "28") || strings.HasPrefix(e.Code, "3D"):
		return ErrLogin
	case strings.HasPrefix(e.Code, "08"):
		return ErrAway
	case e.Code == "25006":
		return ErrReadOnly
	case e.Code == "55P03" || e.Code == "40001" || e.Code == "40P01" || strings.HasPrefix(e.Code, "53") ||
		strings.HasPrefix(e.Code, "57P"):
		return ErrBusy
	}
	return nil
}

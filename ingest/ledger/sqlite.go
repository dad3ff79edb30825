package ledger

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

// sqlite keeps the ledger in one file. Every writing transaction begins IMMEDIATE, so that it never
// has to give up half-way because another one wrote meanwhile; synchronous FULL, because a lost
// "sent" mark would mean a second mail.
const pragmas = "?_pragma=journal_mode(WAL)&_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)" +
	"&_pragma=synchronous(FULL)&_txlock=immediate"

func openSQLite(path string) (*sql.DB, dialect, error) {
	// People's data: readable by the owner only. The write-ahead log inherits the mode.
	f, err := os.OpenFile(path, os.O_RDONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case err == nil:
		if err := f.Close(); err != nil {
			return nil, dialect{}, err
		}
	case !errors.Is(err, fs.ErrExist):
		return nil, dialect{}, err
	}
	db, err := sql.Open("sqlite", dataSource(path))
	if err != nil {
		return nil, dialect{}, err
	}
	db.SetMaxOpenConns(4) // one writes at a time whatever we do; the others read
	return db, dialect{migrations: goose.DialectSQLite3, guards: sqliteGuards()}, nil
}

// dataSource names the file as a URI, in which "?", "#" and "%" of a path would mean something
// else.
func dataSource(path string) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + pragmas
}

func sqliteGuards() []string {
	var out []string
	for _, g := range guards() {
		if b, ok := blankable[g.table]; ok && g.verb == "update" {
			out = append(out, "DROP TRIGGER IF EXISTS "+g.name(),
				fmt.Sprintf(`CREATE TRIGGER IF NOT EXISTS %[1]s_kept BEFORE UPDATE ON %[1]s
				WHEN NOT EXISTS (SELECT 1 FROM erased WHERE kind = '%[2]s' AND ref = OLD.%[3]s)
				BEGIN SELECT RAISE(ABORT, 'the ledger does not update facts (%[1]s)'); END`, g.table, b.kind, b.column))
			continue
		}
		out = append(out, fmt.Sprintf("CREATE TRIGGER IF NOT EXISTS %s BEFORE %s ON %s BEGIN SELECT RAISE(ABORT, "+
			"'the ledger does not %s facts (%s)'); END",
			g.name(), g.verb, g.table, g.verb, g.table))
	}
	return out
}

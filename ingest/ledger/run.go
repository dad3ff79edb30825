package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Run is one issue of a paper: what it was made of and for when.
type Run struct {
	Key         string // unique for ever: issuing again under the same key does nothing
	Report      string
	Period      string
	PlanHash    string
	DatasetHash string
	AsOf        time.Time
	At          time.Time // when it was issued; set by the ledger
}

// Document is a file that a run produced.
type Document struct {
	Name  string // unique in the run
	Bytes []byte
}

// Runs are the reports that were issued, with their documents.
//
//constructed:by Runs
type Runs struct{ *connection }

// Runs is where what is issued is stored.
func (l *Ledger) Runs() Runs { return Runs{l.connection} }

// Issued reports whether a run with the key has been issued.
func (l Runs) Issued(ctx context.Context, key string) (bool, error) {
	var ok bool
	err := l.read(ctx, func(t *tx) (err error) {
		var one int
		ok, err = t.get([]any{&one}, `SELECT 1 FROM run WHERE key = $1`, key)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("looking up run %s: %w", key, err)
	}
	return ok, nil
}

// Issue stores a run with its documents and queues its letters in one transaction. A run whose key
// is known is left as it is.
func (l Runs) Issue(ctx context.Context, run Run, documents []Document, letters []Letter) error {
	if run.Key == "" {
		return errors.New("a run needs a key")
	}
	var files blobs
	var named []string // name, hash, name, hash …
	for _, d := range documents {
		named = append(named, d.Name, files.add(d.Bytes))
	}
	files.letters(letters)
	err := l.storing(ctx, files, func(t *tx) error {
		var known bool
		if err := t.ask(one(&known, []any{new(int)}, `SELECT 1 FROM run WHERE key = $1`,
			run.Key)); err != nil || known {
			return err
		}
		t.insert("run (key, report, period, plan_hash, dataset_hash, as_of, at)", run.Key, run.Report, run.Period,
			run.PlanHash, run.DatasetHash, stamp(run.AsOf), t.now)
		for i, d := range documents {
			t.refer(named[2*i+1])
			t.insert("document (run, n, name, sha256)", run.Key, i+1, d.Name, named[2*i+1])
		}
		if err := t.tell(RunIssued, run.Key, digestRun(run, named)); err != nil {
			return err
		}
		return t.queue("run/"+run.Key, letters)
	})
	if err != nil {
		return fmt.Errorf("issuing run %s: %w", run.Key, err)
	}
	return nil
}

// digestRun binds a run and its files: name, hash, name, hash …
func digestRun(r Run, files []string) string {
	return digest(append([]string{r.Key, r.Report, r.Period, r.PlanHash, r.DatasetHash, stamp(r.AsOf)}, files...)...)
}

func (t *tx) documentHashes(run string) ([]string, error) {
	var files []string
	err := t.each(func(scan func(...any) error) error {
		var name, sum string
		err := scan(&name, &sum)
		files = append(files, name, sum)
		return err
	}, `SELECT name, sha256 FROM document WHERE run = $1 ORDER BY n`, run)
	return files, err
}

// All returns every run by time of issue, then key.
func (l Runs) All(ctx context.Context) ([]Run, error) {
	var out []Run
	err := l.read(ctx, func(t *tx) (err error) {
		out, err = t.runs()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading runs: %w", err)
	}
	return out, nil
}

func (t *tx) runs() ([]Run, error) {
	var out []Run
	err := t.each(func(scan func(...any) error) error {
		var r Run
		var asOf, at string
		if err := scan(&r.Key, &r.Report, &r.Period, &r.PlanHash, &r.DatasetHash, &asOf, &at); err != nil {
			return err
		}
		var err1, err2 error
		r.AsOf, err1 = moment(asOf)
		r.At, err2 = moment(at)
		out = append(out, r)
		return errors.Join(err1, err2)
	}, `SELECT key, report, period, plan_hash, dataset_hash, as_of, at FROM run ORDER BY at, key`)
	return out, err
}

// Documents returns the documents of a run in the order they were given; none for an unknown run.
func (l Runs) Documents(ctx context.Context, run string) ([]Document, error) {
	var out []Document
	err := l.read(ctx, func(t *tx) error {
		return t.each(func(scan func(...any) error) error {
			var d Document
			err := scan(&d.Name, &d.Bytes)
			out = append(out, d)
			return err
		}, `SELECT d.name, b.bytes FROM document d JOIN blob b ON b.sha256 = d.sha256 WHERE d.run = $1 ORDER BY d.n`,
			run)
	})
	if err != nil {
		return nil, fmt.Errorf("reading documents of run %s: %w", run, err)
	}
	return out, nil
}

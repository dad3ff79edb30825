package ledger

import (
	"reflect"
	"slices"
	"strings"

	"thidua/ingest/ledger/line"
)

type question = line.Question

// rowsOf are new rows of one table that wait to be written together.
type rowsOf struct {
	into  string // table, columns and, behind "|", what to do about those that are there already
	width int
	args  []any
}

// tables is the order in which new rows are written, so that whatever refers to another row comes
// after it. Those that are not named come last.
var tables = []string{"erased", "blob", "message", "place", "attachment", "submission", "finding", "repair", "receipt",
	"unanswered", "run", "document", "letter", "recipient", "delivery"}

func (r *rowsOf) rank() int {
	name, _, _ := strings.Cut(r.into, " ")
	if i := slices.Index(tables, name); i >= 0 {
		return i
	}
	return len(tables)
}

// sizes are those of the statements in which rows are written: few sizes, so that each is
// prepared once.
var sizes = []int{32, 8, 1}

// questions are the statements that write the rows.
func (r *rowsOf) questions() []question {
	into, otherwise, _ := strings.Cut(r.into, "|")
	var out []question
	for args := r.args; len(args) > 0; {
		n := sizes[slices.IndexFunc(sizes, func(n int) bool { return n*r.width <= len(args) })]
		var b strings.Builder
		b.WriteString("INSERT INTO " + into + " VALUES ")
		for i := range n {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString("(" + placeholders(i*r.width+1, r.width) + ")")
		}
		b.WriteString(otherwise)
		out = append(out, question{Query: b.String(), Args: args[:n*r.width]})
		args = args[n*r.width:]
	}
	return out
}

// work is what a transaction has not asked yet.
type work struct {
	fresh   []*rowsOf  // new rows
	changes []question // what is changed once they are written
	final   []question // what is asked with the commit
}

// insert adds a row. It is written with the others of its kind before the next question, or with
// the commit. "blob (sha256, bytes)| ON CONFLICT DO NOTHING" passes over rows that are there.
func (t *work) insert(into string, values ...any) {
	i := slices.IndexFunc(t.fresh, func(r *rowsOf) bool { return r.into == into })
	if i < 0 {
		i = len(t.fresh)
		t.fresh = append(t.fresh, &rowsOf{into: into, width: len(values)})
	}
	t.fresh[i].args = append(t.fresh[i].args, values...)
}

// change asks for something of which no answer is wanted, once new rows have been written: before
// the next question, or with the commit.
func (t *work) change(query string, args ...any) {
	t.changes = append(t.changes, question{Query: query, Args: args})
}

// lastly asks questions with the commit: their answers are there when the transaction is over.
func (t *work) lastly(all ...question) { t.final = append(t.final, all...) }

// waiting takes out what has not been written yet.
func (t *work) waiting() []question {
	var out []question
	slices.SortStableFunc(t.fresh, func(a, b *rowsOf) int { return a.rank() - b.rank() })
	for _, r := range t.fresh {
		out = append(out, r.questions()...)
	}
	out = append(out, t.changes...)
	t.fresh, t.changes = nil, nil
	return out
}

// ask asks questions together, after what has not been written yet.
func (t *tx) ask(all ...question) error {
	if t.wantsEnd {
		t.wantsEnd, t.last = false, &Event{}
		all = append([]question{{Query: `SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1`,
			Row: func(scan func(...any) error) error { return scan(&t.last.Seq, &t.last.Hash) }}}, all...)
	}
	return t.Together(t.ctx, t.ledger.dialect.prepared(append(t.waiting(), all...)))
}

// prepared gives questions as the database can hold their arguments, and their answers as they
// were.
func (d dialect) prepared(all []question) []question {
	for i := range all {
		q := &all[i]
		q.Args = d.held(q.Args)
		if row := q.Row; row != nil {
			q.Row = func(scan func(...any) error) error {
				return row(func(dest ...any) error {
					err := scan(dest...)
					if err == nil {
						d.restore(dest)
					}
					return err
				})
			}
		}
	}
	return all
}

// one is the question for a single row, scanned into dest; ok tells whether there was one.
func one(ok *bool, dest []any, query string, args ...any) question {
	return question{Query: query, Args: args, Row: func(scan func(...any) error) error {
		if *ok {
			return nil
		}
		*ok = true
		return scan(dest...)
	}}
}

// exec runs a statement and returns how many rows it changed.
func (t *tx) exec(query string, args ...any) (n int64, err error) {
	err = t.ask(question{Query: query, Args: args, N: &n})
	return n, err
}

// get scans the only row of a query into dest and reports whether there was one.
func (t *tx) get(dest []any, query string, args ...any) (ok bool, err error) {
	err = t.ask(one(&ok, dest, query, args...))
	return ok && err == nil, err
}

// each calls f for every row of a query; f scans it, and asks nothing meanwhile.
func (t *tx) each(f func(scan func(...any) error) error, query string, args ...any) error {
	return t.ask(question{Query: query, Args: args, Row: f})
}

// held gives arguments as the database can hold them.
func (d dialect) held(args []any) []any {
	if d.encode == nil {
		return args
	}
	out := slices.Clone(args)
	for i, a := range out {
		if v := reflect.ValueOf(a); v.IsValid() && v.Kind() == reflect.String {
			out[i] = d.encode(v.String())
		}
	}
	return out
}

// restore turns what was scanned back into what it was.
func (d dialect) restore(dest []any) {
	if d.decode == nil {
		return
	}
	for _, x := range dest {
		if v := reflect.ValueOf(x).Elem(); v.Kind() == reflect.String {
			v.SetString(d.decode(v.String()))
		}
	}
}

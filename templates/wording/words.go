package wording

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
)

// Words is the catalogue as one office says it: some texts replaced by its own. The zero Words says
// everything as the catalogue does.
type Words struct {
	own map[string]*template.Template
}

// areas are the parts of the catalogue an office may replace: what stands in its papers and its
// letters.
var areas = []string{"paper.", "letter.", "unit.", "office.", "council."}

// common are words of one meaning wherever they stand: titles of columns, states, names of papers.
// They are the same in every office.
var common = []string{
	"paper.title.", "paper.band.", "paper.basis.of.", "paper.board", "paper.col.", "paper.fact.", "paper.group",
	"paper.kind.", "paper.outcome.", "paper.part.",
	"paper.quota.", "paper.shares", "paper.standards.", "paper.state.", "paper.total", "paper.vote.",
	"letter.board.due", "letter.calendar.", "letter.changes.",
	"letter.col.", "letter.difference.", "letter.moment", "letter.plan", "letter.progress.", "letter.reminder.more",
	"unit.body.", "council.hour",
	"council.outreach.col.", "council.vote.refused",
}

// Mine reports whether an office may say the text of key otherwise.
func Mine(key string) bool {
	begins := func(with string) bool { return strings.HasPrefix(key, with) }
	return Has(key) && slices.ContainsFunc(areas, begins) && !slices.ContainsFunc(common, begins)
}

// Errors of a text that cannot replace one of the catalogue.
var (
	ErrNoKey = errors.New("no such text") // the key is unknown, or not the office's to change
	ErrEmpty = errors.New("empty text")
	ErrField = errors.New("unknown field") // wrapped with its name
)

// With returns w saying key as text does: a text/template whose fields are the placeholders of the
// catalogue's text, {{.period}} for {period}. Besides fields it may use {{if}} and {{with}};
// functions, loops and other templates are refused, for a text is no program.
func (w Words) With(key, text string) (Words, error) {
	if !Mine(key) {
		return w, ErrNoKey
	}
	if strings.TrimSpace(text) == "" {
		return w, ErrEmpty
	}
	t, err := template.New(key).Option("missingkey=error").Parse(text)
	if err != nil {
		return w, err
	}
	known := Placeholders(key)
	if err := inspect(t.Root, known); err != nil {
		return w, err
	}
	fields := map[string]any{}
	for _, name := range known {
		fields[name] = name
	}
	if err := t.Execute(&strings.Builder{}, fields); err != nil {
		return w, err
	}
	own := map[string]*template.Template{key: t}
	for k, v := range w.own {
		if k != key {
			own[k] = v
		}
	}
	return Words{own}, nil
}

// inspect holds a template to fields it may name.
func inspect(n parse.Node, known []string) error {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return nil
		}
		for _, x := range n.Nodes {
			if err := inspect(x, known); err != nil {
				return err
			}
		}
		return nil
	case *parse.TextNode, *parse.CommentNode, *parse.DotNode:
		return nil
	case *parse.ActionNode:
		return inspect(n.Pipe, known)
	case *parse.PipeNode:
		if len(n.Decl) > 0 || len(n.Cmds) != 1 || len(n.Cmds[0].Args) != 1 {
			return fmt.Errorf("%w: %s", ErrField, n)
		}
		return inspect(n.Cmds[0].Args[0], known)
	case *parse.FieldNode:
		if len(n.Ident) != 1 || !slices.Contains(known, n.Ident[0]) {
			return fmt.Errorf("%w: %s", ErrField, n)
		}
		return nil
	case *parse.IfNode:
		return errors.Join(inspect(n.Pipe, known), inspect(n.List, known), inspect(n.ElseList, known))
	case *parse.WithNode:
		return errors.Join(inspect(n.Pipe, known), inspect(n.List, known), inspect(n.ElseList, known))
	}
	return fmt.Errorf("%w: %s", ErrField, n)
}

// Text returns the text of key with the named values, in the office's own words where it has them,
// as the function Text does otherwise.
func (w Words) Text(key string, pairs ...any) string {
	t, ok := w.own[key]
	if !ok || len(pairs)%2 != 0 {
		return Text(key, pairs...)
	}
	fields := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		if name, ok := pairs[i].(string); ok {
			fields[name] = pairs[i+1]
		}
	}
	var b strings.Builder
	if err := t.Execute(&b, fields); err != nil {
		return Text(key, pairs...) // With has tried every field: only a value no text can show comes here
	}
	return strings.TrimRight(b.String(), "\n")
}

var cited = regexp.MustCompile(`mục (I[IV]*(?:\.\d+)+|III?|IV)\b`)

// Citing returns w with the clauses that the catalogue's texts cite ("mục III.4") by their numbers
// under cite. The office's own texts stay, and so does a number that cite does not know.
func (w Words) Citing(cite func(ref string) string) Words {
	for _, key := range Keys() {
		text := catalogue()[key]
		if _, own := w.own[key]; own || !Mine(key) || !strings.Contains(text, "mục I") {
			continue
		}
		now := cited.ReplaceAllStringFunc(text, func(s string) string {
			ref := strings.TrimPrefix(s, "mục ")
			return "mục " + cmp.Or(cite(ref), ref)
		})
		if now == text {
			continue
		}
		for _, name := range Placeholders(key) {
			now = strings.ReplaceAll(now, "{"+name+"}", "{{."+name+"}}")
		}
		if with, err := w.With(key, now); err == nil {
			w = with
		}
	}
	return w
}

// Equal reports whether two offices say everything alike.
func (w Words) Equal(v Words) bool {
	if len(w.own) != len(v.own) {
		return false
	}
	for key, t := range w.own {
		u, ok := v.own[key]
		if !ok || t.Root.String() != u.Root.String() {
			return false
		}
	}
	return true
}

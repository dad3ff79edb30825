package check

import (
	"fmt"
	"strings"

	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// Criterion is a criterion of the plan made ready to judge any number of nominees. It is immutable
// and safe for concurrent use.
type Criterion struct {
	plan.Criterion
	root      node
	threshold string
	scope     string // Vietnamese: whom it binds, "" when everybody of its kind
}

// node is one check of the compiled tree.
type node struct {
	plan.Check
	path      string // the criterion's ID, and below it the numbers of the parts: "TT4.2"
	title     string // Vietnamese name of what it looks at
	threshold string
	official  bool
	ranks     map[string]int // label, alias and their folded spellings → rank from 1
	most      int            // at-least: the lowest rank that is met
	values    map[string]bool
	council   map[int]bool    // ranks the council weighs
	weigh     map[string]bool // folded values the council weighs, without a scale
	date      calendar.Date
	of        []node
}

// Compile makes a criterion ready for ratings judged by the scales valid on a day. A check whose
// kind, fact, scale, level or date does not exist is an error: it is the plan that must be put
// right.
func Compile(c plan.Criterion, p *plan.Plan, on calendar.Date) (*Criterion, error) {
	root, err := compile(c.ID, c.Check, c, p, on)
	if err != nil {
		return nil, fmt.Errorf("criterion %s: %w", c.ID, err)
	}
	return &Criterion{Criterion: c, root: root, threshold: root.threshold, scope: scope(c, p)}, nil
}

func compile(path string, c plan.Check, of plan.Criterion, p *plan.Plan, on calendar.Date) (node, error) {
	n := node{Check: c, path: path, title: c.Title}
	switch c.Kind {
	case plan.CheckAll, plan.CheckAny:
		return n.compileParts(of, p, on)
	case plan.CheckCouncil, plan.CheckRegistered, plan.CheckComplete:
		if n.title == "" {
			n.title = of.Title
		}
		if _, ok := sources(p)[of.Nominee][c.Fact]; !ok && c.Fact != "" {
			return n, fmt.Errorf("%s: no form states the fact %q about this kind of nominee", c.Kind, c.Fact)
		}
		n.threshold = text("threshold." + string(c.Kind))
		return n, nil
	case plan.CheckIs, plan.CheckYes, plan.CheckAtLeast, plan.CheckNone, plan.CheckMin, plan.CheckMax, plan.CheckBefore,
		plan.CheckAfter,
		plan.CheckGiven, plan.CheckCites:
	default:
		return n, fmt.Errorf("no check is called %q", c.Kind)
	}
	from, ok := sources(p)[of.Nominee][c.Fact]
	if !ok {
		return n, fmt.Errorf("%s: no form states the fact %q about this kind of nominee", c.Kind, c.Fact)
	}
	n.official = c.Source() == plan.Official
	if n.official && !from.official {
		return n, fmt.Errorf("%s: the official records do not hold the fact %q", c.Kind, c.Fact)
	}
	if n.title == "" {
		n.title = from.title
	}
	if err := n.compileScale(p, on); err != nil {
		return n, fmt.Errorf("%s of %s: %w", c.Kind, c.Fact, err)
	}
	switch c.Kind {
	case plan.CheckMin, plan.CheckMax:
		n.threshold = text("threshold."+string(c.Kind), "want", number(c.Number))
	case plan.CheckBefore, plan.CheckAfter:
		day, err := calendar.ParseISO(c.Date)
		if err != nil || !day.Valid() || day.Partial() {
			return n, fmt.Errorf("%s of %s: %q is not a day", c.Kind, c.Fact, c.Date)
		}
		n.date = day
		n.threshold = text("threshold."+string(c.Kind), "want", day.Short())
	case plan.CheckIs:
		n.threshold = text("threshold.is", "want", strings.Join(c.Values, ", "))
	case plan.CheckAtLeast:
	default:
		n.threshold = text("threshold." + string(c.Kind))
	}
	n.threshold = text("threshold.of", "title", n.title, "threshold", n.threshold)
	return n, nil
}

func (n node) compileParts(of plan.Criterion, p *plan.Plan, on calendar.Date) (node, error) {
	if len(n.Of) == 0 {
		return n, fmt.Errorf("%s: nothing to check", n.Kind)
	}
	var thresholds []string
	for i, c := range n.Of {
		part, err := compile(fmt.Sprintf("%s.%d", n.path, i+1), c, of, p, on)
		if err != nil {
			return n, err
		}
		n.of = append(n.of, part)
		thresholds = append(thresholds, part.threshold)
	}
	n.threshold = strings.Join(thresholds, text("threshold.join."+string(n.Kind)))
	return n, nil
}

// compileScale looks up the ranks an at-least or is compares with.
func (n *node) compileScale(p *plan.Plan, on calendar.Date) error {
	n.values, n.weigh = foldAll(n.Values), foldAll(n.Council)
	if n.Scale == "" {
		if n.Kind == plan.CheckAtLeast {
			return fmt.Errorf("a scale is wanted")
		}
		return nil
	}
	scale, ok := p.Scale(n.Scale, on)
	if !ok {
		return fmt.Errorf("no scale %q is valid on %s", n.Scale, on)
	}
	n.ranks, n.council = map[string]int{}, map[int]bool{}
	for i, l := range scale.Levels {
		for _, label := range append([]string{l.Label}, l.Aliases...) {
			for _, key := range []string{label, viet.Fold(label)} {
				if _, taken := n.ranks[key]; !taken {
					n.ranks[key] = i + 1
				}
			}
		}
	}
	for _, label := range n.Council {
		// A label of another year's scale is not an error: the plan lists them for all years.
		if rank, ok := n.rank(label); ok {
			n.council[rank] = true
		}
	}
	if n.Kind != plan.CheckAtLeast {
		return nil
	}
	switch {
	case n.Level != "":
		if n.most, ok = n.rank(n.Level); !ok {
			return fmt.Errorf("the scale %q has no level %q on %s", n.Scale, n.Level, on)
		}
	case n.Top > 0 && n.Top <= len(scale.Levels):
		n.most = n.Top
	default:
		return fmt.Errorf("level or top is wanted")
	}
	n.threshold = text("threshold.at-least", "want", scale.Levels[n.most-1].Label)
	return nil
}

func (n node) rank(label string) (int, bool) {
	if r, ok := n.ranks[label]; ok {
		return r, true
	}
	r, ok := n.ranks[viet.Fold(label)]
	return r, ok
}

func foldAll(values []string) map[string]bool {
	out := map[string]bool{}
	for _, v := range values {
		out[viet.Fold(v)] = true
	}
	return out
}

// scope says in Vietnamese whom a criterion binds.
func scope(c plan.Criterion, p *plan.Plan) string {
	var who []string
	for _, id := range c.Roles {
		if r, ok := p.Role(id); ok {
			who = append(who, r.Title)
		}
	}
	for _, id := range c.Groups {
		if g, ok := p.Group(id); ok {
			who = append(who, g.Title)
		}
	}
	return strings.Join(who, "; ")
}

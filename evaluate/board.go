package evaluate

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"thidua/evaluate/check"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// contender is a nominee with everything the order looks at, read once.
type contender struct {
	nominee Nominee
	outcome Outcome
	class   int // 0 eligible for the council's decision, 1 Pending, 2 NotMet
	keys    []step
	name    string // key by which Vietnamese lists are ordered
}

// step is one key of the order for one contender: the smaller weight comes first.
type step struct {
	weight       float64
	title, value string
}

func (st step) text() string {
	return wording.Text("evaluate.order.value", "title", st.title, "value", st.value)
}

// boards puts every nominee on the board of its group and kind: groups in the plan's order,
// collectives first (Plan III.1.2).
func (s setting) boards(all []entrant, verdicts []Verdict) []Board {
	type key struct {
		group plan.GroupID
		kind  plan.NomineeKind
	}
	contenders := map[key][]contender{}
	sorter := viet.NewSorter()
	for i, c := range all {
		k := key{c.subject.Group, c.subject.Kind}
		contenders[k] = append(contenders[k], contender{
			nominee: c.Nominee, outcome: verdicts[i].Outcome, class: class(verdicts[i].Outcome), keys: c.steps(),
			name: sortName(sorter, c.Nominee),
		})
	}
	out := []Board{}
	for _, g := range s.plan.Groups {
		for _, kind := range []plan.NomineeKind{plan.Collective, plan.Individual} {
			out = append(out, s.board(g, kind, contenders[key{g.ID, kind}]))
		}
	}
	return out
}

func class(o Outcome) int {
	switch o {
	case Pending:
		return 1
	case NotMet:
		return 2
	}
	return 0
}

// sortName orders people by given name and collectives by their whole name.
func sortName(s *viet.Sorter, n Nominee) string {
	if n.Kind == Individual {
		return s.NameKey(n.Name)
	}
	return s.Key(n.Name)
}

// keysOf are the plan's order keys for a kind of nominee in a group.
func (s setting) keysOf(kind plan.NomineeKind, group plan.GroupID) []plan.OrderKey {
	var out []plan.OrderKey
	for _, k := range s.order {
		if k.Nominee == kind && (len(k.Groups) == 0 || slices.Contains(k.Groups, group)) {
			out = append(out, k)
		}
	}
	return out
}

// steps reads the order keys that apply to the candidate. A fact the office's records hold counts
// only from there.
func (s setting) steps(c *candidate) []step {
	var out []step
	for _, k := range s.keysOf(c.subject.Kind, c.subject.Group) {
		f := c.forOrder(s.plan, k.Fact)
		st := step{weight: 1, title: k.Title, value: s.orderValue(k, f)}
		switch {
		case len(k.First) > 0:
			if s.isFirst(k, f.Value) {
				st.weight = 0
			}
		case k.Given:
			if f.Value != "" {
				st.weight = 0
			}
		default:
			x, ok := form.Value{Text: f.Value}.Number()
			switch {
			case !ok:
				st.weight = math.Inf(1)
			case k.Desc:
				st.weight = -x
			default:
				st.weight = x
			}
		}
		out = append(out, st)
	}
	return out
}

// orderValue is what a key shows of its fact. A key that only asks, because anything given will do
// or because its title names what comes first, is answered; every other key shows the value.
func (s setting) orderValue(k plan.OrderKey, f Fact) string {
	switch {
	case f.Value == "":
		return wording.Text("evaluate.order.blank")
	case k.Given, s.isFirst(k, k.Title) && s.isFirst(k, f.Value):
		return wording.Text("evaluate.order.yes")
	case s.isFirst(k, k.Title):
		return wording.Text("evaluate.order.no")
	}
	return valueText(f)
}

func (c *candidate) forOrder(p *plan.Plan, key string) Fact {
	if f, ok := c.subject.Fact(key, check.Official); ok || check.HasRecord(p, c.subject.Kind, key) {
		return f
	}
	if f, ok := c.subject.Fact(key, check.Ledger); ok {
		return f
	}
	f, _ := c.subject.Fact(key, check.Declared)
	return f
}

// isFirst compares a value with those the key puts first; roles may be named by ID.
func (s setting) isFirst(k plan.OrderKey, value string) bool {
	for _, first := range k.First {
		if value == first || viet.Fold(value) == viet.Fold(first) {
			return true
		}
		if id := s.role(value); k.Fact == check.FactRole && id != "" && id == s.role(first) {
			return true
		}
	}
	return false
}

// valueText is a fact's value as printed: numbers with a decimal comma, long texts cut.
func valueText(f Fact) string {
	const most = 60
	t := f.Shown()
	if _, ok := (form.Value{Text: t}).Number(); ok {
		return strings.Replace(t, ".", ",", 1)
	}
	if r := []rune(t); len(r) > most {
		return strings.TrimSpace(string(r[:most])) + "…"
	}
	return t
}

func compareSteps(a, b contender) int {
	if a.class != b.class {
		return cmp.Compare(a.class, b.class)
	}
	for i := range a.keys {
		if a.keys[i].weight != b.keys[i].weight {
			return cmp.Compare(a.keys[i].weight, b.keys[i].weight)
		}
	}
	return 0
}

func (s setting) board(g plan.Group, kind plan.NomineeKind, list []contender) Board {
	slices.SortFunc(list, func(a, b contender) int {
		return cmp.Or(compareSteps(a, b), cmp.Compare(a.name, b.name), cmp.Compare(a.nominee.ID, b.nominee.ID))
	})
	b := Board{Keys: s.keysOf(kind, g.ID), Period: s.period.ID, Group: string(g.ID), GroupTitle: g.Title,
		Kind: string(kind), Proposed: len(list), Places: make([]Place, 0, len(list))}
	quota, limited := s.plan.Quota(s.period.ID, g.ID, kind)
	b.Quota, b.Limited = quota.Places, limited
	placed := 0
	for i := 0; i < len(list); {
		end := i + 1
		for end < len(list) && compareSteps(list[i], list[end]) == 0 {
			end++
		}
		if list[i].outcome != NotMet {
			placed = end
		}
		for _, c := range list[i:end] {
			p := Place{Nominee: c.nominee, Outcome: c.outcome, Band: NoBand, Reasons: reasons(c)}
			for _, st := range c.keys {
				p.Values = append(p.Values, st.value)
			}
			if c.outcome != NotMet {
				p.Rank, p.Tied, p.Band = i+1, end-i > 1, band(i, end, b)
			}
			b.Places = append(b.Places, p)
			b.Shares.add(c.nominee)
			if c.class == 0 {
				b.Eligible++
			}
		}
		i = end
	}
	if limited {
		b.Unused = max(0, b.Quota-placed)
		if b.Quota > 0 && placed > b.Quota {
			in, out := list[b.Quota-1], list[b.Quota]
			b.LastIn, b.FirstOut, b.Margin = in.nominee.ID, out.nominee.ID, margin(in, out)
		}
	}
	return b
}

// band says where the places from start to end, which are tied, lie.
func band(start, end int, b Board) Band {
	switch {
	case !b.Limited || end <= b.Quota:
		return Within
	case start >= b.Quota:
		return Reserve
	}
	return Boundary
}

func reasons(c contender) []string {
	out := []string{wording.Text("evaluate.order.verdict", "outcome", OutcomeText(c.outcome))}
	for _, st := range c.keys {
		out = append(out, st.text())
	}
	return out
}

// margin says what puts one contender before the next.
func margin(in, out contender) string {
	if in.class != out.class {
		return wording.Text("evaluate.margin", "in", wording.Text("evaluate.order.verdict", "outcome",
			OutcomeText(in.outcome)),
			"out", wording.Text("evaluate.order.verdict", "outcome", OutcomeText(out.outcome)))
	}
	for i := range in.keys {
		if in.keys[i].weight != out.keys[i].weight {
			return wording.Text("evaluate.margin", "in", in.keys[i].text(), "out", out.keys[i].text())
		}
	}
	return wording.Text("evaluate.margin.tie")
}

// OutcomeText is the Vietnamese word for an outcome, such as "Chưa đủ căn cứ".
func OutcomeText(o Outcome) string { return wording.Text("evaluate.outcome." + string(o)) }

func (s *Shares) add(n Nominee) {
	if n.Kind != Individual {
		return
	}
	switch plan.RoleID(n.Role) {
	case plan.RoleHead, plan.RoleCommuneLeader:
		s.Leaders++
	case plan.RoleDirectWorker:
		s.Direct++
	default:
		s.Others++
	}
	switch n.Sex {
	case "Nam":
		s.Men++
	case "Nữ":
		s.Women++
	default:
		s.Unknown++
	}
}

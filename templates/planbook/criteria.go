package planbook

import (
	"fmt"
	"strconv"
	"strings"

	"thidua/templates/plan"
	"thidua/templates/wording"
)

// rule is a line of the sheet of criteria: a criterion with its check, or a check below it. Place
// is where the check stands below the criterion's own: "2" is the second part of it, "2.1" the
// first part of that.
type rule struct {
	plan.Criterion
	Place string
	Check plan.Check // without Of
}

func criteriaSheet() sheet {
	s := sheet{key: "criteria", path: "criteria", spare: 12, fresh: func() any { return new(rule) }}
	s.columns = append([]column{
		col("id", 8, func(r *rule) any { return &r.ID }, id),
		col("clause", 10, func(r *rule) any { return &r.Clause }, from(refs)),
		col("item", 10, func(r *rule) any { return &r.Item }),
		col("nominee", 12, func(r *rule) any { return &r.Nominee }, set("nominee")),
		col("groups", 22, func(r *rule) any { return &r.Groups }, set("group")),
		col("roles", 26, func(r *rule) any { return &r.Roles }, set("role")),
		col("title", 32, func(r *rule) any { return &r.Title }),
		col("text", 60, func(r *rule) any { return &r.Text }),
	}, marks("", func(r *rule) *plan.Mark { return &r.Mark })...)
	s.columns = append(s.columns,
		col("place", 8, func(r *rule) any { return &r.Place }, child, id),
		col("check.kind", 30, func(r *rule) any { return &r.Check.Kind }, child, set("check")),
		col("check.fact", 20, func(r *rule) any { return &r.Check.Fact }, child, from(facts)),
		col("check.title", 34, func(r *rule) any { return &r.Check.Title }, child),
		col("check.values", 34, func(r *rule) any { return &r.Check.Values }, child),
		col("check.scale", 14, func(r *rule) any { return &r.Check.Scale }, child, from(scaleIDs)),
		col("check.level", 26, func(r *rule) any { return &r.Check.Level }, child),
		col("check.top", 10, func(r *rule) any { return &r.Check.Top }, child),
		col("check.council", 30, func(r *rule) any { return &r.Check.Council }, child),
		col("check.absent", 18, func(r *rule) any { return &r.Check.Absent }, child, set("absent")),
		col("check.otherwise", 18, func(r *rule) any { return &r.Check.Otherwise }, child, set("otherwise")),
		col("check.number", 10, func(r *rule) any { return &r.Check.Number }, child),
		col("check.date", 14, func(r *rule) any { return &r.Check.Date }, child),
		col("check.basis", 18, func(r *rule) any { return &r.Check.Basis }, child, set("basis")),
	)
	s.lines = func(p *plan.Plan) []*line {
		var out []*line
		for _, c := range p.Criteria {
			root := c.Check
			root.Of = nil
			out = append(out, &line{row: &rule{Criterion: c, Check: root}, entry: true, child: true})
			out = append(out, parts("", c.Check.Of)...)
		}
		return out
	}
	s.put = putCriteria(s)
	return s
}

// parts are the lines of checks below another.
func parts(above string, checks []plan.Check) []*line {
	var out []*line
	for i, c := range checks {
		place, of := above+strconv.Itoa(i+1), c.Of
		c.Of = nil
		out = append(out, &line{row: &rule{Place: place, Check: c}, child: true})
		out = append(out, parts(place+".", of)...)
	}
	return out
}

// putCriteria puts every check below the one its place names, in the order of the lines.
func putCriteria(s sheet) func(*Reading, *plan.Plan, []*line) {
	where := s.columns[0]
	for _, c := range s.columns {
		if c.key == "place" {
			where = c
		}
	}
	return func(r *Reading, p *plan.Plan, all []*line) {
		var checks map[string]string // place → path of the check in the plan
		for _, l := range all {
			x := l.row.(*rule)
			wrong := func(key string, pairs ...any) {
				at := l.at(where)
				r.add(at.sheet, at.cell, wording.Text("plan.book."+key, pairs...))
			}
			if l.entry {
				c := x.Criterion
				c.Check = x.Check
				l.path = fmt.Sprintf("criteria[%d]", len(p.Criteria))
				l.subpath = l.path + ".check"
				p.Criteria = append(p.Criteria, c)
				checks = map[string]string{"": l.path + ".check"}
				if x.Place != "" {
					wrong("bad.root", "read", x.Place)
				}
				continue
			}
			if len(p.Criteria) == 0 {
				r.orphan(l, s.columns[0])
				continue
			}
			above := x.Place[:max(0, strings.LastIndex(x.Place, "."))]
			parent, ok := checks[above]
			if _, twice := checks[x.Place]; x.Place == "" || twice || !ok {
				wrong("bad.place", "read", x.Place)
				continue
			}
			of := &p.Criteria[len(p.Criteria)-1].Check.Of
			for at := range strings.SplitSeq(strings.TrimPrefix(parent,
				fmt.Sprintf("criteria[%d].check", len(p.Criteria)-1)), ".of") {
				if i, err := strconv.Atoi(strings.Trim(at, "[]")); err == nil {
					of = &(*of)[i].Of
				}
			}
			l.subpath = fmt.Sprintf("%s.of[%d]", parent, len(*of))
			l.path = l.subpath
			checks[x.Place] = l.subpath
			*of = append(*of, x.Check)
		}
	}
}

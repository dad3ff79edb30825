package main

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"thidua/ingest/ledger"
	"thidua/reports"
	"thidua/reports/document"
	"thidua/reports/document/documenttest"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/templates/calendar"
	"thidua/templates/calendar/calendartest"
	"thidua/templates/finding"
	"thidua/templates/person"
	"thidua/templates/plan"
)

// counted asks the ledger itself: the version that counts of every unit's form in a period (the
// last accepted one, else the last), with when its first version came. It shares nothing with the
// program but the tables.
const counted = `
WITH live AS (
    SELECT * FROM submission s WHERE period = ?1 AND received <= ?2
    AND NOT EXISTS (SELECT 1 FROM ruling r WHERE r.submission = s.id AND r.verb = 'withdraw' AND r.refused = ''
	AND r.at <= ?2)
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY unit, form ORDER BY state = 'accepted' DESC,
	received DESC, message DESC, file DESC, id DESC) AS place,
    coalesce((SELECT o.day || 'T00:00:00Z' FROM override o WHERE o.kind = 'receipt' AND o.period = ?1
	AND o.unit = live.unit AND o.form = live.form AND o.at <= ?2),
    min(CASE WHEN EXISTS (SELECT 1 FROM finding f WHERE f.submission = live.id AND f.code IN (?3, '` +
	string(finding.WrongUnit) + `', '` + string(finding.NotAllowed) +
	`')) THEN '9' ELSE received END) OVER (PARTITION BY unit, form)) AS first
    FROM live
)`

// recount answers questions about one period of a ledger.
type recount struct {
	t      *testing.T
	db     *sql.DB
	period string
	at     time.Time
	plan   *plan.Plan
}

func (r recount) n(query string, args ...any) int {
	r.t.Helper()
	var n sql.NullInt64
	all := append([]any{r.period, r.at.UTC().Format("2006-01-02T15:04:05.000000000Z"), string(finding.WrongForm)},
		args...)
	if err := r.db.QueryRow(counted+query, all...).Scan(&n); err != nil {
		r.t.Fatalf("%v\n%s", err, query)
	}
	return int(n.Int64)
}

// of is a list of the units of a group as SQL.
func (r recount) of(group plan.GroupID) string {
	var out []string
	for _, u := range r.plan.Units {
		if u.Group == group {
			out = append(out, "'"+u.Code+"'")
		}
	}
	return "(" + strings.Join(out, ",") + ")"
}

// table finds a table of the paper by a word of its caption and the titles of its columns.
func tableOf(t *testing.T, p paper.Paper, column string) document.Table {
	t.Helper()
	for _, b := range p.Document.Blocks {
		if x, ok := b.(document.Table); ok && slices.ContainsFunc(x.Columns,
			func(c document.Column) bool { return c.Title == column }) {
			return x
		}
	}
	t.Fatalf("the summary has no table with a column %q", column)
	return document.Table{}
}

// checkSummary recomputes the figures of the annual summary by queries of the ledger.
func checkSummary(t *testing.T, path string, at time.Time) {
	t.Helper()
	ctx := context.Background()
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(ctx, path, calendartest.Fixed(at))
	if err != nil {
		t.Fatal(err)
	}
	data, err := l.Dataset(ctx, at)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	const period = "2018"
	src, err := round.Gather(p, data, period, calendar.DateOf(at))
	if err != nil {
		t.Fatal(err)
	}
	paper, err := reports.Make("summary", src)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	r := recount{t, db, period, at, p}
	per, _ := p.Period(period)
	day := func(d calendar.Date) string { return d.Start().UTC().Format("2006-01-02T15:04:05.000000000Z") }

	check := func(name string, table document.Table, row int, want ...any) {
		t.Helper()
		got := documenttest.Rows(table)[row].Cells
		for i, w := range want {
			if w == nil {
				continue
			}
			if shown := fmt.Sprint(w); got[i].Shown != shown {
				t.Errorf("%s, row %d, column %q: printed %q, the ledger says %s", name, row+1, table.Columns[i].Title,
					got[i].Shown, shown)
			}
		}
	}
	form := func(id, group, more string) string {
		return "SELECT count(*) FROM ranked WHERE place = 1 AND form = '" + id + "' AND unit IN " + group + more
	}
	groups := []plan.GroupID{plan.Offices, plan.Communes}

	// Table 1: registrations.
	in, on := day(per.Registration.Before), day(per.Registration.Before.AddDays(1))
	t1 := tableOf(t, paper, "Đã đăng ký")
	for i, g := range groups {
		of := r.of(g)
		units := len(slices.DeleteFunc(p.UnitsOn(calendar.DateOf(at)), func(u plan.Unit) bool { return u.Group != g }))
		accepted := r.n(form("dang-ky", of, " AND state = 'accepted'"))
		toFix := r.n(form("dang-ky", of, " AND state = 'tofix'"))
		sum := func(list string) int {
			return r.n("SELECT sum(json_array_length(value, '$." + list +
				"')) FROM ranked WHERE place = 1 AND form = 'dang-ky' AND state = 'accepted' AND unit IN " + of)
		}
		check("registrations", t1, i, nil, units, accepted, nil,
			r.n(form("dang-ky", of, " AND state = 'accepted' AND first < '"+in+"'")),
			r.n(form("dang-ky", of, " AND state = 'accepted' AND first >= '"+in+"' AND first < '"+on+"'")),
			r.n(form("dang-ky", of, " AND state = 'accepted' AND first >= '"+on+"'")),
			toFix, units-accepted-toFix, sum("Collectives"), sum("Individuals"))
	}

	// The four contents of plan II.2: what was registered, what dossiers report of it.
	contents := tableOf(t, paper, "Chỉ tiêu đăng ký")
	for i, c := range p.Contents {
		targets := func(form, of, where string) string {
			return "SELECT " + of + " FROM ranked, json_each(ranked.value, '$.Targets') AS x WHERE place = 1 AND " +
				"form = '" + form + "' AND state = 'accepted' AND json_extract(x.value, '$.Content.v') = ?4 AND " +
				where
		}
		check("contents", contents, i, nil,
			r.n(targets("dang-ky", "count(DISTINCT unit)", "coalesce(json_extract(x.value, '$.Goal.v'), '') <> ''"),
				c.Text),
			r.n(targets("dang-ky", "count(*)", "coalesce(json_extract(x.value, '$.Goal.v'), '') <> ''"), c.Text),
			r.n(targets("ho-so", "count(*)",
				"coalesce(json_extract(x.value, '$.Result.v'), json_extract(x.value, '$.Met.v'), '') <> ''"), c.Text),
			r.n(targets("ho-so", "count(*)", "json_extract(x.value, '$.Met.v') = 'Có'"), c.Text))
	}

	// Table 2: the index, from the records of the office, the last word on each commune.
	index := tableOf(t, paper, "Điểm thẩm định")
	seen := 0
	for i, row := range index.Placed() {
		if row.Kind != document.Body {
			continue
		}
		seen++
		var rank, self, appraised, band sql.NullString
		err := db.QueryRow(`SELECT json_extract(x.value, '$.Rank.v'),
			json_extract(x.value, '$.Self.v'), json_extract(x.value, '$.Appraised.v'), json_extract(x.value, '$.Band.v')
			FROM submission, json_each(submission.value, '$.Index') AS x WHERE form = 'so-lieu' AND period = ?
				AND state = 'accepted' AND json_extract(x.value, '$.Unit.v') = ? ORDER BY received DESC LIMIT 1`,
			period, row.Cells[1].Shown).Scan(&rank, &self, &appraised, &band)
		if err != nil {
			t.Errorf("index of %s: %v", row.Cells[1].Shown, err)
			continue
		}
		points := func(s sql.NullString) any {
			v, err := strconv.ParseFloat(s.String, 64)
			if err != nil {
				return ""
			}
			return document.FormatNumber(v, 2)
		}
		var difference any = ""
		a, errA := strconv.ParseFloat(appraised.String, 64)
		b, errB := strconv.ParseFloat(self.String, 64)
		if errA == nil && errB == nil {
			difference = document.FormatNumber(a-b, 2)
		}
		check("index", index, i, rank.String, nil, points(self), points(appraised), difference, band.String)
	}
	if want := r.n("SELECT count(DISTINCT json_extract(x.value, '$.Unit.v')) FROM submission, " +
		"json_each(submission.value, '$.Index') AS x WHERE form = 'so-lieu' AND period = ?1 AND state = " +
		"'accepted'"); seen != want {
		t.Errorf("the index lists %d communes, the records %d", seen, want)
	}

	// Table 3: dossiers, and on which of the four grounds those that wait must be put right.
	dossiers := tableOf(t, paper, "Không đủ hồ sơ")
	last := day(per.Dossier.Before.AddDays(1))
	for i, g := range groups {
		of := r.of(g)
		want := []any{nil, r.n(form("ho-so", of, "")), r.n(form("ho-so", of, " AND state = 'accepted'")),
			r.n(form("ho-so", of, " AND state = 'tofix'")), r.n(form("ho-so", of, " AND first >= '"+last+"'"))}
		for _, ground := range []finding.Ground{finding.WrongSubject, finding.BelowStandard, finding.Incomplete,
			finding.BreachOfLaw} {
			var codes []string
			for _, e := range finding.Catalogue() {
				if e.Ground == ground {
					codes = append(codes, "'"+string(e.Code)+"'")
				}
			}
			want = append(want, r.n("SELECT count(*) FROM ranked JOIN finding f ON f.submission = ranked.id WHERE "+
				"place = 1 AND form = 'ho-so' AND state = 'tofix' AND f.level = 'must' AND f.code IN ("+
				strings.Join(codes, ",")+") AND unit IN "+of))
		}
		check("dossiers", dossiers, i, want...)
	}

	// Table 4: places of the plan, proposals, and those for whom more than half of all members
	// voted.
	awards := tableOf(t, paper, "Chờ quyết định")
	row := 0
	members := r.n("SELECT json_extract(ranked.value, '$.Session.Members.v') FROM ranked WHERE form = " +
		"'kiem-phieu' AND state = 'accepted' ORDER BY received DESC LIMIT 1")
	for _, g := range groups {
		for _, kind := range []string{"Collectives", "Individuals"} {
			quota := 0
			for _, q := range p.Quotas {
				if q.Period == plan.Annual && q.Group == g &&
					(q.Nominee == plan.Collective) == (kind == "Collectives") {
					quota = q.Places
				}
			}
			passed := r.n("SELECT count(*) FROM ranked, json_each(ranked.value, '$."+kind+
				"') AS x WHERE form = 'kiem-phieu' AND state = 'accepted' AND place = 1 AND "+
				"substr(json_extract(x.value, '$.Code.v'), 1, instr(json_extract(x.value, '$.Code.v'), '-') - 1) IN "+
				r.of(g)+" AND 2 * CAST(json_extract(x.value, '$.Agree.v') AS INTEGER) > ?4", members)
			proposed := r.n("SELECT sum(json_array_length(value, '$." + kind +
				"')) FROM ranked WHERE place = 1 AND form = 'ho-so' AND state = 'accepted' AND unit IN " + r.of(g))
			check("awards", awards, row, nil, quota, proposed)
			cells := documenttest.Rows(awards)[row].Cells
			if n := cells[3].Value + cells[4].Value; int(n) != passed {
				t.Errorf("awards, row %d: %v given and waiting, %d passed the vote", row+1, n, passed)
			}
			row++
		}
	}

	// Who the awarded people are: by the names printed below, in the dossiers.
	people := tableOf(t, paper, "Họ và tên")
	women, leaders, direct, named := 0, 0, 0, 0
	for _, line := range people.Placed() {
		if line.Kind != document.Body {
			continue
		}
		name := person.Read(line.Cells[1].Shown, "").Text
		var sex, role string
		err := db.QueryRow(counted+` SELECT json_extract(x.value, '$.Sex.v'), json_extract(x.value, '$.Role.v')
			FROM ranked, json_each(ranked.value, '$.Individuals') AS x
			WHERE place = 1 AND form = 'ho-so' AND state = 'accepted' AND json_extract(x.value, '$.Name.v') = ?4`,
			period, at.UTC().Format("2006-01-02T15:04:05.000000000Z"), string(finding.WrongForm), name).Scan(&sex,
			&role)
		if err != nil {
			t.Errorf("awarded %q is in no dossier: %v", name, err)
			continue
		}
		named++
		if sex == "Nữ" {
			women++
		}
		switch {
		case strings.HasPrefix(role, "Thủ trưởng"), strings.HasPrefix(role, "Chủ tịch"):
			leaders++
		case strings.HasPrefix(role, "Trực tiếp"):
			direct++
		}
	}
	total := documenttest.Rows(awards)[len(awards.Rows)-1].Cells
	for i, want := range map[int]int{5: leaders, 6: direct, 7: named - leaders - direct, 8: named - women, 9: women} {
		if int(total[i].Value) != want {
			t.Errorf("awards, %s: printed %s, the dossiers say %d", awards.Columns[i].Title, total[i].Shown, want)
		}
	}
}

package reports_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/reports"
	"thidua/reports/document"
	"thidua/templates/calendar"
)

// Every number of the annual summary is counted again by queries on the ledger's own tables, which share nothing with the program but the
// stored facts: of the plan they know the units, the contents, the deadlines and the places alone.
func TestTheSummaryIsRecountedByQueries(t *testing.T) {
	s := normalYear(t)
	path := filepath.Join(t.TempDir(), "ledger.db")
	clock := &ledgertest.Clock{Time: at(13, 29, 9)}
	l, err := ledger.Open(t.Context(), path, clock)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	(&desk{t: t, l: l, clock: clock}).take(s.Data.Submissions...)
	data, err := l.Dataset(t.Context(), clock.Time)
	if err != nil {
		t.Fatal(err)
	}
	stored, err := reports.Gather(s.Plan, data, "2018", calendar.DateOf(clock.Time))
	if err != nil {
		t.Fatal(err)
	}
	doc := make1(t, "summary", stored).Document

	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	exec := func(q string, args ...any) {
		t.Helper()
		if _, err := db.Exec(q, args...); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	exec(`CREATE TEMP TABLE u (code TEXT, grp TEXT, name TEXT)`)
	for _, u := range s.Plan.Units {
		exec(`INSERT INTO u VALUES (?, ?, ?)`, u.Code, string(u.Group), u.Name)
	}
	exec(`CREATE TEMP TABLE quota (grp TEXT, kind TEXT, places INT)`)
	for _, q := range s.Plan.Quotas {
		if q.Period == s.Period.Kind {
			exec(`INSERT INTO quota VALUES (?, ?, ?)`, string(q.Group), string(q.Nominee), q.Places)
		}
	}
	// The version that rules: the latest accepted one, else the latest; and when the first came, in Vietnamese days.
	exec(`CREATE TEMP VIEW rules AS SELECT x.unit, x.form, x.state, x.value,
		(SELECT date(MIN(substr(f.received, 1, 19)), '+7 hours') FROM submission f WHERE f.unit = x.unit AND f.form = x.form AND f.period = x.period) AS first
		FROM submission x WHERE x.period = '2018' AND x.id = (SELECT y.id FROM submission y WHERE y.unit = x.unit AND y.form = x.form AND y.period = x.period
		ORDER BY (y.state = 'accepted') DESC, y.received DESC LIMIT 1)`)

	// lines asks for rows of numbers, each after its key, and compares them with the rows of a table by its caption.
	lines := func(caption, query string, args ...any) {
		t.Helper()
		printed := bodyOf(t, doc, caption)
		rows, err := db.Query(query, args...)
		if err != nil {
			t.Fatalf("%s: %v", caption, err)
		}
		defer rows.Close()
		columns, _ := rows.Columns()
		n := 0
		for ; rows.Next(); n++ {
			cells, to := make([]sql.NullString, len(columns)), make([]any, len(columns))
			for i := range cells {
				to[i] = &cells[i]
			}
			if err := rows.Scan(to...); err != nil {
				t.Fatal(err)
			}
			var want []string
			for _, c := range cells {
				want = append(want, strings.ReplaceAll(c.String, ".", ","))
			}
			if n >= len(printed) || !slices.Equal(printed[n][1:], want[1:]) {
				t.Errorf("%s, %s: printed %q, counted %q", caption, want[0], printed[min(n, len(printed)-1)], want)
			}
		}
		if n == 0 || n != len(printed) {
			t.Errorf("%s: %d lines printed, %d counted", caption, len(printed), n)
		}
	}
	groups := `CASE u.grp WHEN 'office' THEN 1 ELSE 2 END`
	reg := `LEFT JOIN rules r ON r.unit = u.code AND r.form = 'dang-ky'`
	lines("Bảng 1. Kết quả đăng ký thi đua", `SELECT u.grp, COUNT(*), SUM(r.state IS 'accepted'), printf('%.1f%%', 100.0 * SUM(r.state IS 'accepted') / COUNT(*)),
		SUM(r.state IS 'accepted' AND r.first < '2018-03-10'), SUM(r.state IS 'accepted' AND r.first = '2018-03-10'), SUM(r.state IS 'accepted' AND r.first > '2018-03-10'),
		SUM(r.state IS 'tofix'), SUM(r.state IS NULL), SUM(CASE WHEN r.state = 'accepted' THEN json_array_length(r.value, '$.Collectives') ELSE 0 END),
		SUM(CASE WHEN r.state = 'accepted' THEN json_array_length(r.value, '$.Individuals') ELSE 0 END)
		FROM u `+reg+` GROUP BY u.grp ORDER BY `+groups)
	exec(`CREATE TEMP TABLE content (n INT, text TEXT)`)
	for i, c := range s.Plan.Contents {
		exec(`INSERT INTO content VALUES (?, ?)`, i, c.Text)
	}
	lines("Chỉ tiêu đăng ký và kết quả đơn vị báo cáo", `WITH goal AS (SELECT r.unit, json_extract(g.value, '$.Content.v') AS text FROM rules r, json_each(r.value, '$.Targets') g
			WHERE r.form = 'dang-ky' AND r.state = 'accepted' AND json_extract(g.value, '$.Goal.v') IS NOT NULL),
		result AS (SELECT json_extract(g.value, '$.Content.v') AS text, json_extract(g.value, '$.Met.v') = 'Có' AS met FROM rules r, json_each(r.value, '$.Targets') g
			WHERE r.form = 'ho-so' AND r.state = 'accepted' AND (json_extract(g.value, '$.Result.v') IS NOT NULL OR json_extract(g.value, '$.Met.v') IS NOT NULL)),
		counted AS (SELECT c.n, (SELECT COUNT(DISTINCT unit) FROM goal WHERE goal.text = c.text) AS units, (SELECT COUNT(*) FROM goal WHERE goal.text = c.text) AS goals,
			(SELECT COUNT(*) FROM result WHERE result.text = c.text) AS reported, (SELECT SUM(met) FROM result WHERE result.text = c.text) AS met FROM content c)
		SELECT n, units, goals, reported, met, printf('%.1f%%', 100.0 * met / reported) FROM counted ORDER BY n`)
	lines("Bảng 2. Kết quả Chỉ số CCHC", `SELECT CAST(json_extract(x.value, '$.Rank.v') AS INT), json_extract(x.value, '$.Unit.v'), printf('%.2f', json_extract(x.value, '$.Self.v')),
		printf('%.2f', json_extract(x.value, '$.Appraised.v')), printf('%.2f', json_extract(x.value, '$.Appraised.v') - json_extract(x.value, '$.Self.v')), json_extract(x.value, '$.Band.v')
		FROM rules r, json_each(r.value, '$.Index') x WHERE r.form = 'so-lieu' ORDER BY 1`)
	lines("Bảng 3. Hồ sơ đề nghị khen thưởng", `SELECT u.grp, COUNT(r.state), SUM(r.state IS 'accepted'), SUM(r.state IS 'tofix'), SUM(r.first > '2018-12-31'),
		`+grounds()+` FROM u LEFT JOIN rules r ON r.unit = u.code AND r.form = 'ho-so' GROUP BY u.grp ORDER BY `+groups)
	// Awarded is whoever passes the threshold above the line that the places draw through the votes; who stands on a tie across it waits.
	lines("Bảng 4. Chỉ tiêu, đề nghị và kết quả khen thưởng", `WITH row AS (
			SELECT 'collective' AS kind, x.value AS v, r.value AS votes FROM rules r, json_each(r.value, '$.Collectives') x WHERE r.form = 'kiem-phieu'
			UNION ALL SELECT 'individual', x.value, r.value FROM rules r, json_each(r.value, '$.Individuals') x WHERE r.form = 'kiem-phieu'),
		vote AS (SELECT kind, json_extract(v, '$.Code.v') AS code, json_extract(v, '$.Name.v') AS name, u.grp, u.code AS unit, CAST(json_extract(v, '$.Agree.v') AS INT) AS n,
			CAST(json_extract(votes, '$.Session.Members.v') AS INT) AS members FROM row JOIN u ON json_extract(v, '$.Code.v') LIKE u.code || '-%'),
		passed AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY kind, grp ORDER BY n DESC) AS k FROM vote WHERE n * 2 > members),
		given AS (SELECT p.*, COALESCE((SELECT o.n FROM passed o JOIN quota q ON q.kind = o.kind AND q.grp = o.grp WHERE o.kind = p.kind AND o.grp = p.grp AND o.k = q.places + 1), -1) AS line FROM passed p),
		person AS (SELECT r.unit, json_extract(x.value, '$.Name.v') AS name, json_extract(x.value, '$.Role.v') AS role, json_extract(x.value, '$.Sex.v') AS sex
			FROM rules r, json_each(r.value, '$.Individuals') x WHERE r.form = 'ho-so' AND r.state = 'accepted'),
		proposed AS (SELECT u.grp, 'collective' AS kind, SUM(json_array_length(r.value, '$.Collectives')) AS n FROM rules r JOIN u ON u.code = r.unit WHERE r.form = 'ho-so' AND r.state = 'accepted' GROUP BY u.grp
			UNION ALL SELECT u.grp, 'individual', SUM(json_array_length(r.value, '$.Individuals')) FROM rules r JOIN u ON u.code = r.unit WHERE r.form = 'ho-so' AND r.state = 'accepted' GROUP BY u.grp),
		who AS (SELECT g.kind, g.grp, p.role, p.sex FROM given g JOIN person p ON p.unit = g.unit AND p.name = g.name WHERE g.kind = 'individual' AND g.n > g.line)
		SELECT q.grp || q.kind, q.places, (SELECT n FROM proposed p WHERE p.grp = q.grp AND p.kind = q.kind),
		(SELECT COUNT(*) FROM given g WHERE g.grp = q.grp AND g.kind = q.kind AND g.n > g.line), (SELECT COUNT(*) FROM given g WHERE g.grp = q.grp AND g.kind = q.kind AND g.n <= g.line),
		CASE q.kind WHEN 'collective' THEN '–' ELSE (SELECT COUNT(*) FROM who w WHERE w.grp = q.grp AND (w.role LIKE 'Thủ trưởng%' OR w.role LIKE 'Chủ tịch%')) END,
		CASE q.kind WHEN 'collective' THEN '–' ELSE (SELECT COUNT(*) FROM who w WHERE w.grp = q.grp AND w.role LIKE 'Trực tiếp%') END,
		CASE q.kind WHEN 'collective' THEN '–' ELSE (SELECT COUNT(*) FROM who w WHERE w.grp = q.grp AND w.role = 'Khác') END,
		CASE q.kind WHEN 'collective' THEN '–' ELSE (SELECT COUNT(*) FROM who w WHERE w.grp = q.grp AND w.sex = 'Nam') END,
		CASE q.kind WHEN 'collective' THEN '–' ELSE (SELECT COUNT(*) FROM who w WHERE w.grp = q.grp AND w.sex = 'Nữ') END
		FROM quota q ORDER BY CASE q.grp WHEN 'office' THEN 1 ELSE 2 END, q.kind`)
	var initiatives int
	if err := db.QueryRow(`SELECT COUNT(*) FROM rules r, json_each(r.value, '$.Individuals') x WHERE r.form = 'ho-so' AND r.state = 'accepted' AND json_extract(x.value, '$.Initiative.v') IS NOT NULL`).Scan(&initiatives); err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(doc.Texts(), "\n"); !strings.Contains(text, fmt.Sprintf("nêu %02d sáng kiến", initiatives)) {
		t.Errorf("the summary does not count %d initiatives", initiatives)
	}
}

// grounds counts what those that wait must put right, by the four grounds.
func grounds() string {
	var out []string
	for _, g := range []string{"subject", "standard", "dossier", "law"} {
		out = append(out, fmt.Sprintf(`(SELECT COUNT(*) FROM submission x JOIN finding f ON f.submission = x.id JOIN u w ON w.code = x.unit WHERE x.form = 'ho-so' AND x.period = '2018' AND x.state = 'tofix' AND f.level = 'must' AND f.ground = '%s' AND w.grp = u.grp)`, g))
	}
	return strings.Join(out, ", ")
}

// bodyOf are the printed rows of a table, without its total.
func bodyOf(t *testing.T, doc document.Document, caption string) [][]string {
	t.Helper()
	for _, b := range doc.Blocks {
		table, ok := b.(document.Table)
		if !ok || table.Caption != caption {
			continue
		}
		var out [][]string
		for _, row := range table.Resolve() {
			if row.Kind != document.Body {
				continue
			}
			var cells []string
			for _, c := range row.Cells {
				cells = append(cells, c.Shown)
			}
			out = append(out, cells)
		}
		return out
	}
	t.Fatalf("no table %q", caption)
	return nil
}

package office_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/ingest/submission"
	"thidua/reports/document"
	"thidua/reports/office"
	"thidua/reports/round"
	"thidua/reports/round/roundtest"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// recount is a ledger with submissions, and its tables as SQL sees them: units and places of the
// plan, and of every form in every period the version that rules, the latest accepted one, else the
// latest, with when the first came, in Vietnamese days.
type recount struct {
	t   *testing.T
	db  *sql.DB
	doc document.Document // the annual summary
}

func recounted(t *testing.T, p *plan.Plan, period string, when time.Time, all ...submission.Submission) recount {
	t.Helper()
	path := ledgertest.Empty(t)
	clock := &ledgertest.Clock{Time: when}
	l, err := ledger.Open(t.Context(), path, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	if _, err := l.Inbox().Take(t.Context(), ledgertest.Mails(0, all...)); err != nil {
		t.Fatal(err)
	}
	data, err := l.Dataset(t.Context(), when)
	if err != nil {
		t.Fatal(err)
	}
	stored, err := round.Gather(p, data, period, calendar.DateOf(when))
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1)
	r := recount{t, db, roundtest.Make(t, office.Summary(), stored).Document}
	r.exec(`CREATE TEMP TABLE u (code TEXT, grp TEXT, name TEXT, n INT)`)
	for i, u := range p.Units {
		r.exec(`INSERT INTO u VALUES (?, ?, ?, ?)`, u.Code, string(u.Group), u.Name, i)
	}
	r.exec(`CREATE TEMP TABLE quota (grp TEXT, kind TEXT, places INT)`)
	for _, q := range p.Quotas {
		if q.Period == stored.Period.Kind {
			r.exec(`INSERT INTO quota VALUES (?, ?, ?)`, string(q.Group), string(q.Nominee), q.Places)
		}
	}
	r.exec(`CREATE TEMP VIEW ruling_of_all AS SELECT x.period, x.unit, x.form, x.state, x.value,
		(SELECT date(MIN(substr(f.received, 1, 19)), '+7 hours') FROM submission f WHERE f.unit = x.unit
			AND f.form = x.form AND f.period = x.period) AS first
		FROM submission x WHERE x.id = (SELECT y.id FROM submission y WHERE y.unit = x.unit AND y.form = x.form
			AND y.Period = x.period
		ORDER BY (y.state = 'accepted') DESC, y.received DESC LIMIT 1)`)
	r.exec(`CREATE TEMP VIEW rules AS SELECT * FROM ruling_of_all WHERE period = '` + period + `'`)
	return r
}

func (r recount) exec(q string, args ...any) {
	r.t.Helper()
	if _, err := r.db.Exec(q, args...); err != nil {
		r.t.Fatalf("%s: %v", q, err)
	}
}

// lines asks for rows of numbers, each after its key, and compares them with the rows of a table by
// its caption.
func (r recount) lines(caption, query string, args ...any) {
	r.t.Helper()
	printed := bodyOf(r.t, r.doc, caption)
	rows, err := r.db.Query(query, args...)
	if err != nil {
		r.t.Fatalf("%s: %v", caption, err)
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
			r.t.Fatal(err)
		}
		var want []string
		for _, c := range cells {
			want = append(want, strings.ReplaceAll(c.String, ".", ","))
		}
		if n >= len(printed) || !slices.Equal(printed[n][1:], want[1:]) {
			r.t.Errorf("%s, %s: printed %q, counted %q", caption, want[0], printed[min(n, len(printed)-1)], want)
		}
	}
	if n == 0 || n != len(printed) {
		r.t.Errorf("%s: %d lines printed, %d counted", caption, len(printed), n)
	}
}

// number is what a query counts.
func (r recount) number(query string, args ...any) int {
	r.t.Helper()
	var n sql.NullInt64
	if err := r.db.QueryRow(query, args...).Scan(&n); err != nil {
		r.t.Fatalf("%s: %v", query, err)
	}
	return int(n.Int64)
}

// Every number of the annual summary is counted again by queries on the ledger's own tables, which
// share nothing with the program but the stored facts: of the plan they know the units, the
// contents, the deadlines and the places alone.
func TestTheSummaryIsRecountedByQueries(t *testing.T) {
	s := roundtest.Normal(t)
	r := recounted(t, s.Plan, "2018", roundtest.At(13, 29, 9), s.Data.Submissions...)
	lines, exec := r.lines, r.exec
	groups := `CASE u.grp WHEN 'office' THEN 1 ELSE 2 END`
	reg := `LEFT JOIN rules r ON r.unit = u.code AND r.form = 'dang-ky'`
	lines("Bảng 1. Kết quả đăng ký thi đua", `SELECT u.grp,
		COUNT(*), SUM(r.state IS 'accepted'), printf('%.1f%%', 100.0 * SUM(r.state IS 'accepted') / COUNT(*)),
		SUM(r.state IS 'accepted' AND r.first < '2018-03-10'), SUM(r.state IS 'accepted'
			AND r.first = '2018-03-10'), SUM(r.state IS 'accepted' AND r.first > '2018-03-10'),
		SUM(r.state IS 'tofix'), SUM(r.state IS NULL),
			SUM(CASE WHEN r.state = 'accepted' THEN json_array_length(r.value, '$.Collectives') ELSE 0 END),
		SUM(CASE WHEN r.state = 'accepted' THEN json_array_length(r.value, '$.Individuals') ELSE 0 END)
		FROM u `+reg+` GROUP BY u.grp ORDER BY `+groups)
	exec(`CREATE TEMP TABLE content (n INT, text TEXT)`)
	for i, c := range s.Plan.Contents {
		exec(`INSERT INTO content VALUES (?, ?)`, i, c.Text)
	}
	lines("Chỉ tiêu đăng ký và kết quả đơn vị báo cáo", `WITH goal AS (SELECT r.unit,
		json_extract(g.value, '$.Content.v') AS text FROM rules r, json_each(r.value, '$.Targets') g
			WHERE r.form = 'dang-ky' AND r.state = 'accepted' AND json_extract(g.value, '$.Goal.v') IS NOT NULL),
		result AS (SELECT json_extract(g.value, '$.Content.v') AS text, json_extract(g.value, '$.Met.v') = 'Có' AS met
			FROM rules r, json_each(r.value, '$.Targets') g
			WHERE r.form = 'ho-so' AND r.state = 'accepted' AND (json_extract(g.value, '$.Result.v') IS NOT NULL
				OR json_extract(g.value, '$.Met.v') IS NOT NULL)),
		counted AS (SELECT c.n, (SELECT COUNT(DISTINCT unit) FROM goal
			WHERE goal.text = c.text) AS units, (SELECT COUNT(*) FROM goal WHERE goal.text = c.text) AS goals,
			(SELECT COUNT(*) FROM result WHERE result.text = c.text) AS reported, (SELECT SUM(met) FROM result
				WHERE result.text = c.text) AS met FROM content c)
		SELECT n, units, goals, reported, met, printf('%.1f%%', 100.0 * met / reported) FROM counted ORDER BY n`)
	lines("Bảng 2. Kết quả Chỉ số CCHC", `SELECT CAST(json_extract(x.value,
		'$.Rank.v') AS INT), json_extract(x.value, '$.Unit.v'), printf('%.2f', json_extract(x.value, '$.Self.v')),
		printf('%.2f', json_extract(x.value, '$.Appraised.v')), printf('%.2f',
			json_extract(x.value, '$.Appraised.v') - json_extract(x.value,
				'$.Self.v')), json_extract(x.value, '$.Band.v')
		FROM rules r, json_each(r.value, '$.Index') x WHERE r.form = 'so-lieu' ORDER BY 1`)
	lines("Bảng 3. Hồ sơ đề nghị khen thưởng", `SELECT u.grp,
		COUNT(r.state), SUM(r.state IS 'accepted'), SUM(r.state IS 'tofix'), SUM(r.first > '2018-12-31'),
		`+grounds()+` FROM u LEFT JOIN rules r ON r.unit = u.code AND r.form = 'ho-so' GROUP BY u.grp ORDER BY `+groups)
	// Awarded is whoever passes the threshold above the line that the places draw through the
	// votes; who stands on a tie across it waits.
	lines("Bảng 4. Chỉ tiêu, đề nghị và kết quả khen thưởng", `WITH row AS (
			SELECT 'collective' AS kind, x.value AS v, r.value AS votes
				FROM rules r, json_each(r.value, '$.Collectives') x WHERE r.form = 'kiem-phieu'
			UNION ALL SELECT 'individual', x.value, r.value FROM rules r, json_each(r.value, '$.Individuals') x
				WHERE r.form = 'kiem-phieu'),
		vote AS (SELECT kind, json_extract(v, '$.Code.v') AS code,
			json_extract(v, '$.Name.v') AS name, u.grp, u.code AS unit, CAST(json_extract(v, '$.Agree.v') AS INT) AS n,
			CAST(json_extract(votes, '$.Session.Members.v') AS INT) AS members FROM row
				JOIN u ON json_extract(v, '$.Code.v') LIKE u.code || '-%'),
		passed AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY kind, grp ORDER BY n DESC) AS k FROM vote
			WHERE n * 2 > members),
		given AS (SELECT p.*, COALESCE((SELECT o.n FROM passed o JOIN quota q ON q.kind = o.kind AND q.grp = o.grp
			WHERE o.kind = p.kind AND o.grp = p.grp AND o.k = q.places + 1), -1) AS line FROM passed p),
		person AS (SELECT r.unit, json_extract(x.value, '$.Name.v') AS name,
			json_extract(x.value, '$.Role.v') AS role, json_extract(x.value, '$.Sex.v') AS sex
			FROM rules r, json_each(r.value, '$.Individuals') x WHERE r.form = 'ho-so' AND r.state = 'accepted'),
		proposed AS (SELECT u.grp, 'collective' AS kind, SUM(json_array_length(r.value, '$.Collectives')) AS n
			FROM rules r JOIN u ON u.code = r.unit WHERE r.form = 'ho-so' AND r.state = 'accepted' GROUP BY u.grp
			UNION ALL SELECT u.grp, 'individual', SUM(json_array_length(r.value, '$.Individuals')) FROM rules r
				JOIN u ON u.code = r.unit WHERE r.form = 'ho-so' AND r.state = 'accepted' GROUP BY u.grp),
		who AS (SELECT g.kind, g.grp, p.role, p.sex FROM given g JOIN person p ON p.unit = g.unit AND p.name = g.name
			WHERE g.kind = 'individual' AND g.n > g.line)
		SELECT q.grp || q.kind, q.places, (SELECT n FROM proposed p WHERE p.grp = q.grp AND p.kind = q.kind),
		(SELECT COUNT(*) FROM given g WHERE g.grp = q.grp AND g.kind = q.kind AND g.n > g.line), (SELECT COUNT(*)
			FROM given g WHERE g.grp = q.grp AND g.kind = q.kind AND g.n <= g.line),
		CASE q.kind WHEN 'collective' THEN '–' ELSE (SELECT COUNT(*) FROM who w WHERE w.grp = q.grp
			AND (w.role LIKE 'Thủ trưởng%' OR w.role LIKE 'Chủ tịch%')) END,
		CASE q.kind WHEN 'collective' THEN '–' ELSE (SELECT COUNT(*) FROM who w WHERE w.grp = q.grp
			AND w.role LIKE 'Trực tiếp%') END,
		CASE q.kind WHEN 'collective' THEN '–' ELSE (SELECT COUNT(*) FROM who w WHERE w.grp = q.grp
			AND w.role = 'Khác') END,
		CASE q.kind WHEN 'collective' THEN '–' ELSE (SELECT COUNT(*) FROM who w WHERE w.grp = q.grp
			AND w.sex = 'Nam') END,
		CASE q.kind WHEN 'collective' THEN '–' ELSE (SELECT COUNT(*) FROM who w WHERE w.grp = q.grp
			AND w.sex = 'Nữ') END
		FROM quota q ORDER BY CASE q.grp WHEN 'office' THEN 1 ELSE 2 END, q.kind`)
	initiatives := r.number(`SELECT COUNT(*) FROM rules r, json_each(r.value, '$.Individuals') x WHERE r.form = 'ho-so'
		AND r.state = 'accepted' AND json_extract(x.value, '$.Initiative.v') IS NOT NULL`)
	if text := strings.Join(r.doc.Texts(), "\n"); !strings.Contains(text,
		fmt.Sprintf("nêu %02d sáng kiến", initiatives)) {
		t.Errorf("the summary does not count %d initiatives", initiatives)
	}
}

// summed is the sum of a field over the rows of a list in one report.
func summed(list, field string) string {
	return `(SELECT COALESCE(SUM(json_extract(x.value, '$.` + field + `.v')), 0) FROM json_each(r.value, '$.` + list +
		`') x)`
}

// Propaganda (Plan IV.2), the awards of communes (Plan III.1.3) and every line of the comparison
// with the year before are counted again too.
func TestPropagandaCommunesAndTheYearBeforeAreRecounted(t *testing.T) {
	p := roundtest.New(t, "2018").Plan
	all := stage(t)
	send := func(unit, formID string, value any) {
		all = append(all, submission.Submission{ID: submission.NewID("2019", unit, formID, "y"), Message: unit +
			formID + "y", File: formID + ".xlsx", Unit: unit, Period: "2019", Form: formID, Version: 1,
			Received: time.Date(2019, 12, 22, 2, 0, 0, 0, time.UTC), State: submission.Accepted, Value: value})
	}
	send("PB03", templates.OutreachForm.ID, &templates.Outreach{
		News:       []templates.NewsItem{{Count: form.OfInt(7)}, {Count: form.OfInt(1)}, {}},
		Programmes: []templates.Programme{{Count: form.OfInt(4), Minutes: form.OfInt(30)}, {Count: form.OfInt(3)}},
		Sections:   []templates.PressSection{{Count: form.OfInt(6)}, {Count: form.OfInt(5)}},
		Activities: []templates.OutreachActivity{{Count: form.OfInt(40)}, {Count: form.OfInt(2)}},
		Examples:   make([]templates.GoodExample, 3),
	})
	kinds := []string{templates.KindIndividual, templates.KindCollective, templates.KindCollective,
		templates.KindCollective}
	awards := &templates.CommuneAwards{}
	for _, kind := range kinds {
		awards.Awards = append(awards.Awards, templates.CommuneAward{Kind: form.Of(kind)})
	}
	send("05914", templates.CommuneAwardsForm.ID, awards)
	for _, s := range roundtest.Normal(t).Data.Submissions {
		if s.Form == templates.RecordsForm.ID { // the year's official records, without which nobody is awarded
			send(s.Unit, s.Form, s.Value)
		}
	}
	r := recounted(t, p, "2019", time.Date(2021, 1, 25, 2, 0, 0, 0, time.UTC), all...)

	r.lines("Kết quả tuyên truyền", `SELECT u.name, `+summed("News", "Count")+
		`, json_array_length(r.value, '$.Programmes'), `+summed("Programmes", "Count")+`,
		(SELECT COALESCE(SUM(json_extract(x.value, '$.Count.v') * json_extract(x.value, '$.Minutes.v')), 0)
			FROM json_each(r.value, '$.Programmes') x),
		json_array_length(r.value, '$.Sections'), `+summed("Sections", "Count")+`, `+summed("Activities", "Count")+`,
			json_array_length(r.value, '$.Examples')
		FROM rules r JOIN u ON u.code = r.unit WHERE r.form = 'tuyen-truyen' AND r.state = 'accepted' ORDER BY u.n`)
	given := func(kind string) string {
		return `SELECT COUNT(*) FROM rules r, json_each(r.value, '$.Awards') x WHERE r.form = 'khen-cap-xa'
			AND r.state = 'accepted' AND r.unit = u.code AND json_extract(x.value, '$.Kind.v') = '` + kind + `'`
	}
	r.lines("Khen thưởng cấp xã", `SELECT 0, u.name, (`+given("Tập thể")+`), (`+given("Cá nhân")+
		`) FROM u JOIN rules q ON q.unit = u.code AND q.form = 'khen-cap-xa' AND q.state = 'accepted' ORDER BY u.n`)

	accepted := func(what, formID string) string {
		return `SELECT ` + what + ` FROM ruling_of_all r WHERE r.period = ?1 AND r.form = '` + formID +
			`' AND r.state = 'accepted'`
	}
	listed := func(what, formID, list, where string) string {
		return `SELECT ` + what + ` FROM ruling_of_all r, json_each(r.value, '$.` + list + `') x WHERE r.period = ?1
			AND r.form = '` + formID + `' AND r.state = 'accepted' AND ` + where
	}
	// Whom the council's vote awards: more than half of all members, above the line the places
	// draw, and in a dossier that counts.
	awarded := func(kind, where string) string {
		return `WITH vote AS (SELECT u.grp, u.code AS unit, json_extract(x.value,
			'$.Name.v') AS name, CAST(json_extract(x.value, '$.Agree.v') AS INT) AS n,
				CAST(json_extract(r.value, '$.Session.Members.v') AS INT) AS members
				FROM ruling_of_all r, json_each(r.value, '$.` + kind + `') x
					JOIN u ON json_extract(x.value, '$.Code.v') LIKE u.code || '-%' WHERE r.period = ?1
						AND r.form = 'kiem-phieu' AND r.state = 'accepted'),
			who AS (SELECT r.unit, json_extract(x.value, '$.Name.v') AS name,
				json_extract(x.value, '$.Role.v') AS role, json_extract(x.value, '$.Sex.v') AS sex
				FROM ruling_of_all r, json_each(r.value, '$.` + kind + `') x WHERE r.period = ?1 AND r.form = 'ho-so'
					AND r.state = 'accepted'),
			passed AS (SELECT v.grp, v.n, w.role, w.sex, ROW_NUMBER() OVER (PARTITION BY v.grp ORDER BY v.n DESC) AS k
				FROM vote v JOIN who w ON w.unit = v.unit AND w.name = v.name WHERE v.n * 2 > v.members)
			SELECT COUNT(*) FROM passed p WHERE ` + where + ` AND p.n > COALESCE((SELECT o.n FROM passed o
				JOIN quota q ON q.grp = o.grp AND q.kind = '` + map[string]string{"Collectives": "collective",
			"Individuals": "individual"}[kind] + `' WHERE o.grp = p.grp AND o.k = q.places + 1), -1)`
	}
	total := func(list, field string) string {
		return `SELECT SUM(` + summed(list, field) + `) FROM ruling_of_all r WHERE r.period = ?1
			AND r.form = 'tuyen-truyen' AND r.state = 'accepted'`
	}
	queries := map[string]string{
		"Đơn vị thuộc diện":             `SELECT COUNT(*) FROM u WHERE ?1 <> ''`,
		"Đơn vị đăng ký thi đua hợp lệ": accepted("COUNT(*)", "dang-ky"),
		"Tập thể đăng ký":               accepted("SUM(json_array_length(r.value, '$.Collectives'))", "dang-ky"),
		"Cá nhân đăng ký":               accepted("SUM(json_array_length(r.value, '$.Individuals'))", "dang-ky"),
		"Hồ sơ đề nghị khen thưởng đã nhận": `SELECT COUNT(*) FROM ruling_of_all WHERE period = ?1
			AND form = 'ho-so'`,
		"Hồ sơ hợp lệ": accepted("COUNT(*)", "ho-so"),
		"Tập thể được đề nghị": accepted(
			"SUM(json_array_length(r.value, '$.Collectives'))", "ho-so"),
		"Tập thể được khen thưởng": awarded("Collectives", "1"),
		"Cá nhân được đề nghị": accepted(
			"SUM(json_array_length(r.value, '$.Individuals'))", "ho-so"),
		"Cá nhân được khen thưởng": awarded("Individuals", "1"),
		"- trong đó nữ":            awarded("Individuals", "p.sex = 'Nữ'"),
		"- trong đó lãnh đạo": awarded("Individuals",
			"(p.role LIKE 'Thủ trưởng%' OR p.role LIKE 'Chủ tịch%')"),
		"- trong đó trực tiếp thực hiện nhiệm vụ CCHC": awarded("Individuals", "p.role LIKE 'Trực tiếp%'"),
		"Chỉ tiêu thi đua đăng ký": listed("COUNT(*)", "dang-ky", "Targets",
			"json_extract(x.value, '$.Goal.v') IS NOT NULL"),
		"Chỉ tiêu thi đua đạt (theo báo cáo)": listed("COUNT(*)", "ho-so", "Targets",
			"json_extract(x.value, '$.Met.v') = 'Có'"),
		"Sáng kiến, giải pháp trong hồ sơ hợp lệ": listed("COUNT(*)", "ho-so", "Individuals",
			"json_extract(x.value, '$.Initiative.v') IS NOT NULL"),
		"Xã, phường có kết quả Chỉ số CCHC": listed("COUNT(*)", "so-lieu", "Index", "1"),
		"Tập thể được Chủ tịch UBND xã, phường khen thưởng": listed("COUNT(*)", "khen-cap-xa", "Awards",
			"json_extract(x.value, '$.Kind.v') = 'Tập thể'"),
		"Cá nhân được Chủ tịch UBND xã, phường khen thưởng": listed("COUNT(*)", "khen-cap-xa", "Awards",
			"json_extract(x.value, '$.Kind.v') = 'Cá nhân'"),
		"Tin, bài, phóng sự tuyên truyền": total("News", "Count"),
		"Lượt phát sóng":                  total("Programmes", "Count"),
		"Kỳ chuyên trang, chuyên mục":     total("Sections", "Count"),
		"Hoạt động tuyên truyền khác":     total("Activities", "Count"),
		"Gương điển hình được giới thiệu": accepted("SUM(json_array_length(r.value, '$.Examples'))",
			"tuyen-truyen"),
	}
	printed := bodyOf(t, r.doc, "So sánh các chỉ tiêu chính")
	if len(printed) != len(queries) {
		t.Errorf("%d indicators are printed, %d counted", len(printed), len(queries))
	}
	for _, row := range printed {
		query, ok := queries[row[0]]
		if !ok {
			t.Errorf("nobody counts %q again", row[0])
			continue
		}
		before, now := r.number(query, "2018"), r.number(query, "2019")
		want := []string{row[0], document.FormatNumber(float64(before), 0), document.FormatNumber(float64(now), 0),
			document.FormatNumber(float64(now-before), 0)}
		if !slices.Equal(row, want) {
			t.Errorf("printed %q, counted %q", row, want)
		}
	}
}

// grounds counts what those that wait must put right, by the four grounds.
func grounds() string {
	var out []string
	for _, g := range []string{"subject", "standard", "dossier", "law"} {
		out = append(out, fmt.Sprintf(`(SELECT COUNT(*) FROM submission x JOIN finding f ON f.submission = x.id
			JOIN u w ON w.code = x.unit WHERE x.form = 'ho-so' AND x.period = '2018' AND x.state = 'tofix'
				AND f.level = 'must' AND f.ground = '%s' AND w.grp = u.grp)`, g))
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
		for _, row := range table.Placed() {
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

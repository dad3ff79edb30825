package issue

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/ingest/submission"
	"thidua/reports/post"
	"thidua/reports/prefill"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// dueAt lists the scheduled occurrences with a prefix that are due at a time, as Issue would go
// through them.
func dueAt(t *testing.T, p *plan.Plan, prefix, at string) []string {
	t.Helper()
	now, err := time.ParseInLocation("2006-01-02 15:04", at, calendar.Zone)
	if err != nil {
		t.Fatal(err)
	}
	issuer := New(post.New(p, post.Mailbox{}), prefill.NewForms(p))
	var out []string
	for _, o := range occurrences(p) {
		d := newDesk(issuer, knowledge{now: now}, o.Period)
		if key, due := d.dayDue(o); !o.On.IsZero() && due && strings.HasPrefix(key, prefix) {
			out = append(out, key)
		}
	}
	return out
}

// What is due, moment by moment. The plan was issued on Tuesday 27/02/2018; registrations are in
// time until Friday 09/03.
func TestLadder(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ at, prefix, want, why string }{
		{"2018-03-06 06:59", "reminder", "", "offices open at seven"},
		{"2018-03-06 07:00", "reminder", "reminder-registration/2018/-3", ""},
		{"2018-03-08 08:00", "reminder", "reminder-registration/2018/-1",
			"of two that were missed only the last is sent"},
		{"2018-03-10 08:00", "reminder", "", "a warning after the deadline only confuses"},
		{"2018-03-10 08:00", "overdue", "", "a Saturday"},
		{"2018-03-10 08:00", "matrix-registration", "matrix-registration/2018/1",
			"the office is told on the day all the same"},
		{"2018-03-12 08:00", "overdue", "overdue-registration/2018/1", "the next working day"},
		{"2018-03-20 08:00", "overdue", "", "too late to make sense"},
		{"2018-03-20 08:00", "matrix-registration", "matrix-registration/2018/1", "a table is still worth having"},
		{"2018-12-11 07:00", "reminder", "reminder-dossier/2018/-14", ""},
		{"2018-12-19 07:00", "reminder", "reminder-dossier/2018/-14", "a machine that was off for a week"},
		{"2018-12-20 07:00", "reminder", "reminder-dossier/2018/-7", ""},
		{"2018-12-29 09:00", "reminder", "", "a Saturday"},
		{"2018-11-15 07:00", "templates-dossier", "templates-dossier/2018", ""},
		{"2018-12-10 07:00", "templates-dossier", "templates-dossier/2018", "a form is worth having until its day"},
		{"2019-01-15 07:00", "templates/", "templates/2019", "in January, with the year's forms"},
		{"2019-01-12 07:00", "templates/", "", ""},
		{"2019-02-06 07:00", "templates/", "", "Tết: units are written to when they are back"},
		{"2019-02-11 07:00", "templates/", "templates/2019", "and are"},
		{"2020-12-14 07:00", "reminder", "reminder-dossier/2020/-14 reminder-dossier/2018-2020/-14",
			"year and stage together"},
	} {
		if got := strings.Join(dueAt(t, p, c.prefix, c.at), " "); got != c.want {
			t.Errorf("%s: due %q, want %q (%s)", c.at, got, c.want, c.why)
		}
	}
}

// Days worked in exchange for others are working days; days off are not, whatever the weekday. Both
// are data of the plan.
func TestLadderFollowsTheCalendar(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	q := *p
	q.Calendar = calendar.Calendar{Workdays: []calendar.Date{{Year: 2018, Month: 3, Day: 10}},
		Holidays: []calendar.Date{{Year: 2018, Month: 3, Day: 12}}}
	for at, want := range map[string]string{"2018-03-10 08:00": "overdue-registration/2018/1", "2018-03-12 08:00": "",
		"2018-03-13 08:00": "overdue-registration/2018/1"} {
		if got := strings.Join(dueAt(t, &q, "overdue", at), " "); got != want {
			t.Errorf("%s: due %q, want %q", at, got, want)
		}
	}
}

// Whatever day a machine comes back, each ladder sends at most one step, none on a day off, and no
// step goes unsent when a machine runs daily.
func TestLadderEveryDay(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for day := (calendar.Date{Year: 2018, Month: 2, Day: 27}); day.Before(calendar.Date{Year: 2019, Month: 1,
		Day: 31}); day = day.AddDays(1) {
		steps := map[string]int{}
		for _, key := range dueAt(t, p, "reminder", day.String()+" 12:00") {
			seen[key] = true
			ladder := key[:strings.LastIndex(key, "/")]
			if steps[ladder]++; steps[ladder] > 1 {
				t.Errorf("%s: two steps of %s", day, ladder)
			}
			if !p.Calendar.IsWorkingDay(day) {
				t.Errorf("%s is no working day: %s", day, key)
			}
		}
	}
	for _, o := range p.Occurrences("2018") {
		if o.Occasion.To == plan.ToMissingUnits && o.On.DaysSince(p.IssuedOn) >= firstReminder &&
			strings.HasPrefix(o.Key, "reminder") && !seen[o.Key] {
			t.Errorf("%s was never due", o.Key)
		}
	}
}

// The last warning goes in copy to the unit's leader, whom the newest roster names; it says what is
// missing.
func TestLastWarning(t *testing.T) {
	shared, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	own := *shared
	p := &own
	p.Units = slices.Clone(p.Units) // only two of them have an address
	for i := range p.Units {
		if !slices.Contains([]string{"05431", "05434"}, p.Units[i].Code) {
			p.Units[i].Emails = nil
		}
	}
	text := func(s string) form.Value { return form.Value{Text: s} }
	old := submission.Submission{ID: "R1", Form: templates.RosterForm.ID, State: submission.Accepted,
		Received: time.Unix(1, 0),
		Value: &templates.Roster{Units: []templates.RosterUnit{{Code: text("05431"),
			LeaderEmail: text("cu@thainguyen.example")}}}}
	roster := submission.Submission{ID: "R2", Form: templates.RosterForm.ID, State: submission.Accepted,
		Received: time.Unix(2, 0),
		Value: &templates.Roster{Units: []templates.RosterUnit{{Code: text("05431"),
			LeaderEmail: text("Lanhdao@thainguyen.example")}}}}
	returned := submission.Submission{ID: "D1", Unit: "05434", Period: "2018", Form: templates.RegistrationForm.ID,
		State: submission.ToFix, Received: time.Unix(3, 0), Value: &templates.Registration{}}
	for i := range mostNamed + 2 {
		returned.Findings = append(returned.Findings, finding.Finding{Level: finding.Must, Sheet: "CÁ NHÂN",
			Cell: fmt.Sprint("B", 7+i), Message: fmt.Sprintf("Dòng %d chưa ghi họ tên.", i+1)})
	}
	now := calendar.Date{Year: 2018, Month: 3, Day: 8}.Start().Add(8 * time.Hour)
	period, _ := p.Period("2018")
	mailbox := post.Mailbox{Address: "thidua@thainguyen.example", Domain: "thainguyen.example"}
	known := knowledge{now: now, data: submission.NewDataset(now, []submission.Submission{old, roster, returned})}
	l, err := ledger.Open(t.Context(), ledgertest.Empty(t), &ledgertest.Clock{Time: now})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	with, err := post.New(p, mailbox).With(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(New(with, prefill.NewForms(p)), known, period)
	for _, o := range p.Occurrences("2018") {
		if !strings.HasPrefix(o.Key, "reminder-registration") {
			continue
		}
		j, err := d.newJob(t.Context(), nil, o, o.Key)
		if err != nil {
			t.Fatal(err)
		}
		_, letters, err := j.reminders()
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range letters {
			copied := slices.Contains(l.To, "lanhdao@thainguyen.example")
			if want := l.Unit == "05431" && strings.HasSuffix(o.Key, "/-1"); copied != want {
				t.Errorf("%s to unit %s: in copy to the leader: %v, want %v", o.Key, l.Unit, copied, want)
			}
			// Who sent nothing gets the form to fill in, who must correct something what he sent,
			// marked.
			marked := bytes.Contains(l.Raw, []byte("ket-qua-dang-ky-2018-05434.xlsx"))
			if marked != (l.Unit == "05434") {
				t.Errorf("%s to unit %s: the marked workbook is enclosed: %v", o.Key, l.Unit, marked)
			}
			if slices.Contains(l.To, "cu@thainguyen.example") {
				t.Errorf("%s went to the leader of an older roster", o.Key)
			}
		}
	}
	rows := missing(returned.Findings)
	if len(rows) != mostNamed+1 || rows[0][2] != "Dòng 1 chưa ghi họ tên." ||
		!strings.Contains(rows[mostNamed][2], "2") {
		t.Errorf("named: %v", rows)
	}
}

package content_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"thidua/ingest/content"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
)

var (
	before   = time.Date(2018, 3, 9, 2, 0, 0, 0, time.UTC)
	deadline = &plan.Deadline{Before: calendar.Date{Year: 2018, Month: 3, Day: 10}, Clause: "III.4"}
)

type who struct{ name, born, post string }

func registration(people []who, goals ...string) *templates.Registration {
	r := &templates.Registration{}
	for _, p := range people {
		r.Individuals = append(r.Individuals, templates.RegisteredPerson{Name: form.Of(p.name), Born: form.Of(p.born),
			Position: form.Of(p.post)})
	}
	for _, g := range goals {
		r.Targets = append(r.Targets, templates.Target{Content: form.Of("Hồ sơ đúng hạn"), Goal: form.Of(g)})
	}
	return r
}

func version(n int, at time.Time, state submission.State, v any, f ...finding.Finding) submission.Submission {
	id := templates.RegistrationForm.ID
	if _, ok := v.(*templates.Dossier); ok {
		id = templates.DossierForm.ID
	}
	return submission.Submission{ID: fmt.Sprint("v", n), Message: fmt.Sprint(n), Received: at, Unit: "05431",
		Period: "2018", Form: id, State: state, Value: v, Findings: f}
}

// What a unit adds or exchanges later is late by itself; what it corrects keeps its day.
func TestEveryLineHasTheDayOnWhichItFirstCame(t *testing.T) {
	an, binh := who{"Nguyễn Văn An", "1975-02-03", "Trưởng phòng"}, who{"Trần Thị Bình", "1980-05-06", "Chuyên viên"}
	an2 := an
	edit := func(w who, change func(*who)) who { change(&w); return w }
	goal := "Giải quyết hồ sơ đúng hạn đạt 98%"
	for name, c := range map[string]struct {
		first, then *templates.Registration
		state       submission.State
		findings    []finding.Finding
		late        string // the names of the late lines
		begun       bool   // in time
	}{
		"the same again": {
			registration([]who{an}, goal),
			registration([]who{an}, goal),
			submission.Accepted, nil, "", true,
		},
		"a person added": {
			registration([]who{an}),
			registration([]who{an, binh}),
			submission.Accepted, nil, binh.name, true,
		},
		"a person exchanged": {
			registration([]who{an}, goal),
			registration([]who{binh}, goal),
			submission.Accepted, nil, binh.name, true,
		},
		"a person taken out": {
			registration([]who{an, binh}),
			registration([]who{an}),
			submission.Accepted, nil, "", true,
		},
		"accents put right": {
			registration([]who{edit(an, func(w *who) { w.name = "Nguyen Van An" })}),
			registration([]who{an}),
			submission.Accepted, nil, "", true,
		},
		"a letter put right": {
			registration([]who{edit(an, func(w *who) { w.name = "Nguyễn Vă An" })}),
			registration([]who{an}),
			submission.Accepted, nil, "", true,
		},
		"a birthday put right": {
			registration([]who{an}),
			registration([]who{edit(an, func(w *who) { w.born = "1976-02-03" })}),
			submission.Accepted, nil, "", true,
		},
		"a post put right": {
			registration([]who{an}),
			registration([]who{edit(an, func(w *who) { w.post = "Phó Trưởng phòng" })}),
			submission.Accepted, nil, "", true,
		},
		"a namesake instead": {
			registration([]who{an, binh}),
			registration([]who{{an.name, "1990-01-01", "Văn thư"}, binh}),
			submission.Accepted, nil, an.name, true,
		},
		"a near name, another": {
			registration([]who{an, binh}),
			registration([]who{{"Nguyễn Văn Ân", "1990-01-01", "Văn thư"}, binh}),
			submission.Accepted, nil, "Nguyễn Văn Ân", true,
		},
		"rows in another order": {
			registration([]who{an, binh}),
			registration([]who{binh, an}),
			submission.Accepted, nil, "", true,
		},
		"a target added": {
			registration([]who{an}, goal),
			registration([]who{an}, goal, "100% thư trả lời"),
			submission.Accepted, nil, "100% thư trả lời", true,
		},
		"a target lowered": {
			registration([]who{an}, goal),
			registration([]who{an}, "Giải quyết hồ sơ đúng hạn đạt 58%"),
			submission.Accepted, nil, "Giải quyết hồ sơ đúng hạn đạt 58%", true,
		},
		"a target's slip": {
			registration([]who{an}, "Giai quyết  hồ sơ đúng hạn đạt 98 %"),
			registration([]who{an}, goal),
			submission.Accepted, nil, "", true,
		},
		"all of it exchanged": {
			registration([]who{an}),
			registration([]who{binh}),
			submission.Accepted, nil, "", false,
		},
		"nothing filled in": {
			registration(nil),
			registration([]who{an}, goal),
			submission.ToFix, nil, "", false,
		},
		"sent back, put right": {
			registration([]who{an2}),
			registration([]who{an}),
			submission.ToFix, nil, "", true,
		},
		"a table not read": {
			registration(nil),
			registration([]who{an}),
			submission.ToFix, []finding.Finding{finding.New(finding.TurnedTable, finding.At{})}, "", true,
		},
		"another unit's": {
			registration([]who{an}),
			registration([]who{an}),
			submission.ToFix, []finding.Finding{finding.New(finding.WrongUnit, finding.At{})}, "", false,
		},
		"a name that was missed": {
			registration([]who{edit(an, func(w *who) { w.name = "" })}, goal),
			registration([]who{an}, goal),
			submission.ToFix, nil, "", true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			later := before.AddDate(0, 6, 0)
			d := submission.NewDataset(later, []submission.Submission{
				version(1, before, c.state, c.first, c.findings...), version(2, later, submission.Accepted, c.then)})
			h, _ := content.Of(d, "2018", templates.RegistrationForm.ID, "05431")
			var late []string
			for _, l := range h.Late(d, deadline) {
				late = append(late, l.Name)
			}
			if got := strings.Join(late, "; "); got != c.late || h.First.Equal(before) != c.begun {
				t.Errorf("late: %q, want %q; began %v, in time: %v", got, c.late, h.First, c.begun)
			}
		})
	}
}

// A form that goes out bears the names of the year before: sent back as it is it says nothing.
func TestNamesFilledInBeforehandStartNothing(t *testing.T) {
	an := registration([]who{{"Nguyễn Văn An", "1975-02-03", "Trưởng phòng"}})
	earlier := version(0, before.AddDate(-1, 0, 0), submission.Accepted, an)
	earlier.Period = "2017"
	d := submission.NewDataset(before, []submission.Submission{earlier, version(1, before, submission.ToFix, an)})
	if h, _ := content.Of(d, "2018", templates.RegistrationForm.ID, "05431"); h.Begun() {
		t.Errorf("it begins %v", h.First)
	}
}

// A part of a dossier that was forgotten may follow; a nominee may not.
func TestAMissingEnclosureIsNotLate(t *testing.T) {
	proposed := []templates.NominatedPerson{{Name: form.Of("Nguyễn Văn An"), Grade: form.Of("Tốt")}}
	d := submission.NewDataset(before.AddDate(1, 0, 0), []submission.Submission{
		version(1, before, submission.ToFix, &templates.Dossier{Individuals: proposed}),
		version(2, before.AddDate(1, 0, 0), submission.Accepted, &templates.Dossier{Individuals: proposed,
			Minutes: templates.UnitMinutes{Date: form.Of("2018-03-01")}}),
	})
	h, _ := content.Of(d, "2018", templates.DossierForm.ID, "05431")
	if late := h.Late(d, deadline); len(late) > 0 || !h.First.Equal(before) {
		t.Errorf("late: %v; first %v", late, h.First)
	}
}

// Who was taken out is known, with the day on which it had come.
func TestWhatIsGoneIsKnown(t *testing.T) {
	first := registration([]who{{"Nguyễn Văn An", "1975-02-03", ""}})
	second := registration([]who{{"Trần Thị Bình", "1980", ""}})
	d := submission.NewDataset(before.AddDate(1, 0, 0), []submission.Submission{
		version(1, before, submission.Accepted, first),
		version(2, before.AddDate(1, 0, 0), submission.Accepted, second)})
	h, _ := content.Of(d, "2018", templates.RegistrationForm.ID, "05431")
	if len(h.Gone) != 1 || h.Gone[0].Name != "Nguyễn Văn An" || !h.Gone[0].Came.Equal(before) {
		t.Errorf("gone: %v", h.Gone)
	}
}

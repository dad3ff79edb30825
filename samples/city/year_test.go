package city_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"thidua/evaluate"
	"thidua/ingest/ooxml"
	"thidua/ingest/submission"
	"thidua/samples/city"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/reader"
	"thidua/templates/xlsx"
)

// dataset is what an intake without opinions makes of the mails: every workbook that says whom it
// is from, accepted when nothing in it must be put right.
func dataset(t *testing.T, seed uint64) submission.Dataset {
	t.Helper()
	if d, ok := datasets[seed]; ok {
		return d
	}
	mails := mailsOf()[seed]
	var all []submission.Submission
	for _, m := range mails {
		of, kind := split(m.Key)
		if of != first || kind == "records" && m.At.After(clock(31)) || kind == "decision" || m.Unit == "" &&
			kind != "records" || m.Copy != "" || slices.Contains(m.Arrival, finding.WrongUnit) {
			continue
		}
		for _, b := range workbooks(t, m) {
			r, findings := read(t, b)
			s := submission.Submission{ID: submission.NewID("2018", m.Key, "2", ""), Received: m.At, Unit: m.Unit,
				Period: "2018", File: m.Key, State: submission.Accepted, Findings: findings}
			if r == nil {
				s.State = submission.ToFix
			} else if s.Form, s.Value = r.Form.ID, r.Value; r.MustFix() {
				s.State = submission.ToFix
			}
			all = append(all, s)
		}
	}
	datasets[seed] = submission.NewDataset(clock(31), all)
	return datasets[seed]
}

var datasets = map[uint64]submission.Dataset{} // by seed; tests of this package run one after the other

func clock(january int) time.Time {
	return time.Date(2019, 1, january, 8, 0, 0, 0, calendar.Zone)
}

func evaluated(t *testing.T, d submission.Dataset) evaluate.Result {
	t.Helper()
	r, err := evaluate.Run(thePlan(), d, "2018")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestBoardsOverflowAndOneTieCrossesTheLine(t *testing.T) {
	for _, seed := range seeds {
		c := city.New(thePlan(), seed)
		r := evaluated(t, dataset(t, seed))
		for _, b := range r.Boards {
			t.Logf("seed %d: %s %s: quota %d, proposed %d, eligible %d", seed, b.Group, b.Kind, b.Quota, b.Proposed,
				b.Eligible)
			if b.Eligible <= b.Quota {
				t.Errorf("seed %d: %s %s: %d eligible for %d places", seed, b.Group, b.Kind, b.Eligible, b.Quota)
			}
			if b.Kind != evaluate.Collective || b.Group != string(plan.Communes) {
				continue
			}
			one, other := c.Tie(first)
			var tied []string
			for _, p := range b.Places {
				if p.Band == evaluate.Boundary {
					tied = append(tied, p.Nominee.Unit)
				}
			}
			if len(tied) != 2 || tied[0] != one && tied[0] != other || tied[1] != one && tied[1] != other {
				t.Errorf("seed %d: at the line stand %q, want %s and %s", seed, tied, one, other)
			}
		}
		if len(r.Contradictions) < 3 {
			t.Errorf("seed %d: only %d contradictions", seed, len(r.Contradictions))
		}
	}
}

// ballot is the workbook's content as it is mailed: everybody whom a criterion does not rule out,
// in the order of the boards.
func ballot(r evaluate.Result) *templates.Votes {
	v := &templates.Votes{}
	for _, b := range r.Boards {
		for _, p := range b.Places {
			if p.Outcome == evaluate.NotMet || p.Outcome == evaluate.Pending {
				continue
			}
			row := templates.VoteRow{Code: form.Of(p.Nominee.ID), Name: form.Of(p.Nominee.Name),
				Unit: form.Of(p.Nominee.UnitName)}
			if b.Kind == evaluate.Collective {
				v.Collectives = append(v.Collectives, row)
			} else {
				v.Individuals = append(v.Individuals, row)
			}
		}
	}
	return v
}

func TestVotesAddUpAndLeaveOneTieAtTheLine(t *testing.T) {
	for _, seed := range seeds {
		c := city.New(thePlan(), seed)
		d := dataset(t, seed)
		blank := ballot(evaluated(t, d))
		filled := c.Votes(first, blank)
		if blank.Session.Date.Given() || blank.Collectives[0].Agree.Given() {
			t.Error("the ballot that was mailed has changed")
		}
		b, err := xlsx.Write(templates.VotesForm, xlsx.Heading{}, templates.Context(thePlan(), period(t, first), ""),
			filled)
		if err != nil {
			t.Fatal(err)
		}
		reading, findings := read(t, b)
		for _, f := range findings {
			if f.Level != finding.Info {
				t.Errorf("seed %d: %s %s %s", seed, f.Code, f.Where(), f.Message)
			}
		}
		d = submission.NewDataset(d.AsOf, append(d.Submissions, submission.Submission{
			ID: "TN-2018-VOTES", Received: clock(25), Period: "2018", Form: templates.VotesForm.ID,
			State: submission.Accepted, Value: reading.Value,
		}))
		r := evaluated(t, d)
		chosen := map[string]int{}
		for _, a := range r.Awards {
			if a.Chosen && !a.NeedsDecision {
				chosen[a.Nominee.Group+" "+a.Nominee.Kind]++
			}
		}
		for _, b := range r.Boards {
			want := b.Quota
			if b.Group == string(plan.Communes) && b.Kind == evaluate.Collective {
				want-- // the last place is tied and waits for the council
			}
			if got := chosen[b.Group+" "+b.Kind]; got != want {
				t.Errorf("seed %d: %s %s: %d chosen for %d places", seed, b.Group, b.Kind, got, b.Quota)
			}
		}
		if r.Council == nil || !r.Council.Quorum {
			t.Errorf("seed %d: no quorum", seed)
		} else {
			var codes []finding.Code
			for _, f := range r.Council.Findings {
				codes = append(codes, f.Code)
			}
			if len(codes) != 2 || codes[0] != finding.OverQuota || codes[1] != finding.TieAtLine {
				t.Errorf("seed %d: the council is told %q, want one board over its places by a tie", seed, codes)
			}
		}
	}
}

// TestRepairsAreMadeAndTold reads the mails whose oddity costs nobody anything: the reader repairs
// it and says so.
func TestRepairsAreMadeAndTold(t *testing.T) {
	for what, rule := range map[string]string{
		"names in decomposed Unicode (NFD)":               "nfc",
		"names in TCVN3 in the font .VnTime":              "legacy",
		"names in capitals after a form of address":       "capitals",
		"dates typed as text, one of them ambiguous":      "date",
		"one cell for the department and the role of all": "merged",
	} {
		found := false
		for _, m := range mailsOf()[seeds[0]] {
			if m.What != what {
				continue
			}
			found = true
			w, err := ooxml.Read(m.Attachments[0].Bytes, ooxml.DefaultLimits())
			var refusal *ooxml.Refusal
			if errors.As(err, &refusal) {
				t.Fatalf("%s: %v", what, refusal)
			}
			f, stamp, _ := reader.Identify(w, templates.Forms())
			told := 0
			for _, x := range reader.Read(f, stamp, w, templates.Context(thePlan(), period(t, first),
				stamp.Unit)).Repairs {
				if x.Rule == rule {
					told++
				}
			}
			if told == 0 {
				t.Errorf("%s: no repair %q", m.Key, rule)
			}
		}
		if !found {
			t.Errorf("nobody sends %q", what)
		}
	}
}

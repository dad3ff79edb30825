package issue_test

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"thidua/ingest/submission"
	"thidua/reports/round/roundtest"
	"thidua/templates"
)

// The same year on two machines sends the same letters: templates, reminders with their official
// letter, tables, docket, results, byte for byte with everything attached.
func TestWhatIsIssuedIsTheSameTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("short: issues the papers of a year twice")
	}
	issued := func() map[string]string {
		s := roundtest.MakeNormal(t)
		d := newDesk(t, reachable(s.Plan, "05431", "PB04"))
		var rest []submission.Submission
		for _, x := range s.Data.Submissions {
			if x.Unit == "05431" && x.Form == templates.RegistrationForm.ID {
				continue // one unit is pressed
			}
			if x.Form == templates.RegistrationForm.ID {
				d.take(x)
			} else {
				rest = append(rest, x)
			}
		}
		d.pass(roundtest.At(3, 8, 9))
		d.pass(roundtest.At(3, 12, 9))
		d.take(rest...)
		d.pass(roundtest.At(13, 29, 9))
		all, err := d.l.Outbox().Letters(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		kinds := map[string]int{}
		for _, x := range all {
			out[x.ID] = x.SHA256
			kinds[x.Kind]++
		}
		for _, kind := range []string{"templates", "reminder", "papers", "results"} {
			if kinds[kind] == 0 {
				t.Errorf("no letter of kind %q among %v", kind, kinds)
			}
		}
		return out
	}
	if diff := gocmp.Diff(issued(), issued()); diff != "" {
		t.Errorf("letters differ:\n%s", diff)
	}
}

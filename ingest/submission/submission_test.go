package submission

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
)

var noon = time.Date(2018, 3, 1, 5, 0, 0, 0, time.UTC)

func version(n int, state State) Submission {
	return Submission{
		ID: "TN-2018-" + string(rune('A'+n)), Message: string(rune('a' + n)),
		Received: noon.Add(time.Duration(n) * time.Hour), Unit: "05452", Period: "2018",
		Form: templates.RegistrationForm.ID, State: state,
		Value: &templates.Registration{Unit: templates.UnitSheet{Staff: form.OfInt(n)}},
	}
}

func TestWhichVersionRules(t *testing.T) {
	for _, c := range []struct {
		name   string
		states []State
		want   int // index of the version that rules, -1 for none
	}{
		{"nothing was sent", nil, -1},
		{"a first version with faults stands until something better comes", []State{ToFix}, 0},
		{"the newest of several with faults", []State{ToFix, ToFix}, 1},
		{"a correction that is accepted", []State{ToFix, Accepted}, 1},
		{"a newer version with faults does not displace an accepted one", []State{Accepted, ToFix}, 0},
		{"a newer accepted version does", []State{Accepted, ToFix, Accepted}, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			var all []Submission
			for i, s := range c.states {
				all = append(all, version(i, s))
			}
			d := NewDataset(noon.AddDate(1, 0, 0), all)
			got, ok := d.Current("2018", templates.RegistrationForm.ID, "05452")
			if ok != (c.want >= 0) {
				t.Fatalf("found %v", ok)
			}
			if ok && got.ID != all[c.want].ID {
				t.Errorf("%s rules, want %s", got.ID, all[c.want].ID)
			}
		})
	}
}

func TestACorrectionKeepsTheDateOfWhatItCorrects(t *testing.T) {
	d := NewDataset(noon.AddDate(1, 0, 0), []Submission{version(5, Accepted), version(1, ToFix)})
	if at, ok := d.FirstReceived("2018", templates.RegistrationForm.ID, "05452"); !ok ||
		!at.Equal(noon.Add(time.Hour)) {
		t.Errorf("first received %v %v", at, ok)
	}
}

func TestAWorkbookSentByMistakeSetsNoDate(t *testing.T) {
	mistake := version(0, ToFix)
	mistake.Findings = []finding.Finding{finding.New(finding.WrongUnit, finding.At{}, "read", "x", "want", "y")}
	d := NewDataset(noon.AddDate(1, 0, 0), []Submission{mistake, version(3, Accepted)})
	if at, ok := d.FirstReceived("2018", templates.RegistrationForm.ID, "05452"); !ok ||
		!at.Equal(noon.Add(3*time.Hour)) {
		t.Errorf("first received %v %v", at, ok)
	}
	if _, ok := NewDataset(noon.AddDate(1, 0, 0), []Submission{mistake}).FirstReceived("2018",
		templates.RegistrationForm.ID, "05452"); ok {
		t.Error("a mistake alone counts as received")
	}
}

func TestADatasetKnowsNothingOfLaterMail(t *testing.T) {
	d := NewDataset(noon.Add(time.Hour), []Submission{version(0, Accepted), version(1, Accepted), version(2, Accepted)})
	if len(d.Submissions) != 2 {
		t.Errorf("%d submissions known, want the two received up to then", len(d.Submissions))
	}
}

func TestOrderOfArrivalInTheMailboxDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []Submission
		for i := range rapid.IntRange(1, 8).Draw(t, "n") {
			s := version(i, rapid.SampledFrom([]State{Accepted, ToFix}).Draw(t, "state"))
			s.Received = noon.Add(time.Duration(rapid.IntRange(0, 2).Draw(t, "hour")) * time.Hour) // ties are likely
			all = append(all, s)
		}
		a := NewDataset(noon.AddDate(1, 0, 0), all)
		b := NewDataset(noon.AddDate(1, 0, 0), rapid.Permutation(all).Draw(t, "order"))
		if a.Hash("2018") != b.Hash("2018") {
			t.Fatal("another order gives another hash")
		}
		x, _ := a.Current("2018", templates.RegistrationForm.ID, "05452")
		y, _ := b.Current("2018", templates.RegistrationForm.ID, "05452")
		if x.ID != y.ID {
			t.Fatalf("%s rules in one order, %s in another", x.ID, y.ID)
		}
	})
}

// A remembered value identifies a paper as one read anew does, whatever text it was stored as, and
// is not taken for another value.
func TestARememberedValueHashesAsItIs(t *testing.T) {
	s := Submission{ID: "TN-2018-00000001", Period: "2018",
		Value: &templates.Registration{Unit: templates.UnitSheet{Staff: form.OfInt(18)}}}
	want := NewDataset(noon, []Submission{s}).Hash("2018")
	for _, stored := range []string{"", "{}", encode(s.ID, s.Value)} {
		kept := s.With(NewEncoded(s.Value, stored))
		for range 2 {
			if got := NewDataset(noon, []Submission{kept}).Hash("2018"); got != want {
				t.Errorf("stored as %q: %s, want %s", stored, got, want)
			}
		}
		kept.Value = &templates.Registration{}
		if NewDataset(noon, []Submission{kept}).Hash("2018") == want {
			t.Error("another value has the hash of the one it took the place of")
		}
	}
}

func TestHashTellsWhatAPaperRestsOn(t *testing.T) {
	base := NewDataset(noon.AddDate(1, 0, 0), []Submission{version(0, Accepted)})
	same := NewDataset(noon.AddDate(2, 0, 0), []Submission{version(0, Accepted)})
	if base.Hash("2018") != same.Hash("2018") {
		t.Error("asking later changes the hash")
	}
	other := version(0, Accepted)
	other.Value = &templates.Registration{Unit: templates.UnitSheet{Staff: form.OfInt(99)}}
	if base.Hash("2018") == NewDataset(noon.AddDate(1, 0, 0), []Submission{other}).Hash("2018") {
		t.Error("another value keeps the hash")
	}
	if base.Hash("2018", templates.DossierForm.ID) != NewDataset(noon, nil).Hash("2018", templates.DossierForm.ID) {
		t.Error("a registration changes the hash of what rests on dossiers")
	}
}

func TestReceiptNumbersFollowFromWhatWasSent(t *testing.T) {
	a := NewID("2018", "m", "1", "f")
	if a != NewID("2018", "m", "1", "f") || a == NewID("2018", "m", "2", "f") || len(a) != len("TN-2018-3F9A1C20") {
		t.Errorf("receipt number %s", a)
	}
}

package config

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"
	"time"

	"thidua/templates/calendar"
	"thidua/templates/plan"
)

func TestSchedule(t *testing.T) {
	s, err := readSchedule([]string{"0 7 * * 1-5", "CRON_TZ=UTC 30 12 1 * *"})
	if err != nil {
		t.Fatal(err)
	}
	shown := func(at time.Time) string { return at.In(calendar.Zone).Format("2006-01-02T15:04") }
	at := time.Date(2018, 3, 5, 9, 0, 0, 0, calendar.Zone) // a Monday
	for _, want := range []string{
		"2018-03-06T07:00", "2018-03-07T07:00", "2018-03-08T07:00", "2018-03-09T07:00", "2018-03-12T07:00",
	} {
		at = s.Next(at)
		if got := shown(at); got != want {
			t.Fatalf("next is %s, want %s", got, want)
		}
	}
	if got := shown(s.Next(time.Date(2018, 4, 1, 0, 0, 0, 0, calendar.Zone))); got != "2018-04-01T19:30" {
		t.Errorf("in another zone: %s", got)
	}
	if !Schedule(nil).Next(at).IsZero() {
		t.Error("no schedule is due some time")
	}
}

var updateSchema = flag.Bool("update-schema", false, "write docs/thidua.schema.json anew")

// The schema for editors is what the configuration is read into.
func TestSchema(t *testing.T) {
	got, err := json.MarshalIndent(Schema(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	const file = "../../docs/thidua.schema.json"
	if *updateSchema {
		if err := os.WriteFile(file, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(append(got, '\n'), want) {
		t.Errorf("%s is not what the code says (%v): go test ./cmd/config -run TestSchema -update-schema", file, err)
	}
}

// A folder goes before a plan that comes with the program; such a plan is found by its bare name
// alone, and a folder that is not there is missed. This holds for a name in the configuration,
// whose paths begin at its folder, as for one on the command line.
func TestPlanFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	own := plan.DefaultID
	here, elsewhere := New("", nil), New("office", nil)
	for _, c := range []struct {
		about       string
		config      *Config
		set, named  string
		make        string // a folder that is there from now on
		wantErr     bool
		wantBuiltIn bool
	}{
		{about: "nothing is said", config: here, wantBuiltIn: true},
		{about: "a bare name", config: here, named: own, wantBuiltIn: true},
		{about: "a bare name in a configuration elsewhere", config: elsewhere, set: own, wantBuiltIn: true},
		{about: "a path", config: here, named: "./mine/" + own, wantErr: true},
		{about: "a path in a configuration elsewhere", config: elsewhere, set: "plan", wantErr: true},
		{about: "a folder beside the configuration", config: elsewhere, set: "plan", make: "office/plan"},
		{about: "a folder of a bare name", config: here, named: own, make: own},
		{about: "the command line goes first", config: elsewhere, set: "plan", named: "none", wantErr: true},
	} {
		if c.make != "" {
			if err := os.MkdirAll(c.make, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		c.config.Plan = c.set
		dir, err := c.config.PlanFolder(c.named)
		if (err != nil) != c.wantErr {
			t.Errorf("%s: %v", c.about, err)
		}
		if err != nil {
			continue
		}
		if _, err := dir.Open("plan.yaml"); (err == nil) != c.wantBuiltIn {
			t.Errorf("%s: built in: %v", c.about, err == nil)
		}
	}
}

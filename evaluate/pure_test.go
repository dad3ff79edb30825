package evaluate_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"testing"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates"
)

// inner tells the test binary that it is the other process.
const inner = "THIDUA_TEST_INNER"

// wholeYear is a year with a bit of everything: namesakes, records in parts, a ruling, a vote.
func wholeYear(t testing.TB) *world {
	w := newWorld(t)
	for i, u := range w.plan.UnitsOn(day("2018-12-31"))[:20] {
		w.propose(u.Code, func(d *templates.Dossier) {
			for k := range i % 4 {
				d.Individuals = append(d.Individuals, worker([]string{"Trần Thị Hòa", "Lê Văn An", "Lê Văn Ân"}[k%3],
					fmt.Sprint(1970+i)))
			}
		})
	}
	w.clean(ward, ward2)
	w.records(january, func(r *templates.Records) {
		r.Ratings = []templates.PersonRating{{Unit: v("UBND phường Tân Thịnh"), Name: v("Tran Thi Hoa"),
			Grade: v(second)}}
		r.Discipline = []templates.DisciplineEntry{{Unit: v("UBND phường Tân Thành"), Name: v("Lê Văn An"),
			Date: v("2018-05-05"), Content: v("Bị phản ánh")}}
	})
	w.rule(submission.Override{Kind: submission.Extension, Form: "ho-so", Day: day("2019-01-10")})
	w.vote(nil, "10", "9", "9")
	return w
}

// TestPure_TheSameBytesInAnotherProcessZoneAndLocale: evaluation reads no clock, zone, locale,
// environment, nor the order of a map.
func TestPure_TheSameBytesInAnotherProcessZoneAndLocale(t *testing.T) {
	w := wholeYear(t)
	d := newDataset(w)
	if os.Getenv(inner) != "" { // the other process: everything in the opposite order
		slices.Reverse(d.Submissions)
	}
	r, err := evaluate.Run(w.plan, d, "2018")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(bytesOf(t, r)))
	mine := hex.EncodeToString(sum[:])
	if os.Getenv(inner) != "" {
		fmt.Println("sum " + mine)
		return
	}
	for _, env := range [][]string{{"TZ=America/New_York", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8"},
		{"TZ=Pacific/Kiritimati", "LANG=C", "LC_ALL=C"}} {
		c := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
		c.Env = append(slices.DeleteFunc(os.Environ(), func(s string) bool { return len(s) > 3 && s[:3] == "TZ=" }),
			append(env, inner+"=1")...)
		out, err := c.Output()
		if err != nil {
			t.Fatalf("%v: %v\n%s", env, err, out)
		}
		if !bytes.Contains(out, []byte("sum "+mine)) {
			t.Errorf("%v: other bytes than here (%s):\n%s", env, mine, out)
		}
	}
}

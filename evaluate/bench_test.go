package evaluate_test

import (
	"fmt"
	"testing"
	"time"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/plan"
)

// country is a plan of as many communes as needed, each proposing itself and nineteen people, with
// the office's records for all.
func country(b *testing.B, nominees int) (*plan.Plan, submission.Dataset) {
	b.Helper()
	w := newWorld(b)
	p := *w.plan
	p.Units = nil
	for i := range nominees / 20 {
		p.Units = append(p.Units, plan.Unit{Code: fmt.Sprintf("X%05d", i), Name: fmt.Sprintf("UBND xã số %d", i),
			Group: plan.Communes})
	}
	w.plan = &p
	for _, u := range p.Units {
		w.propose(u.Code, func(d *templates.Dossier) {
			for k := range 19 {
				d.Individuals = append(d.Individuals,
					worker(fmt.Sprintf("Nguyễn Thị Hòa %d", k), fmt.Sprintf("%d-01-02", 1960+k)))
			}
		})
	}
	w.records(january.Add(-time.Hour), func(r *templates.Records) {
		reviewed(r)
		for i, u := range p.Units {
			r.Index = append(r.Index, templates.IndexResult{Unit: v(u.Name), Appraised: v(fmt.Sprint(50 + i%50)),
				Band: v("Tốt")})
			for k := range 19 {
				r.Ratings = append(r.Ratings,
					templates.PersonRating{Unit: v(u.Name), Name: v(fmt.Sprintf("Nguyễn Thị Hòa %d", k)),
						Grade: v(best)})
			}
		}
	})
	return &p, submission.NewDataset(w.asOf, w.subs)
}

// BenchmarkRun shows that the time for one nominee does not grow with their number.
func BenchmarkRun(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p, d := country(b, n)
			for b.Loop() {
				r, err := evaluate.Run(p, d, "2018")
				if err != nil || len(r.Verdicts) != n {
					b.Fatal(len(r.Verdicts), err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/nominee")
		})
	}
}

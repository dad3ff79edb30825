package reports_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"thidua/ingest/submission"
	"thidua/reports"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// province is a year with n units, each of which registered.
func province(b *testing.B, n int) reports.Sources {
	b.Helper()
	base, err := plan.Default()
	if err != nil {
		b.Fatal(err)
	}
	files, err := plan.Encode(base)
	if err != nil {
		b.Fatal(err)
	}
	p, err := plan.Decode(files)
	if err != nil {
		b.Fatal(err)
	}
	first := time.Date(2018, 3, 1, 8, 0, 0, 0, calendar.Zone).UTC()
	var sent []submission.Submission
	for i := len(p.Units); i < n; i++ {
		group := plan.Communes
		if i%3 == 0 {
			group = plan.Offices
		}
		p.Units = append(p.Units, plan.Unit{Code: fmt.Sprintf("X%05d", i), Name: fmt.Sprintf("Ủy ban nhân dân xã Thử Nghiệm số %d", i), Short: fmt.Sprint("Thử Nghiệm ", i), Group: group, Head: "Chủ tịch UBND xã"})
	}
	files, err = plan.Encode(p)
	if err != nil {
		b.Fatal(err)
	}
	if p, err = plan.Decode(files); err != nil {
		b.Fatal(err)
	}
	for i, u := range p.Units {
		r := &templates.Registration{Collectives: make([]templates.RegisteredCollective, 1+i%2), Individuals: make([]templates.RegisteredPerson, i%3)}
		for _, c := range p.Contents {
			r.Targets = append(r.Targets, templates.Target{Content: form.Of(c.Text), Goal: form.Of("95%")})
		}
		sent = append(sent, submission.Submission{
			ID: submission.NewID("2018", u.Code, "1", "dang-ky"), Message: fmt.Sprintf("%064d", i), File: "dang-ky-" + u.Code + ".xlsx", Received: first.Add(time.Duration(i) * time.Minute),
			Unit: u.Code, Period: "2018", Form: templates.RegistrationForm.ID, Version: 1, State: submission.Accepted, Value: r,
		})
	}
	asOf := first.AddDate(0, 0, 30)
	s, err := reports.Gather(p, submission.NewDataset(asOf, sent), "2018", calendar.DateOf(asOf))
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// The matrix of a large province: what the greatest paper takes, in time and in memory at its end.
func BenchmarkMatrix12000Units(b *testing.B) {
	s := province(b, 12_000)
	for _, f := range []reports.Format{reports.XLSX, reports.PDF} {
		b.Run(string(f), func(b *testing.B) {
			b.ReportAllocs()
			var peak uint64
			for b.Loop() {
				p, err := reports.Make("matrix-registration", s)
				if err != nil {
					b.Fatal(err)
				}
				out, err := p.Render(f)
				if err != nil {
					b.Fatal(err)
				}
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapSys)
				b.ReportMetric(float64(len(out))/(1<<20), "MB/file")
			}
			b.ReportMetric(float64(peak)/(1<<20), "MB-heap")
		})
	}
}

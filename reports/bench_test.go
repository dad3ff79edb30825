package reports_test

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/metrics"
	"strconv"
	"testing"
	"time"

	"thidua/ingest/submission"
	"thidua/reports"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/reports/round/roundtest"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// province is a year with n units, each of which registered and, where asked to, proposes itself
// and a person.
func province(b *testing.B, n int, proposed bool) round.Sources {
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
		p.Units = append(p.Units,
			plan.Unit{Code: fmt.Sprintf("X%05d", i), Name: fmt.Sprintf("Ủy ban nhân dân xã Thử Nghiệm số %d", i),
				Short: fmt.Sprint("Thử Nghiệm ", i), Group: group, Head: "Chủ tịch UBND xã"})
	}
	files, err = plan.Encode(p)
	if err != nil {
		b.Fatal(err)
	}
	if p, err = plan.Decode(files); err != nil {
		b.Fatal(err)
	}
	y := &roundtest.Year{Plan: p}
	for i, u := range p.Units {
		r := &templates.Registration{Collectives: make([]templates.RegisteredCollective, 1+i%2),
			Individuals: make([]templates.RegisteredPerson, i%3)}
		for _, c := range p.Contents {
			r.Targets = append(r.Targets, templates.Target{Content: form.Of(c.Text), Goal: form.Of("95%")})
		}
		sent = append(sent, submission.Submission{
			ID: submission.NewID("2018", u.Code, "1", "dang-ky"), Message: fmt.Sprintf("%064d", i), File: "dang-ky-" +
				u.Code + ".xlsx", Received: first.Add(time.Duration(i) * time.Minute),
			Unit: u.Code, Period: "2018", Form: templates.RegistrationForm.ID, Version: 1, State: submission.Accepted,
			Value: r,
		})
		if proposed {
			d := y.Dossier(u.Code, first, 4, []string{u.Name}, []roundtest.Person{{
				Title: "Ông", Name: fmt.Sprint("Nguyễn Văn Thử ", i), Born: "1980-05-06",
				Position: "Công chức Văn phòng - Thống kê",
				Role:     "Trực tiếp thực hiện nhiệm vụ CCHC", Initiative: "Mẫu hướng dẫn điền tờ khai",
			}})
			sent = append(sent, submission.Submission{
				ID: submission.NewID("2018", u.Code, "2", "ho-so"), Message: fmt.Sprintf("%064d", n+i), File: "ho-so-" +
					u.Code + ".xlsx", Received: first.Add(time.Duration(n+i) * time.Minute),
				Unit: u.Code, Period: "2018", Form: templates.DossierForm.ID, Version: 1, State: submission.Accepted,
				Value: d,
			})
		}
	}
	asOf := sent[len(sent)-1].Received.AddDate(0, 0, 30)
	s, err := round.Gather(p, submission.NewDataset(asOf, sent), "2018", calendar.DateOf(asOf))
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// The matrix of a large province: what the greatest paper takes, in time and in memory at its end.
func BenchmarkMatrix12000Units(b *testing.B) {
	s := province(b, 12_000, false)
	for _, f := range []paper.Format{paper.XLSX, paper.PDF} {
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

// BenchmarkAllPapers makes all papers of a year, one after the other as "thidua report all" does:
// what is in use at the most, beside the year itself. THIDUA_UNITS is the number of units; the long
// form is 12000.
func BenchmarkAllPapers(b *testing.B) {
	n := 500
	if text := os.Getenv("THIDUA_UNITS"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil {
			b.Fatal(err)
		}
	}
	s := province(b, n, true)
	runtime.GC()
	year := inUse()
	for b.Loop() {
		most := highest(func() {
			for _, name := range reports.Names() {
				if err := written(name.Name, s, io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.ReportMetric(float64(most-min(most, year))/(1<<20), "MB-papers")
	}
	b.ReportMetric(float64(year)/(1<<20), "MB-year")
}

// written makes a paper and writes it in all its formats.
func written(name string, s round.Sources, to io.Writer) error {
	p, err := reports.Make(name, s)
	if err != nil {
		return err
	}
	for _, f := range p.Formats {
		most := highest(func() {
			var out []byte
			if out, err = p.Render(f); err == nil {
				_, err = to.Write(out)
			}
		})
		if err != nil {
			return err
		}
		if testing.Verbose() {
			fmt.Printf("%-24s %-5s %6.0f MB\n", name, f, float64(most)/(1<<20))
		}
	}
	return nil
}

// inUse are the bytes that the program has from the system and has not given back.
func inUse() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// highest is the most that was in use while something was done.
func highest(do func()) uint64 {
	stop, found := make(chan struct{}), make(chan uint64)
	go func() {
		most := inUse()
		for {
			select {
			case <-stop:
				found <- most
				return
			case <-time.After(2 * time.Millisecond):
				most = max(most, inUse())
			}
		}
	}()
	do()
	close(stop)
	return <-found
}

package mailbox_test

import (
	"testing"
	"time"

	"thidua/ingest/mailbox"
	"thidua/samples/postoffice"
)

// unitSizes are the sizes of the 135 mails of units in the demo's 2018, from small to large: the
// middle of every twentieth.
var unitSizes = []int{947, 23054, 26956, 37688, 37824, 37939, 37990, 38047, 38098, 38265, 38556, 41325, 55784, 56016,
	56043, 56093, 56280, 56479, 56823, 61718}

// BenchmarkFetch compares 200 mails in batches with the same mails one by one, over a line of 10 ms
// and 100 Mbit/s: mails of 50 kB and of the sizes that units send, on the embedded server, which
// answers in no time, and on Dovecot.
func BenchmarkFetch(b *testing.B) {
	const mails = 200
	var equal, units [][]byte
	for n := range mails {
		equal = append(equal, letter(n, 50_000))
		units = append(units, letter(n, unitSizes[n%len(unitSizes)]))
	}
	for _, sizes := range []struct {
		name  string
		mails [][]byte
	}{{"50kB", equal}, {"Units", units}} {
		b.Run("Embedded/"+sizes.name, func(b *testing.B) {
			o := office(b, postoffice.Config{})
			deliver(b, o, sizes.mails...)
			benchmarkFetch(b, config(o))
		})
		b.Run("Dovecot/"+sizes.name, func(b *testing.B) {
			c, _ := dovecot(b, "bench", sizes.mails...)
			benchmarkFetch(b, c)
		})
	}
}

func benchmarkFetch(b *testing.B, c mailbox.IMAPConfig) {
	const rate = 100_000_000 / 8
	line, err := postoffice.OpenProxy(c.Address, time.Now, func(int) postoffice.Weather {
		return postoffice.Weather{Trip: 10 * time.Millisecond, Rate: rate}
	})
	if err != nil {
		b.Fatal(err)
	}
	defer line.Close()
	c.Address = line.Addr()
	box := dial(b, c)
	summaries, keys := list(b, box)
	var size int64
	for _, s := range summaries {
		size += s.Size
	}
	var batched, single time.Duration
	for b.Loop() {
		begin := time.Now()
		fetch(b, box, keys)
		batched += time.Since(begin)
		begin = time.Now()
		for i := range keys {
			fetch(b, box, keys[i:i+1])
		}
		single += time.Since(begin)
	}
	b.ReportMetric(float64(single)/float64(batched), "times-faster")
	b.ReportMetric(float64(len(keys)*b.N)/batched.Seconds(), "mails/s")
	b.ReportMetric(float64(len(keys)*b.N)/single.Seconds(), "single/s")
	b.ReportMetric(100*float64(size)*float64(b.N)/batched.Seconds()/rate, "%of-line")
}

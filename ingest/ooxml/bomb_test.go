package ooxml

import (
	"testing"
	"time"

	"thidua/samples/hostile"
)

// BenchmarkBomb refuses a file of 300 KB that inflates to 300 MB and reports what that costs beside
// reading a clean dossier.
func BenchmarkBomb(b *testing.B) {
	bomb, ok := hostile.Named("bomb-cell.xlsx")
	if !ok {
		b.Fatal("no such attack")
	}
	file := dossier()
	var clean, refused time.Duration
	for b.Loop() {
		start := time.Now()
		if err := readOurs(bomb.Bytes); err == nil {
			b.Fatal("not refused")
		}
		refused += time.Since(start)
		start = time.Now()
		if err := readOurs(file); err != nil {
			b.Fatal(err)
		}
		clean += time.Since(start)
	}
	b.ReportMetric(float64(refused)/float64(clean), "x-dossier")
}

package ooxml

import (
	"bytes"
	"compress/flate"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// deflated packs a text at a level of the standard library's; flate.HuffmanOnly repeats nothing,
// flate.NoCompression stores.
func deflated(t testing.TB, text string, level int) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, level)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// checkInflate unpacks anything: what the inflater takes for whole must be just what the standard
// library makes of it.
func checkInflate(t *testing.T, f *inflater, packed []byte, size int) bool {
	dst := make([]byte, size)
	if !f.inflate(dst, packed) {
		return false
	}
	want, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	if err != nil || !bytes.Equal(dst, want) {
		t.Fatalf("%x of %d bytes was taken for %q, the library says %q, %v", packed, size, dst, want, err)
	}
	return true
}

func TestInflateUnpacksWhatEveryLevelPacks(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 100_000)
	for i := range noise {
		noise[i] = byte(random.NormFloat64() * 20) // with rare bytes, whose codes are long
	}
	texts := []string{"", "a", "aaaaaaaaaaaaaaaaaaaa", "Đăng ký thi đua", strings.Repeat("0123456789", 30_000),
		string(noise), string(noise[:60_000]) + strings.Repeat("\x00", 60_000)}
	for _, p := range neededParts(dossier()) {
		b, err := io.ReadAll(flate.NewReader(bytes.NewReader(p)))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(b))
	}
	var f inflater
	for _, text := range texts {
		for level := flate.HuffmanOnly; level <= flate.BestCompression; level++ {
			packed := deflated(t, text, level)
			if !checkInflate(t, &f, packed, len(text)) {
				t.Errorf("level %d of %.20q… was not unpacked", level, text)
			}
			for _, size := range []int{len(text) - 1, len(text) + 1} {
				if size >= 0 && f.inflate(make([]byte, size), packed) {
					t.Errorf("level %d of %.20q… has another size than %d", level, text, size)
				}
			}
		}
	}
}

func TestInflateTakesNothingDamagedForWhole(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	text := strings.Repeat("<c r=\"A1\" s=\"3\"><v>12</v></c>", 20) + "Đăng ký thi đua"
	var f inflater
	for level := flate.HuffmanOnly; level <= flate.BestCompression; level++ {
		packed := deflated(t, text, level)
		for n := range packed {
			if f.inflate(make([]byte, len(text)), packed[:n]) {
				t.Errorf("level %d, cut after %d bytes", level, n)
			}
		}
		for range 2_000 {
			b := bytes.Clone(packed)
			for range 1 + random.IntN(3) {
				b[random.IntN(len(b))] ^= 1 << random.IntN(8)
			}
			checkInflate(t, &f, b, len(text))
		}
	}
}

// FuzzInflate holds whatever the inflater takes for whole against the standard library.
func FuzzInflate(f *testing.F) {
	for level := flate.HuffmanOnly; level <= flate.BestCompression; level++ {
		f.Add(deflated(f, "Đăng ký thi đua, đăng ký thi đua", level), 41)
	}
	f.Fuzz(func(t *testing.T, packed []byte, size int) {
		if size >= 0 && size <= 1<<16 {
			checkInflate(t, new(inflater), packed, size)
		}
	})
}

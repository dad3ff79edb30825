package viet

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"accents and case", "Phường TÂN THỊNH", "phuong tan thinh"},
		{"decomposed letters", norm.NFD.String("Phường Tân Thịnh"), "phuong tan thinh"},
		{"đ, Đ and the Icelandic letters", "Đồng Ðức đen ðen", "dong duc den den"},
		{"non-breaking, zero-width and line breaks", "Tân\u00a0\u200bThịnh\r\n\tthứ  hai ", "tan thinh thu hai"},
		{"dashes of every kind", "Tài chính – Kế hoạch", "tai chinh ke hoach"},
		{"a dot glued to the next word", "UBND P.Tân Thịnh", "ubnd p tan thinh"},
		{"smart quotes", "“Tốt”", "tot"},
		{"a tick survives", "✓", "✓"},
		{"nothing", " \u200b ", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Fold(c.in); got != c.want {
				t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestFoldTonePutsTheMarkInItsTraditionalPlace(t *testing.T) {
	for in, want := range map[string]string{
		"hoà": "hòa", "thuỷ": "thủy", "khoẻ": "khỏe", "HOÀ": "HÒA", "qúy": "quý", "quý": "quý", "Thuý": "Thúy",
		"toàn": "toàn", "tòan": "toàn",
		"hoài": "hoài", "hòai": "hoài", "nguyễn": "nguyễn", "Nguyển": "Nguyển", "giá": "giá", "gía": "giá", "gì": "gì",
		"gìn": "gìn", "giếng": "giếng",
		"người": "người", "khuỷu": "khuỷu", "mía": "mía", "của": "của", "Huế": "Huế", "oán": "oán", "Thìn": "Thìn",
		"Quán Triều": "Quán Triều", "café": "café",
		"Nguyễn Thị Hoà, Trần Văn Thuỷ": "Nguyễn Thị Hòa, Trần Văn Thủy", "qủa": "quả", "quả": "quả", "ưu": "ưu",
		"hữu": "hữu", "bưởi": "bưởi",
	} {
		if got := FoldTone(in); got != want {
			t.Errorf("FoldTone(%q) = %q, want %q", in, got, want)
		}
		if got := FoldTone(norm.NFD.String(in)); got != want {
			t.Errorf("FoldTone of decomposed %q = %q, want %q", in, got, want)
		}
	}
}

func TestFoldTone_Properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("qugiaâăeêoôơuưydđnh àáảãạếộưữ\u0301\u0323 "))).Draw(t, "s")
		once := FoldTone(s)
		if twice := FoldTone(once); twice != once {
			t.Fatalf("not idempotent: %q then %q then %q", s, once, twice)
		}
		if Fold(once) != Fold(s) {
			t.Fatalf("letters changed: %q became %q", s, once)
		}
	})
}

func TestNameKey(t *testing.T) {
	if a, b := NameKey(" NGUYỄN\u00a0THỊ  HOÀ"), NameKey("Nguyễn Thị Hòa"); a != b {
		t.Errorf("%q and %q should be one name", a, b)
	}
	if NameKey("Hoa") == NameKey("Hòa") {
		t.Error("Hoa and Hòa are two names")
	}
}

func TestTitleCase(t *testing.T) {
	for in, want := range map[string]string{"NGUYỄN VĂN ĐỨC": "Nguyễn Văn Đức", "H'HEN NIÊ": "H'Hen Niê",
		norm.NFD.String("ÁNH"): norm.NFD.String("Ánh")} {
		if got := TitleCase(in); got != want {
			t.Errorf("TitleCase(%q) = %q, want %q", in, got, want)
		}
	}
	if !AllCaps("NGUYỄN VĂN A 2") || AllCaps("Nguyễn") || AllCaps("12") {
		t.Error("AllCaps is wrong")
	}
}

func TestSuggest(t *testing.T) {
	wards := []string{"Tân Thịnh", "Tân Thành", "Tân Lập", "Quán Triều"}
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"Tân Thinhh", []string{"Tân Thịnh", "Tân Thành"}},
		{"Quán Triêu", []string{"Quán Triều"}},
		{"Sở Nội vụ", nil},
		{"", nil},
	} {
		got := Suggest(c.in, wards)
		if len(got) != len(c.want) || len(got) > 0 && got[0] != c.want[0] {
			t.Errorf("Suggest(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"thịnh", "thành", 1}, {"kitten", "sitting", 3}} {
		if got := Distance(c.a, c.b); got != c.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestBareKeepsPunctuation(t *testing.T) {
	for in, want := range map[string]string{
		"Ngày 5/3/1980": "ngay 5/3/1980", "TM. ỦY BAN  NHÂN DÂN": "tm. uy ban nhan dan", "(*) Ghi chú:": "(*) ghi chu:",
		"Đ/c": "d/c", "-": "-", " ": "",
	} {
		if got := Bare(in); got != want {
			t.Errorf("Bare(%q) = %q, want %q", in, got, want)
		}
	}
}

// The table of letters is only a faster way to the same key.
func TestFoldByTheTable(t *testing.T) {
	for r := rune(0); r < tabled+0x400; r++ {
		for _, s := range []string{string(r), "a" + string(r) + "b", string(r) + " Đ" + string(r)} {
			want := foldAny(s)
			if got := Fold(s); got != want {
				t.Fatalf("%q: %q, want %q", s, got, want)
			}
			if got := string(FoldStart(nil, s, 2)); got != want[:min(2, len(want))] {
				t.Fatalf("%q begins with %q, want the start of %q", s, got, want)
			}
		}
	}
}

// A name's key is made word by word, and is what the whole name would give.
func TestNameKeyByItsWords(t *testing.T) {
	pieces := []string{"Hoà", "hòa", "QUÝ", "Ðức", "e", "\u0301", "\u0302", "đ", " ", "  ", "\u00a0", "\u200b", "\n",
		"-", "'", "Thuỷ", "ß", "İ", "\xff"}
	rapid.Check(t, func(t *rapid.T) {
		name := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 9).Draw(t, "name"), "")
		if got, want := string(nameKey(nil, name)), strings.ToLower(FoldTone(FixEth(CleanSpaces(name)))); got != want {
			t.Fatalf("%q: %q, want %q", name, got, want)
		}
	})
}

func TestAlikeIsNineInTen(t *testing.T) {
	shingles := rapid.Custom(func(t *rapid.T) Shingles {
		s := rapid.SliceOfN(rapid.Uint64Range(0, 40), 0, 40).Draw(t, "shingles")
		slices.Sort(s)
		return slices.Compact(s)
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := shingles.Draw(t, "a"), shingles.Draw(t, "b")
		if rapid.Bool().Draw(t, "near") { // others are hardly ever alike
			b = slices.Clone(a)[:len(a)-min(len(a), rapid.IntRange(0, 5).Draw(t, "less"))]
		}
		both := 0
		for _, x := range a {
			if slices.Contains(b, x) {
				both++
			}
		}
		want := len(a) > 0 && len(b) > 0 && 10*both >= 9*(len(a)+len(b)-both)
		if a.Alike(b) != want || b.Alike(a) != want {
			t.Fatalf("%v and %v share %d", a, b, both)
		}
	})
}

package viet

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	smallLetters = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
	sentence     = "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc; Ủy ban nhân dân phường Tân Thịnh"
)

func TestTCVN3_KnownBytes(t *testing.T) {
	for in, want := range map[string]string{
		"µ¸¶·¹": "àáảãạ", "¨¾": "ăắ", "©Ê": "âấ", "®": "đ", "Ì": "è", "Ð": "é", "ªÕ": "êế",
		"NguyÔn V¨n TuÊn": "Nguyễn Văn Tuấn", "Céng hoµ x· héi": "Cộng hoà xã hội", "§éc lËp": "Độc lập",
		"Th¸i Nguyªn":        "Thái Nguyên",
		"chñ nghÜa ViÖt Nam": "chủ nghĩa Việt Nam", "Tù do - H¹nh phóc": "Tự do - Hạnh phúc",
		"ñy ban nh©n d©n ph\u00adêng": "ủy ban nhân dân phường", "bµn, lùa, kü, thø, sÜ": "bàn, lựa, kỹ, thứ, sĩ",
	} {
		if got := FromTCVN3(in, false); got != want {
			t.Errorf("FromTCVN3(%q) = %q, want %q", in, got, want)
		}
	}
	if got := FromTCVN3("NguyÔn v¨n a", true); got != "NGUYỄN VĂN A" {
		t.Errorf("a font of capitals gave %q", got)
	}
}

func TestVNI_KnownPairs(t *testing.T) {
	for in, want := range map[string]string{
		"Nguyeãn Vaên Tuaán": "Nguyễn Văn Tuấn", "Coäng hoøa xaõ hoäi": "Cộng hòa xã hội", "Ñoäc laäp": "Độc lập",
		"Thaùi Nguyeân": "Thái Nguyên",
		"phöôøng":       "phường", "NGUYEÃN": "NGUYỄN", "kyû luaät": "kỷ luật", "chæ só": "chỉ sĩ",
		"Traàn Thò Bình": "Trần Thị Bình", "Leâ Vaên Cöôøng": "Lê Văn Cường", "plain": "plain",
		"ñaëc bieät": "đặc biệt",
	} {
		if got := FromVNI(in); got != want {
			t.Errorf("FromVNI(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestOldEncodingsRoundTrip(t *testing.T) {
	if got := FromTCVN3(ToTCVN3(smallLetters), false); got != smallLetters {
		t.Errorf("TCVN3: %q", got)
	}
	if got := FromVNI(inVNI(smallLetters)); got != smallLetters {
		t.Errorf("VNI small: %q", got)
	}
	capitals := strings.ToUpper(smallLetters)
	if got := FromVNI(inVNI(capitals)); got != capitals {
		t.Errorf("VNI capitals: %q", got)
	}
	if got := FromVNI(inVNI(sentence)); got != sentence {
		t.Errorf("VNI sentence: %q", got)
	}
	for _, r := range inVNI(smallLetters+capitals) + ToTCVN3(smallLetters) {
		if r > 0xFF {
			t.Errorf("%q is no 8-bit letter", r)
		}
	}
}

func TestLegacyFont(t *testing.T) {
	for _, c := range []struct {
		font  string
		enc   Encoding
		upper bool
		ok    bool
	}{
		{".VnTime", TCVN3, false, true},
		{".VnTimeH", TCVN3, true, true},
		{".VnArial NarrowH", TCVN3, true, true},
		{".vntime", TCVN3, false, true},
		{"VNI-Times", VNI, false, true},
		{"Times New Roman", "", false, false},
		{"", "", false, false},
	} {
		if enc, upper, ok := LegacyFont(c.font); enc != c.enc || upper != c.upper || ok != c.ok {
			t.Errorf("LegacyFont(%q) = %v, %v, %v", c.font, enc, upper, ok)
		}
	}
}

func TestDecodeFont(t *testing.T) {
	for _, c := range []struct {
		name, font, in, want string
		changed              bool
	}{
		{"TCVN3 in its font", ".VnTime", "NguyÔn", "Nguyễn", true},
		{"font of capitals", ".VnTimeH", "nguyÔn", "NGUYỄN", true},
		{"VNI in its font", "VNI-Times", "Nguyeãn", "Nguyễn", true},
		{"Unicode typed in an old font", ".VnTime", "Nguyễn", "Nguyễn", false},
		{"decomposed Unicode in an old font", ".VnTime", norm.NFD.String("Hà"), norm.NFD.String("Hà"), false},
		{"a letter TCVN3 does not have", ".VnTime", "Trà", "Trà", false},
		{"another font", "Arial", "NguyÔn", "NguyÔn", false},
		{"plain letters", ".VnTime", "Lan Anh", "Lan Anh", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, changed := DecodeFont(c.font, c.in); got != c.want || changed != c.changed {
				t.Errorf("got %q, %v; want %q, %v", got, changed, c.want, c.changed)
			}
		})
	}
}

func TestLooksLegacy(t *testing.T) {
	for _, good := range []string{"", "Nguyễn Văn Tuấn", "Lan Anh", "Trà", "Hà Lâm", "85,5", "Café Nam", "điểm 1/2 ½",
		"Phòng Tài nguyên & Môi trường", "100 °C"} {
		if LooksTCVN3(good) || LooksVNI(good) {
			t.Errorf("%q is today's Vietnamese", good)
		}
	}
	for _, text := range []string{"Nguyễn Văn Tuấn", "Phường Tân Thịnh", "Trần Thị Bình",
		"Hoàn thành xuất sắc nhiệm vụ", "Ủy ban nhân dân"} {
		if !LooksTCVN3(ToTCVN3(text)) {
			t.Errorf("%q should look like TCVN3", ToTCVN3(text))
		}
		if !LooksVNI(inVNI(text)) {
			t.Errorf("%q should look like VNI", inVNI(text))
		}
	}
}

func TestEverySyllableOfASentenceIsOne(t *testing.T) {
	for _, w := range strings.FieldsFunc(sentence+" giếng quý gì gìn khuỷu nghiêng quyết rượu thuở xoong",
		func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !Syllable(w) {
			t.Errorf("%q should be a syllable", w)
		}
	}
	for _, w := range []string{"NguyÔn", "abc", "str", "tụấn"} {
		if Syllable(w) {
			t.Errorf("%q should be none", w)
		}
	}
}

func FuzzDecoders(f *testing.F) {
	for _, s := range []string{"NguyÔn V¨n TuÊn", "Nguyeãn Vaên Tuaán", sentence, ToTCVN3(sentence), "\xff\xfe", "ôùùù",
		"a\u0301\u0302"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := ToTCVN3(FromTCVN3(s, false))
		if twice := ToTCVN3(FromTCVN3(once, false)); twice != once {
			t.Errorf("TCVN3 of %q: %q then %q", s, once, twice)
		}
		if back := FromVNI(inVNI(FromVNI(s))); !strings.ContainsFunc(s, func(r rune) bool { return r > 0x7F }) &&
			back != s {
			t.Errorf("VNI changed plain %q to %q", s, back)
		}
		LooksTCVN3(s)
		LooksVNI(s)
		if key := Fold(s); Fold(key) != key {
			t.Errorf("Fold of %q is not stable: %q then %q", s, key, Fold(key))
		}
		FoldTone(s)
	})
}

// inVNI writes Vietnamese as VNI in Latin-1 letters.
func inVNI(s string) string {
	var b strings.Builder
	for _, r := range NFC(s) {
		if code, ok := vniCodes[r]; ok {
			b.WriteString(code)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// vniCodes is FromVNI inverted over everything one or two characters can spell.
var vniCodes = func() map[rune]string {
	back := map[rune]string{}
	add := func(code string) {
		if letter := []rune(FromVNI(code)); len(letter) == 1 && letter[0] > 0x7F {
			back[letter[0]] = code
		}
	}
	for code := range vniLetters {
		add(string(code))
	}
	for _, base := range "aeouyôöAEOUYÔÖ" {
		for mark := range vniMarks() {
			if unicode.IsUpper(mark) == unicode.IsUpper(base) {
				add(string(base) + string(mark))
			}
		}
	}
	return back
}()

package viet

import (
	"strings"
	"testing"
)

func TestLegacyFont(t *testing.T) {
	for _, c := range []struct {
		font  string
		enc   Encoding
		upper bool
		ok    bool
	}{
		{".VnTime", TCVN3, false, true},
		{".VnTimeH", TCVN3, true, true},
		{"VNI-Times", VNI, false, true},
		{"Times New Roman", "", false, false},
		{"", "", false, false},
	} {
		if enc, upper, ok := LegacyFont(c.font); enc != c.enc || upper != c.upper || ok != c.ok {
			t.Errorf("LegacyFont(%q) = %v, %v, %v", c.font, enc, upper, ok)
		}
	}
}

func TestTCVN3RoundTrip(t *testing.T) {
	const letters = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
	for _, s := range []string{letters, "Nguyễn Văn Dũng", "Đặng Thị Ước", "Ủy ban"} {
		want := s
		if s == "Ủy ban" {
			want = "ủy ban" // TCVN3 has no such capital
		}
		if got := FromTCVN3(ToTCVN3(s), false); got != want {
			t.Errorf("%q came back as %q", s, got)
		}
	}
	if got := FromTCVN3("NguyÔn V¨n Dòng", true); got != "NGUYỄN VĂN DŨNG" {
		t.Errorf("capital font: %q", got)
	}
}

func TestFromVNI(t *testing.T) {
	for in, want := range map[string]string{
		"Nguyeãn Vaên Duõng": "Nguyễn Văn Dũng",
		"Traàn Thò Bình":     "Trần Thị Bình",
		"Ñaëng Thöôïng":      "Đặng Thượng",
		"Leâ Vaên Cöôøng":    "Lê Văn Cường",
		"plain":              "plain",
	} {
		if got := FromVNI(in); got != want {
			t.Errorf("FromVNI(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLooksTCVN3(t *testing.T) {
	for in, want := range map[string]bool{
		"NguyÔn V¨n Dòng": true, "TrÇn ThÞ B×nh": true, "Nguyễn Văn Dũng": false, "Hà Nội": false, "An": false,
		"Lê Thị Lan": false, "điểm 1/2 ½": false, "Phan Thanh Hà": false,
	} {
		if got := LooksTCVN3(in); got != want {
			t.Errorf("LooksTCVN3(%q) = %v", in, got)
		}
	}
}

func FuzzLegacy(f *testing.F) {
	f.Add("NguyÔn V¨n Dòng")
	f.Add("Nguyeãn Vaên Duõng")
	f.Add("\xff\xfe")
	f.Fuzz(func(t *testing.T, s string) {
		_ = LooksTCVN3(s)
		for _, e := range []Encoding{TCVN3, VNI} {
			if got := e.Decode(s, false); len(got) > 4*len(s)+8 && !strings.ContainsRune(s, '\uFFFD') {
				t.Errorf("%s: %d bytes became %d", e, len(s), len(got))
			}
		}
	})
}

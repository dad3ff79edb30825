package person

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Every way of writing on a line is one person; the lines are different people.
func TestKeyIsOnePersonsHoweverWritten(t *testing.T) {
	people := [][]string{
		{"Lý Hải Hằng", "Bà Lý Hải Hằng", "LÝ HẢI HẰNG", "lý hải hằng", "Lí Hải Hằng", "Bà: Lý  Hải Hằng",
			"Đ/c Lý Hải Hằng.",
			"1. Lý Hải Hằng", "02) Lý Hải Hằng", "3- Lý Hải Hằng", "(4) Lý Hải Hằng", "5/ Lý Hải Hằng", "6 Lý Hải Hằng",
			"a) Lý Hải Hằng", "- Lý Hải Hằng", "• Lý Hải Hằng", "II. Lý Hải Hằng", "1. Bà ThS. Lý Hải Hằng (PCT)",
			"Lý Hải Hằng - Công chức VHXH", "Lý Hải Hằng, Phó Chủ tịch UBND phường", "Lý Hải Hằng (CT UBND)",
			"Lý Hải Hằng;",
			"Lý Hải Hằng ,", "CT Lý Hải Hằng", "Chủ tịch UBND phường: Lý Hải Hằng", "Phó Trưởng phòng Lý Hải Hằng",
			"Thạc sĩ Lý Hải Hằng", "Th.S. Lý Hải Hằng", "Đồng chí Cử nhân Lý Hải Hằng",
			"L\u00fd Ha\u0309i Ha\u0306\u0300ng", "Lý\u00a0Hải Hằng", "Lý Hải\nHằng", "Lý Hải Hằng – VHXH",
			"Lý Hải Hằng (nữ)"},
		{"Lý Hải Hàng"},
		{"Nguyễn Thị Hoà", "Nguyễn Thị Hòa", "NGUYỄN THỊ HOÀ", "nguyễn thị hoà"},
		{"Nguyễn Thị Hoa"},
		{"Đỗ Văn Nam", "Ðỗ Văn Nam", "Đỗ V¨n Nam", "§ç V¨n Nam"},
		{"Đỗ Văn Năm"},
		{"H'Hen Niê", "H’Hen Niê", "HʼHen Niê", "H`Hen Niê", "H' Hen Niê", "H Hen Niê", "H’HEN NIÊ", "Bà H'Hen Niê"},
		{"K'Brếu", "K’ Brếu", "K' Brếu", "Ông K'Brếu"},
		{"Ông Thị Hường", "Bà Ông Thị Hường", "Bà. Ông Thị Hường", "1. Ông Thị Hường"},
		{"Ông Cao Hằng", "Bà Ông Cao Hằng"},
		{"Phạm Ngọc Quý", "Phạm Ngọc Quí", "Phạm Ngọc Qúy"},
		{"Trần Thị Thúy", "Trần Thị Thuý"},
		{"Trần Thị Thủy", "Trần Thị Thuỷ", "Trần Thị Thu\u0309y"},
		{"Nguyễn Lê-Na", "Nguyễn Lê Na", "Nguyễn Lê - Na"},
		{"Nguyễn Hữu Lâm", "Nguyá»…n Há»¯u LÃ¢m", "Nguye^~n Hu+~u La^m", "Nguyeenx Huwux Laam", "Nguye6n4 Hu7u4 La6m",
			"Nguy&#7877;n H&#7919;u L&acirc;m", "Nguyeãn Höõu Laâm", "NguyÔn H÷u L©m"},
		{"Nguyễn Văn Hùng (A)"},
		{"Nguyễn Văn Hùng (B)"},
		{"Y Thông"}, {"Thạch"}, {"Rơ Ô H'Yêm"}, {"Ñô̆m Byă"}, {"Y Ƀhiu Čil"},
	}
	of := map[string]int{}
	for i, ways := range people {
		for _, w := range ways {
			k := Key(w)
			if j, taken := of[k]; taken && j != i {
				t.Errorf("%q has the key %q, which is that of %q", w, k, people[j][0])
			}
			of[k] = i
			if want := Key(ways[0]); k != want {
				t.Errorf("Key(%q) = %q, want %q as of %q", w, k, want, ways[0])
			}
		}
	}
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		text, address, want string
		unsure              bool
	}{
		{"Bà Lý Hải Hằng", "", "Lý Hải Hằng", false},
		{"Bà Lý Hải Hằng", Ba, "Lý Hải Hằng", false},
		{"Ông Cao Hằng", Ba, "Ông Cao Hằng", false},   // the row says that she is a woman
		{"Ông Cao Hằng", Ong, "Cao Hằng", false},      // and here it says what the word does
		{"Ông Cao Hằng", "", "Cao Hằng", false},       // Cao is a family name
		{"Ông Thị Hường", "", "Ông Thị Hường", false}, // Thị is none
		{"Ông Thị Bà", "", "Ông Thị Bà", false},
		{"Bà Văn Ông", "", "Bà Văn Ông", true},
		{"Bà Văn Ông", Ong, "Bà Văn Ông", false},
		{"Ông Ích Khiêm", "", "Ông Ích Khiêm", false},
		{"Ông Ích", "", "Ông Ích", false},
		{"Ông", "", "Ông", false},
		{"Bà Ông Thị Hường", Ba, "Ông Thị Hường", false},
		{"Ông: Cao Hằng", Ba, "Cao Hằng", false}, // nobody writes a colon behind a family name
		{"Ông Nguyễn Thị Hằng", Ba, "Nguyễn Thị Hằng", true},
		{"Ông K'Brếu", "", "K'Brếu", false},
		{"Bà Y Thông", Ba, "Y Thông", false},
		{"Bà Ksor H Bia", "", "Ksor H Bia", false},
		{"Đ/c Lê Văn C", "", "Lê Văn C", false},
		{"ThS.Phạm D E", "", "Phạm D E", false},
		{"PGS.TS. Phạm D E", "", "Phạm D E", false},
		{"Bà BS. Hoàng Thị G", "", "Hoàng Thị G", false},
		{"Thiếu uý Vũ Văn H", "", "Vũ Văn H", false},
		{"Ông (bà) Vũ Văn H", "", "Vũ Văn H", false},
		{"Bàng Văn Hai", "", "Bàng Văn Hai", false},
		{"Ba Thị Hai", "", "Ba Thị Hai", false},
		{"Chu Văn Long - Công chức VHXH", "", "Chu Văn Long", false},
		{"Nguyễn Hữu Lâm (PCT)", "", "Nguyễn Hữu Lâm", false},
		{"Lương Thị Mai, công chức ĐC-XD", "", "Lương Thị Mai", false},
		{"CT Nguyễn Đình Bảo", "", "Nguyễn Đình Bảo", false},
		{"LÊ VĂN TÀI - Công chức Tư pháp", "", "LÊ VĂN TÀI", false},
		{"TƯ VĂN HÀNH (PCT)", "", "TƯ VĂN HÀNH", false},
		{"Nguyễn Lê-Na", "", "Nguyễn Lê-Na", false},
		{"Nguyễn Văn An - Trần Thị Bình", "", "Nguyễn Văn An - Trần Thị Bình", false},
		{"Nguyễn Văn Hùng (A)", "", "Nguyễn Văn Hùng (A)", false},
		{"Công Tằng Tôn Nữ Thị Như Quỳnh Mai", "", "Công Tằng Tôn Nữ Thị Như Quỳnh Mai", false},
		{"Phó Đức Phương", "", "Phó Đức Phương", false},
		{"Trưởng Thị Lan", "", "Trưởng Thị Lan", false},
		{"Cán Văn Bộ", "", "Cán Văn Bộ", false},
		{"An Văn Phòng", "", "An Văn Phòng", false},
		{"Nguyễn Văn Phòng", "", "Nguyễn Văn Phòng", false},
		{"", "", "", false},
		{"1", "", "1", false},
		{"...", "", "", false},
	} {
		if n := Read(c.text, c.address); n.Text != c.want || n.Unsure != c.unsure {
			t.Errorf("Read(%q, %q) = %q, unsure %v; want %q, %v", c.text, c.address, n.Text, n.Unsure, c.want, c.unsure)
		}
	}
}

func TestLook(t *testing.T) {
	for want, names := range map[Fault][]string{
		Fine: {"Trần Thị Bình", "H'Hen Niê", "H’Hen Niê", "K'Brếu", "K’ Brếu", "Y Thông", "Rơ Ô H'Yêm", "Thạch",
			"Lâm Thị Sa Rinh",
			"Công Tằng Tôn Nữ Thị Như Quỳnh Mai", "Nguyễn Lê-Na", "Nguyễn Văn A", "Nguyễn Thị Y", "Ksor H Bia",
			"Giàng A Páo",
			"Lý A", "Điểu K'Rứt", "Siu H'Wer", "Kră Jăn Đick", "Ñô̆m Byă", "H'Wê̆n Niê Kdăm", "Y Ƀhiu Čil",
			"Zơ Râm Thị Nhung",
			"Hà Thanh", "Ma Lan", "Y Bhă Êban", "Rahlan H Nhung", "Rcom Sa Duyên", "Hoàng Phủ Ngọc Tường",
			"Phó Đức Phương"},
		Partial: {"Hoà", "Y", "Nguyen Van An", "Tran Thi B", "Nguyễn Văn An, Bình", "Nguyễn V. An",
			"Nguyễn Văn Hùng (A)",
			"Nguyễn Văn 5", "Nguyễn Văn An - Trần Thị Bình", "Chủ tịch UBND phường", "tổ 3"},
		Garbled: {"Đỗ V¨n Nam", "Nguyễn Hữu L©m", "Hµ Thị Lan", "Lª Đình Bảo", "Nguyá»…n Há»¯u LÃ¢m", "Nguy?n Đình B?o",
			"Chu Va(n Long", "Nguye^~n Hu+~u La^m", "NguyÔn V¨n An", "Nguyeãn Vaên An", "Nguye6n4 Va8n An",
			"Nguy�n Văn An",
			"Nguy&#7877;n An"},
	} {
		for _, name := range names {
			if got := Look(name); got != want {
				t.Errorf("Look(%q) = %v, want %v", name, got, want)
			}
		}
	}
}

func TestMeant(t *testing.T) {
	for name, want := range map[string]string{
		"Đỗ V¨n Nam":                "Đỗ Văn Nam",
		"Nguyễn Hữu L©m":            "Nguyễn Hữu Lâm",
		"Hµ Thị Lan":                "Hà Thị Lan",
		"Lª Đình Bảo":               "Lê Đình Bảo",
		"NguyÔn ThÞ HuÖ":            "Nguyễn Thị Huệ",
		"Nguyeãn Vaên Höõu":         "Nguyễn Văn Hữu",
		"Nguyá»…n Há»¯u LÃ¢m":       "Nguyễn Hữu Lâm",
		"Tráº§n Thá»‹ BÃ¬nh":        "Trần Thị Bình",
		"Chu Va(n Long":             "Chu Văn Long",
		"Nguye^~n Hu+~u La^m":       "Nguyễn Hữu Lâm",
		"DDi.nh Thi. DDa`o":         "Định Thị Đào",
		"Nguyeenx Vawn Huwngf":      "Nguyễn Văn Hừng",
		"Nguye6n4 Va8n D9u7c1":      "Nguyễn Văn Đức",
		"Nguy&#7877;n V&#259;n An":  "Nguyễn Văn An",
		"Nguy?n Đình B?o":           "", // what was lost is lost
		"H'Hen Niê":                 "",
		"Ksor Hơ Bia":               "",
		"Niê Kdăm":                  "",
		"Sa Rinh":                   "",
		"Trần Thị Bình":             "",
		"Nguyễn Văn Hùng (A)":       "",
		"<script>alert(1)</script>": "",
	} {
		if got := Meant(name); got != want {
			t.Errorf("Meant(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestCased(t *testing.T) {
	for name, want := range map[string]string{
		"lý hải hằng": "Lý Hải Hằng", "LÝ HẢI HẰNG": "Lý Hải Hằng", "Lý hải Hằng": "Lý Hải Hằng",
		"lÝ hẢI hẰNG": "Lý Hải Hằng",
		"H'HEN NIÊ":   "H'Hen Niê", "h’hen niê": "H’Hen Niê", "NGuyễn Văn An": "Nguyễn Văn An",
		"Nguyễn Lê-na":     "Nguyễn Lê-Na",
		"Nguyễn Văn An II": "Nguyễn Văn An II", "Đỗ Văn Nam": "Đỗ Văn Nam", "rơ ô h'yêm": "Rơ Ô H'Yêm",
	} {
		if got := Cased(name); got != want {
			t.Errorf("Cased(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestNear(t *testing.T) {
	list := []string{"Nguyễn Hữu Lâm", "Lương Thị Mai", "Bà Trần Thị Hồng Nhung", "UBND phường Tân Thịnh"}
	for name, want := range map[string][]string{
		"Nguyễn Hữu Lam":         {"Nguyễn Hữu Lâm"},
		"Nguyễn Hữu Lâmm":        {"Nguyễn Hữu Lâm"},
		"Lương Thị Mơ":           {"Lương Thị Mai"},
		"1. Trần Thị Hồng Nhunh": {"Bà Trần Thị Hồng Nhung"},
		"Hoàng Văn Thụ":          nil,
		"Lương Thị Mai":          nil, // the same, not near
	} {
		if got := Near(name, list); !slices.Equal(got, want) {
			t.Errorf("Near(%q) = %q, want %q", name, got, want)
		}
	}
}

// Whatever people type, what Read makes of it is the same person, a key stands for itself, and
// nothing goes wrong.
func TestKeyOfWhatWasReadIsTheKey(t *testing.T) {
	words := rapid.SampledFrom([]string{"Ông", "Bà", "Nguyễn", "Thị", "Văn", "Hường", "Lý", "H'Hen", "K’", "Brếu",
		"CT", "PCT", "-",
		"(PCT)", "1.", "2)", "Công", "chức", "UBND", ",", ":", "Đ/c", "ThS.", "Cao", "V¨n", "Va(n", "(A)", "HOÀ",
		"hòa", "Quý"})
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		for _, w := range rapid.SliceOfN(words, 0, 7).Draw(t, "words") {
			text += w + " "
		}
		strange := rapid.Bool().Draw(t, "strange") // letters whose capitals are those of others
		if strange {
			text += rapid.String().Draw(t, "tail")
		}
		address := rapid.SampledFrom([]string{"", Ong, Ba}).Draw(t, "address")
		key := Key(text)
		n := Read(text, address)
		if got := Key(n.Text); got != key {
			t.Errorf("Key(%q) = %q, of what Read makes of it (%q) %q", text, key, n.Text, got)
		}
		if got := Key(Cased(n.Text)); got != key && !strange && Look(n.Text) == Fine {
			t.Errorf("Key(%q) = %q, of its capitals %q", n.Text, key, got)
		}
		if again := Read(n.Text, address); again.Text != n.Text {
			t.Errorf("Read(%q) = %q, of that %q", text, n.Text, again.Text)
		}
		Look(n.Text)
		Meant(text)
	})
}

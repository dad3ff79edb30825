package person

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"thidua/templates/viet"
)

// Offices write behind a name, or before it, what somebody is: "Chu Văn Long - Công chức VHXH",
// "Nguyễn Hữu Lâm (PCT)", "CT Nguyễn Đình Bảo". A position is known by the words it begins with, or
// by being made of nothing but abbreviations.

// posts are what positions begin with, as viet.NameKey writes them, by their number of words.
var posts = func() (by [5]map[string]bool) {
	for n := range by {
		by[n] = map[string]bool{}
	}
	for _, p := range []string{
		"chủ tịch", "phó chủ tịch", "ct", "pct", "bí thư", "phó bí thư", "bt", "pbt", "thường trực", "ủy viên", "uv",
		"trưởng phòng", "phó trưởng phòng", "phó phòng", "tp", "ptp", "trưởng ban", "phó trưởng ban", "phó ban",
		"giám đốc", "phó giám đốc", "gđ", "pgđ", "hiệu trưởng", "phó hiệu trưởng", "ht", "pht", "trưởng trạm",
		"chánh văn phòng", "phó chánh văn phòng", "cvp", "pcvp", "chánh thanh tra", "trưởng đơn vị", "thủ trưởng",
		"đội trưởng", "phó đội trưởng", "đội phó", "tổ trưởng", "tổ phó", "chỉ huy trưởng", "chỉ huy phó",
		"trưởng công an", "chi cục trưởng", "trưởng đội", "trưởng khoa", "viện trưởng", "chánh án", "chi đội trưởng",
		"công chức", "viên chức", "cán bộ", "cc", "vc", "cb", "cbcc", "ccvc", "chuyên viên", "cv", "nhân viên", "nv",
		"văn thư", "kế toán", "thủ quỹ", "giáo viên", "gv", "y tá", "điều dưỡng", "lái xe", "bảo vệ", "tạp vụ",
		"hộ tịch", "địa chính", "thanh tra viên", "phụ trách", "quyền trưởng", "nguyên chủ tịch", "người đứng đầu",
	} {
		by[strings.Count(p, " ")+1][viet.NameKey(p)] = true
	}
	return by
}()

// places are words of the offices and fields that stand behind the beginning of a position.
var places = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(
		`ubnd hđnd ubmttq mttq uỷ ủy ban nhân dân hội đồng phường xã thị trấn tt p x thành phố
		tp đảng đu btv btvđu phòng ban sở ngành đội trạm trung tâm văn vp tk thống kê vhxh vh xh đcxd đc xd tcnm ktxh
		hóa tài chính tư pháp địa xây dựng hành tổng hợp nội vụ một cửa cchc kt đoàn thanh niên phụ nữ nông cựu chiến
		binh tc cnn tpht`) {
		out[viet.NameKey(w)] = true
	}
	return out
}()

// post returns how many of the first words of a text are the beginning of a position.
func post(words []string) int {
	for n := min(len(words), len(posts)-1); n > 0; n-- {
		if posts[n][viet.NameKey(strings.Join(words[:n], " "))] {
			return n
		}
	}
	return 0
}

// isPosition reports whether a text says what somebody is.
func isPosition(s string) bool {
	words := strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("-–/,.&;",
			r)
	})
	if len(words) == 0 {
		return false
	}
	if post(words) > 0 || viet.NameKey(words[0]) == "phó" || viet.NameKey(words[0]) == "trưởng" {
		return true
	}
	short := true
	for _, w := range words {
		if k := viet.NameKey(w); k == "phường" || k == "xã" || places[k] && viet.AllCaps(w) && !syllable(w) {
			return true
		}
		n := utf8.RuneCountInString(w)
		short = short && n >= 2 && n <= 6 && viet.AllCaps(w) && !syllable(w) &&
			!strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
	}
	return short
}

// isWhole reports whether a text looks like the whole name of somebody: a family name and more.
func isWhole(s string) bool {
	words := strings.Fields(s)
	return len(words) >= 2 && len(words) <= 8 && families[viet.NameKey(words[0])] && post(words) == 0 &&
		!slices.ContainsFunc(words, func(w string) bool { return viet.AllCaps(w) && !syllable(w) && len(w) > 1 })
}

var (
	brackets  = regexp.MustCompile(`^(.*?)\s*[(\[{]([^()\[\]{}]*)[)\]}]?$`)
	between   = regexp.MustCompile(`\s+[-–—]+\s*|\s*[-–—]+\s+|\s*[,;:|]\s*|\s+/\s+`)
	afterSign = regexp.MustCompile(`^(.*?)(?:\s*:\s*|\s+[-–—]\s*|\s*,\s*)(.+)$`)
)

// positionBehind splits a position, or another remark in brackets, from the name before it. Letters
// and years in brackets tell namesakes apart and stay.
func positionBehind(s string) (position, name string) {
	if m := brackets.FindStringSubmatch(s); m != nil && m[1] != "" {
		inside := strings.TrimSpace(m[2])
		if strings.ContainsFunc(inside, unicode.IsDigit) || inside != "" && utf8.RuneCountInString(inside) < 2 ||
			isWhole(inside) {
			return "", s
		}
		if isPosition(inside) || isRemark(inside) || inside == "" {
			return s[len(m[1]):], m[1]
		}
		return "", s
	}
	for _, at := range between.FindAllStringIndex(s, -1) {
		name, behind := s[:at[0]], s[at[1]:]
		if name != "" && isPosition(behind) && !isPosition(name) && !isWhole(behind) {
			return strings.TrimSpace(behind), name
		}
	}
	return "", s
}

// isRemark tells what is written in brackets behind a name and is not of it.
func isRemark(s string) bool {
	switch viet.NameKey(s) {
	case "nam", "nữ", "ông", "bà", "đảng viên", "mới", "hđ", "hợp đồng":
		return true
	}
	return false
}

// positionBefore splits a position from the name behind it, which must be plain to see: a whole
// name behind a sign, or one that begins with a family name right behind the words of an office.
func positionBefore(s string) (position, name string) {
	words := strings.Fields(s)
	n := post(words)
	if n == 0 {
		return "", s
	}
	if m := afterSign.FindStringSubmatch(s); m != nil && isWhole(m[2]) {
		return m[1], m[2]
	}
	for n < len(words) && places[viet.NameKey(strings.Trim(words[n], ".,:-"))] && !isWhole(strings.Join(words[n:],
		" ")) {
		n++
	}
	if rest := strings.Join(words[n:], " "); isWhole(rest) {
		return strings.Join(words[:n], " "), rest
	}
	return "", s
}

// Several reports whether a cell names more than one person: names on lines of their own or between
// signs, none of which is somebody's position. A hyphen may stand within a name, so that there both
// sides must be whole names.
func Several(text string) bool {
	for _, sign := range []string{"\n", ";", ",", " và ", "&", " - ", " – ", "/", "+"} {
		if !strings.Contains(text, sign) {
			continue
		}
		n, strict := 0, strings.ContainsAny(sign, "-–/+")
		for part := range strings.SplitSeq(text, sign) {
			name := Read(part, "").Text
			if strings.Contains(name, " ") && !isPosition(name) && (!strict || isWhole(name)) {
				n++
			}
		}
		if n > 1 {
			return true
		}
	}
	return false
}

package person

import (
	"strings"
	"unicode/utf8"

	"thidua/templates/viet"
)

// families are family names in use in Vietnam, as viet.NameKey writes them. They only say what a
// name may begin with, where that decides whether the word before is a title or a position.
var families = func() map[string]bool {
	out := map[string]bool{}
	for _, f := range strings.Fields(`nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý lí đào
		đoàn vương trịnh trương đinh lâm phùng mai tô hà tạ lương đàm chu châu cao quách thái tống triệu la nông hứa
		bế lục lộc vi chử cung doãn đồng đường giang giáp hạ hàn hồng hùng kiều kim khổng khuất khúc khương lã lại lò
		lữ lưu lường ma mạc mã mạnh mẫn nghiêm nghị ngụy nhâm nhữ ninh ông phí phó phương quan quản sầm sùng sơn
		tăng tôn thạch thân thào thẩm thi thiều tiêu từ tưởng trang tri trà trâu trưng ung uông ứng viên vừ xa
		giàng vàng vang hạng hảng lầu cầm quàng tòng cà bạc điêu điểu siu rơ ksor niê kpă rahlan rcom nay mlô kbuôr
		hmok byă êban eban danh chau hầu tráng cứ cháng chảo tẩn phàn bàn lù lèng sần sìn cụt moong
		xồng lỳ mùa chang giống thò pờ tao cút y k h a ban bàng bạch biện cấn chế chung chúc cù diệp diêm dư đái đậu
		đèo đổng đới hầu hoa kha kiên lều long lỗ ngọ nhan nhạc ngạc ô phù quang sái tào tất thang thích thường tiết
		tòng trác trì trầm âu ấu an bao bá cai cát công đan đôn đống lan lao lăng lũ lung mông na nùng ngân ninh
		phú phùng quảng sử tái tan thoòng tằng vạn viêng vòng voòng chíu sằm chướng nình phoong lỷ`) {
		out[viet.NameKey(f)] = true
	}
	return out
}()

// middles are the words that stand between family and given name and are hardly ever the first.
var middles = map[string]bool{"thị": true, "văn": true}

// either returns which of Ông and Bà a title is that may be a family name as well: the bare word,
// with no sign after it.
func either(title string) string {
	switch viet.NameKey(strings.TrimRight(title, " ")) {
	case "ông":
		return Ong
	case "bà":
		return Ba
	}
	return ""
}

// isFamily decides whether Ông or Bà before the rest of a name is the family name. unsure says that
// the row contradicts a title before what is a whole name, or that the rest may be one or not.
func isFamily(which, rest, address string) (family, unsure bool) {
	words := strings.Fields(viet.NameKey(rest))
	first := words[0]
	foreign := strings.ContainsFunc(rest, isApostrophe) || !syllable(first) || utf8.RuneCountInString(first) == 1
	second := ""
	if len(words) > 1 {
		second = words[1]
	}
	switch {
	case len(words) == 1:
		return !foreign, false
	case first == "thị", first == "văn" && address != "" && address != which:
		return true, false
	case first == "văn":
		return true, true
	case address != "" && address != which:
		if middles[second] { // a whole name of two words or more, with the other's address before it
			return false, true
		}
		return true, false
	case foreign, families[first], middles[second]:
		return false, false
	case len(words) == 2: // Ông Ích Khiêm
		return true, false
	}
	return true, address == ""
}

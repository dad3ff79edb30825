package reports

import (
	"fmt"
	"strings"
	"testing"

	"thidua/templates/wording"
)

// However much there is to say, a letter stays readable, and says how much it leaves out.
func TestALetterIsNoLongerThanAPersonCanRead(t *testing.T) {
	row := func(i int) []string {
		return []string{fmt.Sprint(i + 1), "CÁ NHÂN, ô C" + fmt.Sprint(i), strings.Repeat("Đề nghị ", 60)}
	}
	rows := func(n int) (all [][]string) {
		for i := range n {
			all = append(all, row(i))
		}
		return all
	}
	heads := []string{"STT", "Vị trí", "Cách sửa"}
	for name, write := range map[string]func(*body){
		"one long list": func(b *body) { b.table(heads, rows(1000), nil) },
		"many lists": func(b *body) {
			for range 200 {
				b.heading("Trang")
				b.table(heads, rows(20), nil)
			}
		},
		"many paragraphs": func(b *body) {
			for range 500 {
				b.para(strings.Repeat("đoạn văn ", 100))
			}
		},
	} {
		var b body
		b.title("Kết quả")
		write(&b)
		b.fit(wording.Words{})
		if n := b.size(); n > 300<<10 || n < 100<<10 {
			t.Errorf("%s: %d KB", name, n>>10)
		}
		if text := b.text(); !strings.Contains(text, "nữa") || !strings.Contains(text, "KẾT QUẢ") {
			t.Errorf("%s: nothing is said of what is left out", name)
		}
	}
	var b body
	b.table(heads, rows(20), nil)
	before := b.text()
	if b.fit(wording.Words{}); b.text() != before {
		t.Error("a short letter is changed")
	}
	var one body
	one.table(heads, rows(1000), nil)
	one.fit(wording.Words{})
	left := len(one.blocks[0].rows)
	if !strings.Contains(one.text(), fmt.Sprintf("còn %d dòng", 1000-left)) {
		t.Errorf("%d lines are left, and it says: %s", left, one.blocks[1].text)
	}
}

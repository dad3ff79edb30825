package letter

import (
	"fmt"
	"strings"
	"testing"

	"thidua/templates/wording"
)

// However much there is to say, a letter stays readable, and says how much it leaves out.
func TestALetterIsNoLongerThanAPersonCanRead(t *testing.T) {
	if testing.Short() {
		t.Skip("short: composes very long letters")
	}
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
	for name, write := range map[string]func(*Body){
		"one long list": func(b *Body) { b.Table(heads, rows(1000), nil) },
		"many lists": func(b *Body) {
			for range 200 {
				b.Heading("Trang")
				b.Table(heads, rows(20), nil)
			}
		},
		"many paragraphs": func(b *Body) {
			for range 500 {
				b.Para(strings.Repeat("đoạn văn ", 100))
			}
		},
	} {
		var b Body
		b.Title("Kết quả")
		write(&b)
		b.Fit(wording.Words{})
		if n := b.size(); n > 300<<10 || n < 100<<10 {
			t.Errorf("%s: %d KB", name, n>>10)
		}
		if text := b.Text(); !strings.Contains(text, "nữa") || !strings.Contains(text, "KẾT QUẢ") {
			t.Errorf("%s: nothing is said of what is left out", name)
		}
	}
	var b Body
	b.Table(heads, rows(20), nil)
	before := b.Text()
	if b.Fit(wording.Words{}); b.Text() != before {
		t.Error("a short letter is changed")
	}
	var one Body
	one.Table(heads, rows(1000), nil)
	one.Fit(wording.Words{})
	left := len(one.blocks[0].rows)
	if !strings.Contains(one.Text(), fmt.Sprintf("còn %d dòng", 1000-left)) {
		t.Errorf("%d lines are left, and it says: %s", left, one.blocks[1].text)
	}
}

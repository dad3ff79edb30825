package hostile

import (
	"fmt"
	"strings"
)

// heavy are sound workbooks, within every limit of a reader of cells, that make much work for
// whoever looks for forms in them.
func heavy() []File {
	titles := []string{"Họ và tên", "Ngày, tháng, năm sinh", "Giới tính", "Chức vụ, chức danh", "Bộ phận công tác",
		"Đối tượng", "Nội dung, sáng kiến, giải pháp đăng ký",
		"Hình thức khen thưởng đăng ký", "Ghi chú"}
	inline := func(col, row int, text string) string {
		return fmt.Sprintf(`<c r="%s%d" t="inlineStr"><is><t>%s</t></is></c>`, column(col), row, text)
	}
	head := `<row r="1">` + inline(1, 1, "STT")
	for i, title := range titles {
		head += inline(i+2, 1, title)
	}
	head += `</row>`
	wrong := func(rows int) string {
		return each(rows, func(r int) string {
			var s strings.Builder
			fmt.Fprintf(&s, `<row r="%d">`, r+1)
			for i := range titles {
				s.WriteString(inline(i+2, r+1, fmt.Sprintf("không rõ %d %s", r, titles[i])))
			}
			return s.String() + `</row>`
		})
	}
	// Texts of the length of headers that are no headers: letters of the alphabet turned by row and
	// column.
	near := func(row, col int) string {
		r := []rune(titles[(row+col)%len(titles)])
		for i := range 4 {
			at := (row*7 + col*3 + i*5) % len(r)
			r[at] = rune('a' + (row+col+i)%26)
		}
		return strings.NewReplacer("&", "n", "<", "n").Replace(string(r))
	}
	merges := deflatedEntry(sheetName, sheetHead+head+wrong(15_000)+`</sheetData><mergeCells>`+
		each(9_999, func(i int) string { return fmt.Sprintf(`<mergeCell ref="K%d:M%d"/>`, i+1, i+2) })+
		`</mergeCells></worksheet>`)
	// stamped is a workbook that says it is a registration, as ours do.
	stamped := func(sheet entry) []byte {
		return book(sheet, deflatedEntry("docProps/custom.xml", `<Properties `+
			`xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" `+
			`xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property `+
			`fmtid="{0}" pid="2" `+
			`name="thidua.form"><vt:lpwstr>dang-ky/1/2018/05452</vt:lpwstr></property></Properties>`),
			deflatedEntry("_rels/.rels", `<Relationships xmlns="`+relsNS+`"><Relationship Id="rId1" Type="`+refNS+
				`/officeDocument" Target="xl/workbook.xml"/>`+
				`<Relationship Id="rId2" Type="`+refNS+
				`/custom-properties" Target="docProps/custom.xml"/></Relationships>`))
	}
	quoted := each(500, func(r int) string {
		var s strings.Builder
		fmt.Fprintf(&s, `<row r="%d">`, r+1)
		for i := range titles {
			s.WriteString(inline(i+2, r+1, strings.Repeat(fmt.Sprintf("không rõ %d ", i), 170)))
		}
		return s.String() + `</row>`
	})
	return []File{
		{"quoted-cells.xlsx", "500 rows of cells of 2,000 characters, every one of which is wrong and may be quoted",
			stamped(sheet(head + quoted))},
		{"wrong-values.xlsx", "19,000 rows of a list, every value of them wrong", stamped(sheet(head + wrong(19_000)))},
		{"near-headers.xlsx", "195 rows of 1,000 texts that are nearly headers",
			book(sheet(each(195, func(r int) string {
				var s strings.Builder
				fmt.Fprintf(&s, `<row r="%d">`, r)
				for c := 1; c <= 1000; c++ {
					s.WriteString(inline(c, r, near(r, c)))
				}
				return s.String() + `</row>`
			})))},
		{"merges-and-rows.xlsx", "15,000 rows beside 9,999 merged ranges", stamped(merges)},
	}
}

// column writes a column's letters.
func column(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}

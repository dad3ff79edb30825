// Package documenttest holds documents that every renderer is tested with: realistic papers of
// fictional people, large ones, and random ones. It is linked by tests only.
package documenttest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	d "thidua/reports/document"
)

var date = time.Date(2020, 2, 5, 8, 0, 0, 0, time.FixedZone("", 7*3600))

const quotaNote = "Chỉ tiêu theo Kế hoạch: 02 tập thể"

// Rows are the rows of a table as they are printed.
func Rows(t d.Table) []d.PlacedRow {
	var out []d.PlacedRow
	for _, row := range t.Placed() {
		row.Cells = slices.Clone(row.Cells)
		out = append(out, row)
	}
	return out
}

// Minutes is a council's draft minutes with every block such a paper uses.
func Minutes() d.Document {
	roster := d.Table{
		Columns: []d.Column{
			{Title: "STT", Weight: 0.6, Align: d.Center, Kind: d.KindNumber},
			{Title: "Họ và tên", Weight: 2.4},
			{Title: "Chức vụ", Weight: 2.6},
			{Title: "Chức danh trong Hội đồng", Weight: 2},
			{Title: "Có mặt", Weight: 1, Align: d.Center, Group: "Dự họp"},
			{Title: "Vắng (lý do)", Weight: 1.4, Group: "Dự họp"},
		},
		Rows: []d.Row{
			d.R(d.I(1), d.T("Dương Quốc Thịnh"), d.T("Phó Chủ tịch UBND thành phố"), d.T("Chủ tịch Hội đồng")),
			d.R(d.I(2), d.T("Hà Thị Minh Nguyệt"), d.T("Trưởng phòng Nội vụ"), d.T("Phó Chủ tịch thường trực")),
			d.R(d.I(3), d.T("Lý Văn Đoàn"), d.T("Chánh Văn phòng HĐND và UBND thành phố"), d.T("Ủy viên")),
			d.R(d.I(4), d.T("Nguyễn Thị Thu Hiền"), d.T("Chuyên viên phòng Nội vụ"), d.T("Ủy viên, thư ký")),
		},
	}
	board := d.Table{
		Caption: "Bảng 1. Thứ tự đề xuất khối Ủy ban nhân dân xã, phường",
		Columns: []d.Column{
			{Title: "TT", Weight: 0.6, Align: d.Center, Kind: d.KindNumber},
			{Title: "Tên tập thể", Weight: 3},
			{Title: "Chỉ số CCHC (điểm)", Weight: 1.2, Kind: d.KindNumber, Decimals: 2, Align: d.Center},
			{Title: "Đồng ý", Weight: 1, Group: "Số phiếu", Align: d.Center},
			{Title: "Không đồng ý", Weight: 1, Group: "Số phiếu", Align: d.Center},
			{Title: "Kết quả thẩm định", Weight: 2.2},
		},
		Numbered: true,
		Rows: []d.Row{
			d.SectionRow("I. Tập thể"),
			d.R(d.I(1), d.T("Ủy ban nhân dân phường Hoàng Văn Thụ"), d.N(92.5), d.T(""), d.T(""),
				d.Cell{Text: "Đạt", Tint: d.Good}),
			d.R(d.I(2), d.T("Ủy ban nhân dân phường Trưng Vương"), d.N(91.25), d.T(""), d.T(""),
				d.Cell{Text: "Đạt", Tint: d.Good}),
			d.LineRow(quotaNote),
			d.R(d.I(3), d.T("Ủy ban nhân dân xã Quyết Thắng"), d.N(88), d.T(""), d.T(""),
				d.Cell{Text: "Cần Hội đồng xem xét: kỷ luật, kỷ cương hành chính", Tint: d.Warn}),
			d.TotalRow(d.T(""), d.T("Cộng"), d.Sum(), d.T(""), d.T(""), d.Count()),
		},
	}
	return d.Document{
		Title: "Biên bản họp Hội đồng Thi đua - Khen thưởng", Subject: "Xét khen thưởng năm 2019",
		Author: "Phòng Nội vụ",
		Date:   date, Sheet: "Biên bản", FileName: "bien-ban-2019",
		Footer: []string{"Kế hoạch 4f2a91c0 · dữ liệu 77be01d3 · lập lúc 08:00 ngày 05/02/2020"},
		Blocks: []d.Block{
			d.NationalHeader{
				Superior: []string{"UBND THÀNH PHỐ THÁI NGUYÊN"}, Issuer: []string{"HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG"},
				Symbol: "BB-HĐTĐKT", Mark: "DỰ THẢO", Place: "TP. Thái Nguyên", Date: d.DateLine{Month: 2, Year: 2020},
			},
			d.Title{Kind: "BIÊN BẢN", Abstract: []string{"Họp Hội đồng Thi đua - Khen thưởng thành phố xét khen " +
				"thưởng phong trào thi đua “Thực hiện cải cách hành chính” năm 2019"}},
			d.Basis{Lines: []string{"Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003;",
				"Căn cứ Kế hoạch số 31/KH-UBND ngày 27 tháng 02 năm 2018 của Ủy ban nhân dân thành phố Thái Nguyên"}},
			d.Heading{Level: 1, Text: "I. THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN"},
			d.Para(d.Strong("1. Thời gian: "), d.Field("Thời gian", "", 60), d.Plain(" Địa điểm: "),
				d.Field("Địa điểm", "Phòng họp số 2, trụ sở UBND thành phố", 60), d.Plain(".")),
			d.Para(d.Strong("2. Thành phần: "),
				d.Plain("các thành viên Hội đồng Thi đua - Khen thưởng thành phố theo danh sách dưới đây; tổng số "+
					"thành viên: 04.")),
			roster,
			d.Note{Lines: []string{"Ghi chú: thành viên vắng mặt gửi ý kiến bằng văn bản."}},
			d.Heading{Level: 1, Text: "II. NỘI DUNG"},
			d.Heading{Level: 2, Text: "1. Báo cáo của cơ quan thường trực"},
			d.Text("Phòng Nội vụ báo cáo kết quả tiếp nhận, thẩm định hồ sơ đề nghị khen thưởng: trong số 48 đơn " +
				"vị thuộc đối tượng thi đua, có 45 đơn vị đã đăng ký và 41 đơn vị gửi hồ sơ đúng hạn; 03 hồ sơ " +
				"được trả lại để bổ sung theo quy định tại điểm 3, mục III của Kế hoạch."),
			d.BulletList{Items: []string{"Hồ sơ hợp lệ: 38 hồ sơ, trong đó tập thể 20, cá nhân 18;",
				"Hồ sơ phải bổ sung: 03 hồ sơ."}},
			d.Heading{Level: 2, Text: "2. Thảo luận"},
			d.Blank{Lines: 3},
			board,
			d.Text("Biên bản được lập thành 03 bản, đã đọc lại cho các thành viên dự họp nghe và thống nhất thông " +
				"qua./."),
			d.Signatures{
				Left: &d.Signature{Capacity: []string{"THƯ KÝ"}, Note: "(Ký, ghi rõ họ tên)",
					Name: "Nguyễn Thị Thu Hiền"},
				Right: d.Signature{Capacity: []string{"CHỦ TỌA"}, Note: "(Ký, ghi rõ họ tên)",
					Name: "Dương Quốc Thịnh"},
				Recipients: []string{"- Các thành viên Hội đồng;", "- Lưu: VT, NV."},
			},
		},
	}
}

// Summary is a landscape report with sections, totals, ratios, charts and an appendix on its own
// sheet.
func Summary() d.Document {
	office := func(i int, name string, due, in, late int) d.Row {
		return d.R(d.I(i), d.T(name), d.I(due), d.I(in), d.Ratio(3, 2), d.I(late), d.T(""))
	}
	table := d.Table{
		Caption: "Bảng 1. Kết quả đăng ký thi đua và gửi hồ sơ năm 2019", Unit: "Đơn vị tính: hồ sơ", Numbered: true,
		Columns: []d.Column{
			{Title: "STT", Weight: 0.5, Align: d.Center, Kind: d.KindNumber},
			{Title: "Đơn vị", Weight: 4},
			{Title: "Phải gửi", Group: "Hồ sơ", Kind: d.KindNumber},
			{Title: "Đã nhận", Group: "Hồ sơ", Kind: d.KindNumber},
			{Title: "Tỷ lệ", Group: "Hồ sơ", Kind: d.KindPercent, Decimals: 1},
			{Title: "Muộn", Group: "Hồ sơ", Kind: d.KindNumber},
			{Title: "Ghi chú", Weight: 2},
		},
		Rows: []d.Row{
			d.SectionRow("I. Khối phòng, ban, đơn vị"),
			office(1, "Văn phòng HĐND và UBND thành phố", 3, 3, 0),
			office(2, "Phòng Tài nguyên và Môi trường", 4, 3, 1),
			office(3, "Ban Quản lý dự án đầu tư xây dựng thành phố", 0, 0, 0),
			d.SubtotalRow(d.T(""), d.T("Cộng khối I"), d.Sum(), d.Sum(), d.Ratio(3, 2), d.Sum(), d.T("")),
			d.SectionRow("II. Khối xã, phường"),
			office(1, "Ủy ban nhân dân phường Phan Đình Phùng", 5, 5, 0),
			office(2, "=cmd|' /C calc'!A0", 1200, 1134, 2),
			d.SubtotalRow(d.T(""), d.T("Cộng khối II"), d.Sum(), d.Sum(), d.Ratio(3, 2), d.Sum(), d.T("")),
			d.TotalRow(d.T(""), d.T("Tổng cộng"), d.Sum(), d.Sum(), d.Ratio(3, 2), d.Sum(), d.T("")),
		},
	}
	return d.Document{
		Title: "Báo cáo tổng hợp", Author: "Phòng Nội vụ", Date: date, Orientation: d.Landscape, Sheet: "Tổng hợp",
		FileName: "tong-hop",
		Footer:   []string{"Kế hoạch 4f2a91c0 · dữ liệu 77be01d3"},
		Blocks: []d.Block{
			d.NationalHeader{
				Issuer: []string{"ỦY BAN NHÂN DÂN", "THÀNH PHỐ THÁI NGUYÊN"}, Number: 5, Symbol: "BC-UBND",
				Place: "TP. Thái Nguyên", Date: d.DateLine{Day: 5, Month: 3, Year: 2020},
			},
			d.Title{Kind: "BÁO CÁO", Abstract: []string{"Tổng kết phong trào thi đua “Thực hiện cải cách hành " +
				"chính” năm 2019"}},
			d.Addressee{To: []string{"Ủy ban nhân dân tỉnh Thái Nguyên", "Sở Nội vụ tỉnh Thái Nguyên"}},
			table,
			d.Chart{
				Title: "Biểu đồ 1. Số tập thể theo mức hoàn thành nhiệm vụ", Unit: "tập thể", Stacked: true,
				Categories: []string{"Khối phòng, ban", "Khối xã, phường"},
				Series: []d.Series{{Name: "Hoàn thành xuất sắc nhiệm vụ", Values: []float64{6, 9}},
					{Name: "Hoàn thành tốt nhiệm vụ", Values: []float64{8, 21}}},
			},
			d.Signatures{
				Right: d.Signature{Capacity: []string{"TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"},
					Name: "Dương Quốc Thịnh"},
				Recipients: []string{"- Như trên;", "- Thường trực Thành ủy;", "- Lưu: VT, NV."},
			},
			d.Part{Sheet: "Chỉ số CCHC", Orientation: d.Portrait},
			d.Appendix{Number: "I", Title: []string{"CHỈ SỐ CẢI CÁCH HÀNH CHÍNH CỦA XÃ, PHƯỜNG"},
				Note: "(Kèm theo Báo cáo số 05/BC-UBND ngày 05 tháng 3 năm 2020 của Ủy ban nhân dân thành phố)"},
			d.Chart{
				Title: "Biểu đồ 2. Điểm tự chấm và điểm thẩm định", Unit: "điểm", Horizontal: true, Decimals: 2,
				Categories: []string{"Phường Hoàng Văn Thụ", "Phường Trưng Vương", "Xã Quyết Thắng"},
				Series: []d.Series{{Name: "Tự chấm", Values: []float64{95, 93.5, 92}},
					{Name: "Thẩm định", Values: []float64{92.5, 91.25, 88}}},
			},
		},
	}
}

// Certificates is n certificates in one document.
func Certificates(n int) d.Document {
	doc := d.Document{Title: "Giấy khen", Date: date, Orientation: d.Landscape, FileName: "giay-khen"}
	for i := range n {
		doc.Blocks = append(doc.Blocks, d.Certificate{
			Authority: "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ THÁI NGUYÊN", Act: "TẶNG", Award: "GIẤY KHEN",
			Recipient: fmt.Sprintf("Bà Trần Thị Ngọc Ánh %d", i+1),
			Position:  "Phó Chủ tịch Ủy ban nhân dân phường Hoàng Văn Thụ",
			Achievement: []string{"Đã có thành tích xuất sắc trong phong trào thi đua",
				"“Thực hiện cải cách hành chính” năm 2019"},
			Decision:  "Quyết định số: 812/QĐ-UBND ngày 20 tháng 3 năm 2020",
			Register:  fmt.Sprintf("Vào sổ khen thưởng số: %02d", i+1),
			PlaceDate: "TP. Thái Nguyên, ngày 20 tháng 3 năm 2020",
			Signature: d.Signature{Capacity: []string{"CHỦ TỊCH"}, Name: "Lương Đức Anh"},
		})
	}
	return doc
}

// Register is a document of one table with n numbered rows; row i carries the key "Mã 00001".
func Register(n int) d.Document {
	t := d.Table{Columns: []d.Column{
		{Title: "STT", Weight: 0.6, Kind: d.KindNumber, Align: d.Center}, {Title: "Mã"},
		{Title: "Họ và tên", Weight: 2},
		{Title: "Đơn vị", Weight: 3}, {Title: "Điểm", Kind: d.KindNumber, Decimals: 2},
		{Title: "Tóm tắt thành tích", Weight: 4},
	}}
	for i := range n {
		t.Rows = append(t.Rows, d.R(d.I(i+1), d.T(Key(i)), d.T("Nguyễn Thị Hồng Nhung"),
			d.T("Ủy ban nhân dân phường Hoàng Văn Thụ"),
			d.N(float64(i%1000)/10), d.T("Tham mưu rút ngắn thời gian giải quyết thủ tục hành chính, số hóa hồ sơ.")))
	}
	t.Rows = append(t.Rows, d.TotalRow(d.T(""), d.T("Cộng"), d.T(""), d.T(""), d.Sum(), d.T("")))
	return d.Document{Title: "Danh sách", Date: date, Sheet: "Danh sách", FileName: "danh-sach",
		Orientation: d.Landscape, Blocks: []d.Block{t}}
}

// Key marks row i of a random or large table; no other text contains it.
func Key(i int) string { return fmt.Sprintf("Mã%05d", i) }

// Random draws a document with a table of keyed rows: words no line can hold, emoji, decomposed
// letters, empty cells, rows taller than a page.
func Random(t *rapid.T) (doc d.Document, rows int) {
	word := rapid.OneOf(
		rapid.SampledFrom([]string{"nghiêng", "Ủy ban", "=1+1", "🏆🎉", "hòa", "hoà", "hòa", "☑ Đạt", "dòng\nmới",
			"\x00\x07", "\uffff", strings.Repeat("khuyếnkhích", 30), "a\u200bb", "\xff\xfe"}),
		rapid.String(),
	)
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(word, 0, 6).Draw(t, "words"), " ")
	})
	table := d.Table{Caption: text.Draw(t, "caption"), Numbered: rapid.Bool().Draw(t, "numbered")}
	columns := rapid.IntRange(2, 14).Draw(t, "columns")
	for i := range columns {
		table.Columns = append(table.Columns, d.Column{
			Title: text.Draw(t, "title"), Group: rapid.SampledFrom([]string{"", "", "A", "B"}).Draw(t, "group"),
			Weight: rapid.Float64Range(0, 5).Draw(t, "weight"), Kind: d.Kind(i % 3),
			Decimals: rapid.IntRange(0, 3).Draw(t, "decimals"),
		})
	}
	table.Columns[0] = d.Column{Title: "Mã", Weight: 5}
	rows = rapid.IntRange(0, 20).Draw(t, "rows")
	for i := range rows {
		row := d.R(d.T(Key(i)))
		for len(row.Cells) < columns && rapid.IntRange(0, 9).Draw(t, "more") > 0 {
			c := d.T(text.Draw(t, "cell"))
			switch rapid.IntRange(0, 59).Draw(t, "kind") {
			case 0, 2, 3, 4, 5, 6:
				c = d.N(rapid.Float64Range(-1e9, 1e9).Draw(t, "number"))
			case 1:
				c = d.T(strings.Repeat("Nội dung rất dài. ", 80))
			}
			row.Cells = append(row.Cells, c)
		}
		table.Rows = append(table.Rows, row)
		switch rapid.IntRange(0, 12).Draw(t, "then") {
		case 0:
			table.Rows = append(table.Rows, d.SectionRow(text.Draw(t, "section")))
		case 1:
			table.Rows = append(table.Rows, d.LineRow(text.Draw(t, "line")))
		case 2:
			table.Rows = append(table.Rows, d.SubtotalRow(d.Count(), d.Sum()))
		}
	}
	table.Rows = append(table.Rows, d.TotalRow(d.Count(), d.Sum()))
	doc = d.Document{Title: text.Draw(t, "document"), Date: date,
		Orientation: d.Orientation(rapid.IntRange(0, 1).Draw(t, "orientation"))}
	doc.Blocks = []d.Block{d.Text(text.Draw(t, "paragraph")), table,
		d.BulletList{Items: []string{text.Draw(t, "item")}}}
	return doc, rows
}

// Mixed turns the paper within one document: breaks that meet, a certificate between upright pages,
// a decision's signature alone, long and short fields.
func Mixed() d.Document {
	doc := d.Document{Title: "Quyết định", Date: date, FileName: "quyet-dinh"}
	doc.Blocks = []d.Block{
		d.NationalHeader{
			Issuer: []string{"ỦY BAN NHÂN DÂN", "THÀNH PHỐ THÁI NGUYÊN"}, Number: 812, Symbol: "QĐ-UBND",
			Place: "TP. Thái Nguyên", Date: d.DateLine{Day: 20, Month: 3, Year: 2020},
		},
		d.Title{
			Kind: "QUYẾT ĐỊNH", Abstract: []string{"Về việc tặng Giấy khen phong trào thi đua “Thực hiện cải cách " +
				"hành chính” năm 2019"},
			Authority: "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ THÁI NGUYÊN",
		},
		d.Basis{Lines: []string{"Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
			"Xét đề nghị của Trưởng phòng Nội vụ thành phố"}},
		d.Centered(d.Strong("QUYẾT ĐỊNH:")),
		d.Para(d.Strong("Điều 1. "), d.Plain("Tặng Giấy khen cho 02 tập thể (có danh sách kèm theo).")),
		d.Addressee{To: []string{"Chủ tịch Ủy ban nhân dân thành phố"}},
		d.Signatures{Right: d.Signature{Capacity: []string{"CHỦ TỊCH"}, Name: "Lương Đức Anh"},
			Recipients: []string{"- Như Điều 3;", "- Lưu: VT, NV."}},
		d.PageBreak{},
		d.Appendix{Title: []string{"DANH SÁCH TẬP THỂ ĐƯỢC TẶNG GIẤY KHEN"},
			Note: "(Kèm theo Quyết định số 812/QĐ-UBND ngày 20 tháng 3 năm 2020)"},
		d.Text("Danh sách gồm 02 tập thể."),
		d.Chart{
			Title: "Số đơn vị đăng ký theo ngày", Unit: "đơn vị", Lines: true,
			Categories: []string{"01/02", "15/02", "28/02", "09/3"},
			Series: []d.Series{{Name: "Phòng, ban, đơn vị", Values: []float64{0, 4, 9, 18}},
				{Name: "Xã, phường", Values: []float64{0, 7, 20, 32}}},
		},
		d.PageBreak{},
		d.Text("Trang này bắt đầu sau một dấu ngắt trang."),
	}
	doc.Blocks = append(doc.Blocks, d.PageBreak{}, d.Part{Sheet: "Giấy khen", Orientation: d.Portrait})
	doc.Blocks = append(doc.Blocks, Certificates(1).Blocks...)
	doc.Blocks = append(doc.Blocks, d.Heading{Level: 3, Text: "a) Trang cuối"}, d.Text("Hết."))
	return doc
}

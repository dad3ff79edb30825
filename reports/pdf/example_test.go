package pdf_test

import (
	"bytes"
	"fmt"

	"thidua/reports/document"
	"thidua/reports/pdf"
)

func ExampleRender() {
	paper := document.Document{Title: "Bảng tổng hợp", Blocks: []document.Block{document.Table{
		Columns: []document.Column{{Title: "Đơn vị"}, {Title: "Số hồ sơ", Kind: document.KindNumber}},
		Rows: []document.Row{document.R(document.T("Phòng Nội vụ"), document.I(3)),
			document.TotalRow(document.T("Cộng"), document.Sum())},
	}}}
	file, err := pdf.Render(paper)
	fmt.Println(bytes.HasPrefix(file, []byte("%PDF")), err)
	// Output: true <nil>
}

package scenarios_test

import (
	"bytes"
	"image"
	"image/png"

	"github.com/xuri/excelize/v2"

	"thidua/templates/form"
)

// habitStories show what people put into a workbook beside its cells, or into other cells than
// those of the form.
func habitStories() []story {
	return []story{
		{"39-what-the-eye-sees", "What a person sees in a workbook and a reader of cells does not: words struck " +
			"through, notes, text boxes, pictures, hidden columns, lines written on the guide, the example copied " +
			"down. None is guessed and none is dropped in silence. The marked workbook that comes back keeps the " +
			"struck words struck; sent back as it is, it is asked about again.",
			[]string{"2018-03-05 16:30:00"}, func(w *writer) []eml {
				return []eml{
					{name: "gach-ngang", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering,
						text: greeting,
						files: []file{w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh, binh, cuong),
							w.strike("CÁ NHÂN", "C12"), w.copyExample("CÁ NHÂN", 10, 13),
							w.set("HƯỚNG DẪN", "B60", "Đơn vị đăng ký thêm 01 cá nhân"))}},
					{name: "ngoai-o", at: "2018-03-05 09:01:00", from: thinhDan, subject: registering, text: greeting,
						files: []file{w.book("dang ky.xlsx", thinhDan, w.registration(thinhDan, cuong),
							func(f *excelize.File) {
								must(w.t,
									f.AddComment("CÁ NHÂN", excelize.Comment{Cell: "D11", Author: "Dung",
										Paragraph: []excelize.RichTextRun{{Text: "đề nghị sửa thành 15/8/1986"}}}))
								must(w.t,
									f.AddShape("CÁ NHÂN", &excelize.Shape{Cell: "C14", Type: "rect", Width: 200,
										Height:    60,
										Paragraph: []excelize.RichTextRun{{Text: "Bổ sung: bà Phạm Thị Mẫu Dung"}}}))
								must(w.t,
									f.AddPictureFromBytes("TẬP THỂ", "B14",
										&excelize.Picture{Extension: ".png", File: w.picture()}))
								must(w.t, f.SetColVisible("CÁ NHÂN", "F", false))
							})}},
				}
			}},
		{"40-tables-of-ones-own", "Tables as an office makes them itself: with headers of its own, turned on its " +
			"side, two beside each other, another form's sheets in the same workbook. Each is answered with what " +
			"was understood and what to change; who sends the form again without the table that was not read is " +
			"told that nobody of it counts.",
			[]string{"2018-03-05 16:30:00"}, func(w *writer) []eml {
				own := [][]any{{"TT", "Họ tên CBCC", "SN", "Làm gì", "Ở đâu", "Diện", "Việc tốt", "Đề xuất"},
					{1, cuong.name, "1986", cuong.position, "Bộ phận một cửa", "Khác", "Sáng kiến", "GK"}}
				turned := [][]any{{"STT", 1}, {"Ông/Bà", "Ông"}, {"Họ và tên", cuong.name},
					{"Ngày, tháng, năm sinh", "1986"}, {"Giới tính", "Nam"}, {"Chức vụ, chức danh", cuong.position},
					{"Đối tượng", direct}}
				return []eml{
					{name: "tieu-de-rieng", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering,
						text: greeting,
						files: []file{w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh),
							w.instead("CÁ NHÂN", "DS cá nhân", own))}},
					{name: "dat-doc", at: "2018-03-05 09:01:00", from: thinhDan, subject: registering, text: greeting,
						files: []file{w.book("dang ky.xlsx", thinhDan, w.registration(thinhDan),
							w.instead("CÁ NHÂN", "Cá nhân", turned))}},
					{name: "hai-bang", at: "2018-03-05 09:02:00", from: dongQuang, subject: registering, text: greeting,
						files: []file{w.book("dang ky.xlsx", dongQuang, w.registration(dongQuang, binh),
							w.beside("CÁ NHÂN", 9, 11))}},
					{name: "hai-mau", at: "2018-03-05 09:03:00", from: giaSang, subject: registering, text: greeting,
						files: []file{w.book("dang ky.xlsx", giaSang, w.registration(giaSang),
							w.graft(w.book("ho so.xlsx", giaSang, w.dossier(giaSang))))}},
					{name: "bang-ay-van-trong", at: "2018-03-05 10:00:00", from: tanThinh, subject: registering,
						text: greeting, files: []file{w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh))}},
				}
			}},
	}
}

// strike strikes a cell through.
func (w *writer) strike(sheet, cell string) func(*excelize.File) {
	return func(f *excelize.File) {
		id, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: "Times New Roman", Size: 12, Strike: true}})
		must(w.t, err)
		must(w.t, f.SetCellStyle(sheet, cell, cell, id))
	}
}

// copyExample copies the example under the headers down to a row of data.
func (w *writer) copyExample(sheet string, from, to int) func(*excelize.File) {
	return func(f *excelize.File) {
		for col := form.FirstColumn; col <= 11; col++ {
			w.copyCell(f, sheet, col, from, col, to)
		}
	}
}

// beside copies the rows of a table to its right.
func (w *writer) beside(sheet string, from, to int) func(*excelize.File) {
	return func(f *excelize.File) {
		for row := from; row <= to; row++ {
			for col := 1; col <= 11; col++ {
				w.copyCell(f, sheet, col, row, col+12, row)
			}
		}
	}
}

func (w *writer) copyCell(f *excelize.File, sheet string, col, row, toCol, toRow int) {
	from, err := excelize.CoordinatesToCellName(col, row)
	must(w.t, err)
	to, err := excelize.CoordinatesToCellName(toCol, toRow)
	must(w.t, err)
	text, err := f.GetCellValue(sheet, from)
	must(w.t, err)
	must(w.t, f.SetCellStr(sheet, to, text))
}

// instead puts a table of one's own on a new sheet in the place of a sheet of the form.
func (w *writer) instead(of, name string, rows [][]any) func(*excelize.File) {
	return func(f *excelize.File) {
		must(w.t, f.DeleteSheet(of))
		_, err := f.NewSheet(name)
		must(w.t, err)
		for i := range rows {
			cell, err := excelize.CoordinatesToCellName(1, i+3)
			must(w.t, err)
			must(w.t, f.SetSheetRow(name, cell, &rows[i]))
		}
	}
}

// graft copies what stands on the sheets of another workbook into new sheets.
func (w *writer) graft(other file) func(*excelize.File) {
	return func(f *excelize.File) {
		x, err := excelize.OpenReader(bytes.NewReader(other.bytes))
		must(w.t, err)
		defer x.Close()
		for _, name := range x.GetSheetList() {
			rows, err := x.GetRows(name)
			must(w.t, err)
			as := name
			if i, _ := f.GetSheetIndex(name); i >= 0 {
				as = name + " (2)"
			}
			_, err = f.NewSheet(as)
			must(w.t, err)
			for i, row := range rows {
				cell, err := excelize.CoordinatesToCellName(1, i+1)
				must(w.t, err)
				must(w.t, f.SetSheetRow(as, cell, &row))
			}
		}
	}
}

// picture is a small picture.
func (w *writer) picture() []byte {
	var out bytes.Buffer
	must(w.t, png.Encode(&out, image.NewGray(image.Rect(0, 0, 8, 8))))
	return out.Bytes()
}

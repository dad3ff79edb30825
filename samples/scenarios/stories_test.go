package scenarios_test

import (
	"bytes"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"thidua/templates/form"
	"thidua/templates/viet"
)

// The units of the stories: three wards and two offices.
const (
	tanThinh  = "05452"
	thinhDan  = "05455"
	dongQuang = "05458"
	giaSang   = "05461"
	tuPhap    = "PB07"
	yTe       = "PB12"
)

const (
	registering = "Đăng ký thi đua thực hiện cải cách hành chính năm 2018"
	proposing   = "Hồ sơ đề nghị khen thưởng năm 2018"
	greeting    = "Kính gửi Phòng Nội vụ, đơn vị gửi mẫu kèm theo. Trân trọng."
)

// stories are every folder beside this file but those of the second list, which
// stories_year_test.go continues.
func stories() []story {
	return append([]story{
		{"01-clean-registration", "One mail, one workbook, nothing wrong: it is accepted, filed and answered with " +
			"a receipt; the unit need not do anything.",
			[]string{"2018-03-05 16:30:00"}, func(w *writer) []eml {
				return []eml{{name: "dang-ky", at: "2018-03-05 09:12:00", from: tanThinh, subject: registering,
					text:  greeting,
					files: []file{w.book("Đăng ký 2018.xlsx", tanThinh, w.registration(tanThinh, binh))}}}
			}},
		{"02-missing-cells-and-a-wrong-value",
			"Two required cells are blank and one value is not in its list: each is named with sheet, cell and " +
				"clause, in the letter and in the marked copy, all at once.",
			[]string{"2018-03-05 16:30:00"}, func(w *writer) []eml {
				return []eml{{name: "dang-ky", at: "2018-03-05 09:12:00", from: tanThinh, subject: registering,
					text: greeting, files: []file{w.faulty("dang ky.xlsx")}}}
			}},
		{"03-corrected-by-reply", "The same three faults, put right in two replies to the receipts: each receipt " +
			"says how many of the faults are gone, and the date of the first mail decides on punctuality although " +
			"the last one comes after the deadline.",
			[]string{"2018-03-09 16:30:00", "2018-03-10 16:30:00", "2018-03-12 16:30:00"}, func(w *writer) []eml {
				better := w.registration(tanThinh, binh)
				better.Individuals[0].Role = form.Of("Trực tiếp thực hiện nhiệm vụ CNTT")
				return []eml{
					{name: "dang-ky", at: "2018-03-09 09:12:00", from: tanThinh, subject: registering, text: greeting,
						files: []file{w.faulty("dang ky.xlsx")}},
					{name: "sua-lan-1", at: "2018-03-10 10:00:00", from: tanThinh, subject: "Re: " + registering,
						text: greeting, answers: "dang-ky",
						files: []file{w.book("dang ky (sua).xlsx", tanThinh, better)}},
					{name: "sua-lan-2", at: "2018-03-12 08:05:00", from: tanThinh, subject: "Re: " + registering,
						text: greeting, answers: "sua-lan-1",
						files: []file{w.book("dang ky (sua lan 2).xlsx", tanThinh, w.registration(tanThinh, binh))}},
				}
			}},
		{"04-the-last-second", "The plan says “trước ngày 10/3”: the last second of 09/3 in Vietnam is in time, " +
			"all of 10/3 is the day itself, which the office decides about, and 11/3 begins the delay. Late " +
			"papers are taken in all the same.",
			[]string{"2018-03-11 08:30:00"}, func(w *writer) []eml {
				var out []eml
				for _, x := range []struct{ name, unit, at string }{
					{"giay-cuoi", tanThinh, "2018-03-09 23:59:59"},
					{"giay-dau-ngay-moc", thinhDan, "2018-03-10 00:00:00"},
					{"giay-cuoi-ngay-moc", dongQuang, "2018-03-10 23:59:59"},
					{"giay-dau-ngay-sau", giaSang, "2018-03-11 00:00:00"},
				} {
					out = append(out, eml{name: x.name, at: x.at, from: x.unit, subject: registering, text: greeting,
						files: []file{w.book("dang ky.xlsx", x.unit, w.registration(x.unit))}})
				}
				return out
			}},
		{"05-unknown-sender", "A faultless workbook from an address that no unit has: nothing is taken from it " +
			"and the stranger gets no answer; the office is told and the mail waits in its folder. The same " +
			"workbook from the unit's own address is accepted.",
			[]string{"2018-03-05 16:30:00", "2018-03-06 16:30:00"}, func(w *writer) []eml {
				f := w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh, binh))
				return []eml{
					{name: "nguoi-la", at: "2018-03-05 09:12:00", from: "tanthinh2018@hopthu.example",
						subject: registering, text: greeting, files: []file{f}},
					{name: "don-vi", at: "2018-03-06 09:12:00", from: tanThinh, subject: registering, text: greeting,
						files: []file{f}},
				}
			}},
		{"06-machines-and-newsletters", "An automatic reply, a bounce, a newsletter and a mail about something " +
			"else stay in the inbox as they are; nobody is answered and nothing is held.",
			[]string{"2018-03-07 16:30:00"}, func(w *writer) []eml {
				return []eml{
					{name: "tu-dong", at: "2018-03-07 08:00:00", from: tanThinh,
						subject: "Tự động trả lời: Đôn đốc đăng ký thi đua", text: "Tôi đi công tác đến hết tuần.",
						headers: []string{"Auto-Submitted: auto-replied"}},
					{name: "thu-tra-lai", at: "2018-03-07 08:01:00", from: "mailer-daemon@mail.example",
						subject: "Undelivered Mail Returned to Sender", text: "550 no such user",
						headers: []string{"Auto-Submitted: auto-replied", "Return-Path: <>"}},
					{name: "ban-tin", at: "2018-03-07 08:02:00", from: "bantin@congnghe.example",
						subject: "Bản tin tháng 3", text: "Mời bạn đọc.",
						headers: []string{"List-Id: <bantin.congnghe.example>", "Precedence: bulk"}},
					{name: "viec-khac", at: "2018-03-07 08:03:00", from: "nguoidan@hopthu.example",
						subject: "Hỏi giờ làm việc của trụ sở", text: "Xin hỏi giờ làm việc."},
				}
			}},
		{"07-the-same-mail-twice", "The same bytes twice are one mail. The same Message-ID and content that came " +
			"by another way (another Received field) is that mail again. The same Message-ID with another " +
			"workbook is a mail of its own: a Message-ID proves nothing.",
			[]string{"2018-03-05 16:30:00", "2018-03-06 16:30:00"}, func(w *writer) []eml {
				first := eml{name: "dang-ky", at: "2018-03-05 09:12:00", from: tanThinh, subject: registering,
					text: greeting, files: []file{w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh, binh))}}
				w.write(first)
				return []eml{
					first,
					{name: "dang-ky-lai", at: "2018-03-05 09:12:00", raw: w.again("dang-ky")},
					{name: "dang-ky-duong-khac", at: "2018-03-05 09:40:00", raw: w.again("dang-ky")},
					{name: "noi-dung-khac", at: "2018-03-06 09:12:00", from: tanThinh, subject: registering,
						text: greeting, id: "dang-ky@" + domain,
						files: []file{w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh, binh, cuong))}},
				}
			}},
		{"08-unreadable-is-not-nobody", "Five units, five states that look alike in a table that counts people. " +
			"Four files could not be read, each for a reason the letter names: an Excel 97-2003 file, a password, " +
			"a broken archive, a sheet that breaks off half way. The fifth unit registered nobody, faultlessly: " +
			"that is accepted, and it is the only one of the five that counts as registered.",
			[]string{"2018-03-05 16:30:00"}, func(w *writer) []eml {
				whole := w.book("dang ky.xlsx", giaSang, w.registration(giaSang, binh))
				torn := w.repacked(whole, func(part string, b []byte) []byte {
					if strings.HasSuffix(part, "worksheets/sheet5.xml") {
						return b[:len(b)/2]
					}
					return b
				})
				none := w.registration(tuPhap)
				none.Collectives = nil
				return []eml{
					{name: "xls", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering, text: greeting,
						files: []file{w.attack("legacy.xls", "dang ky.xls")}},
					{name: "mat-khau", at: "2018-03-05 09:01:00", from: thinhDan, subject: registering, text: greeting,
						files: []file{w.attack("password.xlsx", "dang ky.xlsx")}},
					{name: "cut-cut", at: "2018-03-05 09:02:00", from: dongQuang, subject: registering, text: greeting,
						files: []file{{"dang ky.xlsx", whole.bytes[:len(whole.bytes)*2/3]}}},
					{name: "dut-giua-chung", at: "2018-03-05 09:03:00", from: giaSang, subject: registering,
						text: greeting, files: []file{torn}},
					{name: "khong-ai", at: "2018-03-05 09:04:00", from: tuPhap, subject: registering, text: greeting,
						files: []file{w.book("dang ky.xlsx", tuPhap, none)}},
				}
			}},
		{"09-wrong-template", "The registration workbook under the subject of a dossier, a price list, a CSV file " +
			"and a scan: each is answered with what it is and what was wanted.",
			[]string{"2018-12-12 16:30:00"}, func(w *writer) []eml {
				prices := excelize.NewFile()
				defer prices.Close()
				for _, row := range []struct {
					at     string
					values []any
				}{{"A1", []any{"Mặt hàng", "Đơn giá"}}, {"A2", []any{"Mực in", 450000}}} {
					must(w.t, prices.SetSheetRow("Sheet1", row.at, &row.values))
				}
				var list bytes.Buffer
				must(w.t, prices.Write(&list))
				return []eml{
					{name: "nham-mau", at: "2018-12-12 09:00:00", from: tanThinh, subject: proposing, text: greeting,
						files: []file{w.book("ho so.xlsx", tanThinh, w.registration(tanThinh, binh))}},
					{name: "bao-gia", at: "2018-12-12 09:01:00", from: thinhDan, subject: proposing, text: greeting,
						files: []file{{"bao gia.xlsx", list.Bytes()}}},
					{name: "csv", at: "2018-12-12 09:02:00", from: dongQuang, subject: proposing, text: greeting,
						files: []file{{"ho so.csv", []byte("STT,Họ và tên\r\n1,Trần Thị Mẫu Bình\r\n")}}},
					{name: "ban-quet", at: "2018-12-12 09:03:00", from: giaSang, subject: proposing, text: greeting,
						files: []file{{"ho so.pdf", []byte("%PDF-1.4\n%%EOF\n")}}},
				}
			}},
		{"10-another-units-workbook", "A unit sends the workbook of its neighbour: it counts for neither of them, " +
			"and both names are in the letter.",
			[]string{"2018-03-05 16:30:00"}, func(w *writer) []eml {
				return []eml{{name: "nham-don-vi", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering,
					text: greeting, files: []file{w.book("dang ky.xlsx", thinhDan, w.registration(thinhDan, binh))}}}
			}},
		{"11-text-as-people-type-it", "Names in decomposed Unicode, in TCVN3 under a .Vn font and in capitals " +
			"after a form of address, dates typed as text: everything is read, nothing is guessed, and every " +
			"change is listed for the sender. A day and month that could be either way round is put to the " +
			"sender, who need not do anything if it was read right.",
			[]string{"2018-03-05 16:30:00"}, func(w *writer) []eml {
				r := w.registration(tanThinh, binh, cuong, person{"Bà", "Đỗ Thị Mẫu Em", "1988-04-07", "Nữ",
					"Công chức Địa chính"})
				legacy := func(f *excelize.File) {
					style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: ".VnTime", Size: 13}})
					must(w.t, err)
					must(w.t, f.SetCellStr("CÁ NHÂN", "C11", viet.ToTCVN3(cuong.name)))
					must(w.t, f.SetCellStyle("CÁ NHÂN", "C11", "C11", style))
				}
				return []eml{{name: "dang-ky", at: "2018-03-05 09:12:00", from: tanThinh,
					subject: norm.NFD.String(registering), text: greeting,
					files: []file{w.book("dang ky.xlsx", tanThinh, r,
						w.set("CÁ NHÂN", "C10", norm.NFD.String(binh.name)), legacy,
						w.set("CÁ NHÂN", "C12", "Bà ĐỖ THỊ MẪU EM"),
						w.set("CÁ NHÂN", "D10", "05/03/1980"), w.set("CÁ NHÂN", "D11", "ngày 20 tháng 11 năm 1975"),
						w.set("CÁ NHÂN", "D12", "7/4/1988"),
						w.set("ĐƠN VỊ", "C20", "24 người"), w.set("CHỈ TIÊU", "E10", "2018-11-30"))}}}
			}},
		{"12-moved-around", "A list as offices make it: the sheet renamed, rows inserted above the headers, two " +
			"columns changed places, the headers in two rows, section rows A and B, a total and a signature at " +
			"the end. Every person is read from the right column, every other row is ignored with its reason, and " +
			"the rows add up. One birthday is missing, and the finding names the cell where it stands now.",
			[]string{"2018-03-05 16:30:00"}, func(w *writer) []eml {
				r := w.registration(tanThinh, binh, cuong)
				return []eml{{name: "dang-ky", at: "2018-03-05 09:12:00", from: tanThinh, subject: registering,
					text: greeting, files: []file{w.book("dang ky.xlsx", tanThinh, r, w.rebuild)}}}
			}},
		{"13-zip-forward-and-macros", "The workbook in a zip, in a forwarded message and as .xlsm: all three are " +
			"read; the macros are ignored and said to be.",
			[]string{"2018-03-05 16:30:00"}, func(w *writer) []eml {
				inner := w.write(eml{name: "thu-goc", at: "2018-03-05 08:00:00", from: "nhanvien@hopthu.example",
					subject: "Mẫu đăng ký", text: "Em gửi mẫu.",
					files: []file{w.book("dang ky.xlsx", thinhDan, w.registration(thinhDan, cuong))}})
				macros := w.repacked(w.book("dang ky.xlsm", dongQuang, w.registration(dongQuang)),
					func(part string, b []byte) []byte {
						switch part {
						case "[Content_Types].xml":
							return bytes.ReplaceAll(b,
								[]byte("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
								[]byte("application/vnd.ms-excel.sheet.macroEnabled.main+xml"))
						case "xl/_rels/workbook.xml.rels":
							return bytes.ReplaceAll(b, []byte("</Relationships>"),
								[]byte(`<Relationship Id="rIdVBA" `+
									`Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" `+
									`Target="vbaProject.bin"/></Relationships>`))
						}
						return b
					}, file{"xl/vbaProject.bin", []byte("macros")})
				return []eml{
					{name: "zip", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering, text: greeting,
						files: []file{w.zipped("dang ky.zip",
							w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh, binh)))}},
					{name: "chuyen-tiep", at: "2018-03-05 09:01:00", from: thinhDan, subject: "Fwd: Mẫu đăng ký",
						text: greeting, files: []file{{"thu chuyen tiep.eml", inner}}},
					{name: "macro", at: "2018-03-05 09:02:00", from: dongQuang, subject: registering, text: greeting,
						files: []file{macros}},
				}
			}},
		{"14-poison-beside-good", "A zip bomb, a workbook that declares 15 GiB, a message that breaks off in an " +
			"attachment and one with nine levels of parts lie between two good registrations: each costs itself " +
			"only, the good ones are accepted, and whoever is known is told what was wrong.",
			[]string{"2018-03-05 16:30:00"}, func(w *writer) []eml {
				nested := "Subject: long nhau\r\nFrom: <khongro@thula.example>\r\nContent-Type: multipart/mixed; " +
					"boundary=b0\r\n\r\n"
				for i := range 12 {
					n, next := string(rune('a'+i)), string(rune('a'+i+1))
					if i == 0 {
						n = "b0"
					}
					nested += "--" + n + "\r\nContent-Type: multipart/mixed; boundary=" + next + "\r\n\r\n"
				}
				return []eml{
					{name: "tot-1", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering, text: greeting,
						files: []file{w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh, binh))}},
					{name: "bom", at: "2018-03-05 09:01:00", from: thinhDan, subject: registering, text: greeting,
						files: []file{w.attack("bomb-entities.xlsx", "dang ky.xlsx")}},
					{name: "khai-khong", at: "2018-03-05 09:02:00", from: dongQuang, subject: registering,
						text: greeting, files: []file{w.attack("declared-15gib.xlsx", "dang ky.xlsx")}},
					{name: "dut-thu", at: "2018-03-05 09:03:00",
						raw: "From: <giasang@thainguyen.example>\nSubject: dang ky\nContent-Type: " +
							"multipart/mixed; boundary=\"b\"\n\n--b\n" +
							"Content-Type: application/octet-stream; name=\"dang " +
							"ky.xlsx\"\nContent-Transfer-Encoding: base64\n\nUEsDBBQACAAIAAAAIQ"},
					{name: "long-nhau", at: "2018-03-05 09:04:00", raw: nested},
					{name: "tot-2", at: "2018-03-05 09:05:00", from: yTe, subject: registering, text: greeting,
						files: []file{w.book("dang ky.xlsx", yTe, w.registration(yTe, cuong))}},
				}
			}},
	}, append(append(append(yearStories(), formStories()...), habitStories()...), mailStories()...)...)
}

// faulty is a registration with a blank number of staff, a blank day and a role that is not in the
// list.
func (w *writer) faulty(name string) file {
	r := w.registration(tanThinh, binh)
	r.Unit.Staff, r.Targets[1].Due = form.Value{}, form.Value{}
	r.Individuals[0].Role = form.Of("Trực tiếp thực hiện nhiệm vụ CNTT")
	return w.book(name, tanThinh, r)
}

// rebuild makes the list of persons over as an office would: see story 12.
func (w *writer) rebuild(f *excelize.File) {
	const sheet = "CÁ NHÂN"
	must(w.t, f.SetCellValue(sheet, "D12", nil)) // no birthday for the second person
	// the columns C (name) and F (position) change places
	for _, row := range []string{"9", "10", "11", "12"} {
		a, err := f.GetCellValue(sheet, "C"+row)
		must(w.t, err)
		b, err := f.GetCellValue(sheet, "F"+row)
		must(w.t, err)
		must(w.t, f.SetCellStr(sheet, "C"+row, b))
		must(w.t, f.SetCellStr(sheet, "F"+row, a))
	}
	// headers in two rows: the place of work above, the columns below
	must(w.t, f.InsertRows(sheet, 10, 1))
	for _, col := range []string{"C", "F", "G"} {
		s, err := f.GetCellValue(sheet, col+"9")
		must(w.t, err)
		must(w.t, f.SetCellStr(sheet, col+"10", s))
		must(w.t, f.SetCellStr(sheet, col+"9", ""))
	}
	must(w.t, f.SetCellStr(sheet, "F9", "Lý lịch"))
	// sections, total, signature
	must(w.t, f.InsertRows(sheet, 14, 3))
	must(w.t, f.SetSheetRow(sheet, "A14", &[]any{"", "Cộng", 2}))
	must(w.t, f.SetCellStr(sheet, "H15", "Tân Thịnh, ngày 05 tháng 3 năm 2018"))
	must(w.t, f.SetCellStr(sheet, "H16", "TM. ỦY BAN NHÂN DÂN"))
	must(w.t, f.InsertRows(sheet, 13, 1))
	must(w.t, f.SetSheetRow(sheet, "A13", &[]any{"B", "Công chức khác"}))
	must(w.t, f.InsertRows(sheet, 12, 1))
	must(w.t, f.SetSheetRow(sheet, "A12", &[]any{"A", "Công chức bộ phận một cửa"}))
	must(w.t, f.InsertRows(sheet, 8, 2))
	must(w.t, f.SetCellStr(sheet, "B8", "Kèm theo Công văn số 12/UBND"))
	must(w.t, f.SetSheetName(sheet, "Sheet1 (2)"))
}

package scenarios_test

import (
	"os"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"

	"thidua/templates"
	"thidua/templates/form"
)

// formStories show what is told of forms: together with the other stories every code of the
// catalogue is raised.
func formStories() []story {
	return []story{
		{"30-a-dossier-with-every-fault",
			"One dossier in which nearly everything is wrong that can be: it is answered in one letter, sheet by " +
				"sheet, with every fault named once by its cell.",
			[]string{"2018-03-05 16:30:00", "2018-12-17 16:30:00"}, func(w *writer) []eml {
				d := w.dossier(tanThinh, binh, cuong)
				d.Proposal.Collectives, d.Proposal.Level = form.OfInt(2), form.Of("Cấp tỉnh")
				d.Votes, d.Minutes.Present = d.Votes[:2], form.OfInt(12)
				d.Reports[1].Results = d.Reports[0].Results
				d.Reports[2].Name = form.Of("Hoàng Văn Mẫu Không Có Trong Danh Sách")
				d.Individuals[0].Position = form.Of("Chủ tịch UBND phường")
				d.Individuals[1].Role = form.Of("Chủ tịch, Phó Chủ tịch UBND xã, phường")
				d.Individuals[1].Grade, d.Individuals[1].Summary = form.Of("Hoàn thành tốt nhiệm vụ"),
					form.Of("Năm 2015 giải quyết 640 hồ sơ.")
				nobody := w.dossier(thinhDan)
				nobody.Collectives, nobody.Proposal.Collectives, nobody.Votes, nobody.Reports = nil, form.OfInt(0), nil,
					nil
				return []eml{
					{name: "dang-ky", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering, text: greeting,
						files: []file{w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh, binh))}},
					{name: "khong-ai", at: "2018-12-17 08:30:00", from: thinhDan, subject: proposing, text: greeting,
						files: []file{w.book("ho so.xlsx", thinhDan, nobody)}},
					{name: "ho-so", at: "2018-12-17 09:00:00", from: tanThinh, subject: proposing, text: greeting,
						files: []file{w.failed(w.book("ho so.xlsx", tanThinh, d, w.compute("CÁ NHÂN", "M11", "NA()"),
							w.set("TỜ TRÌNH", "C12", "hai nghìn mười tám"), w.set("CHỈ TIÊU", "E11", "có lẽ"),
							w.set("CÁ NHÂN", "D11", "31/02/1980"), w.set("CÁ NHÂN", "L11", "không rõ"),
							w.set("CÁ NHÂN", "L12", 500),
							w.set("CÁ NHÂN", "K11", strings.Repeat("Giải pháp cải cách thủ tục. ", 60)),
							w.set("CÁ NHÂN", "G12", "C«ng chøc V¨n phßng"),
							w.compute("TẬP THỂ", "C11", "12+12")))}},
				}
			}},
		{"31-what-people-do-to-a-workbook",
			"A form of the version before is read and the answer says so. The year of another round, a sheet torn " +
				"out, hidden rows, a copied sheet that says something else, a sheet of one's own, data over the " +
				"example, two people in one cell: each is read as far as it goes and named.",
			[]string{"2018-03-05 16:30:00"}, func(w *writer) []eml {
				old, err := os.ReadFile("../../templates/testdata/frozen/dang-ky-v1.xlsx")
				must(w.t, err)
				year := w.registration(thinhDan, cuong)
				year.Unit.Year = form.OfInt(2017)
				attached := w.registration(giaSang)
				attached.Unit.PlanIssue, attached.Unit.PlanFile = form.Value{}, form.Of(form.Yes)
				plain := w.registration(tuPhap)
				plain.Unit.PlanIssue = form.Value{}
				return []eml{
					{name: "mau-cu", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering, text: greeting,
						files: []file{{"dang ky.xlsx", old}}},
					{name: "nam-khac", at: "2018-03-05 09:01:00", from: thinhDan, subject: registering, text: greeting,
						files: []file{w.book("dang ky.xlsx", thinhDan, year)}},
					{name: "mat-trang", at: "2018-03-05 09:02:00", from: dongQuang, subject: registering,
						text: greeting, files: []file{w.book("dang ky.xlsx", dongQuang, w.registration(dongQuang),
							func(f *excelize.File) { must(w.t, f.DeleteSheet("CÁ NHÂN")) })}},
					{name: "thieu-tep", at: "2018-03-05 09:03:00", from: giaSang, subject: registering, text: greeting,
						files: []file{w.book("dang ky.xlsx", giaSang, attached)}},
					{name: "chep-trang", at: "2018-03-05 09:04:00", from: tuPhap, subject: registering, text: greeting,
						files: []file{w.book("dang ky.xlsx", tuPhap, plain,
							w.copySheet("ĐƠN VỊ"), w.set("ĐƠN VỊ (2)", "C15", "Người Khác"), w.copySheet("CÁ NHÂN"),
							w.set("CÁ NHÂN (2)", "C11", "Lê Văn Mẫu Cường"),
							w.set("CÁ NHÂN", "C10", "Đỗ Thị Mẫu Em"),
							w.set("CÁ NHÂN", "C11", "Trần Thị Mẫu Bình; Lê Văn Mẫu Cường"),
							func(f *excelize.File) {
								must(w.t, f.SetRowVisible("CHỈ TIÊU", 12, false))
								must(w.t, f.SetCellStr("CHỈ TIÊU", "J13", "việc riêng"))
								_, err := f.NewSheet("Nháp")
								must(w.t, err)
								must(w.t, f.SetCellStr("Nháp", "B3", "Việc phải làm trong tuần"))
							})}},
					{name: "bang-ods", at: "2018-03-05 09:05:00", from: yTe, subject: registering, text: greeting,
						files: []file{w.attack("table.ods", "dang ky.ods")}},
				}
			}},
		{"32-beside-the-workbook", "The parts of a dossier as documents beside the workbook: each is kept by its " +
			"hash and counted in the list of parts; one that is not what its name says is named. A person to whom " +
			"the commune gave its own award in the same year, and a report copied from another ward, are told to " +
			"whom it concerns.",
			[]string{"2018-03-05 16:30:00", "2018-12-17 16:30:00"}, func(w *writer) []eml {
				u := w.unit(thinhDan)
				given := templates.NewCommuneAwards(w.period, u)
				given.Unit.Number, given.Unit.Date = form.Of("12/BC-UBND"), form.Of("2018-12-05")
				given.Awards = []templates.CommuneAward{{Kind: form.Of(templates.KindIndividual),
					Name: form.Of(cuong.name), Award: form.Of("Giấy khen của Chủ tịch UBND phường"),
					Decision: form.Of("88/QĐ-UBND"), Date: form.Of("2018-11-20"),
					Result: form.Of("Giải quyết hồ sơ đúng hạn.")}}
				return []eml{
					{name: "cap-xa", at: "2018-12-16 09:00:00", from: thinhDan, subject: "Báo cáo khen thưởng cấp xã",
						text: greeting, files: []file{w.book("khen cap xa.xlsx", thinhDan, given)}},
					{name: "ho-so-mau", at: "2018-12-17 08:00:00", from: tanThinh, subject: proposing, text: greeting,
						files: []file{w.book("ho so.xlsx", tanThinh, w.dossier(tanThinh, binh))}},
					{name: "ho-so-kem-tep", at: "2018-12-17 09:00:00", from: thinhDan, subject: proposing,
						text: greeting, files: []file{w.book("ho so.xlsx", thinhDan, w.dossier(thinhDan, cuong)),
							{"to-trinh-45.pdf", []byte("%PDF-1.4\n%%EOF\n")},
							{"bien ban hop.jpg", []byte("\xff\xd8\xff\xe0JFIF")},
							{"bao-cao.pdf", []byte("<html>khong phai PDF</html>")}}},
				}
			}},
		{"33-records-and-roster-with-faults",
			"The office's own records: a unit that does not exist, the same record twice, a label against its " +
				"score; and a roster that differs from the plan, knows one unit more and one less, and has an " +
				"address that is none.",
			[]string{"2019-01-17 16:30:00"}, func(w *writer) []eml {
				r := w.records(map[string]float64{tanThinh: 86.5, thinhDan: 82}, nil)
				r.Index[1].Band = form.Of("Xuất sắc")
				r.Index = append(r.Index, r.Index[0])
				r.UnitRatings[1].Unit = form.Of("UBND phường Không Có")
				roster := templates.NewRoster(w.plan, w.period)
				roster.Head.Preparer = form.Of("Trịnh Thị Mẫu Em")
				roster.Units[0].Emails = form.Of("khong phai dia chi")
				roster.Units[1].Name = form.Of("UBND phường Tên Khác")
				roster.Units[2].Code = form.Of("09999")
				return []eml{
					{name: "so-lieu", at: "2019-01-17 09:00:00", from: w.plan.Office.Emails[0],
						subject: "Số liệu chính thức năm 2018", text: greeting,
						files: []file{w.book("so lieu.xlsx", "PB01", r)}},
					{name: "danh-ba", at: "2019-01-17 09:30:00", from: w.plan.Office.Emails[0],
						subject: "Danh bạ đơn vị", text: greeting,
						files: []file{w.book("danh ba.xlsx", "PB01", roster)}},
				}
			}},
		{"34-a-vote-with-every-fault", "A ballot workbook with more ballots returned than issued and issued to " +
			"more than came: it is sent back. The next adds up, with a member fewer than the plan's list, too few " +
			"members present, a name that was not put to the vote and one without a row: it is counted and shown " +
			"for what it is.",
			[]string{"2018-03-05 16:30:00", "2018-12-17 16:30:00", "2019-01-17 16:30:00", "2019-01-24 16:30:00",
				"2019-01-25 16:30:00"}, func(w *writer) []eml {
				mails := append(w.proposals(), eml{name: "so-lieu", at: "2019-01-17 09:00:00",
					from: w.plan.Office.Emails[0], subject: "Số liệu chính thức năm 2018", text: greeting,
					files: []file{w.book("so lieu.xlsx", "PB01",
						w.records(map[string]float64{tanThinh: 86.5, thinhDan: 82},
							map[string]string{tanThinh: binh.name, thinhDan: cuong.name}))}})
				votes := w.votes(mails)
				wrong, few := *votes, *votes
				wrong.Session.CollectiveReturned, wrong.Session.CollectiveValid,
					wrong.Session.IndividualIssued = form.OfInt(11), form.OfInt(11), form.OfInt(12)
				few.Session.Members, few.Session.Present = form.OfInt(10), form.OfInt(2)
				for _, v := range []*form.Value{&few.Session.CollectiveIssued, &few.Session.CollectiveReturned,
					&few.Session.CollectiveValid,
					&few.Session.IndividualIssued, &few.Session.IndividualReturned, &few.Session.IndividualValid} {
					*v = form.OfInt(2)
				}
				few.Collectives = append([]templates.VoteRow{}, votes.Collectives...)
				few.Individuals = append([]templates.VoteRow{}, votes.Individuals...)
				for _, rows := range [][]templates.VoteRow{few.Collectives, few.Individuals} {
					for i := range rows {
						rows[i].Agree, rows[i].Disagree = form.OfInt(2), form.OfInt(0)
					}
				}
				last := &few.Individuals[len(few.Individuals)-1]
				last.Code, last.Name = form.Of("05452-c-000000"), form.Of("Hoàng Văn Mẫu Lạ")
				secretary := w.plan.Council.SecretaryEmails[0]
				return append(mails,
					eml{name: "kiem-phieu", at: "2019-01-24 15:00:00", from: secretary, subject: "Kết quả kiểm phiếu",
						text: greeting, files: []file{w.book("kiem phieu.xlsx", "", &wrong)}},
					eml{name: "kiem-phieu-2", at: "2019-01-25 08:00:00", from: secretary,
						subject: "Re: Kết quả kiểm phiếu", text: greeting, answers: "kiem-phieu",
						files: []file{w.book("kiem phieu.xlsx", "", &few)}})
			}},
		{"35-two-forms-in-one-mail", "The forgotten registration comes in the same mail as the dossier that the " +
			"subject names: both are taken for what they are. In the registration a form of address contradicts " +
			"the sex, a name is none, four people have no position, which is one line of the letter, and what was " +
			"written beside the cells is told.",
			[]string{"2018-12-17 16:30:00"}, func(w *writer) []eml {
				r := w.registration(tanThinh, binh)
				for _, name := range []string{"Lê Thị Mẫu Hoa", "Lê Thị Mẫu Lan", "Lê Thị Mẫu Mai", "Dung (mới về)"} {
					x := r.Individuals[0]
					x.Name, x.Position = form.Of(name), form.Value{}
					r.Individuals = append(r.Individuals, x)
				}
				r.Individuals[1].Title, r.Individuals[1].Sex = form.Of("Ông"), form.Of("Nữ")
				return []eml{{name: "hai-mau", at: "2018-12-17 09:00:00", from: tanThinh, subject: proposing,
					text: greeting, files: []file{
						w.book("dang ky.xlsx", tanThinh, r, w.set("ĐƠN VỊ", "I15", "kiêm Bí thư Đảng ủy"),
							w.set("CÁ NHÂN", "L9", "Số điện thoại"), w.set("CÁ NHÂN", "L11", "0208 3855 000")),
						w.book("ho so.xlsx", tanThinh, w.dossier(tanThinh, binh)),
					}}}
			}},
		{"46-names-as-offices-write-them", "A dossier names the same people with numbers, forms of address and " +
			"positions, in capitals and with other apostrophes on each of its sheets: they are one person each. A " +
			"near name in the minutes is shown with its cell, letters of an old font with what was meant, and one " +
			"name with two birthdays is asked about.",
			[]string{"2018-12-17 16:30:00"}, func(w *writer) []eml {
				hHen := person{"Bà", "H'Hen Mẫu Niê", "1985-06-02", "Nữ", "Công chức Văn hóa - Xã hội"}
				ong := person{"Bà", "Ông Mẫu Hường", "1979-01-09", "Nữ", "Công chức Địa chính"}
				d := w.dossier(tanThinh, binh, cuong, hHen, ong, binh)
				in := d.Individuals
				in[0].Name = form.Of("1. Bà Trần Thị Mẫu Bình (PCT)")
				in[1].Name = form.Of("LÊ VĂN MẪU CƯỜNG - Công chức Tư pháp")
				in[2].Name = form.Of("H’Hen Mẫu Niê")
				in[4].Born = form.Of("1980-05-03")
				d.Minutes.Chair = form.Of("Nguyễn V¨n Mẫu An")
				d.Votes[1].Name, d.Votes[2].Name = form.Of("Trần Thị Mẫu Bình, Phó Chủ tịch"),
					form.Of("Lê Văn Mẫu Cườn")
				d.Votes[3].Name, d.Votes[4].Name = form.Of("4) H` Hen Mẫu Niê"), form.Of("Bà Ông Mẫu Hường")
				d.Reports[2].Name, d.Reports[4].Name = form.Of("Đ/c Lê Văn Mẫu Cường"), form.Of("ông mẫu hường")
				r := w.registration(tanThinh, binh, cuong, hHen, ong)
				r.Individuals[1].Name = form.Of("Bà Lê Văn Mẫu Cường")
				return []eml{
					{name: "dang-ky", at: "2018-12-17 09:00:00", from: tanThinh, subject: registering, text: greeting,
						files: []file{w.book("dang ky.xlsx", tanThinh, r)}},
					{name: "ho-so", at: "2018-12-17 09:05:00", from: tanThinh, subject: proposing, text: greeting,
						files: []file{w.book("ho so.xlsx", tanThinh, d)}},
				}
			}},
		{"36-what-is-not-opened", "A winmail.dat of Outlook, a .rar, a .7z and a zip inside a zip are named, each " +
			"with what to send instead; the workbook that came beside them is read. In it a number stands where a " +
			"name belongs.",
			[]string{"2018-03-05 16:30:00"}, func(w *writer) []eml {
				inner := w.zipped("trong.zip", file{"ghi chu.txt", []byte("ghi chú")})
				return []eml{
					{name: "winmail", at: "2018-03-05 09:00:00", from: thinhDan, subject: registering, text: greeting,
						files: []file{w.attack("winmail.xlsx", "winmail.dat")}},
					{name: "nen", at: "2018-03-05 09:01:00", from: tanThinh, subject: registering, text: greeting,
						files: []file{
							w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh, binh, cuong),
								w.set("CÁ NHÂN", "C12", 2)),
							w.attack("archive.xlsx", "ke hoach.rar"), {"anh.7z", []byte("7z\xbc\xaf\x27\x1c\x00\x04")},
							w.zipped("tai lieu.zip", inner),
						}},
				}
			}},
		{"37-more-chosen-than-places", "Five offices have all votes for four places: nobody is cut, the tie over " +
			"the line is shown and the Council is asked. The minutes conclude against the votes for one person: " +
			"that is shown too.",
			[]string{"2018-12-17 16:30:00", "2019-01-17 16:30:00", "2019-01-25 16:30:00"}, func(w *writer) []eml {
				var mails []eml
				people := map[string]string{}
				scores := map[string]float64{}
				offices := []string{tuPhap, yTe, "PB02", "PB03", "PB04"}
				for i, code := range offices {
					p := binh
					p.name = "Trần Thị Mẫu " + []string{"Hoa", "Lan", "Mai", "Cúc", "Đào"}[i]
					people[code], scores[code] = p.name, 0
					mails = append(mails, eml{name: "ho-so-" + strings.ToLower(code), at: "2018-12-17 09:00:00",
						from: code, subject: proposing, text: greeting,
						files: []file{w.book("ho so.xlsx", code, w.dossier(code, p))}})
				}
				r := w.records(scores, people)
				r.Index = nil
				mails = append(mails, eml{name: "so-lieu", at: "2019-01-17 09:00:00", from: w.plan.Office.Emails[0],
					subject: "Số liệu chính thức năm 2018", text: greeting,
					files: []file{w.book("so lieu.xlsx", "PB01", r)}})
				v := w.votes(mails)
				v.Individuals[0].Conclusion = form.Of("Không đề nghị khen thưởng")
				v.Individuals[len(v.Individuals)-1].Conclusion = form.Of("Đề nghị khen thưởng") // half of the votes
				return append(mails, eml{name: "kiem-phieu", at: "2019-01-24 15:00:00",
					from: w.plan.Council.SecretaryEmails[0], subject: "Kết quả kiểm phiếu", text: greeting,
					files: []file{w.book("kiem phieu.xlsx", "", v)}})
			}},
		{"38-last-years-form", "The form of 2018 filled in again in 2019. With the year put right it counts for " +
			"2019, and the unit is told. With only the letter's date of 2019 it is asked about, and the accepted " +
			"registration of 2018 keeps its place.",
			[]string{"2018-03-05 16:30:00", "2019-03-05 16:30:00"}, func(w *writer) []eml {
				again := w.registration(tanThinh, binh, cuong)
				again.Unit.Year, again.Unit.Date = form.OfInt(2019), form.Of("2019-03-01")
				half := w.registration(thinhDan, cuong)
				half.Unit.Date = form.Of("2019-03-01")
				for i := range again.Targets {
					again.Targets[i].Due = form.Of("2019-11-30")
				}
				return []eml{
					{name: "nam-2018", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering, text: greeting,
						files: []file{w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh, binh))}},
					{name: "nam-2018-khac", at: "2018-03-05 09:10:00", from: thinhDan, subject: registering,
						text:  greeting,
						files: []file{w.book("dang ky.xlsx", thinhDan, w.registration(thinhDan, cuong))}},
					{name: "dung-lai", at: "2019-03-05 09:00:00", from: tanThinh, subject: "Đăng ký thi đua năm 2019",
						text: greeting, files: []file{w.book("dang ky.xlsx", tanThinh, again)}},
					{name: "quen-sua-nam", at: "2019-03-05 09:10:00", from: thinhDan,
						subject: "Đăng ký thi đua năm 2019", text: greeting,
						files: []file{w.book("dang ky.xlsx", thinhDan, half)}},
				}
			}},
	}
}

// compute writes a formula whose value no program has computed.
func (w *writer) compute(sheet, cell, formula string) func(*excelize.File) {
	return func(f *excelize.File) {
		must(w.t, f.SetCellValue(sheet, cell, nil))
		must(w.t, f.SetCellFormula(sheet, cell, formula))
	}
}

var notAvailable = regexp.MustCompile(`(<c r="[A-Z]+[0-9]+"[^>]*?) t="str"><f>NA\(\)</f>`)

// failed gives every formula NA() the value that a spreadsheet computes for it.
func (w *writer) failed(f file) file {
	return w.repacked(f, func(_ string, b []byte) []byte {
		return notAvailable.ReplaceAll(b, []byte(`$1 t="e"><f>NA()</f><v>#N/A</v>`))
	})
}

// copySheet copies a sheet as Excel names copies.
func (w *writer) copySheet(name string) func(*excelize.File) {
	return func(f *excelize.File) {
		from, err := f.GetSheetIndex(name)
		must(w.t, err)
		to, err := f.NewSheet(name + " (2)")
		must(w.t, err)
		must(w.t, f.CopySheet(from, to))
	}
}

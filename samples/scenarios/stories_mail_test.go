package scenarios_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"thidua/ingest/proof"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
)

// noiVu is the standing office's address.
const (
	noiVu     = "noivu@thainguyen.example"
	secretary = "hoidongtdkt@thainguyen.example"
)

// mailStories are about mails that ask, decide, bounce or are not what they seem.
func mailStories() []story {
	return []story{
		{"61-the-office-decides-about-held-mail",
			"Three mails of strangers and one with a neighbour's workbook wait. The office replies to the digest " +
				"with one line for each: the first is taken in for a unit with its own time of receipt and " +
				"answered, the second sent back with what to do, the third left alone, the fourth taken in for " +
				"the unit that stands in the file. A line that fits nothing is told. What the office quotes below " +
				"its own words is no order.",
			[]string{"2018-03-05 16:30:00", "2018-03-06 16:30:00"}, func(w *writer) []eml {
				held := []eml{
					{name: "tu-hop-thu-rieng", at: "2018-03-05 09:00:00", from: "canbo@hopthu.example",
						subject: registering, text: greeting,
						files: []file{w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh, binh))}},
					{name: "khong-ro-ai", at: "2018-03-05 09:10:00", from: "aido@hopthu.example", subject: "gui file",
						text: greeting, files: []file{w.book("file.xlsx", dongQuang, w.registration(dongQuang, binh))}},
					{name: "quang-cao", at: "2018-03-05 09:20:00", from: "banhang@hopthu.example", subject: "Bảng giá",
						text: "Kính mời.", files: []file{{"bang gia.xlsx", []byte("PK")}}},
					{name: "ho-gui-ho", at: "2018-03-05 09:30:00", from: giaSang, subject: registering, text: greeting,
						files: []file{w.book("dang ky thinh dan.xlsx", thinhDan, w.registration(thinhDan, cuong))}},
				}
				for _, m := range held {
					w.write(m)
				}
				text := "Nhận " + w.code("tu-hop-thu-rieng") + " P. Tân Thịnh\r\ntra lai " +
					strings.ToUpper(w.code("khong-ro-ai")) + "\r\nBỏ qua " + w.code("quang-cao") + "\r\nnhận " +
					w.code("ho-gui-ho") + "\r\nnhận 00000000 05452\r\n\r\n" +
					"Vào T2, 5 thg 3, 2018 lúc 16:30 Phòng Nội vụ đã viết:\r\n> nhận " + w.code("quang-cao") +
					" 05452\r\nnhận " + w.code("quang-cao") + " 05452\r\n"
				return append(held, eml{name: "quyet-dinh", at: "2018-03-06 08:00:00", from: noiVu,
					subject: "Re: Thư chờ xử lý: 4 thư", text: text})
			}},
		{"62-withdrawn", "A ward sends two versions of its registration and withdraws the second by replying to " +
			"its receipt: neither counts from then on, the first does not come back in silence, and the letter " +
			"says so. What it sends afterwards counts, with its own time of receipt. Asking without a number " +
			"withdraws nothing; another unit's number is refused.",
			[]string{"2018-03-05 16:30:00", "2018-03-06 16:30:00", "2018-03-07 16:30:00", "2018-03-12 16:30:00"},
			func(w *writer) []eml {
				two := w.registration(tanThinh, binh)
				two.Individuals[0].Position = form.Of(cuong.position)
				first := eml{name: "dang-ky", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering,
					text: greeting, files: []file{w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh, binh))}}
				second := eml{name: "dang-ky-2", at: "2018-03-05 10:00:00", from: tanThinh, subject: registering,
					text: greeting, files: []file{w.book("dang ky 2.xlsx", tanThinh, two)}}
				w.write(first)
				return []eml{
					first, second,
					{name: "rut-cua-nguoi-khac", at: "2018-03-06 08:00:00", from: thinhDan, subject: "Rút hồ sơ " +
						w.receipt(first), text: "Kính đề nghị."},
					{name: "rut-khong-ro", at: "2018-03-06 09:00:00", from: tanThinh, subject: "xin rút hồ sơ",
						text: "Kính đề nghị."},
					{name: "rut", at: "2018-03-07 08:00:00", from: tanThinh, subject: "RE: RUT HO SO",
						text: "Đơn vị xin rút để rà soát.", answers: "dang-ky-2"},
					{name: "gui-lai", at: "2018-03-12 08:00:00", from: tanThinh, subject: registering, text: greeting,
						files: []file{w.book("dang ky 3.xlsx", tanThinh, w.registration(tanThinh, binh))}},
				}
			}},
		{"63-asking-by-subject", "“mẫu” brings a unit its own forms and a calendar, “tình trạng” its own board " +
			"and nobody else's; Phòng Nội vụ sees the whole one. Accents, capitals and Re: do not matter; a " +
			"stranger gets nothing.",
			[]string{"2018-03-05 16:30:00", "2018-03-06 16:30:00"}, func(w *writer) []eml {
				return []eml{
					{name: "dang-ky", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering, text: greeting,
						files: []file{w.faulty("dang ky.xlsx")}},
					{name: "mau", at: "2018-03-06 08:00:00", from: tanThinh, subject: "Fwd: Re: MAU", text: "Xin mẫu."},
					{name: "tinh-trang", at: "2018-03-06 08:10:00", from: tanThinh, subject: "Tình trạng hồ sơ?",
						text: "Xin hỏi."},
					{name: "tinh-trang-noi-vu", at: "2018-03-06 08:20:00", from: noiVu, subject: "tinh trang",
						text: "."},
					{name: "nguoi-la", at: "2018-03-06 08:30:00", from: "aido@hopthu.example", subject: "Tình trạng",
						text: "Xin hỏi."},
				}
			}},
		{"64-a-letter-that-bounces", "Two receipts come back: one with a report as RFC 3464 has it, one in an " +
			"older server's own words. Each is matched to its letter and unit by the Message-ID within, the " +
			"office is told once, and nobody answers the machine. A report about a mail that is not ours, and one " +
			"of mere delay, are left alone.",
			[]string{"2018-03-05 16:30:00", "2018-03-06 16:30:00", "2018-03-07 16:30:00"}, func(w *writer) []eml {
				one := eml{name: "dang-ky-1", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering,
					text: greeting, files: []file{w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh, binh))}}
				two := eml{name: "dang-ky-2", at: "2018-03-05 09:30:00", from: thinhDan, subject: registering,
					text: greeting, files: []file{w.book("dang ky.xlsx", thinhDan, w.registration(thinhDan, cuong))}}
				w.write(one)
				w.write(two)
				return []eml{
					one, two,
					{name: "bao-loi", at: "2018-03-06 08:00:00", raw: dsn("failed", "tanthinh@thainguyen.example",
						w.answer("dang-ky-1"))},
					{name: "bao-loi-kieu-cu", at: "2018-03-06 08:10:00",
						raw: crlf("Return-Path: <>\nFrom: MAILER-DAEMON@mail.example\nTo: " +
							"thidua@thainguyen.example\nSubject: failure notice\nMessage-ID: " +
							"<q1@mail.example>\n\nHi. This is the qmail-send program at " +
							"mail.example.\n<thinhdan@thainguyen.example>:\nuser unknown\n\n--- Below this line " +
							"is a copy of the message.\n\nMessage-ID: " + w.answer("dang-ky-2") + "\nSubject: x\n")},
					{name: "cham", at: "2018-03-06 08:20:00", raw: dsn("delayed", "tanthinh@thainguyen.example",
						w.answer("dang-ky-1"))},
					{name: "cua-ai", at: "2018-03-06 08:30:00", raw: dsn("failed", "tanthinh@thainguyen.example",
						"<khong-phai-cua-ta@mail.example>")},
				}
			}},
		{"65-not-from-whom-it-says", "The office's mail server notes what it found out about the sender. A mail " +
			"whose DMARC fails is held, whatever it brings; one that passes is taken in; a mail that brings a " +
			"verdict of its own further down is judged by the topmost one of our server; a withdrawal that is not " +
			"proven is held.",
			[]string{"2018-03-05 16:30:00"}, func(w *writer) []eml {
				book := func(unit string) []file {
					return []file{w.book("dang ky.xlsx", unit, w.registration(unit, binh))}
				}
				ours := func(results string) string { return "Authentication-Results: " + trusted + "; " + results }
				return []eml{
					{name: "gia-mao", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering, text: greeting,
						files: book(tanThinh),
						headers: []string{
							ours("dmarc=fail (p=reject; dis=none) header.from=thainguyen.example; spf=pass " +
								"smtp.mailfrom=a@evil.example"), ours("dmarc=pass header.from=thainguyen.example")}},
					{name: "that", at: "2018-03-05 09:10:00", from: thinhDan, subject: registering, text: greeting,
						files: book(thinhDan),
						headers: []string{
							"Authentication-Results: relay.example; dmarc=fail header.from=thainguyen.example",
							ours("dkim=pass (2048-bit key; unprotected) header.d=thainguyen.example; spf=softfail " +
								"smtp.mailfrom=thinhdan@thainguyen.example")}},
					{name: "khong-ro", at: "2018-03-05 09:20:00", from: dongQuang, subject: registering, text: greeting,
						files: book(dongQuang), headers: []string{ours("dkim=none; spf=none")}},
					{name: "rut-khong-ro", at: "2018-03-05 09:30:00", from: thinhDan,
						subject: "Rút hồ sơ TN-2018-12345678", text: ".",
						headers: []string{ours("dkim=none; spf=none")}},
				}
			}},
		{"66-the-leader-agrees", "The plan wants the unit's leader to agree to a registration by mail. The leader " +
			"stands in the roster; he is shown what his clerk sent and answers with one line. The clerk's own " +
			"“đồng ý” is refused, so is a forged one (held), an agreement with conditions is asked again, what is " +
			"quoted is not read. From the leader's “Đồng ý” on the registration counts, received when the clerk " +
			"sent it; a second version waits until he agrees, and he does not. Of a unit whose leader the roster " +
			"does not name the office is told.",
			[]string{"2018-03-02 16:30:00", "2018-03-05 16:30:00", "2018-03-06 16:30:00", "2018-03-07 16:30:00",
				"2018-03-08 16:30:00"}, func(w *writer) []eml {
				const leader = "an.nguyen@thainguyen.example"
				roster := templates.NewRoster(w.plan, w.period)
				roster.Head.Preparer, roster.Head.Date = form.Of("Trịnh Thị Mẫu Em"), form.Of("2018-03-01")
				for i := range roster.Units {
					if u := &roster.Units[i]; u.Code.Text == tanThinh {
						u.Leader, u.LeaderEmail = form.Of("Nguyễn Văn An"), form.Of(leader)
					}
				}
				first := eml{name: "dang-ky", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering,
					text: greeting, files: []file{w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh, binh))}}
				second := eml{name: "dang-ky-2", at: "2018-03-07 09:00:00", from: tanThinh, subject: registering,
					text:  greeting,
					files: []file{w.book("dang ky 2.xlsx", tanThinh, w.registration(tanThinh, binh, cuong))}}
				w.write(first)
				w.write(second)
				answer := func(m eml) []string {
					return []string{"In-Reply-To: " + messageID("approval/"+w.receipt(m)+"/"+leader)}
				}
				const asked = "Re: Xin ý kiến thủ trưởng: Đăng ký thi đua thực hiện cải cách hành chính"
				return []eml{
					{name: "danh-ba", at: "2018-03-02 09:00:00", from: noiVu, subject: "Danh bạ đơn vị", text: greeting,
						files: []file{w.book("danh ba.xlsx", "PB01", roster)}},
					first,
					{name: "dang-ky-thinh-dan", at: "2018-03-05 09:30:00", from: thinhDan, subject: registering,
						text:  greeting,
						files: []file{w.book("dang ky.xlsx", thinhDan, w.registration(thinhDan, cuong))}},
					{name: "can-bo-dong-y", at: "2018-03-06 08:00:00", from: tanThinh,
						subject: "Fwd: Xin ý kiến thủ trưởng", text: "Đồng ý",
						headers: append([]string{"Authentication-Results: " + trusted +
							"; dkim=pass header.d=thainguyen.example"}, answer(first)...)},
					{name: "gia-mao", at: "2018-03-06 08:10:00", from: leader, subject: asked, text: "Đồng ý",
						headers: append([]string{"Authentication-Results: " + trusted +
							"; dmarc=fail header.from=thainguyen.example"}, answer(first)...)},
					{name: "co-dieu-kien", at: "2018-03-06 08:20:00", from: leader, subject: asked,
						text: "Đồng ý nhưng đề nghị sửa mục 2.\r\n\r\nVào T2, 5 thg 3, 2018 lúc 16:30 Phòng Nội " +
							"vụ đã viết:\r\n> đồng ý", headers: answer(first)},
					{name: "dong-y", at: "2018-03-06 09:00:00", from: leader, subject: asked,
						text: "Đồng ý.\r\n\r\nĐược gửi từ iPhone của tôi\r\n\r\nVào T2, 5 thg 3, 2018 lúc 16:30 " +
							"Phòng Nội vụ đã viết:\r\n> Nếu không đồng ý, ghi: không đồng ý", headers: answer(first)},
					second,
					{name: "khong-dong-y", at: "2018-03-08 08:00:00", from: leader, subject: asked,
						text: "Không đồng ý, số lượng cá nhân nhiều quá.", headers: answer(second)},
					{name: "dong-y-lan-nua", at: "2018-03-08 08:30:00", from: leader, subject: "Đồng ý " +
						w.receipt(first), text: "Tôi đồng ý.", headers: []string{"Authentication-Results: " + trusted +
						"; dkim=pass header.d=thainguyen.example"}},
				}
			}},
		{"67-the-office-rules-by-mail", "Phòng Nội vụ decides by its form instead of the command: a ward's " +
			"registration that came late counts as received on the day it was handed in on paper, another ward " +
			"gets a longer deadline, a check is waived for somebody whom nobody proposed. Each line is answered, " +
			"with the number of the ruling or why nothing came of it. The second form takes one back. A form " +
			"whose sender is not proven is held; a unit may not send it.",
			[]string{"2018-03-12 16:30:00", "2018-03-13 16:30:00", "2018-03-14 16:30:00"}, func(w *writer) []eml {
				rules := templates.NewRulings(w.period)
				rules.Head.Person, rules.Head.Number, rules.Head.Date = form.Of("Phạm Thị Mẫu Dung"),
					form.Of("15/CV-NV"), form.Of("2018-03-12")
				rules.Days = []templates.DayRuling{
					{Unit: form.Of("UBND phường Tân Thịnh"), Paper: form.Of(templates.PaperRegistration),
						Kind: form.Of(templates.RulingReceipt), Day: form.Of("2018-03-09"),
						Reason: form.Of("Đơn vị đã nộp bản giấy ngày 09/3/2018")},
					{Unit: form.Of("UBND phường Thịnh Đán"), Paper: form.Of(templates.PaperRegistration),
						Kind: form.Of(templates.RulingExtension), Day: form.Of("2018-03-20"),
						Reason: form.Of("Thay cán bộ phụ trách")},
					{Unit: form.Of("UBND phường Thịnh Đán"), Paper: form.Of(templates.PaperRegistration),
						Kind: form.Of(templates.RulingExtension), Day: form.Of("2018-03-08"),
						Reason: form.Of("Ghi nhầm ngày")},
				}
				rules.Waivers = []templates.WaiverRuling{{Unit: form.Of("UBND phường Tân Thịnh"),
					Nominee: form.Of(binh.name), Paper: form.Of(templates.PaperDossier), Criterion: form.Of("CN2"),
					Reason: form.Of("Mới chuyển công tác")}}
				first := eml{name: "xu-ly", at: "2018-03-13 09:00:00", from: noiVu, subject: "Quyết định xử lý",
					text: greeting, files: []file{w.book("xu ly.xlsx", "PB01", rules)}}
				sum := sha256.Sum256(w.write(first))
				longer := submission.NewOverrideID(submission.Override{Kind: submission.Extension, Period: w.period.ID,
					Unit: thinhDan, Form: templates.RegistrationForm.ID,
					Day: calendar.Date{Year: 2018, Month: 3, Day: 20}, Person: "Phạm Thị Mẫu Dung",
					Reason: "Thay cán bộ phụ trách", Ref: "15/CV-NV ngày 12/3/2018", Source: hex.EncodeToString(sum[:]),
					At: time.Date(2018, 3, 13, 16, 30, 0, 0, calendar.Zone)})
				back := templates.NewRulings(w.period)
				back.Head.Person, back.Ends = form.Of("Phạm Thị Mẫu Dung"),
					[]templates.RulingEnd{{ID: form.Of(longer), Reason: form.Of("Ghi nhầm đơn vị")},
						{ID: form.Of("qd-aaaaaaaa"), Reason: form.Of("Không có")}}
				return []eml{
					{name: "dang-ky-muon", at: "2018-03-12 09:00:00", from: tanThinh, subject: registering,
						text:  greeting,
						files: []file{w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh, binh))}},
					first,
					{name: "xu-ly-khong-chung-thuc", at: "2018-03-13 09:10:00", from: noiVu,
						subject: "Quyết định xử lý", text: greeting,
						headers: []string{"Authentication-Results: " + trusted + "; dkim=none; spf=none"},
						files:   []file{w.book("xu ly.xlsx", "PB01", rules)}},
					{name: "don-vi-gui-xu-ly", at: "2018-03-13 09:20:00", from: thinhDan, subject: "Quyết định xử lý",
						text: greeting, files: []file{w.book("xu ly.xlsx", "PB01", rules)}},
					{name: "thu-hoi", at: "2018-03-14 09:00:00", from: noiVu, subject: "Re: Quyết định xử lý",
						text: greeting, files: []file{w.book("xu ly 2.xlsx", "PB01", back)}},
				}
			}},
		{"68-what-mail-programs-make-of-it",
			"A blank file beside a good one, the same file twice, two versions of one form in a mail, a mail " +
				"signed as a package, a blank file alone, what a Mac adds to a file: each answer says which file " +
				"counts, which does not, and what to send. A mail of two senders waits for the office, which sees " +
				"whom it names; taken in, it is answered to the unit.",
			[]string{"2018-03-05 16:30:00", "2018-03-06 16:30:00"}, func(w *writer) []eml {
				two := w.registration(dongQuang, binh)
				two.Individuals[0].Position = form.Of(cuong.position)
				same := w.book("dang ky.xlsx", thinhDan, w.registration(thinhDan, binh))
				held := eml{name: "hai-nguoi-gui", at: "2018-03-05 09:50:00", from: yTe + ", canbo@hopthu.example",
					subject: registering, text: greeting,
					files: []file{w.book("dang ky.xlsx", yTe, w.registration(yTe, binh))}}
				w.write(held)
				mac := base64.StdEncoding.EncodeToString(w.book("dang ky.xlsx", "PB02",
					w.registration("PB02", binh)).bytes)
				return []eml{
					{name: "tu-may-mac", at: "2018-03-05 09:45:00",
						raw: crlf("From: " + w.address("PB02") +
							"\nTo: thidua@thainguyen.example\nSubject: Dang ky thi dua\nMessage-ID: " +
							"<mac@don-vi.example>\nMIME-Version: 1.0\nContent-Type: multipart/appledouble; " +
							"boundary=b\n\n" +
							"--b\nContent-Type: application/applefile; name=\"dang " +
							"ky.xlsx\"\nContent-Transfer-Encoding: base64\n\nAAUWBwACAAA=\n" +
							"--b\nContent-Type: application/octet-stream; name=\"dang " +
							"ky.xlsx\"\nContent-Disposition: " +
							"inline; filename=\"dang ky.xlsx\"\nContent-Transfer-Encoding: base64\n\n" + mac +
							"\n--b--\n")},
					{name: "tep-trong-va-tep-dung", at: "2018-03-05 09:00:00", from: tanThinh, subject: registering,
						text: greeting,
						files: []file{{"trong.xlsx", nil},
							w.book("dang ky.xlsx", tanThinh, w.registration(tanThinh, binh))}},
					{name: "mot-tep-hai-lan", at: "2018-03-05 09:10:00", from: thinhDan, subject: registering,
						text: greeting, files: []file{same, {"Copy of dang ky.xlsx", same.bytes}}},
					{name: "hai-ban-mot-thu", at: "2018-03-05 09:20:00", from: dongQuang, subject: registering,
						text: greeting, files: []file{w.book("dang ky (sua).xlsx", dongQuang, two),
							w.book("dang ky.xlsx", dongQuang, w.registration(dongQuang, binh))}},
					{name: "ky-dong-goi", at: "2018-03-05 09:30:00", from: giaSang, subject: registering,
						text: greeting,
						files: []file{{"smime.p7m",
							[]byte("0\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80")}}},
					{name: "tep-trong", at: "2018-03-05 09:40:00", from: tuPhap, subject: registering, text: greeting,
						files: []file{{"dang ky.xlsx", nil}}},
					held,
					{name: "nhan", at: "2018-03-06 08:00:00", from: noiVu, subject: "Re: Thư chờ xử lý", text: "nhận " +
						w.code("hai-nguoi-gui")},
				}
			}},
		{"69-forged-in-every-way", "Senders that cannot be read and checks that prove nothing: two From fields, a " +
			"group, a route, the unit's address in a comment or before a bracket; a field of our server's name " +
			"below another server, one that contradicts another, one that cannot be read, a pass in quotes or for " +
			"a neighbour. Withdrawals are held; so are votes and records whose sender nobody proved. A unit's " +
			"form with a code that the ledger never gave counts, and that is told. A bounce of a stranger is left " +
			"alone. The digest shows what stands in From.",
			[]string{"2018-03-05 16:30:00"}, func(w *writer) []eml {
				n := 0
				raw := func(name string, from string, headers ...string) eml {
					n++
					return eml{name: name, at: fmt.Sprintf("2018-03-05 09:%02d:00", n),
						raw: crlf(strings.Join(append(headers, from, "To: thidua@thainguyen.example",
							"Subject: rut ho so",
							fmt.Sprintf("Message-ID: <f%d@evil.example>", n), "", "TN-2018-12345678"), "\n") + "\n")}
				}
				const unit, evil = "From: <tanthinh@thainguyen.example>", "Authentication-Results: " + trusted +
					"; dmarc=pass header.from=evil.example"
				ours := func(results string) string { return "Authentication-Results: " + trusted + "; " + results }
				rules := templates.NewRulings(w.period)
				rules.Head.Person = form.Of("Kẻ Giả Danh")
				forged := *w
				forged.seal = proof.NewSecret(secret.Issue(), proof.Seeded(seed+1))
				return []eml{
					raw("hai-dong-from", unit, "From: <x@evil.example>", evil),
					raw("nhom", "From: Don vi: tanthinh@thainguyen.example;", evil),
					raw("duong-di", "From: <@evil.example:tanthinh@thainguyen.example>", evil),
					raw("trong-chu-thich", "From: x@evil.example (tanthinh@thainguyen.example", evil),
					raw("truoc-ngoac", "From: tanthinh@thainguyen.example <x@evil.example>", evil),
					raw("trong-ngoac-kep", "From: \"tanthinh@thainguyen.example\"@evil.example", evil),
					raw("duoi-may-chu-khac", unit,
						"Received: from x by mail.evil.example; Mon, 05 Mar 2018 08:00:00 +0700",
						ours("dmarc=pass header.from=thainguyen.example")),
					raw("mau-thuan", unit, ours("dkim=none; dmarc=none header.from=thainguyen.example"),
						ours("dkim=pass header.d=thainguyen.example")),
					raw("khong-doc-duoc", unit, ours("spf=none (x"), ours("dmarc=pass header.from=thainguyen.example")),
					raw("trong-chuoi", unit,
						ours(`spf=pass smtp.mailfrom="a; dkim=pass header.d=thainguyen.example"@evil.example`)),
					raw("hang-xom", unit,
						ours("dmarc=pass header.from=thainguyen.example.evil.example; spf=pass "+
							"smtp.mailfrom=thainguyen.example@evil.example")),
					{name: "xu-ly-khong-ai-xem", at: "2018-03-05 10:00:00", from: noiVu, subject: "Quyết định xử lý",
						text: greeting, headers: []string{"Authentication-Results: mail.khac.example; dmarc=pass " +
							"header.from=thainguyen.example"}, files: []file{w.book("xu ly.xlsx", "PB01", rules)}},
					{name: "dau-gia", at: "2018-03-05 10:05:00", from: thinhDan, subject: registering, text: greeting,
						files: []file{forged.book("dang ky.xlsx", thinhDan, w.registration(thinhDan, cuong))}},
					{name: "bao-loi-gia", at: "2018-03-05 10:10:00",
						raw: strings.Replace(dsn("failed", "tanthinh@thainguyen.example",
							"<0235d75daf998f4f1afea27827c45fa0@thainguyen.example>"), "Return-Path: <>",
							"Return-Path: <x@evil.example>", 1)},
				}
			}},
		{"70-the-office-confirms", "Nobody examines the mails: a roster of the office and a ward's withdrawal " +
			"wait with their codes. An order with the beginning of a mail's number, which anybody can work out, " +
			"waits, too. With the codes of the digest the office confirms all three: the roster counts, the " +
			"registration no longer does from that moment, and the order that was held is carried out as far as " +
			"it still can be. Everybody is answered.",
			[]string{"2018-03-05 16:30:00", "2018-03-06 16:30:00", "2018-03-07 16:30:00"}, func(w *writer) []eml {
				nobody := []string{"Authentication-Results: mail.khac.example; none"}
				roster := templates.NewRoster(w.plan, w.period)
				roster.Head.Preparer, roster.Head.Date = form.Of("Trịnh Thị Mẫu Em"), form.Of("2018-03-01")
				sent := eml{name: "dang-ky", at: "2018-03-05 09:00:00", from: thinhDan, subject: registering,
					text: greeting, files: []file{w.book("dang ky.xlsx", thinhDan, w.registration(thinhDan, cuong))}}
				w.write(sent)
				list := eml{name: "danh-ba", at: "2018-03-05 09:10:00", from: noiVu, subject: "Danh bạ đơn vị",
					text: greeting, headers: nobody, files: []file{w.book("danh ba.xlsx", "PB01", roster)}}
				back := eml{name: "rut", at: "2018-03-06 09:00:00", from: thinhDan, subject: "Rút hồ sơ " +
					w.receipt(sent), text: greeting, headers: nobody}
				w.write(list)
				w.write(back)
				guess := eml{name: "doan-ma", at: "2018-03-06 09:10:00", from: noiVu, subject: "Re: Thư chờ xử lý",
					text: "nhận " + w.id("danh-ba")[:8], headers: nobody}
				w.write(guess)
				return []eml{
					sent, list, back, guess,
					{name: "xac-nhan", at: "2018-03-07 08:00:00", from: noiVu, subject: "Re: Thư chờ xử lý",
						headers: nobody,
						text: "nhận " + w.code("danh-ba") + "\r\nnhận " + w.code("rut") + "\r\nnhận " +
							w.code("doan-ma")},
				}
			}},
	}
}

// trusted is the name under which the office's mail server notes its checks.
const trusted = "mail.thainguyen.example"

// code stands for a mail in what the office is told and answers.
func (w *writer) code(name string) string { return secret.Code(proof.HeldMail, w.id(name)) }

// id is the hash of a mail.
func (w *writer) id(name string) string {
	sum := sha256.Sum256(w.wrote[name])
	return hex.EncodeToString(sum[:])
}

// answer is the Message-ID of the receipt for a mail.
func (w *writer) answer(name string) string {
	sum := sha256.Sum256(w.wrote[name])
	return messageID("receipt/" + hex.EncodeToString(sum[:]))
}

// receipt is the number under which the only file of a mail is taken in.
func (w *writer) receipt(m eml) string {
	whole, part := sha256.Sum256(w.wrote[m.name]), sha256.Sum256(m.files[0].bytes)
	return submission.NewID(w.period.ID, hex.EncodeToString(whole[:]), "2", hex.EncodeToString(part[:]))
}

func dsn(action, addr, id string) string {
	return crlf("Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mail.example>\nTo: " +
		"thidua@thainguyen.example\nSubject: Undelivered Mail Returned to Sender\n" +
		"Message-ID: <" + action + strings.Trim(id, "<>")[:8] +
		"@mail.example>\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\nContent-Type: multipart/report; " +
		"report-type=delivery-status; boundary=b\n\n" +
		"--b\nContent-Type: text/plain\n\nI'm sorry to have to inform you that your message could not be " +
		"delivered.\n\n" +
		"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example\n\nFinal-Recipient: rfc822; " +
		addr + "\nAction: " + action + "\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n\n" +
		"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: " + id + "\nSubject: x\n\n--b--\n")
}

func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

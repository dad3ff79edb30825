package city

import (
	"strings"
)

// noise sends what every mailbox gets besides: machines that answer, newsletters, offers, broken
// mails.
func (p *postman) noise() error {
	units := p.city.units
	away := units[len(units)/2]
	for _, x := range []struct {
		m                        Mail
		month, day, hour, minute int
	}{
		{m: Mail{
			Key: "noise/auto-reply", What: "a machine answers a reminder", Unit: away.Code,
			From: address(away.Name, away.Mailboxes()[0]), Subject: "Tự động trả lời: Đôn đốc đăng ký thi đua",
			Text: "Tôi đi công tác đến hết tuần, sẽ trả lời thư sau.\r\n",
			Headers: [][2]string{{"Auto-Submitted", "auto-replied"}, {"X-Auto-Response-Suppress", "All"},
				{"Precedence", "auto_reply"}},
		}, month: 3, day: 7, hour: 8, minute: 2},
		{m: Mail{
			Key: "noise/newsletter", What: "a newsletter",
			From:    address("Bản tin Công nghệ văn phòng", "bantin@congnghe.example"),
			Subject: "Bản tin tháng 3: 10 mẹo dùng bảng tính",
			Text:    "Mời bạn đọc bản tin tháng này.\r\n",
			Headers: [][2]string{{"List-Id", "<bantin.congnghe.example>"},
				{"List-Unsubscribe", "<mailto:huy@congnghe.example>"}, {"Precedence", "bulk"}},
		}, month: 3, day: 5, hour: 6, minute: 30},
		{m: Mail{
			Key: "noise/offer", What: "an offer from a stranger with a spreadsheet that is none of ours",
			From:    address("Thiết bị văn phòng Mẫu", "kinhdoanh@thietbi.example"),
			Subject: "Báo giá máy in, mực in năm " + p.city.label(), Text: "Kính gửi quý cơ quan bảng báo giá.\r\n",
		}, month: 12, day: 11, hour: 10, minute: 12},
		{m: Mail{
			Key: "noise/question", What: "a question from a unit, with nothing attached", Unit: away.Code,
			From: address(away.Name, away.Mailboxes()[0]), Subject: "Hỏi về lịch họp giao ban",
			Text: "Kính gửi Phòng Nội vụ, đề nghị cho biết lịch họp giao ban tháng 10.\r\nTrân trọng./.\r\n",
		}, month: 10, day: 2, hour: 14, minute: 20},
		{m: Mail{Key: "noise/broken", What: "a message that breaks off in the middle of an attachment, with bare " +
			"line feeds and a raw 8-bit subject", Raw: []byte(strings.Join([]string{
			"From: khong.ro@thula.example", "Subject: Hồ sơ", "Content-Type: multipart/mixed; boundary=\"b\"", "",
			"--b", "Content-Type: text/plain", "", "xin gui", "--b",
			"Content-Type: application/octet-stream; name=\"ho so.xlsx\"", "Content-Transfer-Encoding: base64", "",
			"UEsDBBQACAAIAAAAIQ",
		}, "\n"))}, month: 12, day: 19, hour: 22, minute: 8},
	} {
		m := x.m
		if m.To = p.office(); m.Raw != nil {
			m.From = "khong.ro@thula.example"
		}
		p.stamp(&m, clock(p.city.year, x.month, x.day, x.hour, x.minute, 0))
		if m.Key == "noise/offer" {
			b, err := priceList()
			if err != nil {
				return err
			}
			m.Attachments = []Attachment{{Name: "Báo giá " + p.city.label() + ".xlsx", Type: typeXLSX, Bytes: b}}
		}
		p.mails = append(p.mails, m)
	}
	return nil
}

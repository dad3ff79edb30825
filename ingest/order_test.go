package ingest

import (
	"strings"
	"testing"
)

// Orders as people write them, and what is none.
func TestOrdersAsPeopleWriteThem(t *testing.T) {
	for line, want := range map[string]string{
		"nhận f3ce5896 05431 nhé":                                "release f3ce5896 05431",
		"Nhận f3ce5896 cho P. Tân Thịnh giúp em ạ, cảm ơn":       "release f3ce5896 p tan thinh",
		"Đề nghị tiếp nhận thư mã f3ce5896 cho đơn vị 05431.":    "release f3ce5896 05431",
		"1. nhận giúp f3ce5896":                                  "release f3ce5896 ",
		"- ok, nhận f3ce5896 nha":                                "release f3ce5896 ",
		"Trả lại f3ce5896 giúp nhé":                              "return f3ce5896 ",
		"nhờ hệ thống bỏ qua f3ce5896, xin cảm ơn":               "ignore f3ce5896 ",
		"BO QUA F3CE5896":                                        "ignore f3ce5896 ",
		"không nhận f3ce5896":                                    "",
		"chưa nhận f3ce5896 vội":                                 "",
		"f3ce5896 là thư của ai?":                                "",
		"nhận được thư f3ce5896 rồi nhưng chưa xem, để mai tính": "",
	} {
		got := ""
		if o, ok := readOrder(line); ok {
			got = string(o.verb) + " " + o.code + " " + o.unit
		}
		if got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
	for text, want := range map[string]string{
		"> mã f3ce5896\nnhận f3ce5896 05431\n> mã aaaa0000\nbỏ qua " +
			"aaaa0000": "nhận f3ce5896 05431|bỏ qua aaaa0000",
		"Vào T2 lúc 16:30 Phòng Nội vụ đã viết:\n> mã f3ce5896\n\nnhận f3ce5896 05431 nhé": "nhận f3ce5896 05431 nhé",
		"nhận f3ce5896\n\nVào T2 lúc 16:30 Phòng Nội vụ đã viết:\nnhận aaaa0000":           "nhận f3ce5896",

		"nhận f3ce5896 05431, bỏ qua aaaa0000": "nhan f3ce5896 05431|bo qua aaaa0000",

		"bỏ qua f3ce5896\n> x\nnhận f3ce5896": "bỏ qua f3ce5896",
		"Kính gửi\nnhận f3ce5896":             "nhận f3ce5896",
	} {
		lines, _ := rulingLines(text)
		if got := strings.Join(lines, "|"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	_, missed := rulingLines("Kính gửi hệ thống\nkhông nhận f3ce5896\nnhận f3ce5896\nTrân trọng")
	if len(missed) != 1 || missed[0] != "không nhận f3ce5896" {
		t.Errorf("not understood: %q", missed)
	}
}

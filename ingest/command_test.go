package ingest

import (
	"testing"

	"thidua/ingest/mailbox"
)

func TestWhatASubjectAsksFor(t *testing.T) {
	for subject, want := range map[string]string{
		"mẫu": AskTemplates, "Re: Fwd: MAU": AskTemplates, "Xin mẫu đăng ký năm 2019": AskTemplates,
		"RE[2]: biểu mẫu": AskTemplates, "Trả lời: mẫu": AskTemplates,
		"Tình trạng": AskStatus, "tinh trang ho so?": AskStatus, "FW: Tình trạng nộp hồ sơ": AskStatus,
		"rút hồ sơ": AskWithdraw, "Đề nghị cho rút lại hồ sơ TN-2018-3F9A1C20": AskWithdraw,
		"Re: RUT DANG KY": AskWithdraw,
		// what only sounds like it
		"Re: Mẫu đăng ký thi đua và hồ sơ đề nghị khen thưởng, năm 2018 - UBND phường Tân Thịnh": "",
		"Mẫu Tuất": "", "Hồ sơ đề nghị khen thưởng năm 2018": "", "Tình trạng giao thông": "", "Rút kinh nghiệm": "",
		"": "",
	} {
		if got, _ := asks(mailbox.Message{Subject: subject}, sender{known: true}, false); got != want {
			t.Errorf("%q asks for %q, want %q", subject, got, want)
		}
	}
	for subject, want := range map[string]string{"Xin mẫu NTM năm 2026": AskTemplates,
		"mẫu nông thôn mới": AskTemplates, "mẫu CCHC": ""} {
		if got, _ := asks(mailbox.Message{Subject: subject}, sender{known: true}, false, "nong thon moi",
			"ntm"); got != want {
			t.Errorf("%q asks for %q where the movement is nông thôn mới, want %q", subject, got, want)
		}
	}
	if got, _ := asks(mailbox.Message{Subject: "Mẫu"}, sender{known: true}, true); got != "" {
		t.Errorf("a mail with a workbook asks for %q", got)
	}
	if _, detail := asks(mailbox.Message{Subject: "Rút hồ sơ tn-2018-3f9a1c20",
		Text: "và TN-2018-2020-0000AAAA-2\n> TN-2018-FFFFFFFF"}, sender{known: true},
		false); detail != "TN-2018-2020-0000AAAA-2 TN-2018-3F9A1C20" {
		t.Errorf("it names %q", detail)
	}
}

// Orders are obeyed when the office wrote them, not when a mail program quotes them or somebody
// else does.
func TestWhatIsAnOrder(t *testing.T) {
	text := "nhận 3f9a1c20 05452\n- bỏ qua 12345678.\nTrả lại ABCDEF12\nnhận <mã> <đơn vị>\nnhận 12\n> nhận " +
		"11111111\n-----Original Message-----\nnhận 22222222\n"
	if reason, detail := asks(mailbox.Message{Subject: "Re: x", Text: text}, sender{known: true, office: true},
		false); reason != AskRuling || detail != "nhận 3f9a1c20 05452\n- bỏ qua 12345678.\nTrả lại ABCDEF12" {
		t.Errorf("%q: %q", reason, detail)
	}
	if reason, _ := asks(mailbox.Message{Subject: "Re: x", Text: text}, sender{known: true}, false); reason != "" {
		t.Errorf("a unit gives orders: %q", reason)
	}
}

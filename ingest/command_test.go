package ingest

import (
	"net/mail"
	"testing"

	"thidua/ingest/mailbox"
)

func TestWhatASubjectAsksFor(t *testing.T) {
	for subject, want := range map[string]string{
		"mẫu": AskTemplates, "Re: Fwd: MAU": AskTemplates, "Xin mẫu đăng ký năm 2019": AskTemplates, "RE[2]: biểu mẫu": AskTemplates, "Trả lời: mẫu": AskTemplates,
		"Tình trạng": AskStatus, "tinh trang ho so?": AskStatus, "FW: Tình trạng nộp hồ sơ": AskStatus,
		"rút hồ sơ": AskWithdraw, "Đề nghị cho rút lại hồ sơ TN-2018-3F9A1C20": AskWithdraw, "Re: RUT DANG KY": AskWithdraw,
		// what only sounds like it
		"Re: Mẫu đăng ký thi đua và hồ sơ đề nghị khen thưởng, năm 2018 - UBND phường Tân Thịnh": "",
		"Mẫu Tuất": "", "Hồ sơ đề nghị khen thưởng năm 2018": "", "Tình trạng giao thông": "", "Rút kinh nghiệm": "", "": "",
	} {
		if got, _ := asks(mailbox.Message{Subject: subject}, sender{known: true}, false); got != want {
			t.Errorf("%q asks for %q, want %q", subject, got, want)
		}
	}
	for subject, want := range map[string]string{"Xin mẫu NTM năm 2026": AskTemplates, "mẫu nông thôn mới": AskTemplates, "mẫu CCHC": ""} {
		if got, _ := asks(mailbox.Message{Subject: subject}, sender{known: true}, false, "nong thon moi", "ntm"); got != want {
			t.Errorf("%q asks for %q where the movement is nông thôn mới, want %q", subject, got, want)
		}
	}
	if got, _ := asks(mailbox.Message{Subject: "Mẫu"}, sender{known: true}, true); got != "" {
		t.Errorf("a mail with a workbook asks for %q", got)
	}
	if _, detail := asks(mailbox.Message{Subject: "Rút hồ sơ tn-2018-3f9a1c20", Text: "và TN-2018-2020-0000AAAA-2\n> TN-2018-FFFFFFFF"}, sender{known: true}, false); detail != "TN-2018-2020-0000AAAA-2 TN-2018-3F9A1C20" {
		t.Errorf("it names %q", detail)
	}
}

// Orders are obeyed when the office wrote them, not when a mail program quotes them or somebody else does.
func TestWhatIsAnOrder(t *testing.T) {
	text := "nhận 3f9a1c20 05452\n- bỏ qua 12345678.\nTrả lại ABCDEF12\nnhận <mã> <đơn vị>\nnhận 12\n> nhận 11111111\n-----Original Message-----\nnhận 22222222\n"
	if reason, detail := asks(mailbox.Message{Subject: "Re: x", Text: text}, sender{known: true, office: true}, false); reason != AskRuling || detail != "nhận 3f9a1c20 05452\n- bỏ qua 12345678.\nTrả lại ABCDEF12" {
		t.Errorf("%q: %q", reason, detail)
	}
	if reason, _ := asks(mailbox.Message{Subject: "Re: x", Text: text}, sender{known: true}, false); reason != "" {
		t.Errorf("a unit gives orders: %q", reason)
	}
}

func TestWhomOurServerBelieves(t *testing.T) {
	for _, c := range []struct {
		name    string
		results []string
		want    genuine
	}{
		{"nobody looked", nil, unchecked},
		{"another server looked", []string{"mx.other.example; dmarc=fail header.from=tnc.example"}, unchecked},
		{"DMARC passed", []string{"mx.tnc.example; spf=fail smtp.mailfrom=list.example; dmarc=pass header.from=tnc.example"}, proven},
		{"DMARC failed", []string{"MX.tnc.example; dkim=pass header.d=evil.example; dmarc=fail header.from=tnc.example"}, doubtful},
		{"the topmost counts", []string{"mx.tnc.example; dmarc=fail header.from=tnc.example", "mx.tnc.example; dmarc=pass header.from=tnc.example"}, doubtful},
		{"DKIM of the domain", []string{"mx.tnc.example 1; dkim=pass (1024-bit key; x) header.d=mail.tnc.example; spf=softfail smtp.mailfrom=a@x.example"}, proven},
		{"DKIM of another domain", []string{"mx.tnc.example; dkim=pass header.d=evil.example"}, unproven},
		{"SPF of the domain", []string{"mx.tnc.example; spf=pass smtp.mailfrom=a@tnc.example; dkim=fail header.d=tnc.example"}, proven},
		{"everything failed", []string{"mx.tnc.example; spf=fail smtp.mailfrom=a@tnc.example; dkim=none"}, doubtful},
		{"nothing to find", []string{"mx.tnc.example; none"}, unproven},
		{"a bad day", []string{"mx.tnc.example; dmarc=temperror header.from=tnc.example"}, unproven},
	} {
		m := mailbox.Message{From: []mail.Address{{Address: "a@tnc.example"}}, AuthResults: c.results}
		if got := judge(m, "mx.tnc.example"); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
		if got := judge(m, ""); got != unchecked {
			t.Errorf("%s: judged without a server to believe", c.name)
		}
	}
}

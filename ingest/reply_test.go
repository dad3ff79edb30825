package ingest

import (
	"strings"
	"testing"

	"thidua/ingest/mailbox"
)

// Replies as mail programs write them: what the leader wrote himself is read, what the program
// quotes is not.
func TestAnswersFromMailPrograms(t *testing.T) {
	quoted := "Nếu không đồng ý, ghi: không đồng ý"
	for name, c := range map[string]struct{ kind, body, want string }{
		"Gmail, HTML alone": {"html",
			`<div dir="ltr">Đồng ý</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Vào Th 2, ` +
				`5 thg 3, 2018 vào lúc 16:30 Phòng Nội vụ &lt;<a ` +
				`href="mailto:thidua@thainguyen.example">thidua@thainguyen.example</a>&gt; đã ` +
				`viết:<br></div><blockquote class="gmail_quote" style="margin:0"><p>` + quoted +
				`</p><p>không đồng ý</p></blockquote></div>`, saysYes},
		"Outlook, HTML alone": {"html",
			`<p class=MsoNormal>Đồng ý.<o:p></o:p></p><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p ` +
				`class=MsoNormal><b>From:</b> Phòng Nội vụ &lt;thidua@thainguyen.example&gt; <br><b>Sent:</b> ` +
				`Monday<br><b>Subject:</b> x</p></div><p>` + quoted + `</p><p>không đồng ý</p>`, saysYes},
		"Outlook in Vietnamese": {"html",
			`<p>Đồng ý</p><hr><p><b>Từ:</b> Phòng Nội vụ<br><b>Đã gửi:</b> 05 Tháng Ba 2018<br><b>Tới:</b> ` +
				`x<br><b>Chủ đề:</b> Xin ý kiến</p><p>không đồng ý</p>`, saysYes},
		"iPhone": {"plain",
			"Đồng ý\n\nĐã gửi từ iPhone của tôi\n\n> Vào 5 thg 3, 2018, lúc 16:30, Phòng Nội vụ " +
				"<thidua@thainguyen.example> đã viết:\n> \n> không đồng ý\n", saysYes},
		"Gmail, wrapped": {"plain",
			"Đồng ý\n\nVào Th 2, 5 thg 3, 2018 vào lúc 16:30 Phòng Nội vụ - UBND thành phố Thái " +
				"Nguyên\n<thidua@thainguyen.example> đã viết:\n\n> không đồng ý\n", saysYes},
		"Apple Mail, English": {"plain",
			"Đồng ý.\n\nOn 5 Mar 2018, at 16:30, Phòng Nội vụ <thidua@thainguyen.example>\nwrote:\n\n> không đồng ý\n",
			saysYes},
		"Yahoo": {"html",
			`<div>Đồng ý</div><div id="yahoo_quoted_1"><div>    Vào 16:30:00 GMT+7 Thứ Hai, 5 tháng 3, 2018, ` +
				`Phòng Nội vụ &lt;thidua@thainguyen.example&gt; đã viết:    </div><div>không đồng ý</div></div>`,
			saysYes},
		"a no above the quote": {"html", `<div>Không đồng ý</div><blockquote>đồng ý</blockquote>`, saysNo},
		"only the quote":       {"html", `<br><blockquote>đồng ý</blockquote>`, saysUnclear},
		"Thunderbird, below":   {"plain", "Phòng Nội vụ:\n> không đồng ý\n\nĐồng ý\n", saysYes},
	} {
		raw := "From: a@x.example\r\nSubject: Re: x\r\nMIME-Version: 1.0\r\nContent-Type: text/" + c.kind +
			"; charset=utf-8\r\n\r\n" + strings.ReplaceAll(c.body, "\n", "\r\n")
		m := mailbox.Parse([]byte(raw), mailbox.Limits{})
		if got := answers(m.Text); got != c.want {
			t.Errorf("%s: %s, want %s, from\n%s", name, got, c.want, m.Text)
		}
	}
}

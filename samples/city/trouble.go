package city

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/mail"
	"strings"

	"thidua/samples/hostile"
)

// Trouble is what forgers, machines and people without a form send beside a mail of the city: one
// forged copy of it, a word from its unit, or a file that harms a careless reader. They come at the
// moment of that mail. n is the mail's number in the story, and chooses the kinds in turn.
//
// None of it may change what a unit registered, proposed or was given.
func Trouble(m Mail, n int) []Mail {
	out := []Mail{forge(m, n)}
	if m.Unit != "" && n%3 == 0 {
		out = append(out, wordsOf(m, n/3))
	}
	if n%7 == 0 {
		out = append(out, poison(m, n/7))
	}
	return out
}

// forge copies a mail under a sender that looks like its own to one careless reader or another.
func forge(m Mail, n int) Mail {
	victim := m.From
	if a, err := mail.ParseAddress(m.From); err == nil {
		victim = a.Address
	}
	passed := [2]string{"Authentication-Results", "mx.office.example; dmarc=pass (p=reject) header.from=evil.example"}
	froms := []string{
		"x(" + victim + ")@evil.example",
		`"` + victim + `" <x@evil.example>`,
		victim + ", x@evil.example",
		"Các phòng: " + victim + ", x@evil.example;",
		`"` + victim + `"@evil.example`,
		"<@" + "evil.example:" + victim + ">, <x@evil.example>",
		"x@evil.example (" + victim + ")",
	}
	f := m
	f.Key, f.What, f.Unit = m.Key+"/forged", "somebody else writes as "+victim, ""
	f.From = froms[n%len(froms)]
	f.Headers = append([][2]string{passed}, m.Headers...)
	f.Envelope = "x@evil.example"
	f.Faults, f.Arrival, f.Copy, f.Answers, f.Raw = nil, nil, "", "", nil
	f.id = derivedID(m, "forged")
	return f
}

// wordsOf is a mail without a form from the unit that wrote m.
func wordsOf(m Mail, n int) Mail {
	automatic := [2]string{"Auto-Submitted", "auto-replied"}
	kinds := []struct {
		subject, text string
		headers       [][2]string
	}{
		{"Re: " + m.Subject, "Đã nhận, cảm ơn quý cơ quan.", nil},
		{"Trả lời tự động: " + m.Subject, "Tôi vắng mặt tại cơ quan đến hết tuần.", [][2]string{automatic}},
		{"Hỏi về mẫu biểu", "Kính gửi Phòng Nội vụ, đề nghị cho biết đơn vị gửi bản giấy về bộ phận nào?", nil},
		{"Read: " + m.Subject, "Your message was read on Monday.", nil},
		{"Xin số điện thoại", "Đề nghị cho xin số điện thoại của cán bộ phụ trách. Trân trọng.", nil},
		{"Recall: " + m.Subject, "The sender would like to recall the message.", nil},
	}
	k := kinds[n%len(kinds)]
	w := Mail{
		Key: m.Key + "/words", What: "words without a form", Unit: m.Unit, From: m.From, To: m.To,
		Subject: k.subject, Text: k.text + "\r\n", Headers: k.headers, At: m.At, Sent: m.Sent, client: m.client,
	}
	w.id = derivedID(m, "words")
	return w
}

// poison is a mail with a file that a careless reader pays dearly for, now from a stranger, now
// from a unit.
func poison(m Mail, n int) Mail {
	files := hostile.Files()
	file := files[n%len(files)]
	p := Mail{
		Key: m.Key + "/poison", What: "hostile: " + file.What, Unit: m.Unit, From: m.From, To: m.To,
		Subject: "Hồ sơ bổ sung", Text: "Gửi kèm tệp.\r\n", At: m.At, Sent: m.Sent, client: m.client,
		Attachments: []Attachment{{Name: file.Name, Type: "application/octet-stream", Bytes: file.Bytes}},
	}
	if n%2 == 0 || p.Unit == "" {
		p.Unit, p.From = "", "nguoila@evil.example"
	}
	p.id = derivedID(m, "poison")
	return p
}

// derivedID is the identity of a mail that is made beside another one.
func derivedID(m Mail, kind string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s", strings.TrimSpace(m.Key), kind))
	return hex.EncodeToString(sum[:12])
}

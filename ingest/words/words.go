// Package words tells what a mail says that brings no form.
//
// Subject and text go in; what kind of mail they are comes out. Only what is certain is told apart:
// whatever is in doubt is Other, which a person reads. The package knows nobody and looks nothing
// up.
package words

import (
	"regexp"
	"slices"
	"strings"

	"thidua/templates/viet"
)

// Kind is what a mail says.
type Kind string

// The kinds. A mail of the kinds from Absence to Thanks wants no answer.
const (
	Other    Kind = ""         // for a person to read
	Absence  Kind = "absence"  // an automatic reply of somebody who is away
	Recall   Kind = "recall"   // a mail program wants a mail back
	Read     Kind = "read"     // a mail was delivered or read
	Calendar Kind = "calendar" // an answer to an invitation, or the invitation itself
	Thanks   Kind = "thanks"   // nothing but thanks, or that something came
	Decline  Kind = "decline"  // the unit does not take part
	Enclosed Kind = "enclosed" // a file was to come with the mail
)

// Silent reports whether a mail of the kind wants no answer.
func (k Kind) Silent() bool {
	return k == Absence || k == Recall || k == Read || k == Calendar || k == Thanks
}

// The beginnings that mail programs give subjects, as they stand there: the colon tells them from
// what people write.
var (
	awaySubject = regexp.MustCompile(`^(?:(?:thu )?tu dong (?:tra loi|phan hoi|hoi dap)|(?:thu )?(?:tra loi|phan ` +
		`hoi|hoi dap) tu dong` +
		`|thong bao (?:vang mat|nghi phep)|vang mat|nghi phep|auto(?:matic|matically)? ?(?:reply|response|` +
		`generated reply)` +
		`|autoreply|autoresponse|out of (?:the )?office|ooo\b|away from|vacation|on (?:leave|vacation)|i am ` +
		`(?:away|out)|absence)`)
	recallSubject = regexp.MustCompile(
		`(?i)^\s*(?:thu hồi|recall|message recall)(?:\s+(?:thư|tin nhắn|message|email))?[^:]{0,20}:`)
	readSubject = regexp.MustCompile(
		`(?i)^\s*(?:read|not read|displayed|delivered|relayed|đã đọc|đã xem|chưa đọc|không đọc|đã phát|đã chuyển|` +
			`đã gửi tới|đã hiển thị|return receipt(?: \(displayed\))?|read receipt|xác nhận đã đọc|biên nhận đọc|` +
			`thông báo đã đọc)\s*[:\-]`)
	calendarSubject = regexp.MustCompile(
		`(?i)^\s*(?:accepted|declined|tentative|tentatively accepted|cancell?ed|new time proposed|invitation|` +
			`updated invitation|chấp nhận|đã chấp nhận|từ chối|đã từ chối|dự kiến|tạm chấp nhận|chưa chắc chắn|đã ` +
			`hủy|đã huỷ|hủy bỏ|huỷ bỏ|đề xuất thời gian mới|đã đề xuất thời gian mới|lời mời|thư mời họp)\s*:`)
)

// What the texts of machines say, as words without accents.
var (
	awayText = regexp.MustCompile(`\b(?:(?:i am|i m|i will be|am) (?:currently )?(?:out of (?:the )?office|away|` +
		`on (?:annual |sick |maternity )?(?:leave|vacation|holiday))` +
		`|out of (?:the )?office|day la (?:thu|email|tin nhan) (?:tra loi |phan hoi )?tu dong|this is an ` +
		`automat(?:ic|ed) (?:reply|response|message)` +
		`|(?:toi|em|minh|chung toi)? ?(?:hien |hien dang |dang |se )*(?:di cong tac|nghi phep|nghi thai san|nghi ` +
		`om|nghi le|nghi mat|vang mat|khong co mat)(?: (?:tai|o) co quan)?(?: (?:tu|den|toi|trong|het)\b))`)
	recallText = regexp.MustCompile(`\b(?:muon|xin|da) thu hoi (?:thu|email|tin nhan|thong diep|mail)\b|would ` +
		`like to recall the message|wants to recall`)
	readText = regexp.MustCompile(`^(?:your message|thu (?:cua ban|cua quy vi)|thu da gui|tin nhan cua ` +
		`ban)\b.*\b(?:was read|has been read|was displayed|has been displayed|da duoc (?:doc|mo|hien thi|phat)|` +
		`was delivered)\b`)
)

// asking are words after which a mail wants something of somebody, whatever else it says.
var asking = regexp.MustCompile(`\b(?:hoi|de nghi|huong dan|giup|lam the nao|nhu the nao|the nao|tai sao|vi sao|` +
	`khi nao|bao gio|bao lau|o dau|vuong mac|ho tro|vui long|lam on|gia han` +
	`|xin phep|xin nop|nop cham|nop muon|chua nop|chua gui|se gui|se nop|se bo sung|gui lai|nham|sai|loi|khong mo ` +
	`duoc|khong doc duoc|khong hieu|chua ro|chua hieu|chua nhan|khong nhan duoc|kien nghi|gop y|phan anh` +
	`|khieu nai|to cao|duoc khong|co phai|co can|can phai|nhung|tuy nhien|please|could you|can you|how|when|why|` +
	`what|where|question|but|however|not)\b`)

// Asks reports whether a text wants something of its reader.
func Asks(own string) bool {
	return strings.Contains(own, "?") || asking.MatchString(unlike.ReplaceAllString(viet.Fold(body(own)), " "))
}

// unlike are words that look like asking ones once their accents are gone: lời and lỗi, hồi, hội
// and hỏi.
var unlike = regexp.MustCompile(`\b(?:tra loi|loi (?:cam on|chao|chuc|moi)|thuan loi|quyen loi|thu hoi|phan hoi|` +
	`hoi am|hoi dap|hoi (?:dong|nghi|thao|phu nu|nong dan|cuu chien binh|chu thap do))\b`)

// IsReply reports whether a mail answers another, by its subject or its In-Reply-To.
func IsReply(subject, inReplyTo string) bool { return inReplyTo != "" || prefix.MatchString(subject) }

// Forwarded takes off a subject what mail programs put before it, and reports whether that says
// that the mail was forwarded.
func Forwarded(subject string) (bare string, forwarded bool) {
	bare = strings.TrimSpace(subject)
	for {
		mark := prefix.FindString(bare)
		if mark == "" {
			return bare, forwarded
		}
		switch f := viet.Fold(mark); {
		case strings.HasPrefix(f, "fw"), strings.HasPrefix(f, "chuyen tiep"):
			forwarded = true
		}
		bare = strings.TrimSpace(bare[len(mark):])
	}
}

// Tell is what a mail says, by its subject and what the sender wrote himself (Own).
func Tell(subject, own string) Kind {
	bare := strings.TrimSpace(subject)
	for {
		rest := prefix.ReplaceAllString(bare, "")
		if rest == bare {
			break
		}
		bare = rest
	}
	said := viet.Fold(body(own))
	asks := Asks(own)
	switch {
	case awaySubject.MatchString(viet.Fold(bare)):
		return Absence
	case declines(own):
		return Decline
	case calendarSubject.MatchString(bare) && !asks:
		return Calendar
	case readSubject.MatchString(bare) && !asks, readText.MatchString(said):
		return Read
	case recallText.MatchString(said) && !asks, recallSubject.MatchString(bare) && !asks:
		return Recall
	case awayText.MatchString(said) && !asks:
		return Absence
	case awayText.MatchString(said) && machine.MatchString(said):
		return Absence
	case thanks(own, said) && !asks:
		return Thanks
	case sends.MatchString(said) && !asks:
		return Enclosed
	}
	return Other
}

var (
	prefix = regexp.MustCompile(`(?i)^\s*(?:re|fw|fwd|tr|tl|vs|aw|trả lời|chuyển tiếp)\s*(?:\[\d+\]|\(\d+\))?\s*:\s*`)
	// machine marks the text of an automatic reply that asks people to turn to somebody else.
	machine = regexp.MustCompile(`\b(?:tu dong|automat(?:ic|ed)|out of (?:the )?office|lien he|contact|limited ` +
		`access|khi (?:toi )?(?:tro lai|quay lai)|when i return|upon my return)\b`)
	sends = regexp.MustCompile(`\b(?:(?:gui|nop|chuyen|trinh)\b.*\b(?:kem|dinh kem|mau bieu|ho so|ban dang ky|` +
		`tep|file|bao cao|danh sach)|(?:dinh kem|gui kem|kem theo)\b|attached|enclosed)`)
)

// body is a text up to its signature.
func body(own string) string {
	var out []string
	for line := range strings.Lines(own) {
		line = strings.TrimSpace(line)
		if line == "--" || line == "—" || sign.MatchString(viet.Fold(line)) && len(out) > 0 {
			break
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

var sign = regexp.MustCompile(`^(?:tran trong|tran trong kinh chao|kinh chao|kinh thu|best regards|regards|sent ` +
	`from .*|gui tu .*|duoc gui tu .*|da gui tu .*|get outlook .*|lay outlook .*)$`)

// courtesy are the words of which thanks consist, without accents.
var courtesy = map[string]bool{}

func init() {
	for w := range strings.FieldsSeq(`a ah ban anh chi em co chu bac ong ba toi minh chung don vi phuong xa phong ` +
		`ubnd van so thanh pho thi tran vang da ok okay oke okie roi nhe nha nhan duoc xin cam on ` +
		`tran trong kinh gui thu mail email tin thong bao tai lieu cong phieu mau bieu bieu ket qua nay cua quy ` +
		`cac cho va rat nhieu lam hieu ro biet ghi noi dung hoi dong thuong truc co quan ` +
		`se thuc hien trien khai nghiem tuc theo dung quan tam day du tot dong chi to chuc cam ta chao kinh tiep ` +
		`thay xem doc noi vu he thong su may chu ve viec dang ky thi dua ho khen thuong nam ` +
		`thanks thank you very much many so dear received noted well with i we have got it your message the for ` +
		`and all best regards confirm confirmed xac nhan da`) {
		courtesy[w] = true
	}
}

var gratitude = regexp.MustCompile(`\b(?:cam on|cam ta|da nhan|nhan duoc|nhan roi|da ro|da hieu|da biet|da xem|da ` +
	`doc|da ghi nhan|xac nhan da nhan|thanks|thank you|noted|received|ok|okay|oke|vang|got it|confirmed)\b`)

// thanks reports whether a text is thanks or a word of receipt and nothing more: a few words, a
// name perhaps, may stand beside.
func thanks(own, said string) bool {
	if !gratitude.MatchString(said) {
		return false
	}
	other, all := 0, strings.Fields(said)
	for _, w := range all {
		if !courtesy[w] {
			other++
		}
	}
	return len(all) <= 40 && other <= 4 && (other <= 1 || other*3 <= len(all))
}

var (
	notTaking = regexp.MustCompile(`\b(?:(?:khong|chua|ko|k) (?:the |co nhu cau |co dieu kien |du dieu kien |dang ` +
		`ky |tiep tuc |co ca nhan tap the |co tap the ca nhan )*(?:tham gia|du thi|dang ky thi dua|dang ky tham ` +
		`gia|dang ky khen thuong)` +
		`|khong dang ky(?: (?:nam nay|ky nay|nam|dot nay|thi dua|danh hieu))|xin rut khoi (?:phong trao|thi dua)|` +
		`(?:does|do|will|shall|can) ?not (?:wish to )?(?:take part|participate)|(?:will|are|is) not (?:be ` +
		`)?(?:taking part|participating)|won t (?:take part|participate))\b`)
	// elsewhere makes a sentence about not taking part one about something else, or leaves it in
	// doubt.
	elsewhere = regexp.MustCompile(`\b(?:neu|gia su|hay khong|co duoc|co phai|khong phai|tai sao|vi sao|hoi|nham|` +
		`khong biet|chua biet|chua chac|nam ngoai|nam truoc|ky truoc|truoc day|dong chi|ca nhan|nhan vien|can bo|` +
		`cong chuc|ong|ba|anh|hop|cuoc hop|hoi nghi|tap huan|hoi thao|buoi le|le hoi|toa dam|boi duong|bo phieu|` +
		`chi khong|khong chi|nhung|tru|ngoai tru|tuy nhien|if|meeting|whether)\b`)
)

// declines reports whether the sender says, in a sentence that says only that, that his unit does
// not take part.
func declines(own string) bool {
	for line := range strings.Lines(own) {
		for _, sentence := range strings.FieldsFunc(line, func(r rune) bool {
			return r == '.' || r == ';' || r == '!' ||
				r == '\n'
		}) {
			said := viet.Fold(sentence)
			if notTaking.MatchString(said) && !strings.Contains(sentence, "?") && !elsewhere.MatchString(said) {
				return true
			}
		}
	}
	return false
}

// Own is what the sender wrote himself: above, below and between what mail programs quote. A
// quotation that bears no marks on its lines ends with the mail, or with the last line of a letter
// of ours, whose beginning is ends. A line without a mark right below marked ones may be the rest
// of a quoted line that a program broke: it is his only where loose is asked for.
func Own(text, ends string, loose bool) string {
	lines := slices.Collect(strings.Lines(text))
	var out []string
	ends = viet.Fold(ends)
	unmarked, quoting := false, false
	for i := 0; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		switch {
		case unmarked:
			if ends != "" && strings.HasPrefix(viet.Fold(line), ends) {
				unmarked = false
				for i+1 < len(lines) && strings.TrimSpace(lines[i+1]) != "" { // the last paragraph of the letter
					i++
				}
			}
		case strings.HasPrefix(line, ">"):
			quoting = true
		case quoting && !loose && line != "":
		case begins(line):
			unmarked = !attribution(line) || !nextMarked(lines[i+1:])
		case i+1 < len(lines) && wrapped(line, lines[i+1:]):
			// The attribution goes on in the next line, which decides.
			i++
			for !attributed(viet.Fold(lines[i])) {
				i++
			}
			unmarked = !nextMarked(lines[i+1:])
		default:
			quoting = false
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

var (
	// of the mail that Outlook quotes
	quotedHead = regexp.MustCompile(`(?i)^[^\pL\pN]*(?:từ|from|người gửi)[^\pL\pN]*:`)
	said       = regexp.MustCompile(`(?:da viet|wrote)$`)
	saying     = regexp.MustCompile(`^(?:vao|on|luc) `)
)

func attributed(folded string) bool { return said.MatchString(folded) }

func attribution(line string) bool {
	f := viet.Fold(line)
	return saying.MatchString(f) && attributed(f)
}

// wrapped reports whether an attribution begins in a line and ends in one of the two after it.
func wrapped(line string, after []string) bool {
	if !saying.MatchString(viet.Fold(line)) {
		return false
	}
	for _, next := range after[:min(len(after), 2)] {
		if strings.TrimSpace(next) == "" {
			return false
		}
		if attributed(viet.Fold(next)) {
			return true
		}
	}
	return false
}

// begins reports whether a line begins a quotation.
func begins(line string) bool {
	folded := viet.Fold(line)
	return strings.HasPrefix(line, "-----") || strings.HasPrefix(line, "_____") || attribution(line) ||
		quotedHead.MatchString(line) || strings.HasPrefix(folded, "from ") && strings.Contains(line, ":") ||
		strings.HasPrefix(folded, "tu ") && strings.Contains(line, "@")
}

// nextMarked reports whether the next line that is not blank bears the mark of a quotation.
func nextMarked(lines []string) bool {
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" {
			return strings.HasPrefix(l, ">")
		}
	}
	return false
}

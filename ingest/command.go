package ingest

import (
	"regexp"
	"slices"
	"strings"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/words"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// The mails that ask for something, by the reason they are noted with. A command is taken in
// ("accepted") and answered.
const (
	Ask          = "ask-"
	AskTemplates = "ask-templates" // subject "mẫu"
	AskStatus    = "ask-status"    // subject "tình trạng"
	AskWithdraw  = "ask-withdraw"  // subject "rút hồ sơ"; detail: the receipt numbers named
	AskRuling    = "ask-ruling"    // the office's reply about held mail; detail: its lines
	// a leader's answer about what his unit sent; detail: what he says, the receipt numbers named
	AskApproval = "ask-approval"
)

var (
	replies   = regexp.MustCompile(`^(?:(?:re|fw|fwd|tr|tl|vs|aw|tra loi|chuyen tiep)(?: \d+)? )+`)
	wantForms = regexp.MustCompile(`^(?:(?:xin|gui|cho|lay|nhan|de nghi|de nghi gui|xin gui|gui lai) )?(?:cac ` +
		`)?(?:mau|mau bieu|bieu mau)(?: (?:thi dua|dang ky|dang ky thi dua|ho so|ho so khen thuong|ho so de nghi ` +
		`khen thuong))?(?: nam)?(?: 20\d\d)?$`)
	wantBoard = regexp.MustCompile(`^(?:(?:xem|hoi|xin|tra cuu|kiem tra|cho biet|bao cao) )?tinh trang(?: (?:ho ` +
		`so|nop|gui|dang ky|thi dua|don vi|nop ho so|gui ho so))?(?: nam)?(?: 20\d\d)?$`)
	wantBack = regexp.MustCompile(`^(?:(?:xin|de nghi|de nghi cho|xin phep) )?rut (?:lai )?(?:ho so|dang ky|ban ` +
		`dang ky|to trinh|bao cao|so lieu|bieu|mau)\b`)
	receipts = regexp.MustCompile(`(?i)\bTN-[0-9A-Z-]{1,20}-[0-9A-F]{8}(?:-\d+)?\b`)
)

// plainSubject is a subject as people mean it: without accents, capitals, punctuation, and the
// prefixes of replies.
func plainSubject(subject string) string {
	return replies.ReplaceAllString(viet.Fold(subject), "")
}

// asks tells which command a mail is, "" for none, with what it names. Mails with workbooks are no
// commands, but for the word that would be fatal to overlook. movement are names of the plan's
// movement, which people add: "mẫu CCHC".
func asks(m mailbox.Message, s sender, related bool, movement ...string) (reason, detail string) {
	subject := plainSubject(m.Subject)
	unnamed := " " + subject + " "
	for _, name := range movement {
		unnamed = strings.Replace(unnamed, " "+name+" ", " ", 1)
	}
	switch {
	case wantBack.MatchString(subject):
		named := receipts.FindAllString(strings.ToUpper(m.Subject+"\n"+ownWords(m.Text)), 50)
		slices.Sort(named)
		return AskWithdraw, strings.Join(slices.Compact(named), " ")
	case related:
		return "", ""
	case wantForms.MatchString(strings.TrimSpace(unnamed)):
		return AskTemplates, ""
	case wantBoard.MatchString(subject):
		return AskStatus, ""
	case s.office:
		lines, _ := rulingLines(m.Text)
		// a reply to the digest is told when nothing in it was understood
		if len(lines) > 0 || strings.HasPrefix(subject, "thu cho xu ly") && ownWords(m.Text) != "" {
			return AskRuling, strings.Join(lines, "\n")
		}
	}
	return "", ""
}

// order is one line of the office's reply: what to do with which held mail, for which unit.
type order struct {
	verb ledger.Verb
	code string // the beginning of the mail's ID
	unit string // as written, "" to take the one in the file
}

// What stands around an order and means nothing, on the folded line.
const (
	please = `(?:(?:\d{1,2}|ok|okay|vang|da|de nghi|kinh de nghi|xin|nho|kinh nho|lam on|vui long|he thong|ban|` +
		`anh|chi|em|cho|hay|toi|phong noi vu|phong|noi vu|dong y|nhat tri|minh|giup|lenh|va|voi|thi|lai) )*`
	kindly = `(?: (?:nhe|nha|a|ah|giup|gium|ho|voi|di|cam on|xin cam on|tran trong|tran trong cam on|cam on nhe|` +
		`cam on a|toi|minh|em|ngay|luon|duoc khong|thanks))*`
	filler = `(?:(?:giup|gium|ho|cho|toi|minh|em|thu|mail|email|ho so|ma|ma thu|ma so|so|co ma|voi|lai) )*`
	toUnit = `(?: (?:cho|vao|ve|cua|don vi|ma don vi|ma|la|thuoc))*`
)

var (
	orderLine = regexp.MustCompile(`^` + please + `(nhan|tiep nhan|tra lai|tra|bo qua) ` + filler +
		`([0-9a-f]{6,64})(?:` + toUnit + ` (.+?))??` + kindly + `$`)
	// severalOrders is where the second order of a line begins.
	severalOrders = regexp.MustCompile(` (?:va |con |roi )?(?:nhan|tiep nhan|tra lai|tra|bo qua) ` + filler +
		`[0-9a-f]{6,64}\b`)
	// orderLike is a line that seems to be an order: it has the verb and something like a code, or
	// begins with the verb.
	orderLike = regexp.MustCompile(`\b(?:nhan|tiep nhan|tra lai|tra|bo qua)\b.*\b[0-9a-f]*[0-9][0-9a-f]{3,}\b|` +
		`\b[0-9a-f]{8,64}\b|^` + please + `(?:nhan|tiep nhan|tra lai|bo qua)\b`)
)

// mostOrders is how many orders of a mail are carried out.
const mostOrders = 200

// rulingLines finds the lines that are orders, as they were written, and those that seem to be
// orders and are not understood. What a program quotes without marks is nobody's order; of what
// stands below a quotation, nothing that was ordered above it is ordered again.
func rulingLines(text string) (lines, missed []string) {
	own := ownWords(text)
	ordered := map[string]bool{}
	take := func(text string, again bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			for _, part := range orderParts(line) {
				o, ok := readOrder(part)
				switch {
				case ok && !(again && ordered[o.code]) && len(lines) < mostOrders:
					lines = append(lines, part)
					ordered[o.code] = true
				case !ok && !again && orderLike.MatchString(viet.Fold(part)) && len(missed) < mostOrders:
					missed = append(missed, part)
				}
			}
		}
	}
	take(own, false)
	take(words.Own(text, lastWords(), true), true) // between quoted lines, too
	return lines, missed
}

// orderParts takes a line with several orders apart. One that has a single order stays as it was
// written.
func orderParts(line string) []string {
	folded := viet.Fold(line)
	at := severalOrders.FindAllStringIndex(" "+folded, -1)
	if len(at) < 2 {
		return []string{line}
	}
	var out []string
	for i, x := range at {
		from, to := x[0], len(folded)
		if i == 0 {
			from = 0
		}
		if i+1 < len(at) {
			to = at[i+1][0] - 1
		}
		out = append(out, strings.TrimSpace(folded[from:to]))
	}
	return out
}

func readOrder(line string) (order, bool) {
	folded := viet.Fold(line)
	found := orderLine.FindStringSubmatch(folded)
	if found == nil {
		return order{}, false
	}
	o := order{code: found[2], unit: found[3]}
	switch found[1] {
	case "nhan", "tiep nhan":
		o.verb = ledger.Release
	case "tra", "tra lai":
		o.verb = ledger.Return
	default:
		o.verb = ledger.Ignore
	}
	return o, true
}

// NotUnderstood are the lines of the text of a mail with orders that seem to be orders and were not
// understood, as they were written.
func NotUnderstood(text string) []string {
	_, missed := rulingLines(text)
	return missed
}

// findUnit finds a unit by its code or by its name.
func findUnit(p *plan.Plan, text string) (plan.Unit, bool) {
	for _, u := range p.Units {
		if strings.EqualFold(u.Code, strings.ReplaceAll(text, " ", "")) {
			return u, true
		}
	}
	u, ok, _ := p.MatchUnit(text)
	return u, ok
}

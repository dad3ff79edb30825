package ingest

import (
	"regexp"
	"slices"
	"strings"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// The mails that ask for something, by the reason they are noted with. A command is taken in ("accepted") and answered.
const (
	Ask          = "ask-"
	AskTemplates = "ask-templates" // subject "mẫu"
	AskStatus    = "ask-status"    // subject "tình trạng"
	AskWithdraw  = "ask-withdraw"  // subject "rút hồ sơ"; detail: the receipt numbers named
	AskRuling    = "ask-ruling"    // the office's reply about held mail; detail: its lines
	AskApproval  = "ask-approval"  // a leader's answer about what his unit sent; detail: what he says, the receipt numbers named
)

var (
	replies   = regexp.MustCompile(`^(?:(?:re|fw|fwd|tr|tl|vs|aw|tra loi|chuyen tiep)(?: \d+)? )+`)
	wantForms = regexp.MustCompile(`^(?:(?:xin|gui|cho|lay|nhan|de nghi|de nghi gui|xin gui|gui lai) )?(?:cac )?(?:mau|mau bieu|bieu mau)(?: (?:thi dua|dang ky|dang ky thi dua|ho so|ho so khen thuong|ho so de nghi khen thuong))?(?: nam)?(?: 20\d\d)?$`)
	wantBoard = regexp.MustCompile(`^(?:(?:xem|hoi|xin|tra cuu|kiem tra|cho biet|bao cao) )?tinh trang(?: (?:ho so|nop|gui|dang ky|thi dua|don vi|nop ho so|gui ho so))?(?: nam)?(?: 20\d\d)?$`)
	wantBack  = regexp.MustCompile(`^(?:(?:xin|de nghi|de nghi cho|xin phep) )?rut (?:lai )?(?:ho so|dang ky|ban dang ky|to trinh|bao cao|so lieu|bieu|mau)\b`)
	receipts  = regexp.MustCompile(`(?i)\bTN-[0-9A-Z-]{1,20}-[0-9A-F]{8}(?:-\d+)?\b`)
)

// plainSubject is a subject as people mean it: without accents, capitals, punctuation, and the prefixes of replies.
func plainSubject(subject string) string {
	return replies.ReplaceAllString(viet.Fold(subject), "")
}

// asks tells which command a mail is, "" for none, with what it names. Mails with workbooks are no commands, but for the word that would be
// fatal to overlook. movement are names of the plan's movement, which people add: "mẫu CCHC".
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
		lines := rulingLines(m.Text)
		if len(lines) > 0 || strings.HasPrefix(subject, "thu cho xu ly") && ownWords(m.Text) != "" { // a reply to the digest is told when nothing in it was understood
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

// orderLine is matched on the folded line.
var orderLine = regexp.MustCompile(`^(nhan|tiep nhan|tra lai|tra|bo qua)\s+([0-9a-f]{6,64})(?:\s+(?:cho\s+)?(.+))?$`)

// rulingLines finds the lines that are orders, as they were written.
func rulingLines(text string) []string {
	var out []string
	for line := range strings.Lines(ownWords(text)) {
		line = strings.TrimSpace(line)
		if _, ok := readOrder(line); ok && len(out) < 200 {
			out = append(out, line)
		}
	}
	return out
}

func readOrder(line string) (order, bool) {
	found := orderLine.FindStringSubmatch(viet.Fold(line))
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

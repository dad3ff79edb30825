package document

import (
	"fmt"
	"strings"
)

// The two lines on top of every administrative paper (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục
// II.1).
const (
	Country = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	Motto   = "Độc lập - Tự do - Hạnh phúc"
)

// DateLine is the date written beside the place. A part that is 0 is left open for the pen.
type DateLine struct{ Day, Month, Year int }

// String writes the date as Nghị định 30/2020/NĐ-CP wants it: days below 10 and months 1 and 2 with
// a leading zero, months 3 to 9 without; open parts as dots.
func (d DateLine) String() string {
	day, month, year := "…", "…", "…"
	if d.Day > 0 {
		day = fmt.Sprintf("%02d", d.Day)
	}
	switch {
	case d.Month == 1 || d.Month == 2:
		month = fmt.Sprintf("%02d", d.Month)
	case d.Month > 0:
		month = fmt.Sprint(d.Month)
	}
	if d.Year > 0 {
		year = fmt.Sprint(d.Year)
	}
	return "ngày " + day + " tháng " + month + " năm " + year
}

// NationalHeader is the head of an administrative paper: who issues it on the left, the nation on
// the right.
type NationalHeader struct {
	Superior []string // cơ quan chủ quản, upright capitals; may be empty
	Issuer   []string // cơ quan ban hành, bold capitals, with a short rule below
	Number   int      // 0: left open for the registry
	Symbol   string   // "BB-HĐTĐKT"; empty: the paper carries no number line
	Subject  string   // "V/v …" of an official letter, below the number; may be empty
	Mark     string   // "DỰ THẢO" in a box; may be empty
	Place    string   // "TP. Thái Nguyên"; empty: the paper carries no place and date line
	Date     DateLine
}

// NumberLine is "Số: 05/BB-HĐTĐKT"; numbers below 10 carry a leading zero, an unknown number is
// left open. It is empty when the paper has no symbol.
func (h NationalHeader) NumberLine() string {
	if h.Symbol == "" {
		return ""
	}
	if h.Number <= 0 {
		return "Số:        /" + h.Symbol
	}
	return fmt.Sprintf("Số: %02d/%s", h.Number, h.Symbol)
}

// PlaceDate is "TP. Thái Nguyên, ngày 05 tháng 02 năm 2020", or empty without a place.
func (h NationalHeader) PlaceDate() string {
	if h.Place == "" {
		return ""
	}
	return h.Place + ", " + h.Date.String()
}

func (h NationalHeader) texts(yield func(string)) {
	for _, s := range h.Superior {
		yield(s)
	}
	for _, s := range h.Issuer {
		yield(s)
	}
	yield(h.NumberLine())
	yield(h.Subject)
	yield(h.Mark)
	yield(Country)
	yield(Motto)
	yield(h.PlaceDate())
}

func (h NationalHeader) check() error { return nil }

// Basis is the list of legal grounds: one line each, italic, under the rules of the paper's day.
type Basis struct {
	Lines []string
	Rules Rules
}

// Ended returns the lines with their prescribed endings: ";" on each, "." (under the older rules
// ",") on the last.
func (b Basis) Ended() []string {
	out := make([]string, len(b.Lines))
	for i, line := range b.Lines {
		end := ";"
		if i == len(b.Lines)-1 {
			end = b.Rules.LastGround()
		}
		out[i] = strings.TrimRight(strings.TrimSpace(line), ";.,") + end
	}
	return out
}

func (b Basis) texts(yield func(string)) {
	for _, line := range b.Ended() {
		yield(line)
	}
}

func (b Basis) check() error { return nil }

// Addressee is the "Kính gửi:" block.
type Addressee struct{ To []string }

// Lines returns the block as it is printed: one addressee stands on the line of the greeting,
// several stand below it, each with a dash, ";" after each and "." after the last.
func (a Addressee) Lines() []string {
	const greeting = "Kính gửi:"
	if len(a.To) == 1 {
		return []string{greeting + " " + a.To[0]}
	}
	lines := []string{greeting}
	for i, to := range a.To {
		end := ";"
		if i == len(a.To)-1 {
			end = "."
		}
		lines = append(lines, "- "+strings.TrimRight(to, ";.")+end)
	}
	return lines
}

func (a Addressee) texts(yield func(string)) {
	for _, line := range a.Lines() {
		yield(line)
	}
}

func (a Addressee) check() error { return nil }

// RecipientsTitle heads the list of recipients (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.9).
const RecipientsTitle = "Nơi nhận:"

// Signature is one signing column.
type Signature struct {
	Capacity []string // "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH": bold capitals
	Note     string   // "(Ký tên, đóng dấu)": italic; may be empty
	Name     string   // printed name; empty leaves the place open
}

// Signatures closes a paper. With one signer the recipients stand on the left of the signature;
// with two they stand below the left signer. The block is never split over two pages.
type Signatures struct {
	Recipients []string   // "- Như Điều 3;" … "- Lưu: VT, NV."
	Left       *Signature // nil: one signer only
	Right      Signature
}

func (s Signatures) texts(yield func(string)) {
	one := func(sig Signature) {
		for _, line := range sig.Capacity {
			yield(line)
		}
		yield(sig.Note)
		yield(sig.Name)
	}
	if s.Left != nil {
		one(*s.Left)
	}
	one(s.Right)
	if len(s.Recipients) > 0 {
		yield(RecipientsTitle)
	}
	for _, line := range s.Recipients {
		yield(line)
	}
}

func (s Signatures) check() error { return nil }

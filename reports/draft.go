package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/viet"
	"thidua/templates/wording"
)

// draft is a paper being written.
type draft struct {
	Sources
	recipe recipe
	doc    document.Document
	words  wording.Words // the plan's

	extra []File
	err   error // of our own, met on the way

	annual []Sources // of the years beside this round, nil until asked for

	sections int                         // numbered so far
	verdicts map[string]evaluate.Verdict // by nominee, filled on first use
}

func newDraft(s Sources, r recipe) *draft {
	d := &draft{Sources: s, recipe: r, words: s.Plan.Words}
	full := d.words.Text("paper.title.full", "title", r.title(), "period", d.period())
	title := once(full, d.period())
	if title == full && d.Period.Kind == plan.AdHoc { // its name goes on from no title
		title = d.words.Text("paper.title.adhoc", "title", r.title(), "period", d.period())
	}
	d.doc = document.Document{
		Title: title, Subject: d.words.Text("paper.subject", "movement", s.Plan.Movement), Author: s.Plan.Office.Name,
		Date: s.On.Start(), Orientation: r.orientation, FileName: fileName(r.stem, s.Period.ID),
	}
	return d
}

func (d *draft) add(blocks ...document.Block) { d.doc.Blocks = append(d.doc.Blocks, blocks...) }

// say adds a paragraph of one plain text.
func (d *draft) say(text string) { d.add(document.Text(text)) }

// heading adds a heading.
func (d *draft) heading(level int, text string) { d.add(document.Heading{Level: level, Text: text}) }

// period is the period's name inside a sentence: "năm 2018".
func (d *draft) period() string { return lowerFirst(d.Period.Title) }

// round is the period's name behind the movement's: “…” năm 2018. Awards between the years have none; what they are is added in brackets.
func (d *draft) round() string {
	if d.Period.Kind == plan.AdHoc {
		return d.words.Text("paper.round.adhoc", "period", d.period())
	}
	return d.period()
}

// once takes out of a title the words that stand before a period and begin it too: "Sổ khen thưởng khen thưởng đột xuất".
func once(title, period string) string {
	words := strings.Fields(period)
	for n := len(words); n > 1; n-- {
		title = strings.ReplaceAll(title, strings.Join(words[:n], " ")+" "+period, period)
	}
	return title
}

// state says how far a paper's head is filled in.
type state int

const (
	dated state = iota // the paper bears its day
	open               // the day is left for the pen
	rough              // so too, and the paper is marked as a draft
)

// head adds the national header of a kind of paper as the plan sets it.
func (d *draft) head(paper string, st state) {
	h, ok := d.Plan.Head(paper)
	if !ok {
		h.Organ = []string{strings.ToUpper(d.Plan.Issuer.Name)}
	}
	block := document.NationalHeader{Issuer: h.Organ, Symbol: h.Symbol, Place: d.Plan.Place, Date: document.DateLine{Day: d.On.Day, Month: d.On.Month, Year: d.On.Year}}
	if h.Parent != "" {
		block.Superior = []string{h.Parent}
	}
	if st != dated {
		block.Date = document.DateLine{Year: d.On.Year}
	}
	if st == rough {
		block.Mark = d.words.Text("paper.mark.draft")
	}
	d.add(block)
}

// signed adds the signatures and the recipients that the plan sets for a kind of paper.
func (d *draft) signed(paper, note string) {
	h, ok := d.Plan.Head(paper)
	if !ok || len(h.Signatures) == 0 {
		return
	}
	sign := func(s plan.Signature) document.Signature {
		return document.Signature{Capacity: s.Lines, Note: note, Name: s.Name}
	}
	block := document.Signatures{Right: sign(h.Signatures[len(h.Signatures)-1])}
	if len(h.Signatures) > 1 {
		left := sign(h.Signatures[0])
		block.Left = &left
	}
	for i, r := range h.Recipients {
		end := ";"
		if i == len(h.Recipients)-1 {
			end = "."
		}
		block.Recipients = append(block.Recipients, "- "+strings.TrimRight(r, ";.")+end)
	}
	d.add(block)
}

// bases adds the "Căn cứ …" lines valid on the day of the paper.
func (d *draft) bases() {
	var lines []string
	for _, text := range d.Plan.BasesOn(d.On) {
		lines = append(lines, d.words.Text("paper.basis", "text", text))
	}
	d.add(document.Basis{Lines: lines, Rules: d.doc.Rules()})
}

// finish closes the paper with what it was made from and with its fingerprint, which covers every text of it.
func (d *draft) finish() {
	total, accepted := d.submissions()
	data := evaluate.DatasetHash(d.Plan, d.Data, d.Period)
	planHash, dataHash := short(d.Plan.Hash), short(data)
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00%s\x00%s\x00", d.recipe.name, d.Period.ID, d.Plan.Hash, data)
	for _, text := range d.doc.Texts() {
		fmt.Fprintf(h, "%s\x00", text)
	}
	print := short(hex.EncodeToString(h.Sum(nil)))
	asOf := calendar.ShortMoment(d.Data.AsOf)
	if !slices.Contains(asSigned, d.recipe.name) {
		d.add(document.Note{Lines: []string{
			d.words.Text("paper.sources", "number", d.Plan.Number, "issued", d.Plan.IssuedOn.Short(), "period", d.period(), "asof", asOf, "total", total, "accepted", accepted),
			d.words.Text("paper.hashes", "plan", planHash, "data", dataHash, "print", print),
		}})
	}
	d.doc.Footer = []string{d.words.Text("paper.footer", "number", d.Plan.Number, "period", d.period(), "asof", asOf, "plan", planHash, "data", dataHash, "print", print)}
}

// short is the beginning of a hash that people compare by eye.
func short(hash string) string { return hash[:min(len(hash), 12)] }

func lowerFirst(s string) string {
	for i, r := range s {
		return s[:i] + string(unicode.ToLower(r)) + s[i+len(string(r)):]
	}
	return s
}

func upperFirst(s string) string {
	for i, r := range s {
		return s[:i] + string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}

// two writes a count as office papers do: 0, 01, 09, 10.
func two(n int) string {
	if n == 0 {
		return "0"
	}
	return fmt.Sprintf("%02d", n)
}

// who is a nominee as papers name one: "Bà Trần Thị Bình", or the collective's name.
func who(n evaluate.Nominee) string {
	if n.Kind == evaluate.Individual && n.Title != "" {
		return n.Title + " " + n.Name
	}
	return n.Name
}

// post is a person's position and department; "" for a collective.
func post(n evaluate.Nominee) string {
	if n.Department == "" || n.Position == "" {
		return n.Position + n.Department
	}
	return n.Position + ", " + n.Department
}

// seat is where a nominee works: post and unit of a person, the unit of a collective. Words that end the post and begin the unit's name
// are said once: "Chủ tịch UBND phường Tân Thịnh", "Trưởng phòng Nội vụ".
func seat(n evaluate.Nominee) string {
	position := post(n)
	if position == "" {
		return n.UnitName
	}
	before, after := strings.Fields(position), strings.Fields(n.UnitName)
	for shared := min(len(before), len(after)); shared > 0; shared-- {
		if shared == 1 && strings.EqualFold(after[0], "bộ") { // "cán bộ" is one word, and does not end in the "bộ" of "bộ phận"
			break
		}
		if strings.EqualFold(strings.Join(before[len(before)-shared:], " "), strings.Join(after[:shared], " ")) {
			return strings.Join(append(before, after[shared:]...), " ")
		}
	}
	return position + ", " + n.UnitName
}

// inFull is a name without abbreviations of bodies, for a certificate hangs on a wall: "Ủy ban nhân dân xã Đồng Liên".
func (d *draft) inFull(s string) string {
	for pair := range strings.SplitSeq(d.words.Text("council.infull"), ";") {
		short, full, _ := strings.Cut(pair, "=")
		if short = strings.TrimSpace(short); short != "" {
			s = strings.ReplaceAll(s, short, strings.TrimSpace(full))
		}
	}
	return s
}

// namesUnit reports whether a collective's name says which unit it belongs to.
func namesUnit(n evaluate.Nominee) bool {
	return n.Kind == evaluate.Collective && strings.Contains(viet.Fold(n.Name), viet.Fold(n.UnitName))
}

// needUnits reports whether a list of these nominees must name their units.
func needUnits(list []evaluate.Nominee) bool {
	return slices.ContainsFunc(list, func(n evaluate.Nominee) bool { return !namesUnit(n) })
}

// kindTitle is "Tập thể" or "Cá nhân".
func kindTitle(kind string) string {
	if kind == evaluate.Individual {
		return wording.Text("paper.kind.individual")
	}
	return wording.Text("paper.kind.collective")
}

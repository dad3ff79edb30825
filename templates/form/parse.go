package form

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"thidua/templates/finding"
	"thidua/templates/grid"
	"thidua/templates/person"
	"thidua/templates/viet"
)

// Parsed is what became of one cell.
type Parsed struct {
	Value    Value
	Repairs  []Repair
	Findings []finding.Finding
}

// Parse reads one cell as a field. date1904 is the workbook's date system. A blank cell gives a
// Value with its address and no finding: whether it may be blank is the row's business. What cannot
// be read becomes a finding and a Bad value, never a guess; what was changed on the way is listed
// as a repair.
//
//wording:composed form.repair.
func (f *Field) Parse(sheet string, c grid.Cell, date1904 bool, ctx Context) Parsed {
	var out Parsed
	var told Reading
	NewParser(&told, date1904, ctx).Parse(f, sheet, &c, &out.Value)
	out.Repairs, out.Findings = told.Repairs, told.Findings
	return out
}

// Parser reads the cells of one workbook, one after another, as Field.Parse does.
type Parser struct {
	to       *Reading // what is told about the cells
	ctx      Context
	date1904 bool

	field *Field // of the cell being read
	out   *Value
	typed string // what was typed, decoded to Unicode and trimmed
	raw   string // what was typed, such that it is read the same again: lines kept, numbers as shown

	texts viet.Texts // canonical ones
}

// NewParser makes a parser that adds the findings and repairs of all its cells to a reading.
func NewParser(to *Reading, date1904 bool, ctx Context) *Parser {
	return &Parser{to: to, ctx: ctx, date1904: date1904}
}

// Parse reads a cell of a sheet as a field, into a value that is zero before.
func (p *Parser) Parse(f *Field, sheet string, c *grid.Cell, into *Value) {
	p.field, p.out, p.typed, p.raw = f, into, "", ""
	into.At = Ref{Sheet: sheet, Cell: c.Ref()}
	switch {
	case c.Kind == grid.Blank && c.NoCache:
		p.fault(finding.FormulaPending, "", "")
	case c.Kind == grid.Blank:
	case c.Kind == grid.Error, c.Kind == grid.Text && strings.Contains(c.Text, "#") &&
		errorTexts[strings.TrimSpace(c.Text)]: // as text in our own marked copy, or pasted as values
		p.fault(finding.FormulaError, c.Text, "")
	default:
		if p.isDay(c) { // what it shows is asked for only when it is refused
			p.cell(c)
			break
		}
		p.typed = p.decode(c)
		if p.raw = p.typed; c.Kind == grid.Text && viet.CleanSpaces(c.Text) == p.typed {
			p.raw = strings.TrimSpace(c.Text)
		}
		if p.typed == "" && c.Kind == grid.Text {
			break // only blanks were typed
		}
		p.cell(c)
	}
}

// isDay reports whether a cell holds a day where a day is wanted, as most do.
func (p *Parser) isDay(c *grid.Cell) bool {
	if p.field.Type != Date || c.Kind != grid.Number || !c.Date || year(c.Number) {
		return false
	}
	_, ok := fromSerial(c.Number, p.date1904)
	return ok
}

// decode returns the cell's text in NFC Unicode with single spaces, noting what had to be changed.
func (p *Parser) decode(c *grid.Cell) string {
	switch c.Kind {
	case grid.Number, grid.Bool:
		return Shown(c, p.date1904)
	}
	s := c.Text
	if p.field.Type == YesNo && strings.HasPrefix(c.Font, "Wingdings") {
		if tick, ok := ticks[strings.TrimSpace(s)]; ok {
			return tick
		}
	}
	if _, _, old := viet.LegacyFont(c.Font); !old && viet.Plain(s) {
		return s
	}
	if decoded, changed := viet.DecodeFont(c.Font, s); changed {
		p.repair("legacy", s, decoded)
		s = decoded
	} else if viet.LooksTCVN3(s) || viet.LooksVNI(s) {
		meant := ""
		if p.field.Person {
			meant = person.Meant(s)
		}
		p.find(finding.LegacyText, s, "", "suggest", meant)
		return strings.TrimSpace(s) // the soft hyphen and Ð are letters there
	}
	if viet.Tidy(s) {
		return s
	}
	if n := viet.NFC(s); n != s {
		if viet.CleanSpaces(n) != viet.CleanSpaces(s) {
			p.repair("nfc", s, n)
		}
		s = n
	}
	if n := viet.FixEth(s); n != s {
		p.repair("eth", s, n)
		s = n
	}
	n := viet.CleanSpaces(s)
	if n != strings.Trim(s, " ") && n != "" && strings.Trim(s, " \n") != n {
		p.repair("spaces", s, n)
	}
	return n
}

func (p *Parser) cell(c *grid.Cell) {
	switch p.field.Type {
	case Int, Number:
		p.number(c)
	case Year:
		p.year(c)
	case Date:
		p.date(c)
	case YesNo:
		p.yesNo(c)
	case Choice:
		p.choice(c)
	default:
		p.text(c)
	}
	if c.Formula && p.out.Given() {
		now := p.out.Text
		if d, ok := p.out.Date(); ok && p.field.Type == Date {
			now = d.Short()
		}
		p.repair("formula", "", now)
	}
}

// keep records the canonical text, and the typed one where it differs.
func (p *Parser) keep(canonical string, c *grid.Cell) {
	p.out.Text = canonical
	if c.Text != canonical {
		p.out.Raw = c.Text
	}
}

func (p *Parser) repair(rule, was, now string) {
	if was == "" {
		was = now
	}
	p.to.Repairs = append(p.to.Repairs, Repair{Sheet: p.out.At.Sheet, Cell: p.out.At.Cell, Was: viet.Quote(was),
		Now: viet.Quote(now), Rule: rule})
}

func (p *Parser) find(code finding.Code, read, want string, more ...any) {
	pairs := append([]any{"field", p.field.Title, "read", read, "want", want}, more...)
	if example := p.ctx.Example(*p.field); example != "" {
		pairs = append(pairs, "example", example)
	}
	if clause := cmp.Or(p.field.Clause, p.field.home); clause != "" {
		pairs = append(pairs, "clause", clause)
	}
	p.to.Findings = append(p.to.Findings, finding.New(code, finding.At{Sheet: p.out.At.Sheet, Cell: p.out.At.Cell},
		pairs...))
}

// fault is a finding that leaves the value unusable.
func (p *Parser) fault(code finding.Code, read, want string, more ...any) {
	p.find(code, read, want, more...)
	p.out.Text, p.out.Raw, p.out.Bad = "", cmp.Or(p.raw, read), true
}

func (p *Parser) text(c *grid.Cell) {
	s := p.typed
	if filler(s) || p.fills() {
		p.repair("filler", s, "")
		return
	}
	if p.field.Person {
		if c.Kind != grid.Text || !strings.ContainsFunc(s, unicode.IsLetter) {
			p.fault(finding.NoName, s, "")
			return
		}
		if person.Several(c.Text) {
			p.fault(finding.SeveralPeople, s, "")
			return
		}
		s = p.name(s, c)
	}
	if most := p.field.Limit; most > 0 && len(s) > most {
		if n := utf8.RuneCountInString(s); n > most {
			p.find(finding.TooLong, strconv.Itoa(n), strconv.Itoa(most))
		}
	}
	p.keep(s, c)
}

// filler reports whether a text only fills its cell: dashes, dots and the like.
func filler(s string) bool {
	if first, _ := utf8.DecodeRuneInString(s); unicode.IsLetter(first) { // as most begin
		return false
	}
	return strings.Trim(s, "-–—_.…/*, ") == ""
}

// name reads a cell as a person's name: what stands around it is left out and its capitals are put
// right, both told; what else is wrong with it is told with what was probably meant.
func (p *Parser) name(s string, c *grid.Cell) string {
	n := person.Read(s, "")
	if n.Text == "" {
		return s
	}
	if n.Text != s {
		rule := "around"
		switch {
		case n.Position != "":
			rule = "position"
		case n.Title != "":
			rule = "title"
		}
		p.repair(rule, s, n.Text)
		s = n.Text
	}
	switch person.Look(s) {
	case person.Garbled:
		if !viet.LooksTCVN3(c.Text) && !viet.LooksVNI(c.Text) { // which has been told
			p.find(finding.GarbledName, s, "", "suggest", cmp.Or(person.Meant(c.Text), person.Meant(s)))
		}
		return s
	case person.Partial:
		p.find(finding.NotFullName, s, "")
		return s
	}
	if cased := person.Cased(s); cased != s && strings.ContainsAny(s, " '’ʼ") {
		p.repair("capitals", s, cased)
		s = cased
	}
	return s
}

func (p *Parser) yesNo(c *grid.Cell) {
	switch viet.Bare(p.typed) {
	case "co",
		"x",
		"v",
		"✓",
		"✔",
		"☑",
		"dat",
		"yes",
		"y",
		"1",
		"true",
		"da dat",
		"dat chi tieu",
		"vuot",
		"vuot chi tieu",
		"dat va vuot",
		"hoan thanh",
		"da hoan thanh",
		"hoan thanh vuot",
		"da co",
		"100%",
		"100 %":
		p.answer(Yes, c)
	case "khong", "k", "kd", "chua", "khong dat", "chua dat", "no", "n", "0", "false", "-", "✗", "✘",
		"chua hoan thanh", "khong hoan thanh", "khong co", "chua co", "0%", "0 %":
		p.answer(No, c)
	default:
		p.fault(finding.BadYesNo, p.typed, Yes+"; "+No)
	}
}

func (p *Parser) answer(canonical string, c *grid.Cell) {
	p.keep(canonical, c)
	if p.typed != canonical {
		p.repair("yesno", p.typed, canonical)
	}
}

func (p *Parser) choice(c *grid.Cell) {
	label, ok, suggest := p.ctx.match(p.field, p.typed)
	switch {
	case ok:
		p.keep(label, c)
		if label != p.typed {
			p.repair("choice", p.typed, label)
		}
	case p.field.Open:
		p.keep(p.typed, c)
	case filler(p.typed) && !p.field.Required, p.fills():
		p.repair("filler", p.typed, "")
	default:
		p.fault(finding.NotInList, p.typed, p.allowedValues(), "suggestion", strings.Join(suggest, "; "))
		if len(suggest) > 0 {
			last := &p.to.Findings[len(p.to.Findings)-1]
			last.Fix = finding.DidYouMean(suggest) + " " + last.Fix
		}
	}
}

// allowedValues lists a choice's values for a message, cut where a list is long.
func (p *Parser) allowedValues() string {
	const most = 6
	var labels []string
	for _, it := range p.ctx.Items(*p.field) {
		if len(labels) == most {
			labels = append(labels, "…")
			break
		}
		labels = append(labels, it.Label)
	}
	return strings.Join(labels, "; ")
}

func (p *Parser) year(c *grid.Cell) {
	s := strings.TrimSuffix(strings.TrimSpace(strings.TrimPrefix(viet.Bare(p.typed), "nam ")), ".0")
	n, err := strconv.Atoi(s)
	if err != nil || len(s) != 4 {
		p.fault(finding.BadYear, p.typed, "")
		return
	}
	if !p.inRange(float64(n)) {
		return
	}
	p.keep(s, c)
	if p.typed != s {
		p.repair("number", p.typed, s)
	}
}

func (p *Parser) number(c *grid.Cell) {
	if c.Kind == grid.Number && c.Date && c.Format != grid.TimeOnly { // a day, whatever number it is stored as
		p.fault(finding.BadNumber, p.typed, "")
		return
	}
	if c.Kind == grid.Number {
		x := c.Number
		if c.Percent && p.field.Type == Int {
			p.fault(finding.BadNumber, p.typed, "")
			return
		}
		if c.Percent { // the cell shows 85,5%
			x = math.Round(x*1e10) / 1e8
		}
		p.accept(x, c, c.Percent)
		return
	}
	if c.Kind == grid.Bool {
		p.fault(finding.BadNumber, p.typed, "")
		return
	}
	if filler(p.typed) || p.field.Type != Int && p.fills() {
		p.repair("filler", p.typed, "")
		return
	}
	x, ok := p.field.number(p.typed)
	if none := noneAtAll[viet.Bare(p.typed)]; none && p.field.Type == Int && p.field.Min != nil && *p.field.Min <= 0 {
		x, ok = 0, true
	}
	if !ok {
		p.fault(finding.BadNumber, p.typed, "")
		return
	}
	p.accept(x, c, true)
}

func (p *Parser) accept(x float64, c *grid.Cell, repaired bool) {
	canonical := c.Text
	if c.Kind != grid.Number || c.Percent || !isWhole(canonical) {
		var room [32]byte
		canonical = p.texts.Keep(strconv.AppendFloat(room[:0], x, 'f', -1, 64))
	}
	if p.field.Type == Int && x != math.Trunc(x) {
		p.fault(finding.BadNumber, p.typed, "")
		return
	}
	if !p.inRange(x) {
		return
	}
	p.keep(canonical, c)
	if repaired && (canonical != p.typed || c.Kind == grid.Text) {
		p.repair("number", p.typed, canonical)
	}
}

// isWhole reports whether a number is written in digits only, no more than it holds: as it would be
// written again.
func isWhole(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) == 1 || len(s) > 0 && len(s) <= 15 && s[0] != '0'
}

func (p *Parser) inRange(x float64) bool {
	f := p.field
	if (f.Min != nil && x < *f.Min) || (f.Max != nil && x > *f.Max) {
		p.fault(finding.OutOfRange, p.typed, Decimal(*f.Min)+" – "+Decimal(*f.Max))
		return false
	}
	return true
}

// Decimal writes a number as an office does, with a decimal comma and no trailing zeros.
func Decimal(x float64) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', -1, 64), ".", ",", 1)
}

// units are what offices write behind a number, without spaces: "05 đ/c", "01 bộ".
var units = []string{"điểm", "đ", "người", "hồsơ", "phiếu", "cánhân", "tậpthể", "đồngchí", "đ/c", "cánbộ", "côngchức",
	"thànhviên", "bộ", "vụviệc", "vụ", "lần", "thủtục", "tthc", "buổi", "phút", "số"}

// fillers are the words, without accents, by which offices say that there is nothing to write.
var fillers = map[string]bool{"khong co": true, "ko co": true, "chua co": true, "chua cong bo": true,
	"chua xep loai": true, "chua danh gia": true, "chua duoc xep loai": true, "khong xep loai": true, "chua xep": true,
	"khong ap dung": true, "n/a": true, "na": true, "khong": true, "ko": true}

// fills reports whether what was typed only says that there is nothing, where nothing is wanted.
func (p *Parser) fills() bool {
	return !p.field.Required && len(p.typed) < 40 && fillers[strings.Trim(viet.Bare(p.typed), "()[]-. ")] &&
		(p.field.Type != Text || len(p.typed) > 5) // "Không" alone may answer
}

// Fills reports whether a cell holds nothing: dashes and dots, words that say so, or a formula that
// gave nothing or 0.
func Fills(c *grid.Cell) bool {
	switch c.Kind {
	case grid.Number:
		return c.Formula && c.Number == 0
	case grid.Text:
		return filler(strings.TrimSpace(c.Text)) || len(c.Text) < 40 && len(c.Text) > 1 &&
			fillers[strings.Trim(viet.Bare(c.Text), "()[]-. ")]
	}
	return c.Kind == grid.Blank && c.Formula && !c.NoCache
}

// ticks are the letters that stand for ticks and crosses in the fonts called Wingdings.
var ticks = map[string]string{"ü": "✓", "þ": "✓", "ý": "✗", "û": "✗", "P": "✓", "R": "✓", "O": "✗", "Q": "✗"}

// Shown is what a cell shows under its format: 98%, 15/3, 007; of a text the text.
func Shown(c *grid.Cell, date1904 bool) string {
	switch {
	case c.Kind == grid.Bool:
		return map[string]string{"1": "TRUE", "0": "FALSE"}[c.Text]
	case c.Kind != grid.Number:
		return c.Text
	case c.Percent:
		return Decimal(math.Round(c.Number*1e10)/1e8) + "%"
	case c.Date:
		d, ok := fromSerial(c.Number, date1904)
		switch {
		case !ok || c.Format == grid.TimeOnly:
			return c.Text
		case c.Format == grid.DayMonth:
			return fmt.Sprintf("%d/%d", d.Day, d.Month)
		case c.Format == grid.MonthYear:
			return fmt.Sprintf("%d/%d", d.Month, d.Year)
		}
		return d.Short()
	case len(c.Text) < int(c.Format) && isWhole(c.Text):
		return strings.Repeat("0", int(c.Format)-len(c.Text)) + c.Text
	}
	return c.Text
}

// noneAtAll are the words, without accents, for a count of nothing.
var noneAtAll = map[string]bool{"khong": true, "khong co": true, "ko": true, "ko co": true}

// inWordsAgain is a number said again in words: "01 (một)".
var inWordsAgain = regexp.MustCompile(`\([\p{L}\p{M}]+\)$`)

// number reads a number as offices type it: "85,5", "85.5", "1.490.000", "85,5%", "86,5/100", "86,5
// điểm", "01 (một) tập thể". A text with two readings, such as "1.490", is taken only when just one
// of them lies within the field's limits.
func (f *Field) number(s string) (float64, bool) {
	s = strings.ReplaceAll(strings.TrimPrefix(viet.Halfwidth(s), "'"), " ", "")
	if f.Type != Int {
		s = strings.TrimSuffix(strings.TrimSuffix(s, "phầntrăm"), "%")
		if of, all, ok := strings.Cut(s, "/"); ok && f.Percent && all != "100" { // 10/10 is all of them
			part, err1 := strconv.Atoi(of)
			whole, err2 := strconv.Atoi(all)
			return 100 * float64(
					part,
				) / float64(
					max(whole, 1),
				), err1 == nil && err2 == nil && whole > 0 &&
					part <= whole
		}
		s = strings.TrimSuffix(s, "/100")
	}
	if s != "" && (s[len(s)-1] < '0' || s[len(s)-1] > '9') { // there is more than a number
		s = inWordsAgain.ReplaceAllString(s, "")
		for _, unit := range units {
			if rest, ok := strings.CutSuffix(strings.ToLower(s), unit); ok && rest != "" {
				s = inWordsAgain.ReplaceAllString(rest, "")
				break
			}
		}
	}
	sign := 1.0
	if strings.HasPrefix(s, "-") {
		sign, s = -1, s[1:]
	}
	var readings []float64
	add := func(text string) {
		if x, err := strconv.ParseFloat(text, 64); err == nil && !math.IsInf(x, 0) {
			for _, seen := range readings {
				if seen == sign*x {
					return
				}
			}
			readings = append(readings, sign*x)
		}
	}
	if s == "" || strings.Trim(s, "0123456789.,") != "" || len(s) > 30 {
		return 0, false
	}
	dots, commas := strings.Count(s, "."), strings.Count(s, ",")
	switch {
	case dots == 0 && commas == 0:
		add(s)
	case dots <= 1 && commas == 0: // 85.5 or 1.490
		add(s)
		if isGrouped(s, ".") {
			add(strings.ReplaceAll(s, ".", ""))
		}
	case commas <= 1 && dots == 0: // 85,5 or 1,490
		add(strings.Replace(s, ",", ".", 1))
		if isGrouped(s, ",") {
			add(strings.ReplaceAll(s, ",", ""))
		}
	case commas == 0 && isGrouped(s, "."):
		add(strings.ReplaceAll(s, ".", ""))
	case dots == 0 && isGrouped(s, ","):
		add(strings.ReplaceAll(s, ",", ""))
	case commas == 1 && strings.LastIndex(s, ".") < strings.Index(s, ",") && isGrouped(s[:strings.Index(s, ",")], "."):
		add(strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1))
	case dots == 1 && strings.LastIndex(s, ",") < strings.Index(s, ".") && isGrouped(s[:strings.Index(s, ".")], ","):
		add(strings.ReplaceAll(s, ",", ""))
	}
	if len(readings) > 1 {
		var fit []float64
		for _, x := range readings {
			if (f.Min == nil || x >= *f.Min) && (f.Max == nil || x <= *f.Max) && (f.Type != Int || x == math.Trunc(x)) {
				fit = append(fit, x)
			}
		}
		readings = fit
	}
	if len(readings) != 1 {
		return 0, false
	}
	return readings[0], true
}

// isGrouped reports whether s is digits in groups of three, such as "1.490.000".
func isGrouped(s, sep string) bool {
	parts := strings.Split(s, sep)
	if len(parts) < 2 || len(parts[0]) < 1 || len(parts[0]) > 3 || parts[0][0] == '0' {
		return false
	}
	for _, p := range parts[1:] {
		if len(p) != 3 {
			return false
		}
	}
	return true
}

// errorTexts are what formulas that fail show.
var errorTexts = map[string]bool{"#N/A": true, "#REF!": true, "#VALUE!": true, "#DIV/0!": true, "#NAME?": true,
	"#NULL!": true, "#NUM!": true}

package issue_test

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"thidua/evaluate"
	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/ooxml"
	"thidua/reports/award"
	"thidua/reports/round"
	"thidua/reports/round/roundtest"
	"thidua/templates"
	"thidua/templates/plan"
	"thidua/templates/reader"
)

// planWith is the built-in plan with lines of the office's own at the end of one file. Lint must
// have nothing against it: an office that was told of no mistake may rely on its plan.
func planWith(t *testing.T, file, lines string) *plan.Plan {
	t.Helper()
	dir := fstest.MapFS{}
	for _, name := range plan.Files() {
		raw, err := fs.ReadFile(plan.BuiltIn(), name)
		if err != nil {
			t.Fatal(err)
		}
		if name == file {
			raw = append(raw, lines...)
		}
		dir[name] = &fstest.MapFile{Data: raw}
	}
	p, err := plan.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range plan.Lint(p) {
		if !problem.Warning {
			t.Fatal(problem)
		}
	}
	return p
}

// takeUndecided takes what was sent in a year before the Council met.
func (d *desk) takeUndecided(s round.Sources) {
	d.t.Helper()
	for _, x := range s.Data.Submissions {
		if x.Form != templates.VotesForm.ID && x.Form != templates.DecisionForm.ID {
			d.take(x)
		}
	}
}

// open is a letter as its reader has it: its text, and its files by name.
func (d *desk) open(x ledger.Posted) (string, map[string][]byte) {
	d.t.Helper()
	raw, err := d.l.Blob(d.t.Context(), x.SHA256)
	if err != nil {
		d.t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, a := range mailbox.Parse(raw, mailbox.Limits{}).Attachments {
		files[a.Name] = a.Bytes
	}
	return plainText(raw), files
}

// An occasion may consist of a form alone. The ballot workbook that goes to the Council carries the
// nominees put to the vote, although no paper beside it asks for them.
func TestAFormAloneGoesToTheCouncilOnItsDay(t *testing.T) {
	p := planWith(t, "occasions.yaml", `
  - id: ballots-only
    title: Mẫu kiểm phiếu
    periods: [annual]
    when: {month-day: 01-17, year-offset: 1}
    papers: [form-kiem-phieu]
    to: council
    clause: IV.1
`)
	d := newDesk(t, reachable(p))
	d.takeUndecided(roundtest.Normal(t))
	if letters := from(d.pass(roundtest.At(13, 16, 9)), "ballots-only"); len(letters) != 0 {
		t.Errorf("%d letters before its day", len(letters))
	}
	letters := from(d.pass(roundtest.At(13, 17, 9)), "ballots-only")
	if len(letters) != 1 {
		t.Fatalf("%d letters on its day", len(letters))
	}
	for _, secretary := range p.Council.SecretaryEmails {
		if !slices.Contains(letters[0].To, secretary) {
			t.Errorf("it went to %v, not to %s", letters[0].To, secretary)
		}
	}
	_, files := d.open(letters[0])
	if len(files) != 1 {
		t.Fatalf("%d files", len(files))
	}
	for name, raw := range files {
		w, err := ooxml.Read(raw, ooxml.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		f, stamp, ok := reader.Identify(w, templates.Forms())
		if !ok || f != templates.VotesForm {
			t.Fatalf("%s is no ballot workbook", name)
		}
		period, _ := p.Period(stamp.Period)
		votes := reader.Read(f, stamp, w, templates.Context(p, period, stamp.Unit)).Value.(*templates.Votes)
		if len(votes.Collectives) != 12 || len(votes.Individuals) != 19 {
			t.Errorf("%d collectives and %d persons are put to the vote", len(votes.Collectives),
				len(votes.Individuals))
		}
	}
}

// The letter with a form says what is to be done with that form: whoever gets the records form
// reads nothing of ballots.
func TestTheLetterWithAFormSpeaksOfThatForm(t *testing.T) {
	p := planWith(t, "occasions.yaml", `
  - id: records-form
    title: Mẫu số liệu chính thức
    periods: [annual]
    when: {month-day: 04-20}
    papers: [form-so-lieu, statistics]
    to: office
    clause: IV.1
`)
	d := newDesk(t, reachable(p))
	d.takeUndecided(roundtest.Normal(t))
	letters := from(d.pass(roundtest.At(4, 20, 9)), "records-form")
	if len(letters) != 1 {
		t.Fatalf("%d letters", len(letters))
	}
	text, files := d.open(letters[0])
	title := templates.Title(templates.RecordsForm, p)
	asks := func(name string) bool {
		return strings.Contains(text, p.Words.Text("letter.papers.next.form", "form", title, "file", name))
	}
	if !slices.ContainsFunc(slices.Collect(maps.Keys(files)), asks) {
		t.Errorf("the letter does not ask for %q:\n%s", title, text)
	}
	// The words with which the letter asks that brings the ballots.
	ballots := []string{"thư ký", "in tài liệu", "phiếu bầu", "kiểm phiếu", "Biên bản"}
	for _, word := range ballots {
		if strings.Contains(text, word) {
			t.Errorf("the letter with the records form says %q:\n%s", word, text)
		}
	}
	asked := p.Words.Text("letter.papers.next.docket", "file", "")
	for _, word := range ballots {
		if !strings.Contains(asked, word) {
			t.Errorf("no letter that asks for ballots says %q: %s", word, asked)
		}
	}
}

// Where an office says a thing in words of its own, its letters say it so too, not only the papers
// they enclose.
func TestLettersUseTheOfficesWordsAsTheirPapersDo(t *testing.T) {
	p := planWith(t, "wording.yaml", `
  - key: council.result.given
    text: "CHU_RIENG_DUOC_TANG"
  - key: council.decision.name
    text: "CHU_RIENG_QUYET_DINH {{.number}} {{.date}}"
  - key: council.ground.votes
    text: "CHU_RIENG_KHONG_DU_PHIEU"
`)
	own := []string{"CHU_RIENG_DUOC_TANG", "CHU_RIENG_QUYET_DINH 812/QĐ-UBND ngày 28 tháng 01 năm 2019",
		"CHU_RIENG_KHONG_DU_PHIEU"}
	year := roundtest.Normal(t)
	s, err := round.Gather(p, year.Data, "2018", year.On)
	if err != nil {
		t.Fatal(err)
	}
	var units []string // who reads of an award, and who of too few votes
	for _, word := range []string{own[0], own[2]} {
		i := slices.IndexFunc(s.Proposers(), func(u round.Proposer) bool {
			return slices.ContainsFunc(u.Results, func(a evaluate.Award) bool {
				result, ground := s.ResultText(a)
				return result == word || ground == word
			})
		})
		if i < 0 {
			t.Fatalf("nobody is told %q", word)
		}
		units = append(units, s.Proposers()[i].Code)
	}
	units = slices.Compact(units)
	d := newDesk(t, keeping(reachable(p, units...), "results"))
	d.take(year.Data.Submissions...)
	letters := from(d.pass(roundtest.At(13, 29, 9)), "results")
	if len(letters) != len(units) {
		t.Fatalf("%d letters to %v", len(letters), units)
	}
	told := map[string]bool{}
	for _, x := range letters {
		letter, _ := d.open(x)
		notice, err := award.UnitNotice().MakeOf(x.Unit, s)
		if err != nil {
			t.Fatal(err)
		}
		paper := strings.Join(strings.Fields(strings.Join(notice.Document.Texts(), " ")), " ")
		for _, word := range own {
			if strings.Contains(paper, word) != strings.Contains(letter, word) {
				t.Errorf("%s: only the paper or only the letter says %q:\n%s\n\n%s", x.Unit, word, paper, letter)
			}
			told[word] = told[word] || strings.Contains(letter, word)
		}
		for _, key := range []string{"council.result.given", "council.ground.votes"} {
			if common := year.Plan.Words.Text(key); strings.Contains(letter, common) {
				t.Errorf("%s is told %q, which the office says otherwise:\n%s", x.Unit, common, letter)
			}
		}
	}
	for _, word := range own {
		if !told[word] {
			t.Errorf("no letter says %q", word)
		}
	}
}

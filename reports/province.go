package reports

import (
	"archive/zip"
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/reports/document"
	"thidua/templates"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// forProvince are the nominees marked for an award of the province (Plan III.1.1), collectives first, in the order of the boards.
func (d *draft) forProvince() []evaluate.ProvinceEntry {
	var out []evaluate.ProvinceEntry
	for _, l := range d.Result.Province {
		out = append(out, l.Entries...)
	}
	return out
}

// sets is how many sets of a dossier the province wants (Plan III.3).
func (d *draft) sets() int {
	for _, c := range d.Plan.Copies {
		if c.Level == "province" {
			return c.Sets
		}
	}
	return 1
}

// above is the level the papers go to, within a sentence: "khen thưởng cấp tỉnh" (Plan III.3).
func (d *draft) above() string {
	for _, c := range d.Plan.Copies {
		if c.Level == "province" {
			return lowerFirst(c.Title)
		}
	}
	return d.words.Text("council.province.above")
}

// province is the hồ sơ đề nghị khen thưởng cấp tỉnh: the checklist of its sets and what each nominee's dossier says, for Sở Nội vụ
// (Plan III.1.1, III.3). The units' own workbooks go with it, once for each set.
func (d *draft) province() {
	d.head("province", open)
	d.add(document.Title{Kind: d.words.Text("council.province.kind"), Abstract: []string{d.words.Text("council.province.abstract", "level", d.above(), "movement", d.Plan.Movement, "period", d.round())}})
	list := d.forProvince()
	if len(list) == 0 {
		d.say(d.words.Text("council.province.none", "level", d.above()))
		return
	}
	sets := d.sets()
	d.say(d.words.Text("council.province.lead", "level", d.above(), "sets", two(sets), "count", two(len(list))))
	d.section(d.words.Text("council.province.list"))
	t := document.Table{Columns: []document.Column{
		numberColumn(), {Title: d.words.Text("paper.col.nominee"), Weight: 4.2}, {Title: d.words.Text("paper.col.outcome"), Weight: 1.9, Align: document.Center},
		{Title: d.words.Text("council.col.city"), Weight: 1.9, Align: document.Center}, {Title: d.words.Text("paper.col.receipt"), Weight: 3.2, Align: document.Center},
	}}
	for i, e := range list {
		n := e.Nominee
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(titled(n)), outcomeCell(e.Outcome), document.T(d.cityResult(n)), document.T(n.Receipt)))
	}
	d.add(t)
	d.section(d.words.Text("council.province.checklist"))
	check := document.Table{Columns: []document.Column{numberColumn(), {Title: d.words.Text("council.col.part"), Weight: 5}, {Title: d.words.Text("council.col.found"), Weight: 1.6, Align: document.Center}}}
	for set := range sets {
		check.Columns = append(check.Columns, document.Column{Title: d.words.Text("council.col.set", "n", set+1), Weight: 1, Align: document.Center})
	}
	box := func(cells ...document.Cell) document.Row {
		for range sets {
			cells = append(cells, document.T("□"))
		}
		return document.R(cells...)
	}
	for i, receipt := range receipts(list) {
		s := d.submission(receipt)
		check.Rows = append(check.Rows, document.SectionRow(roman(i+1)+". "+d.unitName(s.Unit)))
		for j, p := range d.Plan.Dossier {
			found := d.words.Text("council.found.no")
			if hasPart(s.Value, p.Key) {
				found = d.words.Text("council.found.yes")
			}
			check.Rows = append(check.Rows, box(document.I(j+1), document.T(p.Title), document.T(found)))
		}
	}
	check.Rows = append(check.Rows, document.SectionRow(d.words.Text("council.province.citypapers", "no", roman(len(receipts(list))+1))))
	for i, key := range []string{"proposal", "minutes", "list", "summary"} {
		check.Rows = append(check.Rows, box(document.I(i+1), document.T(d.words.Text("council.province.part."+key)), document.T(d.words.Text("council.found.office")))) //wording:composed council.province.part.
	}
	d.add(check)
	d.say(d.words.Text("council.province.note"))
	d.signed("province", "")
	for i, e := range list {
		d.add(document.PageBreak{})
		d.heading(1, d.words.Text("council.province.nominee", "no", i+1, "name", titled(e.Nominee)))
		d.achievement(e.Nominee)
	}
	d.pack(list, sets)
}

// cityResult says what the city's Council made of a nominee.
func (d *draft) cityResult(n evaluate.Nominee) string {
	for _, list := range [][]evaluate.Award{d.Result.Awards, d.Result.NotChosen} {
		for _, a := range list {
			if a.Nominee.ID == n.ID {
				return awardText(a)
			}
		}
	}
	return d.words.Text("council.province.unvoted")
}

func receipts(list []evaluate.ProvinceEntry) []string {
	var out []string
	for _, e := range list {
		if !slices.Contains(out, e.Nominee.Receipt) {
			out = append(out, e.Nominee.Receipt)
		}
	}
	return out
}

func (d *draft) submission(receipt string) submission.Submission {
	for _, s := range d.Data.Submissions {
		if s.ID == receipt {
			return s
		}
	}
	return submission.Submission{}
}

func (d *draft) unitName(code string) string {
	u, _ := d.Plan.UnitByCode(code)
	return u.Name
}

// achievement is what the dossier says of a nominee: the list's line and the report.
func (d *draft) achievement(n evaluate.Nominee) {
	t := document.Table{Columns: []document.Column{{Title: d.words.Text("council.col.what"), Weight: 2}, {Title: d.words.Text("council.col.says"), Weight: 5}}}
	add := func(title, text string) {
		if strings.TrimSpace(text) != "" {
			t.Rows = append(t.Rows, document.R(document.T(title), document.T(text)))
		}
	}
	add(d.words.Text("paper.col.unit"), n.UnitName)
	add(d.words.Text("paper.col.position"), post(n))
	add(d.words.Text("paper.col.role"), n.RoleName)
	add(d.words.Text("paper.col.grade"), known(d.verdict(n.ID), "grade"))
	add(d.words.Text("paper.col.unitvote"), n.UnitVote)
	add(d.words.Text("paper.col.summary"), n.Summary)
	for _, r := range reportsOf(d.submission(n.Receipt).Value) {
		kind := templates.KindTitle(plan.NomineeKind(n.Kind))
		if viet.NameKey(r.Name.Text) != viet.NameKey(n.Name) || r.Kind.Given() && r.Kind.Text != kind {
			continue
		}
		add(d.words.Text("council.col.duties"), r.Duties.Text)
		add(templates.FieldTitle(templates.DossierForm, d.Plan, "reports", "results"), r.Results.Text)
		add(d.words.Text("paper.col.initiative"), strings.TrimSuffix(r.Initiative.Text+" ("+r.InitiativeDecision.Text+")", " ()"))
		add(d.words.Text("council.col.past"), r.PastAwards.Text)
		add(d.words.Text("council.col.shortfall"), r.Shortfall.Text)
	}
	d.add(t, document.Note{Lines: []string{d.words.Text("council.province.source", "receipt", n.Receipt, "file", n.File)}})
}

// reportsOf are the achievement reports of a dossier.
func reportsOf(value any) []templates.AchievementReport {
	slate, _ := templates.SlateOf(value)
	return slate.Reports
}

// pack zips the units' workbooks as they came, one folder a set, where they can be had. Times in the archive are the paper's day.
func (d *draft) pack(list []evaluate.ProvinceEntry, sets int) {
	if d.Original == nil {
		return
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	contents := ""
	for set := range sets {
		for _, receipt := range receipts(list) {
			s := d.submission(receipt)
			raw, err := d.Original(s)
			if err != nil {
				d.err = fmt.Errorf("packing the dossier of %s: %w", s.Unit, err)
				return
			}
			name := path.Join(fmt.Sprintf("bo-%d", set+1), s.Unit+"-"+fileName(viet.Fold(d.unitName(s.Unit)), s.ID)+path.Ext(s.File))
			name = strings.ReplaceAll(name, " ", "-")
			w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Modified: d.On.Start().UTC()}) // workbooks are compressed already
			if err == nil {
				_, err = w.Write(raw)
			}
			if err != nil {
				d.err = fmt.Errorf("packing %s: %w", name, err)
				return
			}
			contents += d.words.Text("council.province.entry", "set", set+1, "name", name, "file", s.File, "sha", s.SHA256) + "\r\n"
		}
	}
	w, err := z.CreateHeader(&zip.FileHeader{Name: "muc-luc.txt", Method: zip.Deflate, Modified: d.On.Start().UTC()})
	if err == nil {
		_, err = w.Write([]byte(contents))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		d.err = fmt.Errorf("packing the dossiers: %w", err)
		return
	}
	d.extra = append(d.extra, File{Name: d.doc.FileName + ".zip", Type: "application/zip", Bytes: b.Bytes()})
}

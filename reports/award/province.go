package award

import (
	"archive/zip"
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"thidua/evaluate"
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/reports/style"
	"thidua/templates"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// province is the hồ sơ for an award of the level above.
type province struct{ paper.Work }

// sets is how many sets of a dossier the province wants (Plan III.3).
func (d province) sets() int {
	for _, c := range d.Plan.Copies {
		if c.Level == "province" {
			return c.Sets
		}
	}
	return 1
}

// above is the level the papers go to, within a sentence: "khen thưởng cấp tỉnh" (Plan III.3).
func (d province) above() string {
	for _, c := range d.Plan.Copies {
		if c.Level == "province" {
			return style.LowerFirst(c.Title)
		}
	}
	return d.Text("council.province.above")
}

// write is the hồ sơ đề nghị khen thưởng cấp tỉnh: the checklist of its sets and what each
// nominee's dossier says, for Sở Nội vụ (Plan III.1.1, III.3). The units' own workbooks go with it,
// once for each set.
func (d province) write() {
	d.Head("province", paper.Open)
	d.Add(document.Title{Kind: d.Text("council.province.kind"),
		Abstract: []string{d.Text("council.province.abstract", "level", d.above(), "movement", d.Plan.Movement,
			"period", d.RoundName())}})
	list := d.ForProvince()
	if len(list) == 0 {
		d.Say(d.Text("council.province.none", "level", d.above()))
		return
	}
	sets := d.sets()
	d.Say(d.Text("council.province.lead", "level", d.above(), "sets", style.Two(sets), "count", style.Two(len(list))))
	d.Section(d.Text("council.province.list"))
	t := document.Table{Columns: []document.Column{
		paper.NumberColumn(), {Title: d.Text("paper.col.nominee"), Weight: 4.2},
		{Title: d.Text("paper.col.outcome"), Weight: 1.9, Align: document.Center},
		{Title: d.Text("council.col.city"), Weight: 1.9, Align: document.Center},
	}}
	for i, e := range list {
		n := e.Nominee
		t.Rows = append(t.Rows, document.R(document.I(i+1), document.T(style.Titled(n)), paper.OutcomeCell(e.Outcome),
			document.T(d.cityResult(n))))
	}
	d.Add(t)
	d.Section(d.Text("council.province.checklist"))
	check := document.Table{Columns: []document.Column{paper.NumberColumn(),
		{Title: d.Text("council.col.part"), Weight: 5}, {Title: d.Text("council.col.found"), Weight: 1.6,
			Align: document.Center}}}
	for set := range sets {
		check.Columns = append(check.Columns, document.Column{Title: d.Text("council.col.set", "n", set+1), Weight: 1,
			Align: document.Center})
	}
	box := func(cells ...document.Cell) document.Row {
		for range sets {
			cells = append(cells, document.T("□"))
		}
		return document.R(cells...)
	}
	for i, receipt := range receipts(list) {
		s := d.Submission(receipt)
		slate, _ := templates.SlateOf(s.Value)
		check.Rows = append(check.Rows, document.SectionRow(style.Roman(i+1)+". "+d.UnitName(s.Unit)))
		for j, p := range d.Plan.Dossier {
			found := d.Text("council.found.no")
			if slate.Has(p.Key) {
				found = d.Text("council.found.yes")
			}
			check.Rows = append(check.Rows, box(document.I(j+1), document.T(p.Title), document.T(found)))
		}
	}
	check.Rows = append(check.Rows,
		document.SectionRow(d.Text("council.province.citypapers", "no", style.Roman(len(receipts(list))+1))))
	for i, key := range []string{"proposal", "minutes", "list", "summary"} {
		check.Rows = append(check.Rows, box(document.I(i+1), document.T(d.Text("council.province.part."+key)),
			document.T(d.Text("council.found.office")))) //wording:composed council.province.part.
	}
	d.Add(check)
	d.Say(d.Text("council.province.note"))
	d.Sign("province", "")
	for i, e := range list {
		d.Add(document.PageBreak{})
		d.Heading(1, d.Text("council.province.nominee", "no", i+1, "name", style.Titled(e.Nominee)))
		d.achievement(e.Nominee)
	}
	d.pack(list, sets)
}

// cityResult says what the city's Council made of a nominee.
func (d province) cityResult(n evaluate.Nominee) string {
	for _, list := range [][]evaluate.Award{d.Result.Awards, d.Result.NotChosen} {
		for _, a := range list {
			if a.Nominee.ID == n.ID {
				return style.VoteText(a)
			}
		}
	}
	return d.Text("council.province.unvoted")
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

// achievement is what the dossier says of a nominee: the list's line and the report.
func (d province) achievement(n evaluate.Nominee) {
	t := document.Table{Columns: []document.Column{{Title: d.Text("council.col.what"), Weight: 2},
		{Title: d.Text("council.col.says"), Weight: 5}}}
	add := func(title, text string) {
		if strings.TrimSpace(text) != "" {
			t.Rows = append(t.Rows, document.R(document.T(title), document.T(text)))
		}
	}
	add(d.Text("paper.col.unit"), n.UnitName)
	add(d.Text("paper.col.position"), style.Post(n))
	add(d.Text("paper.col.role"), n.RoleName)
	add(d.Text("paper.col.grade"), round.Known(d.Verdict(n.ID), "grade"))
	add(d.Text("paper.col.unitvote"), n.UnitVote)
	add(d.Text("paper.col.summary"), n.Summary)
	slate, _ := templates.SlateOf(d.Submission(n.Receipt).Value)
	kind := templates.KindTitle(plan.NomineeKind(n.Kind))
	for _, r := range slate.Reports {
		if templates.NameKey(kind, r.Name.Text) != templates.NameKey(kind, n.Name) || r.Kind.Given() &&
			r.Kind.Text != kind {
			continue
		}
		add(d.Text("council.col.duties"), r.Duties.Text)
		add(templates.FieldTitle(templates.DossierForm, d.Plan, "reports", "results"), r.Results.Text)
		add(d.Text("paper.col.initiative"), strings.TrimSuffix(r.Initiative.Text+" ("+r.InitiativeDecision.Text+")",
			" ()"))
		add(d.Text("council.col.past"), r.PastAwards.Text)
		add(d.Text("council.col.shortfall"), r.Shortfall.Text)
	}
	d.Add(t)
	d.Prove(d.Text("council.province.source", "name", style.Titled(n), "receipt", n.Receipt, "file", n.File))
}

// pack zips the units' workbooks as they came, one folder a set, where they can be had. Times in
// the archive are the paper's day.
func (d province) pack(list []evaluate.ProvinceEntry, sets int) {
	if d.Original == nil {
		return
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	contents := ""
	for set := range sets {
		for _, receipt := range receipts(list) {
			s := d.Submission(receipt)
			raw, err := d.Original(s)
			if err != nil {
				d.Fail(fmt.Errorf("packing the dossier of %s: %w", s.Unit, err))
				return
			}
			name := path.Join(fmt.Sprintf("bo-%d", set+1), s.Unit+"-"+paper.FileName(viet.Fold(d.UnitName(s.Unit)),
				s.ID)+path.Ext(s.File))
			name = strings.ReplaceAll(name, " ", "-")
			// workbooks are compressed already
			w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Modified: d.On.Start().UTC()})
			if err == nil {
				_, err = w.Write(raw)
			}
			if err != nil {
				d.Fail(fmt.Errorf("packing %s: %w", name, err))
				return
			}
			contents += d.Text("council.province.entry", "set", set+1, "name", name, "file", s.File) + "\r\n"
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
		d.Fail(fmt.Errorf("packing the dossiers: %w", err))
		return
	}
	d.Enclose(paper.File{Name: d.Doc.FileName + ".zip", Type: "application/zip", Bytes: b.Bytes()})
}

package evaluate_test

import (
	"strings"
	"testing"

	"thidua/evaluate"
	"thidua/templates"
)

func TestFind(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, func(d *templates.Dossier) {
		d.Individuals = []templates.NominatedPerson{worker("Nguyễn Thị Hòa", "1980"), worker("Nguyễn Thị Hoa", "1981"),
			worker("Lê Văn An", "1982")}
	})
	w.propose(ward2, nil)
	r := w.run()
	id := verdict(t, r, "Lê Văn An").Nominee.ID
	for _, c := range []struct {
		query string
		want  int
	}{
		{"lê văn an", 1}, {"Le Van An", 1}, {id, 1}, {" " + id + " ", 1},
		{"Nguyễn Thị Hoà", 1}, // accents given decide, wherever the tone mark stands
		{"nguyen thi hoa", 2}, {"hoa", 2}, {"hoa tan thinh", 2}, {"hoa tan thanh", 0},
		{"tan thanh", 1}, {"phuong", 5}, {"thi", 2}, {"", 0}, {"   ", 0}, {"Trần", 0},
	} {
		if got := evaluate.Find(r, c.query); len(got) != c.want {
			t.Errorf("%q finds %d, want %d", c.query, len(got), c.want)
		}
	}
}

func TestExplainGathersEverythingAboutOne(t *testing.T) {
	w := wards(t, "90", "89")
	w.records(january.Add(-1),
		unitRating("UBND phường Quán Triều", func(x *templates.UnitRating) { x.Union = v("Khá") }))
	r := w.vote(nil, "10", "5")
	for i, want := range []bool{true, false} {
		n := board(t, r, "commune", evaluate.Collective).Places[i].Nominee
		e, ok := evaluate.Explain(r, n.ID)
		if !ok || e.Verdict.Nominee.ID != n.ID || e.Place.Rank != i+1 || e.Board.Quota != 6 ||
			len(e.Board.Places) != 0 || e.Award == nil || e.Award.Chosen != want {
			t.Errorf("%+v", e)
		}
	}
	n := verdict(t, r, "UBND phường Quán Triều").Nominee
	if e, _ := evaluate.Explain(r, n.ID); len(e.Contradictions) != 1 {
		t.Errorf("contradictions %+v", e.Contradictions)
	}
	if len(board(t, r, "commune", evaluate.Collective).Places) != 2 {
		t.Error("explaining one changed the result")
	}
	if _, ok := evaluate.Explain(r, "nobody"); ok {
		t.Error("nobody was explained")
	}
}

func TestExplain_YearsSideBySide(t *testing.T) {
	w := stageWorld(t, []string{ward}, nil)
	w.asOf = afterStage.AddDate(0, 1, 0)
	w.yearly(2018, "10")
	w.yearly(2019, "")
	var all []evaluate.Explanation
	for _, period := range []string{"2018", "2019", stage} {
		r := w.runOf(period)
		for _, n := range evaluate.Find(r, "phuong tan thinh") {
			e, _ := evaluate.Explain(r, n.ID)
			all = append(all, e)
		}
	}
	sides := evaluate.Sides(all)
	if len(sides) != 2 { // the ward, and the woman whose unit it is
		t.Fatalf("%+v", sides)
	}
	s := sides[0]
	if strings.Join(s.Periods, " ") != "2018 2019 "+stage || s.Rows[0].Values[0] != "Cần Hội đồng xem xét" ||
		len(s.Rows) != 9 {
		t.Errorf("%+v", s)
	}
	if last := s.Rows[len(s.Rows)-1].Values; last[0] != "Đủ phiếu" || last[1] != "" {
		t.Errorf("%q", last)
	}
	if one := evaluate.Sides(all[:1]); len(one) != 0 {
		t.Errorf("one round is no comparison: %+v", one)
	}
}

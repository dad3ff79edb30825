package evaluate_test

import (
	"testing"

	"thidua/evaluate"
	"thidua/evaluate/check"
	"thidua/templates"
	"thidua/templates/plan"
)

// derivedPlan is the built-in plan with facts reckoned of every kind, two columns of its own with
// points, and criteria on what is reckoned.
func derivedPlan(t *testing.T) *plan.Plan {
	t.Helper()
	p, err := plan.Load(plan.BuiltIn())
	if err != nil {
		t.Fatal(err)
	}
	eighty, zero := 80.0, 0.0
	p.Scales = append(p.Scales, plan.Scale{ID: "diem", Title: "Xếp loại điểm thi đua",
		Levels: []plan.Level{{Label: "Giỏi", Min: &eighty}, {Label: "Chưa giỏi", Min: &zero}}})
	for _, key := range []string{"diemnoidung", "diemtienphong"} {
		for _, at := range [][2]string{{"ho-so", "collectives"}, {"so-lieu", "unitratings"}} {
			p.Columns = append(p.Columns, plan.Column{Form: at[0], Block: at[1], Key: key, Title: "Điểm " + key,
				Type: plan.ColumnPoints, Help: "Điểm đã chấm."})
		}
	}
	p.Derived = []plan.Derived{
		{Key: "dunghan", Title: "Tỷ lệ đúng hạn (%)", Kind: plan.DerivedShare,
			Of: []string{"reports.ontime", "reports.received"}},
		{Key: "tondong", Title: "Hồ sơ chưa đúng hạn", Kind: plan.DerivedDifference,
			Of: []string{"reports.received", "reports.ontime"}},
		{Key: "tongdiem", Title: "Tổng điểm", Kind: plan.DerivedTotal, Of: []string{"diemnoidung", "diemtienphong"},
			Scale: "diem"},
	}
	of := p.Criteria[0]
	add := func(id string, c plan.Check) {
		p.Criteria = append(p.Criteria, plan.Criterion{ID: id, Clause: of.Clause, Item: 1, Nominee: plan.Collective,
			Title: id, Text: id, Check: c})
	}
	add("TT7", plan.Check{Kind: plan.CheckMin, Fact: "dunghan", Number: 98})
	add("TT8", plan.Check{Kind: plan.CheckMax, Fact: "tondong", Number: 50})
	add("TT9", plan.Check{Kind: plan.CheckIs, Fact: "tongdiem.band", Values: []string{"Giỏi"}, Scale: "diem",
		Basis: plan.Official})
	for _, x := range append(plan.Lint(p), templates.Lint(p)...) {
		if !x.Warning {
			t.Fatalf("%s: %s", x.Where, x.Text)
		}
	}
	return p
}

// Shares, differences and totals are reckoned from what forms state, by whose word it is, and told
// with the cells of their numbers. Without one of the numbers there is no such fact.
func TestFactsAreReckonedFromWhatFormsState(t *testing.T) {
	const met, not, pending = evaluate.Met, evaluate.NotMet, evaluate.Pending
	for _, c := range []struct {
		name             string
		received, ontime string
		points           [2]string
		want             [3]evaluate.Outcome // of TT7, TT8, TT9
		share            string
	}{
		{"all is well", "1000", "990", [2]string{"50", "30.5"}, [3]evaluate.Outcome{met, met, met}, "99 (990 : 1000)"},
		{"late and few points", "1000", "900", [2]string{"50", "29.5"}, [3]evaluate.Outcome{not, not, not},
			"90 (900 : 1000)"},
		{"nothing received is no share", "0", "0", [2]string{"80", "0"}, [3]evaluate.Outcome{pending, met, met}, ""},
		{"a number is missing", "1000", "", [2]string{"", "80"}, [3]evaluate.Outcome{pending, pending, pending}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.plan = derivedPlan(t)
			name := w.unit(ward).Name
			w.propose(ward, func(d *templates.Dossier) {
				d.Reports[0].Received, d.Reports[0].OnTime = at(c.received, "BÁO CÁO TÓM TẮT", "F12"),
					at(c.ontime, "BÁO CÁO TÓM TẮT", "G12")
			})
			w.records(january, func(r *templates.Records) {
				x := templates.UnitRating{Unit: v(name), Grade: v("Hoàn thành xuất sắc nhiệm vụ")}
				for i, key := range []string{"diemnoidung", "diemtienphong"} {
					x.Own.Set(key, at(c.points[i], "XẾP LOẠI ĐƠN VỊ", []string{"M9", "N9"}[i]))
				}
				r.UnitRatings = append(r.UnitRatings, x)
			})
			said := verdict(t, w.run(), name)
			for i, id := range []string{"TT7", "TT8", "TT9"} {
				j := judgement(t, said, id)
				if j.Outcome != c.want[i] {
					t.Errorf("%s: %s, want %s (%s)", id, j.Outcome, c.want[i], j.Reason)
				}
				if id != "TT7" || c.share == "" {
					continue
				}
				if len(j.Facts) != 3 || j.Facts[0].Shown() != c.share || j.Facts[1].Cell != "G12" ||
					j.Facts[2].Cell != "F12" {
					t.Errorf("told with %+v", j.Facts)
				} else if title := check.Title(w.plan, plan.Collective, j.Facts[1].Key); title != "Số TTHC đúng hạn" {
					t.Errorf("a number is called %q", title)
				}
			}
		})
	}
}

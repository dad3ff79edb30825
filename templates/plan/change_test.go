package plan

import (
	"reflect"
	"strings"
	"testing"
)

func TestTry(t *testing.T) {
	p := thaiNguyen(t)
	for _, c := range []struct {
		change string
		holds  func(q *Plan) bool
	}{
		{"quota.annual.commune.collective=7",
			func(q *Plan) bool { x, _ := q.Quota("2018", Communes, Collective); return x.Places == 7 }},
		{"quota.stage.office.individual = 0",
			func(q *Plan) bool { x, _ := q.Quota("2018-2020", Offices, Individual); return x.Places == 0 }},
		{"threshold.percent=75", func(q *Plan) bool { return q.Council.Threshold.Percent == 75 }},
		{"criterion.TT4=off", func(q *Plan) bool {
			_, ok := q.Criterion("TT4")
			return !ok &&
				len(q.Criteria) == len(p.Criteria)-1
		}},
		{"criterion.TT4=on", func(q *Plan) bool { return len(q.Criteria) == len(p.Criteria) }},
		{"threshold.base=valid", func(q *Plan) bool { return q.Council.Threshold.Base == ValidBallots }},
		{"criterion.TT5.level=Khá", func(q *Plan) bool { c, _ := q.Criterion("TT5"); return c.Check.Level == "Khá" }},
		{"criterion.TT4.2.top=1", func(q *Plan) bool {
			c, _ := q.Criterion("TT4")
			return c.Check.Of[1].Top == 1 && c.Check.Of[2].Top == 2
		}},
		{"criterion.TT2.3.number=80,5",
			func(q *Plan) bool { c, _ := q.Criterion("TT2"); return c.Check.Of[2].Number == 80.5 }},
		{"deadline.2018.dossier=2018-12-20",
			func(q *Plan) bool { x, _ := q.Period("2018"); return x.Dossier.Last().String() == "2018-12-19" }},
		{"deadline.2019.registration=2019-03-20",
			func(q *Plan) bool { x, _ := q.Period("2018"); return x.Registration.Before.String() == "2018-03-10" }},
	} {
		t.Run(c.change, func(t *testing.T) {
			q, problem := p.Try(c.change)
			if problem != nil {
				t.Fatal(problem.Text)
			}
			if !c.holds(q) || q.Hash == p.Hash {
				t.Errorf("the change is not there, or not in the hash")
			}
		})
	}
	fresh, err := Load(BuiltIn())
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(p, fresh) {
		t.Error("trying changed the plan itself")
	}
}

func TestTry_SaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ change, want string }{
		{"quota.annual.commune.team=7", "quota.annual.commune.collective=6"},
		{"quota.annual.commune", "deadline.2018-2020.dossier=2020-12-31"},
		{"", "threshold.percent=50"},
		{"criterion.TT9=off", "criterion.TT1=on"},
		{"deadline.2018-2020.registration=2018-01-01", "Không có mục"},
		{"quota.annual.commune.collective=bảy", "“bảy” không phải số nguyên"},
		{"quota.annual.commune.collective=-1", "“-1” không phải số nguyên"},
		{"threshold.percent=101", "1 – 100"},
		{"criterion.TT1=no", "“no”"},
		{"criterion.TT5.level=Tuyệt vời", "Xuất sắc, Tốt"},
		{"criterion.TT4.2.top=9", "1 – 4"},
		{"criterion.TT2.3.number=nhiều", "“nhiều”"},
		{"criterion.TT5.top=1", "criterion.TT5.level=Tốt"},
		{"threshold.base=half", "total present valid"},
		{"deadline.2018.dossier=2018-12", "“2018-12”"},
		{"deadline.2018.dossier", "ghi ngày"},
	} {
		t.Run(c.change, func(t *testing.T) {
			if _, problem := thaiNguyen(t).Try(c.change); problem == nil || !strings.Contains(problem.Text, c.want) ||
				strings.Contains(problem.Text, "⟦") {
				t.Errorf("got %+v, want %q", problem, c.want)
			}
		})
	}
}

func TestKnobs_AreChangesThemselves(t *testing.T) {
	p := thaiNguyen(t)
	for _, k := range p.Knobs() {
		q, problem := p.Try(k)
		if problem != nil {
			t.Errorf("%s: %s", k, problem.Text)
			continue
		}
		q.Hash = p.Hash
		if !reflect.DeepEqual(p, q) {
			t.Errorf("%s changes something", k)
		}
	}
}

package evaluate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"thidua/evaluate"
	"thidua/templates"
	"thidua/templates/plan"
)

// wards proposes n communes; the i-th has the points given for it in the official index, "" for
// none.
func wards(t *testing.T, points ...string) *world {
	t.Helper()
	w := newWorld(t)
	var communes []plan.Unit
	for _, u := range w.plan.UnitsOn(day("2018-12-31")) {
		if u.Group == plan.Communes {
			communes = append(communes, u)
		}
	}
	w.records(january.Add(-1), func(r *templates.Records) {
		reviewed(r)
		for i, p := range points {
			w.propose(communes[i].Code, nil)
			if p != "" {
				r.Index = append(r.Index, templates.IndexResult{Unit: v(communes[i].Name), Appraised: v(p),
					Band: v("Tốt")})
			}
		}
	})
	return w
}

func bands(b evaluate.Board) string {
	var out []string
	for _, p := range b.Places {
		out = append(out, fmt.Sprintf("%d%s %s", p.Rank, map[bool]string{true: "="}[p.Tied], p.Band))
	}
	return strings.Join(out, ", ")
}

func TestBoards_TheLineOfTheQuota(t *testing.T) {
	for _, c := range []struct {
		name           string
		points         []string
		want           string
		unused         int
		lastIn, margin string
	}{
		{"fewer than places", []string{"85", "90"}, "1 within, 2 within", 4, "", ""},
		{"as many as places", []string{"85", "90", "84", "83", "82", "81"},
			"1 within, 2 within, 3 within, 4 within, 5 within, 6 within", 0, "", ""},
		{"one too many", []string{"85", "90", "84", "83", "82", "81", "80"},
			"1 within, 2 within, 3 within, 4 within, 5 within, 6 within, 7 reserve", 0,
			"81", "Vị trí cuối trong chỉ tiêu có “Điểm Chỉ số CCHC: 81”; vị trí kế tiếp có “Điểm Chỉ số CCHC: 80”."},
		{"a tie within the places", []string{"85", "90", "85", "83", "82", "81", "80"},
			"1 within, 2= within, 2= within, 4 within, 5 within, 6 within, 7 reserve", 0, "81", ""},
		{"a tie over the line takes all its members along", []string{"90", "89", "88", "87", "81", "81", "81", "80"},
			"1 within, 2 within, 3 within, 4 within, 5= boundary, 5= boundary, 5= boundary, 8 reserve", 0, "81",
			"Không có căn cứ phân biệt giữa vị trí cuối trong chỉ tiêu và vị trí kế tiếp; Hội đồng xem xét."},
		{"everybody alike", []string{"85", "85", "85", "85", "85", "85", "85"},
			"1= boundary, 1= boundary, 1= boundary, 1= boundary, 1= boundary, 1= boundary, 1= boundary", 0, "85", ""},
		{"whoever waits for the index comes behind whoever has it", []string{"", "82", "81"},
			"1 within, 2 within, 3 within", 3, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := wards(t, c.points...).run()
			b := board(t, r, plan.Communes, evaluate.Collective)
			if got := bands(b); got != c.want {
				t.Errorf("places %s\nwant   %s", got, c.want)
			}
			if b.Quota != 6 || !b.Limited || b.Unused != c.unused || b.Proposed != len(c.points) {
				t.Errorf("quota %d, unused %d, proposed %d", b.Quota, b.Unused, b.Proposed)
			}
			if (b.LastIn != "") != (c.lastIn != "") || (b.FirstOut != "") != (c.lastIn != "") || c.margin != "" &&
				b.Margin != c.margin {
				t.Errorf("the line runs between %q and %q: %s", b.LastIn, b.FirstOut, b.Margin)
			}
		})
	}
}

func TestBoards_PendingAfterEligibleAndNotMetNeverPlaced(t *testing.T) {
	w := wards(t, "70", "", "95") // the plan's band follows the record, not the points
	w.records(january.Add(-1), func(r *templates.Records) {
		r.Discipline = []templates.DisciplineEntry{{Unit: v(w.plan.Units[2].Name), Content: v("Bị phản ánh"),
			Date: v("2018-05-05")}}
	})
	b := board(t, w.run(), plan.Communes, evaluate.Collective)
	if got, want := bands(b), "1 within, 2 within, 0 none"; got != want {
		t.Fatalf("%s, want %s", got, want)
	}
	outcomes := []evaluate.Outcome{b.Places[0].Outcome, b.Places[1].Outcome, b.Places[2].Outcome}
	if !slices.Equal(outcomes, []evaluate.Outcome{evaluate.Council, evaluate.Pending, evaluate.NotMet}) ||
		b.Eligible != 1 || b.Unused != 4 {
		t.Errorf("%v, %d eligible, %d unused", outcomes, b.Eligible, b.Unused)
	}
	if got := b.Places[1].Reasons; got[0] != "Kết quả thẩm định: Chưa đủ căn cứ" ||
		got[1] != "Điểm Chỉ số CCHC: chưa có" {
		t.Errorf("reasons %q", got)
	}
}

func TestBoards_MarginBetweenVerdicts(t *testing.T) {
	b := board(t, wards(t, "90", "89", "88", "87", "86", "85", "").run(), plan.Communes, evaluate.Collective)
	if want := "Vị trí cuối trong chỉ tiêu có “Kết quả thẩm định: Cần Hội đồng xem xét”; vị trí kế tiếp có “Kết " +
		"quả thẩm định: Chưa đủ căn cứ”."; b.Margin != want {
		t.Errorf("%s", b.Margin)
	}
}

// Note to Plan III.2.2: those who do the work of reform come first.
func TestBoards_DirectWorkersFirstThenNamesInVietnameseOrder(t *testing.T) {
	w := newWorld(t)
	w.propose(office, func(d *templates.Dossier) {
		d.Collectives = nil
		for _, p := range []struct{ name, role string }{
			{"Nguyễn Văn An", head}, {"Trần Thị Ánh", direct}, {"Lê Thị Bình", "Khác"}, {"Phạm Văn Đức", direct},
			{"Bùi Thị Dung", direct},
		} {
			x := worker(p.name, "1980")
			x.Role = v(p.role)
			d.Individuals = append(d.Individuals, x)
		}
	})
	w.clean()
	b := board(t, w.run(), plan.Offices, evaluate.Individual)
	var names []string
	for _, p := range b.Places {
		names = append(names, fmt.Sprintf("%d%s %s", p.Rank, map[bool]string{true: "="}[p.Tied], p.Nominee.Name))
	}
	want := []string{"1= Trần Thị Ánh", "1= Bùi Thị Dung", "1= Phạm Văn Đức", "4= Nguyễn Văn An", "4= Lê Thị Bình"}
	if !slices.Equal(names, want) {
		t.Errorf("%q\nwant %q", names, want)
	}
	if s := b.Shares; s.Leaders != 1 || s.Direct != 3 || s.Others != 1 || s.Women != 5 {
		t.Errorf("shares %+v", s)
	}
}

func TestBoards_OrderKeysAreThePlans(t *testing.T) {
	w := wards(t, "81", "82")
	p := *w.plan
	p.Order = []plan.OrderKey{
		{Nominee: plan.Collective, Fact: "initiative", First: []string{"Mã QR"}, Title: "Mã QR"},
		{Nominee: plan.Collective, Fact: "registered", First: []string{"on-time"}, Title: "Đăng ký"},
		{Nominee: plan.Collective, Groups: []plan.GroupID{plan.Offices}, Fact: "index.score", Desc: true,
			Title: "Điểm"},
		{Nominee: plan.Collective, Fact: "index.score", Title: "Điểm từ thấp"},
	}
	w.plan = &p
	b := board(t, w.run(), plan.Communes, evaluate.Collective)
	if got := b.Places[0].Reasons; !slices.Equal(got[1:], []string{"Mã QR: chưa có", "Đăng ký: Đúng hạn",
		"Điểm từ thấp: 81"}) {
		t.Errorf("reasons %q", got)
	}
}

func TestBoards_EveryGroupAndKindHasOne(t *testing.T) {
	var got []string
	for _, b := range newWorld(t).run().Boards {
		got = append(got, fmt.Sprintf("%s %s %d", b.Group, b.Kind, b.Quota))
	}
	if want := []string{"office collective 4", "office individual 7", "commune collective 6",
		"commune individual 8"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q (Plan III.1.2)", got, want)
	}
}

func TestBoards_KeysThatAskAreAnsweredAndLongValuesCut(t *testing.T) {
	w := newWorld(t)
	w.propose(office, func(d *templates.Dossier) {
		x := worker("Trần Thị Bình", "1980")
		x.Initiative = v(strings.Repeat("Sáng kiến ", 50))
		d.Individuals = []templates.NominatedPerson{x}
	})
	long := strings.TrimSpace(strings.Repeat("Sáng kiến ", 6)) + "…"
	for _, c := range []struct {
		name string
		key  plan.OrderKey
		want string
	}{
		{"anything given will do", plan.OrderKey{Fact: "initiative", Given: true, Title: "Có sáng kiến"}, "có"},
		{"nothing is given", plan.OrderKey{Fact: "initiative.decision", Given: true, Title: "Được công nhận"},
			"chưa có"},
		{"the title names what comes first", plan.OrderKey{Fact: "role", First: []string{"head"}, Title: "Thủ trưởng"},
			"không"},
		{"the title names something else", plan.OrderKey{Fact: "initiative", First: []string{"Mã QR"},
			Title: "Sáng kiến"}, long},
		{"a value is compared", plan.OrderKey{Fact: "initiative", Desc: true, Title: "Sáng kiến"}, long},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := *w.plan
			c.key.Nominee = plan.Individual
			p.Order = []plan.OrderKey{c.key}
			world := *w
			world.plan = &p
			place := board(t, world.run(), plan.Offices, evaluate.Individual).Places[0]
			if place.Values[0] != c.want || place.Reasons[1] != c.key.Title+": "+c.want {
				t.Errorf("%q, %q, want %q", place.Values, place.Reasons, c.want)
			}
		})
	}
}

// A group to which the plan gives no place of a kind: whoever qualifies stands in reserve, and
// whoever the council votes for waits for its decision.
func TestBoard_NoPlacesAtAll(t *testing.T) {
	w := newWorld(t)
	p := *w.plan
	p.Quotas = slices.Clone(p.Quotas)
	for i := range p.Quotas {
		if q := &p.Quotas[i]; q.Group == plan.Communes && q.Nominee == plan.Collective {
			q.Places = 0
		}
	}
	w.plan = &p
	w.propose(ward, nil)
	w.clean(ward)
	b := board(t, w.run(), plan.Communes, evaluate.Collective)
	if !b.Limited || b.Unused != 0 || b.Places[0].Band != evaluate.Reserve || b.LastIn != "" {
		t.Errorf("got %+v", b)
	}
	if r := w.vote(nil, "10"); awarded(r.Awards) != "10?" {
		t.Errorf("awards %s, want one that waits for the decision", awarded(r.Awards))
	}
}

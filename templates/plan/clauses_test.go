package plan

import (
	"slices"
	"strings"
	"testing"
	"time"

	"thidua/templates/calendar"
)

// builtIn returns the built-in plan.
func thaiNguyen(t testing.TB) *Plan {
	t.Helper()
	p, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestEveryClauseOfPartIIIHasItsData holds the data to the text of 31/KH-UBND, part III, clause by
// clause.
func TestEveryClauseOfPartIIIHasItsData(t *testing.T) {
	p := thaiNguyen(t)
	quotas := func(t *testing.T, period string, kind NomineeKind, office, commune, total int) {
		t.Helper()
		a, okA := p.Quota(period, Offices, kind)
		b, okB := p.Quota(period, Communes, kind)
		if !okA || !okB || a.Places != office || b.Places != commune || a.Places+b.Places != total ||
			a.Clause != "III.1.2" {
			t.Errorf("%s %s: %+v and %+v, want %d + %d = %d", period, kind, a, b, office, commune, total)
		}
	}
	for _, c := range []struct {
		name string
		test func(t *testing.T)
	}{
		{"III.1.1 provincial awards follow the province: two sets of papers, no quota of ours", func(t *testing.T) {
			if c, ok := find(p.Copies, func(c *Copies) bool { return c.Level == "province" }); !ok || c.Sets != 2 {
				t.Errorf("got %+v", c)
			}
		}},
		{"III.1.2 the award is the Chairman's giấy khen", func(t *testing.T) {
			if p.Award != "Giấy khen của Chủ tịch UBND thành phố" {
				t.Errorf("got %q", p.Award)
			}
		}},
		{"III.1.2 what makes and carries the giấy khen cites the city's clause, not the province's",
			func(t *testing.T) {
				for _, o := range p.Occasions {
					if slices.Contains(o.Papers, "certificates") && o.Clause != "III.1.2" {
						t.Errorf("occasion %s cites %s", o.ID, o.Clause)
					}
				}
				for _, a := range p.Assumptions() {
					if strings.Contains(a.Topic, "Giấy khen") && a.Clause != "III.1.2" {
						t.Errorf("the assumption on %q cites %s", a.Topic, a.Clause)
					}
				}
			}},
		{"III.1.2 ad hoc awards have no number", func(t *testing.T) {
			if per, ok := p.Period("dot-xuat"); !ok || per.Kind != AdHoc || per.Dossier != nil ||
				per.Registration != nil {
				t.Errorf("got %+v", per)
			}
			for _, g := range []GroupID{Offices, Communes} {
				if q, ok := p.Quota("dot-xuat", g, Individual); ok {
					t.Errorf("a quota for ad hoc awards: %+v", q)
				}
			}
		}},
		{"III.1.2 yearly: 10 collectives = 4 + 6, 15 individuals = 7 + 8", func(t *testing.T) {
			for _, year := range []string{"2018", "2019", "2020"} {
				quotas(t, year, Collective, 4, 6, 10)
				quotas(t, year, Individual, 7, 8, 15)
			}
		}},
		{"III.1.2 stage: 15 collectives = 6 + 9, 20 individuals = 10 + 10", func(t *testing.T) {
			quotas(t, "2018-2020", Collective, 6, 9, 15)
			quotas(t, "2018-2020", Individual, 10, 10, 20)
		}},
		{"III.1.3 communes award by themselves: the clause is kept, nothing is counted", func(t *testing.T) {
			if c, ok := p.Clause("III.1.3"); !ok || len(c.Items) != 1 {
				t.Errorf("got %+v", c)
			}
		}},
		{"III.2.1 item 1: excellent fulfilment", is(p, "TT1", CheckIs, "grade", "Hoàn thành xuất sắc nhiệm vụ")},
		{"III.2.1 item 2: registered, and carried out as people judge", func(t *testing.T) {
			checks(t, p, "TT2", CheckRegistered, CheckGiven, CheckMin)
		}},
		{"III.2.1 item 3: unity, as people judge", func(t *testing.T) { checks(t, p, "TT3", CheckCouncil) }},
		{"III.2.1 item 4: Party organisation at the top, mass organisations at the second level or above",
			func(t *testing.T) {
				c := checks(t, p, "TT4", CheckAtLeast, CheckAtLeast, CheckAtLeast, CheckAtLeast, CheckAtLeast,
					CheckAtLeast)
				leaves := c.Check.Leaves()
				if party := leaves[0]; party.Fact != "party" || party.Level != "Trong sạch, vững mạnh" ||
					party.Absent != NotApplicable || !slices.Equal(party.Council, []string{"Hoàn thành tốt nhiệm vụ"}) {
					t.Errorf("party: %+v", party)
				}
				for i, fact := range []string{"union", "youth", "women", "farmers", "veterans"} {
					if leaf := leaves[i+1]; leaf.Fact != fact || leaf.Top != 2 || leaf.Absent != NotApplicable {
						t.Errorf("%s: %+v", fact, leaf)
					}
				}
			}},
		{"III.2.1 item 5: official index at Tốt or above, communes only", func(t *testing.T) {
			c := checks(t, p, "TT5", CheckAtLeast)
			if c.Check.Fact != "index.band" || c.Check.Level != "Tốt" || c.Check.Source() != Official ||
				c.Binds(Collective, Offices, "") || !c.Binds(Collective, Communes, "") {
				t.Errorf("got %+v", c)
			}
		}},
		{"III.2.1 item 6: no breach of discipline on record", func(t *testing.T) {
			if c := checks(t, p, "TT6", CheckNone); c.Check.Fact != "discipline" || c.Check.Source() != Official {
				t.Errorf("got %+v", c)
			}
		}},
		{"III.2.2 item 1: excellent fulfilment", is(p, "CN1", CheckIs, "grade", "Hoàn thành xuất sắc nhiệm vụ")},
		{"III.2.2 item 2: exemplary, as people judge", func(t *testing.T) { checks(t, p, "CN2", CheckCouncil) }},
		{"III.2.2 item 3: heads of offices", binds(p, "CN3", RoleHead)},
		{"III.2.2 item 4: direct workers with an initiative", func(t *testing.T) {
			binds(p, "CN4", RoleDirectWorker)(t)
			if c := checks(t, p, "CN4", CheckGiven, CheckCouncil); c.Check.Of[0].Fact != "initiative" {
				t.Errorf("got %+v", c)
			}
		}},
		{"III.2.2 item 5: leaders of communes by the official index of their commune", func(t *testing.T) {
			binds(p, "CN5", RoleCommuneLeader)(t)
			if c := checks(t, p, "CN5", CheckAtLeast); c.Check.Fact != "index.band" || c.Check.Level != "Tốt" ||
				c.Check.Source() != Official {
				t.Errorf("got %+v", c)
			}
		}},
		{"III.2.2 item 6: no breach of discipline on record", func(t *testing.T) {
			if c := checks(t, p, "CN6", CheckNone); c.Check.Fact != "discipline" || c.Check.Source() != Official {
				t.Errorf("got %+v", c)
			}
		}},
		{"III.2.2 note: direct workers first", func(t *testing.T) {
			if p.Priority.Role != RoleDirectWorker || p.Order[0].Nominee != Individual || p.Order[0].Fact != "role" ||
				!slices.Equal(p.Order[0].First, []string{"direct-worker"}) {
				t.Errorf("priority %+v, order %+v", p.Priority, p.Order[0])
			}
		}},
		{"III.3 four parts", func(t *testing.T) {
			for i, key := range []string{PartProposal, PartReport, PartMinutes, PartList} {
				if d := p.Dossier[i]; d.Key != key || d.Item != i+1 || d.Clause != "III.3" {
					t.Errorf("%s: %+v", key, d)
				}
			}
			if len(p.Dossier) != 4 {
				t.Errorf("%d parts", len(p.Dossier))
			}
		}},
		{"III.3 one set for the city, two for the province", func(t *testing.T) {
			if len(p.Copies) != 2 || p.Copies[0].Level != "city" || p.Copies[0].Sets != 1 || p.Copies[1].Sets != 2 {
				t.Errorf("got %+v", p.Copies)
			}
		}},
		{"III.4 registration before 10/3 and dossiers before 31/12, every year", func(t *testing.T) {
			for _, year := range []int{2018, 2019, 2020} {
				per, ok := p.AnnualPeriod(year)
				if !ok || per.Registration.Before != (calendar.Date{Year: year, Month: 3, Day: 10}) ||
					per.Dossier.Before != (calendar.Date{Year: year, Month: 12, Day: 31}) {
					t.Errorf("%d: %+v", year, per)
				}
			}
		}},
	} {
		t.Run(c.name, c.test)
	}
}

// checks asserts the kinds of a criterion's leaves, that its text is the plan's, and returns it.
func checks(t *testing.T, p *Plan, id string, kinds ...CheckKind) Criterion {
	t.Helper()
	c, ok := p.Criterion(id)
	if !ok {
		t.Fatalf("no criterion %s", id)
	}
	var got []CheckKind
	for _, leaf := range c.Check.Leaves() {
		got = append(got, leaf.Kind)
	}
	if !slices.Equal(got, kinds) {
		t.Fatalf("%s checks %v, want %v", id, got, kinds)
	}
	clause, _ := p.Clause(c.Clause)
	if c.Item < 1 || c.Item > len(clause.Items) || clause.Items[c.Item-1] != c.Text {
		t.Errorf("%s does not quote item %d of %s", id, c.Item, c.Clause)
	}
	return c
}

func is(p *Plan, id string, kind CheckKind, fact, value string) func(*testing.T) {
	return func(t *testing.T) {
		c := checks(t, p, id, kind)
		if c.Check.Fact != fact || !slices.Equal(c.Check.Values, []string{value}) || len(c.Groups)+len(c.Roles) != 0 {
			t.Errorf("got %+v", c)
		}
	}
}

func binds(p *Plan, id string, role RoleID) func(*testing.T) {
	return func(t *testing.T) {
		c, ok := p.Criterion(id)
		if !ok {
			t.Fatalf("no criterion %s", id)
		}
		for _, r := range p.Roles {
			if got := c.Binds(Individual, Communes, r.ID); got != (r.ID == role) {
				t.Errorf("%s binds %s: %v", id, r.ID, got)
			}
		}
		if c.Binds(Collective, Offices, role) {
			t.Errorf("%s binds collectives", id)
		}
	}
}

func TestOtherClauses(t *testing.T) {
	p := thaiNguyen(t)
	if len(p.CriteriaFor(Collective)) != 6 || len(p.CriteriaFor(Individual)) != 6 {
		t.Error("the plan has six criteria for each kind of nominee")
	}
	t.Run("II.2 four contents", func(t *testing.T) {
		c, _ := p.Clause("II.2")
		if len(p.Contents) != 4 || len(c.Items) != 4 {
			t.Errorf("%d contents, %d items", len(p.Contents), len(c.Items))
		}
	})
	t.Run("32 xã, phường: 21 phường and 11 xã", func(t *testing.T) {
		count := map[string]int{}
		for _, u := range p.Units {
			if u.Group == Communes {
				count[u.Kind]++
			}
		}
		if count["phường"] != 21 || count["xã"] != 11 || len(count) != 2 {
			t.Errorf("got %v", count)
		}
	})
	t.Run("IV.1 the standing office is Phòng Nội vụ", func(t *testing.T) {
		if u, ok := p.UnitByCode(p.Office.Unit); !ok || u.Name != "Phòng Nội vụ" {
			t.Errorf("got %+v", u)
		}
	})
	t.Run("what the plan does not state is marked and listed", func(t *testing.T) {
		var all []string
		for _, a := range p.Assumptions() {
			if a.Topic == "" || a.Text == "" || a.Default == "" || strings.Contains(a.Topic, "⟦") {
				t.Errorf("unfinished: %+v", a)
			}
			all = append(all, a.Topic+" "+a.Text)
		}
		for _, open := range []string{"Chỉ số CCHC", "bỏ phiếu", "Ngày 10/3", "lực lượng vũ trang", "Tiền thưởng",
			"Hoàn thành tốt nhiệm vụ", "không đăng ký", "Danh sách đơn vị", "Căn cứ pháp lý của văn bản"} {
			if !strings.Contains(strings.Join(all, "\n"), open) {
				t.Errorf("%q is not among the assumptions", open)
			}
		}
	})
}

func TestDeadline(t *testing.T) {
	p := thaiNguyen(t)
	per, _ := p.AnnualPeriod(2018)
	ict := func(s string) time.Time {
		at, err := time.ParseInLocation("2006-01-02 15:04:05", s, calendar.Zone)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	extended := *per.Dossier
	extended.LastDay = calendar.Date{Year: 2019, Month: 1, Day: 2}
	for _, c := range []struct {
		name     string
		deadline Deadline
		received time.Time
		timing   Timing
		days     int
	}{
		{"the last second of 09/3", *per.Registration, ict("2018-03-09 23:59:59"), OnTime, 0},
		{"the same instant told in UTC", *per.Registration, ict("2018-03-09 23:59:59").UTC(), OnTime, 0},
		{"the first second of 10/3", *per.Registration, ict("2018-03-10 00:00:00"), OnTheDay, 0},
		{"the last second of 10/3", *per.Registration, ict("2018-03-10 23:59:59"), OnTheDay, 0},
		{"11/3", *per.Registration, ict("2018-03-11 00:00:00"), Late, 1},
		{"a month later", *per.Registration, ict("2018-04-10 08:00:00"), Late, 31},
		{"31/12 itself", *per.Dossier, ict("2018-12-31 07:00:00"), OnTheDay, 0},
		{"New Year", *per.Dossier, ict("2019-01-01 00:00:00"), Late, 1},
		{"the office moved the last day past the holiday", extended, ict("2019-01-02 17:00:00"), OnTime, 0},
		{"and the day after that is late", extended, ict("2019-01-03 00:00:00"), Late, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			if timing, days := c.deadline.State(c.received); timing != c.timing || days != c.days {
				t.Errorf("got %s %d, want %s %d", timing, days, c.timing, c.days)
			}
		})
	}
}

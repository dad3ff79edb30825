package plan

import (
	"slices"
	"testing"

	"thidua/templates/calendar"
)

func TestMatchUnit(t *testing.T) {
	p := thaiNguyen(t)
	for _, c := range []struct{ in, want string }{
		{"UBND phường Tân Thịnh", "05452"},
		{"ỦY BAN NHÂN DÂN PHƯỜNG TÂN THỊNH", "05452"},
		{"UBND P.Tân Thịnh", "05452"},
		{"phường Tân Thịnh - TPTN", "05452"},
		{"Phường Tân Thịnh (mới)", "05452"},
		{"tan thinh", "05452"},
		{"UBND P. Tân Thành", "05479"},
		{"Phường Quan Triều", "05431"},
		{"X. Tân Cương\t", "05503"},
		{"thị trấn Chùa Hang", "05659"},
		{"xã Đồng Bẩm", "05710"},
		{"P. PĐP", "05449"},
		{"05449", "05449"},
		{"Phòng Nội vụ thành phố Thái Nguyên", "PB01"},
		{"Phòng TN&MT", "PB09"},
		{"phòng LĐ-TB&XH", "PB10"},
		{"Văn phòng HĐND-UBND", "PB02"},
		{"MTTQ", "PB06"},
		{"Công an TP", "PB23"},
	} {
		if u, ok, _ := p.MatchUnit(c.in); !ok || u.Code != c.want {
			t.Errorf("MatchUnit(%q) = %s, %v; want %s", c.in, u.Code, ok, c.want)
		}
	}
	t.Run("a near miss is asked about, never taken", func(t *testing.T) {
		u, ok, suggest := p.MatchUnit("Tân Thinhh")
		if ok || !slices.Contains(suggest, "UBND phường Tân Thịnh") {
			t.Errorf("got %s, %v, %q", u.Code, ok, suggest)
		}
	})
	for _, in := range []string{"", "UBND", "Sở Nội vụ", "phường", "Tân"} {
		if u, ok, _ := p.MatchUnit(in); ok {
			t.Errorf("MatchUnit(%q) = %s", in, u.Code)
		}
	}
}

func TestUnitByAddress(t *testing.T) {
	p := &Plan{Units: []Unit{
		{Code: "A", Emails: []string{"a@city.example"}},
		{Code: "B", Emails: []string{"b@city.example", "@b.example"}},
		{Code: "C", Emails: []string{"@shared.example"}},
		{Code: "D", Emails: []string{"@shared.example"}},
	}}
	for _, c := range []struct {
		name, in, want string
	}{
		{"exact", "a@city.example", "A"},
		{"another case, spaces", " A@City.Example ", "A"},
		{"by domain", "anyone@b.example", "B"},
		{"a domain two units declare", "x@shared.example", ""},
		{"a domain below the declared one", "x@mail.b.example", ""},
		{"unknown", "x@y.example", ""},
		{"the domain entry itself", "@b.example", ""},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if u, ok := p.UnitByAddress(c.in); u.Code != c.want || ok != (c.want != "") {
				t.Errorf("got %q, %v", u.Code, ok)
			}
		})
	}
	if got := p.Units[1].Mailboxes(); !slices.Equal(got, []string{"b@city.example"}) {
		t.Errorf("mailboxes: %q", got)
	}
	city := thaiNguyen(t)
	if !city.IsOffice("NoiVu@thainguyen.example") || city.IsOffice("tanthinh@thainguyen.example") ||
		!city.IsCouncil("hoidongtdkt@thainguyen.example") || city.IsCouncil("") {
		t.Error("the office and the secretary are not told by their addresses")
	}
	if u, ok := city.UnitByAddress("tanthinh@thainguyen.example"); !ok || u.Name != "UBND phường Tân Thịnh" {
		t.Errorf("got %+v", u)
	}
}

func TestScales_ByDate(t *testing.T) {
	p := thaiNguyen(t)
	day := func(s string) calendar.Date {
		d, err := calendar.ParseISO(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		id, on, label string
		rank          int
	}{
		{"party", "2017-12-31", "Trong sạch, vững mạnh", 1},
		{"party", "2018-03-07", "TRONG SẠCH VỮNG MẠNH", 1},
		{"party", "2018-03-08", "Hoàn thành xuất sắc nhiệm vụ", 1},
		{"party", "2018-12-31", "Trong sạch, vững mạnh", 1},
		{"party", "2018-12-31", "HTTNV", 2},
		{"grade", "2018-12-31", "HTXSNV", 1},
		{"grade", "2018-12-31", "Hoàn thành nhiệm vụ", 3},
		{"grade", "2020-12-31", "Hoàn thành nhiệm vụ", 3},
		{"union", "2018-12-31", "Khá", 2},
		{"union", "2020-12-31", "Hoàn thành tốt nhiệm vụ", 2},
		{"index-band", "2018-12-31", "tốt", 2},
		{"grade", "2018-12-31", "Giỏi", 0},
		{"grade", "2018-12-31", "", 0},
	} {
		s, ok := p.Scale(c.id, day(c.on))
		if !ok {
			t.Errorf("no scale %s on %s", c.id, c.on)
			continue
		}
		if rank, ok := s.Rank(c.label); rank != c.rank || ok != (c.rank > 0) {
			t.Errorf("%s on %s: %q ranks %d, want %d", c.id, c.on, c.label, rank, c.rank)
		}
	}
	old, _ := p.Scale("party", day("2018-03-07"))
	now, _ := p.Scale("party", day("2018-03-08"))
	if old.Labels()[0] != "Trong sạch, vững mạnh" || now.Labels()[0] != "Hoàn thành xuất sắc nhiệm vụ" {
		t.Errorf("the top labels are %q and %q", old.Labels()[0], now.Labels()[0])
	}
	bands, _ := p.Scale("index-band", day("2018-12-31"))
	for percent, want := range map[float64]string{100: "Xuất sắc", 90: "Xuất sắc", 89.99: "Tốt", 80: "Tốt", 79.9: "Khá",
		70: "Khá", 50: "Trung bình", 0: "Yếu"} {
		if got, ok := bands.Band(percent); !ok || got != want {
			t.Errorf("%v is %q, want %q", percent, got, want)
		}
	}
	if _, ok := now.Band(90); ok {
		t.Error("a scale of labels has no bands")
	}
}

func TestVotes_AreCountedInWholeNumbers(t *testing.T) {
	two3 := Fraction{2, 3}
	for _, c := range []struct {
		part, whole int
		want        bool
	}{{7, 11, false}, {8, 11, true}, {6, 9, true}, {0, 0, true}} {
		if got := two3.Reached(c.part, c.whole); got != c.want {
			t.Errorf("%d of %d reach 2/3: %v", c.part, c.whole, got)
		}
	}
	if two3.Needed(11) != 8 || two3.Needed(9) != 6 {
		t.Error("Needed is wrong")
	}
	half, ninety := Threshold{Percent: 50, Strict: true}, Threshold{Percent: 90}
	for _, c := range []struct {
		rule        Threshold
		votes, base int
		want        bool
	}{{half, 5, 10, false}, {half, 6, 11, true}, {half, 5, 11, false}, {ninety, 9, 10, true}, {ninety, 10, 12, false}} {
		if got := c.rule.Passed(c.votes, c.base); got != c.want {
			t.Errorf("%d of %d pass %+v: %v", c.votes, c.base, c.rule, got)
		}
	}
}

func TestLegalBases_ByDateOfTheDocument(t *testing.T) {
	p := thaiNguyen(t)
	has := func(on calendar.Date, part string) bool {
		return slices.ContainsFunc(p.BasesOn(on), func(s string) bool {
			return len(s) >= len(part) &&
				s[:len(part)] == part
		})
	}
	in2019, in2024 := calendar.Date{Year: 2019, Month: 1, Day: 15}, calendar.Date{Year: 2024, Month: 1, Day: 15}
	if !has(in2019, "Nghị định số 91/2017") || has(in2019, "Nghị định số 98/2023") ||
		!has(in2019, "Quyết định số 11/2018") || has(in2019, "Quyết định số 36/2015") {
		t.Errorf("2019: %q", p.BasesOn(in2019))
	}
	if has(in2024, "Nghị định số 91/2017") || !has(in2024, "Nghị định số 98/2023") ||
		!has(in2024, "Kế hoạch số 31/KH-UBND") {
		t.Errorf("2024: %q", p.BasesOn(in2024))
	}
}

// A ward becomes another one in the middle of the year and keeps its address: from then on the
// address is the new one's, and what the plan says of the change can be followed; successors in a
// ring lead nowhere.
func TestUnits_BecomeOthers(t *testing.T) {
	date := func(month, day int) calendar.Date { return calendar.Date{Year: 2018, Month: month, Day: day} }
	old := Unit{Code: "A", Emails: []string{"phuong@x.example"}, ValidTo: date(6, 30), Successor: "B"}
	renewed := Unit{Code: "B", Emails: []string{"phuong@x.example"}, ValidFrom: date(7, 1)}
	ring := []Unit{{Code: "C", ValidTo: date(3, 1), Successor: "D"}, {Code: "D", ValidTo: date(3, 1), Successor: "C"},
		{Code: "E", ValidTo: date(3, 1)}, {Code: "F", ValidTo: date(5, 1), Successor: "A"}}
	for _, units := range [][]Unit{{old, renewed}, {renewed, old}} {
		p := &Plan{Units: append(units, ring...)}
		if u, ok := p.UnitByAddress("phuong@x.example"); !ok || u.Code != "B" {
			t.Errorf("the address is %s's", u.Code)
		}
		got := p.Predecessors(date(12, 31))
		if len(got) != 1 || len(got["B"]) != 2 || got["B"][0].Code != "A" || got["B"][1].Code != "F" {
			t.Errorf("got %v", got)
		}
		if got := p.Predecessors(date(5, 15)); len(got) != 1 || len(got["A"]) != 1 || got["A"][0].Code != "F" {
			t.Errorf("in May: %v", got)
		}
		for _, u := range ring[:3] {
			if heir, ok := p.Heir(u, date(12, 31)); ok {
				t.Errorf("%s became %s", u.Code, heir.Code)
			}
		}
	}
}

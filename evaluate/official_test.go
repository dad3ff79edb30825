package evaluate_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
)

// people proposes one ward with these people, and sends these rows of personal ratings, one file a
// row.
func people(t *testing.T, nominees []templates.NominatedPerson, rows ...templates.PersonRating) evaluate.Result {
	t.Helper()
	w := newWorld(t)
	w.propose(ward, func(d *templates.Dossier) { d.Individuals = nominees })
	for i, row := range rows {
		row.Unit = v("UBND phường Tân Thịnh")
		w.records(january.Add(time.Duration(i-len(rows))*time.Hour),
			func(r *templates.Records) { r.Ratings = append(r.Ratings, row) })
	}
	return w.run()
}

func placed(name, born, position string) templates.NominatedPerson {
	p := worker(name, born)
	p.Position = v(position)
	return p
}

func rated(name, position, grade string) templates.PersonRating {
	return templates.PersonRating{Name: at(name, "XẾP LOẠI CÁ NHÂN", "C5"), Position: v(position), Grade: v(grade)}
}

func TestRatingsFindTheirPerson(t *testing.T) {
	hoa := placed("Nguyễn Thị Hòa", "1980-03-05", "Văn thư")
	for _, c := range []struct {
		name     string
		nominees []templates.NominatedPerson
		rows     []templates.PersonRating
		want     evaluate.Outcome // of CN1, for the first nominee
		says     string
	}{
		{"the same name", []templates.NominatedPerson{hoa},
			[]templates.PersonRating{rated("Nguyễn Thị Hòa", "", second)}, evaluate.NotMet, "số liệu chính thức"},
		{"in capitals, the tone mark in its other place", []templates.NominatedPerson{hoa},
			[]templates.PersonRating{rated("NGUYỄN THỊ HOÀ", "", second)}, evaluate.NotMet, "số liệu chính thức"},
		{"typed without accents, nobody else it could be", []templates.NominatedPerson{hoa},
			[]templates.PersonRating{rated("Nguyen Thi Hoa", "", second)}, evaluate.NotMet, "số liệu chính thức"},
		{"typed without accents, two it could be",
			[]templates.NominatedPerson{hoa, placed("Nguyễn Thị Hoa", "1985", "Kế toán")},
			[]templates.PersonRating{rated("Nguyen Thi Hoa", "", second)}, evaluate.Pending, "nhiều người trùng tên"},
		{"other accents are another name", []templates.NominatedPerson{hoa},
			[]templates.PersonRating{rated("Nguyễn Thị Hoa", "", second)}, evaluate.Pending, "chỉ khác dấu"},
		{"other accents that name another nominee",
			[]templates.NominatedPerson{hoa, placed("Nguyễn Thị Hoa", "1985", "Kế toán")},
			[]templates.PersonRating{rated("Nguyễn Thị Hoa", "", second)}, evaluate.Met, "kê khai"},
		{"namesakes told apart by position",
			[]templates.NominatedPerson{hoa, placed("Nguyễn Thị Hòa", "1985", "Kế toán")},
			[]templates.PersonRating{rated("Nguyễn Thị Hòa", "văn thư", best),
				rated("Nguyễn Thị Hòa", "kế toán", second)}, evaluate.Met, "số liệu chính thức"},
		{"namesakes nobody tells apart", []templates.NominatedPerson{hoa, placed("Nguyễn Thị Hòa", "1985", "Kế toán")},
			[]templates.PersonRating{rated("Nguyễn Thị Hòa", "", second)}, evaluate.Pending, "nhiều người trùng tên"},
		{"namesakes with one position", []templates.NominatedPerson{hoa, placed("Nguyễn Thị Hòa", "1985", "Văn thư")},
			[]templates.PersonRating{rated("Nguyễn Thị Hòa", "Văn thư", second)}, evaluate.Pending,
			"nhiều người trùng tên"},
		{"two rows of one name, one position is the nominee's", []templates.NominatedPerson{hoa},
			[]templates.PersonRating{rated("Nguyễn Thị Hòa", "Văn thư", best),
				rated("Nguyễn Thị Hòa", "Kế toán", second)}, evaluate.Met, "số liệu chính thức"},
		{"two rows of one name, neither position is", []templates.NominatedPerson{hoa},
			[]templates.PersonRating{rated("Nguyễn Thị Hòa", "Địa chính", best),
				rated("Nguyễn Thị Hòa", "Kế toán", second)}, evaluate.Pending, "nhiều người trùng tên"},
		{"two rows that agree", []templates.NominatedPerson{hoa},
			[]templates.PersonRating{rated("Nguyễn Thị Hòa", "Địa chính", second),
				rated("Nguyễn Thị Hòa", "Kế toán", second)}, evaluate.NotMet, "số liệu chính thức"},
		{"a later row corrects an earlier one", []templates.NominatedPerson{hoa},
			[]templates.PersonRating{rated("Nguyễn Thị Hòa", "Văn thư", second),
				rated("Nguyễn Thị Hòa", "Văn thư", best)}, evaluate.Met, "số liệu chính thức"},
		{"nobody's", []templates.NominatedPerson{hoa}, []templates.PersonRating{rated("Lê Văn Cường", "", second)},
			evaluate.Met, "kê khai"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := people(t, c.nominees, c.rows...)
			for _, x := range r.Verdicts {
				if x.Nominee.Name != "Nguyễn Thị Hòa" || x.Nominee.Born != "1980-03-05" {
					continue
				}
				j := judgement(t, x, "CN1")
				if j.Outcome != c.want || !strings.Contains(j.Reason, c.says) {
					t.Errorf("%s: %s; want %s: … %s …", j.Outcome, j.Reason, c.want, c.says)
				}
				return
			}
			t.Fatal("the nominee is lost")
		})
	}
}

func TestBreachOfANamesakeIsNotGuessed(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, func(d *templates.Dossier) {
		d.Individuals = []templates.NominatedPerson{placed("Lê Văn An", "1980", "Văn thư"),
			placed("Lê Văn An", "1985", "Kế toán")}
	})
	w.records(january.Add(-time.Hour), both(reviewed, breachOf("UBND phường Tân Thịnh", "Lê Văn An")))
	for _, x := range w.run().Verdicts {
		if x.Nominee.Kind != evaluate.Individual {
			continue
		}
		if j := judgement(t, x, "CN6"); j.Outcome != evaluate.Pending ||
			!strings.Contains(j.Reason, "chưa rõ có phải cùng một người") {
			t.Errorf("%s: %s", j.Outcome, j.Reason)
		}
	}
}

func TestBreachThatNamesAnotherNomineeExactly(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, func(d *templates.Dossier) {
		d.Individuals = []templates.NominatedPerson{placed("Lê Văn An", "1980", "Văn thư"),
			placed("Lê Văn Ân", "1985", "Kế toán")}
	})
	w.records(january.Add(-time.Hour), both(reviewed, breachOf("UBND phường Tân Thịnh", "Lê Văn Ân")))
	r := w.run()
	if a, b := judgement(t, verdict(t, r, "Lê Văn An"), "CN6"),
		judgement(t, verdict(t, r, "Lê Văn Ân"), "CN6"); a.Outcome != evaluate.Met || b.Outcome != evaluate.NotMet {
		t.Errorf("An %s, Ân %s", a.Outcome, b.Outcome)
	}
}

func TestARowForTheCollectiveWinsOverTheUnitsRow(t *testing.T) {
	const desk = "Bộ phận tiếp nhận và trả kết quả"
	two := func(d *templates.Dossier) { d.Collectives = append(d.Collectives, collective(desk)) }
	for _, c := range []struct {
		name     string
		written  string
		unitWant evaluate.Outcome
		deskWant evaluate.Outcome
	}{
		{"named as in the dossier", desk, evaluate.NotMet, evaluate.Met},
		{"named without accents", "Bo phan tiep nhan va tra ket qua", evaluate.NotMet, evaluate.Met},
		{"no row of its own", "Tổ địa chính", evaluate.NotMet, evaluate.NotMet},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.propose(ward, two)
			w.records(january.Add(-time.Hour), func(r *templates.Records) {
				r.UnitRatings = []templates.UnitRating{
					{Unit: v("UBND phường Tân Thịnh"), Collective: v(c.written), Grade: v(best)},
					{Unit: v("UBND phường Tân Thịnh"), Collective: v("UBND PHƯỜNG TÂN THỊNH"), Grade: v(second)},
				}
			})
			r := w.run()
			if got := judgement(t, verdict(t, r, "UBND phường Tân Thịnh"), "TT1").Outcome; got != c.unitWant {
				t.Errorf("the unit: %s, want %s", got, c.unitWant)
			}
			if got := judgement(t, verdict(t, r, desk), "TT1").Outcome; got != c.deskWant {
				t.Errorf("the desk: %s, want %s", got, c.deskWant)
			}
		})
	}
}

func TestARowThatMayMeanTwoCollectivesIsNotGuessed(t *testing.T) {
	for _, c := range []struct {
		name     string
		proposed []string
		rows     []string
	}{
		{"two collectives, one row without accents", []string{"Tổ An", "Tổ Ân"}, []string{"To An"}},
		{"one collective, two rows with other accents", []string{"Tổ An"}, []string{"Tổ Ân", "Tố An"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.propose(ward, func(d *templates.Dossier) {
				d.Collectives = nil
				for _, name := range c.proposed {
					d.Collectives = append(d.Collectives, collective(name))
				}
			})
			w.records(january.Add(-time.Hour), func(r *templates.Records) {
				for _, name := range c.rows {
					r.UnitRatings = append(r.UnitRatings, templates.UnitRating{Unit: v("UBND phường Tân Thịnh"),
						Collective: v(name), Grade: v(second)})
				}
			})
			for _, x := range w.run().Verdicts {
				if j := judgement(t, x, "TT1"); j.Outcome != evaluate.Pending ||
					!strings.Contains(j.Reason, "nhiều tập thể trùng tên") {
					t.Errorf("%s: %s: %s", x.Nominee.Name, j.Outcome, j.Reason)
				}
			}
		})
	}
}

func TestRecordsArriveInPartsAndAreCorrected(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, nil)
	w.records(january.Add(-3*time.Hour), index("UBND phường Tân Thịnh", "Khá"))
	w.records(january.Add(-2*time.Hour), reviewed)
	// corrects the band and leaves the points as they were
	w.records(january.Add(-1*time.Hour), func(r *templates.Records) {
		r.Index = append(r.Index, templates.IndexResult{Unit: v("UBND phường Tân Thịnh"), Band: v("Tốt")})
	})
	x := verdict(t, w.run(), "UBND phường Tân Thịnh")
	if got := judgement(t, x, "TT5"); got.Outcome != evaluate.Met || got.Facts[0].Value != "Tốt" {
		t.Errorf("the band: %s on %+v", got.Outcome, got.Facts)
	}
	if !slices.ContainsFunc(x.Facts, func(f evaluate.Fact) bool { return f.Key == "index.score" && f.Value == "81" }) {
		t.Error("a blank cell took the points back")
	}
	if got := judgement(t, x, "TT6").Outcome; got != evaluate.Met {
		t.Errorf("the register: %s", got)
	}
}

func TestRecordsStillToFixDoNotCount(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, nil)
	w.records(january.Add(-time.Hour), index("UBND phường Tân Thịnh", "Tốt"))
	w.subs[len(w.subs)-1].State = submission.ToFix
	if got := judgement(t, verdict(t, w.run(), "UBND phường Tân Thịnh"), "TT5").Outcome; got != evaluate.Pending {
		t.Errorf("%s, want Pending", got)
	}
}

func TestTheSameBreachSentTwiceIsOne(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, nil)
	for i := range 2 {
		w.records(january.Add(time.Duration(i-3)*time.Hour), breachOf("UBND phường Tân Thịnh", "Lê Văn Cường"))
	}
	w.records(january.Add(-time.Hour), func(r *templates.Records) {
		r.Discipline = append(r.Discipline, templates.DisciplineEntry{Unit: v("UBND phường Tân Thịnh"),
			Content: v("Bị phản ánh")})
	})
	for _, f := range judgement(t, verdict(t, w.run(), "UBND phường Tân Thịnh"), "TT6").Facts {
		if f.Basis == "official" && (f.Value != "2" || f.Text != "2 vụ việc (20/9/2018: Biên bản kiểm điểm; Bị "+
			"phản ánh)" || f.Cell != "C5") {
			t.Errorf("%+v", f)
		}
	}
}

func TestAUnitTheRecordsMisspellIsAFinding(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, nil)
	w.records(january.Add(-time.Hour), func(r *templates.Records) {
		r.Index = append(r.Index, templates.IndexResult{Unit: at("Phường Tân Thình Lình", "CHỈ SỐ CCHC", "B9"),
			Band: v("Tốt")}, templates.IndexResult{Band: v("Tốt")})
	})
	r := w.run()
	if len(r.Findings) != 1 || r.Findings[0].Code != finding.UnknownUnit || r.Findings[0].Cell != "B9" {
		t.Errorf("findings %+v", r.Findings)
	}
}

func TestContradictionsShowBothCells(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, row0(func(c *templates.NominatedCollective) {
		c.Party, c.IndexScore, c.IndexBand = v("Trong sạch, vững mạnh"), v("95"), v("Xuất sắc")
	}))
	w.records(january.Add(-time.Hour), func(r *templates.Records) {
		r.UnitRatings = []templates.UnitRating{{Unit: v("UBND phường Tân Thịnh"),
			Grade: at(second, "XẾP LOẠI ĐƠN VỊ", "D7"), Party: v(best)}}
		r.Index = []templates.IndexResult{{Unit: v("UBND phường Tân Thịnh"), Appraised: v("85"), Band: v("Tốt")}}
		breachOf("UBND phường Tân Thịnh", "Lê Văn Cường")(r)
	})
	r := w.run()
	var keys []string
	for _, c := range r.Contradictions {
		keys = append(keys, c.Declared.Key)
		if c.Finding.Code != finding.AgainstRecord || c.Nominee != verdict(t, r, "UBND phường Tân Thịnh").Nominee.ID {
			t.Errorf("%+v", c)
		}
		if c.Declared.Key == "grade" && (c.Declared.Cell != "D5" || c.Official.Cell != "D7" ||
			c.Finding.Message != "“UBND phường Tân Thịnh” kê khai “Mức độ hoàn thành nhiệm vụ” là “Hoàn thành "+
				"xuất sắc nhiệm vụ”, trong khi số liệu chính thức là “Hoàn thành tốt nhiệm vụ”.") {
			t.Errorf("%+v", c)
		}
	}
	// The party's old label means the same level, and points are self-assessed: neither contradicts
	// anything.
	if want := []string{"grade", "index.band", "discipline"}; !slices.Equal(keys, want) {
		t.Errorf("contradictions about %v, want %v", keys, want)
	}
}

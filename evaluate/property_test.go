package evaluate_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"thidua/evaluate"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/plan"
)

// anyWorld draws a year: some units with some nominees, many of them alike, some records, perhaps a
// vote.
func anyWorld(rt *rapid.T, t testing.TB) *world {
	w := newWorld(t)
	units := w.plan.UnitsOn(day("2018-12-31"))
	label := rapid.SampledFrom([]string{best, best, second, third, ""})
	for i := range rapid.IntRange(0, 14).Draw(rt, "units") {
		u := units[i*2]
		d := w.dossier(u.Code, func(d *templates.Dossier) {
			d.Collectives[0].Grade, d.Collectives[0].Party = v(label.Draw(rt, "grade")), v(label.Draw(rt, "party"))
			for k := range rapid.IntRange(0, 3).Draw(rt, "people") {
				p := worker(rapid.SampledFrom([]string{"Lê Văn An", "Lê Văn Ân", "Trần Thị Hòa", "Tran Thi Hoa"}).Draw(
					rt, "name"), fmt.Sprint(1970+k%2))
				p.Role = v(rapid.SampledFrom([]string{direct, head, leader, "Khác", "?"}).Draw(rt, "role"))
				p.Grade = v(label.Draw(rt, "grade"))
				d.Individuals = append(d.Individuals, p)
			}
		})
		if rapid.Bool().Draw(rt, "registered") {
			w.register(u.Code, march.AddDate(0, 0, rapid.IntRange(0, 20).Draw(rt, "day")))
		}
		state := rapid.SampledFrom([]submission.State{submission.Accepted, submission.Accepted, submission.ToFix}).Draw(
			rt, "state")
		w.send("2018", "ho-so", u.Code, december.AddDate(0, 0, rapid.IntRange(0, 25).Draw(rt, "day")), state, d)
	}
	for range rapid.IntRange(0, 4).Draw(rt, "records") {
		anyRecords(rt, w, units[rapid.IntRange(0, 28).Draw(rt, "unit")])
	}
	return w
}

func anyRecords(rt *rapid.T, w *world, u plan.Unit) {
	w.records(january.Add(-time.Duration(rapid.IntRange(1, 99).Draw(rt, "hours"))*time.Hour),
		func(r *templates.Records) {
			name := rapid.SampledFrom([]string{"Lê Văn An", "Tran Thi Hoa", ""}).Draw(rt, "who")
			r.Index = []templates.IndexResult{{Unit: v(u.Name),
				Appraised: v(fmt.Sprint(rapid.IntRange(80, 82).Draw(rt, "points"))),
				Band:      v(rapid.SampledFrom([]string{"Tốt", "Khá"}).Draw(rt, "band"))}}
			r.UnitRatings = []templates.UnitRating{{Unit: v(u.Name),
				Grade: v(rapid.SampledFrom([]string{best, second, ""}).Draw(rt, "rated"))}}
			r.Ratings = []templates.PersonRating{{Unit: v(u.Name), Name: v(name), Grade: v(second)}}
			if rapid.Bool().Draw(rt, "breach") {
				r.Discipline = []templates.DisciplineEntry{{Unit: v(u.Name), Name: v(name), Date: v("2018-05-05"),
					Content: v("Bị phản ánh")}}
			}
		})
}

func bytesOf(t testing.TB, r evaluate.Result) string {
	t.Helper()
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestProperty_NobodyIsLostOrDoubledAndTheLineHolds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := anyWorld(rt, t)
		r := w.run()
		proposed := 0
		for _, u := range w.plan.Units {
			if s, ok := submission.NewDataset(w.asOf, w.subs).Current("2018", "ho-so", u.Code); ok &&
				s.State == submission.Accepted {
				d := s.Value.(*templates.Dossier)
				proposed += len(d.Collectives) + len(d.Individuals)
			}
		}
		seen := map[string]bool{}
		for _, x := range r.Verdicts {
			if seen[x.Nominee.ID] {
				rt.Fatalf("%s is judged twice", x.Nominee.ID)
			}
			seen[x.Nominee.ID] = true
		}
		if len(seen) != proposed {
			rt.Fatalf("%d verdicts on %d nominees", len(seen), proposed)
		}
		onBoards := map[string]bool{}
		for _, b := range r.Boards {
			checkBoard(rt, b)
			for _, p := range b.Places {
				if onBoards[p.Nominee.ID] || !seen[p.Nominee.ID] {
					rt.Fatalf("%s stands twice on the boards, or was never judged", p.Nominee.ID)
				}
				onBoards[p.Nominee.ID] = true
			}
		}
		if len(onBoards) != proposed {
			rt.Fatalf("%d places for %d nominees", len(onBoards), proposed)
		}
	})
}

func checkBoard(rt *rapid.T, b evaluate.Board) {
	within, count, sizes := 0, map[evaluate.Band]int{}, map[int]int{}
	for _, p := range b.Places {
		sizes[p.Rank]++
	}
	for i, p := range b.Places {
		if p.Outcome == evaluate.NotMet != (p.Band == evaluate.NoBand) ||
			p.Outcome == evaluate.NotMet != (p.Rank == 0) {
			rt.Fatalf("%s has rank %d and band %s", p.Outcome, p.Rank, p.Band)
		}
		count[p.Band]++
		if p.Band == evaluate.Within {
			within++
		}
		if p.Rank == 0 {
			continue
		}
		if p.Tied != (sizes[p.Rank] > 1) {
			rt.Fatalf("rank %d is shared by %d and tied is %v", p.Rank, sizes[p.Rank], p.Tied)
		}
		crosses := p.Rank <= b.Quota && p.Rank+sizes[p.Rank]-1 > b.Quota
		if crosses != (p.Band == evaluate.Boundary) {
			rt.Fatalf("rank %d of %d tied, quota %d: band %s", p.Rank, sizes[p.Rank], b.Quota, p.Band)
		}
		if i > 0 && b.Places[i-1].Rank > p.Rank {
			rt.Fatalf("rank %d after %d", p.Rank, b.Places[i-1].Rank)
		}
	}
	if within > b.Quota {
		rt.Fatalf("%d within a quota of %d", within, b.Quota)
	}
	if placed := len(b.Places) - count[evaluate.NoBand]; placed >= b.Quota && b.Unused != 0 || placed < b.Quota &&
		b.Unused != b.Quota-placed {
		rt.Fatalf("%d placed, quota %d, unused %d", placed, b.Quota, b.Unused)
	}
}

func TestProperty_ShufflingAndRepeatingChangeNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := anyWorld(rt, t)
		want := bytesOf(t, w.run())
		if bytesOf(t, w.run()) != want {
			rt.Fatal("the second run differs from the first")
		}
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		shuffled := slices.Clone(w.subs)
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		r, err := evaluate.Run(w.plan, submission.Dataset{AsOf: w.asOf, Submissions: shuffled}, "2018")
		if err != nil {
			rt.Fatal(err)
		}
		if bytesOf(t, r) != want {
			rt.Fatal("the order of the submissions changes the result")
		}
	})
}

func TestProperty_ARecordOfOneUnitChangesNoOtherUnitsFacts(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := anyWorld(rt, t)
		before := w.run()
		unit := w.plan.Units[rapid.IntRange(0, 28).Draw(rt, "changed")]
		anyRecords(rt, w, unit)
		after := w.run()
		for i, x := range after.Verdicts {
			y := before.Verdicts[i]
			if x.Nominee.Unit == unit.Code {
				continue
			}
			a, _ := json.Marshal([]any{x.Facts, x.Judgements})
			b, _ := json.Marshal([]any{y.Facts, y.Judgements})
			if string(a) != string(b) {
				rt.Fatalf("a record of %s changed %s:\n%s\n%s", unit.Code, x.Nominee.ID, b, a)
			}
		}
	})
}

func TestProperty_AVerdictIsTheWorstOfItsJudgements(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		for _, x := range anyWorld(rt, t).run().Verdicts {
			var has = map[evaluate.Outcome]bool{}
			for _, j := range x.Judgements {
				has[j.Outcome] = true
			}
			want := evaluate.Met
			for _, o := range []evaluate.Outcome{evaluate.Council, evaluate.Pending, evaluate.NotMet} {
				if has[o] {
					want = o
				}
			}
			if x.Outcome != want {
				rt.Fatalf("%s of %v", x.Outcome, has)
			}
		}
	})
}

func TestProperty_TheOrderOfRowsDecidesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := anyWorld(rt, t)
		standing := func(r evaluate.Result) map[string]int {
			out := map[string]int{}
			for _, b := range r.Boards {
				for _, p := range b.Places {
					out[fmt.Sprintln(p.Nominee.Unit, p.Nominee.Name, p.Outcome, p.Rank, p.Tied, p.Band)]++
				}
			}
			return out
		}
		before := standing(w.run())
		for _, s := range w.subs {
			if d, ok := s.Value.(*templates.Dossier); ok {
				slices.Reverse(d.Individuals)
			}
		}
		if after := standing(w.run()); !maps.Equal(before, after) {
			rt.Fatalf("ties are not symmetric:\n%v\n%v", before, after)
		}
	})
}

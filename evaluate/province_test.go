package evaluate_test

import (
	"testing"

	"thidua/evaluate"
	"thidua/templates"
	"thidua/templates/plan"
)

func TestIII_1_1_ProvincialNomineesHaveAListOfTheirOwn(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, func(d *templates.Dossier) {
		d.Collectives[0].Award, d.Collectives[0].Grade = v(templates.ProvinceAward), v(second)
		d.Individuals = append(d.Individuals, worker("Trần Thị Bình", "1980"), worker("Lê Thị Hoa", "1981"))
		d.Individuals[1].Award = v("ĐỀ NGHỊ KHEN THƯỞNG CẤP TỈNH")
	})
	w.propose(ward2, nil)
	w.clean(ward, ward2)
	r := w.run()
	if len(r.Province) != 2 || r.Province[0].Kind != evaluate.Collective || r.Province[1].Kind != evaluate.Individual {
		t.Fatalf("%+v", r.Province)
	}
	collectives, people := r.Province[0], r.Province[1]
	if len(collectives.Entries) != 1 || collectives.Limited || collectives.Eligible != 0 ||
		collectives.Entries[0].Outcome != evaluate.NotMet || collectives.Entries[0].Band != evaluate.NoBand {
		t.Errorf("collectives: %+v", collectives)
	}
	if len(people.Entries) != 1 || people.Entries[0].Nominee.Name != "Lê Thị Hoa" || people.Eligible != 1 ||
		people.Entries[0].Rank == 0 {
		t.Errorf("people: %+v", people)
	}
	if b := board(t, r, plan.Communes, evaluate.Individual); len(b.Places) != 2 {
		t.Errorf("the list takes nobody off the city's board: %+v", b.Places)
	}

	t.Run("the province's guidance is data", func(t *testing.T) {
		p := *w.plan
		p.Province.Criteria = []string{"TT5", "TT6"}
		p.Province.Places = []plan.Total{{Period: plan.Annual, Nominee: plan.Collective, Places: 2, Clause: "III.1.1"}}
		w.plan = &p
		c := w.run().Province[0]
		if !c.Limited || c.Places != 2 || c.Eligible != 1 || c.Entries[0].Outcome != evaluate.Met {
			t.Errorf("%+v", c)
		}
	})
	t.Run("a plan without guidance marks nobody", func(t *testing.T) {
		p := *w.plan
		p.Province = plan.Province{}
		w.plan = &p
		if c := w.run().Province[0]; len(c.Entries) != 0 {
			t.Errorf("%+v", c)
		}
	})
}

func TestIII_1_3_AwardsReportedByCommunesAreCounted(t *testing.T) {
	w := newWorld(t)
	w.send("2018", "khen-cap-xa", ward, december, "accepted", &templates.CommuneAwards{Awards: []templates.CommuneAward{
		{Kind: v(templates.KindCollective), Name: v("Tổ dân phố 5")},
		{Kind: v(templates.KindIndividual), Name: v("Lê Văn An")},
		{Kind: v(templates.KindIndividual), Name: v("Vũ Thị Yến")},
	}})
	s := evaluate.Summarise(w.plan, newDataset(w), "2018", w.run())
	if len(s.Communes) != 2 || s.Communes[1].Collectives != 1 || s.Communes[1].Individuals != 2 {
		t.Errorf("%+v", s.Communes)
	}
}

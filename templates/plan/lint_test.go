package plan

import (
	"slices"
	"strings"
	"testing"

	"thidua/templates/wording"
)

func TestTheBuiltInPlanIsClean(t *testing.T) {
	for _, p := range Lint(thaiNguyen(t)) {
		t.Errorf("%s %s: %s", p.File, p.Where, p.Text)
	}
}

func TestLint(t *testing.T) {
	for _, c := range []struct{ name, file, old, new, where, want string }{
		{"quotas that do not add up", "plan.yaml", "group: office, places: 4", "group: office, places: 5",
			"totals/annual collective", "được 11, khác tổng số Kế hoạch nêu là 10"},
		{"a group nobody knows", "plan.yaml", "nominee: collective, group: office, places: 4",
			"nominee: collective, group: ofice, places: 4", "quotas/annual collective ofice", "“ofice”"},
		{"a quota left out", "plan.yaml",
			"  - {period: stage, nominee: individual, group: commune, places: 10, clause: III.1.2}\n", "",
			"periods/2018-2020", "quotas stage individual commune"},
		{"a deadline outside its period", "plan.yaml", "{before: 2018-03-10, clause", "{before: 2017-03-10, clause",
			"periods/2018", "ngoài kỳ"},
		{"a year outside its period", "plan.yaml", "years: [2019]", "years: [2021]", "periods/2019", "2021"},
		{"a period that ends before it begins", "plan.yaml", "to: 2019-12-31", "to: 2018-12-31", "periods/2019",
			"không đúng thứ tự"},
		{"a clause that is not in the plan", "plan.yaml", "places: 4, clause: III.1.2", "places: 4, clause: III.9",
			"quotas/annual collective office", "“III.9”"},
		{"an item the clause does not have", "criteria.yaml", "item: 6", "item: 16", "TT6", "không có nội dung thứ 16"},
		{"a period twice", "plan.yaml", `id: "2019"`, `id: "2018"`, "2018", "được ghi hai lần"},
		{"assumed without a note", "scales.yaml", "    note: Coi “Trong sạch", "    # note: Coi “Trong sạch",
			"party 2018-03-08", "không có ghi chú"},
		{"two scales at one time", "scales.yaml", "to: 2018-03-07", "to: 2018-03-10", "party 2018-03-08",
			"cùng có hiệu lực"},
		{"a label twice in a scale", "scales.yaml", "aliases: [KHTNV, Không hoàn thành, Không HTNV",
			"aliases: [HTTNV, Không hoàn thành, Không HTNV", "grade", "được ghi hai lần"},
		{"bands out of order", "scales.yaml", "{label: Tốt, min: 80}", "{label: Tốt, min: 95}", "index-band",
			"giảm dần"},
		{"a level the scale does not have", "criteria.yaml", "level: Tốt, basis", "level: Giỏi, basis", "TT5",
			"“Giỏi” không có trong thang"},
		{"a scale nobody knows", "criteria.yaml", "scale: union", "scale: onion", "TT4", "“onion”"},
		{"a field the check does not take", "criteria.yaml", "{kind: none, fact: discipline, basis",
			"{kind: none, fact: discipline, level: Tốt, basis", "TT6", "không dùng “level”"},
		{"a check without its fact", "criteria.yaml", "{kind: none, fact: discipline, basis", "{kind: none, basis",
			"TT6", "cần “fact”"},
		{"neither level nor top", "criteria.yaml", "scale: union, top: 2", "scale: union", "TT4", "đúng một trong hai"},
		{"a check of no kind", "criteria.yaml", "kind: none", "kind: nun", "TT6", "“nun”"},
		{"two ways to order at once", "criteria.yaml", "    given: true", "    given: true\n    desc: true",
			"order/individual initiative.decision", "đúng một cách xếp"},
		{"a rule for the stage nobody knows", "criteria.yaml", "rule: every-year", "rule: best-year", "stage",
			"“best-year”"},
		{"a reporter that is no unit", "plan.yaml", "reporters: [PB03, PB04]", "reporters: [PB03, PB99]", "", "PB99"},
		{"a reporter twice", "plan.yaml", "reporters: [PB03, PB04]", "reporters: [PB03, PB03]", "PB03",
			"được ghi hai lần"},
		{"no e-mail address", "units.csv", "tanthinh@thainguyen.example", "tanthinh.thainguyen",
			"05452 UBND phường Tân Thịnh", "không phải là địa chỉ thư"},
		{"one address for two units", "units.csv", "tanthinh@", "tanthanh@", "05479 UBND phường Tân Thành",
			"hai đơn vị"},
		{"the office's address for a unit", "units.csv", "tanthinh@", "noivu@", "05452 UBND phường Tân Thịnh",
			"địa chỉ của cơ quan thường trực"},
		{"a domain where anybody gets an address", "units.csv", "tanthinh@thainguyen.example", "@gmail.com",
			"05452 UBND phường Tân Thịnh", "ai cũng đăng ký được"},
		{"a domain in which anybody has domains", "units.csv", "tanthinh@thainguyen.example", "@gov.vn",
			"05452 UBND phường Tân Thịnh", "ai cũng đăng ký được"},
		{"a code that leaves its folder", "units.csv", "05434", "../05434", "../05434 UBND phường Quang Vinh",
			"không dùng làm tên tệp"},
		{"a period that leaves its folder", "plan.yaml", `id: "2019"`, `id: "20/19"`, "periods/20/19",
			"không dùng làm tên tệp"},
		{"an occasion that leaves its folder", "occasions.yaml", "id: summary", "id: ..", "..",
			"không dùng làm tên tệp"},
		{"an alias of two units", "units.csv", "PĐP", "PĐP;Tân Thành", "05449 UBND phường Phan Đình Phùng",
			"chỉ hơn một đơn vị"},
		{"a name no form can hold", "units.csv", "UBND phường Tân Thịnh,", "UBND phường Tân Thịnh" +
			strings.Repeat(" và các tổ dân phố", 12) + ",", "05452 UBND phường Tân Thịnh" +
			strings.Repeat(" và các tổ dân phố", 12), "≤ 200"},
		{"a code twice", "units.csv", "05434", "05431", "05431", "được ghi hai lần"},
		{"an office that is no unit", "plan.yaml", "unit: PB01", "unit: PB99", "office", "PB99"},
		{"no chair", "council.csv", ",chair,", ",member,", "", "cần đúng một, đang có 0"},
		{"a quorum above one", "plan.yaml", "{num: 2, den: 3}", "{num: 4, den: 3}", "council", "quorum"},
		{"a rule with two ways", "occasions.yaml", "{month-day: 01-15}", "{month-day: 01-15, event: session}",
			"templates", "đúng một trong ba"},
		{"days beyond all measure", "occasions.yaml", "days: [-14, -7, -3, -1]", "days: [-7000]",
			"reminder-registration", "-7000"},
		{"words for a text that does not exist", "wording.yaml", "wording:\n  - key: council.decision.executes",
			"wording:\n  - {key: paper.horoscope, text: x}\n  - key: council.decision.executes", "paper.horoscope",
			"không phải là khóa"},
		{"words for a text twice", "wording.yaml", "wording:\n  - key: council.decision.executes",
			"wording:\n  - {key: letter.dear, text: x}\n  - {key: letter.dear, text: y}\n  - key: " +
				"council.decision.executes", "letter.dear", "hai lần"},
		{"words with a field the text lacks", "wording.yaml", "wording:\n  - key: council.decision.executes",
			"wording:\n  - {key: letter.dear, text: 'Kính gửi {{.nam}}'}\n  - key: council.decision.executes",
			"letter.dear", "{{.name}}"},
		{"words that are no template", "wording.yaml", "wording:\n  - key: council.decision.executes",
			"wording:\n  - {key: letter.dear, text: 'Kính gửi {{.name'}\n  - key: council.decision.executes",
			"letter.dear", "Không đọc được"},
		{"no words", "wording.yaml", "wording:\n  - key: council.decision.executes",
			"wording:\n  - {key: letter.dear, text: ''}\n  - key: council.decision.executes", "letter.dear",
			"để trống"},
		{"a day that does not exist", "occasions.yaml", "{month-day: 01-31, year", "{month-day: 02-31, year", "summary",
			"02-31"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := folder(t)
			edit(t, dir, c.file, c.old, c.new)
			p, err := Load(dir)
			if err != nil {
				t.Fatal(err)
			}
			problems := Lint(p)
			for _, x := range problems {
				if x.File == c.file && x.Where == c.where && strings.Contains(x.Text, c.want) &&
					!strings.Contains(x.Text, "⟦") {
					return
				}
			}
			t.Errorf("want %s %q: …%s…\ngot %+v", c.file, c.where, c.want, problems)
		})
	}
}

func TestLint_SaysWhichEntryAndField(t *testing.T) {
	for _, c := range []struct{ name, file, old, new, want string }{
		{"a number", "plan.yaml", "group: commune, places: 6", "group: commune, places: -1", "quotas[1].places"},
		{"a clause", "plan.yaml", "group: commune, places: 6, clause: III.1.2",
			"group: commune, places: 6, clause: III.9", "quotas[1].clause"},
		{"a sum", "plan.yaml", "group: commune, places: 6", "group: commune, places: 7", "totals[0].places"},
		{"a deadline", "plan.yaml", "{before: 2019-03-10", "{before: 2017-03-10", "periods[1].registration.before"},
		{"a span", "plan.yaml", "to: 2019-12-31", "to: 2018-12-31", "periods[1].to"},
		{"a repetition", "plan.yaml", `id: "2019"`, `id: "2018"`, "periods[1].id"},
		{"a setting", "plan.yaml", "percent: 50", "percent: 500", "council.threshold.percent"},
		{"a check within a check", "criteria.yaml", "scale: youth, top: 2", "scale: youth, top: 9",
			"criteria[3].check.of[2].top"},
		{"a label", "criteria.yaml", "values: [Hoàn thành xuất sắc nhiệm vụ]", "values: [Tuyệt vời]",
			"criteria[0].check.values"},
		{"a check of no kind", "criteria.yaml", "kind: none", "kind: nun", "criteria[5].check.kind"},
		{"a level", "scales.yaml", "aliases: [KHTNV, Không", "aliases: [HTTNV, Không", "scales[0].levels[3].label"},
		{"an address", "units.csv", "quangvinh@thainguyen.example", "quangvinh", "units[1].emails"},
		{"a member", "council.csv", "tranmauhai@thainguyen.example", "tranmauhai", "council.members[1].email"},
		{"a rule", "occasions.yaml", "{month-day: 11-15}", "{month-day: 11-31}", "occasions[5].when.month-day"},
		{"a note", "scales.yaml", "    note: Coi “Trong sạch", "    # note: Coi “Trong sạch", "scales[3].note"},
		{"a day off", "plan.yaml", "- 2018-02-14", "- 2018-02", "calendar.holidays[1].calendar"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := folder(t)
			edit(t, dir, c.file, c.old, c.new)
			p, err := Load(dir)
			if err != nil {
				t.Fatal(err)
			}
			problems := Lint(p)
			if !slices.ContainsFunc(problems, func(x Problem) bool { return x.Path == c.want }) {
				t.Errorf("want %s, got %+v", c.want, problems)
			}
		})
	}
}

func TestLint_TellsEverythingAtOnce(t *testing.T) {
	for _, p := range Lint(&Plan{}) {
		if strings.Contains(p.Text, "⟦") {
			t.Errorf("no words for %+v", p)
		}
	}
	if n := len(Lint(&Plan{})); n < 10 {
		t.Errorf("an empty plan has only %d problems", n)
	}
}

func TestLint_AUnitWithoutAddressIsAWarning(t *testing.T) {
	dir := folder(t)
	edit(t, dir, "units.csv", "tanthinh@thainguyen.example", "@tanthinh.example")
	p, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := Lint(p); len(got) != 1 || !got[0].Warning || got[0].Text != wording.Text("plan.lint.noaddress") {
		t.Errorf("got %+v", got)
	}
}

func TestOccurrences(t *testing.T) {
	p := thaiNguyen(t)
	var got []string
	for _, o := range p.Occurrences("2018") {
		got = append(got, o.Key+" "+o.On.String())
	}
	want := []string{
		"reminder-registration/2018/-14 2018-02-12", // before the plan was issued: never sent
		"templates/2018 2018-02-27",                 // the plan was issued after 15/01
		"reminder-registration/2018/-7 2018-02-28",
		"reminder-registration/2018/-3 2018-03-06",
		"reminder-registration/2018/-1 2018-03-08",
		"overdue-registration/2018/1 2018-03-10", // every day counts: the day the plan names
		"matrix-registration/2018/1 2018-03-10",
		"bulletin-registration/2018/5 2018-03-16",
		"templates-dossier/2018 2018-11-15",
		"reminder-dossier/2018/-14 2018-12-11",
		"reminder-dossier/2018/-7 2018-12-20",
		"reminder-dossier/2018/-3 2018-12-26",
		"reminder-dossier/2018/-1 2018-12-28",
		"matrix-dossier/2018/1 2018-12-31",
		"bulletin-dossier/2018/5 2019-01-07",
		"docket/2018 2019-01-18",
		"summary/2018 2019-01-31",
		"awards/2018 ", // the session
		"proposal/2018 ",
		"province/2018 ",
		"certificates/2018 ", // the decision
		"conference/2018 ",
		"results/2018 ",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if n := len(p.Occurrences("dot-xuat")); n != 5 {
		t.Errorf("ad hoc awards have %d occasions, want those that wait for a session or a decision", n)
	}
	if p.Occurrences("1999") != nil {
		t.Error("an unknown period has occasions")
	}
}

// A plan may leave a group without any award of a kind: that is a number too, and not the same as
// no number.
func TestLint_AGroupMayHaveNoPlaces(t *testing.T) {
	dir := folder(t)
	edit(t, dir, "plan.yaml", "{period: annual, nominee: collective, group: office, places: 4",
		"{period: annual, nominee: collective, group: office, places: 0")
	edit(t, dir, "plan.yaml", "{period: annual, nominee: collective, places: 10",
		"{period: annual, nominee: collective, places: 6")
	p, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if problems := Lint(p); len(problems) > 0 {
		t.Errorf("got %v", problems)
	}
	if q, ok := p.Quota("2018", Offices, Collective); !ok || q.Places != 0 {
		t.Errorf("got %+v, %v", q, ok)
	}
}

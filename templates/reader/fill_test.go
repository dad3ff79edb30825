package reader_test

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"thidua/ingest/ooxml"
	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/reader"
	"thidua/templates/xlsx"
)

var heading = xlsx.Heading{Superior: "UBND THÀNH PHỐ", Issuer: "UBND phường Tân Thịnh", Plan: "Kế hoạch số 31/KH-UBND",
	Period: "năm 2018", Office: "Phòng Nội vụ"}

// world is the built-in plan in its first year.
func world(t testing.TB) (*plan.Plan, form.Context) {
	t.Helper()
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	return p, templates.Context(p, p.Periods[0], "05452")
}

// Words that a person might type; some look like something else and must not be taken for it.
var words = []string{
	"niêm yết", "thủ tục", "hành chính", "Tổ công nghệ số", "mã QR", "ý kiến (nếu có)", "98,7%", "=SUM", "15/ĐK-UBND",
	"007", "03/2018", "- gạch đầu dòng", "Đ/c",
	"“một cửa”", "A & B", "<b>", "1.490", "Kỳ", "Tổng", "ngày", "x", "Có", "ghi chú", "TM", "Khác", "ĐỒNG QUANG",
	"+84 208", "@", "'nháy", "tiếng Việt có dấu",
}

// value draws something that a field takes as it is: reading it back gives the same text, without a
// repair.
func value(t *rapid.T, f form.Field, ctx form.Context, name string) string {
	switch f.Type {
	case form.Int, form.Year:
		return strconv.Itoa(rapid.IntRange(int(*f.Min), int(math.Min(*f.Max, 1e6))).Draw(t, name))
	case form.Number:
		x := rapid.IntRange(int(*f.Min*100), int(math.Min(*f.Max, 1e6)*100)).Draw(t, name)
		return strconv.FormatFloat(float64(x)/100, 'f', -1, 64)
	case form.Date:
		from, to := 1906, 2099
		if f.Birthday {
			from, to = 1935, 1999
		}
		d := calendar.Date{Year: rapid.IntRange(from, to).Draw(t, name), Month: 3,
			Day: 1}.AddDays(rapid.IntRange(0, 300).Draw(t, name))
		return d.String()
	case form.YesNo:
		return rapid.SampledFrom([]string{form.Yes, form.No}).Draw(t, name)
	case form.Choice:
		return rapid.SampledFrom(ctx.Items(f)).Draw(t, name).Label
	}
	if f.Person {
		return rapid.SampledFrom([]string{"Trần Thị", "Lê Văn", "Nông Thị Bích", "H'Hen"}).Draw(t, name) + " Mẫu " +
			rapid.SampledFrom([]string{"Bình", "Cường", "Oanh", "Đạt"}).Draw(t, name)
	}
	s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 6).Draw(t, name), " ") + " số liệu"
	if r := []rune(s); len(r) > f.Limit {
		s = strings.TrimSpace(string(r[:f.Limit]))
	}
	return s
}

// filled draws a form with every mandatory field and some of the others, free of contradictions
// between its fields.
func filled(t *rapid.T, p *plan.Plan, f *form.Form, ctx form.Context) any {
	v := f.New()
	for _, b := range f.Blocks() {
		n := 1
		if b.Kind == form.TableBlock {
			n = rapid.IntRange(0, 4).Draw(t, b.Key)
			for range n {
				b.Append(v)
			}
		}
		for i := range n {
			rec := b.Record(v, i)
			for _, x := range b.Fields {
				if x.Required || rapid.Bool().Draw(t, x.Key) {
					*x.At(rec) = form.Of(value(t, x, ctx, fmt.Sprintf("%s.%d.%s", b.Key, i, x.Key)))
				}
			}
		}
	}
	agree(p, f, v)
	return v
}

// agree makes the fields of a form agree with each other: names differ, counts are right, votes add
// up.
func agree(p *plan.Plan, f *form.Form, value any) {
	number := func(v *form.Value, i int) { *v = form.Of(v.Text + " " + string(rune('A'+i)) + "nh") }
	year := func(v *form.Value, date form.Value) { // a paper is of the year it is dated in
		if d, ok := date.Date(); ok {
			*v = form.OfInt(d.Year)
		}
	}
	switch v := value.(type) {
	case *templates.Registration:
		v.Unit.Staff = form.OfInt(100000)
		year(&v.Unit.Year, v.Unit.Date)
		for i := range v.Collectives {
			number(&v.Collectives[i].Name, i)
		}
		for i := range v.Individuals {
			number(&v.Individuals[i].Name, i)
		}
	case *templates.Dossier:
		year(&v.Proposal.Year, v.Proposal.Date)
		if len(v.Collectives) == 0 {
			v.Collectives = []templates.NominatedCollective{{Name: form.Of("UBND phường"), Size: form.OfInt(1),
				Grade: form.Of("Hoàn thành xuất sắc nhiệm vụ"), Discipline: form.OfInt(0),
				Summary: form.Of("tóm tắt"), Award: form.Of(templates.CityAward)}}
		}
		for i := range v.Collectives {
			number(&v.Collectives[i].Name, i)
		}
		for i := range v.Individuals {
			number(&v.Individuals[i].Name, i)
		}
		agreeParts(f, v, &v.Proposal, &v.Minutes, &v.Votes, &v.Reports)
	case *templates.StageDossier:
		if len(v.Individuals) == 0 {
			v.Individuals = []templates.StagePerson{{Name: form.Of("Trần Thị Mẫu"), Born: form.Of("1980-03-05"),
				Sex: form.Of("Nữ"), Position: form.Of("Chuyên viên"), Role: form.Of("Khác"),
				Discipline: form.OfInt(0), Summary: form.Of("tóm tắt"), Award: form.Of(templates.CityAward)}}
		}
		for i := range v.Collectives {
			number(&v.Collectives[i].Name, i)
		}
		for i := range v.Individuals {
			number(&v.Individuals[i].Name, i)
		}
		agreeParts(f, v, &v.Proposal, &v.Minutes, &v.Votes, &v.Reports)
	case *templates.AdHocProposal:
		if len(v.Collectives) == 0 {
			v.Collectives = []templates.AdHocCollective{{Name: form.Of("UBND phường"), Size: form.OfInt(1),
				Date: form.Of("2018-08-15"), Achievement: form.Of("thành tích"),
				Discipline: form.OfInt(0), Award: form.Of(templates.CityAward)}}
		}
		v.Proposal.Collectives, v.Proposal.Individuals = form.OfInt(len(v.Collectives)), form.OfInt(len(v.Individuals))
		for i := range v.Collectives {
			number(&v.Collectives[i].Name, i)
		}
		for i := range v.Individuals {
			number(&v.Individuals[i].Name, i)
		}
	case *templates.CommuneAwards:
		for i := range v.Awards {
			number(&v.Awards[i].Name, i)
		}
	case *templates.Roster:
		for i := range v.Units {
			v.Units[i].Code = form.Of(p.Units[i].Code)
			v.Units[i].Emails = form.Of(strings.Join(p.Units[i].Emails, "; "))
			if v.Units[i].LeaderEmail.Given() {
				v.Units[i].LeaderEmail = form.Of("lanhdao@thainguyen.example")
			}
		}
	case *templates.Records:
		scale, _ := p.Scale("index-band", p.Periods[0].To)
		for i := range v.Index {
			v.Index[i].Unit = form.Of(p.Units[i].Name)
			if x, ok := v.Index[i].Appraised.Number(); ok {
				band, _ := scale.Band(x)
				v.Index[i].Band = form.Of(band)
			}
		}
		for i := range v.UnitRatings {
			v.UnitRatings[i].Unit = form.Of(p.Units[i].Name)
			if v.UnitRatings[i].Grade.Text == "" { // a row with nothing but the unit we filled in is no row
				v.UnitRatings[i].Grade = form.Of("Hoàn thành xuất sắc nhiệm vụ")
			}
		}
		for i := range v.Ratings {
			number(&v.Ratings[i].Name, i)
		}
	case *templates.Votes:
		s := &v.Session
		ten, none := form.OfInt(10), form.OfInt(0)
		s.Members, s.Present, s.Written = form.OfInt(11), ten, none
		s.CollectiveIssued, s.CollectiveReturned, s.CollectiveValid, s.CollectiveInvalid = ten, ten, ten, none
		s.IndividualIssued, s.IndividualReturned, s.IndividualValid, s.IndividualInvalid = ten, ten, ten, none
		for _, rows := range [][]templates.VoteRow{v.Collectives, v.Individuals} {
			for i := range rows {
				rows[i].Code = form.Of(fmt.Sprintf("05452-t-%06x", i))
				rows[i].Agree, rows[i].Disagree, rows[i].Other, rows[i].Recused = form.OfInt(7), form.OfInt(2),
					form.OfInt(1), form.OfInt(0)
			}
		}
	}
}

// agreeParts gives every nominee of a dossier its vote and its report.
func agreeParts(f *form.Form, value any, proposal *templates.Proposal, minutes *templates.UnitMinutes,
	votes *[]templates.UnitVote, reports *[]templates.AchievementReport) {
	minutes.Members, minutes.Present = form.OfInt(9), form.OfInt(8)
	*votes, *reports = nil, nil
	for _, b := range f.Blocks() {
		kind, count := templates.KindCollective, &proposal.Collectives
		switch b.Key {
		case "collectives":
		case "individuals":
			kind, count = templates.KindIndividual, &proposal.Individuals
		default:
			continue
		}
		*count = form.OfInt(b.Len(value))
		for i := range b.Len(value) {
			for _, x := range b.Fields {
				if x.Key == "name" {
					name := x.At(b.Record(value, i)).Text
					*votes = append(*votes, templates.UnitVote{Kind: form.Of(kind), Name: form.Of(name),
						Agree: form.OfInt(5), Disagree: form.OfInt(3)})
					*reports = append(*reports, templates.AchievementReport{Kind: form.Of(kind), Name: form.Of(name),
						Results: form.Of("kết quả của " + name)})
				}
			}
		}
	}
}

// texts lists every value of a form, without its place and its typed text.
func texts(f *form.Form, value any) []string {
	var out []string
	for _, b := range f.Blocks() {
		for i := range b.Len(value) {
			for _, x := range b.Fields {
				if v := x.At(b.Record(value, i)); v.Text != "" || v.Bad {
					out = append(out, fmt.Sprintf("%s[%d].%s=%s %v", b.Key, i, x.Key, v.Text, v.Bad))
				}
			}
		}
	}
	return out
}

// read reads a workbook as strangers' files are read, and expects to recognise the form.
func read(t fataler, want *form.Form, ctx form.Context, b []byte) *form.Reading {
	w, err := ooxml.Read(b, ooxml.DefaultLimits())
	if err != nil {
		t.Fatalf("%s: %v", want.ID, err)
	}
	var forms []*form.Form
	for _, f := range templates.Forms() {
		forms = append(forms, ctx.Fitted(f))
	}
	f, stamp, ok := reader.Identify(w, forms)
	if !ok || f != want {
		t.Fatalf("%s: not recognised", want.ID)
	}
	if differs := reader.BothWays(f, stamp, w, ctx); differs != "" {
		t.Fatalf("%s: %s", f.ID, differs)
	}
	return reader.Read(f, stamp, w, ctx)
}

type fataler interface {
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

// musts are the mandatory findings, as text.
func musts(r *form.Reading) []string {
	var out []string
	for _, f := range r.Findings {
		if f.Level == finding.Must {
			out = append(out, fmt.Sprintf("%s %s!%s %s", f.Code, f.Sheet, f.Cell, f.Message))
		}
	}
	return out
}

// changed opens a workbook in excelize, changes it and saves it.
func changed(t fataler, b []byte, change func(*excelize.File) error) []byte {
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatalf("opening: %v", err)
	}
	defer f.Close()
	if err := change(f); err != nil {
		t.Fatalf("changing: %v", err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatalf("saving: %v", err)
	}
	return out.Bytes()
}

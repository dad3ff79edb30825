package ingest

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"thidua/ingest/mailbox"
	"thidua/ingest/submission"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/xlsx"
)

// Addresses of the built-in plan.
const (
	ward      = "tanthinh@thainguyen.example"
	justice   = "phongtuphap@thainguyen.example"
	culture   = "phongvanhoavathongtin@thainguyen.example"
	radio     = "daitruyenthanhtruyenhinh@thainguyen.example"
	office    = "noivu@thainguyen.example"
	secretary = "hoidongtdkt@thainguyen.example"
)

// arrive sends a workbook by mail and returns what intake makes of it.
func arrive(t *testing.T, p *plan.Plan, from, subject string, book []byte) submission.Submission {
	t.Helper()
	var raw bytes.Buffer
	fmt.Fprintf(&raw, "From: <%s>\r\nTo: <thidua@thainguyen.example>\r\nSubject: =?utf-8?B?%s?=\r\nMessage-ID: "+
		"<a@b.example>\r\nMIME-Version: 1.0\r\n"+
		"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b\r\n"+
		"Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\r\nContent-Disposition: "+
		"attachment; filename=x.xlsx\r\n"+
		"Content-Transfer-Encoding: base64\r\n\r\n", from, base64.StdEncoding.EncodeToString([]byte(subject)))
	for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(book)), 76) {
		raw.Write(append(line, "\r\n"...))
	}
	raw.WriteString("--b--\r\n")
	in := &intake{plan: p, own: "thidua@thainguyen.example", believed: true}
	out, err := in.mail(mailbox.Summary{Received: time.Date(2018, 12, 14, 2, 0, 0, 0, time.UTC)}, raw.Bytes())
	if err != nil || len(out.Submissions) != 1 {
		t.Fatalf("%d submissions, outcome %s (%s)", len(out.Submissions), out.Message.Outcome, out.Message.Reason)
	}
	return out.Submissions[0]
}

// blank is a form as the sender's unit gets it; only what the rules on senders look at is filled
// in.
func blank(t *testing.T, p *plan.Plan, f *form.Form, from string) []byte {
	t.Helper()
	season, _ := p.AnnualPeriod(2018)
	per, _ := templates.PeriodOf(p, f, "", season)
	u, _ := p.UnitByAddress(from)
	var value any
	switch f {
	case templates.StageForm:
		value = templates.NewStageDossier(p, per, u)
	case templates.AdHocForm:
		value = templates.NewAdHocProposal(p, u)
	case templates.OutreachForm:
		value = templates.NewOutreach(per, u)
	case templates.CommuneAwardsForm:
		value = templates.NewCommuneAwards(per, u)
	case templates.RosterForm:
		value = templates.NewRoster(p, per)
	case templates.RecordsForm:
		value = templates.NewRecords(p, per)
	}
	b, err := xlsx.Write(f, xlsx.Heading{}, templates.Context(p, per, u.Code), value)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWhoMaySendWhichForm(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		form   *form.Form
		from   string
		may    bool
		unit   string // the unit it is filed under
		period string
		says   string // who sends it, when the sender may not
	}{
		{templates.StageForm, ward, true, "05452", "2018-2020", ""},
		{templates.StageForm, justice, true, "PB07", "2018-2020", ""},
		{templates.AdHocForm, ward, true, "05452", "dot-xuat", ""},
		{templates.OutreachForm, culture, true, "PB03", "2018", ""},
		{templates.OutreachForm, radio, true, "PB04", "2018", ""},
		{templates.OutreachForm, justice, false, "PB07", "2018",
			"Phòng Văn hóa và Thông tin, Đài Truyền thanh - Truyền hình thành phố"},
		{templates.OutreachForm, ward, false, "05452", "2018", "Đài Truyền thanh"},
		{templates.CommuneAwardsForm, ward, true, "05452", "2018", ""},
		{templates.CommuneAwardsForm, justice, false, "PB07", "2018", "UBND các xã, phường"},
		{templates.RosterForm, office, true, "PB01", "2018", ""},
		{templates.RosterForm, ward, false, "05452", "2018", "Phòng Nội vụ"},
		{templates.RosterForm, secretary, false, "PB01", "2018", "Phòng Nội vụ"},
		{templates.RecordsForm, justice, false, "PB07", "2018", "Phòng Nội vụ"},
		{templates.VotesForm, secretary, true, "PB01", "2018", ""},
		{templates.VotesForm, ward, false, "05452", "2018", "Hội đồng"},
	} {
		t.Run(c.form.ID+" from "+c.from, func(t *testing.T) {
			s := arrive(t, p, c.from, "Thi đua CCHC", blank(t, p, c.form, c.from))
			if s.Form != c.form.ID || s.Unit != c.unit || s.Period != c.period {
				t.Errorf("filed as %s of %s for %s", s.Form, s.Unit, s.Period)
			}
			may, says := true, ""
			for _, f := range s.Findings {
				switch f.Code {
				case finding.NotAllowed:
					may, says = false, f.Message
				case finding.WrongUnit, finding.WrongYear, finding.WrongForm:
					t.Errorf("%s %s", f.Code, f.Message)
				}
			}
			if may != c.may || !strings.Contains(says, c.says) {
				t.Errorf("may send: %v, want %v; said %q", may, c.may, says)
			}
			if !may && (s.State != submission.ToFix || !strings.Contains(says, templates.Title(c.form, p))) {
				t.Errorf("%s, said %q", s.State, says)
			}
		})
	}
}

func TestTheSubjectSaysWhichFormIsMeant(t *testing.T) {
	for subject, want := range map[string]string{
		"Đăng ký thi đua năm 2018":                                   "dang-ky",
		"UBND phường gửi hồ sơ đề nghị khen thưởng năm 2018":         "ho-so",
		"Đăng ký và hồ sơ":                                           "",
		"Đăng ký phong trào thi đua giai đoạn 2018 - 2020":           "dang-ky",
		"Hồ sơ phong trào thi đua giai đoạn 2018 - 2020":             "",
		"Hồ sơ đề nghị khen thưởng tổng kết giai đoạn":               "ho-so-giai-doan",
		"Tờ trình khen thưởng đột xuất":                              "dot-xuat",
		"Kết quả kiểm phiếu tổng kết giai đoạn":                      "",
		"Báo cáo tuyên truyền CCHC năm 2018":                         "tuyen-truyen",
		"Báo cáo khen thưởng cấp xã":                                 "khen-cap-xa",
		"Danh bạ đơn vị":                                             "danh-ba",
		"Hồ sơ đề nghị khen thưởng và báo cáo công tác tuyên truyền": "",
		"Gửi hồ sơ thi đua cải cách hành chính năm 2018":             "",
		"Thi đua": "",
	} {
		if got := expected(subject); got != want {
			t.Errorf("%q: %q, want %q", subject, got, want)
		}
	}
}

func TestARosterTellsTheOfficeWhatDiffersAndChangesNothing(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	season, _ := p.AnnualPeriod(2018)
	r := templates.NewRoster(p, season)
	r.Head.Date, r.Head.Preparer = form.Of("2018-02-28"), form.Of("Phạm Thị Dung")
	r.Units[0].Emails = form.Of("moi@thainguyen.example")
	r.Units[1].Name = form.Of("UBND phường Khác")
	r.Units[2].HeadTitle = form.Value{} // blank says nothing
	gone := r.Units[3]
	r.Units[3] = templates.RosterUnit{Code: form.Of("09999"), Name: form.Of("UBND phường Mới"), Group: gone.Group,
		Emails: form.Of("m@thainguyen.example")}
	book, err := xlsx.Write(templates.RosterForm, xlsx.Heading{}, templates.Context(p, season, ""), r)
	if err != nil {
		t.Fatal(err)
	}
	s := arrive(t, p, office, "Danh bạ đơn vị", book)
	if s.State != submission.Accepted {
		t.Fatalf("%s: %v", s.State, s.Findings)
	}
	var got []string
	for _, f := range s.Findings {
		got = append(got, string(f.Code)+" "+f.Cell+" "+f.Read+" → "+f.Want)
	}
	slices.Sort(got)
	want := []string{
		"F504 C12 UBND phường Khác → UBND phường Quang Vinh",
		"F504 E11 moi@thainguyen.example → quantrieu@thainguyen.example",
		"F505 B14 09999 → ", "F506  " + gone.Code.Text + " → ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}

	r.Units[0].Emails = form.Of("moi@thainguyen.example; không có")
	book, err = xlsx.Write(templates.RosterForm, xlsx.Heading{}, templates.Context(p, season, ""), r)
	if err != nil {
		t.Fatal(err)
	}
	if s := arrive(t, p, office, "Danh bạ đơn vị", book); s.State != submission.ToFix ||
		!slices.ContainsFunc(s.Findings, func(f finding.Finding) bool { return f.Code == finding.BadAddress }) {
		t.Errorf("%s: %v", s.State, s.Findings)
	}
}

package templates

import (
	"encoding/json"
	"strconv"

	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// StageDossier is a unit's proposal for awards over the whole stage, with the four parts of Plan
// III.3 (Plan III.1.2, third line).
type StageDossier struct {
	Proposal    Proposal // Year stays blank: a stage is no single year
	Stage       form.Value
	Reports     []AchievementReport
	Minutes     UnitMinutes
	Votes       []UnitVote
	Collectives []StageCollective
	Individuals []StagePerson
}

// StageYears are what a nominee achieved in the years of the stage, in their order. Those after its
// last year stay blank.
type StageYears [plan.MostYears]StageYear

// MarshalJSON leaves the blank years at the end out.
func (y StageYears) MarshalJSON() ([]byte, error) {
	n := len(y)
	for n > 0 && y[n-1] == (StageYear{}) {
		n--
	}
	return json.Marshal(y[:n])
}

// StageYear is what a nominee achieved in one year of the stage.
type StageYear struct {
	Grade, IndexScore, IndexBand, Awards, Met, Initiative form.Value
}

// StageCollective is a collective's line in the list of a stage, its years side by side.
type StageCollective struct {
	Name, Size                                           form.Value
	Years                                                StageYears
	Party, Union, Youth, Women, Farmers, Veterans, Front form.Value
	Discipline, Summary, Award, Note                     form.Value
}

// StagePerson is a person's line in the list of a stage, the years side by side.
type StagePerson struct {
	Title, Name, Born, Sex, Position, Department, Role form.Value
	Years                                              StageYears
	Discipline, Summary, Award, Note                   form.Value
}

// StageForm declares the dossier of a stage. Ratings of organisations and breaches are asked once,
// for the whole stage.
var StageForm = stageForm([]int{2018, 2019, 2020})

// stageForm is the dossier of a stage of these years.
func stageForm(years []int) *form.Form {
	return &form.Form{
		ID: "ho-so-giai-doan", Version: 2, Clause: "III.3", From: form.FromUnit, Round: string(plan.Stage),
		Called: "Hồ sơ đề nghị khen thưởng tổng kết giai đoạn phong trào thi đua {movement}",
		New:    func() any { return &StageDossier{} },
		Check:  checkStage,
		Sheets: []form.Sheet{
			{Name: "TỜ TRÌNH", Title: "TỜ TRÌNH ĐỀ NGHỊ KHEN THƯỞNG TỔNG KẾT GIAI ĐOẠN", Blocks: []form.Block{
				part("proposal", form.Cells("proposal", "Nội dung tờ trình", proposalFields(func(d *StageDossier) *Proposal { return &d.Proposal },
					form.ChoiceField("stage", "Giai đoạn đề nghị khen thưởng", listStages, func(d *StageDossier) *form.Value { return &d.Stage }, form.Required(), form.Preset(), form.Clause("III.1.2"),
						form.Help("Giai đoạn tổng kết, đã được điền sẵn.", "Giai đoạn 2018 - 2020")),
				)...)),
			}},
			{Name: "BÁO CÁO TÓM TẮT", Title: "BÁO CÁO TÓM TẮT THÀNH TÍCH TRONG GIAI ĐOẠN", Landscape: true, Blocks: []form.Block{
				part("report", form.Table("reports", "Mỗi tập thể, cá nhân được đề nghị một dòng", 40, func(d *StageDossier) *[]AchievementReport { return &d.Reports }, reportFields("trong giai đoạn")...)),
			}},
			{Name: "BIÊN BẢN", Title: "BIÊN BẢN HỌP XÉT ĐỀ NGHỊ KHEN THƯỞNG", Blocks: []form.Block{
				part("minutes", form.Cells("minutes", "Cuộc họp của Hội đồng thi đua, khen thưởng đơn vị", minutesFields(func(d *StageDossier) *UnitMinutes { return &d.Minutes })...)),
				part("minutes", form.Table("votes", "Kết quả biểu quyết", 40, func(d *StageDossier) *[]UnitVote { return &d.Votes }, unitVoteFields()...)),
			}},
			{Name: "TẬP THỂ", Title: "DANH SÁCH TRÍCH NGANG THÀNH TÍCH TẬP THỂ TRONG GIAI ĐOẠN", Landscape: true, Blocks: []form.Block{
				part("list", form.Table("collectives", "Tập thể đề nghị khen thưởng", 20, func(d *StageDossier) *[]StageCollective { return &d.Collectives }, stageCollectiveFields(years)...)),
			}},
			{Name: "CÁ NHÂN", Title: "DANH SÁCH TRÍCH NGANG THÀNH TÍCH CÁ NHÂN TRONG GIAI ĐOẠN", Landscape: true, Blocks: []form.Block{
				part("list", form.Table("individuals", "Cá nhân đề nghị khen thưởng", 40, func(d *StageDossier) *[]StagePerson { return &d.Individuals }, stagePersonFields(years)...)),
			}},
		},
	}
}

func stageCollectiveFields(years []int) []form.Field {
	organisation := func(key, title, example string, at func(*StageCollective) *form.Value) form.Field {
		return form.ChoiceField(key, title+" (mức thấp nhất trong giai đoạn)", key, at, form.Fact(key), form.Width(15), form.Clause("III.2.1"),
			form.Help("Mức thấp nhất của các năm; để trống nếu không có tổ chức này.", example))
	}
	out := []form.Field{
		form.TextField("name", "Tên tập thể", func(t *StageCollective) *form.Value { return &t.Name }, form.Required(), form.Limit(200), form.Width(30), form.Clause("III.3"),
			form.Help("Tên đầy đủ, không viết tắt.", "UBND phường Tân Thịnh")),
		form.IntField("size", "Số CBCCVC", func(t *StageCollective) *form.Value { return &t.Size }, form.Required(), form.Between(1, 100000), form.Width(9),
			form.Help("Số người của tập thể.", "24")),
	}
	out = append(out, yearFields(years, func(t *StageCollective) *StageYears { return &t.Years }, "III.2.1", form.Required())...)
	return append(out,
		organisation("party", "Xếp loại tổ chức đảng", "Hoàn thành xuất sắc nhiệm vụ", func(t *StageCollective) *form.Value { return &t.Party }),
		organisation("union", "Xếp loại Công đoàn", "Vững mạnh", func(t *StageCollective) *form.Value { return &t.Union }),
		organisation("youth", "Xếp loại Đoàn Thanh niên", "Khá", func(t *StageCollective) *form.Value { return &t.Youth }),
		organisation("women", "Xếp loại Hội Phụ nữ", "Khá", func(t *StageCollective) *form.Value { return &t.Women }),
		organisation("farmers", "Xếp loại Hội Nông dân", "Khá", func(t *StageCollective) *form.Value { return &t.Farmers }),
		organisation("veterans", "Xếp loại Hội Cựu chiến binh", "Khá", func(t *StageCollective) *form.Value { return &t.Veterans }),
		organisation("front", "Xếp loại Ủy ban MTTQ", "Khá", func(t *StageCollective) *form.Value { return &t.Front }),
		form.IntField("discipline", "Số vụ việc vi phạm kỷ luật, kỷ cương trong giai đoạn", func(t *StageCollective) *form.Value { return &t.Discipline }, form.Required(), form.Between(0, 1000), form.Fact(factDiscipline), form.Where(factDiscipline), form.Width(13), form.Clause("III.2.1"),
			form.Help("Số cán bộ, công chức, viên chức vi phạm, bị phản ánh hoặc lập biên bản kiểm điểm trong cả giai đoạn; ghi 0 nếu không có.", "0")),
		form.TextField("summary", "Tóm tắt thành tích", func(t *StageCollective) *form.Value { return &t.Summary }, form.Required(), form.Limit(2000), form.Width(40), form.Clause("III.3"),
			form.Help("Thành tích chính trong giai đoạn, kèm số liệu.", "Đúng hạn trên 98% cả ba năm; 5 giải pháp cải cách thủ tục")),
		form.ChoiceField("award", "Hình thức đề nghị", listAwards, func(t *StageCollective) *form.Value { return &t.Award }, form.Required(), form.Width(20), form.Clause("III.1"),
			form.Help("Chọn trong danh sách.", CityAward)),
		form.TextField("note", "Ghi chú", func(t *StageCollective) *form.Value { return &t.Note }, form.Width(14),
			form.Help("Nội dung cần nói thêm.", "Được khen tổng kết năm 2018, 2019")),
	)
}

func stagePersonFields(years []int) []form.Field {
	out := []form.Field{
		form.OneOfField("title", "Ông/Bà", honorifics, func(p *StagePerson) *form.Value { return &p.Title }, form.Width(8),
			form.Help("Chọn Ông hoặc Bà.", "Bà")),
		form.TextField("name", "Họ và tên", func(p *StagePerson) *form.Value { return &p.Name }, form.Required(), form.Person(), form.Limit(100), form.Width(24), form.Clause("III.3"),
			form.Help("Họ, chữ đệm và tên, viết chữ thường có dấu.", "Trần Thị Bình")),
		form.DateField("born", "Ngày sinh", func(p *StagePerson) *form.Value { return &p.Born }, form.Required(), form.Birthday(), form.Width(12),
			form.Help("Dạng ngày/tháng/năm; nếu chỉ biết năm thì ghi năm.", "05/03/1980")),
		form.OneOfField("sex", "Giới tính", sexes, func(p *StagePerson) *form.Value { return &p.Sex }, form.Required(), form.Width(8),
			form.Help("Nam hoặc Nữ, dùng cho thống kê khen thưởng.", "Nữ")),
		form.TextField("position", "Chức vụ, chức danh", func(p *StagePerson) *form.Value { return &p.Position }, form.Required(), form.Limit(150), form.Width(24), form.Clause("III.3"),
			form.Help("Chức vụ hoặc chức danh hiện giữ.", "Công chức Văn phòng - Thống kê")),
		form.TextField("department", "Bộ phận công tác", func(p *StagePerson) *form.Value { return &p.Department }, form.Limit(150), form.Width(20),
			form.Help("Bộ phận trong đơn vị.", "Bộ phận tiếp nhận và trả kết quả")),
		form.ChoiceField("role", "Đối tượng", listRoles, func(p *StagePerson) *form.Value { return &p.Role }, form.Required(), form.Fact("role"), form.Width(24), form.Clause("III.2.2"),
			form.Help("Quyết định tiêu chuẩn nào được áp dụng; chọn trong danh sách.", "Trực tiếp thực hiện nhiệm vụ CCHC")),
	}
	out = append(out, yearFields(years, func(p *StagePerson) *StageYears { return &p.Years }, "III.2.2")...)
	return append(out,
		form.IntField("discipline", "Số lần vi phạm kỷ luật, kỷ cương trong giai đoạn", func(p *StagePerson) *form.Value { return &p.Discipline }, form.Required(), form.Between(0, 100), form.Fact(factDiscipline), form.Where(factDiscipline), form.Width(13), form.Clause("III.2.2"),
			form.Help("Số lần vi phạm, bị phản ánh hoặc lập biên bản kiểm điểm trong cả giai đoạn; ghi 0 nếu không có.", "0")),
		form.TextField("summary", "Tóm tắt thành tích", func(p *StagePerson) *form.Value { return &p.Summary }, form.Required(), form.Limit(2000), form.Width(40), form.Clause("III.3"),
			form.Help("Thành tích chính trong giai đoạn, kèm số liệu.", "Giải quyết 2.436 hồ sơ, không hồ sơ nào quá hạn")),
		form.ChoiceField("award", "Hình thức đề nghị", listAwards, func(p *StagePerson) *form.Value { return &p.Award }, form.Required(), form.Width(20), form.Clause("III.1"),
			form.Help("Chọn trong danh sách.", CityAward)),
		form.TextField("note", "Ghi chú", func(p *StagePerson) *form.Value { return &p.Note }, form.Width(14),
			form.Help("Nội dung cần nói thêm.", "Công tác tại đơn vị từ năm 2015")),
	)
}

// yearFields are the columns of the years of a stage: every measure with its years side by side.
// grade refines the column of the grade.
func yearFields[R any](years []int, at func(*R) *StageYears, clause string, grade ...form.Option) []form.Field {
	var out []form.Field
	each := func(key, title string, declare func(key, title string, of func(*R) *StageYear) form.Field) {
		for i, year := range years {
			y := strconv.Itoa(year)
			f := declare(key+y, title+" năm "+y, func(r *R) *StageYear { return &at(r)[i] })
			f.InYear, f.Clause = year, clause
			out = append(out, f)
		}
	}
	each("grade", "Mức độ hoàn thành nhiệm vụ", func(key, title string, of func(*R) *StageYear) form.Field {
		return form.ChoiceField(key, title, "grade", func(r *R) *form.Value { return &of(r).Grade }, append(grade, form.Fact("grade"), form.Width(18),
			form.Help("Kết quả đánh giá, xếp loại của năm đó.", "Hoàn thành xuất sắc nhiệm vụ"))...)
	})
	each("indexscore", "Chỉ số CCHC (điểm)", func(key, title string, of func(*R) *StageYear) form.Field {
		return form.NumberField(key, title, func(r *R) *form.Value { return &of(r).IndexScore }, form.Between(0, 100), form.Fact("index.score"), form.Where(listIndex), form.Width(10),
			form.Help("Điểm của đơn vị trong năm đó; chỉ UBND xã, phường và Chủ tịch, Phó Chủ tịch xã, phường.", "86,5"))
	})
	each("indexband", "Chỉ số CCHC (xếp loại)", func(key, title string, of func(*R) *StageYear) form.Field {
		return form.ChoiceField(key, title, "index-band", func(r *R) *form.Value { return &of(r).IndexBand }, form.Fact("index.band"), form.Width(11),
			form.Help("Xếp loại của đơn vị trong năm đó; để trống nếu chưa công bố.", "Tốt"))
	})
	each("awards", "Hình thức đã được khen thưởng", func(key, title string, of func(*R) *StageYear) form.Field {
		return form.TextField(key, title, func(r *R) *form.Value { return &of(r).Awards }, form.Limit(500), form.Width(20),
			form.Help("Hình thức, số quyết định; để trống nếu không có.", "Giấy khen, 88/QĐ-UBND"))
	})
	each("met", "Tỷ lệ chỉ tiêu đăng ký đã hoàn thành (%)", func(key, title string, of func(*R) *StageYear) form.Field {
		return form.PercentField(key, title, func(r *R) *form.Value { return &of(r).Met }, form.Fact("targets.share"), form.Width(12),
			form.Help("Số chỉ tiêu đạt trên số chỉ tiêu đã đăng ký của năm đó.", "100"))
	})
	each("initiative", "Sáng kiến, giải pháp", func(key, title string, of func(*R) *StageYear) form.Field {
		return form.TextField(key, title, func(r *R) *form.Value { return &of(r).Initiative }, form.Limit(1000), form.Fact("initiative"), form.Width(26),
			form.Help("Tên sáng kiến, giải pháp và số quyết định công nhận (nếu có).", "Niêm yết thủ tục bằng mã QR, QĐ 120/QĐ-UBND ngày 12/11/2018"))
	})
	return out
}

func checkStage(value any, c form.Context) []finding.Finding {
	s, _ := SlateOf(value)
	return s.check(c)
}

// NewStageDossier returns a stage's dossier with who proposes, and for which stage.
func NewStageDossier(p *plan.Plan, period plan.Period, u plan.Unit) *StageDossier {
	return &StageDossier{Proposal: newProposal(p, u), Stage: form.Of(period.Title)}
}

package templates

import (
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Dossier is a unit's proposal for awards with all four parts of Plan III.3 in one workbook.
type Dossier struct {
	Proposal    Proposal
	Targets     []TargetResult
	Reports     []AchievementReport
	Minutes     UnitMinutes
	Votes       []UnitVote
	Collectives []NominatedCollective
	Individuals []NominatedPerson
}

// Proposal is the tờ trình (Plan III.3, first part).
type Proposal struct {
	Unit, Code, Group, Year, Number, Date, Signer, SignerTitle form.Value
	Collectives, Individuals, Level, Copies, Contact           form.Value
}

// TargetResult is a registered target with what came of it.
type TargetResult struct {
	Content, Goal, Result, Met, Note form.Value
}

// AchievementReport is the báo cáo tóm tắt thành tích of one nominee (Plan III.3, second part).
type AchievementReport struct {
	Kind, Name, Duties, Results                           form.Value
	Received, OnTime, Overdue, Online                     form.Value
	Initiative, InitiativeDecision, PastAwards, Shortfall form.Value
}

// UnitMinutes is the biên bản of the unit's own council (Plan III.3, third part).
type UnitMinutes struct {
	Number, Date, Place, Chair, Secretary, Members, Present, Absent form.Value
}

// UnitVote is the unit council's vote on one nominee.
type UnitVote struct {
	Kind, Name, Agree, Disagree, Note form.Value
}

// NominatedCollective is a collective's line in the danh sách trích ngang (Plan III.3, fourth part;
// standards of III.2.1).
type NominatedCollective struct {
	Name, Size, Grade, Party                      form.Value
	Union, Youth, Women, Farmers, Veterans, Front form.Value
	IndexScore, IndexBand, Discipline             form.Value
	Summary, Award, Note                          form.Value
}

// NominatedPerson is a person's line in the danh sách trích ngang (Plan III.3, fourth part;
// standards of III.2.2).
type NominatedPerson struct {
	Title, Name, Born, Sex, Position, Department, Role form.Value
	Grade, IndexBand, Initiative, Discipline           form.Value
	Summary, Award, Note                               form.Value
}

// The kinds of a nominee as forms write them.
const (
	KindCollective = "Tập thể"
	KindIndividual = "Cá nhân"
)

var nomineeKinds = []string{KindCollective, KindIndividual}

// KindTitle is a kind of nominee as forms write it.
func KindTitle(kind plan.NomineeKind) string {
	if kind == plan.Individual {
		return KindIndividual
	}
	return KindCollective
}

// DossierForm declares the dossier workbook.
var DossierForm = &form.Form{
	ID: "ho-so", Version: 2, Clause: "III.3", From: form.FromUnit,
	Called: "Hồ sơ đề nghị khen thưởng phong trào thi đua {movement}",
	New:    func() any { return &Dossier{} },
	Check:  checkDossier,
	Sheets: []form.Sheet{
		{Name: "TỜ TRÌNH", Title: "TỜ TRÌNH ĐỀ NGHỊ KHEN THƯỞNG", Blocks: []form.Block{
			part("proposal", form.Cells("proposal", "Nội dung tờ trình", proposalFields(func(d *Dossier) *Proposal { return &d.Proposal },
				form.YearField("year", "Năm đề nghị khen thưởng", func(d *Dossier) *form.Value { return &d.Proposal.Year }, form.Required(), form.Preset(), form.Clause("III.4"),
					form.Help("Năm có thành tích đề nghị khen thưởng.", "2018")),
			)...)),
		}},
		{Name: "CHỈ TIÊU", Title: "KẾT QUẢ THỰC HIỆN CHỈ TIÊU ĐÃ ĐĂNG KÝ", Landscape: true, Blocks: []form.Block{
			form.Table("targets", "Kết quả chỉ tiêu đăng ký thi đua", 30, func(d *Dossier) *[]TargetResult { return &d.Targets },
				form.TextField("content", "Nội dung đăng ký thi đua", func(t *TargetResult) *form.Value { return &t.Content }, form.Limit(1000), form.Width(48), form.Clause("II.2"),
					form.Help("Nội dung đã đăng ký đầu năm, được điền sẵn.", "Thi đua thực hiện các nội dung CCHC")),
				form.TextField("goal", "Chỉ tiêu", func(t *TargetResult) *form.Value { return &t.Goal }, form.Required(), form.Limit(300), form.Width(30), form.Clause("II.1"),
					form.Help("Chỉ tiêu đã đăng ký, được điền sẵn.", "Giải quyết hồ sơ đúng hạn đạt 98%")),
				form.TextField("result", "Kết quả thực hiện", func(t *TargetResult) *form.Value { return &t.Result }, form.Required(), form.Limit(500), form.Width(34), form.Clause("III.2.1"),
					form.Help("Kết quả đến thời điểm nộp hồ sơ.", "Đúng hạn 98,7%")),
				form.YesNoField("met", "Đạt chỉ tiêu", func(t *TargetResult) *form.Value { return &t.Met }, form.Required(), form.Width(12), form.Clause("III.2.1"),
					form.Help("Ghi Có nếu đạt, Không nếu chưa đạt.", form.Yes)),
				form.TextField("note", "Ghi chú", func(t *TargetResult) *form.Value { return &t.Note }, form.Width(20),
					form.Help("Lý do nếu chưa đạt.", "Do thay đổi phần mềm")),
			),
		}},
		{Name: "BÁO CÁO TÓM TẮT", Title: "BÁO CÁO TÓM TẮT THÀNH TÍCH", Landscape: true, Blocks: []form.Block{
			part("report", form.Table("reports", "Mỗi tập thể, cá nhân được đề nghị một dòng", 40, func(d *Dossier) *[]AchievementReport { return &d.Reports }, reportFields("trong năm")...)),
		}},
		{Name: "BIÊN BẢN", Title: "BIÊN BẢN HỌP XÉT ĐỀ NGHỊ KHEN THƯỞNG", Blocks: []form.Block{
			part("minutes", form.Cells("minutes", "Cuộc họp của Hội đồng thi đua, khen thưởng đơn vị", minutesFields(func(d *Dossier) *UnitMinutes { return &d.Minutes })...)),
			part("minutes", form.Table("votes", "Kết quả biểu quyết", 40, func(d *Dossier) *[]UnitVote { return &d.Votes }, unitVoteFields()...)),
		}},
		{Name: "TẬP THỂ", Title: "DANH SÁCH TRÍCH NGANG THÀNH TÍCH TẬP THỂ", Landscape: true, Blocks: []form.Block{
			part("list", form.Table("collectives", "Tập thể đề nghị khen thưởng", 20, func(d *Dossier) *[]NominatedCollective { return &d.Collectives },
				form.TextField("name", "Tên tập thể", func(t *NominatedCollective) *form.Value { return &t.Name }, form.Required(), form.Limit(200), form.Width(30), form.Clause("III.3"),
					form.Help("Tên đầy đủ, không viết tắt; đã điền sẵn theo bản đăng ký, xóa dòng nếu không đề nghị.", "UBND phường Tân Thịnh")),
				form.IntField("size", "Số CBCCVC", func(t *NominatedCollective) *form.Value { return &t.Size }, form.Required(), form.Between(1, 100000), form.Width(9),
					form.Help("Số người của tập thể.", "24")),
				form.ChoiceField("grade", "Mức độ hoàn thành nhiệm vụ", "grade", func(t *NominatedCollective) *form.Value { return &t.Grade }, form.Required(), form.Fact("grade"), form.Width(20), form.Clause("III.2.1"),
					form.Help("Kết quả đánh giá của cấp có thẩm quyền.", "Hoàn thành xuất sắc nhiệm vụ")),
				form.ChoiceField("party", "Xếp loại tổ chức đảng", "party", func(t *NominatedCollective) *form.Value { return &t.Party }, form.Fact("party"), form.Width(20), form.Clause("III.2.1"),
					form.Help("Để trống nếu không có tổ chức đảng riêng.", "Hoàn thành xuất sắc nhiệm vụ")),
				form.ChoiceField("union", "Xếp loại Công đoàn", "union", func(t *NominatedCollective) *form.Value { return &t.Union }, form.Fact("union"), form.Width(14), form.Clause("III.2.1"),
					form.Help("Để trống nếu không có.", "Vững mạnh")),
				form.ChoiceField("youth", "Xếp loại Đoàn Thanh niên", "youth", func(t *NominatedCollective) *form.Value { return &t.Youth }, form.Fact("youth"), form.Width(14), form.Clause("III.2.1"),
					form.Help("Để trống nếu không có.", "Khá")),
				form.ChoiceField("women", "Xếp loại Hội Phụ nữ", "women", func(t *NominatedCollective) *form.Value { return &t.Women }, form.Fact("women"), form.Width(14), form.Clause("III.2.1"),
					form.Help("Để trống nếu không có.", "Khá")),
				form.ChoiceField("farmers", "Xếp loại Hội Nông dân", "farmers", func(t *NominatedCollective) *form.Value { return &t.Farmers }, form.Fact("farmers"), form.Width(14), form.Clause("III.2.1"),
					form.Help("Để trống nếu không có.", "Khá")),
				form.ChoiceField("veterans", "Xếp loại Hội Cựu chiến binh", "veterans", func(t *NominatedCollective) *form.Value { return &t.Veterans }, form.Fact("veterans"), form.Width(14), form.Clause("III.2.1"),
					form.Help("Để trống nếu không có.", "Khá")),
				form.ChoiceField("front", "Xếp loại Ủy ban MTTQ", "front", func(t *NominatedCollective) *form.Value { return &t.Front }, form.Fact("front"), form.Width(14), form.Clause("III.2.1"),
					form.Help("Để trống nếu không có.", "Khá")),
				form.NumberField("indexscore", "Chỉ số CCHC (điểm)", func(t *NominatedCollective) *form.Value { return &t.IndexScore }, form.Between(0, 100), form.Fact("index.score"), form.Where(listIndex), form.Width(10), form.Clause("III.2.1"),
					form.Help("Điểm do đơn vị tự đánh giá; chỉ UBND xã, phường.", "86,5")),
				form.ChoiceField("indexband", "Chỉ số CCHC (xếp loại)", "index-band", func(t *NominatedCollective) *form.Value { return &t.IndexBand }, form.Fact("index.band"), form.Width(12), form.Clause("III.2.1"),
					form.Help("Để trống nếu chưa công bố; chỉ UBND xã, phường.", "Tốt")),
				form.IntField("discipline", "Số vụ việc vi phạm kỷ luật, kỷ cương", func(t *NominatedCollective) *form.Value { return &t.Discipline }, form.Required(), form.Between(0, 1000), form.Fact(factDiscipline), form.Where(factDiscipline), form.Width(12), form.Clause("III.2.1"),
					form.Help("Số cán bộ, công chức, viên chức vi phạm, bị phản ánh hoặc lập biên bản kiểm điểm; ghi 0 nếu không có.", "0")),
				form.TextField("summary", "Tóm tắt thành tích", func(t *NominatedCollective) *form.Value { return &t.Summary }, form.Required(), form.Limit(2000), form.Width(40), form.Clause("III.3"),
					form.Help("Thành tích chính trong năm, kèm số liệu.", "Đúng hạn 99%; 2 giải pháp cải cách thủ tục")),
				form.ChoiceField("award", "Hình thức đề nghị", listAwards, func(t *NominatedCollective) *form.Value { return &t.Award }, form.Required(), form.Width(20), form.Clause("III.1"),
					form.Help("Chọn trong danh sách.", CityAward)),
				form.TextField("note", "Ghi chú", func(t *NominatedCollective) *form.Value { return &t.Note }, form.Width(14),
					form.Help("Nội dung cần nói thêm.", "Đăng ký từ đầu năm")),
			)),
		}},
		{Name: "CÁ NHÂN", Title: "DANH SÁCH TRÍCH NGANG THÀNH TÍCH CÁ NHÂN", Landscape: true, Blocks: []form.Block{
			part("list", form.Table("individuals", "Cá nhân đề nghị khen thưởng", 40, func(d *Dossier) *[]NominatedPerson { return &d.Individuals },
				form.OneOfField("title", "Ông/Bà", honorifics, func(p *NominatedPerson) *form.Value { return &p.Title }, form.Width(8),
					form.Help("Chọn Ông hoặc Bà.", "Bà")),
				form.TextField("name", "Họ và tên", func(p *NominatedPerson) *form.Value { return &p.Name }, form.Required(), form.Person(), form.Limit(100), form.Width(24), form.Clause("III.3"),
					form.Help("Họ, chữ đệm và tên, viết chữ thường có dấu; đã điền sẵn theo bản đăng ký, xóa dòng nếu không đề nghị.", "Trần Thị Bình")),
				form.DateField("born", "Ngày sinh", func(p *NominatedPerson) *form.Value { return &p.Born }, form.Required(), form.Birthday(), form.Width(12),
					form.Help("Dạng ngày/tháng/năm; nếu chỉ biết năm thì ghi năm.", "05/03/1980")),
				form.OneOfField("sex", "Giới tính", sexes, func(p *NominatedPerson) *form.Value { return &p.Sex }, form.Required(), form.Width(8),
					form.Help("Nam hoặc Nữ, dùng cho thống kê khen thưởng.", "Nữ")),
				form.TextField("position", "Chức vụ, chức danh", func(p *NominatedPerson) *form.Value { return &p.Position }, form.Required(), form.Limit(150), form.Width(24), form.Clause("III.3"),
					form.Help("Chức vụ hoặc chức danh hiện giữ.", "Công chức Văn phòng - Thống kê")),
				form.TextField("department", "Bộ phận công tác", func(p *NominatedPerson) *form.Value { return &p.Department }, form.Limit(150), form.Width(20),
					form.Help("Bộ phận trong đơn vị.", "Bộ phận tiếp nhận và trả kết quả")),
				form.ChoiceField("role", "Đối tượng", "roles", func(p *NominatedPerson) *form.Value { return &p.Role }, form.Required(), form.Fact("role"), form.Width(24), form.Clause("III.2.2"),
					form.Help("Quyết định tiêu chuẩn nào được áp dụng; chọn trong danh sách.", "Trực tiếp thực hiện nhiệm vụ CCHC")),
				form.ChoiceField("grade", "Mức độ hoàn thành nhiệm vụ", "grade", func(p *NominatedPerson) *form.Value { return &p.Grade }, form.Required(), form.Fact("grade"), form.Width(20), form.Clause("III.2.2"),
					form.Help("Kết quả đánh giá, xếp loại cuối năm.", "Hoàn thành xuất sắc nhiệm vụ")),
				form.ChoiceField("indexband", "Chỉ số CCHC của đơn vị (Chủ tịch, PCT xã, phường)", "index-band", func(p *NominatedPerson) *form.Value { return &p.IndexBand }, form.Fact("index.band"), form.Width(16), form.Clause("III.2.2"),
					form.Help("Chỉ ghi với Chủ tịch, Phó Chủ tịch xã, phường; để trống nếu chưa công bố.", "Tốt")),
				form.TextField("initiative", "Sáng kiến, giải pháp", func(p *NominatedPerson) *form.Value { return &p.Initiative }, form.Limit(1000), form.Fact("initiative"), form.Width(32), form.Clause("III.2.2"),
					form.Help("Tên sáng kiến, giải pháp và số quyết định công nhận (nếu có).", "Mẫu hướng dẫn điền tờ khai, QĐ 120/QĐ-UBND ngày 12/11/2018")),
				form.IntField("discipline", "Số lần vi phạm kỷ luật, kỷ cương", func(p *NominatedPerson) *form.Value { return &p.Discipline }, form.Required(), form.Between(0, 100), form.Fact(factDiscipline), form.Where(factDiscipline), form.Width(12), form.Clause("III.2.2"),
					form.Help("Số lần vi phạm, bị phản ánh hoặc lập biên bản kiểm điểm; ghi 0 nếu không có.", "0")),
				form.TextField("summary", "Tóm tắt thành tích", func(p *NominatedPerson) *form.Value { return &p.Summary }, form.Required(), form.Limit(2000), form.Width(40), form.Clause("III.3"),
					form.Help("Thành tích chính trong năm, kèm số liệu.", "Giải quyết 812 hồ sơ, không hồ sơ nào quá hạn")),
				form.ChoiceField("award", "Hình thức đề nghị", listAwards, func(p *NominatedPerson) *form.Value { return &p.Award }, form.Required(), form.Width(20), form.Clause("III.1"),
					form.Help("Chọn trong danh sách.", CityAward)),
				form.TextField("note", "Ghi chú", func(p *NominatedPerson) *form.Value { return &p.Note }, form.Width(14),
					form.Help("Nội dung cần nói thêm.", "Nữ")),
			)),
		}},
	},
}

// proposalFields are the labelled cells of a tờ trình; round says which round of commendation it is
// for, where the form does not say so itself.
func proposalFields[F any](at func(*F) *Proposal, round ...form.Field) []form.Field {
	out := []form.Field{
		form.TextField("unit", "Tên đơn vị", func(f *F) *form.Value { return &at(f).Unit }, form.Required(), form.Locked(), form.Limit(200), form.Clause("III.3"),
			form.Help("Tên đầy đủ của đơn vị, đã được điền sẵn.", "UBND phường Tân Thịnh")),
		form.TextField("code", "Mã đơn vị", func(f *F) *form.Value { return &at(f).Code }, form.Locked(), form.Limit(20),
			form.Help("Mã đơn vị trong danh sách của Phòng Nội vụ, đã được điền sẵn; đề nghị không sửa.", "05452")),
		form.ChoiceField("group", "Khối", "groups", func(f *F) *form.Value { return &at(f).Group }, form.Locked(), form.Clause("III.1.2"),
			form.Help("Khối thi đua, dùng để tính số lượng khen thưởng.", "Xã, phường")),
	}
	out = append(out, round...)
	return append(out,
		form.TextField("number", "Số tờ trình", func(f *F) *form.Value { return &at(f).Number }, form.Required(), form.Limit(50), form.Clause("III.3"),
			form.Help("Số, ký hiệu tờ trình của đơn vị.", "45/TTr-UBND")),
		form.DateField("date", "Ngày tờ trình", func(f *F) *form.Value { return &at(f).Date }, form.Required(), form.Clause("III.3"),
			form.Help("Ngày ký tờ trình, dạng ngày/tháng/năm.", "14/12/2018")),
		form.TextField("signer", "Người ký tờ trình", func(f *F) *form.Value { return &at(f).Signer }, form.Required(), form.Person(), form.Limit(100), form.Clause("III.3"),
			form.Help("Họ và tên người ký.", "Nguyễn Văn An")),
		form.TextField("signertitle", "Chức vụ người ký", func(f *F) *form.Value { return &at(f).SignerTitle }, form.Required(), form.Limit(100),
			form.Help("Chức vụ của người ký.", "Chủ tịch UBND phường")),
		form.IntField("collectives", "Số tập thể đề nghị", func(f *F) *form.Value { return &at(f).Collectives }, form.Required(), form.Between(0, 1000), form.Clause("III.3"),
			form.Help("Bằng số dòng của trang TẬP THỂ.", "1")),
		form.IntField("individuals", "Số cá nhân đề nghị", func(f *F) *form.Value { return &at(f).Individuals }, form.Required(), form.Between(0, 1000), form.Clause("III.3"),
			form.Help("Bằng số dòng của trang CÁ NHÂN.", "2")),
		form.ChoiceField("level", "Cấp khen thưởng đề nghị", listLevels, func(f *F) *form.Value { return &at(f).Level }, form.Required(), form.Clause("III.1"),
			form.Help("Chọn trong danh sách.", "Cấp thành phố")),
		form.IntField("copies", "Số bộ hồ sơ", func(f *F) *form.Value { return &at(f).Copies }, form.Between(1, 10), form.Clause("III.3"),
			form.Help("01 bộ đối với khen thưởng cấp thành phố, 02 bộ đối với khen thưởng cấp tỉnh.", "1")),
		form.TextField("contact", "Người liên hệ, điện thoại", func(f *F) *form.Value { return &at(f).Contact }, form.Limit(150),
			form.Help("Người trả lời khi hồ sơ cần bổ sung.", "Trần Thị Bình, 0208 3000 000")),
	)
}

// reportFields are the columns of the báo cáo tóm tắt thành tích; span says of what time its
// figures are.
func reportFields(span string) []form.Field {
	return []form.Field{
		form.OneOfField("kind", "Loại", nomineeKinds, func(a *AchievementReport) *form.Value { return &a.Kind }, form.Required(), form.Width(10), form.Clause("III.3"),
			form.Help("Tập thể hoặc Cá nhân.", KindCollective)),
		form.TextField("name", "Tên tập thể, cá nhân", func(a *AchievementReport) *form.Value { return &a.Name }, form.Required(), form.Limit(200), form.Width(28), form.Clause("III.3"),
			form.Help("Ghi đúng như trong danh sách trích ngang.", "UBND phường Tân Thịnh")),
		form.TextField("duties", "Chức năng, nhiệm vụ được giao", func(a *AchievementReport) *form.Value { return &a.Duties }, form.Limit(2000), form.Width(32),
			form.Help("Nêu ngắn gọn.", "Quản lý nhà nước trên địa bàn phường")),
		form.TextField("results", "Kết quả thực hiện nhiệm vụ CCHC", func(a *AchievementReport) *form.Value { return &a.Results }, form.Required(), form.Limit(4000), form.Width(46), form.Clause("III.2"),
			form.Help("Nêu kết quả nổi bật kèm số liệu, do chính tập thể, cá nhân viết.", "Tiếp nhận 3.120 hồ sơ, đúng hạn 99%")),
		form.IntField("received", "Số TTHC tiếp nhận", func(a *AchievementReport) *form.Value { return &a.Received }, form.Where(procedures), form.Width(11),
			form.Help("Số hồ sơ thủ tục hành chính đã tiếp nhận "+span+".", "3120")),
		form.IntField("ontime", "Số TTHC đúng hạn", func(a *AchievementReport) *form.Value { return &a.OnTime }, form.Where(procedures), form.Width(11),
			form.Help("Số hồ sơ giải quyết đúng hoặc trước hạn.", "3090")),
		form.IntField("overdue", "Số TTHC quá hạn", func(a *AchievementReport) *form.Value { return &a.Overdue }, form.Where(procedures), form.Width(11),
			form.Help("Số hồ sơ giải quyết quá hạn.", "30")),
		form.PercentField("online", "Tỷ lệ DVC mức độ 3, 4 (%)", func(a *AchievementReport) *form.Value { return &a.Online }, form.Where(procedures), form.Width(12), form.Clause("II.2"),
			form.Help("Tỷ lệ hồ sơ nộp trực tuyến mức độ 3, 4.", "35,5")),
		form.TextField("initiative", "Sáng kiến, giải pháp", func(a *AchievementReport) *form.Value { return &a.Initiative }, form.Limit(1000), form.Width(30), form.Clause("II.2"),
			form.Help("Tên sáng kiến, giải pháp và hiệu quả.", "Niêm yết thủ tục bằng mã QR")),
		form.TextField("decision", "Số quyết định công nhận sáng kiến", func(a *AchievementReport) *form.Value { return &a.InitiativeDecision }, form.Limit(100), form.Width(20),
			form.Help("Số, ngày, cơ quan ban hành quyết định công nhận (nếu có).", "120/QĐ-UBND ngày 12/11/2018 của UBND phường")),
		form.TextField("awards", "Các hình thức đã được khen thưởng", func(a *AchievementReport) *form.Value { return &a.PastAwards }, form.Limit(1000), form.Width(28),
			form.Help("Năm, hình thức, số quyết định.", "2017: Giấy khen, 88/QĐ-UBND")),
		form.TextField("shortfall", "Hạn chế", func(a *AchievementReport) *form.Value { return &a.Shortfall }, form.Limit(1000), form.Width(24),
			form.Help("Tồn tại, hạn chế (nếu có).", "Tỷ lệ hồ sơ trực tuyến còn thấp")),
	}
}

// minutesFields are the labelled cells of the unit's own minutes.
func minutesFields[F any](at func(*F) *UnitMinutes) []form.Field {
	return []form.Field{
		form.TextField("number", "Số biên bản", func(f *F) *form.Value { return &at(f).Number }, form.Limit(50),
			form.Help("Số, ký hiệu biên bản (nếu có).", "03/BB-HĐTĐKT")),
		form.DateField("date", "Ngày họp", func(f *F) *form.Value { return &at(f).Date }, form.Required(), form.Clause("III.3"),
			form.Help("Ngày họp xét, dạng ngày/tháng/năm.", "12/12/2018")),
		form.TextField("place", "Địa điểm", func(f *F) *form.Value { return &at(f).Place }, form.Limit(200),
			form.Help("Nơi họp.", "Phòng họp UBND phường")),
		form.TextField("chair", "Chủ trì", func(f *F) *form.Value { return &at(f).Chair }, form.Required(), form.Person(), form.Limit(100), form.Clause("III.3"),
			form.Help("Họ và tên người chủ trì.", "Nguyễn Văn An")),
		form.TextField("secretary", "Thư ký", func(f *F) *form.Value { return &at(f).Secretary }, form.Required(), form.Person(), form.Limit(100), form.Clause("III.3"),
			form.Help("Họ và tên thư ký cuộc họp.", "Trần Thị Bình")),
		form.IntField("members", "Tổng số thành viên Hội đồng", func(f *F) *form.Value { return &at(f).Members }, form.Required(), form.Between(1, 200), form.Clause("III.3"),
			form.Help("Số thành viên theo quyết định thành lập.", "9")),
		form.IntField("present", "Số thành viên có mặt", func(f *F) *form.Value { return &at(f).Present }, form.Required(), form.Between(0, 200), form.Clause("III.3"),
			form.Help("Số thành viên dự họp.", "8")),
		form.TextField("absent", "Vắng (họ tên, lý do)", func(f *F) *form.Value { return &at(f).Absent }, form.Limit(500),
			form.Help("Ghi họ tên và lý do vắng.", "01, đồng chí Lê Văn Cường, đi công tác")),
	}
}

// unitVoteFields are the columns of the unit council's votes.
func unitVoteFields() []form.Field {
	return []form.Field{
		form.OneOfField("kind", "Loại", nomineeKinds, func(v *UnitVote) *form.Value { return &v.Kind }, form.Required(), form.Width(28), form.Clause("III.3"),
			form.Help("Tập thể hoặc Cá nhân.", KindIndividual)),
		form.TextField("name", "Tên tập thể, cá nhân", func(v *UnitVote) *form.Value { return &v.Name }, form.Required(), form.Limit(200), form.Width(36), form.Clause("III.3"),
			form.Help("Ghi đúng như trong danh sách trích ngang.", "Trần Thị Bình")),
		form.IntField("agree", "Số phiếu đồng ý", func(v *UnitVote) *form.Value { return &v.Agree }, form.Required(), form.Between(0, 200), form.Width(12), form.Clause("III.3"),
			form.Help("Số phiếu đồng ý.", "8")),
		form.IntField("disagree", "Số phiếu không đồng ý", func(v *UnitVote) *form.Value { return &v.Disagree }, form.Required(), form.Between(0, 200), form.Width(12), form.Clause("III.3"),
			form.Help("Số phiếu không đồng ý, ghi 0 nếu không có.", "0")),
		form.TextField("note", "Ghi chú", func(v *UnitVote) *form.Value { return &v.Note }, form.Width(18),
			form.Help("Nội dung cần nói thêm.", "Biểu quyết giơ tay")),
	}
}

// part marks a block as one of the dossier parts of Plan III.3.
func part(key string, b form.Block) form.Block {
	b.Part = key
	return b
}

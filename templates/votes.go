package templates

import "thidua/templates/form"

// Votes are the council's tally, filled in by its secretary after the meeting (Plan IV.1: Hội đồng
// bình xét).
type Votes struct {
	Session     CouncilSession
	Collectives []VoteRow
	Individuals []VoteRow
}

// CouncilSession describes the meeting. The person presiding need not be the council's chair.
type CouncilSession struct {
	Year, Date, Place, Presiding, PresidingTitle, Secretary form.Value
	Members, Present, Written                               form.Value
	CollectiveIssued, CollectiveReturned                    form.Value
	CollectiveValid, CollectiveInvalid                      form.Value
	IndividualIssued, IndividualReturned                    form.Value
	IndividualValid, IndividualInvalid, Note                form.Value
}

// VoteRow is the tally for one nominee; Code is the nominee's code printed on the ballot workbook.
// Recused are the members who took no part in the vote on this nominee; Conclusion is what the
// council concluded where the votes alone do not settle it.
type VoteRow struct {
	Code, Name, Position, Unit, Agree, Disagree, Other, Recused, Conclusion, Note form.Value
}

// What the council may conclude about a nominee.
const (
	Conclude   = "Đề nghị khen thưởng"
	ConcludeNo = "Không đề nghị khen thưởng"
)

// VotesForm declares the ballot workbook.
var VotesForm = &form.Form{
	ID: "kiem-phieu", Version: 3, Clause: "IV.1", From: form.FromSecretary,
	Called: "Kết quả kiểm phiếu của Hội đồng Thi đua, khen thưởng",
	New:    func() any { return &Votes{} },
	Check:  checkVotes,
	Sheets: []form.Sheet{
		{Name: "PHIÊN HỌP", Title: "KẾT QUẢ KIỂM PHIẾU CỦA HỘI ĐỒNG THI ĐUA, KHEN THƯỞNG", Blocks: []form.Block{
			form.Cells("session", "Phiên họp và số phiếu",
				form.YearField("year", "Năm", func(v *Votes) *form.Value { return &v.Session.Year }, form.Required(), form.Preset(),
					form.Help("Năm xét khen thưởng.", "2018")),
				form.DateField("date", "Ngày họp", func(v *Votes) *form.Value { return &v.Session.Date }, form.Required(), form.Clause("IV.1"),
					form.Help("Ngày họp Hội đồng, dạng ngày/tháng/năm.", "24/01/2019")),
				form.TextField("place", "Địa điểm", func(v *Votes) *form.Value { return &v.Session.Place }, form.Limit(200),
					form.Help("Nơi họp.", "Phòng họp số 1, UBND thành phố")),
				form.TextField("presiding", "Chủ trì (họ và tên)", func(v *Votes) *form.Value { return &v.Session.Presiding }, form.Required(), form.Person(), form.Limit(100),
					form.Help("Người chủ trì phiên họp, không nhất thiết là Chủ tịch Hội đồng.", "Hoàng Văn Giang")),
				form.TextField("presidingtitle", "Chức danh của người chủ trì trong Hội đồng", func(v *Votes) *form.Value { return &v.Session.PresidingTitle }, form.Limit(100),
					form.Help("Chức danh trong Hội đồng.", "Phó Chủ tịch Hội đồng")),
				form.TextField("secretary", "Thư ký (họ và tên)", func(v *Votes) *form.Value { return &v.Session.Secretary }, form.Required(), form.Person(), form.Limit(100),
					form.Help("Thư ký phiên họp.", "Phạm Thị Dung")),
				form.IntField("members", "Tổng số thành viên Hội đồng", func(v *Votes) *form.Value { return &v.Session.Members }, form.Required(), form.Between(1, 200),
					form.Help("Số thành viên theo quyết định thành lập.", "11")),
				form.IntField("present", "Số thành viên có mặt", func(v *Votes) *form.Value { return &v.Session.Present }, form.Required(), form.Between(0, 200),
					form.Help("Số thành viên dự họp.", "10")),
				form.IntField("written", "Số ý kiến bằng văn bản của thành viên vắng", func(v *Votes) *form.Value { return &v.Session.Written }, form.Required(), form.Between(0, 200),
					form.Help("Ghi 0 nếu không có.", "0")),
				form.IntField("cissued", "Phiếu bầu tập thể: phát ra", func(v *Votes) *form.Value { return &v.Session.CollectiveIssued }, form.Required(), form.Between(0, 200),
					form.Help("Bằng số thành viên có mặt cộng số ý kiến bằng văn bản.", "10")),
				form.IntField("creturned", "Phiếu bầu tập thể: thu vào", func(v *Votes) *form.Value { return &v.Session.CollectiveReturned }, form.Required(), form.Between(0, 200),
					form.Help("Không lớn hơn số phiếu phát ra.", "10")),
				form.IntField("cvalid", "Phiếu bầu tập thể: hợp lệ", func(v *Votes) *form.Value { return &v.Session.CollectiveValid }, form.Required(), form.Between(0, 200),
					form.Help("Hợp lệ cộng không hợp lệ bằng thu vào.", "10")),
				form.IntField("cinvalid", "Phiếu bầu tập thể: không hợp lệ", func(v *Votes) *form.Value { return &v.Session.CollectiveInvalid }, form.Required(), form.Between(0, 200),
					form.Help("Ghi 0 nếu không có.", "0")),
				form.IntField("iissued", "Phiếu bầu cá nhân: phát ra", func(v *Votes) *form.Value { return &v.Session.IndividualIssued }, form.Required(), form.Between(0, 200),
					form.Help("Bằng số thành viên có mặt cộng số ý kiến bằng văn bản.", "10")),
				form.IntField("ireturned", "Phiếu bầu cá nhân: thu vào", func(v *Votes) *form.Value { return &v.Session.IndividualReturned }, form.Required(), form.Between(0, 200),
					form.Help("Không lớn hơn số phiếu phát ra.", "10")),
				form.IntField("ivalid", "Phiếu bầu cá nhân: hợp lệ", func(v *Votes) *form.Value { return &v.Session.IndividualValid }, form.Required(), form.Between(0, 200),
					form.Help("Hợp lệ cộng không hợp lệ bằng thu vào.", "9")),
				form.IntField("iinvalid", "Phiếu bầu cá nhân: không hợp lệ", func(v *Votes) *form.Value { return &v.Session.IndividualInvalid }, form.Required(), form.Between(0, 200),
					form.Help("Ghi 0 nếu không có.", "1")),
				form.TextField("note", "Ghi chú", func(v *Votes) *form.Value { return &v.Session.Note },
					form.Help("Nội dung cần nói thêm.", "Bỏ phiếu kín")),
			),
		}},
		{Name: "TẬP THỂ", Title: "KIỂM PHIẾU - TẬP THỂ", Landscape: true, Blocks: []form.Block{
			form.Table("collectives", "Kết quả từng tập thể", 60, func(v *Votes) *[]VoteRow { return &v.Collectives }, voteFields()...),
		}},
		{Name: "CÁ NHÂN", Title: "KIỂM PHIẾU - CÁ NHÂN", Landscape: true, Blocks: []form.Block{
			form.Table("individuals", "Kết quả từng cá nhân", 100, func(v *Votes) *[]VoteRow { return &v.Individuals }, voteFields()...),
		}},
	},
}

func voteFields() []form.Field {
	return []form.Field{
		form.TextField("code", "Mã", func(r *VoteRow) *form.Value { return &r.Code }, form.Required(), form.Locked(), form.Limit(40), form.Width(18),
			form.Help("Mã do hệ thống in sẵn; đề nghị không sửa.", "05452-t-a1b2c3")),
		form.TextField("name", "Tên tập thể, cá nhân", func(r *VoteRow) *form.Value { return &r.Name }, form.Required(), form.Locked(), form.Limit(200), form.Width(32),
			form.Help("Được in sẵn.", "UBND phường Tân Thịnh")),
		form.TextField("position", "Chức vụ", func(r *VoteRow) *form.Value { return &r.Position }, form.Locked(), form.Limit(150), form.Width(24),
			form.Help("Được in sẵn.", "Công chức Văn phòng - Thống kê")),
		form.TextField("unit", "Đơn vị", func(r *VoteRow) *form.Value { return &r.Unit }, form.Locked(), form.Limit(200), form.Width(28),
			form.Help("Được in sẵn.", "UBND phường Tân Thịnh")),
		form.IntField("agree", "Đồng ý", func(r *VoteRow) *form.Value { return &r.Agree }, form.Required(), form.Between(0, 200), form.Width(10), form.Clause("IV.1"),
			form.Help("Số phiếu đồng ý.", "10")),
		form.IntField("disagree", "Không đồng ý", func(r *VoteRow) *form.Value { return &r.Disagree }, form.Required(), form.Between(0, 200), form.Width(10), form.Clause("IV.1"),
			form.Help("Số phiếu không đồng ý.", "0")),
		form.IntField("other", "Không có ý kiến", func(r *VoteRow) *form.Value { return &r.Other }, form.Between(0, 200), form.Width(10),
			form.Help("Số phiếu để trống dòng này; để trống nếu không có.", "0")),
		form.IntField("recused", "Không tham gia bỏ phiếu", func(r *VoteRow) *form.Value { return &r.Recused }, form.Between(0, 200), form.Width(11),
			form.Help("Số thành viên có liên quan, không bỏ phiếu đối với trường hợp này; để trống nếu không có.", "0")),
		form.OneOfField("conclusion", "Kết luận của Hội đồng", []string{Conclude, ConcludeNo}, func(r *VoteRow) *form.Value { return &r.Conclusion }, form.Width(22), form.Clause("IV.1"),
			form.Help("Chỉ ghi khi Hội đồng đã kết luận về trường hợp vượt chỉ tiêu, ngang phiếu, chưa đủ căn cứ; để trống nếu theo số phiếu.", Conclude)),
		form.TextField("note", "Ghi chú", func(r *VoteRow) *form.Value { return &r.Note }, form.Width(18),
			form.Help("Nội dung cần nói thêm.", "Thành viên A không tham gia bỏ phiếu")),
	}
}

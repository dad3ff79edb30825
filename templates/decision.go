package templates

import (
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Decision tells that the Chairman's decision was issued (Plan III.1.2, IV.1): from it on units may
// be told, certificates printed and numbers entered in the register. Conference is when and where
// awards are presented, as far as it is known.
type Decision struct {
	Head       DecisionHead
	Conference Conference
	Withheld   []Withheld
}

// DecisionHead is the decision as it was signed.
type DecisionHead struct {
	Year, Number, Date, Capacity, Signer form.Value
	ProposalNumber, ProposalDate, Note   form.Value
}

// Conference is the hội nghị tổng kết (Plan IV.1).
type Conference struct {
	Date, Start, Place, Chair, Note form.Value
}

// Withheld is a nominee whom the Council proposed and the decision leaves out.
type Withheld struct {
	Code, Name, Reason form.Value
}

// Capacities are the ways to sign the decision: the award is the Chairman's own power, so that
// nobody signs "TM.".
var Capacities = []string{"CHỦ TỊCH", "KT. CHỦ TỊCH; PHÓ CHỦ TỊCH"}

// DecisionForm declares the report of the decision.
var DecisionForm = &form.Form{
	ID: "quyet-dinh", Version: 2, Clause: "III.1.2", From: form.FromOffice,
	Called: "Thông tin Quyết định khen thưởng",
	New:    func() any { return &Decision{} },
	Sheets: []form.Sheet{
		{Name: "QUYẾT ĐỊNH", Title: "THÔNG TIN QUYẾT ĐỊNH KHEN THƯỞNG", Blocks: []form.Block{
			form.Cells("decision", "Quyết định của Chủ tịch UBND thành phố",
				form.YearField("year", "Năm", func(d *Decision) *form.Value { return &d.Head.Year }, form.Required(), form.Preset(), form.Clause("III.1.2"),
					form.Help("Năm cuối của kỳ khen thưởng.", "2018")),
				form.TextField("number", "Số quyết định", func(d *Decision) *form.Value { return &d.Head.Number }, form.Required(), form.Limit(50), form.Clause("III.1.2"),
					form.Help("Số, ký hiệu đầy đủ.", "812/QĐ-UBND")),
				form.DateField("date", "Ngày ký", func(d *Decision) *form.Value { return &d.Head.Date }, form.Required(), form.Clause("III.1.2"),
					form.Help("Ngày ký quyết định, dạng ngày/tháng/năm.", "28/01/2019")),
				form.OneOfField("capacity", "Quyền hạn ký", Capacities, func(d *Decision) *form.Value { return &d.Head.Capacity }, form.Required(), form.Clause("III.1.2"),
					form.Help("Chủ tịch ký, hoặc Phó Chủ tịch ký thay.", Capacities[0])),
				form.TextField("signer", "Người ký (họ và tên)", func(d *Decision) *form.Value { return &d.Head.Signer }, form.Required(), form.Person(), form.Limit(100),
					form.Help("Họ và tên in dưới chữ ký trên Giấy khen.", "Nguyễn Mẫu Một")),
				form.TextField("proposal", "Số tờ trình của cơ quan thường trực", func(d *Decision) *form.Value { return &d.Head.ProposalNumber }, form.Limit(50), form.Clause("IV.1"),
					form.Help("Số, ký hiệu tờ trình đề nghị khen thưởng.", "25/TTr-NV")),
				form.DateField("proposaldate", "Ngày tờ trình", func(d *Decision) *form.Value { return &d.Head.ProposalDate }, form.Clause("IV.1"),
					form.Help("Ngày ký tờ trình.", "25/01/2019")),
				form.TextField("note", "Ghi chú", func(d *Decision) *form.Value { return &d.Head.Note },
					form.Help("Nội dung cần nói thêm.", "Ban hành cùng 02 quyết định khác")),
			),
			form.Cells("conference", "Hội nghị tổng kết, trao thưởng (để trống nếu chưa ấn định)",
				form.DateField("date", "Ngày hội nghị", func(d *Decision) *form.Value { return &d.Conference.Date }, form.Clause("IV.1"),
					form.Help("Ngày tổ chức hội nghị tổng kết.", "15/02/2019")),
				form.TextField("start", "Giờ bắt đầu", func(d *Decision) *form.Value { return &d.Conference.Start }, form.Limit(20), form.Clause("IV.1"),
					form.Help("Dạng giờ:phút, giờ Việt Nam.", "08:00")),
				form.TextField("place", "Địa điểm hội nghị", func(d *Decision) *form.Value { return &d.Conference.Place }, form.Limit(200), form.Clause("IV.1"),
					form.Help("Nơi tổ chức hội nghị.", "Hội trường UBND thành phố")),
				form.TextField("chair", "Chủ trì hội nghị", func(d *Decision) *form.Value { return &d.Conference.Chair }, form.Limit(150), form.Clause("IV.1"),
					form.Help("Họ tên, chức vụ người chủ trì.", "Ông Trần Mẫu Hai, Phó Chủ tịch UBND thành phố")),
				form.TextField("conferencenote", "Ghi chú về hội nghị", func(d *Decision) *form.Value { return &d.Conference.Note },
					form.Help("Nội dung cần nói thêm.", "Đại biểu có mặt trước 15 phút")),
			),
		}},
		{Name: "KHÔNG TẶNG", Title: "TRƯỜNG HỢP HỘI ĐỒNG ĐỀ NGHỊ NHƯNG QUYẾT ĐỊNH KHÔNG TẶNG", Landscape: true, Blocks: []form.Block{
			form.Table("withheld", "Để trống nếu quyết định tặng tất cả các trường hợp được đề nghị", 20, func(d *Decision) *[]Withheld { return &d.Withheld },
				form.TextField("code", "Mã", func(w *Withheld) *form.Value { return &w.Code }, form.Required(), form.Limit(40), form.Width(18), form.Clause("III.1.2"),
					form.Help("Mã của tập thể, cá nhân, như trong tệp kiểm phiếu.", "05452-t-a1b2c3")),
				form.TextField("name", "Tên tập thể, cá nhân", func(w *Withheld) *form.Value { return &w.Name }, form.Required(), form.Limit(200), form.Width(40),
					form.Help("Tên như trong danh sách đề nghị.", "UBND phường Tân Thịnh")),
				form.TextField("reason", "Lý do", func(w *Withheld) *form.Value { return &w.Reason }, form.Required(), form.Width(60),
					form.Help("Lý do quyết định không tặng.", "Đang xem xét đơn phản ánh")),
			),
		}},
	},
}

// NewDecision returns the report of a decision with the year filled in.
func NewDecision(period plan.Period) *Decision {
	return &Decision{Head: DecisionHead{Year: form.OfInt(period.To.Year)}}
}

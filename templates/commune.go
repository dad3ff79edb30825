package templates

import (
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/viet"
)

// CommuneAwards is a commune's report on the awards its chairman gave in a year (Plan III.1.3).
type CommuneAwards struct {
	Unit   ReportHead
	Awards []CommuneAward
}

// CommuneAward is one award of a commune's chairman.
type CommuneAward struct {
	Kind, Title, Name, Position, Sex     form.Value
	Award, Decision, Date, Result, Bonus form.Value
	Note                                 form.Value
}

// CommuneAwardsForm declares the report on awards at commune level.
var CommuneAwardsForm = &form.Form{
	ID: "khen-cap-xa", Version: 2, Clause: "III.1.3", From: form.FromUnit, Circle: form.Communes,
	Called: "Báo cáo khen thưởng cấp xã phong trào thi đua {movement}",
	New:    func() any { return &CommuneAwards{} },
	Check:  checkCommuneAwards,
	Sheets: []form.Sheet{
		{Name: "BÁO CÁO", Title: "BÁO CÁO KHEN THƯỞNG CỦA CHỦ TỊCH UBND XÃ, PHƯỜNG", Blocks: []form.Block{
			form.Cells("head", "Thông tin chung",
				reportHeadFields(func(c *CommuneAwards) *ReportHead { return &c.Unit }, "III.1.3",
					"UBND phường Tân Thịnh", "05452", "Chủ tịch UBND phường", "35/BC-UBND")...),
		}},
		{Name: "KHEN THƯỞNG", Title: "DANH SÁCH TẬP THỂ, CÁ NHÂN ĐƯỢC CHỦ TỊCH UBND XÃ, PHƯỜNG KHEN THƯỞNG",
			Landscape: true, Blocks: []form.Block{
				form.Table("awards", "Tập thể, cá nhân đã được khen thưởng trong năm", 40,
					func(c *CommuneAwards) *[]CommuneAward { return &c.Awards },
					form.OneOfField("kind", "Loại", nomineeKinds, func(a *CommuneAward) *form.Value { return &a.Kind },
						form.Required(), form.Width(10), form.Clause("III.1.3"),
						form.Help("Tập thể hoặc Cá nhân.", KindIndividual)),
					form.OneOfField("title", "Ông/Bà", honorifics, func(a *CommuneAward) *form.Value { return &a.Title },
						form.Width(8),
						form.Help("Chỉ ghi với cá nhân.", "Bà")),
					form.TextField("name", "Tên tập thể, cá nhân", func(a *CommuneAward) *form.Value { return &a.Name },
						form.Required(), form.Limit(200), form.Width(30), form.Clause("III.1.3"),
						form.Help("Tên đầy đủ, không viết tắt.", "Trần Thị Bình")),
					form.TextField("position", "Chức vụ, nơi công tác, nơi ở",
						func(a *CommuneAward) *form.Value { return &a.Position }, form.Limit(200), form.Width(28),
						form.Help("Chức vụ, bộ phận; nơi ở nếu là người dân.", "Tổ trưởng tổ dân phố số 5")),
					form.OneOfField("sex", "Giới tính", sexes, func(a *CommuneAward) *form.Value { return &a.Sex },
						form.Width(8),
						form.Help("Chỉ ghi với cá nhân.", "Nữ")),
					form.OneOfField("award", "Hình thức khen thưởng", []string{"Giấy khen của Chủ tịch UBND phường",
						"Giấy khen của Chủ tịch UBND xã"}, func(a *CommuneAward) *form.Value { return &a.Award },
						form.Required(), form.Open(), form.Width(24), form.Clause("III.1.3"),
						form.Help("Chọn trong danh sách hoặc ghi hình thức khác.", "Giấy khen của Chủ tịch UBND phường")),
					form.TextField("decision", "Số quyết định", func(a *CommuneAward) *form.Value { return &a.Decision },
						form.Required(), form.Limit(50), form.Width(18), form.Clause("III.1.3"),
						form.Help("Số, ký hiệu quyết định khen thưởng.", "120/QĐ-UBND")),
					form.DateField("date", "Ngày quyết định", func(a *CommuneAward) *form.Value { return &a.Date },
						form.Required(), form.Width(13), form.Clause("III.1.3"),
						form.Help("Ngày ký quyết định, dạng ngày/tháng/năm.", "12/11/2018")),
					form.TextField("result", "Thành tích", func(a *CommuneAward) *form.Value { return &a.Result },
						form.Required(), form.Limit(1000), form.Width(40), form.Clause("III.1.3"),
						form.Help("Thành tích trong công tác cải cách hành chính.",
							"Vận động 120 hộ sử dụng dịch vụ công trực tuyến")),
					form.NumberField("bonus", "Tiền thưởng (đồng)",
						func(a *CommuneAward) *form.Value { return &a.Bonus }, form.Width(13),
						form.Help("Số tiền thưởng kèm theo; để trống nếu không có.", "300000")),
					form.TextField("note", "Ghi chú", func(a *CommuneAward) *form.Value { return &a.Note }, form.Width(16),
						form.Help("Nội dung cần nói thêm.", "Khen đột xuất")),
				),
			}},
	},
}

// checkCommuneAwards reports a name that stands twice under one decision; two decisions are two
// awards.
func checkCommuneAwards(value any, c form.Context) []finding.Finding {
	var out []finding.Finding
	seen := map[string]form.Value{}
	for _, a := range value.(*CommuneAwards).Awards {
		if !a.Name.Given() {
			continue
		}
		key := a.Kind.Text + "\x00" + NameKey(a.Kind.Text, a.Name.Text) + "\x00" + viet.NameKey(a.Position.Text) +
			"\x00" + viet.Fold(a.Decision.Text)
		if first, ok := seen[key]; ok {
			out = append(out, finding.New(finding.Twice, at(a.Name), "name", a.Name.Text, "read", place(first),
				"clause", "III.1.3"))
			continue
		}
		seen[key] = a.Name
	}
	return out
}

// NewCommuneAwards returns a report on awards at commune level with who reports and for which year.
func NewCommuneAwards(period plan.Period, u plan.Unit) *CommuneAwards {
	return &CommuneAwards{Unit: newReportHead(period, u)}
}

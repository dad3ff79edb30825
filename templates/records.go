package templates

import "thidua/templates/form"

// Records are the official facts that Phòng Nội vụ keeps (Plan IV.1): the index, the ratings, the
// discipline register. They may come in parts: an empty table says nothing about the units it does
// not name.
type Records struct {
	Head        RecordsHead
	Index       []IndexResult
	UnitRatings []UnitRating
	Ratings     []PersonRating
	Discipline  []DisciplineEntry
}

// RecordsHead says for which year the records are and on what they rest.
type RecordsHead struct {
	Year, Preparer, IndexSource, RatingSource, DisciplineUpTo, Note form.Value
}

// IndexResult is one commune's CCHC index (Plan III.2.1, fifth standard).
type IndexResult struct {
	Unit, Self, Appraised, Rank, Band, Note form.Value
}

// UnitRating holds a unit's ratings (Plan III.2.1, first and fourth standards).
type UnitRating struct {
	Unit, Collective, Grade, Party                form.Value
	Union, Youth, Women, Farmers, Veterans, Front form.Value
	Note                                          form.Value
}

// PersonRating is the rating of one person (Plan III.2.2, first standard).
type PersonRating struct {
	Unit, Name, Position, Grade, Note form.Value
}

// DisciplineEntry is one entry of the register of breaches (Plan III.2.1 and III.2.2, sixth
// standards).
type DisciplineEntry struct {
	Unit, Name, Date, Content, Source, Note form.Value
}

// RecordsForm declares the official records workbook.
var RecordsForm = &form.Form{
	ID: "so-lieu", Version: 2, Clause: "IV.1", From: form.FromOffice,
	Called: "Số liệu chính thức của cơ quan thường trực",
	New:    func() any { return &Records{} },
	Check:  checkRecords,
	Sheets: []form.Sheet{
		{Name: "CHUNG", Title: "SỐ LIỆU CHÍNH THỨC PHỤC VỤ XÉT KHEN THƯỞNG", Blocks: []form.Block{
			form.Cells("head", "Thông tin chung",
				form.YearField("year", "Năm", func(r *Records) *form.Value { return &r.Head.Year }, form.Required(), form.Preset(), form.Clause("IV.1"),
					form.Help("Năm của số liệu.", "2018")),
				form.TextField("preparer", "Người lập biểu", func(r *Records) *form.Value { return &r.Head.Preparer }, form.Required(), form.Person(), form.Limit(100),
					form.Help("Cán bộ tổng hợp số liệu.", "Phạm Thị Dung")),
				form.TextField("indexsource", "Văn bản công bố Chỉ số CCHC (số, ngày)", func(r *Records) *form.Value { return &r.Head.IndexSource }, form.Limit(200), form.Where(listIndex), form.Clause("III.2.1"),
					form.Help("Văn bản công bố kết quả Chỉ số CCHC cấp xã.", "Quyết định số 15/QĐ-UBND ngày 14/01/2019")),
				form.TextField("ratingsource", "Văn bản công nhận kết quả xếp loại (số, ngày)", func(r *Records) *form.Value { return &r.Head.RatingSource }, form.Limit(200), form.Clause("III.2.1"),
					form.Help("Văn bản công nhận kết quả đánh giá, xếp loại.", "Thông báo số 02/TB-UBND ngày 10/01/2019")),
				form.DateField("disciplineupto", "Sổ kỷ luật, kỷ cương đã rà soát đến ngày", func(r *Records) *form.Value { return &r.Head.DisciplineUpTo }, form.Where(factDiscipline), form.Clause("III.2.1"),
					form.Help("Khi có ngày này, đơn vị và người không có tên trong trang KỶ LUẬT được hiểu là không vi phạm.", "31/12/2018")),
				form.TextField("note", "Ghi chú", func(r *Records) *form.Value { return &r.Head.Note },
					form.Help("Nội dung cần nói thêm.", "Số liệu bổ sung lần 1")),
			),
		}},
		{Name: "CHỈ SỐ CCHC", Title: "KẾT QUẢ CHỈ SỐ CCHC CỦA UBND CÁC XÃ, PHƯỜNG", Blocks: []form.Block{
			where(listIndex, form.Table("index", "Kết quả đánh giá, xếp hạng", 100, func(r *Records) *[]IndexResult { return &r.Index },
				form.ChoiceField("unit", "Đơn vị", "units", func(x *IndexResult) *form.Value { return &x.Unit }, form.Required(), form.Preset(), form.Width(32), form.Clause("III.2.1"),
					form.Help("Tên xã, phường.", "UBND phường Tân Thịnh")),
				form.NumberField("self", "Điểm tự đánh giá", func(x *IndexResult) *form.Value { return &x.Self }, form.Between(0, 100), form.Width(12),
					form.Help("Điểm đơn vị tự chấm.", "88,25")),
				form.NumberField("appraised", "Điểm thẩm định", func(x *IndexResult) *form.Value { return &x.Appraised }, form.Required(), form.Between(0, 100), form.Fact("index.score"), form.Width(12), form.Clause("III.2.1"),
					form.Help("Điểm sau thẩm định.", "86,5")),
				form.IntField("rank", "Xếp hạng", func(x *IndexResult) *form.Value { return &x.Rank }, form.Between(1, 1000), form.Width(10),
					form.Help("Thứ hạng trong các xã, phường.", "7")),
				form.ChoiceField("band", "Xếp loại", "index-band", func(x *IndexResult) *form.Value { return &x.Band }, form.Required(), form.Fact("index.band"), form.Width(14), form.Clause("III.2.1"),
					form.Help("Xếp loại được công bố.", "Tốt")),
				form.TextField("note", "Ghi chú", func(x *IndexResult) *form.Value { return &x.Note }, form.Width(20),
					form.Help("Nội dung cần nói thêm.", "Đã phúc tra")),
			)),
		}},
		{Name: "XẾP LOẠI ĐƠN VỊ", Title: "KẾT QUẢ XẾP LOẠI TẬP THỂ, TỔ CHỨC ĐẢNG, ĐOÀN THỂ", Landscape: true, Blocks: []form.Block{
			form.Table("unitratings", "Kết quả xếp loại theo đơn vị", 200, func(r *Records) *[]UnitRating { return &r.UnitRatings },
				form.ChoiceField("unit", "Đơn vị", "units", func(x *UnitRating) *form.Value { return &x.Unit }, form.Required(), form.Preset(), form.Width(32), form.Clause("III.2.1"),
					form.Help("Tên đơn vị.", "Phòng Tư pháp")),
				form.TextField("collective", "Tập thể (nếu không phải cả đơn vị)", func(x *UnitRating) *form.Value { return &x.Collective }, form.Limit(200), form.Width(26),
					form.Help("Chỉ ghi khi kết quả dành riêng cho một tập thể trong đơn vị.", "Bộ phận tiếp nhận và trả kết quả")),
				form.ChoiceField("grade", "Mức độ hoàn thành nhiệm vụ", "grade", func(x *UnitRating) *form.Value { return &x.Grade }, form.Fact("grade"), form.Width(22), form.Clause("III.2.1"),
					form.Help("Kết quả đánh giá tập thể.", "Hoàn thành xuất sắc nhiệm vụ")),
				form.ChoiceField("party", "Xếp loại tổ chức đảng", "party", func(x *UnitRating) *form.Value { return &x.Party }, form.Fact("party"), form.Width(22), form.Clause("III.2.1"),
					form.Help("Để trống nếu không có tổ chức đảng riêng.", "Hoàn thành xuất sắc nhiệm vụ")),
				form.ChoiceField("union", "Xếp loại Công đoàn", "union", func(x *UnitRating) *form.Value { return &x.Union }, form.Fact("union"), form.Width(14), form.Clause("III.2.1"),
					form.Help("Để trống nếu không có.", "Vững mạnh")),
				form.ChoiceField("youth", "Xếp loại Đoàn Thanh niên", "youth", func(x *UnitRating) *form.Value { return &x.Youth }, form.Fact("youth"), form.Width(14), form.Clause("III.2.1"),
					form.Help("Để trống nếu không có.", "Khá")),
				form.ChoiceField("women", "Xếp loại Hội Phụ nữ", "women", func(x *UnitRating) *form.Value { return &x.Women }, form.Fact("women"), form.Width(14), form.Clause("III.2.1"),
					form.Help("Để trống nếu không có.", "Khá")),
				form.ChoiceField("farmers", "Xếp loại Hội Nông dân", "farmers", func(x *UnitRating) *form.Value { return &x.Farmers }, form.Fact("farmers"), form.Width(14), form.Clause("III.2.1"),
					form.Help("Để trống nếu không có.", "Khá")),
				form.ChoiceField("veterans", "Xếp loại Hội Cựu chiến binh", "veterans", func(x *UnitRating) *form.Value { return &x.Veterans }, form.Fact("veterans"), form.Width(14), form.Clause("III.2.1"),
					form.Help("Để trống nếu không có.", "Khá")),
				form.ChoiceField("front", "Xếp loại Ủy ban MTTQ", "front", func(x *UnitRating) *form.Value { return &x.Front }, form.Fact("front"), form.Width(14), form.Clause("III.2.1"),
					form.Help("Để trống nếu không có.", "Khá")),
				form.TextField("note", "Ghi chú", func(x *UnitRating) *form.Value { return &x.Note }, form.Width(18),
					form.Help("Nội dung cần nói thêm.", "Theo thông báo bổ sung")),
			),
		}},
		{Name: "XẾP LOẠI CÁ NHÂN", Title: "KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CÁ NHÂN", Blocks: []form.Block{
			form.Table("ratings", "Kết quả xếp loại cá nhân", 400, func(r *Records) *[]PersonRating { return &r.Ratings },
				form.ChoiceField("unit", "Đơn vị", "units", func(x *PersonRating) *form.Value { return &x.Unit }, form.Required(), form.Width(30), form.Clause("III.2.2"),
					form.Help("Tên đơn vị.", "UBND phường Tân Thịnh")),
				form.TextField("name", "Họ và tên", func(x *PersonRating) *form.Value { return &x.Name }, form.Required(), form.Person(), form.Limit(100), form.Width(26), form.Clause("III.2.2"),
					form.Help("Họ và tên đầy đủ.", "Trần Thị Bình")),
				form.TextField("position", "Chức vụ, chức danh", func(x *PersonRating) *form.Value { return &x.Position }, form.Limit(150), form.Width(26),
					form.Help("Giúp phân biệt người trùng tên.", "Công chức Văn phòng - Thống kê")),
				form.ChoiceField("grade", "Mức độ hoàn thành nhiệm vụ", "grade", func(x *PersonRating) *form.Value { return &x.Grade }, form.Required(), form.Fact("grade"), form.Width(26), form.Clause("III.2.2"),
					form.Help("Kết quả đánh giá, xếp loại cuối năm.", "Hoàn thành xuất sắc nhiệm vụ")),
				form.TextField("note", "Ghi chú", func(x *PersonRating) *form.Value { return &x.Note }, form.Width(18),
					form.Help("Nội dung cần nói thêm.", "Chuyển công tác tháng 10")),
			),
		}},
		{Name: "KỶ LUẬT", Title: "SỔ THEO DÕI VI PHẠM KỶ LUẬT, KỶ CƯƠNG HÀNH CHÍNH", Blocks: []form.Block{
			where(factDiscipline, form.Table("discipline", "Các vụ việc trong năm", 100, func(r *Records) *[]DisciplineEntry { return &r.Discipline },
				form.ChoiceField("unit", "Đơn vị", "units", func(x *DisciplineEntry) *form.Value { return &x.Unit }, form.Required(), form.Width(30), form.Clause("III.2.1"),
					form.Help("Đơn vị để xảy ra vụ việc.", "UBND phường Tân Thịnh")),
				form.TextField("name", "Họ và tên (để trống nếu là tập thể)", func(x *DisciplineEntry) *form.Value { return &x.Name }, form.Person(), form.Limit(100), form.Width(26), form.Fact(factDiscipline), form.Clause("III.2.2"),
					form.Help("Người vi phạm; để trống khi vụ việc thuộc về tập thể.", "Lê Văn Cường")),
				form.DateField("date", "Ngày", func(x *DisciplineEntry) *form.Value { return &x.Date }, form.Required(), form.Width(13),
					form.Help("Ngày của quyết định, biên bản hoặc đơn.", "20/09/2018")),
				form.TextField("content", "Nội dung vi phạm", func(x *DisciplineEntry) *form.Value { return &x.Content }, form.Required(), form.Limit(500), form.Width(36), form.Clause("III.2.1"),
					form.Help("Vi phạm kỷ luật, bị phản ánh, hoặc lập biên bản kiểm điểm.", "Biên bản kiểm điểm về giờ giấc làm việc")),
				form.TextField("source", "Căn cứ", func(x *DisciplineEntry) *form.Value { return &x.Source }, form.Limit(200), form.Width(26),
					form.Help("Văn bản làm căn cứ.", "Biên bản số 02/BB ngày 20/9/2018")),
				form.TextField("note", "Ghi chú", func(x *DisciplineEntry) *form.Value { return &x.Note }, form.Width(16),
					form.Help("Nội dung cần nói thêm.", "Đã khắc phục")),
			)),
		}},
	},
}

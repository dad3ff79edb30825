package consolidation

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/grid"
	"thidua/templates/plan"
	"thidua/templates/xlsx"
)

// people is how many individuals a dossier proposes here; each has a report and a vote as well.
const people = 40

// dossier is the workbook of one unit: eight targets, one collective, forty people with their
// reports and votes. No two workbooks share a person, and no two people a birthday, figures or a
// text, so that nothing but the form comes again from file to file. The same n gives the same
// bytes.
func dossier(unit plan.Unit, n int) []byte {
	ctx := templates.Context(thePlan(), season(), unit.Code)
	d := templates.NewDossier(thePlan(), season(), unit, nil)
	fill := func(b *form.Block, rec any, row int) {
		random := rand.New(rand.NewPCG(uint64(n), uint64(row)))
		for i := range b.Fields {
			f := &b.Fields[i]
			v := f.At(rec)
			if f.Key == "kind" {
				*v = form.Of(templates.KindIndividual)
			} else if text := own(b.Key, f.Key, n, row, random); text != "" {
				*v = form.Of(text)
			} else if v.Text == "" {
				*v = form.Of(ctx.Example(*f))
			}
			if p := f.Parse("", grid.Cell{Row: 1, Col: 1, Kind: grid.Text, Text: v.Text}, false, ctx); p.Value.Given() {
				v.Text = p.Value.Text
			}
		}
	}
	for _, b := range templates.DossierForm.Blocks() {
		rows := map[string]int{"targets": 8, "collectives": 1, "individuals": people, "reports": people,
			"votes": people}[b.Key]
		if b.Kind == form.CellsBlock {
			fill(b, d, 0)
		}
		for i := range rows {
			fill(b, b.Append(d), i+1)
		}
	}
	d.Proposal.Individuals, d.Proposal.Collectives = form.OfInt(people), form.OfInt(1)
	out, err := xlsx.Write(templates.DossierForm, xlsx.Heading{Superior: "UBND THÀNH PHỐ THÁI NGUYÊN",
		Issuer: unit.Name, Plan: "Kế hoạch số 31/KH-UBND", Period: "năm 2018", Office: "Phòng Nội vụ"}, ctx, d)
	if err != nil {
		panic(err)
	}
	return out
}

// own is what only this row of this dossier says in a field, "" for fields that say the same for
// many.
func own(block, field string, n, row int, random *rand.Rand) string {
	pick := func(from []string) string { return from[random.IntN(len(from))] }
	switch {
	case block == "targets" && field == "result":
		return fmt.Sprintf("Đạt %d,%d%%, %s", 90+random.IntN(10), random.IntN(10), pick(deeds))
	case block != "individuals" && block != "reports" && block != "votes":
		return ""
	}
	switch field {
	case "name":
		i := n*people + row // as many names as there are people, in words
		return strings.Join([]string{families[i%len(families)], "Thị", given[i/10%len(given)],
			given[i/10/len(given)%len(given)], given[i/10/len(given)/len(given)]}, " ")
	case "born":
		return fmt.Sprintf("%02d/%02d/%d", 1+random.IntN(28), 1+random.IntN(12), 1965+random.IntN(30))
	case "received":
		return strconv.Itoa(2000 + random.IntN(2000))
	case "ontime":
		return strconv.Itoa(1000 + random.IntN(1000))
	case "overdue":
		return strconv.Itoa(random.IntN(50))
	case "online":
		return fmt.Sprintf("%d,%d", random.IntN(100), random.IntN(10))
	case "duties", "initiative", "shortfall":
		return pick(deeds) + " ở bộ phận " + pick(given)
	case "summary":
		return fmt.Sprintf("Giải quyết %d hồ sơ; %s; %s", random.IntN(5000), pick(deeds), pick(deeds))
	case "results":
		return fmt.Sprintf("Tiếp nhận %d hồ sơ, đúng hạn %d%%; %s; %s; %s", random.IntN(5000), 90+random.IntN(10),
			pick(deeds), pick(deeds), pick(deeds))
	}
	return ""
}

var (
	families = strings.Fields("Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Dương")
	given    = strings.Fields("An Bình Châu Dung Giang Hà Hải Hạnh Hiền Hoa Hòa Hồng Huệ Hương Khánh Lan Liên " +
		"Loan Mai Minh Nga Ngân Ngọc Nguyệt Nhung Oanh Phương Quỳnh Tâm Thanh Thảo Thoa Thu Thủy Trang Tuyết Vân " +
		"Xuân Yến Ánh")
	deeds = []string{
		"rút ngắn thời gian giải quyết thủ tục đăng ký hộ tịch",
		"tuyên truyền dịch vụ công trực tuyến tới từng tổ dân phố", "số hóa hồ sơ địa chính của phường",
		"hướng dẫn người cao tuổi nộp hồ sơ tại nhà", "không để hồ sơ nào quá hạn",
		"đề xuất bỏ hai loại giấy tờ trùng lặp", "trực tiếp công dân cả ngày thứ bảy",
		"cập nhật đầy đủ bộ thủ tục hành chính lên trang thông tin", "tập huấn cho cán bộ mới",
		"phối hợp với công an phường cấp định danh", "lắp bảng chỉ dẫn song ngữ",
		"trả kết quả qua bưu điện cho người dân ở xa", "lấy ý kiến hài lòng sau mỗi lượt giao dịch",
		"xử lý dứt điểm phản ánh trong ngày",
	}
)

package scenarios_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"thidua/templates/calendar"
	"thidua/templates/plan"
)

// rewritten is a plan as another one's data: its files with other words, and what no other words
// make of it.
func rewritten(t *testing.T, base *plan.Plan, words []string, edit func(*plan.Plan)) *plan.Plan {
	t.Helper()
	load := func(p *plan.Plan, words *strings.Replacer) *plan.Plan {
		files, err := plan.Encode(p)
		must(t, err)
		out := fstest.MapFS{}
		for name, raw := range files {
			out[name] = &fstest.MapFile{Data: []byte(words.Replace(string(raw)))}
		}
		p, err = plan.Load(out)
		must(t, err)
		return p
	}
	p := load(base, strings.NewReplacer(words...))
	edit(p)
	return load(p, strings.NewReplacer())
}

// anotherCity is the same movement in another province's city in 2026 – 2027: eight wards and ten
// offices, other deadlines and numbers, a stage of two years.
func anotherCity(t *testing.T) *plan.Plan {
	base, err := plan.Default()
	must(t, err)
	words := []string{"31/KH-UBND", "45/KH-UBND", "31-kh-ubnd-2018", "45-kh-ubnd-2026", "Thái Nguyên", "Sơn Bình",
		"THÁI NGUYÊN", "SƠN BÌNH", "thainguyen", "sonbinh", "10/3", "15/4", "31/12", "01/12",
		" (năm 2018 là ngày ban hành Kế hoạch)", "",
		"Phòng Nội vụ", "Văn phòng Thi đua", "phòng Nội vụ", "văn phòng Thi đua", "PHÒNG NỘI VỤ", "VĂN PHÒNG THI ĐUA",
		"Sở Nội vụ", "Ban Thi đua"}
	return rewritten(t, base, words, func(p *plan.Plan) {
		p.IssuedOn, p.Title = calendar.Date{Year: 2026, Month: 1, Day: 20},
			"Kế hoạch phong trào thi đua “Thực hiện Cải cách hành chính” thành phố Sơn Bình, giai đoạn 2026 - 2027"
		p.Periods, p.Questions = nil, nil
		for _, years := range [][]int{{2026}, {2027}, {2026, 2027}} {
			first, last := years[0], years[len(years)-1]
			per := plan.Period{
				ID: fmt.Sprint(first), Kind: plan.Annual, Title: fmt.Sprint("Năm ", first), Years: years,
				From: calendar.Date{Year: first, Month: 1, Day: 1}, To: calendar.Date{Year: last, Month: 12, Day: 31},
				Registration: &plan.Deadline{Before: calendar.Date{Year: last, Month: 4, Day: 15}, Clause: "III.4"},
				Dossier:      &plan.Deadline{Before: calendar.Date{Year: last, Month: 12, Day: 1}, Clause: "III.4"},
			}
			if len(years) > 1 {
				per.ID, per.Kind, per.Title, per.Registration = "2026-2027", plan.Stage, "Giai đoạn 2026 - 2027", nil
			}
			p.Periods = append(p.Periods, per)
		}
		wards := strings.Split("Đồng Tiến;Phương Lâm;Tân Hòa;Thịnh Lang;Hữu Nghị;Dân Chủ;Thái Bình;Kỳ Sơn", ";")
		var units []plan.Unit
		for i, name := range wards {
			units = append(units, plan.Unit{
				Code: fmt.Sprintf("0880%d", i), Name: "UBND phường " + name, Short: name, Kind: "phường",
				Group: plan.Communes, Head: "Chủ tịch UBND phường",
				Emails: []string{fmt.Sprintf("p%d@sonbinh.example", i)},
			})
		}
		offices := slices.DeleteFunc(slices.Clone(p.Units), func(u plan.Unit) bool { return u.Group == plan.Communes })
		p.Units = append(units, offices[:10]...)
		for i := range p.Quotas {
			p.Quotas[i].Places = 2 + i
		}
		p.Totals = nil
		p.Bases = slices.DeleteFunc(p.Bases, func(b plan.LegalBasis) bool { return strings.Contains(b.Text, "2018") })
		p.Calendar = calendar.Calendar{Holidays: []calendar.Date{{Year: 2026, Month: 2, Day: 16},
			{Year: 2027, Month: 2, Day: 5}}}
	})
}

// aCommune is a commune's own movement of one year: hamlets and organisations, no stage, no
// register of discipline, no index, no reporters.
func aCommune(t *testing.T, ward *plan.Plan) *plan.Plan {
	words := []string{"phường Thanh Bình", "xã An Lạc", "PHƯỜNG THANH BÌNH", "XÃ AN LẠC", "Thanh Bình", "An Lạc",
		"thanhbinh", "anlac", "Phường điện tử, phục vụ Nhân dân", "Xây dựng nông thôn mới",
		"12/KH-UBND", "07/KH-UBND", "mau-ke-hoach-phuong", "07-kh-ubnd-2026", "2020", "2027", "2019", "2026",
		"Tổ dân phố", "Thôn", "tổ dân phố", "thôn", "UBND phường", "UBND xã", "phường", "xã",
		"Tổ trưởng thôn", "Trưởng thôn", "thủ tục hành chính", "công việc của Nhân dân", "hồ sơ trực tuyến",
		"đường làng ngõ xóm", "Trực tiếp tiếp nhận, giải quyết", "Trực tiếp làm", "Tổ trưởng", "Trưởng thôn",
		"thành phố", "huyện"}
	return rewritten(t, ward, words, func(p *plan.Plan) {
		p.Periods = p.Periods[:1]
		p.Occasions = slices.DeleteFunc(p.Occasions, func(o plan.Occasion) bool { return o.ID == "province" })
		p.Reporters, p.Province, p.Copies = nil, plan.Province{},
			[]plan.Copies{{Level: "city", Title: "Khen thưởng cấp xã", Sets: 1, Clause: "III.3"}}
		p.Criteria = slices.DeleteFunc(p.Criteria, func(c plan.Criterion) bool { return c.Check.Fact == "discipline" })
		p.Scales = slices.DeleteFunc(p.Scales, func(s plan.Scale) bool {
			return s.ID == "party" || s.ID == "union" || s.ID == "farmers" || s.ID == "front"
		})
		p.Totals = nil
	})
}

// schools is a movement of a sector: kindergartens and schools, two kinds of award.
func schools(t *testing.T, ward *plan.Plan) *plan.Plan {
	words := []string{"phường Thanh Bình", "huyện Tân Phú", "PHƯỜNG THANH BÌNH", "HUYỆN TÂN PHÚ", "Thanh Bình",
		"Tân Phú", "thanhbinh", "tanphu", "Phường điện tử, phục vụ Nhân dân", "Dạy tốt - Học tốt",
		"12/KH-UBND", "21/KH-PGDĐT", "mau-ke-hoach-phuong", "21-kh-pgd-2026", "2020", "2027", "2019", "2026",
		"Tổ dân phố số", "Trường Mầm non số", "Tổ dân phố", "Trường mầm non", "tổ dân phố", "trường mầm non",
		"Bộ phận, đoàn thể", "Trường phổ thông", "UBND phường", "Phòng GDĐT", "Chủ tịch UBND phường",
		"Trưởng phòng GDĐT", "phường", "ngành", "Văn phòng - Thống kê", "Chuyên môn", "thủ tục hành chính",
		"chương trình giáo dục"}
	return rewritten(t, ward, words, func(p *plan.Plan) {
		p.Award, p.Province.Award = "Giấy khen của Trưởng phòng Giáo dục và Đào tạo", "Đề nghị khen thưởng cấp huyện"
		p.Issuer = plan.Issuer{Name: "Phòng Giáo dục và Đào tạo huyện Tân Phú", Short: "Phòng GDĐT huyện Tân Phú",
			Chair: "Trưởng phòng Giáo dục và Đào tạo"}
		p.Periods, p.Reporters = p.Periods[:1], nil
	})
}

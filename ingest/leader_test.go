package ingest

import (
	"slices"
	"testing"

	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// A leader's answer is read only where one line says it and no other line takes it back.
func TestAnswersOfLeaders(t *testing.T) {
	for text, want := range map[string]string{
		"đồng ý":                    saysYes,
		"Đồng ý.":                   saysYes,
		"DONG Y":                    saysYes,
		"Tôi đồng ý gửi hồ sơ này.": saysYes,
		"Đã xem, nhất trí với đề nghị": saysYes,
		"Kính gửi Phòng Nội vụ,\n\nTôi đồng ý.\n\nTrân trọng,\nNguyễn Văn An\nKhông in thư này nếu không cần " +
			"thiết": saysYes,
		"Đồng ý\n\nSent from my iPhone":                  saysYes,
		"Đồng ý\n--\nUBND phường không chịu trách nhiệm": saysYes,
		"> đồng ý": saysUnclear,
		"Vào T2, 5 thg 3, 2018 lúc 16:30 Nội vụ đã viết:\n> x\nđồng ý": saysUnclear,
		"Đồng ý nhưng sửa mục 2":                                       saysUnclear,
		"Đồng ý\nTuy nhiên đề nghị xem lại danh sách":                  saysUnclear,
		"Tôi chưa xem, anh em đồng ý thì gửi":                          saysUnclear,
		"Không đồng ý": saysNo,
		"Tôi không đồng ý, sửa lại danh sách cá nhân": saysNo,
		"Chưa đồng ý\nĐề nghị bổ sung biên bản":       saysNo,
		"Đồng ý\nKhông đồng ý":                        saysUnclear,
		"Đã nhận được thư":                            saysUnclear,
		"":                                            saysUnclear,
	} {
		if got := answers(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// The plan names forms that exist and that units send.
func TestFormsToBeApprovedAreOfUnits(t *testing.T) {
	for _, id := range plan.ApprovalForms() {
		if f, ok := templates.Lookup(id); !ok || f.From != form.FromUnit {
			t.Errorf("%s is no form of units", id)
		}
	}
	if slices.Contains(plan.ApprovalForms(), templates.VotesForm.ID) {
		t.Error("leaders are asked about ballots")
	}
}

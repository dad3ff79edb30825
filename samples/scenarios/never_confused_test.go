package scenarios_test

import (
	"strings"
	"testing"

	"thidua/ingest/mailbox"
	"thidua/ingest/submission"
	"thidua/templates/finding"
)

// A file that could not be read says nothing about the unit; a unit that registered nobody has said
// so. The two are never the same state, and each letter names its own reason.
func TestUnreadableIsNeverTakenForNobody(t *testing.T) {
	w := play(t, "08-unreadable-is-not-nobody")
	wants := map[string]struct {
		state submission.State
		code  finding.Code
		says  string
	}{
		tanThinh:  {submission.ToFix, finding.OldXLS, "Excel 97-2003 (.xls)"},
		thinhDan:  {submission.ToFix, finding.Encrypted, "đặt mật khẩu"},
		dongQuang: {submission.ToFix, finding.Damaged, "tệp bị cắt cụt"},
		giaSang:   {submission.ToFix, finding.Damaged, "nội dung bị đứt giữa chừng"},
		tuPhap:    {submission.Accepted, "", "Hợp lệ, đã ghi sổ"},
	}
	d := w.dataset()
	letters, err := w.ledger.Outbox().Letters(t.Context())
	must(t, err)
	for unit, want := range wants {
		t.Run(unit, func(t *testing.T) {
			registered, sent := d.Current("2018", "dang-ky", unit)
			if isRegistered := sent &&
				registered.State == submission.Accepted; isRegistered != (want.state == submission.Accepted) {
				t.Errorf("counts as registered: %v", isRegistered)
			}
			for _, s := range d.Submissions {
				if s.Unit == unit && (s.State != want.state || want.code != "" && !finding.Has(s.Findings, want.code) ||
					(s.Form == "") != (want.code != "")) {
					t.Errorf("state %s, form %q, findings %v", s.State, s.Form, s.Findings)
				}
			}
			said := false
			for _, x := range letters {
				if x.Unit != unit {
					continue
				}
				raw, err := w.ledger.Blob(t.Context(), x.SHA256)
				must(t, err)
				text := strings.Join(strings.Fields(mailbox.Parse(raw, mailbox.Limits{}).Text), " ")
				said = strings.Contains(text, want.says)
				if unread := strings.Contains(text, "chưa đọc được số liệu"); unread != (want.code != "") {
					t.Errorf("the letter says that nothing was read: %v", unread)
				}
			}
			if !said {
				t.Errorf("no letter says “%s”", want.says)
			}
		})
	}
}

package ledgertest

import (
	"errors"
	"testing"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/submission"
	"thidua/templates/calendar"
)

// overridesHold: what was known at a moment is known for ever, rulings of the office included.
func overridesHold(t *testing.T, o Open) {
	clock := &Clock{Start}
	l := open(t, o, clock)
	ruling := submission.Override{Kind: submission.ReceiptDate, Period: "2018", Unit: "05452", Form: "ho-so",
		Day:    calendar.Date{Year: 2018, Month: 12, Day: 28},
		Person: "Hoàng Văn Giang", Reason: "Nộp bản giấy tại Phòng Nội vụ", Ref: "Sổ văn bản đến số 812"}
	first, err := l.Overrides().Add(t.Context(), ruling)
	ok(t, err)
	if first.ID == "" || !first.At.Equal(Start) {
		t.Errorf("%+v", first)
	}
	clock.Time = Start.Add(time.Hour)
	waiver := submission.Override{Kind: submission.Waiver, Period: "2018", Unit: "05452", Nominee: "05452-t-a1b2c3",
		Criterion: "TT4.2",
		Person:    "Hoàng Văn Giang", Reason: "Công đoàn mới thành lập", Source: "m1"}
	second, err := l.Overrides().Add(t.Context(), waiver)
	ok(t, err)
	if again, err := l.Overrides().Add(t.Context(), waiver); err != nil || again != second {
		t.Errorf("a mailed ruling is entered twice: %+v, %v", again, err)
	}
	if same, err := l.Overrides().Add(t.Context(), ruling); err != nil || same.ID == first.ID {
		t.Errorf("the same ruling given again is one of its own: %+v, %v", same, err)
	} else {
		ok(t, l.Overrides().End(t.Context(), same.ID, "x", "nhầm"))
	}
	clock.Time = Start.Add(2 * time.Hour)
	ok(t, l.Overrides().End(t.Context(), first.ID, "Phạm Thị Dung", "Nhầm đơn vị"))
	if err := l.Overrides().End(t.Context(), first.ID, "x", "y"); !errors.Is(err, ledger.ErrEnded) {
		t.Errorf("ended twice: %v", err)
	}
	if err := l.Overrides().End(t.Context(), "QD-0", "x", "y"); !errors.Is(err, ledger.ErrUnknown) {
		t.Errorf("unknown: %v", err)
	}
	for _, c := range []struct {
		at   time.Duration
		want []string
	}{{-time.Second, nil}, {0, []string{first.ID}}, {90 * time.Minute, []string{first.ID, second.ID}},
		{2 * time.Hour, []string{second.ID}}} {
		d, err := l.Dataset(t.Context(), Start.Add(c.at))
		ok(t, err)
		var got []string
		for _, x := range d.Overrides {
			got = append(got, x.ID)
		}
		if len(got) != len(c.want) || len(got) > 0 && got[0] != c.want[0] {
			t.Errorf("%s later: %v, want %v", c.at, got, c.want)
		}
	}
	remembers(t, l, Start.Add(90*time.Minute), Start.Add(2*time.Hour))
	for _, bad := range []submission.Override{
		{}, {Kind: submission.Waiver, Period: "2018", Unit: "05452", Nominee: "x", Criterion: "TT1", Person: "y"},
		{Kind: submission.Extension, Period: "2018", Unit: "05452", Form: "ho-so", Person: "y", Reason: "z"},
	} {
		if _, err := l.Overrides().Add(t.Context(), bad); err == nil {
			t.Errorf("taken in: %+v", bad)
		}
	}
	all, err := l.Overrides().All(t.Context())
	ok(t, err)
	if len(all) != 3 || all[0].EndReason != "Nhầm đơn vị" || all[0].Override != first {
		t.Errorf("%+v", all)
	}
}

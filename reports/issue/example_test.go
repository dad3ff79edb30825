package issue_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"thidua/ingest/ledger"
	"thidua/reports/issue"
	"thidua/reports/post"
	"thidua/reports/prefill"
	"thidua/templates/calendar/calendartest"
	"thidua/templates/plan"
)

// What is due on the working day after the deadline for registrations is issued once: the table of
// who registered, and the forms that were due before.
func ExampleIssuer_Issue() {
	built, err := plan.Default()
	if err != nil {
		panic(err)
	}
	p := *built
	p.Units = slices.Clone(p.Units)
	for i := range p.Units { // a movement whose units are written to on paper
		p.Units[i].Emails = nil
	}
	dir, err := os.MkdirTemp("", "issue")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	ctx, clock := context.Background(), calendartest.Fixed(time.Date(2018, 3, 12, 2, 0, 0, 0, time.UTC))
	l, err := ledger.Open(ctx, filepath.Join(dir, "ledger.db"), clock)
	if err != nil {
		panic(err)
	}
	defer l.Close()
	office := post.New(&p, post.Mailbox{Address: "thidua@tnc.example", Domain: "tnc.example"})
	for range 2 {
		keys, err := issue.New(office, prefill.NewForms(&p)).Issue(ctx, l, clock, nil)
		if err != nil {
			panic(err)
		}
		fmt.Println(len(keys), "runs")
	}
	letters, err := l.Outbox().Letters(ctx)
	if err != nil {
		panic(err)
	}
	for _, x := range letters {
		fmt.Println(x.Kind, x.Subject)
	}
	// Output:
	// 3 runs
	// 0 runs
	// papers Tổng hợp tình hình đăng ký thi đua, năm 2018
	// templates Mẫu đăng ký thi đua và hồ sơ đề nghị khen thưởng, năm 2018 - Phòng Nội vụ
}

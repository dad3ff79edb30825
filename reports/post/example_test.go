package post_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/reports/letter"
	"thidua/reports/post"
	"thidua/templates/calendar/calendartest"
	"thidua/templates/plan"
)

// A letter to the office, ready for the ledger's queue.
func ExamplePost_Freeze() {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	dir, err := os.MkdirTemp("", "post")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	ctx, now := context.Background(), time.Date(2018, 12, 3, 5, 0, 0, 0, time.UTC)
	l, err := ledger.Open(ctx, filepath.Join(dir, "ledger.db"), calendartest.Fixed(now))
	if err != nil {
		panic(err)
	}
	defer l.Close()
	// Message-IDs follow from the ledger's secret: nobody can guess the next one.
	office, err := post.New(p, post.Mailbox{Address: "thidua@tnc.example", Domain: "tnc.example"}).With(ctx, l)
	if err != nil {
		panic(err)
	}
	var b letter.Body
	b.Title("Thư bị giữ")
	b.Para("Có 01 thư chờ xử lý.")
	frozen, err := office.Freeze("held", "", letter.Letter{
		ID: "held/1", To: office.ToOffice(), Subject: "Thư bị giữ", Date: now,
	}, b)
	if err != nil {
		panic(err)
	}
	m := mailbox.Parse(frozen.Raw, mailbox.Limits{})
	fmt.Println(frozen.ID, frozen.Kind, frozen.To)
	fmt.Println(m.From, m.Subject)
	// Output:
	// held/1 held [noivu@thainguyen.example]
	// [{Phòng Nội vụ - UBND thành phố Thái Nguyên thidua@tnc.example}] Thư bị giữ
}

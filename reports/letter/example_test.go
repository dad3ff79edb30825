package letter_test

import (
	"bytes"
	"fmt"
	"net/mail"
	"time"

	"thidua/reports/letter"
)

func ExampleCompose() {
	raw, err := letter.Compose(letter.Letter{
		ID: "receipt/2018/1", MessageID: "<receipt.1@tnc.example>", From: mail.Address{Address: "thidua@tnc.example"},
		To:      []mail.Address{{Address: "ubnd@tanthinh.example"}},
		Subject: "Da nhan", Text: "Da nhan.\n", Date: time.Date(2018, 12, 3, 5, 0, 0, 0, time.UTC),
	})
	if err != nil {
		panic(err)
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	fmt.Println(m.Header.Get("Subject"), m.Header.Get("Date"), err)
	// Output: Da nhan Mon, 03 Dec 2018 12:00:00 +0700 <nil>
}

package mailbox_test

import (
	"fmt"

	"thidua/ingest/mailbox"
)

func ExampleParse() {
	raw := "From: =?UTF-8?B?VMOibiBUaOG7i25o?= <ubnd@tanthinh.example>\r\nSubject: Ho so\r\n\r\nKinh gui\r\n"
	m := mailbox.Parse([]byte(raw), mailbox.Limits{})
	fmt.Println(m.From[0].Name, m.Subject, len(m.Attachments), len(m.Troubles))
	// Output: Tân Thịnh Ho so 0 0
}

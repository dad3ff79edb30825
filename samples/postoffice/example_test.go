package postoffice_test

import (
	"fmt"
	"time"

	"thidua/samples/postoffice"
)

func Example() {
	o, err := postoffice.Open(postoffice.Config{Shared: "thidua@tnc.example", Password: "secret",
		Clock: func() time.Time { return time.Unix(0, 0) }})
	if err != nil {
		panic(err)
	}
	defer o.Close()
	inbox, err := o.Raw("INBOX")
	fmt.Println(len(inbox), err)
	// Output: 0 <nil>
}

package mailbox

import (
	"encoding/json"
	"fmt"

	"github.com/emersion/go-sasl"
)

// XOAuth2 is the mechanism with which Google's and Microsoft's servers take an access token in place of a password.
const XOAuth2 = "XOAUTH2"

type xoauth2 struct{ user, token string }

// NewXOAuth2 authenticates a user by an access token, on IMAP and on SMTP. Tokens live for about an hour: whoever makes them is not us.
func NewXOAuth2(user, token string) sasl.Client { return xoauth2{user, token} }

func (x xoauth2) Start() (mechanism string, first []byte, err error) {
	return XOAuth2, fmt.Appendf(nil, "user=%s\x01auth=Bearer %s\x01\x01", x.user, x.token), nil
}

// Next hears why the token was refused; the server wants an empty answer before it says so in its own words.
func (x xoauth2) Next(challenge []byte) ([]byte, error) {
	var why struct {
		Status string `json:"status"`
	}
	if err := json.Unmarshal(challenge, &why); err != nil {
		return nil, fmt.Errorf("the server refuses the token: %w", err)
	}
	return []byte{}, nil
}

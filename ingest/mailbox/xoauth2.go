package mailbox

import (
	"fmt"
	"strings"

	"github.com/emersion/go-sasl"
)

// XOAuth2 is the mechanism with which Google's and Microsoft's servers take an access token in
// place of a password.
const XOAuth2 = "XOAUTH2"

type xoauth2 struct{ user, token string }

// NewXOAuth2 authenticates a user by an access token, on IMAP and on SMTP. Tokens live for about an
// hour: whoever makes them is not us.
func NewXOAuth2(user, token string) sasl.Client { return xoauth2{user, token} }

func (x xoauth2) Start() (mechanism string, first []byte, err error) {
	return XOAuth2, fmt.Appendf(nil, "user=%s\x01auth=Bearer %s\x01\x01", x.user, x.token), nil
}

// Next hears why the token was refused, and gives up with the server's reason: the empty answer
// that the mechanism asks for is written as "=" by the IMAP library, at which Dovecot speaks of bad
// base64 and no longer of the token.
func (x xoauth2) Next(challenge []byte) ([]byte, error) {
	return nil, fmt.Errorf("the server refuses the access token: %.500s", strings.TrimSpace(string(challenge)))
}

package proof

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"strings"

	"thidua/templates/form"
)

// Purpose is what a code is for. Codes of different purposes never fit each other.
type Purpose struct {
	name   string
	length int // in hexadecimal digits
}

// The purposes. A code that a person copies is short; guessing one takes 2^47 mails on average.
var (
	HeldMail  = Purpose{"held-mail", 12} // subject: the ID of the mail
	Workbook  = Purpose{"workbook", 32}  // subject: what the stamp says
	MessageID = Purpose{"message-id", 32}
)

// Secret is the key of a ledger, from which all its codes follow: the same secret gives the same
// codes. Whoever has it can forge every one of them.
type Secret struct {
	issue int
	key   []byte
}

// KeySize is the length of a key in bytes.
const KeySize = 32

// NewSecret returns the secret of an issue, which counts the changes from 1.
func NewSecret(issue int, key []byte) Secret { return Secret{issue, key} }

// Seeded is the key that follows from a number, for stories that are to be played twice with the
// same bytes. It is no secret.
func Seeded(seed uint64) []byte {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64([]byte("thidua demo "), seed))
	return sum[:]
}

// Issue is the number of the secret; 0 for none.
func (s Secret) Issue() int { return s.issue }

// Code is the code of a subject, in small hexadecimal digits. A secret without a key has no codes:
// it returns "".
func (s Secret) Code(p Purpose, subject string) string {
	if len(s.key) == 0 {
		return ""
	}
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(strconv.Itoa(len(p.name)) + ":" + p.name + subject))
	return hex.EncodeToString(mac.Sum(nil))[:p.length]
}

// Seal gives the stamp of a workbook its code.
func (s Secret) Seal(stamp form.Stamp) form.Stamp {
	stamp.Issue = s.issue
	stamp.Code = s.Code(Workbook, stamp.Subject())
	return stamp
}

// Sealed reports whether a stamp bears the code that this secret gave it.
func (s Secret) Sealed(stamp form.Stamp) bool {
	return stamp.Issue == s.issue && s.Fits(Workbook, stamp.Subject(), stamp.Code)
}

// Fits reports whether a code is the one of the subject. It takes the same time for every wrong
// code.
func (s Secret) Fits(p Purpose, subject, code string) bool {
	want := s.Code(p, subject)
	return want != "" && hmac.Equal([]byte(want), []byte(strings.ToLower(code)))
}

package letter

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"

	"github.com/emersion/go-msgauth/dkim"
)

// Signer signs letters in the name of a domain (RFC 6376). The signature bears the time of signing;
// letters are signed when they are frozen, so what is sent again is signed alike.
type Signer struct{ options dkim.SignOptions }

// signed are the fields a signature binds. Those that relays add or change are left out.
var signed = []string{
	"From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-Id", "In-Reply-To", "References", "Auto-Submitted",
	"List-Id", "List-Help", "Mime-Version", "Content-Type", "Content-Transfer-Encoding",
}

// NewSigner takes the domain, the selector under which its public key stands in the DNS, and the
// private key in PEM: PKCS #8 or PKCS #1, RSA or Ed25519.
func NewSigner(domain, selector string, key []byte) (*Signer, error) {
	block, _ := pem.Decode(key)
	if block == nil {
		return nil, errors.New("reading the DKIM key: it is not in PEM")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		rsa, old := x509.ParsePKCS1PrivateKey(block.Bytes)
		if old != nil {
			return nil, fmt.Errorf("reading the DKIM key: %w", err)
		}
		parsed = rsa
	}
	private, ok := parsed.(crypto.Signer)
	if !ok {
		return nil, errors.New("reading the DKIM key: it cannot sign")
	}
	s := &Signer{dkim.SignOptions{
		Domain: domain, Selector: selector, Signer: private, HeaderKeys: signed,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
	}}
	if _, err := s.Sign([]byte("From: <a@b.example>\r\n\r\nx\r\n")); err != nil {
		return nil, err
	}
	return s, nil
}

// Sign returns the letter with its signature on top.
func (s *Signer) Sign(raw []byte) ([]byte, error) {
	var out bytes.Buffer
	if err := dkim.Sign(&out, bytes.NewReader(raw), &s.options); err != nil {
		return nil, fmt.Errorf("signing a letter: %w", err)
	}
	return out.Bytes(), nil
}

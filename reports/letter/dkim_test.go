package letter

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"
)

// Whoever looks up the public key finds that the letter is ours and unchanged, and notices a
// changed one.
func TestSignedLetters(t *testing.T) {
	edPublic, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	old, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	inPEM := func(kind string, der []byte) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(ed)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(&old.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		key  []byte
		dns  string
	}{
		{"Ed25519", inPEM("PRIVATE KEY", pkcs8), "v=DKIM1; k=ed25519; p=" +
			base64.StdEncoding.EncodeToString(edPublic)},
		{"RSA", inPEM("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(old)), "v=DKIM1; k=rsa; p=" +
			base64.StdEncoding.EncodeToString(public)},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := NewSigner("tnc.example", "thidua", c.key)
			if err != nil {
				t.Fatal(err)
			}
			raw, err := Compose(receipt())
			if err != nil {
				t.Fatal(err)
			}
			signed, err := s.Sign(raw)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.HasSuffix(signed, raw) || !bytes.HasPrefix(signed, []byte("DKIM-Signature: ")) {
				t.Errorf("signed is\n%.300s", signed)
			}
			verify := func(raw []byte) error {
				found, err := dkim.VerifyWithOptions(bytes.NewReader(raw),
					&dkim.VerifyOptions{LookupTXT: func(name string) ([]string, error) {
						if name != "thidua._domainkey.tnc.example" {
							t.Errorf("asked for %s", name)
						}
						return []string{c.dns}, nil
					}})
				if err != nil {
					t.Fatal(err)
				}
				return found[0].Err
			}
			if err := verify(signed); err != nil {
				t.Errorf("the signature is not good: %v", err)
			}
			if verify(bytes.Replace(signed, []byte("Subject: "), []byte("Subject: x"), 1)) == nil {
				t.Error("a changed subject was not noticed")
			}
		})
	}
	for _, key := range []string{"", "x", strings.Repeat("-", 5) +
		"BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"} {
		if _, err := NewSigner("tnc.example", "thidua", []byte(key)); err == nil {
			t.Errorf("%q was taken for a key", key)
		}
	}
}

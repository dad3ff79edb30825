package ledger

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"

	"thidua/ingest/proof"
)

// Secrets are the keys from which all codes of the ledger follow.
//
//constructed:by Secrets
type Secrets struct{ *connection }

// Secrets is where the key of all codes is kept and changed.
func (l *Ledger) Secrets() Secrets { return Secrets{l.connection} }

// Current returns the ledger's secret. The first is made of chance when it is first asked for.
func (l Secrets) Current(ctx context.Context) (proof.Secret, error) {
	var s proof.Secret
	err := l.read(ctx, func(t *tx) (err error) {
		s, err = readSecret(t)
		return err
	})
	if err == nil && s.Issue() == 0 {
		key := make([]byte, proof.KeySize)
		_, _ = rand.Read(key) // it never fails
		err = l.write(ctx, func(t *tx) error {
			if s, err = readSecret(t); err != nil || s.Issue() > 0 { // another process was first
				return err
			}
			s, err = addSecret(t, 1, key)
			return err
		})
	}
	if err != nil {
		return proof.Secret{}, fmt.Errorf("reading the secret: %w", err)
	}
	return s, nil
}

// Change gives the ledger another secret: no code that was made before fits any more. The key has
// proof.KeySize bytes.
func (l Secrets) Change(ctx context.Context, key []byte) (s proof.Secret, err error) {
	if len(key) != proof.KeySize {
		return s, errors.New("a key of the wrong length")
	}
	err = l.write(ctx, func(t *tx) error {
		before, err := readSecret(t)
		if err != nil {
			return err
		}
		if s, err = addSecret(t, before.Issue()+1, key); err != nil || s.Issue() == 1 { // the first is nobody's act
			return err
		}
		return t.tell(SecretChanged, strconv.Itoa(s.Issue()), digestSecret(s.Issue(), hex.EncodeToString(key)))
	})
	if err != nil {
		return proof.Secret{}, fmt.Errorf("changing the secret: %w", err)
	}
	return s, nil
}

func readSecret(t *tx) (proof.Secret, error) {
	issue, key := 0, ""
	if known, err := t.get([]any{&issue, &key},
		`SELECT issue, key FROM secret ORDER BY issue DESC LIMIT 1`); err != nil || !known {
		return proof.Secret{}, err
	}
	b, err := hex.DecodeString(key)
	return proof.NewSecret(issue, b), err
}

func addSecret(t *tx, issue int, key []byte) (proof.Secret, error) {
	t.insert("secret (issue, key, at)", issue, hex.EncodeToString(key), t.now)
	return proof.NewSecret(issue, key), nil
}

func digestSecret(issue int, key string) string { return digest(strconv.Itoa(issue), key) }

// secrets holds every change of the secret against what the chain tells.
func (v *verifier) secrets(t *tx) error {
	return t.each(func(scan func(...any) error) error {
		issue, key := 0, ""
		if err := scan(&issue, &key); err != nil {
			return err
		}
		if issue > 1 {
			v.fact(SecretChanged, strconv.Itoa(issue), digestSecret(issue, key))
		}
		return nil
	}, `SELECT issue, key FROM secret ORDER BY issue`)
}

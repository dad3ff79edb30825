package ledgertest

import (
	"bytes"
	"testing"

	"thidua/ingest/ledger"
	"thidua/ingest/proof"
)

func keepsItsSecret(t *testing.T, open Open) {
	ctx := t.Context()
	l, err := open(&Clock{Start})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	first, err := l.Secrets().Current(ctx)
	if err != nil || first.Issue() != 1 || first.Code(proof.HeldMail, "x") == "" {
		t.Fatalf("secret %d, %v", first.Issue(), err)
	}
	again, err := l.Secrets().Current(ctx)
	if err != nil || !again.Fits(proof.HeldMail, "x", first.Code(proof.HeldMail, "x")) {
		t.Fatalf("the secret was changed: %v", err)
	}
	events, err := l.Chain().Events(ctx)
	if err != nil || len(events) > 0 {
		t.Fatalf("the first secret is told of: %v, %v", events, err)
	}
	if _, err := l.Secrets().Change(ctx, []byte("short")); err == nil {
		t.Error("a short key was taken")
	}
	changed, err := l.As("Trịnh Thị Mẫu").Secrets().Change(ctx, bytes.Repeat([]byte{7}, proof.KeySize))
	if err != nil || changed.Issue() != 2 || changed.Fits(proof.HeldMail, "x", first.Code(proof.HeldMail, "x")) {
		t.Fatalf("secret %d, %v", changed.Issue(), err)
	}
	now, err := l.Secrets().Current(ctx)
	if err != nil || now.Issue() != 2 || now.Code(proof.HeldMail, "x") != changed.Code(proof.HeldMail, "x") {
		t.Errorf("secret %d, %v", now.Issue(), err)
	}
	events, err = l.Chain().Events(ctx)
	if err != nil || len(events) != 1 || events[0].What != ledger.SecretChanged || events[0].Actor != "Trịnh Thị Mẫu" {
		t.Errorf("%v, %v", events, err)
	}
	Sound(t, l)
}

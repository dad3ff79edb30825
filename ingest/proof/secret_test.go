package proof_test

import (
	"strings"
	"testing"

	"thidua/ingest/proof"
)

func TestACodeFitsItsSubjectAlone(t *testing.T) {
	s := proof.NewSecret(1, proof.Seeded(1))
	code := s.Code(proof.HeldMail, "a")
	if len(code) != 12 || strings.Trim(code, "0123456789abcdef") != "" {
		t.Fatalf("%q is no code that a person copies", code)
	}
	if !s.Fits(proof.HeldMail, "a", code) || !s.Fits(proof.HeldMail, "a", strings.ToUpper(code)) {
		t.Error("a code does not fit its own subject")
	}
	for name, fits := range map[string]bool{
		"another subject": s.Fits(proof.HeldMail, "b", code), "another purpose": s.Fits(proof.Workbook, "a", code),
		"its beginning":  s.Fits(proof.HeldMail, "a", code[:8]),
		"another secret": proof.NewSecret(2, proof.Seeded(2)).Fits(proof.HeldMail, "a", code),
		"none":           s.Fits(proof.HeldMail, "a", ""),
		"no secret":      proof.Secret{}.Fits(proof.HeldMail, "a", ""),
	} {
		if fits {
			t.Errorf("a code fits %s", name)
		}
	}
}

// What docs/security.md says in words.
func TestProofGoesWithTheConsequence(t *testing.T) {
	const address = proof.Address
	for _, c := range []struct {
		act    proof.Act
		enough []proof.Means
		not    []proof.Means
	}{
		{proof.Question, []proof.Means{address}, []proof.Means{0}},
		{proof.UnitForm, []proof.Means{address, proof.Pass}, []proof.Means{0, proof.Reply, proof.Stamp}},
		{proof.Withdrawal, []proof.Means{proof.Pass, address | proof.Reply},
			[]proof.Means{address, proof.Stamp, proof.Code}},
		{proof.Consent, []proof.Means{proof.Pass, address | proof.Reply},
			[]proof.Means{address, proof.Stamp, proof.Code}},
		{proof.Votes, []proof.Means{proof.Pass, proof.Reply, address | proof.Stamp},
			[]proof.Means{address, proof.Code}},
		{proof.Decision, []proof.Means{proof.Pass, proof.Reply, address | proof.Stamp},
			[]proof.Means{address, proof.Code}},
		{proof.Records, []proof.Means{proof.Pass, proof.Reply, address | proof.Stamp},
			[]proof.Means{address, proof.Code}},
		{proof.Rulings, []proof.Means{proof.Pass, proof.Reply, address | proof.Stamp},
			[]proof.Means{address, proof.Code}},
		{proof.Roster, []proof.Means{proof.Pass, proof.Reply, address | proof.Stamp},
			[]proof.Means{address, proof.Code}},
		{proof.Orders, []proof.Means{proof.Pass, proof.Reply, proof.Code}, []proof.Means{address, proof.Stamp}},
		{proof.Bounce, []proof.Means{proof.NullFrom}, []proof.Means{address, proof.Pass, proof.Reply}},
	} {
		for _, m := range c.enough {
			if !c.act.Enough(m) {
				t.Errorf("act %d is not proven by %b", c.act, m)
			}
		}
		for _, m := range c.not {
			if c.act.Enough(m) {
				t.Errorf("act %d is proven by %b", c.act, m)
			}
		}
	}
}

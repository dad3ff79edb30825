package office_test

import (
	"testing"

	"thidua/reports/office"
	"thidua/reports/round"
	"thidua/reports/round/roundtest"
)

func TestFingerprintFollowsTheSources(t *testing.T) {
	foot := func(s round.Sources) string {
		return roundtest.Make(t, office.RegistrationMatrix(), s).Control.Print
	}
	a, b := roundtest.New(t, "2018"), roundtest.New(t, "2018")
	b.Register("05431", roundtest.At(3, 1, 9), 1, 1)
	empty, again, other := foot(a.Sources(roundtest.At(4, 1, 9))), foot(a.Sources(roundtest.At(4, 1, 9))),
		foot(b.Sources(roundtest.At(4, 1, 9)))
	if empty == other {
		t.Error("another registration, the same fingerprint")
	}
	if empty != again {
		t.Error("the same sources, another fingerprint")
	}
}

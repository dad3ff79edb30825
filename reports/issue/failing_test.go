package issue_test

import (
	"slices"
	"strings"
	"testing"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/reports/issue"
	"thidua/reports/prefill"
	"thidua/reports/round/roundtest"
	"thidua/templates/plan"
)

// Papers that cannot be made are an error, and are tried again; what else is due goes out.
func TestAnOccasionThatFailsStopsNoOther(t *testing.T) {
	given, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	broken := *given
	p := &broken
	p.Units = slices.Clone(p.Units)
	p.Units[3].Emails = []string{"hộp thư@x.example"} // what a lint would have refused: no reminder can be written
	clock := &ledgertest.Clock{Time: roundtest.At(3, 12, 9)}
	l, err := ledger.Open(t.Context(), ledgertest.Empty(t), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ledgertest.Sound(t, l); _ = l.Close() })
	issued, err := issue.New(newPost(p), prefill.NewForms(p)).Issue(t.Context(), l, clock, nil)
	if err == nil || !strings.Contains(err.Error(), "overdue-registration") ||
		!strings.Contains(err.Error(), "hộp thư") {
		t.Errorf("the error is %v", err)
	}
	var matrix, reminder bool
	for _, key := range issued {
		matrix, reminder = matrix || strings.Contains(key, "matrix-registration"), reminder ||
			strings.Contains(key, "overdue-registration")
	}
	if !matrix || reminder {
		t.Errorf("issued were %v", issued)
	}
}

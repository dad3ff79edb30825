package ledger_test

import (
	"testing"

	"thidua/ingest/ledger"
	"thidua/ingest/ledger/ledgertest"
	"thidua/templates/calendar"
)

func TestSQLite(t *testing.T) {
	ledgertest.Run(t, func(t *testing.T) ledgertest.Open {
		path := ledgertest.Empty(t)
		return func(clock calendar.Clock) (*ledger.Ledger, error) { return ledger.Open(t.Context(), path, clock) }
	})
}

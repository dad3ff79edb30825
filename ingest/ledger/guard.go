package ledger

// guard is one thing that the database itself refuses to do to a table.
type guard struct{ table, verb string }

func (g guard) name() string { return g.table + "_no_" + g.verb }

// blankable are the tables whose rows may be changed once the table erased names them: under which
// kind, and in which column their name stands.
var blankable = map[string]struct{ kind, column string }{
	"blob": {"bytes", "sha256"}, "message": {"message", "id"}, "attachment": {"message", "message"},
	"submission": {"submission", "id"},
	"finding":    {"submission", "submission"}, "repair": {"submission", "submission"},
	"delivery": {"letter", "letter"},
}

// guards keep facts as they were written, also from whoever opens the database by hand.
func guards() []guard {
	var out []guard
	for _, table := range []string{"blob", "message", "attachment", "submission", "finding", "repair", "receipt", "run",
		"document", "delivery", "event", "register", "ruling", "bounce", "notice", "override", "override_end", "erased",
		"secret"} {
		out = append(out, guard{table, "update"}, guard{table, "delete"})
	}
	for _, table := range []string{"place", "letter", "recipient"} {
		out = append(out, guard{table, "delete"})
	}
	return out
}

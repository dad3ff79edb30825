package main

import (
	"cmp"

	"thidua/templates/finding"
	"thidua/templates/wording"
)

// findings lists the catalogue with the texts as they are written, placeholders in braces.
func findings() *page {
	w := newPage("Findings", "Every finding a unit can be sent. A code is never given to anything else. `must`: "+
		"the file is not accepted until it is put right; "+
		"`should`: accepted, the office looks at it; `info`: nothing to do.\nThe ground is the reason for which a "+
		"dossier may be refused. The clause is the "+
		"catalogue's; a finding about a field cites the clause of the field.")
	group := byte(0)
	for _, e := range finding.Catalogue() {
		if e.Code[1] != group {
			group = e.Code[1]
			w.line("\n## F%cxx: %s", group, groups[group])
			w.table("Code", "Level", "Ground", "Clause", "Message", "What to do", "Example")
		}
		prefix := "finding." + string(e.Code) + "."
		w.row(string(e.Code), string(e.Level), e.Ground.Title(), e.Clause, raw(prefix+"message"), raw(prefix+"fix"),
			raw(prefix+"example"))
	}
	return w
}

var groups = map[byte]string{
	'1': "the file and the mail", '2': "one field", '3': "a row or the whole form", '4': "ballots and sessions",
	'5': "official records and rights",
}

// raw is a text of the catalogue with its placeholders left in; "–" where there is none.
func raw(key string) string {
	if !wording.Has(key) {
		return "–"
	}
	var pairs []any
	for _, name := range wording.Placeholders(key) {
		pairs = append(pairs, name, "{"+name+"}")
	}
	return cmp.Or(wording.Text(key, pairs...), "–")
}

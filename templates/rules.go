package templates

import (
	"thidua/templates/finding"
	"thidua/templates/form"
)

func checkRegistration(value any, c form.Context) []finding.Finding { return nil }
func checkDossier(value any, c form.Context) []finding.Finding      { return nil }
func checkRecords(value any, c form.Context) []finding.Finding      { return nil }
func checkVotes(value any, c form.Context) []finding.Finding        { return nil }

// Package reports is the list of the papers of the movement: the tables the standing office
// watches, the docket, ballots and minutes of the Council, the list of awards, the summary of the
// year.
//
// The name of a paper goes in and its recipe comes out. Papers are written in the rooms below, by
// whom they serve; the package makes none itself.
package reports

import (
	"fmt"
	"slices"

	"thidua/reports/award"
	"thidua/reports/council"
	"thidua/reports/office"
	"thidua/reports/paper"
	"thidua/reports/round"
)

// recipes are those of all papers, in the order of the year.
func recipes() []paper.Recipe {
	return []paper.Recipe{
		office.RegistrationMatrix(), office.DossierMatrix(),
		council.Appraisal(), council.Docket(), council.Detail(), council.Ballots(), council.Minutes(),
		council.Opinions(), council.Tally(),
		award.Proposal(), award.Decision(), award.Awards(), council.Annex(), award.Province(), award.Notice(),
		award.UnitNotice(),
		award.Certificates(), award.Calibration(), award.Register(), award.Program(), award.Honours(),
		award.Invitation(),
		office.RegistrationDispatch(), office.DossierDispatch(), office.Registrations(), office.Bulletin(),
		office.Statistics(), office.Summary(),
	}
}

// Names lists the papers that Make makes, in the order of the year.
func Names() []paper.Name {
	var out []paper.Name
	for _, r := range recipes() {
		out = append(out, paper.Name{Name: r.Name, Title: r.Title()})
	}
	return out
}

// Lookup returns the recipe of a paper.
func Lookup(name string) (paper.Recipe, bool) {
	all := recipes()
	i := slices.IndexFunc(all, func(r paper.Recipe) bool { return r.Name == name })
	if i < 0 {
		return paper.Recipe{}, false
	}
	return all[i], true
}

// Make makes one paper. An error means that there is no such paper, or that the sources do not
// belong together.
func Make(name string, s round.Sources) (paper.Paper, error) {
	r, ok := Lookup(name)
	if !ok {
		return paper.Paper{}, fmt.Errorf("there is no paper %q", name)
	}
	return r.Make(s)
}

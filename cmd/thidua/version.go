package main

import (
	"cmp"

	"thidua/cmd/exit"
	"thidua/cmd/release"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

type versionCommand struct {
	JSON bool `name:"json" help:"${cli_help_json}"`
}

// versions is what `version --json` prints.
type versions struct {
	release.Build
	Plans []planVersion `json:"plans"`
}

// planVersion is a plan that comes with the program.
type planVersion struct {
	ID   string `json:"id"`
	Hash string `json:"hash"` // as papers print it
}

// Run says which program this is, and which plans come with it.
func (c versionCommand) Run(s *session) error {
	v := versions{Build: release.Current()}
	for _, id := range plan.EmbeddedIDs() {
		folder, ok := plan.Embedded(id)
		if !ok {
			continue
		}
		p, err := plan.Load(folder)
		if err != nil {
			return exit.Because(exit.Failure, wording.Text("cli.plan.unreadable", "problem", err))
		}
		v.Plans = append(v.Plans, planVersion{id, p.Hash})
	}
	if c.JSON {
		return s.JSON(v)
	}
	s.Print("%s\n", describeBuild(v.Build))
	for _, p := range v.Plans {
		s.Print("%s\n", wording.Text("cli.version.plan", "id", p.ID, "hash", p.Hash[:12]))
	}
	return nil
}

// describeBuild names a build on one line.
func describeBuild(b release.Build) string {
	none := wording.Text("cli.version.unknown")
	return wording.Text("cli.version.build", "version", cmp.Or(b.Version, wording.Text("cli.version.source")),
		"commit", cmp.Or(b.Commit, none), "date", cmp.Or(b.Date, none), "go", b.Go)
}

package main

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"thidua/cmd/config"
	"thidua/cmd/exit"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

type configCommand struct {
	Check  configCheck  `cmd:"" help:"${cli_help_configcheck}"`
	Show   configShow   `cmd:"" help:"${cli_help_configshow}"`
	Schema configSchema `cmd:"" help:"${cli_help_configschema}"`
}

type configCheck struct {
	Connect bool `help:"${cli_help_connect}"`
	Forge   bool `help:"${cli_help_forge}"`
}

// Run tells everything that would keep a pass from working.
func (cc configCheck) Run(s *session) error {
	c, err := s.readConfig()
	if err != nil {
		return err
	}
	problems := c.Problems()
	for _, p := range problems {
		s.Print("- %s\n", p)
	}
	invalid := exit.Because(exit.Invalid, wording.Text("cli.config.invalid", "n", len(problems)))
	if len(c.Misreads()) > 0 { // whether the rest is what was meant cannot be known
		return invalid
	}
	p, err := s.loadPlan()
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return invalid
	}
	if _, err := s.openLedger(); err != nil {
		return err
	}
	s.Print("%s\n", wording.Text("cli.config.ok"))
	if n := countExamples(p); n > 0 && !isExample(c.Mailbox.Address) {
		s.Print("%s\n", wording.Text("cli.config.examples", "n", n))
	}
	for _, x := range plan.Lint(p) { // faults have been told: only warnings are left
		s.Print("%s\n", describeProblem(x))
	}
	if !cc.Connect {
		return nil
	}
	if err := s.tryConnections(c); err != nil || !cc.Forge {
		return err
	}
	return s.forge(c)
}

// countExamples counts the addresses of a plan that reach nobody (RFC 2606).
func countExamples(p *plan.Plan) (n int) {
	all := slices.Concat(p.Office.Emails, p.Council.SecretaryEmails)
	for _, u := range p.Units {
		all = append(all, u.Emails...)
	}
	for _, a := range all {
		if isExample(a) {
			n++
		}
	}
	return n
}

func isExample(address string) bool { return strings.HasSuffix(strings.ToLower(address), ".example") }

type configShow struct{}

// Run prints the configuration with what is usual where nothing is said.
func (configShow) Run(s *session) error {
	c, err := s.loadConfig()
	if err != nil {
		return err
	}
	b, err := yaml.Marshal(c)
	if err != nil {
		return fmt.Errorf("writing the configuration: %w", err)
	}
	from := c.Dir()
	if from == "" {
		from = wording.Text("cli.config.defaults")
	}
	s.Print("# %s\n%s", from, b)
	return nil
}

type configSchema struct{}

// Run prints the JSON schema of the configuration.
func (configSchema) Run(s *session) error { return s.JSON(config.Schema()) }

package main

import (
	"crypto/rand"
	"fmt"

	"thidua/cmd/exit"
	"thidua/ingest/proof"
	"thidua/templates/wording"
)

// secretCommand is about the key from which all codes of the ledger follow.
type secretCommand struct {
	Change secretChange `cmd:"" help:"${cli_help_secretchange}"`
}

type secretChange struct {
	By  string `required:"" help:"${cli_help_by}" placeholder:"NAME"`
	Yes bool   `help:"${cli_help_secretyes}"`
}

// Run gives the ledger another secret: nothing that was sent before proves anything any more.
func (c secretChange) Run(s *session) error {
	l, err := s.existingLedger()
	if err != nil {
		return err
	}
	if !c.Yes {
		return exit.Because(exit.Usage, wording.Text("cli.secret.sure"))
	}
	key := make([]byte, proof.KeySize)
	if _, err := rand.Read(key); err != nil {
		return fmt.Errorf("making a key: %w", err)
	}
	// the first is made before it is changed: the change is always told
	if _, err := l.Secrets().Current(s.ctx); err != nil {
		return err
	}
	secret, err := l.As(c.By).Secrets().Change(s.ctx, key)
	if err != nil {
		return err
	}
	s.Print("%s\n", wording.Text("cli.secret.changed", "n", secret.Issue()))
	return nil
}

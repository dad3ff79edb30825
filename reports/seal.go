package reports

import (
	"context"

	"thidua/ingest/ledger"
	"thidua/ingest/proof"
	"thidua/templates/form"
)

// Sealed has the workbooks that are written in a context bear a code of the ledger: the office's own forms prove by it who filled
// them in, and a unit's forms that they were ours. A secret without a key seals nothing.
func Sealed(ctx form.Context, secret proof.Secret) form.Context {
	ctx.Seal = secret.Seal
	return ctx
}

// with is the same post with the secret of a ledger: the codes of what it writes are those that the ledger believes.
func (p Post) with(ctx context.Context, l *ledger.Ledger) (Post, error) {
	var err error
	p.secret, err = l.Secret(ctx)
	return p, err
}

// messageID is the Message-ID of a letter of ours, with its brackets. Nobody but its recipients can know it.
func (p Post) messageID(letterID string) string {
	return "<" + p.secret.Code(proof.MessageID, letterID) + "@" + p.Domain + ">"
}

// heldCode stands for a held mail in what the office is told and answers.
func (p Post) heldCode(messageID string) string { return p.secret.Code(proof.HeldMail, messageID) }

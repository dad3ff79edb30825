package reports

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"sync"

	"thidua/ingest/proof"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Blanks remembers the forms made for units: a reminder encloses the very form that was sent out before. It may be used by many at once.
type Blanks struct{ made sync.Map }

// blank is Blank for a unit. Nobody may change the bytes.
func (x *Blanks) blank(p *plan.Plan, f *form.Form, period plan.Period, u plan.Unit, known Known, secret proof.Secret) ([]byte, error) {
	if x == nil {
		return Blank(p, f, period, &u, known, secret)
	}
	content, err := json.Marshal(known)
	if err != nil {
		return nil, fmt.Errorf("remembering form %s of %s: %w", f.ID, u.Code, err)
	}
	key := fmt.Sprintf("%d/%s/%s/%s/%s/%x", secret.Issue(), p.Hash, f.ID, period.ID, u.Code, sha256.Sum256(content))
	if b, ok := x.made.Load(key); ok {
		return b.([]byte), nil
	}
	b, err := Blank(p, f, period, &u, known, secret)
	if err == nil {
		x.made.Store(key, b)
	}
	return b, err
}

package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/mail"
	"strings"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/samples/city"
)

// deliver brings the mails that were posted since the last pass: by time, or in another order to
// show that it changes nothing.
func (d *Demo) deliver(ctx context.Context, posted []*city.Mail) error {
	if d.options.Shuffle > 0 {
		r := rand.New(rand.NewPCG(d.options.Shuffle, uint64(len(d.arrived))))
		r.Shuffle(len(posted), func(i, j int) { posted[i], posted[j] = posted[j], posted[i] })
	}
	receipts, err := d.receiptsFor(ctx, posted)
	if err != nil {
		return err
	}
	for _, m := range posted {
		receipt := ""
		if m.Answers != "" {
			if receipt = receipts[d.messageID[m.Answers]]; receipt == "" {
				return fmt.Errorf("mail %s answers %s, which got no receipt", m.Key, m.Answers)
			}
		}
		if err := d.bringTrouble(ctx, m); err != nil {
			return err
		}
		if err := d.bring(ctx, m, m.Bytes(receipt)); err != nil {
			return err
		}
	}
	return nil
}

// bringTrouble lets what forgers and machines send arrive just before a mail, when the story is to
// have it.
func (d *Demo) bringTrouble(ctx context.Context, m *city.Mail) error {
	if !d.options.Trouble {
		return nil
	}
	for _, t := range city.Trouble(*m, len(d.arrived)) {
		if err := d.bring(ctx, &t, t.Bytes("")); err != nil {
			return err
		}
	}
	return nil
}

// receiptsFor are the Message-IDs of all receipts, by that of the mail they answer, when one of the
// mails is a reply to one.
func (d *Demo) receiptsFor(ctx context.Context, posted []*city.Mail) (map[string]string, error) {
	replies := false
	for _, m := range posted {
		replies = replies || m.Answers != ""
	}
	if !replies {
		return nil, nil
	}
	letters, err := d.ledger.Outbox().Letters(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, x := range letters {
		if x.Kind == "receipt" {
			out[x.InReplyTo] = "<" + x.MessageID + ">"
		}
	}
	return out, nil
}

// bring lets a mail arrive in the shared mailbox at its moment of the story.
func (d *Demo) bring(ctx context.Context, m *city.Mail, raw []byte) error {
	d.clock.set(m.At)
	file := fmt.Sprintf("%03d-%s.eml", len(d.arrived)+1, strings.ReplaceAll(m.Key, "/", "-"))
	d.arrived = append(d.arrived, arrival{mail: m, file: file, raw: raw})
	d.messageID[m.Key] = strings.Trim(mailbox.Parse(raw, mailbox.Limits{}).MessageID, "<>")
	sender := m.Envelope
	if a, err := mail.ParseAddress(m.From); err == nil && sender == "" {
		sender = a.Address
	}
	if err := d.office.deliver(ctx, sender, raw, m.At); err != nil {
		return fmt.Errorf("sending %s: %w", m.Key, err)
	}
	return nil
}

// newest is the last letter of a kind that a run wrote, nil for none.
func newest(letters []ledger.Posted, kind, run string) *ledger.Posted {
	var out *ledger.Posted
	for i, x := range letters {
		if x.Kind == kind && strings.HasPrefix(x.Cause, "run/"+run+"/") {
			out = &letters[i]
		}
	}
	return out
}

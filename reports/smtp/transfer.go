package smtp

import (
	"errors"
	"fmt"

	gosmtp "github.com/emersion/go-smtp"
)

// transfer is one mail on its way. A result without Outcome is still open.
type transfer struct {
	from    string
	raw     []byte
	results []Result
	begun   bool // the server has begun to take the content
}

// countOpen counts the recipients nothing is known of yet.
func (t *transfer) countOpen() (n int) {
	for _, r := range t.results {
		if r.Outcome == "" {
			n++
		}
	}
	return n
}

// rest gives the same result to all open recipients.
func (t *transfer) rest(r Result) {
	for i := range t.results {
		if t.results[i].Outcome == "" {
			r.Addr = t.results[i].Addr
			t.results[i] = r
		}
	}
}

// run goes through one mail transaction (RFC 5321, 3.3). Recipients that are refused do not keep
// the mail from the others. It returns what stands against the mail as a whole and is no proof that
// it could never be sent.
func (t *transfer) run(c *gosmtp.Client, w *wire) error {
	if most, ok := c.MaxMessageSize(); ok && most > 0 && len(t.raw) > most {
		t.rest(Result{Outcome: Never, Text: fmt.Sprintf("the mail has %d bytes, the server takes %d", len(t.raw),
			most)})
		return nil
	}
	if ok, _ := c.Extension("PIPELINING"); ok && w != nil {
		return t.runPipelined(w, c)
	}
	if err := c.Mail(t.from, &gosmtp.MailOptions{Size: int64(len(t.raw))}); err != nil {
		return t.sender(err)
	}
	accepted := 0
	for i := range t.results {
		if t.results[i].Outcome != "" {
			continue
		}
		if err := c.Rcpt(t.results[i].Addr, nil); err != nil {
			if isBroken(err) {
				return err
			}
			t.recordRefusal(i, err)
			continue
		}
		accepted++
	}
	if accepted == 0 {
		return c.Reset()
	}
	return t.sendContent(c)
}

// sender judges a refusal of MAIL: about the mail when it is too big (RFC 1870, 6.1), else about us
// as a sender, whatever the code.
func (t *transfer) sender(err error) error {
	if r := classify(err); r.Code == 552 || r.Code == 523 {
		t.rest(r)
		return nil
	}
	return err
}

// recordRefusal notes a refusal of one recipient. Two permanent ones are not: 552, which older
// servers say of too many recipients or a full mailbox (RFC 5321, 4.5.3.1.10), and 5.7.x, which is
// about who may send (RFC 3463, 3.8): a relay that does not know us must not cost every letter.
func (t *transfer) recordRefusal(i int, err error) {
	r := classify(err)
	var reply *gosmtp.SMTPError
	if r.Code == 552 || errors.As(err, &reply) && reply.EnhancedCode[0] == 5 && reply.EnhancedCode[1] == 7 {
		r.Outcome = Later
	}
	r.Addr = t.results[i].Addr
	t.results[i] = r
}

func (t *transfer) sendContent(c *gosmtp.Client) error {
	data, err := c.Data()
	if err != nil {
		return err
	}
	t.begun = true
	if _, err := data.Write(t.raw); err != nil {
		return err
	}
	answer, err := data.CloseWithResponse()
	if err == nil {
		err = acceptance(answer.StatusText)
	}
	return t.recordAnswer(err)
}

// recordAnswer judges what the server said to the content.
func (t *transfer) recordAnswer(err error) error {
	var good acceptance
	if errors.As(err, &good) {
		t.rest(Result{Outcome: Sent, Code: 250, Text: string(good)})
		return nil
	}
	if r := classify(err); r.Code != 0 && r.Code != 421 {
		t.rest(r)
		return nil
	}
	return err
}

// later is the result for a failure that proves nothing against the mail.
func later(err error) Result {
	r := classify(err)
	r.Outcome = Later
	return r
}

// classify reads a reply. 5yz is Never, except for the codes that complain of our own set-up or
// manners: 500, 502 to 504 and 530 to 538 (RFC 4954). 501 is about the address.
func classify(err error) Result {
	var reply *gosmtp.SMTPError
	if !errors.As(err, &reply) {
		return Result{Outcome: Later, Text: err.Error()}
	}
	r := Result{Code: reply.Code, Text: reply.Message, Outcome: Later}
	switch code := reply.Code; {
	case code < 500, code == 500, code >= 502 && code <= 504, code >= 530 && code <= 538:
	default:
		r.Outcome = Never
	}
	return r
}

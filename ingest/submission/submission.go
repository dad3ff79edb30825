// Package submission holds what a unit sent: one Submission per workbook, who sent it when, what
// was read, and what state it is in; and the Dataset, everything known at one moment, from which
// evaluation draws.
//
// Values only: the package reads no mail, no file and no database, and it never changes what was
// sent.
package submission

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"thidua/templates/finding"
	"thidua/templates/form"
)

// State is what became of one workbook.
type State string

// The states of a submission.
const (
	Accepted State = "accepted" // hợp lệ: nothing mandatory is left to fix; it counts
	ToFix    State = "tofix"    // chờ bổ sung: answered with what to fix; it does not count yet
)

// Outcome is what became of one mail.
type Outcome string

// The outcomes of a mail. Every mail has exactly one.
const (
	MailAccepted  Outcome = "accepted"  // every workbook in it was accepted
	MailToFix     Outcome = "tofix"     // at least one workbook must be fixed and sent again
	MailHeld      Outcome = "held"      // kept for a person of the office to decide
	MailLeft      Outcome = "left"      // unrelated or automatic: listed, left where it is
	MailDuplicate Outcome = "duplicate" // the same mail was taken in before
)

// Message is one mail as the ledger keeps it. Its raw bytes are kept beside it, for ever unchanged.
type Message struct {
	ID        string    // hex SHA-256 of the raw bytes
	MessageID string    // header Message-ID without angle brackets, "" when missing
	From      string    // address of the sender, lower case
	Subject   string    // decoded
	Sent      time.Time // header Date, zero when unreadable
	Received  time.Time // by the receiving server (INTERNALDATE), UTC
	Size      int64
	Unit      string // code of the sender's unit, "" when unknown
	Outcome   Outcome
	Reason    string // why it was held or left: a key of the catalogue under mail.reason.
	Detail    string // what the reason is about, such as the fault that broke the message
	InReplyTo string
}

// Unreadable is why a mail is held whose sender or structure cannot be read.
const Unreadable = "unreadable"

// Senders names whom a mail is from: its sender, or everybody it names when these are several.
func (m Message) Senders() string {
	if m.From == "" && m.Reason == Unreadable {
		return m.Detail
	}
	return m.From
}

// Submission is one workbook that a known sender sent.
type Submission struct {
	ID       string    // receipt number, from NewID
	Message  string    // Message.ID
	File     string    // name of the attachment
	SHA256   string    // of the attachment's bytes
	From     string    // sender's address
	Received time.Time // of the message, UTC
	Unit     string    // code of the unit it speaks for
	Period   string    // the plan's period, "" when the file could not be read
	Form     string    // form ID, "" when the file could not be read as one of our forms
	Version  int       // form version, 0 when unknown
	State    State
	Value    any // pointer to the form's struct, nil when Form is ""
	Rows     form.Count
	Ignored  []form.Ignored
	Findings []finding.Finding
	Repairs  []form.Repair

	encoded *Encoded
}

// Encoded is a value that nobody changes any more, with its JSON, which is made when it is first
// wanted: papers are identified by all that they rest on, again and again.
type Encoded struct {
	value any
	text  string // the JSON as it is stored: kept when it is the same, so that it takes no room twice
	once  sync.Once
}

// NewEncoded remembers a value. text is its JSON as far as it is known.
func NewEncoded(value any, text string) *Encoded { return &Encoded{value: value, text: text} }

// With returns the submission with a value that nobody changes any more.
func (s Submission) With(e *Encoded) Submission {
	s.Value, s.encoded = e.value, e
	return s
}

// AwaitsLeader reports whether nothing but the agreement of the unit's leader is missing.
func (s Submission) AwaitsLeader() bool {
	return s.State == ToFix && finding.Has(s.Findings, finding.AwaitsLeader)
}

// Approved returns the submission as it is once the unit's leader has agreed to it; any other stays
// as it is.
func (s Submission) Approved() Submission {
	if !s.AwaitsLeader() {
		return s
	}
	s.Findings = slices.DeleteFunc(slices.Clone(s.Findings),
		func(f finding.Finding) bool { return f.Code == finding.AwaitsLeader })
	s.State = Accepted
	return s
}

// json is the JSON of the value.
func (s Submission) json() string {
	e := s.encoded
	if e == nil || e.value != s.Value {
		return encode(s.ID, s.Value)
	}
	e.once.Do(func() {
		if now := encode(s.ID, s.Value); now != e.text {
			e.text = now
		}
	})
	return e.text
}

func encode(id string, value any) string {
	b, err := json.Marshal(value)
	if err != nil { // values are structs of strings: this cannot fail
		panic(fmt.Sprintf("submission %s: %v", id, err))
	}
	return string(b)
}

// NewID makes a receipt number such as "TN-2018-3F9A1C20" from what was sent, so that the same mail
// always gives the same number. period is the round the file is for, or the one going on when it
// does not say.
func NewID(period, message, path, fileSHA string) string {
	sum := sha256.Sum256([]byte(message + "\x00" + path + "\x00" + fileSHA))
	id := strings.ToUpper(hex.EncodeToString(sum[:4]))
	return "TN-" + period + "-" + id
}

// Compare orders submissions by server receipt time; what arrived in the same second is ordered by
// content, never by mailbox position. Files of one mail are ordered by their names without the end,
// so that “x (2).xlsx” follows “x.xlsx”.
func Compare(a, b Submission) int {
	return cmp.Or(a.Received.Compare(b.Received), cmp.Compare(a.Message, b.Message),
		cmp.Compare(bare(a.File), bare(b.File)), cmp.Compare(a.File, b.File), cmp.Compare(a.ID, b.ID))
}

func bare(file string) string { return strings.TrimSuffix(file, path.Ext(file)) }

// Dataset is every submission known at one moment, and what the standing office has ruled by then.
type Dataset struct {
	AsOf        time.Time
	Submissions []Submission // in the order of Compare
	Overrides   []Override   // rulings of the standing office in force, in the order of CompareOverrides
	Past        Past         // what was otherwise before
	Declined    []Declined   // units' words that they do not take part, oldest first
}

// NewDataset sorts the submissions received up to and including asOf. It does not keep the slice it
// is given.
func NewDataset(asOf time.Time, all []Submission) Dataset {
	d := Dataset{AsOf: asOf}
	for _, s := range all {
		if !s.Received.After(asOf) {
			d.Submissions = append(d.Submissions, s)
		}
	}
	slices.SortFunc(d.Submissions, Compare)
	return d
}

// Of returns the versions of one form from one unit for one period, oldest first.
func (d Dataset) Of(period, formID, unit string) []Submission {
	var out []Submission
	for _, s := range d.Submissions {
		if s.Period == period && s.Form == formID && s.Unit == unit {
			out = append(out, s)
		}
	}
	return out
}

// Current returns the version that rules: the latest accepted one, or the latest of all when none
// was accepted yet. A newer version never displaces an accepted one until it is itself accepted. ok
// is false when nothing was sent.
func (d Dataset) Current(period, formID, unit string) (current Submission, ok bool) {
	for _, s := range d.Of(period, formID, unit) {
		if s.State == Accepted || !ok || current.State != Accepted {
			current, ok = s, true
		}
	}
	return current, ok
}

// Mistaken reports whether the workbook was another unit's, another form than was meant, or not the
// sender's to send.
func (s Submission) Mistaken() bool {
	return slices.ContainsFunc(s.Findings, func(f finding.Finding) bool {
		return f.Code == finding.WrongUnit || f.Code == finding.WrongForm || f.Code == finding.NotAllowed
	})
}

// FirstReceived returns when the unit's first version arrived that was its own and meant as this
// form: a correction keeps the date of what it corrects, a workbook sent by mistake gives none.
func (d Dataset) FirstReceived(period, formID, unit string) (time.Time, bool) {
	for _, s := range d.Of(period, formID, unit) {
		if !s.Mistaken() {
			return s.Received, true
		}
	}
	return time.Time{}, false
}

// Accepted returns all accepted versions of one form for one period from anybody, oldest first.
func (d Dataset) Accepted(period, formID string) []Submission {
	var out []Submission
	for _, s := range d.Submissions {
		if s.Period == period && s.Form == formID && s.State == Accepted {
			out = append(out, s)
		}
	}
	return out
}

// Units returns the codes of the units that sent anything for the period, sorted.
func (d Dataset) Units(period string) []string {
	var out []string
	for _, s := range d.Submissions {
		if s.Period == period && s.Unit != "" {
			out = append(out, s.Unit)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Hash identifies the content of the dataset for the given period and forms (all forms when none is
// named), so that a paper is made again exactly when something it rests on has changed. AsOf is not
// part of it.
func (d Dataset) Hash(period string, forms ...string) string {
	h := sha256.New()
	for _, s := range d.Submissions {
		if s.Period != period || (len(forms) > 0 && !slices.Contains(forms, s.Form)) {
			continue
		}
		b := s.json()
		fmt.Fprintf(h, "%s\x00%s\x00%s\x00%s\x00%s\x00%d\n", s.ID, s.Unit, s.Form, s.State,
			s.Received.UTC().Format(time.RFC3339Nano), len(b))
		_, _ = io.WriteString(h, b)
	}
	h.Write([]byte(d.overridesHash(period)))
	return hex.EncodeToString(h.Sum(nil))
}

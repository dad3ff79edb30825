package city_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"thidua/ingest/mailbox"
	"thidua/ingest/ooxml"
	"thidua/samples/city"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/plan"
	"thidua/templates/reader"
)

// first is the plan's first year, in which every story happens.
const first = "2018"

// The seeds every property is tried with.
var seeds = []uint64{1, 31}

var thePlan = sync.OnceValue(func() *plan.Plan {
	p, err := plan.Default()
	if err != nil {
		panic(err)
	}
	return p
})

var mailsOf = sync.OnceValue(func() map[uint64][]city.Mail {
	out := map[uint64][]city.Mail{}
	for _, s := range seeds {
		c := city.New(thePlan(), s)
		for _, per := range thePlan().Periods {
			if s != seeds[0] && per.ID != first {
				continue // what is true of one seed's later years is true of another's; the suite is to stay fast
			}
			m, err := c.Mails(per.ID)
			if err != nil {
				panic(err)
			}
			out[s] = append(out[s], m...)
		}
	}
	return out
})

func each(t *testing.T, f func(t *testing.T, seed uint64, m city.Mail)) {
	t.Helper()
	for _, s := range seeds {
		for _, m := range mailsOf()[s] {
			t.Run(fmt.Sprintf("%d/%s", s, m.Key), func(t *testing.T) { f(t, s, m) })
		}
	}
}

func period(t *testing.T, id string) plan.Period {
	t.Helper()
	p, ok := thePlan().Period(id)
	if !ok {
		t.Fatalf("no period %q", id)
	}
	return p
}

// split takes the key of a mail apart: "2018", "dossier".
func split(key string) (period, kind string) {
	part := strings.Split(key, "/")
	return part[0], part[1]
}

// workbooks are the files of a mail that a reader of mail would take for workbooks: those in zips
// too.
func workbooks(t *testing.T, m city.Mail) [][]byte {
	t.Helper()
	got := mailbox.Parse(m.Bytes(""), mailbox.Limits{})
	var out [][]byte
	for _, a := range got.Attachments {
		switch k := ooxml.Sniff(a.Bytes); {
		case k == ooxml.Zip && strings.HasSuffix(a.Name, ".zip"):
			z, err := zip.NewReader(bytes.NewReader(a.Bytes), int64(len(a.Bytes)))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range z.File {
				r, err := f.Open()
				if err != nil {
					t.Fatal(err)
				}
				b, err := io.ReadAll(r)
				if err != nil {
					t.Fatal(err)
				}
				out = append(out, b)
			}
		case k == ooxml.PDF || k == ooxml.DOCX:
		default:
			out = append(out, a.Bytes)
		}
	}
	return out
}

// read reads a workbook as check does; a refused file is one finding of the whole file.
func read(t *testing.T, b []byte) (*form.Reading, []finding.Finding) {
	t.Helper()
	w, err := ooxml.Read(b, ooxml.DefaultLimits())
	var refusal *ooxml.Refusal
	if errors.As(err, &refusal) {
		code := finding.Damaged
		switch refusal.Reason {
		case ooxml.LegacyXLS:
			code = finding.OldXLS
		case ooxml.Encrypted:
			code = finding.Encrypted
		case ooxml.TooBig:
			code = finding.OverLimit
		}
		return nil, []finding.Finding{finding.New(code, finding.At{})}
	}
	f, stamp, ok := reader.Identify(w, templates.Forms())
	if !ok {
		return nil, []finding.Finding{finding.New(finding.UnknownForm, finding.At{})}
	}
	r := reader.Read(f, stamp, w, templates.Context(thePlan(), period(t, stamp.Period), stamp.Unit))
	return r, r.Findings
}

func TestReadingReportsThePlantedFaultsAndNothingElse(t *testing.T) {
	each(t, func(t *testing.T, _ uint64, m city.Mail) {
		if _, kind := split(m.Key); kind == "noise" {
			return
		}
		var want, got []string
		for _, f := range m.Faults {
			want = append(want, fmt.Sprintf("%s %s!%s", f.Code, f.Sheet, f.Cell))
		}
		for _, b := range workbooks(t, m) {
			_, findings := read(t, b)
			for _, f := range findings {
				if f.Level != finding.Info {
					got = append(got, fmt.Sprintf("%s %s!%s", f.Code, f.Sheet, f.Cell))
				}
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Errorf("%s\nplanted  %q\nreported %q", m.What, want, got)
		}
	})
}

func TestSameSeedSameBytes(t *testing.T) {
	again, err := city.New(thePlan(), seeds[1]).Mails(first)
	if err != nil {
		t.Fatal(err)
	}
	before := mailsOf()[seeds[1]]
	if len(again) != len(before) {
		t.Fatalf("%d mails, then %d", len(before), len(again))
	}
	for i := range again {
		if again[i].Key != before[i].Key || !again[i].At.Equal(before[i].At) ||
			!bytes.Equal(again[i].Bytes("<r@x.example>"), before[i].Bytes("<r@x.example>")) {
			t.Errorf("mail %d differs: %s, %s", i, before[i].Key, again[i].Key)
		}
	}
	known := map[[sha256.Size]byte]bool{}
	for _, m := range mailsOf()[seeds[0]] {
		known[sha256.Sum256(m.Bytes(""))] = true
	}
	for _, m := range mailsOf()[seeds[1]] {
		if m.Raw == nil && known[sha256.Sum256(m.Bytes(""))] {
			t.Errorf("%s is the same for another seed", m.Key)
		}
	}
}

func TestTheYearHasItsOrder(t *testing.T) {
	for _, s := range seeds {
		byKey := map[string]city.Mail{}
		var last city.Mail
		for _, m := range mailsOf()[s] {
			if _, twice := byKey[m.Key]; twice {
				t.Errorf("two mails %s", m.Key)
			}
			byKey[m.Key] = m
			one, _ := split(m.Key)
			if other, _, _ := strings.Cut(last.Key, "/"); one == other && m.At.Before(last.At) {
				t.Errorf("%s comes before %s", m.Key, last.Key)
			}
			last = m
			for _, earlier := range []string{m.Answers, m.Copy} {
				if earlier == "" {
					continue
				}
				if e, ok := byKey[earlier]; !ok || !e.At.Before(m.At) {
					t.Errorf("%s refers to %s, which did not come before it", m.Key, earlier)
				}
			}
		}
	}
}

func TestStoriesAllHappen(t *testing.T) {
	for _, s := range seeds {
		told := map[string]int{}
		for _, m := range mailsOf()[s] {
			told[m.What]++
		}
		for _, what := range city.Stories() {
			if told[what] == 0 {
				t.Errorf("seed %d: nobody sends %q", s, what)
			}
		}
	}
}

func TestDeadlinesAreMetAndMissedAsTold(t *testing.T) {
	each(t, func(t *testing.T, _ uint64, m city.Mail) {
		year, kind := split(m.Key)
		deadlines := period(t, year)
		d := deadlines.Registration
		switch {
		case kind == "dossier" || kind == "stage":
			d = deadlines.Dossier
		case kind != "registration":
			return
		}
		timing, _ := d.State(m.At)
		want := plan.OnTime
		if slices.Contains(m.Arrival, finding.Late) {
			want = plan.Late
		} else if slices.Contains(m.Arrival, finding.OnTheDay) {
			want = plan.OnTheDay
		}
		if timing != want {
			t.Errorf("received %s: %s, want %s", m.At.Format(time.RFC3339), timing, want)
		}
	})
}

func TestMailsReadBackAsTheyWereWritten(t *testing.T) {
	each(t, func(t *testing.T, _ uint64, m city.Mail) {
		if m.Raw != nil {
			return
		}
		got := mailbox.Parse(m.Bytes("<receipt@noivu.example>"), mailbox.Limits{})
		if got.Subject != m.Subject || got.InReplyTo != "<receipt@noivu.example>" || !got.Date.Equal(m.Sent) ||
			len(got.Troubles) > 0 {
			t.Errorf("subject %q, in reply to %q, date %s, troubles %v", got.Subject, got.InReplyTo, got.Date,
				got.Troubles)
		}
		if got.Text != strings.TrimSpace(strings.ReplaceAll(m.Text, "\r\n", "\n")) {
			t.Errorf("text %q, want %q", got.Text, m.Text)
		}
		if (got.Auto != "") != (strings.HasSuffix(m.Key, "noise/auto-reply") ||
			strings.HasSuffix(m.Key, "noise/newsletter")) {
			t.Errorf("automatic: %q", got.Auto)
		}
		var names, want []string
		for _, a := range got.Attachments {
			names = append(names, a.Name)
		}
		for _, a := range m.Attachments {
			if a.Type != "message/rfc822" {
				want = append(want, a.Name)
			}
		}
		if len(want) > 0 && !slices.Equal(names, want) {
			t.Errorf("attachments %q, want %q", names, want)
		}
	})
}

func TestTextIsComposedUnlessTold(t *testing.T) {
	each(t, func(t *testing.T, _ uint64, m city.Mail) {
		if m.What != "" {
			return
		}
		for _, b := range workbooks(t, m) {
			w, err := ooxml.Read(b, ooxml.DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range w.Sheets {
				for _, r := range s.Rows {
					for _, c := range r.Cells {
						if !norm.NFC.IsNormalString(c.Text) {
							t.Errorf("%s!%s is not NFC: %q", s.Name, c.Ref(), c.Text)
						}
					}
				}
			}
		}
	})
}

func TestEveryAddressIsReserved(t *testing.T) {
	each(t, func(t *testing.T, _ uint64, m city.Mail) {
		got := mailbox.Parse(m.Bytes(""), mailbox.Limits{})
		for _, a := range slices.Concat(got.From, got.To, got.Cc, got.ReplyTo) {
			if !strings.HasSuffix(a.Address, ".example") {
				t.Errorf("address %s", a.Address)
			}
		}
	})
}

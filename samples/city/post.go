package city

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/mail"
	"strings"
	"time"

	"thidua/templates"
	"thidua/templates/form"
	"thidua/templates/plan"
)

const (
	typeXLSX   = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typeDOCX   = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	typeRFC822 = "message/rfc822"
)

// postman carries the year's mails together.
type postman struct {
	city   *season
	random *rand.Rand
	mails  []Mail
}

// parcel is one kind of paper of one unit on its way.
type parcel struct {
	kind    string // "registration", "dossier", "stage", …
	form    *form.Form
	period  plan.Period
	fill    func(*unit) any
	story   *story
	first   time.Time // first day of the season
	days    int       // how many days it has
	hurry   int       // how many days of it are left to those who must send twice
	subject string
	text    string
	file    string
}

func (p *postman) registrations() error {
	for _, u := range p.city.units {
		if !u.registers {
			continue
		}
		err := p.send(u, parcel{
			kind: "registration", form: templates.RegistrationForm, period: p.city.period,
			fill: func(u *unit) any { return p.city.registration(u) }, story: u.registration,
			first: clock(p.city.year, 2, 27, 0, 0, 0), days: 11, hurry: 7,
			subject: "Đăng ký thi đua thực hiện cải cách hành chính năm " + p.city.label() + " - " + u.Name,
			text: u.Name + " gửi bản đăng ký thi đua thực hiện cải cách hành chính năm " + p.city.label() +
				" theo Kế hoạch số " + p.city.plan.Number + ".",
			file: "Đăng ký thi đua CCHC " + p.city.label() + " - " + u.Short,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *postman) dossiers() error {
	for _, u := range p.city.units {
		if !u.nominates {
			continue
		}
		err := p.send(u, parcel{
			kind: "dossier", form: templates.DossierForm, period: p.city.period,
			fill: func(u *unit) any { return p.city.dossier(u) }, story: u.dossier,
			first: clock(p.city.year, 12, 3, 0, 0, 0), days: 26, hurry: 18,
			subject: "Hồ sơ đề nghị khen thưởng phong trào thi đua CCHC năm " + p.city.label() + " - " + u.Name,
			text: u.Name + " gửi hồ sơ đề nghị khen thưởng phong trào thi đua thực hiện cải cách hành chính năm " +
				p.city.label() + ", gồm đủ bốn thành phần trong mẫu kèm theo.",
			file: "Hồ sơ khen thưởng CCHC " + p.city.label() + " - " + u.Short,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// send writes a unit's workbook, lets its story happen, and puts the mails into the post: the first
// one, and what follows from it.
func (p *postman) send(u *unit, x parcel) error {
	s := x.story
	if s == nil {
		s = &story{}
	}
	d := &draft{city: p.city, period: x.period, unit: u, issuer: u, form: x.form, value: x.fill(u), extension: ".xlsx",
		renamed: map[string]string{}, lowered: map[string]int{}}
	if s.value != nil {
		s.value(d)
	}
	b, err := d.write(s.sheet)
	if err != nil {
		return err
	}
	if s.file != nil {
		if b, err = s.file(d, b); err != nil {
			return err
		}
	}
	days := x.days
	if s.reply != "" || s.again != "" || s.twice {
		days = x.hurry
	}
	m := p.letter(u, x.kind+"/"+u.Code, x.subject, x.text, p.workingHour(x.first, days))
	m.What, m.Arrival = s.what, s.arrival
	if s.at != nil {
		m.at(s.at.in(p.city.year))
	}
	m.Attachments = []Attachment{{Name: p.fileName(x.file) + d.extension, Type: m.client.typeOf(d.extension), Bytes: b}}
	if s.mail != nil {
		if err := s.mail(p, d, &m); err != nil {
			return err
		}
	}
	m.Faults = d.faults()
	p.mails = append(p.mails, m)
	if s.twice {
		copied := m
		copied.Key, copied.Copy, copied.What = m.Key+"/copy", m.Key, "the same bytes as "+m.Key
		copied.At = m.At.Add(47 * time.Minute)
		p.mails = append(p.mails, copied)
	}
	if s.reply != "" || s.again != "" {
		return p.correct(u, x, m)
	}
	return nil
}

// correct sends the workbook as it ought to be, a day or two after the first one.
func (p *postman) correct(u *unit, x parcel, first Mail) error {
	b, err := p.city.write(x.form, x.period, u.Name, u.Code, x.fill(u))
	if err != nil {
		return err
	}
	at, s := p.workingHour(first.At.AddDate(0, 0, 1), 2), x.story
	subject, text, answers := x.subject, s.again, ""
	if s.reply != "" {
		subject, text, answers = "Re: "+x.subject, s.reply, first.Key
	}
	m := p.letter(u, x.kind+"/"+u.Code+"/2", subject, u.Name+" "+text+". Kính đề nghị "+p.city.plan.Office.Name+
		" tiếp nhận.", at)
	m.Answers = answers
	m.Attachments = []Attachment{{Name: p.fileName(x.file) + " (sửa lần 2).xlsx", Type: m.client.typeOf(".xlsx"),
		Bytes: b}}
	p.mails = append(p.mails, m)
	return nil
}

// letter begins a mail from a unit to the standing office.
func (p *postman) letter(u *unit, key, subject, text string, at time.Time) Mail {
	m := Mail{
		Key: key, Unit: u.Code, From: address(u.Name, u.Mailboxes()[0]), To: p.office(), Subject: subject,
		Text: "Kính gửi: " + p.city.plan.Office.Name + "\r\n\r\n" + text + "\r\n\r\nTrân trọng./.\r\n" + u.preparer +
			"\r\n" + u.phone() + "\r\n",
	}
	p.stamp(&m, at)
	return m
}

// stamp gives a mail its time, its identity and the program that writes it.
func (p *postman) stamp(m *Mail, at time.Time) {
	m.at(at)
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\x00%d\x00%s", p.city.seed, p.city.year, m.Key))
	m.id, m.client = hex.EncodeToString(sum[:12]), client(p.random.IntN(int(clients)))
}

// at sets when the mail arrives, three seconds after it was written.
func (m *Mail) at(t time.Time) { m.At, m.Sent = t, t.Add(-3*time.Second) }

// office is the address the year's papers go to.
func (p *postman) office() string {
	return address(p.city.plan.Office.Name, p.city.plan.Office.Emails[0])
}

func address(name, mailbox string) string {
	return (&mail.Address{Name: name, Address: mailbox}).String()
}

// local is the part of a unit's address before the @.
func local(u *unit) string {
	name, _, _ := strings.Cut(u.Mailboxes()[0], "@")
	return name
}

// workingHour is an instant between 8:00 and 17:00 on a day from Monday to Friday, within days days
// of the first one.
func (p *postman) workingHour(first time.Time, days int) time.Time {
	y, month, d := first.Date()
	for {
		t := clock(y, int(month), d+p.random.IntN(days), between(p.random, 8, 16), p.random.IntN(60), p.random.IntN(60))
		if t.Weekday() != time.Saturday && t.Weekday() != time.Sunday {
			return t
		}
		days++
	}
}

// fileName writes a file's name as one clerk or another does: with accents, without, in capitals.
func (p *postman) fileName(name string) string {
	switch p.random.IntN(4) {
	case 0:
		return strings.ReplaceAll(plainText(name), " ", "_")
	case 1:
		return strings.ToUpper(plainText(name))
	}
	return name
}

// other is a unit of the same group whose papers lie on the same desk.
func (c *season) other(u *unit) *unit {
	for _, x := range c.group(u.Group) {
		if x != u && x.registers && len(x.people) > 0 {
			return x
		}
	}
	return u
}

// forward puts the workbook into a message that the unit received from its own staff and passes on.
func (p *postman) forward(d *draft, m *Mail) error {
	inner := Mail{
		From: address(d.unit.preparer, local(d.unit)+".vanphong@hopthu.example"),
		To:   address(d.unit.Name, d.unit.Mailboxes()[0]), Subject: m.Subject,
		Text: "Kính gửi lãnh đạo,\r\n\r\nEm gửi bản đăng ký đã hoàn thiện.\r\n", Attachments: m.Attachments,
		Key: m.Key + "/forwarded",
	}
	p.stamp(&inner, m.At.Add(-90*time.Minute))
	m.Subject = "Fwd: " + m.Subject
	m.Attachments = []Attachment{{Name: "Thư chuyển tiếp.eml", Type: typeRFC822, Bytes: inner.Bytes("")}}
	return nil
}

// zip packs the attachments.
func (p *postman) zip(d *draft, m *Mail) error {
	b, err := packZip(m.Attachments...)
	if err != nil {
		return err
	}
	m.Attachments = []Attachment{{Name: "Ho so " + plainText(d.unit.Short) + ".zip", Type: "application/zip", Bytes: b}}
	return nil
}

// enclose adds the signed letter as a scan and its draft as a document.
func (p *postman) enclose(d *draft, m *Mail) error {
	doc, err := letter("Tờ trình đề nghị khen thưởng của " + d.unit.Name)
	if err != nil {
		return err
	}
	m.Attachments = append([]Attachment{{Name: "Tờ trình (bản ký).pdf", Type: "application/pdf", Bytes: scan()}},
		append(m.Attachments,
			Attachment{Name: "Tờ trình.docx", Type: typeDOCX, Bytes: doc})...)
	return nil
}

package city

import (
	"fmt"
	"strings"
	"time"

	"thidua/templates"
	"thidua/templates/calendar"
	"thidua/templates/form"
	"thidua/templates/plan"
)

// decision sends the standing office's word that the Chairman has decided (Plan III.1.2, IV.1),
// four working days after the session, with the conference at which awards are presented. A deputy
// signs the decisions of the second year.
func (p *postman) decision(c *City, per plan.Period) error {
	signed := c.plan.Calendar.AddWorkingDays(calendar.DateOf(c.Session(per.ID)), 4)
	d := templates.NewDecision(per)
	h := &d.Head
	h.Number, h.Date = form.Of(fmt.Sprintf("%d/QĐ-UBND", 300+signed.Month*40+signed.Day)), form.OfDate(signed)
	h.ProposalNumber, h.ProposalDate = form.Of(fmt.Sprintf("%d/TTr-%s", 20+signed.Day, c.plan.Office.Symbol)),
		form.OfDate(c.plan.Calendar.AddWorkingDays(signed, -2))
	role, capacity := plan.CouncilChair, 0
	if per.Kind == plan.Annual && c.season(per).number == 1 {
		role, capacity = plan.CouncilVice, 1
	}
	h.Capacity = form.Of(templates.Capacities[capacity])
	for _, m := range c.plan.Council.Members {
		if m.Role == role {
			h.Signer = form.Of(m.Name)
			break
		}
	}
	if per.Kind != plan.AdHoc {
		d.Conference = templates.Conference{
			Date: form.OfDate(c.plan.Calendar.AddWorkingDays(signed, 10)), Start: form.Of("08:00"),
			Place: form.Of("Hội trường " + c.plan.Issuer.Short), Chair: form.Of(c.plan.Issuer.Chair),
		}
	}
	title := strings.ToLower(per.Title)
	b, err := p.city.write(templates.DecisionForm, per, c.plan.Office.Name, c.plan.Office.Unit, d)
	if err != nil {
		return err
	}
	m := Mail{Key: "decision", From: p.office(), To: p.office(), Subject: "Thông tin Quyết định khen thưởng, " + title,
		Text: "Gửi hệ thống thông tin Quyết định khen thưởng, " + title + ".\r\n"}
	p.stamp(&m, signed.Start().Add(10*time.Hour+time.Duration(between(p.random, 0, 59))*time.Minute))
	m.Attachments = []Attachment{{Name: "Quyet dinh khen thuong " + per.ID + ".xlsx", Type: m.client.typeOf(".xlsx"),
		Bytes: b}}
	p.mails = append(p.mails, m)
	return nil
}

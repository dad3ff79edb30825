package templates

import (
	"thidua/templates/form"
	"thidua/templates/plan"
)

// Outreach is a year's report on propaganda for the movement, by the units the plan charges with it
// (Plan IV.2).
type Outreach struct {
	Unit       ReportHead `form:"head"`
	News       []NewsItem
	Programmes []Programme
	Sections   []PressSection
	Activities []OutreachActivity
	Examples   []GoodExample
}

// ReportHead is who reports, for which year, in which paper.
type ReportHead struct {
	Name, Code, Year, Number, Date, Signer, SignerTitle, Preparer, Phone, Note form.Value
	Own                                                                        form.Own `json:"own,omitzero"`
}

// NewsItem is news, an article or a feature; several on one subject may share a line.
type NewsItem struct {
	Kind, Title, Medium, Date, Count, Note form.Value
	Own                                    form.Own `json:"own,omitzero"`
}

// Programme is a radio or television programme.
type Programme struct {
	Name, Medium, Date, Count, Minutes, Note form.Value
	Own                                      form.Own `json:"own,omitzero"`
}

// PressSection is a chuyên trang or chuyên mục.
type PressSection struct {
	Kind, Name, Medium, Since, Count, Note form.Value
	Own                                    form.Own `json:"own,omitzero"`
}

// OutreachActivity is any other form of propaganda: banners, loudspeaker cars, meetings.
type OutreachActivity struct {
	Kind, Content, Date, Count, Note form.Value
	Own                              form.Own `json:"own,omitzero"`
}

// GoodExample is a gương điển hình tiên tiến, người tốt, việc tốt that was presented to the public.
type GoodExample struct {
	Kind, Name, Unit, Title, Date, Achievement, Note form.Value
	Own                                              form.Own `json:"own,omitzero"`
}

// OutreachForm declares the propaganda report.
var OutreachForm = declare("tuyen-truyen", func() any { return &Outreach{} }, nil)

// NewOutreach returns a propaganda report with who reports and for which year.
func NewOutreach(period plan.Period, u plan.Unit) *Outreach {
	return &Outreach{Unit: newReportHead(period, u)}
}

func newReportHead(period plan.Period, u plan.Unit) ReportHead {
	return ReportHead{Name: form.Of(u.Name), Code: form.Of(u.Code), Year: form.OfInt(period.To.Year),
		SignerTitle: form.Of(u.Head)}
}

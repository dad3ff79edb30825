package planbook

import "thidua/templates/plan"

// sheets are the tables of the workbook in order.
var sheets = []sheet{
	generalSheet(),
	periodSheet(),
	flat("quotas", "quotas", 8, func(p *plan.Plan) *[]plan.Quota { return &p.Quotas }, []column{
		col("period", 24, func(q *plan.Quota) any { return &q.Period }, set("period"), id),
		col("nominee", 14, func(q *plan.Quota) any { return &q.Nominee }, set("nominee"), id),
		col("group", 32, func(q *plan.Quota) any { return &q.Group }, set("group"), id),
		col("places", 12, func(q *plan.Quota) any { return &q.Places }),
		col("clause", 12, func(q *plan.Quota) any { return &q.Clause }, from(refs)),
	}),
	flat("totals", "totals", 4, func(p *plan.Plan) *[]plan.Total { return &p.Totals }, []column{
		col("period", 24, func(t *plan.Total) any { return &t.Period }, set("period"), id),
		col("nominee", 14, func(t *plan.Total) any { return &t.Nominee }, set("nominee"), id),
		col("places", 12, func(t *plan.Total) any { return &t.Places }),
		col("clause", 12, func(t *plan.Total) any { return &t.Clause }, from(refs)),
	}),
	flat("province", "province.places", 2, func(p *plan.Plan) *[]plan.Total { return &p.Province.Places }, []column{
		col("period", 24, func(t *plan.Total) any { return &t.Period }, set("period"), id),
		col("nominee", 14, func(t *plan.Total) any { return &t.Nominee }, set("nominee"), id),
		col("places", 12, func(t *plan.Total) any { return &t.Places }),
		col("clause", 12, func(t *plan.Total) any { return &t.Clause }, from(refs)),
	}),
	criteriaSheet(),
	flat("order", "order", 8, func(p *plan.Plan) *[]plan.OrderKey { return &p.Order }, []column{
		col("nominee", 12, func(o *plan.OrderKey) any { return &o.Nominee }, set("nominee"), id),
		col("groups", 26, func(o *plan.OrderKey) any { return &o.Groups }, set("group"), id),
		col("fact", 20, func(o *plan.OrderKey) any { return &o.Fact }, from(facts), id),
		col("title", 34, func(o *plan.OrderKey) any { return &o.Title }),
		col("first", 22, func(o *plan.OrderKey) any { return &o.First }),
		col("given", 10, func(o *plan.OrderKey) any { return &o.Given }),
		col("desc", 10, func(o *plan.OrderKey) any { return &o.Desc }),
		col("clause", 10, func(o *plan.OrderKey) any { return &o.Clause }, from(refs)),
	}, marks("", func(o *plan.OrderKey) *plan.Mark { return &o.Mark })),
	scaleSheet(),
	flat("units", "units", 40, func(p *plan.Plan) *[]plan.Unit { return &p.Units }, []column{
		col("code", 10, func(u *plan.Unit) any { return &u.Code }, id),
		col("name", 36, func(u *plan.Unit) any { return &u.Name }),
		col("short", 26, func(u *plan.Unit) any { return &u.Short }),
		col("kind", 14, func(u *plan.Unit) any { return &u.Kind }),
		col("group", 28, func(u *plan.Unit) any { return &u.Group }, set("group")),
		col("head", 24, func(u *plan.Unit) any { return &u.Head }),
		col("emails", 36, func(u *plan.Unit) any { return &u.Emails }),
		col("aliases", 36, func(u *plan.Unit) any { return &u.Aliases }),
		col("valid_from", 14, func(u *plan.Unit) any { return &u.ValidFrom }),
		col("valid_to", 14, func(u *plan.Unit) any { return &u.ValidTo }),
		col("successor", 12, func(u *plan.Unit) any { return &u.Successor }),
	}, marks("", func(u *plan.Unit) *plan.Mark { return &u.Mark })),
	flat("members", "council.members", 10, func(p *plan.Plan) *[]plan.Member { return &p.Council.Members }, []column{
		col("name", 26, func(m *plan.Member) any { return &m.Name }, id),
		col("position", 38, func(m *plan.Member) any { return &m.Position }, id),
		col("role", 18, func(m *plan.Member) any { return &m.Role }, set("member")),
		col("title", 30, func(m *plan.Member) any { return &m.Title }),
		col("email", 32, func(m *plan.Member) any { return &m.Email }),
	}, marks("", func(m *plan.Member) *plan.Mark { return &m.Mark })),
	flat("legal-bases", "legal-bases", 10, func(p *plan.Plan) *[]plan.LegalBasis { return &p.Bases }, []column{
		col("text", 90, func(b *plan.LegalBasis) any { return &b.Text }, id),
		col("from", 14, func(b *plan.LegalBasis) any { return &b.From }),
		col("to", 14, func(b *plan.LegalBasis) any { return &b.To }),
	}, marks("", func(b *plan.LegalBasis) *plan.Mark { return &b.Mark })),
	flat("certificate", "certificate.fields", 2, func(p *plan.Plan) *[]plan.CertField { return &p.Certificate.Fields },
		[]column{
			col("field", 26, func(f *plan.CertField) any { return &f.Field }, set("certificate"), id),
			col("x", 10, func(f *plan.CertField) any { return &f.X }),
			col("y", 10, func(f *plan.CertField) any { return &f.Y }),
			col("width", 10, func(f *plan.CertField) any { return &f.Width }),
			col("size", 10, func(f *plan.CertField) any { return &f.Size }),
			col("lines", 10, func(f *plan.CertField) any { return &f.Lines }),
			col("align", 14, func(f *plan.CertField) any { return &f.Align }, set("align")),
			col("bold", 10, func(f *plan.CertField) any { return &f.Bold }),
			col("italic", 10, func(f *plan.CertField) any { return &f.Italic }),
			col("red", 10, func(f *plan.CertField) any { return &f.Red }),
			col("printed", 14, func(f *plan.CertField) any { return &f.Printed }),
		}),
	flat("salaries", "prize.salaries", 4, func(p *plan.Plan) *[]plan.Salary { return &p.Prize.Salaries }, []column{
		col("from", 14, func(s *plan.Salary) any { return &s.From }, id),
		col("dong", 16, func(s *plan.Salary) any { return &s.Dong }),
	}),
	calendarSheet(),
	flat("occasions", "occasions", 6, func(p *plan.Plan) *[]plan.Occasion { return &p.Occasions }, []column{
		col("id", 22, func(o *plan.Occasion) any { return &o.ID }, id),
		col("title", 36, func(o *plan.Occasion) any { return &o.Title }),
		col("periods", 30, func(o *plan.Occasion) any { return &o.Periods }, set("period")),
		col("when.month-day", 12, func(o *plan.Occasion) any { return &o.When.MonthDay }, monthDay),
		col("when.year-offset", 12, func(o *plan.Occasion) any { return &o.When.YearOffset }),
		col("when.deadline", 18, func(o *plan.Occasion) any { return &o.When.Deadline }, set("deadline")),
		col("when.days", 14, func(o *plan.Occasion) any { return &o.When.Days }),
		col("when.every-day", 12, func(o *plan.Occasion) any { return &o.When.EveryDay }),
		col("when.event", 24, func(o *plan.Occasion) any { return &o.When.Event }, set("event")),
		col("papers", 28, func(o *plan.Occasion) any { return &o.Papers }),
		col("to", 24, func(o *plan.Occasion) any { return &o.To }, set("audience")),
		col("also", 14, func(o *plan.Occasion) any { return &o.Also }),
		col("clause", 10, func(o *plan.Occasion) any { return &o.Clause }, from(refs)),
	}, marks("", func(o *plan.Occasion) *plan.Mark { return &o.Mark })),
	headSheet(),
	flat("groups", "groups", 0, func(p *plan.Plan) *[]plan.Group { return &p.Groups }, []column{
		col("id", 34, func(g *plan.Group) any { return &g.ID }, set("group"), id),
		col("title", 40, func(g *plan.Group) any { return &g.Title }),
	}),
	flat("roles", "roles", 2, func(p *plan.Plan) *[]plan.Role { return &p.Roles }, []column{
		col("id", 36, func(r *plan.Role) any { return &r.ID }, set("role"), id),
		col("title", 40, func(r *plan.Role) any { return &r.Title }),
		col("aliases", 60, func(r *plan.Role) any { return &r.Aliases }),
		col("groups", 44, func(r *plan.Role) any { return &r.Groups }, set("group")),
		col("clause", 10, func(r *plan.Role) any { return &r.Clause }, from(refs)),
	}),
	flat("dossier", "dossier", 2, func(p *plan.Plan) *[]plan.DossierPart { return &p.Dossier }, []column{
		col("key", 28, func(d *plan.DossierPart) any { return &d.Key }, set("part"), id),
		col("title", 60, func(d *plan.DossierPart) any { return &d.Title }),
		col("clause", 10, func(d *plan.DossierPart) any { return &d.Clause }, from(refs)),
		col("item", 12, func(d *plan.DossierPart) any { return &d.Item }),
	}),
	flat("copies", "copies", 2, func(p *plan.Plan) *[]plan.Copies { return &p.Copies }, []column{
		col("level", 28, func(c *plan.Copies) any { return &c.Level }, set("award"), id),
		col("title", 60, func(c *plan.Copies) any { return &c.Title }),
		col("sets", 12, func(c *plan.Copies) any { return &c.Sets }),
		col("clause", 10, func(c *plan.Copies) any { return &c.Clause }, from(refs)),
	}),
	flat("contents", "contents", 4, func(p *plan.Plan) *[]plan.Content { return &p.Contents }, []column{
		col("key", 18, func(c *plan.Content) any { return &c.Key }, id),
		col("title", 36, func(c *plan.Content) any { return &c.Title }),
		col("text", 90, func(c *plan.Content) any { return &c.Text }),
		col("clause", 10, func(c *plan.Content) any { return &c.Clause }, from(refs)),
		col("item", 12, func(c *plan.Content) any { return &c.Item }),
	}),
	clauseSheet(),
	flat("questions", "questions", 8, func(p *plan.Plan) *[]plan.Assumption { return &p.Questions }, []column{
		col("topic", 34, func(a *plan.Assumption) any { return &a.Topic }, id),
		col("clause", 10, func(a *plan.Assumption) any { return &a.Clause }, from(refs)),
		col("text", 70, func(a *plan.Assumption) any { return &a.Text }),
		col("default", 60, func(a *plan.Assumption) any { return &a.Default }),
	}),
	wordingSheet(),
	columnsSheet(),
	derivedSheet(),
}

// derivedSheet holds what the plan reckons from numbers of the forms. A workbook made before there
// was any has no such sheet.
func derivedSheet() sheet {
	s := flat("derived", "derived", 10, func(p *plan.Plan) *[]plan.Derived { return &p.Derived }, []column{
		col("key", 16, func(d *plan.Derived) any { return &d.Key }, id),
		col("title", 44, func(d *plan.Derived) any { return &d.Title }),
		col("kind", 26, func(d *plan.Derived) any { return &d.Kind }, set("derived")),
		col("of", 44, func(d *plan.Derived) any { return &d.Of }),
		col("scale", 18, func(d *plan.Derived) any { return &d.Scale }, from(scaleIDs)),
		col("clause", 10, func(d *plan.Derived) any { return &d.Clause }, from(refs)),
	}, marks("", func(d *plan.Derived) *plan.Mark { return &d.Mark }))
	s.optional = true
	return s
}

// columnsSheet holds what the plan changes and adds of the columns of forms. A workbook made before
// there was any has no such sheet.
func columnsSheet() sheet {
	s := flat("columns", "columns", 30, func(p *plan.Plan) *[]plan.Column { return &p.Columns }, []column{
		col("form", 26, func(c *plan.Column) any { return &c.Form }, set("form"), id),
		col("block", 24, func(c *plan.Column) any { return &c.Block }, set("block"), id),
		col("key", 16, func(c *plan.Column) any { return &c.Key }, id),
		col("title", 36, func(c *plan.Column) any { return &c.Title }),
		col("type", 24, func(c *plan.Column) any { return &c.Type }, set("type")),
		col("scale", 18, func(c *plan.Column) any { return &c.Scale }, from(scaleIDs)),
		col("values", 30, func(c *plan.Column) any { return &c.Values }),
		col("min", 10, func(c *plan.Column) any { return &c.Min }),
		col("max", 10, func(c *plan.Column) any { return &c.Max }),
		col("limit", 10, func(c *plan.Column) any { return &c.Limit }),
		col("required", 12, func(c *plan.Column) any { return &c.Required }, set("answer")),
		col("asked", 12, func(c *plan.Column) any { return &c.Asked }, set("answer")),
		col("groups", 30, func(c *plan.Column) any { return &c.Groups }, set("group")),
		col("help", 44, func(c *plan.Column) any { return &c.Help }),
		col("example", 30, func(c *plan.Column) any { return &c.Example }),
		col("clause", 10, func(c *plan.Column) any { return &c.Clause }, from(refs)),
		col("width", 10, func(c *plan.Column) any { return &c.Width }),
		col("printed", 30, func(c *plan.Column) any { return &c.Printed }, set("printed")),
	}, marks("", func(c *plan.Column) *plan.Mark { return &c.Mark }))
	s.optional = true
	return s
}

// wordingSheet holds the office's own words. A workbook made before there were any has no such
// sheet.
func wordingSheet() sheet {
	s := flat("wording", "wording", 20, func(p *plan.Plan) *[]plan.Phrase { return &p.Wording }, []column{
		col("key", 40, func(f *plan.Phrase) any { return &f.Key }, id),
		col("text", 100, func(f *plan.Phrase) any { return &f.Text }),
	})
	s.optional = true
	return s
}

func generalSheet() sheet {
	s := sheet{key: "general", settings: true}
	s.columns = []column{
		col("id", 0, func(p *plan.Plan) any { return &p.ID }),
		col("number", 0, func(p *plan.Plan) any { return &p.Number }),
		col("title", 0, func(p *plan.Plan) any { return &p.Title }),
		col("movement", 0, func(p *plan.Plan) any { return &p.Movement }),
		col("award", 0, func(p *plan.Plan) any { return &p.Award }),
		col("place", 0, func(p *plan.Plan) any { return &p.Place }),
		col("issued-on", 0, func(p *plan.Plan) any { return &p.IssuedOn }),
		col("recipients", 0, func(p *plan.Plan) any { return &p.Recipients }),
		col("reporters", 0, func(p *plan.Plan) any { return &p.Reporters }),
		col("issuer.name", 0, func(p *plan.Plan) any { return &p.Issuer.Name }),
		col("issuer.short", 0, func(p *plan.Plan) any { return &p.Issuer.Short }),
		col("issuer.chair", 0, func(p *plan.Plan) any { return &p.Issuer.Chair }),
		col("office.unit", 0, func(p *plan.Plan) any { return &p.Office.Unit }),
		col("office.name", 0, func(p *plan.Plan) any { return &p.Office.Name }),
		col("office.symbol", 0, func(p *plan.Plan) any { return &p.Office.Symbol }),
		col("office.emails", 0, func(p *plan.Plan) any { return &p.Office.Emails }),
		col("office.phone", 0, func(p *plan.Plan) any { return &p.Office.Phone }),
		col("office.answers-a-day", 0, func(p *plan.Plan) any { return &p.Office.Answers }, later),
	}
	s.columns = append(s.columns, marks("office.", func(p *plan.Plan) *plan.Mark { return &p.Office.Mark })...)
	s.columns = append(s.columns,
		col("province.clause", 0, func(p *plan.Plan) any { return &p.Province.Clause }, from(refs)),
		col("province.award", 0, func(p *plan.Plan) any { return &p.Province.Award }),
		col("province.criteria", 0, func(p *plan.Plan) any { return &p.Province.Criteria }),
	)
	s.columns = append(s.columns, marks("province.", func(p *plan.Plan) *plan.Mark { return &p.Province.Mark })...)
	s.columns = append(s.columns,
		col("approval.forms", 0, func(p *plan.Plan) any { return &p.Approval.Forms }, set("approval")),
		col("approval.clause", 0, func(p *plan.Plan) any { return &p.Approval.Clause }, from(refs)),
	)
	s.columns = append(s.columns, marks("approval.", func(p *plan.Plan) *plan.Mark { return &p.Approval.Mark })...)
	s.columns = append(s.columns,
		col("council.name", 0, func(p *plan.Plan) any { return &p.Council.Name }),
		col("council.secretary-emails", 0, func(p *plan.Plan) any { return &p.Council.SecretaryEmails }),
		col("council.quorum.num", 0, func(p *plan.Plan) any { return &p.Council.Quorum.Num }),
		col("council.quorum.den", 0, func(p *plan.Plan) any { return &p.Council.Quorum.Den }),
		col("council.threshold.percent", 0, func(p *plan.Plan) any { return &p.Council.Threshold.Percent }),
		col("council.threshold.base", 0, func(p *plan.Plan) any { return &p.Council.Threshold.Base }, set("base")),
		col("council.threshold.strict", 0, func(p *plan.Plan) any { return &p.Council.Threshold.Strict }),
		col("council.secret", 0, func(p *plan.Plan) any { return &p.Council.Secret }),
		col("council.written", 0, func(p *plan.Plan) any { return &p.Council.Written }),
		col("council.without-recused", 0, func(p *plan.Plan) any { return &p.Council.WithoutRecused }),
	)
	s.columns = append(s.columns, marks("council.", func(p *plan.Plan) *plan.Mark { return &p.Council.Mark })...)
	s.columns = append(s.columns,
		col("priority.clause", 0, func(p *plan.Plan) any { return &p.Priority.Clause }, from(refs)),
		col("priority.role", 0, func(p *plan.Plan) any { return &p.Priority.Role }, set("role")),
		col("priority.text", 0, func(p *plan.Plan) any { return &p.Priority.Text }),
		col("stage.rule", 0, func(p *plan.Plan) any { return &p.Stage.Rule }, set("combination")),
		col("stage.clause", 0, func(p *plan.Plan) any { return &p.Stage.Clause }, from(refs)),
	)
	s.columns = append(s.columns, marks("stage.", func(p *plan.Plan) *plan.Mark { return &p.Stage.Mark })...)
	s.columns = append(s.columns,
		col("certificate.preprinted", 0, func(p *plan.Plan) any { return &p.Certificate.Preprinted }),
		col("certificate.shift-x", 0, func(p *plan.Plan) any { return &p.Certificate.ShiftX }),
		col("certificate.shift-y", 0, func(p *plan.Plan) any { return &p.Certificate.ShiftY }),
	)
	s.columns = append(s.columns,
		marks("certificate.", func(p *plan.Plan) *plan.Mark { return &p.Certificate.Mark })...)
	s.columns = append(s.columns,
		col("prize.pay", 0, func(p *plan.Plan) any { return &p.Prize.Pay }),
		col("prize.individual", 0, func(p *plan.Plan) any { return &p.Prize.Individual }),
		col("prize.collective", 0, func(p *plan.Plan) any { return &p.Prize.Collective }),
		col("prize.round", 0, func(p *plan.Plan) any { return &p.Prize.Round }),
		col("prize.fund", 0, func(p *plan.Plan) any { return &p.Prize.Fund }),
	)
	s.columns = append(s.columns, marks("prize.", func(p *plan.Plan) *plan.Mark { return &p.Prize.Mark })...)
	return s
}

func scaleSheet() sheet {
	type row = pair[plan.Scale, plan.Level]
	return nestedSheet("scales", "scales", "levels", 12, func(p *plan.Plan) *[]plan.Scale { return &p.Scales },
		func(s *plan.Scale) *[]plan.Level { return &s.Levels },
		[]column{
			col("id", 14, func(r *row) any { return &r.Entry.ID }, id),
			col("title", 30, func(r *row) any { return &r.Entry.Title }),
			col("from", 14, func(r *row) any { return &r.Entry.From }, id),
			col("to", 14, func(r *row) any { return &r.Entry.To }),
		},
		marks("", func(r *row) *plan.Mark { return &r.Entry.Mark }),
		[]column{
			col("number", 8, func(r *row) any { return &r.Number }, child, id),
			col("label", 40, func(r *row) any { return &r.Child.Label }, child),
			col("aliases", 60, func(r *row) any { return &r.Child.Aliases }, child),
			col("min", 12, func(r *row) any { return &r.Child.Min }, child),
		})
}

func headSheet() sheet {
	type row = pair[plan.Head, plan.Signature]
	return nestedSheet("heads", "heads", "signatures", 6, func(p *plan.Plan) *[]plan.Head { return &p.Heads },
		func(h *plan.Head) *[]plan.Signature { return &h.Signatures },
		[]column{
			col("paper", 14, func(r *row) any { return &r.Entry.Paper }, id),
			col("parent", 34, func(r *row) any { return &r.Entry.Parent }),
			col("organ", 44, func(r *row) any { return &r.Entry.Organ }),
			col("symbol", 16, func(r *row) any { return &r.Entry.Symbol }),
			col("recipients", 44, func(r *row) any { return &r.Entry.Recipients }),
		},
		marks("", func(r *row) *plan.Mark { return &r.Entry.Mark }),
		[]column{
			col("number", 8, func(r *row) any { return &r.Number }, child, id),
			col("lines", 44, func(r *row) any { return &r.Child.Lines }, child),
			col("name", 26, func(r *row) any { return &r.Child.Name }, child),
		})
}

func clauseSheet() sheet {
	type row = pair[plan.Clause, string]
	return nestedSheet("clauses", "clauses", "items", 12, func(p *plan.Plan) *[]plan.Clause { return &p.Clauses },
		func(c *plan.Clause) *[]string { return &c.Items },
		[]column{
			col("ref", 12, func(r *row) any { return &r.Entry.Ref }, id),
			col("title", 44, func(r *row) any { return &r.Entry.Title }),
			col("lead", 44, func(r *row) any { return &r.Entry.Lead }),
			col("number", 8, func(r *row) any { return &r.Number }, child, id),
			col("text", 110, func(r *row) any { return &r.Child }, child),
		})
}

package form

// Fitting says what becomes of a form under another plan than the one whose words its declaration
// uses.
type Fitting struct {
	Asks func(Field) bool           // whether the plan asks for the field
	Say  func(string) string        // a title or help in the plan's words
	Show func(Field, string) string // a field's example in the plan's words
	Cite func(string) string        // the plan's number of a clause
}

// Fit returns the form with the fields that the plan asks for, in its words. Blocks and sheets of
// which no field is left fall away; keys, types, rules and the places of values are those of the
// declaration, so what was read with one reads with the other.
func (f *Form) Fit(by Fitting) *Form {
	out := *f
	out.Sheets, out.Clause = nil, by.Cite(f.Clause)
	for _, s := range f.Sheets {
		s.Title = by.Say(s.Title)
		blocks := s.Blocks
		s.Blocks = nil
		for _, b := range blocks {
			fields := b.Fields
			b.Title, b.Clause, b.Fields = by.Say(b.Title), by.Cite(b.Clause), nil
			for _, x := range fields {
				if by.Asks(x) {
					x.Example = by.Show(x, x.Example)
					x.Title, x.Help, x.Clause = by.Say(x.Title), by.Say(x.Help), by.Cite(x.Clause)
					b.Fields = append(b.Fields, x)
				}
			}
			if len(b.Fields) > 0 {
				s.Blocks = append(s.Blocks, b)
			}
		}
		if len(s.Blocks) > 0 {
			out.Sheets = append(out.Sheets, s)
		}
	}
	return &out
}

package form

import (
	"cmp"
	"slices"

	"thidua/templates/finding"
	"thidua/templates/person"
	"thidua/templates/viet"
)

// familyNames gives back to names the Ông or Bà that is the family name and was taken for a form of
// address: the rest of the row says which it is. Where the row does not settle it, that is asked.
func (r *Reading) familyNames() {
	for _, b := range r.Form.Blocks() {
		name, title, sex := b.ofPerson()
		if name == nil || title == nil && sex == nil {
			continue
		}
		for i := range b.Len(r.Value) {
			rec := b.Record(r.Value, i)
			v := name.At(rec)
			if !v.Given() || !mayBeFamily(v.Typed()) {
				continue
			}
			n := person.Read(v.Typed(), address(title, sex, rec))
			if cased := person.Cased(n.Text); cased != v.Text && person.Look(n.Text) == person.Fine {
				r.Repairs = slices.DeleteFunc(r.Repairs, func(x Repair) bool {
					return x.Sheet == v.At.Sheet && x.Cell == v.At.Cell && x.Rule == "title"
				})
				v.Text = cased
			}
			if n.Unsure {
				r.Findings = append(r.Findings, finding.New(finding.TitleOrFamily, finding.At{Sheet: v.At.Sheet,
					Cell: v.At.Cell}, "field", name.Title, "read", v.Typed(), "want", v.Text))
			}
		}
	}
}

// ofPerson returns the fields of a block that name a person and say how he or she is addressed.
func (b *Block) ofPerson() (name, title, sex *Field) {
	for i := range b.Fields {
		f := &b.Fields[i]
		switch {
		case f.Person && name == nil:
			name = f
		case slices.Contains(f.Values, person.Ba):
			title = f
		case slices.Contains(f.Values, Female):
			sex = f
		}
	}
	return name, title, sex
}

// address is how a row says that its person is addressed, "" when it does not or contradicts
// itself.
func address(title, sex *Field, rec any) string {
	said, meant := "", ""
	if title != nil {
		said = title.At(rec).Text
	}
	if sex != nil {
		meant = map[string]string{Male: person.Ong, Female: person.Ba}[sex.At(rec).Text]
	}
	if said != "" && meant != "" && said != meant {
		return ""
	}
	return cmp.Or(said, meant)
}

// mayBeFamily reports whether a name begins with Ông or Bà, however written.
func mayBeFamily(s string) bool {
	start := viet.FoldStart(nil, s, len("ong "))
	return string(start) == "ong " || len(start) > 2 && string(start[:3]) == "ba "
}

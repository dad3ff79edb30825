package form

import "encoding/json"

// Own are the values of the columns that a plan adds to a block, by their keys. It is a field of
// the struct of every row and of every block of cells.
type Own map[string]*Value

// Own are the fields of a block that the plan has added.
func (f *Form) Own(block string) []Field {
	var out []Field
	for _, b := range f.Blocks() {
		for _, x := range b.Fields {
			if b.Key == block && x.Own {
				out = append(out, x)
			}
		}
	}
	return out
}

// Value is the value of a column. One that is not there is blank, and to be set by Set alone: many
// may read a row at once.
func (o Own) Value(key string) *Value {
	if v := o[key]; v != nil {
		return v
	}
	return new(Value)
}

// Set sets the value of a column.
func (o *Own) Set(key string, v Value) {
	if *o == nil {
		*o = Own{}
	}
	(*o)[key] = &v
}

// Texts are the values without where they stood, for a form that they are carried over to.
func (o Own) Texts() Own {
	var out Own
	for key, v := range o {
		if v.Given() {
			out.Set(key, Of(v.Text))
		}
	}
	return out
}

// IsZero reports whether no value is there.
func (o Own) IsZero() bool {
	for _, v := range o {
		if v != nil && *v != (Value{}) {
			return false
		}
	}
	return true
}

// MarshalJSON leaves blank ones out.
func (o Own) MarshalJSON() ([]byte, error) {
	out := map[string]*Value{}
	for key, v := range o {
		if v != nil && *v != (Value{}) {
			out[key] = v
		}
	}
	return json.Marshal(out)
}

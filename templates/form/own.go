package form

import "encoding/json"

// Own are the values of the columns that a plan adds to a block, by their keys. It is a field
// of the struct of every row and of every block of cells.
type Own struct {
	values map[string]*Value
}

// Value is the value of a column. One that is not there is blank, and to be set by Set alone:
// many may read a row at once.
func (o *Own) Value(key string) *Value {
	if v := o.values[key]; v != nil {
		return v
	}
	return new(Value)
}

// Set sets the value of a column.
func (o *Own) Set(key string, v Value) {
	if o.values == nil {
		o.values = map[string]*Value{}
	}
	o.values[key] = &v
}

// IsZero reports whether no value is there.
func (o Own) IsZero() bool {
	for _, v := range o.values {
		if *v != (Value{}) {
			return false
		}
	}
	return true
}

// MarshalJSON leaves blank ones out.
func (o Own) MarshalJSON() ([]byte, error) {
	out := map[string]*Value{}
	for key, v := range o.values {
		if *v != (Value{}) {
			out[key] = v
		}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (o *Own) UnmarshalJSON(raw []byte) error { return json.Unmarshal(raw, &o.values) }

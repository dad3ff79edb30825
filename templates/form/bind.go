package form

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Bind ties a form to the struct of its values, which New makes: a table to the slice of the name
// of its key, a block of cells to the struct of that name, a field to the Value. A tag `form` names
// a key that is not the name in lower case. A field of one year is looked up in the array with the
// tag "each", at the place of its year among years.
func (f *Form) Bind(years []int) error {
	root := reflect.TypeOf(f.New()).Elem()
	for _, b := range f.Blocks() {
		var own []string
		var ownPath []int
		home, ok := member(root, b.Key)
		if !ok {
			return fmt.Errorf("form %s: %s has no place for the block %s", f.ID, root, b.Key)
		}
		record, at := home.Type, home.Index
		if b.Kind == TableBlock {
			if record.Kind() != reflect.Slice {
				return fmt.Errorf("form %s: the table %s is no slice of %s", f.ID, b.Key, root)
			}
			record, at = record.Elem(), nil
			b.rows = rowsAt(home.Index[0])
		}
		for i := range b.Fields {
			x := &b.Fields[i]
			if x.Own {
				to, ok := member(record, "own")
				if !ok || to.Type != reflect.TypeFor[Own]() {
					return fmt.Errorf("form %s: the block %s takes no columns of a plan's own", f.ID, b.Key)
				}
				ownPath = append(at[:len(at):len(at)], to.Index...)
				x.at = ownAt(ownPath, x.Key)
				own = append(own, x.Key)
				continue
			}
			key, index := x.Key, 0
			if x.InYear != 0 {
				key = strings.TrimSuffix(key, strconv.Itoa(x.InYear))
				index = slices.Index(years, x.InYear)
			}
			to, ok := place(record, key, index)
			if ok {
				to = append(at[:len(at):len(at)], to...)
			} else if to, ok = place(root, key, index); b.Kind == TableBlock || !ok {
				return fmt.Errorf("form %s: %s has no Value for the field %s.%s", f.ID, record, b.Key, x.Key)
			}
			x.at = valueAt(to)
		}
		if len(own) > 0 {
			f.makeOwn(b, ownPath, own)
		}
	}
	return nil
}

// makeOwn gives every new row of a table, or every new form, places for the plan's own columns.
func (f *Form) makeOwn(b *Block, at []int, keys []string) {
	places := func(rec any) any {
		own := ownOf(rec, at)
		for _, key := range keys {
			own.Set(key, Value{})
		}
		return rec
	}
	if b.Kind == CellsBlock {
		make := f.New
		f.New = func() any { return places(make()) }
		return
	}
	add := b.rows.add
	b.rows.add = func(v any) any { return places(add(v)) }
}

// Unbound are the Values of a form's struct that no field of its is bound to.
func (f *Form) Unbound() []string {
	var out []string
	root := f.New()
	bound := map[*Value]bool{}
	for _, b := range f.Blocks() {
		rec := root
		if b.Kind == TableBlock {
			rec = b.Append(root)
		}
		for i := range b.Fields {
			bound[b.Fields[i].At(rec)] = true
		}
	}
	var walk func(v reflect.Value, path string)
	walk = func(v reflect.Value, path string) {
		if x, ok := v.Addr().Interface().(*Value); ok {
			if !bound[x] {
				out = append(out, path)
			}
			return
		}
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i), path+"."+v.Type().Field(i).Name)
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i), path)
			}
		}
	}
	walk(reflect.ValueOf(root).Elem(), f.ID)
	return out
}

// member finds the field of a struct whose name or tag is a key.
func member(of reflect.Type, key string) (reflect.StructField, bool) {
	for i := range of.NumField() {
		x := of.Field(i)
		if name, ok := x.Tag.Lookup("form"); ok && name == key || !ok && strings.ToLower(x.Name) == key {
			return x, true
		}
	}
	return reflect.StructField{}, false
}

// place is the way to the Value of a key: the numbers of the fields, and for that of one year its
// number in the array.
func place(of reflect.Type, key string, index int) ([]int, bool) {
	value := reflect.TypeFor[Value]()
	if x, ok := member(of, key); ok && x.Type == value {
		return x.Index, true
	}
	if each, ok := member(of, "each"); ok && index >= 0 && index < each.Type.Len() {
		if x, ok := member(each.Type.Elem(), key); ok && x.Type == value {
			return []int{each.Index[0], index, x.Index[0]}, true
		}
	}
	return nil, false
}

func step(v reflect.Value, path []int) reflect.Value {
	for _, i := range path {
		if v.Kind() == reflect.Array {
			v = v.Index(i)
		} else {
			v = v.Field(i)
		}
	}
	return v
}

func valueAt(path []int) func(any) *Value {
	return func(rec any) *Value { return step(reflect.ValueOf(rec).Elem(), path).Addr().Interface().(*Value) }
}

func ownAt(path []int, key string) func(any) *Value {
	return func(rec any) *Value { return ownOf(rec, path).Value(key) }
}

func ownOf(rec any, path []int) *Own {
	return step(reflect.ValueOf(rec).Elem(), path).Addr().Interface().(*Own)
}

// rowsAt are the rows of a table in the i-th field of a form's struct.
func rowsAt(i int) rowsOf {
	of := func(v any) reflect.Value { return reflect.ValueOf(v).Elem().Field(i) }
	return rowsOf{
		len: func(v any) int { return of(v).Len() },
		at:  func(v any, n int) any { return of(v).Index(n).Addr().Interface() },
		add: func(v any) any {
			s := of(v)
			n := s.Len()
			s.Grow(1)
			s.SetLen(n + 1)
			s.Index(n).SetZero() // what was dropped there before
			return s.Index(n).Addr().Interface()
		},
		grow: func(v any, n int) { of(v).Grow(n) },
		cut: func(v any) {
			s := of(v)
			s.SetLen(s.Len() - 1)
		},
	}
}

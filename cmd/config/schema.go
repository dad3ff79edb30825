package config

import (
	"reflect"
	"strings"

	"thidua/templates/wording"
)

// SchemaFileName is the file beside the configuration that editors look into.
const SchemaFileName = "thidua.schema.json"

// Schema describes thidua.yaml (JSON Schema 2020-12), made from the struct that reads it. Editors
// complete and check the file with it.
func Schema() map[string]any {
	out := objectOf(reflect.TypeFor[Config](), "")
	out["$schema"], out["title"] = "https://json-schema.org/draft/2020-12/schema", FileName
	return out
}

// objectOf describes a struct; group begins the keys of what the catalogue says about its fields.
func objectOf(t reflect.Type, group string) map[string]any {
	properties := map[string]any{}
	var add func(t reflect.Type, group string)
	add = func(t reflect.Type, group string) {
		for f := range fields(t) {
			name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
			switch {
			case options == "inline":
				add(f.Type, groupOf(f.Type))
			case name != "":
				properties[name] = property(f, group+name)
			}
		}
	}
	add(t, group)
	return map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
}

// groupOf begins the catalogue's keys about the fields of a struct below the configuration.
func groupOf(t reflect.Type) string { return strings.ToLower(t.Name()) + "." }

func fields(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() || f.Anonymous {
				if !yield(f) {
					return
				}
			}
		}
	}
}

// property describes one setting under its name in the catalogue.
//
//wording:composed cli.setting.
func property(f reflect.StructField, name string) map[string]any {
	var out map[string]any
	switch f.Type.Kind() {
	case reflect.Struct:
		out = objectOf(f.Type, groupOf(f.Type))
	case reflect.Slice:
		out = map[string]any{"type": "array", "items": map[string]any{"type": "string"}}
	case reflect.Bool:
		out = map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		out = map[string]any{"type": "integer", "minimum": 0}
	default:
		out = map[string]any{"type": "string"}
	}
	if values := f.Tag.Get("enum"); values != "" {
		out["enum"] = strings.Split(values, ",")
	}
	out["description"] = wording.Text("cli.setting." + name)
	return out
}

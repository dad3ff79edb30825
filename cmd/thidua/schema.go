package main

import (
	"reflect"
	"strings"
)

// schemaName is the file beside the configuration that editors look into.
const schemaName = "thidua.schema.json"

type configSchema struct{}

// Run prints the JSON schema of the configuration, with which editors complete and check it.
func (configSchema) Run(s *session) error { return s.json(jsonSchema()) }

// jsonSchema describes thidua.yaml (JSON Schema 2020-12), made from the struct that reads it.
func jsonSchema() map[string]any {
	out := objectOf(reflect.TypeFor[config]())
	out["$schema"], out["title"] = "https://json-schema.org/draft/2020-12/schema", configName
	return out
}

func objectOf(t reflect.Type) map[string]any {
	properties := map[string]any{}
	var add func(reflect.Type)
	add = func(t reflect.Type) {
		for f := range fields(t) {
			name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
			switch {
			case options == "inline":
				add(f.Type)
			case name != "":
				properties[name] = property(f)
			}
		}
	}
	add(t)
	return map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
}

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

func property(f reflect.StructField) map[string]any {
	var out map[string]any
	switch f.Type.Kind() {
	case reflect.Struct:
		out = objectOf(f.Type)
	case reflect.Slice:
		out = map[string]any{"type": "array", "items": map[string]any{"type": "string"}}
		if f.Type.Elem().Kind() == reflect.Struct {
			out["items"] = objectOf(f.Type.Elem())
		}
	case reflect.Map:
		out = map[string]any{"type": "object"}
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
	if doc := f.Tag.Get("doc"); doc != "" {
		out["description"] = doc
	}
	return out
}

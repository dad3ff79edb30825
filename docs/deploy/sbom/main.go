// Command sbom writes what a Go program is made of, as CycloneDX 1.5 in JSON.
//
//	go run ./docs/deploy/sbom PROGRAM FILE
//
// It reads what the linker noted in the program, and so tells of that very file. The same program
// gives the same bytes.
package main

import (
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
)

type component struct {
	Type    string `json:"type"`
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
	PURL    string `json:"purl,omitempty"`
	Hashes  []hash `json:"hashes,omitempty"`
}

type hash struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"`
}

func main() {
	if err := write(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("usage: sbom PROGRAM FILE")
	}
	info, err := buildinfo.ReadFile(args[0])
	if err != nil {
		return err
	}
	content, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	sum := sha256.Sum256(content)
	program := component{
		Type: "application", Name: filepath.Base(args[0]), Hashes: []hash{{"SHA-256", hex.EncodeToString(sum[:])}},
	}
	b, err := json.MarshalIndent(map[string]any{
		"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
		"metadata": map[string]any{"component": program}, "components": components(info),
	}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(args[1], append(b, '\n'), 0o644)
}

// components are the standard library and every module in the program, as replaced.
func components(info *debug.BuildInfo) []component {
	out := []component{{Type: "library", Name: "stdlib", Version: info.GoVersion}}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		out = append(out, component{
			Type: "library", Name: m.Path, Version: m.Version, PURL: "pkg:golang/" + m.Path + "@" + m.Version,
		})
	}
	return out
}

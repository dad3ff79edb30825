package plan

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Encode returns the files of a plan's folder by name. Loading them gives the same plan; comments
// of the original are not kept.
func Encode(p *Plan) (map[string][]byte, error) {
	files := map[string][]byte{
		fileUnits:   encodeUnits(p.Units),
		fileCouncil: encodeMembers(p.Council.Members),
	}
	for name, part := range map[string]any{
		filePlan:      p,
		fileClauses:   clausesFile{p.Clauses},
		fileCriteria:  criteriaFile{p.Criteria, p.Priority, p.Order, p.Stage},
		fileScales:    scalesFile{p.Scales},
		fileOccasions: occasionsFile{p.Occasions},
		fileWording:   wordingFile{p.Wording},
	} {
		var b bytes.Buffer
		enc := yaml.NewEncoder(&b)
		enc.SetIndent(2)
		if err := enc.Encode(part); err != nil {
			return nil, fmt.Errorf("writing %s: %w", name, err)
		}
		files[name] = b.Bytes()
	}
	return files, nil
}

func encodeUnits(units []Unit) []byte {
	return encodeTable(unitColumns, units, func(u Unit) []string {
		return []string{
			u.Code, u.Name, u.Short, u.Kind, string(u.Group), u.Head, strings.Join(u.Emails, ";"),
			strings.Join(u.Aliases, ";"),
			u.ValidFrom.String(), u.ValidTo.String(), u.Successor, assumption(u.Mark), u.Note,
		}
	})
}

func encodeMembers(members []Member) []byte {
	return encodeTable(memberColumns, members, func(m Member) []string {
		return []string{m.Name, m.Position, m.Role, m.Title, m.Email, assumption(m.Mark), m.Note}
	})
}

func encodeTable[T any](columns []string, all []T, cells func(T) []string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	records := [][]string{columns}
	for _, t := range all {
		records = append(records, cells(t))
	}
	if err := w.WriteAll(records); err != nil {
		panic(err) // a buffer takes every write
	}
	return b.Bytes()
}

func assumption(m Mark) string {
	if m.Assumed {
		return strconv.FormatBool(true)
	}
	return ""
}

package plan

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"thidua/templates/calendar"
	"thidua/templates/viet"
)

var (
	unitColumns = []string{"code", "name", "short", "kind", "group", "head", "emails", "aliases", "valid_from",
		"valid_to", "successor", "assumed", "note"}
	memberColumns = []string{"name", "position", "role", "title", "email", "assumed", "note"}
)

// readUnits reads units.csv. Lists inside a cell are separated by semicolons.
func readUnits(raw []byte) ([]Unit, error) {
	var units []Unit
	err := readTable(raw, unitColumns, func(cell func(string) string) error {
		u := Unit{
			Code: cell("code"), Name: cell("name"), Short: cell("short"), Kind: cell("kind"),
			Group: GroupID(cell("group")), Head: cell("head"),
			Emails: list(strings.ToLower(cell("emails"))), Aliases: list(cell("aliases")), Successor: cell("successor"),
		}
		var errs [3]error
		u.ValidFrom, errs[0] = calendar.ParseISO(cell("valid_from"))
		u.ValidTo, errs[1] = calendar.ParseISO(cell("valid_to"))
		u.Mark, errs[2] = mark(cell)
		units = append(units, u)
		return errors.Join(errs[:]...)
	})
	return units, err
}

// readMembers reads council.csv.
func readMembers(raw []byte) ([]Member, error) {
	var members []Member
	err := readTable(raw, memberColumns, func(cell func(string) string) error {
		m := Member{Name: cell("name"), Position: cell("position"), Role: cell("role"), Title: cell("title"),
			Email: strings.ToLower(cell("email"))}
		var err error
		m.Mark, err = mark(cell)
		members = append(members, m)
		return err
	})
	return members, err
}

// readTable calls row for every line below a header that names exactly the columns, in any order.
// Errors name the line.
func readTable(raw []byte, columns []string, row func(cell func(string) string) error) error {
	r := csv.NewReader(bytes.NewReader(raw))
	header, err := r.Read()
	if err != nil {
		return fmt.Errorf("line 1: want the columns %s", strings.Join(columns, ", "))
	}
	at := map[string]int{}
	for i, name := range header {
		at[strings.TrimSpace(name)] = i
	}
	for _, name := range columns {
		if _, ok := at[name]; !ok {
			return fmt.Errorf("line 1: column %q is missing", name)
		}
	}
	if len(header) != len(columns) {
		return fmt.Errorf("line 1: want exactly the columns %s", strings.Join(columns, ", "))
	}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		line, _ := r.FieldPos(0)
		if err := row(func(name string) string { return viet.CleanSpaces(viet.NFC(record[at[name]])) }); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
}

func list(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func mark(cell func(string) string) (Mark, error) {
	m := Mark{Note: cell("note")}
	switch cell("assumed") {
	case "true":
		m.Assumed = true
	case "", "false":
	default:
		return m, fmt.Errorf("column assumed: %q is neither true nor false", cell("assumed"))
	}
	return m, nil
}

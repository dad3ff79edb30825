package plan

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"thidua/templates/calendar"
	"thidua/templates/viet"
	"thidua/templates/wording"
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
		u.ValidFrom, errs[0] = tableDay(cell, "valid_from")
		u.ValidTo, errs[1] = tableDay(cell, "valid_to")
		u.Mark, errs[2] = mark(cell)
		units = append(units, u)
		return errors.Join(errs[:]...)
	})
	return units, err
}

// tableDay reads a day of a table. A spreadsheet that saves one writes it as its country does.
func tableDay(cell func(string) string, name string) (calendar.Date, error) {
	text := cell(name)
	d, err := calendar.ParseISO(text)
	if m := vietnameseDay.FindStringSubmatch(text); err != nil && m != nil {
		d, err = calendar.ParseISO(fmt.Sprintf("%s-%02s-%02s", m[3], m[2], m[1]))
	}
	if err != nil {
		return d, errors.New(wording.Text("plan.table.day", "field", name, "read", text))
	}
	return d, nil
}

var vietnameseDay = regexp.MustCompile(`^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$`)

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
// Spreadsheets write the separator of their country: the one that the header has most is taken. A
// line without any content is none. Errors name the line, in Vietnamese: offices edit these files.
func readTable(raw []byte, columns []string, row func(cell func(string) string) error) error {
	if first, rest, _ := bytes.Cut(raw, []byte("\n")); bytes.HasPrefix(bytes.ToLower(first), []byte("sep=")) {
		raw = rest // what Excel takes for itself
	}
	first, _, _ := bytes.Cut(raw, []byte("\n"))
	r := csv.NewReader(bytes.NewReader(raw))
	for _, separator := range ",;\t" {
		if bytes.Count(first, []byte(string(separator))) > bytes.Count(first, []byte(string(r.Comma))) {
			r.Comma = separator
		}
	}
	header, err := r.Read()
	if err != nil {
		return tableError(1, "header", "want", strings.Join(columns, ", "))
	}
	at := map[string]int{}
	for i, name := range header {
		at[strings.TrimSpace(name)] = i
	}
	for _, name := range columns {
		if _, ok := at[name]; !ok {
			return tableError(1, "column", "want", name)
		}
	}
	if len(header) != len(columns) {
		return tableError(1, "header", "want", strings.Join(columns, ", "))
	}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		var broken *csv.ParseError
		switch {
		case errors.As(err, &broken) && errors.Is(err, csv.ErrFieldCount):
			return tableError(broken.StartLine, "cells", "read", len(record), "want", len(columns))
		case errors.As(err, &broken):
			return tableError(broken.StartLine, "quotes")
		case err != nil:
			return err
		}
		if strings.TrimSpace(strings.Join(record, "")) == "" {
			continue
		}
		line, _ := r.FieldPos(0)
		if err := row(func(name string) string { return viet.CleanSpaces(viet.NFC(record[at[name]])) }); err != nil {
			return tableError(line, "value", "problem", err)
		}
	}
}

// tableError says what is wrong with a line of a table.
func tableError(line int, kind string, pairs ...any) error {
	text := wording.Text("plan.table."+kind, pairs...) //wording:composed plan.table.
	return errors.New(wording.Text("plan.table.line", "line", line, "text", text))
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
		return m, errors.New(wording.Text("plan.table.assumed", "read", cell("assumed")))
	}
	return m, nil
}

-- Rulings of the standing office: a date of receipt, a longer deadline, a check that is waived. A ruling is ended by a row of its own.

-- +goose Up
CREATE TABLE override (
    id        TEXT PRIMARY KEY,
    kind      TEXT NOT NULL CHECK (kind IN ('receipt', 'extension', 'waiver')),
    period    TEXT NOT NULL,
    unit      TEXT NOT NULL,
    form      TEXT NOT NULL,
    nominee   TEXT NOT NULL,
    criterion TEXT NOT NULL,
    day       TEXT NOT NULL,                       -- ISO, '' for a waiver
    person    TEXT NOT NULL CHECK (person <> ''),
    reason    TEXT NOT NULL CHECK (reason <> ''),
    ref       TEXT NOT NULL,
    source    TEXT NOT NULL,                       -- message it came by, '' for the command line
    at        TEXT NOT NULL
);

CREATE TABLE override_end (
    override TEXT PRIMARY KEY REFERENCES override (id),
    person   TEXT NOT NULL CHECK (person <> ''),
    reason   TEXT NOT NULL CHECK (reason <> ''),
    at       TEXT NOT NULL
);

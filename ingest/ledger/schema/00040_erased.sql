-- What was erased when its time was over: people's data are gone, the row and its events stay. A row may be blanked only when it is named here.

-- +goose Up
CREATE TABLE erased (
    kind TEXT NOT NULL CHECK (kind IN ('message', 'submission', 'letter', 'bytes')),
    ref  TEXT NOT NULL,
    rule TEXT NOT NULL CHECK (rule <> ''),
    at   TEXT NOT NULL,
    PRIMARY KEY (kind, ref)
);

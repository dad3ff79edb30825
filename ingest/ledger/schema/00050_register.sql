-- The numbers of the sổ khen thưởng. A number is given once and for ever: neither a corrected vote nor a withdrawn award frees it.

-- +goose Up
CREATE TABLE register (
    award TEXT PRIMARY KEY,             -- round and nominee
    book  TEXT NOT NULL,                -- the register it stands in, one for each year
    n     BIGINT NOT NULL CHECK (n > 0),
    at    TEXT NOT NULL,
    UNIQUE (book, n)
);

-- A server gets bytes before the turn to write is taken.

-- +goose Up
CREATE TABLE ahead ( -- bytes to which nothing refers yet
    sha256 TEXT PRIMARY KEY REFERENCES blob (sha256),
    at     TEXT NOT NULL
);

-- The keys from which all codes of the ledger follow. The newest holds; those before stay, so that every change can be seen.

-- +goose Up
CREATE TABLE secret (
    issue BIGINT PRIMARY KEY, -- from 1, without gaps
    key   TEXT NOT NULL CHECK (key <> ''), -- hexadecimal
    at    TEXT NOT NULL
);

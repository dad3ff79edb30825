-- A unit's leader agrees, or does not, to what the unit sent. A table cannot be given a wider CHECK in SQLite: the rulings move into a new one.

-- +goose Up
CREATE TABLE ruling_wider ( -- one line of a mail in which somebody decides: the office about held mail, a unit or its leader about what it sent
    command    TEXT NOT NULL REFERENCES message (id), -- the mail that says so
    n          BIGINT NOT NULL,
    verb       TEXT NOT NULL CHECK (verb IN ('release', 'return', 'ignore', 'withdraw', 'approve', 'object')),
    given      TEXT NOT NULL,   -- what it is about, as it was written
    message    TEXT NOT NULL,   -- the held mail, '' for none
    submission TEXT NOT NULL,   -- the submission withdrawn, approved or objected to, '' for none
    unit       TEXT NOT NULL,   -- the unit a released mail is taken in for
    refused    TEXT NOT NULL,   -- why nothing came of it, '' when it was done
    from_n     BIGINT NOT NULL, -- submissions of the released mail from this number on are the ruling's
    at         TEXT NOT NULL,   -- when the server took the command in: it holds from then on
    PRIMARY KEY (command, n)
);
INSERT INTO ruling_wider (command, n, verb, given, message, submission, unit, refused, from_n, at)
    SELECT command, n, verb, given, message, submission, unit, refused, from_n, at FROM ruling;
DROP TABLE ruling;
ALTER TABLE ruling_wider RENAME TO ruling;
CREATE UNIQUE INDEX ruling_of_message ON ruling (message) WHERE refused = '' AND verb IN ('release', 'return', 'ignore');
CREATE UNIQUE INDEX ruling_of_submission ON ruling (submission) WHERE refused = '' AND verb = 'withdraw';
CREATE UNIQUE INDEX ruling_approves ON ruling (submission) WHERE refused = '' AND verb = 'approve';

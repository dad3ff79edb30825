-- What people decide by mail, and what mail servers tell later. Facts, like all others: added, never changed.

-- +goose Up
CREATE TABLE ruling ( -- one line of a mail in which somebody decides: the office about held mail, a unit about what it sent
    command    TEXT NOT NULL REFERENCES message (id), -- the mail that says so
    n          BIGINT NOT NULL,
    verb       TEXT NOT NULL CHECK (verb IN ('release', 'return', 'ignore', 'withdraw')),
    given      TEXT NOT NULL,   -- what it is about, as it was written
    message    TEXT NOT NULL,   -- the held mail, '' for none
    submission TEXT NOT NULL,   -- the submission withdrawn, '' for none
    unit       TEXT NOT NULL,   -- the unit a released mail is taken in for
    refused    TEXT NOT NULL,   -- why nothing came of it, '' when it was done
    from_n     BIGINT NOT NULL, -- submissions of the released mail from this number on are the ruling's
    at         TEXT NOT NULL,   -- when the server took the command in: it holds from then on
    PRIMARY KEY (command, n)
);
CREATE UNIQUE INDEX ruling_of_message ON ruling (message) WHERE refused = '' AND verb <> 'withdraw';
CREATE UNIQUE INDEX ruling_of_submission ON ruling (submission) WHERE refused = '' AND verb = 'withdraw';

CREATE TABLE bounce ( -- a mail says that a letter did not reach somebody
    message TEXT NOT NULL REFERENCES message (id),
    letter  TEXT NOT NULL REFERENCES letter (id),
    addr    TEXT NOT NULL,
    status  TEXT NOT NULL, -- RFC 3463, such as 5.1.1; '' when it does not say
    text    TEXT NOT NULL,
    PRIMARY KEY (message, letter, addr)
);
CREATE INDEX bounce_by_letter ON bounce (letter);

CREATE TABLE notice ( -- failures that the office has been told of
    ref    TEXT PRIMARY KEY,
    letter TEXT NOT NULL REFERENCES letter (id)
);

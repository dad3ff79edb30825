-- The ledger. One text for SQLite and PostgreSQL: BYTEA has no affinity of its own in SQLite and keeps bytes as they are.
-- Times are RFC 3339 in UTC with nine digits of fraction, so that text order is time order; '' means never or unknown.
-- Rows are added and never deleted. Only place.moved_at, letter, recipient and lease change, because they say how far something has come.

-- +goose Up
CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    bytes  BYTEA NOT NULL
);

CREATE TABLE message (
    id          TEXT PRIMARY KEY,
    blob        TEXT REFERENCES blob (sha256), -- NULL for a mail too big to be read
    content     TEXT NOT NULL,                 -- hash of sender and body, by which copies with other trace headers are known
    message_id  TEXT NOT NULL,
    sender      TEXT NOT NULL,
    subject     TEXT NOT NULL,
    sent        TEXT NOT NULL,
    received    TEXT NOT NULL,
    size        BIGINT NOT NULL CHECK (size >= 0),
    unit        TEXT NOT NULL,
    outcome     TEXT NOT NULL CHECK (outcome IN ('accepted', 'tofix', 'held', 'left', 'duplicate')),
    reason      TEXT NOT NULL,
    detail      TEXT NOT NULL,
    in_reply_to TEXT NOT NULL,
    taken_at    TEXT NOT NULL,
    CHECK (blob IS NULL OR blob = id)
);
CREATE INDEX message_by_message_id ON message (message_id);

CREATE TABLE place (
    mailbox     TEXT NOT NULL,
    uidvalidity BIGINT NOT NULL,
    uid         BIGINT NOT NULL,
    message     TEXT NOT NULL REFERENCES message (id),
    copy        SMALLINT NOT NULL CHECK (copy IN (0, 1)), -- 0 where the mail was first found
    folder      TEXT NOT NULL,                            -- where the mail is wanted, '' when it stays
    taken_at    TEXT NOT NULL,
    moved_at    TEXT NOT NULL,
    PRIMARY KEY (mailbox, uidvalidity, uid)
);
CREATE UNIQUE INDEX place_first ON place (message) WHERE copy = 0;
CREATE INDEX place_by_message ON place (message);

CREATE TABLE attachment (
    message TEXT NOT NULL REFERENCES message (id),
    n       BIGINT NOT NULL,
    name    TEXT NOT NULL,
    sha256  TEXT NOT NULL REFERENCES blob (sha256),
    PRIMARY KEY (message, n)
);

CREATE TABLE submission (
    id            TEXT PRIMARY KEY,
    message       TEXT NOT NULL REFERENCES message (id),
    n             BIGINT NOT NULL,
    file          TEXT NOT NULL,
    sha256        TEXT NOT NULL REFERENCES blob (sha256),
    sender        TEXT NOT NULL,
    received      TEXT NOT NULL,
    unit          TEXT NOT NULL,
    period        TEXT NOT NULL,
    form          TEXT NOT NULL,
    version       BIGINT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('accepted', 'tofix')),
    value         TEXT NOT NULL, -- JSON of the form's struct, '' when the file was none of our forms
    rows_read     BIGINT NOT NULL,
    rows_accepted BIGINT NOT NULL CHECK (rows_accepted >= 0),
    rows_tofix    BIGINT NOT NULL CHECK (rows_tofix >= 0),
    rows_ignored  BIGINT NOT NULL CHECK (rows_ignored >= 0),
    ignored       TEXT NOT NULL, -- JSON
    UNIQUE (message, n),
    CHECK (rows_read = rows_accepted + rows_tofix + rows_ignored),
    CHECK (form <> '' OR value = '')
);
CREATE INDEX submission_by_received ON submission (received);

CREATE TABLE finding (
    submission TEXT NOT NULL REFERENCES submission (id),
    n          BIGINT NOT NULL,
    code       TEXT NOT NULL,
    level      TEXT NOT NULL CHECK (level IN ('must', 'should', 'info')),
    sheet      TEXT NOT NULL,
    cell       TEXT NOT NULL,
    field      TEXT NOT NULL,
    read       TEXT NOT NULL,
    want       TEXT NOT NULL,
    message    TEXT NOT NULL,
    fix        TEXT NOT NULL,
    clause     TEXT NOT NULL,
    ground     TEXT NOT NULL,
    PRIMARY KEY (submission, n)
);

CREATE TABLE repair (
    submission TEXT NOT NULL REFERENCES submission (id),
    n          BIGINT NOT NULL,
    sheet      TEXT NOT NULL,
    cell       TEXT NOT NULL,
    was        TEXT NOT NULL,
    now        TEXT NOT NULL,
    rule       TEXT NOT NULL,
    PRIMARY KEY (submission, n)
);

CREATE TABLE receipt ( -- the mail has been dealt with, and whoever had to be told has a letter waiting
    message TEXT PRIMARY KEY REFERENCES message (id),
    at      TEXT NOT NULL
);

CREATE TABLE run (
    key          TEXT PRIMARY KEY,
    report       TEXT NOT NULL,
    period       TEXT NOT NULL,
    plan_hash    TEXT NOT NULL,
    dataset_hash TEXT NOT NULL,
    as_of        TEXT NOT NULL,
    at           TEXT NOT NULL
);

CREATE TABLE document (
    run    TEXT NOT NULL REFERENCES run (key),
    n      BIGINT NOT NULL,
    name   TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES blob (sha256),
    PRIMARY KEY (run, n),
    UNIQUE (run, name)
);

CREATE TABLE letter (
    id            TEXT PRIMARY KEY,
    cause         TEXT NOT NULL, -- the receipt or run it follows from, '' for none
    kind          TEXT NOT NULL,
    unit          TEXT NOT NULL,
    sender        TEXT NOT NULL,
    subject       TEXT NOT NULL,
    message_id    TEXT NOT NULL UNIQUE,
    in_reply_to   TEXT NOT NULL,
    sha256        TEXT NOT NULL REFERENCES blob (sha256),
    state         TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
    claims        BIGINT NOT NULL CHECK (claims >= 0),
    attempts      BIGINT NOT NULL CHECK (attempts >= 0 AND attempts <= claims),
    first_at      TEXT NOT NULL, -- end of the first attempt
    next_at       TEXT NOT NULL,
    claimed_until TEXT NOT NULL,
    last_error    TEXT NOT NULL,
    created       TEXT NOT NULL,
    done_at       TEXT NOT NULL,
    CHECK ((state = 'queued') = (done_at = ''))
);
CREATE INDEX letter_due ON letter (state, next_at);

CREATE TABLE recipient (
    letter TEXT NOT NULL REFERENCES letter (id),
    n      BIGINT NOT NULL,
    addr   TEXT NOT NULL,
    state  TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
    code   BIGINT NOT NULL,
    text   TEXT NOT NULL,
    PRIMARY KEY (letter, n),
    UNIQUE (letter, addr)
);

CREATE TABLE delivery (
    letter  TEXT NOT NULL REFERENCES letter (id),
    claim   BIGINT NOT NULL,
    addr    TEXT NOT NULL,
    at      TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('sent', 'later', 'never')),
    code    BIGINT NOT NULL,
    text    TEXT NOT NULL,
    PRIMARY KEY (letter, claim, addr)
);

CREATE TABLE event (
    seq       BIGINT PRIMARY KEY,
    at        TEXT NOT NULL,
    actor     TEXT NOT NULL,
    what      TEXT NOT NULL,
    ref       TEXT NOT NULL,
    digest    TEXT NOT NULL, -- of the row the event is about, '' when it has none
    prev_hash TEXT NOT NULL,
    hash      TEXT NOT NULL UNIQUE
);
CREATE INDEX event_by_ref ON event (ref);

CREATE TABLE lease (
    name   TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until  TEXT NOT NULL
);

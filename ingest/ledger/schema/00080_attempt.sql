-- What is being handled, so that a mail at which the program dies is known to the next pass.

-- +goose Up
CREATE TABLE attempt ( -- a row goes when what it tells of has ended well
    step     TEXT NOT NULL CHECK (step IN ('fetch', 'read', 'answer')),
    what     TEXT NOT NULL,   -- the ID that a mail of this place has before it is read, or the mail's own
    together BIGINT NOT NULL, -- how often it was begun beside others and did not end
    alone    BIGINT NOT NULL, -- how often it was begun alone and did not end
    at       TEXT NOT NULL,   -- when it was last begun
    PRIMARY KEY (step, what)
);

-- What a pass asks for is found without reading what is over: indexes for what is open, and what mails wait for an answer as rows of their own.

-- +goose Up
DROP INDEX letter_due;
CREATE INDEX letter_turn ON letter (next_at, id) WHERE state = 'queued';
CREATE INDEX letter_failed ON letter (id) WHERE state = 'failed';
CREATE INDEX letter_by_created ON letter (created);
CREATE INDEX letter_by_cause ON letter (cause);
CREATE INDEX place_unmoved ON place (folder, mailbox, uidvalidity, uid) WHERE folder <> '' AND moved_at = '';
CREATE INDEX message_by_received ON message (received, id);
CREATE INDEX message_held ON message (id) WHERE outcome = 'held';
CREATE INDEX message_left ON message (id) WHERE outcome = 'left';
CREATE INDEX message_asks ON message (reason, id) WHERE reason <> '';
CREATE INDEX submission_by_period ON submission (period, form);
CREATE INDEX run_by_period ON run (period);

CREATE TABLE unanswered ( -- mails that nobody has dealt with yet; a row goes with the answer
    message TEXT PRIMARY KEY REFERENCES message (id)
);
INSERT INTO unanswered (message) SELECT m.id FROM message m WHERE NOT EXISTS (SELECT 1 FROM receipt r WHERE r.message = m.id)
    AND (m.outcome IN ('accepted', 'tofix', 'held') OR EXISTS (SELECT 1 FROM submission x WHERE x.message = m.id));

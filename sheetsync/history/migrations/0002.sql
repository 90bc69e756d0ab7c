-- Mail in two steps: parts, each of which tells one thing, are frozen together into one message of a recipient's day.
-- Moments are in milliseconds and days counted from 2000-01-01 (UTC), as everywhere. A reason is JSON.

-- "state" is queued, frozen (then "message" says into which), failed or dropped. "told" is 1 once somebody was told of
-- a failure. "content" is the digest, and goes in time; the row stays, so that nothing is told twice.
CREATE TABLE parts (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, workbook INTEGER, run INTEGER NOT NULL,
  channel TEXT NOT NULL, recipient TEXT NOT NULL, kind TEXT NOT NULL, period TEXT NOT NULL,
  name TEXT NOT NULL, language TEXT NOT NULL, digest_hash TEXT NOT NULL,
  not_before INTEGER NOT NULL, expires INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'queued', message INTEGER, reason TEXT, told INTEGER NOT NULL DEFAULT 0, content BLOB,
  UNIQUE (workbook, channel, recipient, kind, period)
);
CREATE INDEX parts_by_state ON parts (state, not_before);
CREATE INDEX parts_by_message ON parts (message);

-- "state" is pending, sending (written before a server is asked to take it), sent, retry, failed, unknown or dropped.
-- "data" are the very bytes that are sent; they go in time.
CREATE TABLE messages (
  id INTEGER PRIMARY KEY, message_id TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, recipient TEXT NOT NULL,
  name TEXT NOT NULL, sender TEXT NOT NULL, subject TEXT NOT NULL, kinds TEXT NOT NULL,
  frozen INTEGER NOT NULL, day INTEGER NOT NULL, due INTEGER NOT NULL, expires INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending', attempts INTEGER NOT NULL DEFAULT 0, tried INTEGER,
  reason TEXT, told INTEGER NOT NULL DEFAULT 0, data BLOB
);
CREATE INDEX messages_by_state ON messages (state, due);
CREATE INDEX messages_by_recipient ON messages (channel, recipient, day);

-- By the address that mail comes from: "confirmed" is the moment at which a person let it leave, NULL before; "rest" the
-- day on which the server wanted no more.
CREATE TABLE posting (sender TEXT PRIMARY KEY, confirmed INTEGER, rest INTEGER) WITHOUT ROWID;

-- What an earlier version queued was never sent, and is no digest: only its keys are kept.
INSERT INTO parts (key, workbook, run, channel, recipient, kind, period, name, language, digest_hash, not_before,
                   expires, state, told)
  SELECT key, workbook, run, 'mail', lower(recipient), kind, key, '', '', '', 0, 0, 'dropped', 1 FROM outbox;
DROP TABLE outbox;

-- Everything that is remembered. Days are counted from 2000-01-01, moments in milliseconds from then (UTC).
-- Progress and score are in millionths, the pace and confidence in ten-thousandths. A run's number is the moment of its
-- recording, and grows strictly, whatever the clock does; so "what was known then" is a comparison of numbers. Beside a
-- day it is counted from the beginning of that day, which takes less room ("since").

-- The number of the newest run of all.
CREATE TABLE clock (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), run INTEGER NOT NULL);
INSERT INTO clock VALUES (1, 0);

CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

-- By what the numbers of a run were made.
CREATE TABLE ways (
  id INTEGER PRIMARY KEY,
  version TEXT NOT NULL, profile TEXT NOT NULL, kpi_profile TEXT NOT NULL, language TEXT NOT NULL,
  UNIQUE (version, profile, kpi_profile, language)
);

-- "newest" is the last company day that was recorded, "said" stands for all statements of that day.
CREATE TABLE workbooks (
  id INTEGER PRIMARY KEY, place TEXT NOT NULL UNIQUE, name TEXT NOT NULL, newest INTEGER, said BLOB
);

-- Where a workbook was before it was renamed or moved, until which run.
CREATE TABLE moves (workbook INTEGER NOT NULL, run INTEGER NOT NULL, place TEXT NOT NULL, PRIMARY KEY (workbook, run))
  WITHOUT ROWID;

-- One call for one workbook. "observed" is 1 where it recorded the day; "lasted" is in milliseconds.
CREATE TABLE runs (
  workbook INTEGER NOT NULL, id INTEGER NOT NULL, day INTEGER NOT NULL, observed INTEGER NOT NULL,
  outcome INTEGER NOT NULL, way INTEGER NOT NULL, source INTEGER, cells INTEGER, revision BLOB,
  PRIMARY KEY (workbook, id)
) WITHOUT ROWID;

-- "kind" is 1 objective, 2 key result, 3 KPI, 0 a table (whose statements are its headers). "retired" is the run that
-- found another thing under the same key, 0 for the living.
CREATE TABLE items (
  id INTEGER PRIMARY KEY, workbook INTEGER NOT NULL, key TEXT NOT NULL, retired INTEGER NOT NULL DEFAULT 0,
  kind INTEGER NOT NULL, sheet INTEGER, row INTEGER, cycle INTEGER, cycle_start INTEGER,
  UNIQUE (key, workbook, retired)
);

CREATE INDEX items_by_workbook ON items (workbook);

-- How an item stood from a day on. A status of -1 says that its row has gone. Never updated: a later run wins.
-- "score" is what it is more than the progress (than 0 where there is none), "updated" how many days before "day".
CREATE TABLE observations (
  item INTEGER NOT NULL, day INTEGER NOT NULL, since INTEGER NOT NULL,
  value REAL, target REAL, baseline REAL, progress INTEGER, expected INTEGER, score INTEGER,
  status INTEGER, confidence INTEGER, blocker INTEGER, updated INTEGER,
  PRIMARY KEY (item, day, since)
) WITHOUT ROWID;

-- What the user's cell of a concept said from a day on.
CREATE TABLE statements (
  item INTEGER NOT NULL, concept INTEGER NOT NULL, day INTEGER NOT NULL, since INTEGER NOT NULL,
  text INTEGER NOT NULL, number REAL, formula INTEGER NOT NULL,
  PRIMARY KEY (item, concept, day, since)
) WITHOUT ROWID;

-- What was last written into a cell of ours; "kind" says what the value is where its storage does not.
CREATE TABLE written (
  workbook INTEGER NOT NULL, key INTEGER NOT NULL, concept INTEGER NOT NULL, value, kind INTEGER NOT NULL,
  PRIMARY KEY (workbook, key, concept)
) WITHOUT ROWID;

-- What a run was about to write, with what stood there; it goes when the run is committed.
CREATE TABLE intents (
  id INTEGER PRIMARY KEY, workbook INTEGER NOT NULL, begun INTEGER NOT NULL, day INTEGER NOT NULL, content BLOB NOT NULL
);

-- Mail that is to be sent, or was. "state" is queued, sending, sent, failed, unknown or dropped.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, workbook INTEGER, run INTEGER NOT NULL,
  kind TEXT NOT NULL, recipient TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'queued',
  not_before INTEGER, attempts INTEGER NOT NULL DEFAULT 0, tried INTEGER, answer TEXT, content BLOB NOT NULL
);
CREATE INDEX outbox_by_state ON outbox (state, not_before);

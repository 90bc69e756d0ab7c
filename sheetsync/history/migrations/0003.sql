-- "asks" are the names of the questions that a mail puts to its reader, one a line. What was asked before is not known:
-- it counts no more.
ALTER TABLE parts ADD COLUMN asks TEXT NOT NULL DEFAULT '';

-- Added by version 3: a task is followed over a year of weeks, of which only the last are read whole.

CREATE INDEX edition_kind ON edition (kind, state, period, revision);

-- How far each position was: read for many more periods than whole editions.
CREATE TABLE trail (
  period   TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body     BLOB NOT NULL,               -- progress.Trail, gzip
  PRIMARY KEY (period, revision),
  FOREIGN KEY (period, revision) REFERENCES edition (period, revision) ON DELETE CASCADE
) STRICT;

CREATE TRIGGER trail_is_immutable BEFORE UPDATE ON trail BEGIN SELECT RAISE(ABORT, 'a published edition never changes'); END;

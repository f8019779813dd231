-- What the office remembers, as version 1 had it; letters.sql and trails.sql follow. One file, one writer. Times are UTC, RFC 3339; days are ISO; bodies are JSON.

-- A version of the master plan. Never changed: a changed plan is another version.
CREATE TABLE plan_version (
  id          INTEGER PRIMARY KEY,
  sha256      TEXT NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  version     TEXT NOT NULL,
  effective   TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  body        BLOB NOT NULL             -- progress.Plan, gzip
) STRICT;

-- Bytes received, once each; the spool holds them under their hash. sequence is the total order of first sight.
CREATE TABLE blob (
  sequence      INTEGER PRIMARY KEY,
  sha256        TEXT NOT NULL UNIQUE,
  size          INTEGER NOT NULL,
  first_seen_at TEXT NOT NULL
) STRICT;

-- Every entry of the inbox as the latest scan saw it, and where it ended.
CREATE TABLE sighting (
  path       TEXT PRIMARY KEY,          -- raw bytes as the share lists them
  size       INTEGER NOT NULL,
  mtime_ns   INTEGER NOT NULL,
  ctime_ns   INTEGER NOT NULL,
  inode      INTEGER NOT NULL,
  sha256     TEXT NOT NULL,             -- empty unless copied to the spool
  seen_at    TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('accepted','duplicate','superseded','rejected','ignored','pending')),
  reason     TEXT NOT NULL,
  facts      TEXT NOT NULL,
  unit       TEXT NOT NULL,
  period     TEXT NOT NULL
) STRICT;

-- What was read in a file, by one version of the readers.
CREATE TABLE reading (
  sha256  TEXT NOT NULL,
  version TEXT NOT NULL,
  body    BLOB NOT NULL,                -- progress.Reading, gzip
  PRIMARY KEY (sha256, version)
) STRICT;

-- A file of the inbox taken as a unit's return for a period.
CREATE TABLE submission (
  path     TEXT NOT NULL,
  sha256   TEXT NOT NULL,
  unit     TEXT NOT NULL,               -- empty: could not be told
  period   TEXT NOT NULL,               -- empty: could not be told
  findings TEXT NOT NULL,               -- about whose and when it is
  PRIMARY KEY (path, sha256)
) STRICT;
CREATE INDEX submission_period ON submission (period, unit);

-- A published synthesis. Immutable: a correction is another revision.
CREATE TABLE edition (
  period       TEXT NOT NULL,
  revision     INTEGER NOT NULL,
  kind         TEXT NOT NULL,
  data_date    TEXT NOT NULL,
  plan_version TEXT NOT NULL,
  input_digest TEXT NOT NULL,
  created_at   TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('intent','published')),
  manifest     TEXT NOT NULL,           -- of the files, as it is or will be published
  body         BLOB NOT NULL,           -- progress.Past, gzip
  PRIMARY KEY (period, revision)
) STRICT;

CREATE TRIGGER edition_is_immutable BEFORE UPDATE ON edition
WHEN OLD.state = 'published' BEGIN SELECT RAISE(ABORT, 'a published edition never changes'); END;
CREATE TRIGGER edition_is_kept BEFORE DELETE ON edition
WHEN OLD.state = 'published' BEGIN SELECT RAISE(ABORT, 'a published edition is never deleted'); END;
CREATE TRIGGER plan_is_immutable BEFORE UPDATE ON plan_version BEGIN SELECT RAISE(ABORT, 'a plan version never changes'); END;

CREATE TABLE run (
  id       INTEGER PRIMARY KEY,
  kind     TEXT NOT NULL,               -- pull, close
  period   TEXT NOT NULL,
  version  TEXT NOT NULL,               -- of the program
  started  TEXT NOT NULL,
  ended    TEXT NOT NULL,               -- empty while it runs, or where it was cut off
  outcome  TEXT NOT NULL                -- done, attention, failed: …
) STRICT;

-- What the office fixed once: inbox_id, the words of the inbox's sentinel.
CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

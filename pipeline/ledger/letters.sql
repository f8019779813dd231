-- What goes out to units, added by version 2.

-- Reminder letters, numbered for each unit and period in the order in which they were made.
CREATE TABLE reminder (
  period  TEXT NOT NULL,
  unit    TEXT NOT NULL,
  number  INTEGER NOT NULL,
  made_at TEXT NOT NULL,
  owed    TEXT NOT NULL,                -- digest of what the unit was reminded of
  PRIMARY KEY (period, unit, number)
) STRICT;

-- Mail to units. A message is marked as sending before the server hears of it: one that was cut off there may have arrived, and is never sent
-- again by itself.
CREATE TABLE mail (
  key       TEXT PRIMARY KEY,           -- letter or answer, unit, period, number
  unit      TEXT NOT NULL,
  body      TEXT NOT NULL,              -- JSON that says what is sent; the ledger keeps it as it is given
  queued_at TEXT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('queued','sending','sent')),
  sent_at   TEXT NOT NULL               -- empty until it was accepted
) STRICT;

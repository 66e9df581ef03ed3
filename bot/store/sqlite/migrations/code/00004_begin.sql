-- Sessions of all kinds, as snapshots. The row is small, as every answer updates it; scripts and
-- states have tables of their own. solo is the only member that takes part, or 0.
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, version INTEGER NOT NULL, answers INTEGER NOT NULL, chat INTEGER NOT NULL,
    space INTEGER NOT NULL, solo INTEGER NOT NULL, pack TEXT NOT NULL, hash TEXT NOT NULL, lang INTEGER NOT NULL, ended INTEGER NOT NULL,
    started INTEGER NOT NULL, owner TEXT NOT NULL, run INTEGER NOT NULL
) STRICT;
CREATE TABLE session_scripts (session INTEGER PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE, script BLOB NOT NULL) STRICT;
CREATE TABLE session_states (session INTEGER PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE, state BLOB NOT NULL) STRICT;

-- How often answers of a pack were changed after they were logged, and what was folded over them.
CREATE TABLE pack_edits (pack TEXT PRIMARY KEY, edits INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE projections (
    name TEXT NOT NULL, pack TEXT NOT NULL, upto INTEGER NOT NULL, edits INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (name, pack)
) STRICT;

-- One row that counts changes of people, places and packs.
CREATE TABLE revision (number INTEGER NOT NULL) STRICT;
INSERT INTO revision (number) VALUES (1);

ALTER TABLE answers RENAME COLUMN game TO session;

-- Posts and due work have keys of several columns.
ALTER TABLE sends RENAME TO old_sends;
DROP INDEX sends_new; DROP INDEX sends_of_slot; DROP INDEX sends_waiting; DROP INDEX sends_of_chat; DROP INDEX sends_to; DROP INDEX sends_by_ref;
CREATE TABLE sends (
    id INTEGER PRIMARY KEY AUTOINCREMENT, op TEXT NOT NULL, slot_kind TEXT NOT NULL, slot_id INTEGER NOT NULL, slot_part TEXT NOT NULL,
    slot_n INTEGER NOT NULL, chat INTEGER NOT NULL, "to" INTEGER NOT NULL, post TEXT NOT NULL, class INTEGER NOT NULL, cause TEXT NOT NULL,
    state TEXT NOT NULL, ref TEXT NOT NULL DEFAULT '', started INTEGER NOT NULL DEFAULT 0, started_by TEXT NOT NULL DEFAULT '',
    done INTEGER NOT NULL DEFAULT 0
) STRICT;
ALTER TABLE due RENAME TO old_due;
DROP INDEX due_by_time;
CREATE TABLE due (kind TEXT NOT NULL, id INTEGER NOT NULL, at INTEGER NOT NULL, attempt INTEGER NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;

-- +goose Up
-- since: when a link brought the account to its member; 0: the member began with it.
ALTER TABLE accounts ADD COLUMN since INTEGER NOT NULL DEFAULT 0;

-- joined: the member that this one has become part of, through however many links; 0: nobody.
ALTER TABLE members ADD COLUMN joined INTEGER NOT NULL DEFAULT 0;
CREATE INDEX members_joined ON members (joined) WHERE joined <> 0;

-- One-time codes, hashed; taker: the member who used it, or 0. Tries are what was guessed wrong since a time.
CREATE TABLE link_codes (
    id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE, member INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    until INTEGER NOT NULL, taker INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX link_codes_of_member ON link_codes (member);
CREATE TABLE link_tries (
    member INTEGER PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE, wrong INTEGER NOT NULL, since INTEGER NOT NULL
) STRICT;

-- Who became part of whom, and what each of the two had before, so that they can be parted. Rows
-- with a number of their own were moved; of rows of which each of the two may have had one, it says
-- as JSON what the newer and the older member had and what came of it.
CREATE TABLE links (
    id INTEGER PRIMARY KEY AUTOINCREMENT, older INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    newer INTEGER NOT NULL UNIQUE REFERENCES members (id) ON DELETE CASCADE, at INTEGER NOT NULL
) STRICT;
CREATE INDEX links_of_older ON links (older);
CREATE TABLE link_moves (
    link INTEGER NOT NULL REFERENCES links (id) ON DELETE CASCADE, place TEXT NOT NULL, row INTEGER NOT NULL,
    member INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (link, place, row)
) STRICT, WITHOUT ROWID;
CREATE TABLE link_merges (
    link INTEGER NOT NULL REFERENCES links (id) ON DELETE CASCADE, place TEXT NOT NULL, key TEXT NOT NULL,
    newer TEXT NOT NULL, older TEXT NOT NULL, merged TEXT NOT NULL, PRIMARY KEY (link, place, key)
) STRICT, WITHOUT ROWID;

-- What belongs to one member is found by the member.
CREATE INDEX sessions_of_member ON sessions (solo) WHERE solo <> 0;
CREATE INDEX reports_of_member ON reports (member);

-- +goose Down
DROP TABLE link_merges; DROP TABLE link_moves; DROP TABLE links; DROP TABLE link_tries; DROP TABLE link_codes;
DROP INDEX reports_of_member; DROP INDEX sessions_of_member; DROP INDEX members_joined; ALTER TABLE members DROP COLUMN joined; ALTER TABLE accounts DROP COLUMN since;

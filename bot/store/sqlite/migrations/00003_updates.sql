-- +goose Up
-- What a platform told and nobody has handled yet, as it told it.
CREATE TABLE updates (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, platform TEXT NOT NULL, id INTEGER NOT NULL, body BLOB NOT NULL, at INTEGER NOT NULL,
    UNIQUE (platform, id)
) STRICT;

-- Who may administer which space, as its platform said when they last came.
CREATE TABLE admins (
    member INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE, space INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    PRIMARY KEY (member, space)
) STRICT, WITHOUT ROWID;
CREATE INDEX admins_of_space ON admins (space);

-- Posts are found by their platform's id of them, also by its beginning.
CREATE INDEX sends_by_ref ON sends (ref) WHERE op = 'new' AND ref <> '';

-- +goose Down
DROP INDEX sends_by_ref; DROP TABLE admins; DROP TABLE updates;

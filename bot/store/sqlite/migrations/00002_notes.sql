-- +goose Up
-- A few words that a platform keeps from one process to the next.
CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE notes;

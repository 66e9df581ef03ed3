-- +goose Up

-- What the uploaded file was called: its problems are told by that name.
ALTER TABLE drafts ADD COLUMN name TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE drafts DROP COLUMN name;

-- +goose Up
-- Scripts of sessions are compressed from here on: a program that does not know that must not read them.
SELECT 1;

-- +goose Down
SELECT 1;

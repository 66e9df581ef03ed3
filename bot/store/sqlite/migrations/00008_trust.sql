-- +goose Up

-- Whom the posts name, so that a member can be taken out of them.
CREATE TABLE namings (
    member INTEGER NOT NULL, send INTEGER NOT NULL REFERENCES sends (id) ON DELETE CASCADE, PRIMARY KEY (member, send)
) STRICT, WITHOUT ROWID;
CREATE INDEX namings_of_send ON namings (send);

-- Up to which post this was not noted: in those a name is looked for by its text.
CREATE TABLE namings_since (send INTEGER NOT NULL) STRICT;
INSERT INTO namings_since (send) SELECT coalesce(max(id), 0) FROM sends;

-- +goose Down
DROP TABLE namings_since; DROP TABLE namings;

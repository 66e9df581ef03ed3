-- +goose Up

-- Who has pages of a chat of the web room open at a process, until when that holds by the clock of the
-- server, in microseconds.
CREATE TABLE guests (
    chat text COLLATE "C" NOT NULL, process text COLLATE "C" NOT NULL, who text COLLATE "C" NOT NULL, until bigint NOT NULL, PRIMARY KEY (chat, process)
);

-- +goose Down
DROP TABLE guests;

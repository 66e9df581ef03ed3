-- +goose Up

-- Who does what only one process may do. fence grows with every new holder; until is by the clock of
-- the server, in microseconds; note is what the holder says of its work.
CREATE TABLE leases (
    name text COLLATE "C" PRIMARY KEY, holder text COLLATE "C" NOT NULL, fence bigint NOT NULL, until bigint NOT NULL, note text COLLATE "C" NOT NULL DEFAULT ''
);

-- What was delivered in a chat, in its order: pages at every process follow it.
CREATE INDEX sends_delivered ON sends (chat, id) WHERE state = 'done';

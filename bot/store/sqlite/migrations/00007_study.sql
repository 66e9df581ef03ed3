-- +goose Up
-- How members study. version is the fence of all that is changed of a member's cards.
CREATE TABLE learners (
    member INTEGER PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE, version INTEGER NOT NULL, settings TEXT NOT NULL,
    feed INTEGER NOT NULL, fed INTEGER NOT NULL, session TEXT NOT NULL
) STRICT;

-- One card for each member and fact. due_day is the member's own day on which it is due; on a step
-- of less than a day that is the day of its last review, and due is the moment.
CREATE TABLE cards (
    id INTEGER PRIMARY KEY AUTOINCREMENT, member INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE, fact TEXT NOT NULL, key INTEGER NOT NULL,
    state INTEGER NOT NULL, step INTEGER NOT NULL, stability REAL NOT NULL, difficulty REAL NOT NULL, interval INTEGER NOT NULL,
    due INTEGER NOT NULL, due_day INTEGER NOT NULL, reviewed INTEGER NOT NULL, day INTEGER NOT NULL, reps INTEGER NOT NULL, lapses INTEGER NOT NULL,
    suspended INTEGER NOT NULL, buried INTEGER NOT NULL, value INTEGER NOT NULL, version INTEGER NOT NULL, changed INTEGER NOT NULL,
    retired INTEGER NOT NULL, UNIQUE (member, fact)
) STRICT;
CREATE INDEX cards_due ON cards (member, due_day) WHERE state <> 0 AND suspended = 0 AND retired = 0;
CREATE INDEX cards_new ON cards (member) WHERE state = 0;

-- The review log: raw, with the memory that each review changed. number counts the reviews of a card.
CREATE TABLE reviews (
    id INTEGER PRIMARY KEY AUTOINCREMENT, card INTEGER NOT NULL REFERENCES cards (id) ON DELETE CASCADE, member INTEGER NOT NULL, number INTEGER NOT NULL,
    rating INTEGER NOT NULL, at INTEGER NOT NULL, day INTEGER NOT NULL, took INTEGER NOT NULL, source INTEGER NOT NULL, algorithm TEXT NOT NULL,
    item TEXT NOT NULL, proposed INTEGER NOT NULL, answer INTEGER NOT NULL, state INTEGER NOT NULL, step INTEGER NOT NULL, stability REAL NOT NULL,
    difficulty REAL NOT NULL, interval INTEGER NOT NULL, due INTEGER NOT NULL, reviewed INTEGER NOT NULL, last_day INTEGER NOT NULL,
    lapses INTEGER NOT NULL, next_due INTEGER NOT NULL, next_interval INTEGER NOT NULL, UNIQUE (card, number)
) STRICT;
CREATE INDEX reviews_of_day ON reviews (member, day);
CREATE INDEX reviews_of_member ON reviews (member);

-- +goose Down
DROP TABLE reviews; DROP TABLE cards; DROP TABLE learners;

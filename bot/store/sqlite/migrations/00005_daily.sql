-- +goose Up

-- Dailies of one chat may be live side by side.
ALTER TABLE sessions ADD COLUMN beside INTEGER NOT NULL DEFAULT 0;
DROP INDEX sessions_live;
CREATE UNIQUE INDEX sessions_live ON sessions (kind, chat, solo, beside) WHERE ended = 0;

-- The date of the day's set that an answer is of; 0: it is of no daily. An item of a day counts once
-- for a member, wherever they answer it.
ALTER TABLE answers ADD COLUMN daily INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX answers_of_day ON answers (member, daily, item, try) WHERE daily <> 0;
CREATE INDEX answers_on_daily_board ON answers (space, daily) WHERE daily <> 0 AND final = 1 AND void = 0;
CREATE INDEX answers_by_daily ON answers (daily) WHERE daily <> 0 AND final = 1 AND void = 0;

-- Whose private chat it is; 0: it is none, or that is not known yet.
ALTER TABLE chats ADD COLUMN member INTEGER NOT NULL DEFAULT 0;
UPDATE chats SET member = coalesce((SELECT a.member FROM accounts a WHERE a.platform = chats.platform AND a.user = chats.key), 0) WHERE private = 1;
CREATE INDEX chats_of_member ON chats (member) WHERE member <> 0;

-- Dailies that are switched on. member: whose own it is, or 0. Times are dates, minutes and moments.
CREATE TABLE subscriptions (
    id INTEGER PRIMARY KEY, version INTEGER NOT NULL, chat INTEGER NOT NULL, space INTEGER NOT NULL, member INTEGER NOT NULL, by INTEGER NOT NULL,
    wish TEXT NOT NULL, state TEXT NOT NULL, next_day INTEGER NOT NULL, next_time INTEGER NOT NULL, next_at INTEGER NOT NULL,
    done_day INTEGER NOT NULL, done_time INTEGER NOT NULL, done_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX subscriptions_of_chat ON subscriptions (chat) WHERE member = 0;
CREATE INDEX subscriptions_of_member ON subscriptions (member) WHERE member <> 0;
CREATE INDEX subscriptions_in_space ON subscriptions (space, chat);

CREATE INDEX subscriptions_at_rest ON subscriptions (id) WHERE state = 'rests';
CREATE INDEX sends_troubled ON sends (state) WHERE state IN ('failed', 'doubt');

-- What became of each occurrence; it outlives its subscription.
CREATE TABLE daily_runs (
    subscription INTEGER NOT NULL, day INTEGER NOT NULL, time INTEGER NOT NULL, at INTEGER NOT NULL, chat INTEGER NOT NULL, member INTEGER NOT NULL,
    session INTEGER NOT NULL, skipped TEXT NOT NULL, everywhere INTEGER NOT NULL, PRIMARY KEY (subscription, day, time)
) STRICT, WITHOUT ROWID;
CREATE INDEX daily_runs_everywhere ON daily_runs (day) WHERE everywhere = 1 AND skipped = '';
CREATE INDEX daily_skips_of_chat ON daily_runs (chat, at) WHERE skipped <> '';
CREATE INDEX daily_runs_of_member ON daily_runs (member, at) WHERE member <> 0;

-- Days' sets, the same for all who play them.
CREATE TABLE daily_sets (
    pack TEXT NOT NULL, hash TEXT NOT NULL, day INTEGER NOT NULL, questions INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (pack, hash, day, questions)
) STRICT;

-- Streaks, the question that a member has in front of them, and when they changed their zone.
CREATE TABLE streaks (
    member INTEGER PRIMARY KEY, version INTEGER NOT NULL, days INTEGER NOT NULL, best INTEGER NOT NULL, freezes INTEGER NOT NULL,
    played INTEGER NOT NULL, last INTEGER NOT NULL, excused TEXT NOT NULL, shown INTEGER NOT NULL, reminders INTEGER NOT NULL
) STRICT;
CREATE TABLE daily_turns (member INTEGER PRIMARY KEY, session INTEGER NOT NULL, question INTEGER NOT NULL) STRICT;
CREATE TABLE zone_moves (
    member INTEGER NOT NULL, at INTEGER NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL, PRIMARY KEY (member, at)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE zone_moves; DROP TABLE daily_turns; DROP TABLE streaks; DROP TABLE daily_sets; DROP TABLE daily_runs; DROP TABLE subscriptions;

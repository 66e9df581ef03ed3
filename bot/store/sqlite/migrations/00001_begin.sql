-- +goose Up

-- "SQz1": tells the file from those of other programs.
PRAGMA application_id = 1397848625;

-- Numbers that name games and drafts.
CREATE TABLE numbers (id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;

-- A space owns packs, settings and boards. gone: when the bot was removed; 0: it is there.
CREATE TABLE spaces (
    id INTEGER PRIMARY KEY, platform TEXT NOT NULL, key TEXT NOT NULL, title TEXT NOT NULL,
    settings TEXT NOT NULL DEFAULT '{}', gone INTEGER NOT NULL DEFAULT 0,
    UNIQUE (platform, key)
) STRICT;

-- A chat is where posts go.
CREATE TABLE chats (
    id INTEGER PRIMARY KEY, space INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    platform TEXT NOT NULL, key TEXT NOT NULL, private INTEGER NOT NULL,
    UNIQUE (platform, key)
) STRICT;
CREATE INDEX chats_of_space ON chats (space);

-- A member is a person; accounts are how platforms know them.
CREATE TABLE members (
    id INTEGER PRIMARY KEY AUTOINCREMENT, lang INTEGER NOT NULL DEFAULT 1, own INTEGER NOT NULL DEFAULT 0,
    zone TEXT NOT NULL DEFAULT '', digits INTEGER NOT NULL DEFAULT 0, owner INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE accounts (
    platform TEXT NOT NULL, user TEXT NOT NULL, member INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    name TEXT NOT NULL, PRIMARY KEY (platform, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX accounts_of_member ON accounts (member);

-- Every input that was handled, and when.
CREATE TABLE inbox (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_by_age ON inbox (at);

-- Games as snapshots; solo is the only player, or 0. One live game a seat.
CREATE TABLE games (
    id INTEGER PRIMARY KEY, version INTEGER NOT NULL, chat INTEGER NOT NULL, space INTEGER NOT NULL, solo INTEGER NOT NULL,
    pack TEXT NOT NULL, hash TEXT NOT NULL, lang INTEGER NOT NULL, sheet BLOB NOT NULL, state BLOB NOT NULL,
    ended INTEGER NOT NULL, started INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX games_live ON games (chat, solo) WHERE ended = 0;

-- The answer log. It outlives spaces and games; a deleted member is a negative number in it.
CREATE TABLE answers (
    id INTEGER PRIMARY KEY AUTOINCREMENT, game INTEGER NOT NULL, question INTEGER NOT NULL, try INTEGER NOT NULL, member INTEGER NOT NULL,
    chat INTEGER NOT NULL, space INTEGER NOT NULL, platform TEXT NOT NULL, pack TEXT NOT NULL, hash TEXT NOT NULL, item TEXT NOT NULL,
    seed INTEGER NOT NULL, lang INTEGER NOT NULL, option INTEGER NOT NULL, options INTEGER NOT NULL, mark INTEGER NOT NULL,
    reason INTEGER NOT NULL, text TEXT NOT NULL, points INTEGER NOT NULL, final INTEGER NOT NULL, lapsed INTEGER NOT NULL,
    solo INTEGER NOT NULL, hinted INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0, prior INTEGER NOT NULL,
    at INTEGER NOT NULL, day INTEGER NOT NULL, took INTEGER NOT NULL,
    UNIQUE (game, question, member, try)
) STRICT;
CREATE INDEX answers_of_pack ON answers (pack, id);
CREATE INDEX answers_on_board ON answers (space, at) WHERE final = 1 AND solo = 0 AND void = 0;
CREATE INDEX answers_of_member ON answers (member);

-- What a chat (member 0) or a member (chat 0) has seen.
CREATE TABLE exposures (
    chat INTEGER NOT NULL, member INTEGER NOT NULL, pack TEXT NOT NULL, item TEXT NOT NULL, options INTEGER NOT NULL,
    times INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (chat, member, pack, item, options)
) STRICT, WITHOUT ROWID;

-- Posts on their way and those that arrived. A slot has one new post and any number of edits.
CREATE TABLE sends (
    id INTEGER PRIMARY KEY AUTOINCREMENT, op TEXT NOT NULL, slot TEXT NOT NULL, chat INTEGER NOT NULL, "to" INTEGER NOT NULL,
    post TEXT NOT NULL, cause TEXT NOT NULL, state TEXT NOT NULL, ref TEXT NOT NULL DEFAULT '',
    started INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX sends_new ON sends (slot) WHERE op = 'new';
CREATE INDEX sends_of_slot ON sends (slot, id);
CREATE INDEX sends_waiting ON sends (chat, id) WHERE state IN ('queued', 'started');
CREATE INDEX sends_of_chat ON sends (chat, id) WHERE op = 'new';
CREATE INDEX sends_to ON sends ("to") WHERE "to" <> 0;

-- What is due and when; a claim moves the time ahead by its lease.
CREATE TABLE due (key TEXT PRIMARY KEY, at INTEGER NOT NULL, attempt INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX due_by_time ON due (at);

-- Immutable versions of packs; files is a JSON object of base64 texts.
CREATE TABLE packs (
    pack TEXT NOT NULL, hash TEXT NOT NULL, space INTEGER NOT NULL, version TEXT NOT NULL, revision INTEGER NOT NULL,
    files TEXT NOT NULL, by INTEGER NOT NULL, at INTEGER NOT NULL, active INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (pack, hash)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX packs_active ON packs (pack) WHERE active = 1;
CREATE INDEX packs_of_space ON packs (space) WHERE active = 1;
CREATE TABLE packs_off (space INTEGER NOT NULL, pack TEXT NOT NULL, PRIMARY KEY (space, pack)) STRICT, WITHOUT ROWID;
CREATE TABLE drafts (id INTEGER PRIMARY KEY, space INTEGER NOT NULL, by INTEGER NOT NULL, data BLOB NOT NULL, at INTEGER NOT NULL) STRICT;

CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT, space INTEGER NOT NULL, chat INTEGER NOT NULL, member INTEGER NOT NULL, item TEXT NOT NULL,
    pack TEXT NOT NULL, hash TEXT NOT NULL, seed INTEGER NOT NULL, lang INTEGER NOT NULL, reason TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE INDEX reports_of_space ON reports (space, id);
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT, space INTEGER NOT NULL, member INTEGER NOT NULL, action TEXT NOT NULL, detail TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_of_space ON audit (space, id);

-- +goose Down
DROP TABLE audit; DROP TABLE reports; DROP TABLE drafts; DROP TABLE packs_off; DROP TABLE packs; DROP TABLE due; DROP TABLE sends;
DROP TABLE exposures; DROP TABLE answers; DROP TABLE games; DROP TABLE inbox; DROP TABLE accounts; DROP TABLE members; DROP TABLE chats;
DROP TABLE spaces; DROP TABLE numbers;

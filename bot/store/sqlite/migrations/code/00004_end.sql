DROP TABLE games; DROP TABLE old_sends; DROP TABLE old_due;

CREATE UNIQUE INDEX sessions_live ON sessions (kind, chat, solo) WHERE ended = 0;
CREATE INDEX sessions_in_space ON sessions (space, kind) WHERE ended = 0;
CREATE INDEX sessions_of_owner ON sessions (owner, run) WHERE ended = 0;

CREATE UNIQUE INDEX sends_new ON sends (slot_id, slot_n, slot_part, slot_kind) WHERE op = 'new';
CREATE INDEX sends_of_slot ON sends (slot_id, slot_n, slot_part, slot_kind, id);
CREATE INDEX sends_waiting ON sends (chat, id) WHERE state IN ('queued', 'started');
CREATE INDEX sends_of_chat ON sends (chat, id) WHERE op = 'new';
CREATE INDEX sends_to ON sends ("to") WHERE "to" <> 0;
CREATE INDEX sends_by_ref ON sends (ref) WHERE op = 'new' AND ref <> '';
CREATE INDEX due_by_time ON due (kind, at);

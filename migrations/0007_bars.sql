-- Whom an arrival concerns, said more narrowly. Every statement may run twice.

-- Summed weight of the shared keys that the last of a full candidate list had when its record was scored last, in 1/256; 0 when the
-- list had room. Who shares less does not enter the list. Null: not known.
alter table dirty add column if not exists bar integer;

-- Beside each key: its weight in 1/256, and whether the record took it up (1), gave it up (-1) or kept it (0). Entries
-- without them concern everyone who shares a key.
alter table expand add column if not exists weights smallint[] not null default '{}';
alter table expand add column if not exists moves smallint[] not null default '{}';

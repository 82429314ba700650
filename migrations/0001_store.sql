-- The store. Text that decides anything is COLLATE "C". Every statement may run twice.
create extension if not exists vector;
create extension if not exists pg_trgm;

-- The newest version of every record. rid is 63 bits of a hash of (source, source_id): it needs no sequence, so a
-- restart gives every record the same id. A collision violates the unique constraint's counterpart and is reported.
create table if not exists source_record (
  rid            bigint primary key,
  source         text collate "C" not null,
  source_id      text collate "C" not null,
  version_ts     bigint not null,
  version_offset bigint not null,
  content_hash   bigint not null,
  contract       text collate "C" not null,
  mapping        text collate "C" not null,
  withdrawn      boolean not null default false,
  product        jsonb not null,
  golden_id      text collate "C",
  first_seen     timestamptz not null default now(),
  changed_at     timestamptz not null default now(),
  unique (source, source_id)
);
create index if not exists source_record_golden on source_record (golden_id);

-- Records removed for good: a feed that still lists one does not bring it back.
create table if not exists forgotten (
  rid bigint primary key,
  at  timestamptz not null default now()
);

-- Blocking keys a record publishes under the current snapshot. Measured at 100,000 records of 15 keys (PGlite): an array
-- with a GIN index loads and indexes in 1.6 s and takes 29 MB; a row a key with two B-trees takes 3.7 s and 127 MB.
create table if not exists block_key (
  rid  bigint primary key,
  keys bigint[] not null
);
create index if not exists block_key_keys on block_key using gin (keys);

-- Scored pairs that are kept, a < b. state: match, review. Steward decisions are kept apart and read beside them.
-- refused says why clustering did not follow a match; it is told to people and never read back by clustering.
create table if not exists edge (
  a           bigint not null,
  b           bigint not null,
  probability real not null,
  stage       text collate "C" not null,
  state       text collate "C" not null,
  refused     text collate "C",
  primary key (a, b)
);
create index if not exists edge_b on edge (b);

-- Work to do: records whose candidate list may have changed, and records whose component may have changed.
create sequence if not exists mark_sequence;
create table if not exists dirty (
  rid bigint primary key,
  seq bigint not null
);
create table if not exists dirty_component (
  rid bigint primary key,
  seq bigint not null
);

-- The current golden records. Superseded versions are in golden_history.
create table if not exists golden_record (
  golden_id    text collate "C" primary key,
  version      bigint not null,
  "values"     jsonb not null,
  lineage      jsonb not null,
  members      jsonb not null,
  sources      text[] collate "C" not null,
  member_count integer not null,
  quality      real not null,
  embedding    vector(64),
  -- Run in which the id was minted: the older of two is the one with the smaller number.
  born         bigint not null,
  valid_from   timestamptz not null default now()
);

create table if not exists golden_history (
  golden_id  text collate "C" not null,
  version    bigint not null,
  "values"   jsonb not null,
  lineage    jsonb not null,
  members    jsonb not null,
  quality    real not null,
  change     text collate "C" not null,
  valid_from timestamptz not null,
  valid_to   timestamptz not null,
  primary key (golden_id, version)
);

-- Ids that no longer have a golden record of their own. new_id is null when every record was withdrawn or forgotten.
create table if not exists golden_redirect (
  old_id text collate "C" primary key,
  new_id text collate "C",
  reason text collate "C" not null,
  at     timestamptz not null default now()
);

-- Append-only. kind: must_link, cannot_link (a, b), override (golden record of a: attribute, value), revoke (of another).
create table if not exists steward_decision (
  id        bigint generated always as identity primary key,
  kind      text collate "C" not null,
  a         bigint,
  b         bigint,
  attribute text collate "C",
  value     jsonb,
  revokes   bigint,
  steward   text not null,
  reason    text not null default '',
  at        timestamptz not null default now()
);

create table if not exists dead_letter (
  id        text collate "C" primary key,
  source    text collate "C" not null,
  source_id text collate "C" not null,
  step      text collate "C" not null,
  code      text collate "C" not null,
  reason    text not null,
  origin    text not null,
  original  text not null,
  mapping   text collate "C" not null,
  status    text collate "C" not null default 'open',
  at        timestamptz not null
);
create index if not exists dead_letter_source on dead_letter (source, status);

create table if not exists model (
  name       text collate "C" not null,
  version    text collate "C" not null,
  artefact   jsonb not null,
  state      text collate "C" not null,
  created_at timestamptz not null default now(),
  primary key (name, version)
);

create table if not exists corpus_snapshot (
  id         text collate "C" primary key,
  model      text collate "C" not null,
  records    integer not null,
  payload    bytea not null,
  current    boolean not null default true,
  created_at timestamptz not null default now()
);

create table if not exists run (
  id          bigint generated always as identity primary key,
  kind        text collate "C" not null,
  status      text collate "C" not null,
  started_at  timestamptz not null default now(),
  finished_at timestamptz,
  counters    jsonb not null default '[]',
  summary     jsonb not null default '{}'
);

-- What a run changed in what was there before: price_change, merged, split, moved, withdrawn, attribute_change.
create table if not exists run_change (
  run_id    bigint not null,
  kind      text collate "C" not null,
  golden_id text collate "C" not null,
  source    text collate "C" not null default '',
  source_id text collate "C" not null default '',
  before    jsonb,
  after     jsonb
);
create index if not exists run_change_run on run_change (run_id, kind);
create index if not exists run_change_golden on run_change (golden_id);

create table if not exists consumer_offset (
  consumer    text collate "C" not null,
  topic       text collate "C" not null,
  partition   integer not null,
  next_offset bigint not null,
  primary key (consumer, topic, partition)
);

create table if not exists outbox (
  seq       bigint generated always as identity primary key,
  golden_id text collate "C" not null,
  version   bigint not null,
  payload   jsonb
);

create table if not exists source_state (
  source     text collate "C" primary key,
  state      jsonb not null,
  updated_at timestamptz not null default now()
);

create table if not exists contract (
  name       text collate "C" not null,
  version    integer not null,
  definition jsonb not null,
  state      text collate "C" not null default 'active',
  created_at timestamptz not null default now(),
  primary key (name, version)
);

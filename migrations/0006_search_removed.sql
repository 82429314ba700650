-- The last versions of golden records that left the search index, so that an older event that comes late, from a worker that
-- was slow or evicted, does not bring them back.
create table if not exists search_removed (
  golden_id  text collate "C" primary key,
  version    bigint not null,
  removed_at timestamptz not null default now()
);
create index if not exists search_removed_at on search_removed (removed_at);

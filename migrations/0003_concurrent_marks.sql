-- Marks that many workers take at once. Every statement may run twice.

-- A mark stays when its work is done, so that whoever computed something from a record can always tell whether the record
-- was marked since. Each marking takes another `seq`; finishing writes the seq that was taken into `done_seq`.
alter table dirty add column if not exists done_seq bigint not null default 0;
alter table dirty add column if not exists pending boolean generated always as (done_seq <> seq) stored;
alter table dirty set (fillfactor = 80);
insert into dirty (rid, seq) select rid, 0 from source_record on conflict (rid) do nothing;
-- Work is taken in the order of marking: marks that were set together read the same neighbourhood.
create index if not exists dirty_pending on dirty (seq) where pending;
create index if not exists dirty_component_seq on dirty_component (seq);

-- Records whose blocking keys changed, with the keys before and after. Whoever shares one is marked by a later transaction,
-- which sees all that was committed before it: of two records that arrive at once, each on its own would not see the other.
create table if not exists expand (
  id   bigint generated always as identity primary key,
  rid  bigint not null,
  keys bigint[] not null
);

-- Without a pending list, which every look-up of neighbours would read through.
alter index block_key_keys set (fastupdate = off);

/** Rows are few or the table would have been expanded as a whole. */
export const COUNT_NOTED = `select count(*)::int as n from (select from expand limit $1) e`;

/**
 * Marks whoever shares a key with one of the oldest entries, and deletes these. One statement, so that entries and keys are
 * seen at one moment: keys that are committed later have an entry of their own, which is expanded later. The record of an
 * entry was marked when the entry was written. Numbers follow the entries, so that those who share a neighbourhood are
 * scored together.
 */
export const EXPAND = `
  with entry as materialized (select id, rid, keys from expand order by id limit $1),
  gone as (delete from expand where id in (select id from entry)),
  sharer as (
    select b.rid, min(e.id) as first
    from entry e join block_key b on b.keys && e.keys and b.rid <> e.rid group by b.rid
  ),
  marked as (
    insert into dirty (rid, seq)
    select rid, seq from (
      select rid, nextval('mark_sequence') as seq from (select rid from sharer order by first, rid) s
    ) numbered order by rid
    on conflict (rid) do update set seq = excluded.seq
  )
  select (select count(*)::int from entry) as entries, (select count(*)::int from sharer) as marks`;

export const FORGET_NOTED = `delete from expand`;

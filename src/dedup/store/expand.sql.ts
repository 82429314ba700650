/** Rows are few or the table would have been expanded as a whole. */
export const COUNT_NOTED = `select count(*)::int as n from (select from expand limit $1) e`;

/**
 * Marks whom the oldest `$1` entries concern, and deletes these; why these are all that are concerned: `expand.ts`. One
 * statement, so that entries, keys, marks and bars are seen at one moment: keys that are committed later have an entry of
 * their own, which is expanded later. The record of an entry was marked when the entry was written. Numbers follow the
 * entries, so that those who share a neighbourhood are scored together.
 *
 * `$2`, `$3`: caps of keys that identify and of others; `$4`: an identifying block has anchors above this size, or null.
 */
export const EXPAND = `
  with entry as materialized (select id, rid, keys, weights from expand order by id limit $1),
  gone as (delete from expand where id in (select id from entry)),
  noted as materialized (
    select e.id, e.rid, n.key, coalesce(n.weight, 32767)::int as weight
    from entry e cross join lateral unnest(e.keys, e.weights) as n(key, weight) where n.key is not null
  ),
  wanted as materialized (select distinct key from noted),
  holder as materialized (
    select b.rid, w.key from wanted w join block_key b on b.keys @> array[w.key]
  ),
  moved as (
    select m.key, count(*) filter (where m.move is null or m.move > 0) as added,
      count(*) filter (where m.move is null or m.move < 0) as removed
    from expand x cross join lateral unnest(x.keys, x.moves) as m(key, move)
    where m.key in (select key from wanted) group by m.key
  ),
  held as (select key, count(*) as n from holder group by key),
  size as (
    select w.key, coalesce(h.n, 0) - coalesce(m.added, 0) as least, coalesce(h.n, 0) + coalesce(m.removed, 0) as most,
      (w.key & 7) < 3 as identifies, case when (w.key & 7) < 3 then $2::int else $3::int end as cap
    from wanted w left join held h using (key) left join moved m using (key)
  ),
  alive as materialized (
    select key, most > cap or (identifies and most > $4::int) is true as everyone from size where least <= cap
  ),
  shared as (
    select h.rid, n.id, sum(n.weight) as weight, bool_or(a.everyone) as everyone
    from noted n join alive a using (key) join holder h using (key) where h.rid <> n.rid group by h.rid, n.id
  ),
  concerned as (
    select s.rid, min(s.id) as first from shared s left join dirty d on d.rid = s.rid
    where s.everyone or d.bar is null or d.pending or s.weight >= d.bar group by s.rid
  ),
  marked as (
    insert into dirty (rid, seq)
    select rid, seq from (
      select rid, nextval('mark_sequence') as seq from (select rid from concerned order by first, rid) s
    ) numbered order by rid
    on conflict (rid) do update set seq = excluded.seq
  )
  select (select count(*)::int from entry) as entries, (select count(*)::int from concerned) as marks,
    (select count(distinct rid)::int from shared) as sharers`;

export const FORGET_NOTED = `delete from expand`;

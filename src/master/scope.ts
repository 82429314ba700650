import { chunks } from '../chunks.js';
import { ridParam, toRid } from '../dedup/store/index.js';
import type { Database, Sql } from '../platform/database/port.js';
import { type Decisions, linksOf } from './decisions.js';
import { DisjointSets } from './disjoint-sets.js';
import { RecordSets } from './record-sets.js';
import { RidColumn } from './rid-column.js';
import * as sql from './scope.sql.js';

/** Ids of all records whose component is marked. */
export async function allMarked(database: Database): Promise<BigInt64Array> {
  const column = new RidColumn();
  for await (const rows of database.batches<{ rid: unknown }>(sql.ALL_MARKED, [], PORTION))
    for (const row of rows) column.push(toRid(row.rid));
  return column.rids;
}

/**
 * The groups of records that the marked records can change: closed under match edges, must-links and membership of
 * today's golden records, because an id that one cluster gives up may be kept by another. Groups do not touch each
 * other, so each can be resolved in a transaction of its own. Every group is in rid order, and so are the groups.
 */
export async function affectedGroups(
  database: Database,
  marked: BigInt64Array,
  decisions: Decisions,
): Promise<Iterable<bigint[]>> {
  const [count] = await database.query<{ n: number }>(sql.COUNT_RECORDS);
  if (marked.length <= (count?.n ?? 0) / 5) return reachableGroups(database, [...marked], decisions);
  return (await allGroups(database, marked, decisions)).holding(marked);
}

/** The same, looking only where the marked records lead. */
export async function reachableGroups(
  database: Sql,
  marked: readonly bigint[],
  decisions: Decisions,
): Promise<bigint[][]> {
  const sets = new DisjointSets();
  await joinReachable(database, sets, decisions, marked);
  return sets.groupsOf(marked);
}

/** Those of the groups that nothing leads out of. Records must be locked: then it stays so until links are written. */
export async function closedGroups(
  tx: Sql,
  groups: readonly (readonly bigint[])[],
  decisions: Decisions,
): Promise<(readonly bigint[])[]> {
  const groupOf = new Map<bigint, number>();
  groups.forEach((group, index) => {
    for (const rid of group) groupOf.set(rid, index);
  });
  const open = new Set<number>();
  const lead = (a: bigint, b: bigint): void => {
    const [x, y] = [groupOf.get(a), groupOf.get(b)];
    if (x === y) return;
    if (x !== undefined) open.add(x);
    if (y !== undefined) open.add(y);
  };
  const houses = new Map<string, bigint>();
  for (const part of chunks(groups.flat(), PORTION)) {
    const rids = ridParam(part);
    for (const row of await tx.query<Link>(sql.LINKS_OF, [rids])) lead(toRid(row.a), toRid(row.b));
    for (const row of await tx.query<Identity>(sql.HOUSEMATES, [rids])) {
      const rid = toRid(row.rid);
      const first = houses.get(row.golden_id!) ?? rid;
      houses.set(row.golden_id!, first);
      lead(first, rid);
    }
    for (const rid of part) for (const other of linksOf(decisions, rid)) lead(rid, other);
  }
  return groups.filter((_, index) => !open.has(index));
}

const PORTION = 20_000;

interface Link {
  a: unknown;
  b: unknown;
}
interface Identity {
  rid: unknown;
  golden_id: string | null;
}

/** All records, with everything that joins two. A mark or a decision may be of a record that is gone. */
async function allGroups(database: Database, marked: BigInt64Array, decisions: Decisions): Promise<RecordSets> {
  const column = new RidColumn();
  for await (const rows of database.batches<{ rid: unknown }>(sql.ALL_RECORDS, [], PORTION))
    for (const row of rows) column.push(toRid(row.rid));
  for (const rid of marked) column.push(rid);
  for (const rid of decisions.mustLinks.flat()) column.push(rid);
  const sets = new RecordSets(column.rids);
  let house: { id: string | null; first: bigint } | undefined;
  for await (const rows of database.batches<Identity>(sql.ALL_HOUSEMATES, [], PORTION))
    for (const { rid, golden_id: id } of rows)
      if (house?.id === id) sets.join(house.first, toRid(rid));
      else house = { id, first: toRid(rid) };
  for await (const rows of database.batches<Link>(sql.ALL_LINKS, [], PORTION))
    for (const { a, b } of rows) sets.join(toRid(a), toRid(b));
  for (const [a, b] of decisions.mustLinks) sets.join(a, b);
  return sets;
}

async function joinReachable(
  database: Sql,
  sets: DisjointSets,
  decisions: Decisions,
  marked: readonly bigint[],
): Promise<void> {
  const representative = new Map<string, bigint>();
  const seen = new Set<bigint>();
  let frontier = [...marked];
  while (frontier.length > 0) {
    for (const rid of frontier) seen.add(rid);
    const next = new Set<bigint>();
    const reach = (rid: bigint) => {
      if (!seen.has(rid)) next.add(rid);
    };
    for (const part of chunks(frontier, PORTION)) {
      const rids = ridParam(part);
      for (const row of await database.query<Link>(sql.LINKS_OF, [rids])) {
        const [a, b] = [toRid(row.a), toRid(row.b)];
        sets.join(a, b);
        reach(a);
        reach(b);
      }
      for (const rid of part)
        for (const other of linksOf(decisions, rid)) {
          sets.join(rid, other);
          reach(other);
        }
      for (const row of await database.query<Identity>(sql.HOUSEMATES, [rids])) {
        const rid = toRid(row.rid);
        sets.joinHouse(rid, row.golden_id, representative);
        reach(rid);
      }
    }
    frontier = [...next];
  }
}

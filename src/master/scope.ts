import { chunks } from '../chunks.js';
import { type Mark, ridParam, toMark, toRid } from '../dedup/store/index.js';
import type { Database, Sql } from '../platform/database/port.js';
import { type Decisions, linksOf } from './decisions.js';
import { DisjointSets } from './disjoint-sets.js';
import * as sql from './scope.sql.js';

export async function allMarks(database: Sql): Promise<Mark[]> {
  return (await database.query<{ rid: unknown; seq: unknown }>(sql.ALL_MARKS)).map(toMark);
}

/**
 * The groups of records that the marked records can change: closed under match edges, must-links and membership of
 * today's golden records, because an id that one cluster gives up may be kept by another. Groups do not touch each
 * other, so each can be resolved in a transaction of its own. Every group is in rid order, and so are the groups.
 */
export async function affectedGroups(
  database: Database,
  marks: readonly Mark[],
  decisions: Decisions,
): Promise<bigint[][]> {
  const [count] = await database.query<{ n: number }>(sql.COUNT_RECORDS);
  if (marks.length <= (count?.n ?? 0) / 5) return reachableGroups(database, marks, decisions);
  const sets = new DisjointSets();
  await joinEverything(database, sets, decisions);
  return sets.groupsOf(marks.map((mark) => mark.rid));
}

/** The same, looking only where the marked records lead. */
export async function reachableGroups(
  database: Sql,
  marks: readonly Mark[],
  decisions: Decisions,
): Promise<bigint[][]> {
  const sets = new DisjointSets();
  await joinReachable(database, sets, decisions, marks);
  return sets.groupsOf(marks.map((mark) => mark.rid));
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

async function joinEverything(database: Database, sets: DisjointSets, decisions: Decisions): Promise<void> {
  const representative = new Map<string, bigint>();
  for await (const rows of database.batches<Identity>(sql.ALL_IDENTITIES, [], 20_000))
    for (const row of rows) sets.joinHouse(toRid(row.rid), row.golden_id, representative);
  for await (const rows of database.batches<Link>(sql.ALL_LINKS, [], 20_000))
    for (const row of rows) sets.join(toRid(row.a), toRid(row.b));
  for (const [a, b] of decisions.mustLinks) sets.join(a, b);
}

async function joinReachable(
  database: Sql,
  sets: DisjointSets,
  decisions: Decisions,
  marks: readonly Mark[],
): Promise<void> {
  const representative = new Map<string, bigint>();
  const seen = new Set<bigint>();
  let frontier = marks.map((mark) => mark.rid);
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

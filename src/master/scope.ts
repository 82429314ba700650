import { chunks } from '../chunks.js';
import { ridParam, toRid } from '../dedup/store/index.js';
import type { Database, Sql } from '../platform/database/port.js';
import { type Decisions, linksOf } from './decisions.js';
import * as sql from './scope.sql.js';

export interface Mark {
  rid: bigint;
  seq: bigint;
}

export async function takeMarks(database: Sql): Promise<Mark[]> {
  const rows = await database.query<{ rid: unknown; seq: unknown }>(sql.TAKE_MARKS);
  return rows.map((row) => ({ rid: toRid(row.rid), seq: toRid(row.seq) }));
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
  const sets = new DisjointSets();
  if (marks.length > (count?.n ?? 0) / 5) await joinEverything(database, sets, decisions);
  else await joinReachable(database, sets, decisions, marks);
  return sets.groupsOf(marks.map((mark) => mark.rid));
}

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
  database: Database,
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
    for (const part of chunks(frontier, 20_000)) {
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

/** Union-find over record ids. */
class DisjointSets {
  readonly #parent = new Map<bigint, bigint>();

  find(rid: bigint): bigint {
    let root = rid;
    for (let up = this.#parent.get(root); up !== undefined && up !== root; up = this.#parent.get(root)) root = up;
    for (let at = rid; at !== root; ) {
      const up = this.#parent.get(at)!;
      this.#parent.set(at, root);
      at = up;
    }
    return root;
  }

  join(a: bigint, b: bigint): void {
    const [x, y] = [this.find(a), this.find(b)];
    this.#parent.set(x, x < y ? x : y);
    this.#parent.set(y, x < y ? x : y);
  }

  joinHouse(rid: bigint, goldenId: string | null, representative: Map<string, bigint>): void {
    this.join(rid, rid);
    if (goldenId === null) return;
    const first = representative.get(goldenId);
    if (first === undefined) representative.set(goldenId, rid);
    else this.join(first, rid);
  }

  /** The groups that hold one of the records. */
  groupsOf(rids: readonly bigint[]): bigint[][] {
    const wanted = new Map<bigint, bigint[]>();
    for (const rid of rids) {
      this.join(rid, rid);
      wanted.set(this.find(rid), []);
    }
    for (const rid of this.#parent.keys()) wanted.get(this.find(rid))?.push(rid);
    const order = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);
    const groups = [...wanted.values()].map((group) => group.sort(order));
    return groups.sort((a, b) => order(a[0]!, b[0]!));
  }
}

import { toRid } from '../dedup/store/index.js';
import type { Sql } from '../platform/database/port.js';

/** What stewards have decided and not revoked: data that clustering and survivorship read. */
export interface Decisions {
  mustLinks: readonly (readonly [bigint, bigint])[];
  cannotLinks: readonly (readonly [bigint, bigint])[];
  /** By record: attribute path and value; they hold for the golden record the record is in. The latest wins. */
  overrides: ReadonlyMap<bigint, ReadonlyMap<string, unknown>>;
  neighbours: ReadonlyMap<bigint, readonly bigint[]>;
}

const ACTIVE = `
  select kind, a, b, attribute, value from steward_decision d
  where kind <> 'revoke' and not exists (select 1 from steward_decision r where r.kind = 'revoke' and r.revokes = d.id)
  order by id`;

export async function readDecisions(database: Sql): Promise<Decisions> {
  const rows = await database.query<{ kind: string; a: unknown; b: unknown; attribute: string | null; value: unknown }>(
    ACTIVE,
  );
  const latest = new Map<string, { kind: string; a: bigint; b: bigint }>();
  const overrides = new Map<bigint, Map<string, unknown>>();
  for (const row of rows) {
    const a = toRid(row.a);
    if (row.kind === 'override') {
      const values = overrides.get(a) ?? new Map<string, unknown>();
      overrides.set(a, values.set(row.attribute!, row.value));
      continue;
    }
    const b = toRid(row.b);
    // The later decision about a pair replaces the earlier one.
    latest.set(a < b ? `${a}:${b}` : `${b}:${a}`, { kind: row.kind, a, b });
  }
  const pairs = (kind: string) => [...latest.values()].filter((d) => d.kind === kind).map((d) => [d.a, d.b] as const);
  const mustLinks = pairs('must_link');
  const neighbours = new Map<bigint, bigint[]>();
  for (const [a, b] of mustLinks) {
    neighbours.set(a, [...(neighbours.get(a) ?? []), b]);
    neighbours.set(b, [...(neighbours.get(b) ?? []), a]);
  }
  return { mustLinks, cannotLinks: pairs('cannot_link'), overrides, neighbours };
}

export function linksOf(decisions: Decisions, rid: bigint): readonly bigint[] {
  return decisions.neighbours.get(rid) ?? [];
}

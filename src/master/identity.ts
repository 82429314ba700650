/**
 * Stable ids. A cluster keeps the id of the old golden record it shares most records with; of equals the older, then the
 * smaller id. An old id goes to one cluster at most; the other old ids redirect to the cluster that took most of their
 * records, or retire when no record is left. A cluster without an old id is given one minted from its smallest record key.
 */
import { hash63 } from '../hash.js';
import { compareText } from '../records.js';

export interface IdentityCluster {
  /** Record keys (`keyText`) in order, each with the golden id it has now. */
  members: readonly { key: string; goldenId: string | null }[];
}

export interface OldGolden {
  goldenId: string;
  born: number;
}

export interface IdentityPlan {
  /** Per cluster: the id it keeps, or undefined when one must be minted. */
  kept: (string | undefined)[];
  /** Old ids that no cluster keeps: the cluster they lead to, or null when none of their records is left. */
  released: { goldenId: string; cluster: number | null }[];
}

export function planIdentities(clusters: readonly IdentityCluster[], olds: readonly OldGolden[]): IdentityPlan {
  const born = new Map(olds.map((old) => [old.goldenId, old.born]));
  const claims: { cluster: number; goldenId: string; shared: number; smallest: string }[] = [];
  clusters.forEach((cluster, index) => {
    const shared = new Map<string, number>();
    for (const { goldenId } of cluster.members)
      if (goldenId !== null && born.has(goldenId)) shared.set(goldenId, (shared.get(goldenId) ?? 0) + 1);
    const smallest = cluster.members[0]!.key;
    for (const [goldenId, count] of shared) claims.push({ cluster: index, goldenId, shared: count, smallest });
  });
  claims.sort(
    (a, b) =>
      b.shared - a.shared ||
      born.get(a.goldenId)! - born.get(b.goldenId)! ||
      compareText(a.goldenId, b.goldenId) ||
      compareText(a.smallest, b.smallest),
  );
  const kept: (string | undefined)[] = clusters.map(() => undefined);
  const taken = new Set<string>();
  const heir = new Map<string, number>();
  for (const { cluster, goldenId } of claims) {
    if (!heir.has(goldenId)) heir.set(goldenId, cluster);
    if (kept[cluster] !== undefined || taken.has(goldenId)) continue;
    kept[cluster] = goldenId;
    taken.add(goldenId);
  }
  const released = olds
    .filter((old) => !taken.has(old.goldenId))
    .map((old) => ({ goldenId: old.goldenId, cluster: heir.get(old.goldenId) ?? null }))
    .sort((a, b) => compareText(a.goldenId, b.goldenId));
  return { kept, released };
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** The id minted from a record key: `g` and 13 characters. `attempt` grows while the id is taken by another product. */
export function mintId(key: string, attempt = 0): string {
  let rest = hash63(attempt === 0 ? key : `${key}\u001e${attempt}`, 0x601d);
  let text = '';
  for (let i = 0; i < 13; i++) {
    text = ALPHABET[Number(rest & 31n)] + text;
    rest >>= 5n;
  }
  return `g${text}`;
}

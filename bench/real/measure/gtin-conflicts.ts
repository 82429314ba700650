/** A member of a golden record with its valid GTINs. */
export interface Identified {
  key: string;
  gtins: readonly string[];
}

export interface GtinConflict<T extends Identified> {
  goldenId: string;
  /** Two members with valid GTINs and none in common. */
  pair: [T, T];
  /** Other members lead from the GTINs of the one to those of the other: a page that states both. */
  bridged: boolean;
}

/**
 * Golden records that hold two valid GTINs of different products: two members each state valid GTINs and have none in
 * common. One conflict a golden record, one that is not bridged where there is one.
 */
export function gtinConflicts<T extends Identified>(golden: ReadonlyMap<string, readonly T[]>): GtinConflict<T>[] {
  const conflicts: GtinConflict<T>[] = [];
  for (const [goldenId, members] of golden) {
    const identified = members.filter((member) => member.gtins.length > 0);
    let found: GtinConflict<T> | undefined;
    const group = groupsOf(identified);
    for (const [i, a] of identified.entries())
      for (const b of identified.slice(i + 1)) {
        if (a.gtins.some((gtin) => b.gtins.includes(gtin))) continue;
        const bridged = group(a) === group(b);
        if (found === undefined || (found.bridged && !bridged)) found = { goldenId, pair: [a, b], bridged };
      }
    if (found !== undefined) conflicts.push(found);
  }
  return conflicts;
}

/** Which members are held together by GTINs that they share, directly or through others. */
function groupsOf(members: readonly Identified[]): (member: Identified) => string {
  const parent = new Map<string, string>();
  const find = (gtin: string): string => {
    let root = gtin;
    for (let up = parent.get(root); up !== undefined; up = parent.get(root)) root = up;
    return root;
  };
  for (const { gtins } of members)
    for (const gtin of gtins) {
      const [a, b] = [find(gtins[0]!), find(gtin)];
      if (a !== b) parent.set(a, b);
    }
  return (member) => find(member.gtins[0]!);
}

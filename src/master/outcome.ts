/** What resolving came to. */
export interface ResolveResult {
  created: number;
  changed: number;
  merged: number;
  split: number;
  retired: number;
  moved: number;
  withdrawn: number;
  /** Matches that clustering did not follow, by reason. */
  refused: Record<string, number>;
}

export function nothingResolved(): ResolveResult {
  return { created: 0, changed: 0, merged: 0, split: 0, retired: 0, moved: 0, withdrawn: 0, refused: {} };
}

export function addUp(total: ResolveResult, part: ResolveResult): void {
  for (const name of ['created', 'changed', 'merged', 'split', 'retired', 'moved', 'withdrawn'] as const)
    total[name] += part[name];
  for (const [reason, count] of Object.entries(part.refused))
    total.refused[reason] = (total.refused[reason] ?? 0) + count;
}

/** Pseudo-random numbers that are the same everywhere (mulberry32, a public-domain generator by Tommy Ettinger). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The items in another order, in which items of one key keep theirs: a log never reorders a record's versions. */
export function shuffled<T>(items: readonly T[], seed: number, keyOf: (item: T) => string): T[] {
  const random = seeded(seed);
  const order = items.map((_, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const waiting = new Map<string, T[]>();
  for (const item of items) {
    const list = waiting.get(keyOf(item)) ?? [];
    list.push(item);
    waiting.set(keyOf(item), list);
  }
  return order.map((at) => waiting.get(keyOf(items[at]!))!.shift()!);
}

import type { KeyKind } from './kind.js';

/** The rarest 3-grams: they survive typing errors and glued words. */
export const gramKeys: KeyKind = {
  name: 'gram',
  emit({ data, row, settings }, kind, sink) {
    const counts = data.snapshot.grams;
    let found = 0;
    for (const dimension of data.store.gramsOf(row)) {
      const count = counts[dimension] as number;
      if (count < 2 || count > settings.cap) continue;
      let at = found;
      while (
        at > 0 &&
        (count < (best.count[at - 1] as number) ||
          (count === best.count[at - 1] && dimension < (best.dimension[at - 1] as number)))
      ) {
        if (at < settings.grams) {
          best.count[at] = best.count[at - 1] as number;
          best.dimension[at] = best.dimension[at - 1] as number;
        }
        at--;
      }
      if (at >= settings.grams) continue;
      best.count[at] = count;
      best.dimension[at] = dimension;
      if (found < settings.grams) found++;
    }
    for (let i = 0; i < found; i++) {
      const dimension = best.dimension[i] as number;
      sink.put(kind, String(dimension), 0.4 * Math.sqrt(data.gramSquares[dimension] as number));
    }
  },
};

const best = { count: new Uint32Array(256), dimension: new Uint32Array(256) };

/** Values of a column cut into at most this many bins; bin 0 is for missing values. */
export const MAX_BINS = 64;

export interface Binned {
  /** Bin of each row. */
  bins: Uint8Array;
  /** Upper bound of bins 1 … n - 1: a value in bin b is <= bounds[b - 1]; the last bin has none. */
  bounds: Float64Array;
}

/** Cuts where equal shares of the distinct-enough values lie, half-way between neighbours. */
export function binColumn(column: Float32Array): Binned {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort();
  const cuts: number[] = [];
  for (let c = 1; c < MAX_BINS - 1; c++) {
    const at = Math.floor((c * sorted.length) / (MAX_BINS - 1));
    let below = at - 1;
    const value = sorted[at];
    while (below >= 0 && sorted[below] === value) below--;
    if (value === undefined || below < 0) continue;
    const cut = ((sorted[below] as number) + value) / 2;
    if (cuts.length === 0 || cut > (cuts[cuts.length - 1] as number)) cuts.push(cut);
  }
  // Values with few repeats at the top (a rare 1) are cut off too.
  const last = sorted[sorted.length - 1];
  if (last !== undefined) {
    let below = sorted.length - 1;
    while (below >= 0 && sorted[below] === last) below--;
    const cut = below < 0 ? last : ((sorted[below] as number) + last) / 2;
    if (below >= 0 && (cuts.length === 0 || cut > (cuts[cuts.length - 1] as number))) cuts.push(cut);
  }
  const bounds = Float64Array.from(cuts);
  const bins = new Uint8Array(column.length);
  for (let row = 0; row < column.length; row++) {
    const value = column[row] as number;
    if (Number.isNaN(value)) continue;
    let low = 0;
    let high = bounds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value <= (bounds[middle] as number)) high = middle;
      else low = middle + 1;
    }
    bins[row] = low + 1;
  }
  return { bins, bounds };
}

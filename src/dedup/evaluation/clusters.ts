/** Precision, recall and their harmonic mean. */
export interface Quality {
  precision: number;
  recall: number;
  f1: number;
}

export interface ClusterQuality {
  records: number;
  clusters: number;
  entities: number;
  largestCluster: number;
  /** Pairs of records in one cluster, in one entity, in both. */
  pairs: { predicted: number; actual: number; correct: number };
  /** Over pairs of records. */
  pairwise: Quality;
  /** B-cubed (Bagga and Baldwin 1998): over records, how pure and how complete the cluster around each is. */
  bcubed: Quality;
  /** Over clusters: those that hold an entity exactly. */
  exact: Quality;
  /** The same without clusters and entities of one record. */
  exactLarger: Quality;
}

/**
 * Compares a clustering with the truth. Grouping only: linear in the records.
 * @param predicted record → cluster number
 * @param actual record → entity number, for the same records
 */
export function clusterQuality(predicted: Int32Array, actual: Int32Array): ClusterQuality {
  const n = predicted.length;
  const clusterSize = sizes(predicted);
  const entitySize = sizes(actual);
  // Cells of the contingency table: the records of one cluster that are of one entity.
  const cells = new Map<number, number>();
  const width = entitySize.length;
  for (let i = 0; i < n; i++) {
    const cell = predicted[i]! * width + actual[i]!;
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  let correct = 0;
  let pure = 0;
  let complete = 0;
  let exact = 0;
  let exactLarger = 0;
  for (const [cell, count] of cells) {
    const cluster = clusterSize[Math.floor(cell / width)]!;
    const entity = entitySize[cell % width]!;
    correct += (count * (count - 1)) / 2;
    pure += (count * count) / cluster;
    complete += (count * count) / entity;
    if (count !== cluster || count !== entity) continue;
    exact++;
    if (count > 1) exactLarger++;
  }
  const pairs = { predicted: pairsIn(clusterSize), actual: pairsIn(entitySize), correct };
  const clusters = clusterSize.filter((size) => size > 0);
  const entities = entitySize.filter((size) => size > 0);
  const larger = (list: readonly number[]) => list.filter((size) => size > 1).length;
  return {
    records: n,
    clusters: clusters.length,
    entities: entities.length,
    largestCluster: clusters.reduce((most, size) => Math.max(most, size), 0),
    pairs,
    pairwise: quality(correct, pairs.predicted, pairs.actual),
    bcubed: quality2(n === 0 ? 1 : pure / n, n === 0 ? 1 : complete / n),
    exact: quality(exact, clusters.length, entities.length),
    exactLarger: quality(exactLarger, larger(clusters), larger(entities)),
  };
}

function sizes(labels: Int32Array): number[] {
  const out: number[] = [];
  for (const label of labels) {
    while (out.length <= label) out.push(0);
    out[label]!++;
  }
  return out;
}

function pairsIn(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}

/** Quality of `correct` among what was predicted and what was there; nothing predicted, or nothing there, is no mistake. */
export function quality(correct: number, predicted: number, actual: number): Quality {
  return quality2(predicted === 0 ? 1 : correct / predicted, actual === 0 ? 1 : correct / actual);
}

function quality2(precision: number, recall: number): Quality {
  const sum = precision + recall;
  return { precision, recall, f1: sum === 0 ? 0 : (2 * precision * recall) / sum };
}

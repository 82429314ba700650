import { type ClusterQuality, clusterQuality } from '../../../src/dedup/evaluation/index.js';
import { Numbering } from '../../sets/set.js';

/** Golden records against true clusters, over the records that the truth names and the store holds. */
export function clustersAgainstTruth(
  truth: Iterable<{ id: string; cluster: string }>,
  goldenOf: (id: string) => string | undefined,
): ClusterQuality & { missing: number } {
  const [golden, entity] = [new Numbering(), new Numbering()];
  const predicted: number[] = [];
  const actual: number[] = [];
  let missing = 0;
  for (const { id, cluster } of truth) {
    const goldenId = goldenOf(id);
    if (goldenId === undefined) {
      missing++;
      continue;
    }
    predicted.push(golden.of(goldenId));
    actual.push(entity.of(cluster));
  }
  return { ...clusterQuality(Int32Array.from(predicted), Int32Array.from(actual)), missing };
}

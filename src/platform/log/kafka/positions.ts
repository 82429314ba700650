import type { Cluster } from 'kafkajs';

/** First and next offset of each partition. Open transactions count. */
export type Ends = ReadonlyMap<number, { start: number; end: number }>;

export async function endsOf(cluster: Cluster, topic: string, partitions: number): Promise<Ends> {
  const asked = Array.from({ length: partitions }, (_, partition) => ({ partition }));
  const [high, low] = await Promise.all([
    cluster.fetchTopicsOffset([{ topic, partitions: asked, fromBeginning: false }]),
    cluster.fetchTopicsOffset([{ topic, partitions: asked, fromBeginning: true }]),
  ]);
  const starts = new Map(low[0]?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  return new Map(
    high[0]?.partitions.map(({ partition, offset }) => [
      partition,
      { start: starts.get(partition) ?? 0, end: Number(offset) },
    ]),
  );
}

/** Connects again, and learns who leads what now. */
export async function revive(cluster: Cluster): Promise<void> {
  try {
    await cluster.connect();
    await cluster.refreshMetadata();
  } catch {
    // Still away: the caller's next attempt says so.
  }
}

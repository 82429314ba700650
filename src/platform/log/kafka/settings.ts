import type { TopicSpec } from '../port.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Ten years: a tombstone is the newest message of its key, and a reader that comes late must still meet it. */
const TOMBSTONES_MS = 3650 * DAY_MS;

/** What the log's contract rests on. */
export function enforced(spec: TopicSpec): Record<string, string> {
  if (spec.compact)
    return {
      'cleanup.policy': 'compact',
      'min.compaction.lag.ms': String(spec.compactionLagMs ?? 0),
      'delete.retention.ms': String(TOMBSTONES_MS),
    };
  return {
    'cleanup.policy': 'delete',
    'retention.ms': String(spec.retentionMs ?? -1),
    'retention.bytes': '-1',
  };
}

/**
 * Settings of a new topic. Brokers compact closed segments only, and close one after seven days or a gigabyte unless told
 * otherwise: a catalogue's topic would keep every version of every record for a week. A message of 8 MiB passes, as in files.
 */
export function settingsOf(spec: TopicSpec, replication: number | undefined): Record<string, string> {
  const lag = spec.compactionLagMs ?? 0;
  return {
    ...enforced(spec),
    'max.message.bytes': String(8 << 20),
    'message.timestamp.type': 'CreateTime',
    ...(spec.compact && {
      'segment.ms': String(Math.min(Math.max(lag, HOUR_MS), DAY_MS)),
      'segment.bytes': String(256 << 20),
      // At most this share of superseded messages is left waiting.
      'min.cleanable.dirty.ratio': '0.3',
    }),
    // An acknowledged message survives the loss of one broker.
    ...(replication !== undefined && replication >= 3 && { 'min.insync.replicas': '2' }),
  };
}

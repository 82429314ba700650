import type { logCreator } from 'kafkajs';
import type { PlatformLogger } from '../../platform.js';

/** Repeats of what is told anyway, or about what was chosen on purpose. */
const NOISE = [
  /^Limiting retries for the idempotent producer/,
  /^Response \w+\(key: /,
  /^Failed to connect to seed broker/,
];
const EVERY_MS = 30_000;
/** A log has many connections, which all meet the same. */
const toldTo = new WeakMap<PlatformLogger, Map<string, number>>();

/** Gives what kafkajs warns of to the logger, without stacks, each sentence at most twice a minute. */
export function forwardTo(logger: PlatformLogger | undefined, silent: () => boolean): logCreator {
  const told = (logger && toldTo.get(logger)) ?? new Map<string, number>();
  if (logger !== undefined) toldTo.set(logger, told);
  return () => (entry) => {
    const { message, broker } = entry.log as { message: string; broker?: string };
    if (logger === undefined || silent() || NOISE.some((pattern) => pattern.test(message))) return;
    const now = Date.now();
    if (now - (told.get(message) ?? 0) < EVERY_MS) return;
    if (told.size > 100) told.clear();
    told.set(message, now);
    logger.warn({ server: 'kafka', part: entry.namespace, ...(broker !== undefined && { broker }) }, message);
  };
}

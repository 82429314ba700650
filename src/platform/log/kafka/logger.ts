import type { logCreator } from 'kafkajs';
import type { PlatformLogger } from '../../platform.js';

/** Repeats every retry, or tells about what was chosen on purpose. */
const NOISE = [/^Limiting retries for the idempotent producer/, /^Response \w+\(key: /];
const EVERY_MS = 5000;

/** Gives what kafkajs warns of to the logger, without stacks, each sentence at most once in five seconds. */
export function forwardTo(logger: PlatformLogger | undefined, silent: () => boolean): logCreator {
  const told = new Map<string, number>();
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

import { setTimeout as sleep } from 'node:timers/promises';
import { AssayError, type ErrorCode, messageOf } from '../errors.js';
import { Counters, type Step } from '../observe/counters.js';
import type { BatchHandler, LogBatch, LogMessage, Outbox, StoredMessage } from '../platform/log/port.js';
import type { DeadLetter } from '../records.js';
import { TOPICS } from './context.js';

export interface ParkingOptions {
  step: Extract<Step, 'harmonize' | 'dedup' | 'master'>;
  counters: Counters;
  signal?: AbortSignal | undefined;
  /** Attempts at one message before it is parked. */
  attempts?: number;
  /** Pause before the second attempt in milliseconds; it doubles. */
  pauseMs?: number;
}

/** Codes of what is around the message, not in it: trying another message would meet the same. */
const AROUND: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'PLATFORM_UNAVAILABLE',
  'PLATFORM_INVALID',
  'DISK_FULL',
  'OFFSET_CONFLICT',
  'DATA_DIR_LOCKED',
  'LOG_CORRUPT',
  'CONFIG_INVALID',
  'MODEL_INVALID',
  'MIGRATION_FAILED',
  'NOT_READY',
  // A contract whose policy is `stop` asks for exactly that.
  'CONTRACT_VIOLATED',
]);
/** Classes of SQL states that a value can cause: data exception, constraint, program limit. */
const OF_VALUES = /^(22|23|54)/;

/** Whether an error can have its cause in a message. */
export function isPoison(error: unknown): boolean {
  if (!(error instanceof AssayError)) return true;
  if (error.code === 'DATABASE') return OF_VALUES.test(String(error.details.sqlstate ?? ''));
  return !AROUND.has(error.code);
}

/**
 * Lets one bad message stop nobody: a batch whose handling fails for what is in it is tried again, then halved until the
 * message stands alone; that one is parked in the dead letters with its error, and the partition moves on. Errors of the
 * surroundings (a server away, a full disk) pass through: they park nothing.
 *
 * The parts of a batch are handed over in order, and what a failed attempt put into the outbox is dropped with it.
 */
export function parking(handler: BatchHandler, options: ParkingOptions): BatchHandler {
  const { attempts = 3, pauseMs = 50, signal } = options;

  async function attempt(batch: LogBatch, outbox: Outbox): Promise<void> {
    const held: [string, readonly LogMessage[]][] = [];
    await handler(batch, { append: (topic, messages) => held.push([topic, messages]) });
    for (const [topic, messages] of held) outbox.append(topic, messages);
  }

  async function handle(batch: LogBatch, outbox: Outbox): Promise<void> {
    const tries = batch.messages.length > 1 ? 1 : attempts;
    for (let attempted = 1; ; attempted++) {
      try {
        return await attempt(batch, outbox);
      } catch (error) {
        if (signal?.aborted === true || !isPoison(error)) throw error;
        if (attempted < tries) {
          await sleep(pauseMs * 2 ** (attempted - 1) * (0.5 + Math.random() / 2));
          continue;
        }
        if (batch.messages.length === 0) throw error;
        if (batch.messages.length === 1) return park(batch, error, outbox);
        for (const half of halves(batch)) await handle(half, outbox);
        return;
      }
    }
  }

  async function park(batch: LogBatch, error: unknown, outbox: Outbox): Promise<void> {
    const message = batch.messages[0]!;
    const letter = letterOf(message, batch, options.step, error);
    outbox.append(TOPICS.deadLetter, [{ key: message.key, value: JSON.stringify(letter) }]);
    // A handler that keeps offsets of its own has to pass the message too.
    await attempt({ ...batch, messages: [] }, outbox);
    options.counters.add(options.step, letter.source, 'refused:PARKED');
  }

  return async (batch, outbox) => {
    const faulty = batch.messages.filter((message) => message.fault !== undefined);
    const refused = new Counters();
    for (const message of faulty) {
      const letter = letterOf(message, batch, options.step, new AssayError('SCHEMA_INVALID', message.fault!));
      outbox.append(TOPICS.deadLetter, [{ key: message.key, value: JSON.stringify(letter) }]);
      refused.add(options.step, letter.source, 'refused:SCHEMA_INVALID');
    }
    const readable =
      faulty.length === 0
        ? batch
        : { ...batch, messages: batch.messages.filter((message) => message.fault === undefined) };
    await handle(readable, outbox);
    options.counters.addAll(refused);
  };
}

/** Two batches that follow each other without a gap. */
function halves(batch: LogBatch): [LogBatch, LogBatch] {
  const middle = batch.messages.length >> 1;
  const cut = batch.messages[middle]!.offset;
  return [
    { ...batch, messages: batch.messages.slice(0, middle), nextOffset: cut },
    { ...batch, messages: batch.messages.slice(middle), firstOffset: cut },
  ];
}

function letterOf(
  message: StoredMessage,
  { topic, partition }: LogBatch,
  step: ParkingOptions['step'],
  error: unknown,
): DeadLetter {
  const cut = message.key.indexOf('\u001f');
  return {
    source: cut < 0 ? '' : message.key.slice(0, cut),
    id: cut < 0 ? message.key : message.key.slice(cut + 1),
    step,
    code: error instanceof AssayError ? error.code : 'INTERNAL',
    reason: messageOf(error),
    origin: `${topic}/${partition}@${message.offset}`,
    original: message.value ?? '',
    mapping: '',
    at: new Date(message.timestamp).toISOString(),
  };
}

import { expect, it } from 'vitest';
import { AssayError } from '../../src/errors.js';
import { Counters } from '../../src/observe/counters.js';
import { parking } from '../../src/pipeline/parking.js';
import type { LogBatch, LogMessage, StoredMessage } from '../../src/platform/log/port.js';
import type { DeadLetter } from '../../src/records.js';

const message = (offset: number, value = `v${offset}`): StoredMessage => ({
  offset,
  key: `shop\u001f${offset}`,
  value,
  headers: {},
  timestamp: 1000,
});
const batchOf = (...messages: StoredMessage[]): LogBatch => ({
  topic: 'canonical',
  partition: 2,
  messages,
  firstOffset: 10,
  nextOffset: 20,
});

/** Runs the handler over a batch of offsets 10..19 without gaps and tells what was handed over and what came out. */
async function run(
  handler: (batch: LogBatch) => void,
  batch = batchOf(...[10, 12, 13, 17, 19].map((at) => message(at))),
) {
  const counters = new Counters();
  const out: [string, LogMessage][] = [];
  const seen: LogBatch[] = [];
  const parked = parking(
    async (part, outbox) => {
      outbox.append(
        'out',
        part.messages.map(({ key, value }) => ({ key, value })),
      );
      handler(part);
      seen.push(part);
    },
    { step: 'dedup', counters, pauseMs: 1 },
  );
  await parked(batch, {
    append: (topic, messages) => out.push(...messages.map((m): [string, LogMessage] => [topic, m])),
  });
  const letters = out.flatMap(([topic, m]) => (topic === 'dead-letter' ? [JSON.parse(m.value!) as DeadLetter] : []));
  return { seen, letters, counters, sent: out.flatMap(([topic, m]) => (topic === 'out' ? [m.value] : [])) };
}

it('parks the one message that fails and hands over all others once, in order and without a gap', async () => {
  let attempts = 0;
  const { seen, letters, sent, counters } = await run((part) => {
    if (part.messages.some(({ offset }) => offset === 13)) {
      if (part.messages.length === 1) attempts++;
      throw new TypeError('cannot read it');
    }
  });
  expect(attempts).toBe(3);
  expect(sent).toEqual(['v10', 'v12', 'v17', 'v19']);
  expect(letters).toHaveLength(1);
  expect(letters[0]).toMatchObject({
    source: 'shop',
    id: '13',
    step: 'dedup',
    code: 'INTERNAL',
    reason: 'cannot read it',
    origin: 'canonical/2@13',
    original: 'v13',
  });
  expect(counters.get('dedup', 'shop', 'refused:PARKED')).toBe(1);
  // Places of their own: every part begins where the one before it ended.
  let next = 10;
  for (const part of seen) {
    expect(part.firstOffset).toBe(next);
    next = part.nextOffset;
  }
  expect(next).toBe(20);
});

it('parks nothing when the surroundings fail', async () => {
  const away = new AssayError('PLATFORM_UNAVAILABLE', 'postgres does not answer');
  await expect(
    run(() => {
      throw away;
    }),
  ).rejects.toBe(away);
  const lock = new AssayError('DATABASE', 'canceling statement due to lock timeout', {
    details: { sqlstate: '55P03' },
  });
  await expect(
    run(() => {
      throw lock;
    }),
  ).rejects.toBe(lock);
});

it('parks a value that the database refuses', async () => {
  const { letters } = await run((part) => {
    if (part.messages.some(({ offset }) => offset === 19))
      throw new AssayError('DATABASE', 'numeric field overflow', { details: { sqlstate: '22003' } });
  });
  expect(letters.map(({ id, code }) => [id, code])).toEqual([['19', 'DATABASE']]);
});

it('parks what could not be decoded without handing it over as a tombstone', async () => {
  const broken = { ...message(12, 'AAEC'), fault: 'schema 7 is not known' };
  const { letters, sent } = await run(() => undefined, batchOf(message(10), broken));
  expect(sent).toEqual(['v10']);
  expect(letters).toMatchObject([
    { id: '12', code: 'SCHEMA_INVALID', reason: 'schema 7 is not known', original: 'AAEC' },
  ]);
});

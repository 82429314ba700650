import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Contract,
  type HarmonizeConfig,
  type HarmonizeResult,
  harmonizer,
  type Policy,
  type RawMessage,
} from '../../src/harmonize/index.js';
import { type CanonicalRecord, type DeadLetter, keyText } from '../../src/records.js';
import { anyText } from './any-text.js';

function config(newField: Policy = 'accept'): HarmonizeConfig {
  const contract: Contract = {
    name: 'c',
    fields: {
      id: { type: 'string', required: true },
      name: { type: 'string', required: false },
      price: { type: 'any', required: false },
    },
    policy: { newField, missingField: 'quarantine', retypedField: 'quarantine' },
  };
  const mapping = { title: 'name', price: 'price', attributes: { rest: true } };
  return { sources: [{ name: 'shop', contract: 'c', key: ['id'], mapping }], contracts: new Map([['c', contract]]) };
}

function raw(offset: number, data: Record<string, unknown>, source = 'shop'): RawMessage {
  const id = String(data.id ?? '');
  return { offset, key: keyText(source, id), value: JSON.stringify({ source, id, contract: 'c', updatedAt: 7, data }) };
}

const now = () => '2026-01-01T00:00:00.000Z';
const outcomes = (result: HarmonizeResult) =>
  Object.fromEntries(result.counts.map(({ outcome, count }) => [outcome, count]));

describe('harmonizer', () => {
  test('maps what it can, refuses the rest with its original, and passes withdrawals on', () => {
    const messages = [
      raw(3, { id: '1', name: 'Lamp', price: '5 €' }),
      raw(4, { id: '2', name: 7 }),
      raw(5, { id: '3' }),
      { offset: 6, key: keyText('shop', '4'), value: null },
      { offset: 7, key: keyText('shop', '5'), value: '{"half":' },
      raw(8, { id: '1' }, 'gone'),
    ];
    const result = harmonizer(config(), { now })(messages);
    expect(result.stop).toBeUndefined();
    expect(result.canonical.map(({ key }) => key)).toEqual([keyText('shop', '1'), keyText('shop', '4')]);
    expect(result.canonical[1]?.value).toBeNull();
    const record = JSON.parse(result.canonical[0]!.value!) as CanonicalRecord;
    expect(record).toMatchObject({
      source: 'shop',
      id: '1',
      version: { timestamp: 7, offset: 3 },
      contract: 'c',
      mapping: expect.stringMatching(/^[0-9a-f]{16}$/),
      product: { title: 'Lamp', price: { amount: 5, currency: 'EUR' } },
    });
    const letters = result.deadLetters.map(({ value }) => JSON.parse(value!) as DeadLetter);
    expect(letters.map(({ source, id, code, origin }) => [source, id, code, origin])).toEqual([
      ['shop', '2', 'CONTRACT_VIOLATED', 'raw@4'],
      ['shop', '3', 'MAPPING_FAILED', 'raw@5'],
      ['shop', '5', 'RECORD_MALFORMED', 'raw@7'],
      ['gone', '1', 'MAPPING_FAILED', 'raw@8'],
    ]);
    expect(letters.map(({ original }) => original)).toEqual([1, 2, 4, 5].map((at) => messages[at]!.value));
    expect(letters[0]).toMatchObject({ step: 'harmonize', mapping: record.mapping, at: now() });
    expect(letters[0]!.reason).toContain('"name" should be string and is number');
    expect(result.notices.map(({ source, code }) => [source, code])).toEqual([['gone', 'unknown_source']]);
  });

  test('says under what the record was pulled, and by what it was mapped', () => {
    const headers = { contract: 'c', 'contract-version': '3', other: 'x' };
    const messages = [
      { ...raw(0, { id: '1', name: 'A' }), headers },
      { ...raw(1, { id: '2', name: 7 }), headers },
      raw(2, { id: '3', name: 'B' }),
      { offset: 3, key: keyText('shop', '4'), value: null, headers },
    ];
    const { canonical, deadLetters } = harmonizer(config(), { now })(messages);
    const { mapping } = JSON.parse(canonical[0]!.value!) as CanonicalRecord;
    expect(canonical.map((message) => message.headers)).toEqual([
      { contract: 'c', 'contract-version': '3', mapping },
      { mapping },
      undefined,
    ]);
    expect(deadLetters[0]!.headers).toEqual({ contract: 'c', 'contract-version': '3', mapping });
  });

  test('a new field is taken on, counted every time, told once', () => {
    const run = harmonizer(config(), { now });
    const first = run([raw(0, { id: '1', name: 'A', extra: 'x' }), raw(1, { id: '2', name: 'B', extra: 'y' })]);
    expect(outcomes(first)).toEqual({ received: 2, 'new_field:extra': 2, sent: 2 });
    expect(first.notices).toEqual([
      { source: 'shop', code: 'new_field', message: 'the field "extra" is new and was accepted (in 2 records so far)' },
    ]);
    expect(JSON.parse(first.canonical[0]!.value!)).toMatchObject({ product: { attributes: { extra: 'x' } } });
    const second = run([raw(2, { id: '3', name: 'C', extra: 'z' })]);
    expect([second.notices, outcomes(second)]).toEqual([[], { received: 1, 'new_field:extra': 1, sent: 1 }]);
  });

  test('a feed of ever new fields is told about so far and then only counted', () => {
    const run = harmonizer(config(), { now });
    const wide = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`f${at}`, 'x']));
    const result = run([raw(0, { id: '1', name: 'A', ...wide })]);
    expect(result.notices).toHaveLength(21);
    expect(outcomes(result)['new_field:(others)']).toBe(80);
  });

  test('an ignored field reaches no attribute bag', () => {
    const { canonical } = harmonizer(config('ignore'), { now })([raw(0, { id: '1', name: 'A', extra: 'x' })]);
    expect(JSON.parse(canonical[0]!.value!)).toMatchObject({ product: { attributes: {} } });
  });

  test('stop says where and why, and ends the batch', () => {
    const result = harmonizer(config('stop'), { now })([
      raw(0, { id: '1', name: 'A' }),
      raw(1, { id: '2', extra: 1 }),
      raw(2, { id: '3', name: 'C' }),
    ]);
    expect(result.stop).toEqual({
      source: 'shop',
      message: 'source "shop", record "2": the field "extra" is new (contract c, policy stop)',
    });
    expect(result.canonical).toHaveLength(1);
  });

  test('mistakes in a mapping are told when it is compiled', () => {
    const broken = config();
    expect(() => harmonizer({ ...broken, sources: [{ ...broken.sources[0]!, mapping: { titel: 'x' } }] })).toThrow(
      /mapping of shop/,
    );
  });

  const value = fc.oneof(
    anyText(),
    fc.json(),
    fc.constant(null),
    fc.jsonValue().map((data) => raw(0, { id: '1', ...(data as object) }).value),
  );
  const message = fc.record({ offset: fc.nat(), key: fc.oneof(fc.string(), fc.constant(keyText('shop', '1'))), value });

  test('anything at all is mapped, refused or passed on, never thrown, and every message is accounted for', () => {
    fc.assert(
      fc.property(fc.array(message), (messages) => {
        const result = harmonizer(config(), { now })(messages);
        expect(result.canonical.length + result.deadLetters.length).toBe(messages.length);
        const total = (test: (outcome: string) => boolean) =>
          result.counts.filter(({ outcome }) => test(outcome)).reduce((sum, { count }) => sum + count, 0);
        expect(total((outcome) => outcome === 'received')).toBe(
          total((outcome) => outcome === 'sent' || outcome === 'withdrawn' || outcome.startsWith('refused:')),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('batch size changes nothing in what comes out', () => {
    fc.assert(
      fc.property(fc.array(message), fc.integer({ min: 1, max: 5 }), (messages, size) => {
        const whole = harmonizer(config(), { now })(messages);
        const run = harmonizer(config(), { now });
        const parts: HarmonizeResult[] = [];
        for (let from = 0; from < messages.length; from += size) parts.push(run(messages.slice(from, from + size)));
        expect(parts.flatMap(({ canonical }) => canonical)).toEqual(whole.canonical);
        expect(parts.flatMap(({ deadLetters }) => deadLetters)).toEqual(whole.deadLetters);
      }),
    );
  });
});

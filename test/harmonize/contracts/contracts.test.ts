import { describe, expect, test } from 'vitest';
import { compileContract, judge } from '../../../src/harmonize/contracts/index.js';
import type { Contract, Policy } from '../../../src/harmonize/index.js';

function contract(fields: Contract['fields'], policy: Partial<Contract['policy']> = {}): Contract {
  return {
    name: 'c',
    fields,
    policy: { newField: 'accept', missingField: 'quarantine', retypedField: 'quarantine', ...policy },
  };
}

const any = { type: 'any', required: false } as const;
const found = (one: Contract, data: unknown) => compileContract(one)(data).map(({ kind, field }) => `${kind} ${field}`);

describe('detection', () => {
  test('new, missing and retyped columns of a flat row', () => {
    const one = contract({
      id: { type: 'string', required: true },
      price: { type: 'number', required: false },
      stock: { type: 'boolean', required: false },
    });
    expect(found(one, { id: '1', price: '12,50', stock: 'yes' })).toEqual([]);
    expect(found(one, { id: '1', price: '', stock: null })).toEqual([]);
    expect(found(one, { id: ' ', price: 'twelve', extra: 1, stock: 2 })).toEqual([
      'missing_field id',
      'retyped_field price',
      'new_field extra',
      'retyped_field stock',
    ]);
  });

  test.each<[string, unknown, boolean]>([
    ['number', 5, true],
    ['number', '-1.299,00', true],
    ['number', '1e5', true],
    ['number', '5 €', false],
    ['boolean', 'N', true],
    ['boolean', 'maybe', false],
    ['string', 5, false],
    ['array', [], true],
    ['array', {}, false],
    ['object', {}, true],
    ['object', [], false],
  ])('%s from %j: %s', (type, value, right) => {
    const one = contract({ x: { type: type as 'number', required: false } });
    expect(found(one, { x: value }).length === 0).toBe(right);
  });

  test('nested parts, lists and maps', () => {
    const one = contract({
      id: any,
      'offer.price': { type: 'number', required: true },
      'images[*].url': { type: 'string', required: true },
      'specs.*': { type: 'string', required: false },
      open: { type: 'object', required: false },
    });
    expect(
      found(one, { id: 1, offer: { price: 5 }, images: [{ url: 'u' }], specs: { a: 'b' }, open: { x: { y: 1 } } }),
    ).toEqual([]);
    expect(found(one, { id: 1, offer: { price: 5, was: 6 }, images: [{ url: '' }, {}], specs: { a: 5 } })).toEqual([
      'new_field offer.was',
      'missing_field images.*.url',
      'missing_field images.*.url',
      'retyped_field specs.*',
    ]);
    expect(found(one, { id: 1 })).toEqual(['missing_field offer.price']);
  });

  test('a dotted name may be one column', () => {
    const one = contract({ 'offer.price': { type: 'number', required: true } });
    expect(found(one, { 'offer.price': '5' })).toEqual([]);
  });

  test('a record that is no object is always refused', () => {
    for (const data of [null, 5, 'text', [1]])
      expect(judge(compileContract(contract({}))(data)).action).toBe('quarantine');
  });
});

describe('policies', () => {
  const fields = { id: { type: 'string', required: true }, n: { type: 'number', required: false } } as const;
  const act = (policy: Policy, data: Record<string, unknown>) => {
    const one = contract(fields, { newField: policy, missingField: policy, retypedField: policy });
    return { verdict: judge(compileContract(one)(data)), data };
  };

  test('ignore empties the field and goes on', () => {
    const { verdict, data } = act('ignore', { id: '', n: 'x', extra: 1 });
    expect(verdict).toEqual({ action: 'map', accepted: [] });
    expect(data).toEqual({ id: '', n: undefined, extra: undefined });
  });

  test('accept goes on with the field and tells', () => {
    const { verdict, data } = act('accept', { n: 'x', extra: 1 });
    expect(verdict.action === 'map' && verdict.accepted.map(({ field }) => field)).toEqual(['id', 'n', 'extra']);
    expect(data).toEqual({ n: 'x', extra: 1 });
  });

  test('quarantine tells every reason, up to a number', () => {
    expect(act('quarantine', { n: 'x', extra: 1 }).verdict).toEqual({
      action: 'quarantine',
      reason:
        'the required field "id" is missing or empty; the field "n" should be number and is string ("x"); the field "extra" is new',
    });
    const wide = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`f${at}`, at]));
    expect(act('quarantine', { id: '1', ...wide }).verdict).toMatchObject({
      reason: expect.stringMatching(/; and 20 more$/),
    });
  });

  test('stop outweighs quarantine', () => {
    const one = contract(fields, { newField: 'stop' });
    expect(judge(compileContract(one)({ extra: 1 }))).toEqual({ action: 'stop', reason: 'the field "extra" is new' });
  });
});

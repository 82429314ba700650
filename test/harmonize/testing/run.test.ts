import { expect, test } from 'vitest';
import { type Contract, runMappingTests } from '../../../src/harmonize/index.js';

const source = {
  name: 'shop',
  contract: 'c',
  key: ['id'],
  mapping: { title: 'name', brand: 'maker', price: 'price', currency: 'EUR' },
};
const contract: Contract = {
  name: 'c',
  fields: { id: { type: 'any', required: true } },
  policy: { newField: 'ignore', missingField: 'quarantine', retypedField: 'quarantine' },
};

test('passing tests: parts of the product, absent fields, refusals', () => {
  const text = `
tests:
  - name: reads a price
    input: {name: Lamp, price: "5,50 €"}
    expect: {title: Lamp, price: {amount: 5.5}, brand: null, gtins: []}
  - input: {price: 5}
    error: MAPPING_FAILED
  - name: says why
    input: {price: 5}
    error: has no title
  - input: {}
    error: true
`;
  const { tests, problems } = runMappingTests(source, text);
  expect(problems).toEqual([]);
  expect(tests.map(({ name, line, passed }) => [name, line, passed])).toEqual([
    ['reads a price', 3, true],
    ['test 2', 6, true],
    ['says why', 8, true],
    ['test 4', 11, true],
  ]);
});

test('failing tests say what was found', () => {
  const text = `
- input: {name: Lamp, maker: Norbo, price: 5}
  expect: {title: Lamps, price: {amount: 6}, brand: null, images: [x]}
- input: {name: Lamp}
  error: true
- input: {}
  expect: {title: x}
- input: {}
  error: CONTRACT_VIOLATED
`;
  expect(runMappingTests(source, text).tests.map(({ failures }) => failures)).toEqual([
    [
      'title should be "Lamps" and is "Lamp"',
      'price.amount should be 6 and is 5',
      'brand should be absent and is "Norbo"',
      'images should be ["x"] and is []',
    ],
    ['the record should be refused and was mapped'],
    [expect.stringContaining('the record was refused (MAPPING_FAILED: ')],
    [expect.stringContaining('should be refused with "CONTRACT_VIOLATED" and was refused with MAPPING_FAILED')],
  ]);
});

test('the contract is part of what is tested', () => {
  const text = '- {input: {name: Lamp}, error: CONTRACT_VIOLATED}';
  expect(runMappingTests(source, text, new Map([['c', contract]])).tests[0]?.passed).toBe(true);
  expect(runMappingTests(source, text).tests[0]?.passed).toBe(false);
});

test('mistakes in the file come with their lines', () => {
  const text = 'tests:\n  - {inptu: {}, expect: {}}\n  - {input: {a: 1}}\n  - {input: 5, error: true}\n';
  expect(runMappingTests(source, text).problems).toEqual([
    { line: 2, message: 'unknown key "inptu" (did you mean "input"?)' },
    { line: 2, message: '"input" is the record as the source sends it' },
    { line: 3, message: 'a test has either "expect" or "error"' },
    { line: 4, message: '"input" is the record as the source sends it' },
  ]);
  expect(runMappingTests(source, 'tests: {').problems[0]).toMatchObject({
    message: expect.stringContaining('not valid YAML'),
  });
  expect(runMappingTests(source, '').problems).toEqual([
    { line: 1, message: 'a test file is a list of tests under "tests:"' },
  ]);
});

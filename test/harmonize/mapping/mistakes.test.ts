// biome-ignore-all lint/suspicious/noThenProperty: conditions of the mapping language.
import { expect, test } from 'vitest';
import { checkMapping, compileMapping, FIELD_NAMES, mappingSchema } from '../../../src/harmonize/index.js';

const told = (mapping: unknown) => checkMapping(mapping).map(({ path, message }) => `${path.join('.')}: ${message}`);

test.each<[unknown, RegExp]>([
  [{ titel: 'x', brand: 'b', model: 'm' }, /^titel: unknown field "titel" \(did you mean "title"\?\)/],
  [{ title: 'x', color: 'c' }, /^color: .*did you mean "colour"/],
  [{ title: { form: 'x' } }, /^title\.form: unknown key "form" \(did you mean "from"\?\)/],
  [{ title: { from: 'a', const: 'b' } }, /^title: an expression has exactly one of .*, not from and const/],
  [{ title: 5 }, /^title: must be a path/],
  [{ title: 'a[' }, /^title: the path "a\[" cannot be read/],
  [{ title: '' }, /^title: a path must not be empty/],
  [{ title: [] }, /^title: takes a list/],
  [{ title: ['a', { from: 3 }] }, /^title\.1\.from: a path is a text/],
  [
    { title: { from: 'a', transform: ['trimm'] } },
    /^title\.transform\.0: unknown transform "trimm" \(did you mean "trim"\?\)/,
  ],
  [{ title: { from: 'a', transform: { replace: 'x' } } }, /^title\.transform: the transform "replace" takes two texts/],
  [{ title: { from: 'a', transform: { extract: '(' } } }, /^title\.transform: the transform "extract" cannot be used/],
  [{ title: { from: 'a', parse: 'jsn' } }, /^title\.parse: parse takes json \(did you mean "json"\?\)/],
  [{ title: { from: 'a', split: '' } }, /^title\.split: split takes/],
  [{ title: { from: 'a', pick: 'first' } }, /^title\.pick: pick takes/],
  [{ title: { from: 'a', lookup: { x: 'y' } } }, /^title\.lookup: lookup takes/],
  [{ title: { from: 'a', join: 1 } }, /^title\.join: join takes/],
  [{ title: { template: 'no slots' } }, /^title\.template: template takes/],
  [{ title: { when: { path: 'a', equal: 'b' }, then: 'c' } }, /^title\.when\.equal: .*did you mean "equals"/],
  [{ title: { when: { path: 'a', matches: '(' }, then: 'c' } }, /^title\.when\.matches: not a regular expression/],
  [{ title: { when: { path: 'a', exists: true } } }, /^title: when needs "then"/],
  [{ title: 'a', gtin: { from: 'g', kind: 'mixd' } }, /^gtin\.kind: .*did you mean "mixed"/],
  [{ title: 'a', locale: 'german' }, /^locale: locale is a language/],
  [{ title: 'a', attributes: { from: 'x', exclud: ['y'] } }, /^attributes\.exclud: .*did you mean "exclude"/],
  [{ title: 'a', attributes: { rest: true, from: 'x' } }, /^attributes\.rest: rest: true takes/],
  [{ title: 'a', attributes: { '--': 'x' } }, /^attributes\.--: "--" is no name/],
  [{ title: 'a', variants: 'x' }, /^variants: variants takes/],
  [{ brand: 'b' }, /^: a mapping needs "title"/],
  ['title', /^: a mapping is a list of fields/],
])('%j', (mapping, message) => expect(told(mapping)[0]).toMatch(message));

test('all mistakes are told at once, by the compiler in one error', () => {
  const mapping = { titel: 'a', gtin: { from: 'g', kind: 'x' }, price: { from: 'p', transform: 'trimm' } };
  expect(told(mapping)).toHaveLength(4);
  expect(() => compileMapping(mapping, { source: 'shop' })).toThrow(
    /the mapping of shop is not valid\n {2}mapping\.titel: (.*\n){3} {2}mapping\.price/,
  );
});

test('the schema for editors names every field', () => {
  expect(Object.keys(mappingSchema.properties as object).sort()).toEqual([...FIELD_NAMES].sort());
});

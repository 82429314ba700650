import { isRecord } from '../mapping/values.js';

const show = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));

/**
 * How `actual` departs from what is expected of it, in words; empty when it does not. Objects need only hold what is expected, lists and
 * scalars must be equal, null means absent.
 */
export function differences(expected: unknown, actual: unknown, path = ''): string[] {
  if (expected === null) return actual === undefined ? [] : [`${path} should be absent and is ${show(actual)}`];
  if (isRecord(expected) && isRecord(actual))
    return Object.entries(expected).flatMap(([name, value]) =>
      differences(
        value,
        Object.hasOwn(actual, name) ? actual[name] : undefined,
        path === '' ? name : `${path}.${name}`,
      ),
    );
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length)
    return expected.flatMap((value, at) => differences(value, actual[at] as unknown, `${path}[${at}]`));
  return Object.is(expected, actual)
    ? []
    : [`${path || 'the product'} should be ${show(expected)} and is ${show(actual)}`];
}

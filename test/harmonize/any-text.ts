import fc from 'fast-check';

/** Text of any UTF-16 units: control characters, every script, and surrogates without their partner. */
export const anyText = (maxLength = 30): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength }).map((units) => String.fromCharCode(...units));

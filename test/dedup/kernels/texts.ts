import fc from 'fast-check';

/** Strings that share much: a small alphabet, one with non-BMP characters and lone surrogates, up to 300 units. */
export const texts = fc.oneof(
  { arbitrary: fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 40 }), weight: 3 },
  fc.string({ unit: fc.constantFrom(...'abcdefghijklmnop -0123456789'), minLength: 20, maxLength: 120 }),
  fc.string({ unit: fc.constantFrom('a', 'ß', '\u05d0', '\ud83d\ude00', '\ud83d', '\uffff', '\u0000'), maxLength: 80 }),
  fc.string({ unit: fc.constantFrom('a', 'b', '\ud83d\ude80'), minLength: 60, maxLength: 300 }),
);

/** A pair in which the second is the first with a few edits, or another text altogether. */
export const pairs = fc.oneof(
  fc.tuple(texts, texts),
  fc
    .tuple(
      texts,
      fc.array(fc.tuple(fc.nat(), fc.constantFrom('', 'x', 'ab', '\ud83d\ude80'), fc.integer({ min: 0, max: 3 }))),
    )
    .map(([text, edits]): [string, string] => {
      let other = text;
      for (const [where, insert, remove] of edits) {
        const at = where % (other.length + 1);
        other = other.slice(0, at) + insert + other.slice(at + remove);
      }
      return [text, other];
    }),
);

/** Units of a string with something before and after them, so that a kernel that ignores its offsets is caught. */
export function padded(
  text: string,
  before: number,
  after: number,
): { codes: Uint16Array; start: number; end: number } {
  const codes = new Uint16Array(before + text.length + after).fill(97);
  for (let i = 0; i < text.length; i++) codes[before + i] = text.charCodeAt(i);
  return { codes, start: before, end: before + text.length };
}

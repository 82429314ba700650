import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TextColumn } from '../../../src/dedup/encode/texts.js';

it('gives back what was put in, in any order and script', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', 'é', 'מצלמה', 'x'.repeat(5000), '\u00ff\u0100'),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 200 }), fc.array(fc.nat(), { maxLength: 50 }), (texts, looks) => {
      const column = new TextColumn();
      for (const one of texts) column.push(one);
      expect(column.length).toBe(texts.length);
      for (const look of texts.length === 0 ? [] : [...texts.keys(), ...looks.map((n) => n % texts.length)])
        expect(column.at(look)).toBe(texts[look]);
    }),
  );
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupKeys, KeyColumns, KeySink } from '../../../src/dedup/blocking/index.js';

it('brings together the records of every key that two have, and no others', () => {
  const rows = fc.array(fc.uniqueArray(fc.nat(40), { maxLength: 12 }), { maxLength: 60 });
  fc.assert(
    fc.property(rows, (list) => {
      const columns = new KeyColumns(list.length);
      for (const texts of list) {
        const sink = new KeySink();
        for (const text of texts) sink.put(text % 8, String(text), text / 20);
        columns.add(sink);
      }
      const blocks = groupKeys(columns);
      const found: string[] = [];
      for (let b = 0; b < blocks.count; b++)
        found.push(
          `${blocks.kinds[b]} ${blocks.weights[b]} ${blocks.members.slice(blocks.starts[b], blocks.starts[b + 1])}`,
        );
      const wanted: string[] = [];
      for (let text = 0; text <= 40; text++) {
        const members = [...list.keys()].filter((row) => list[row]!.includes(text));
        if (members.length > 1) wanted.push(`${text % 8} ${Math.max(1, Math.round((256 * text) / 20))} ${members}`);
      }
      expect(found.sort()).toEqual(wanted.sort());
      for (const [row, texts] of list.entries()) {
        const own = blocks.blockOf.slice(blocks.rowStarts[row], blocks.rowStarts[row + 1]);
        expect(own.length).toBe(texts.filter((text) => list.filter((other) => other.includes(text)).length > 1).length);
        for (const b of own)
          expect(blocks.members.slice(blocks.starts[b], blocks.starts[b + 1]).includes(row)).toBe(true);
      }
    }),
  );
});

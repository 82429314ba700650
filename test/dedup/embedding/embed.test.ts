import { describe, expect, it } from 'vitest';
import { Buckets, cosine } from '../../../src/dedup/embedding/index.js';
import { embed, STORED_DIMENSIONS, takeSnapshot } from '../../../src/dedup/index.js';
import { general, product, record } from '../products.js';

const snapshot = takeSnapshot([record('1', 'lumo kettle'), record('2', 'vexa drill 18V')], general);
const vector = (title: string) => embed(product(title), snapshot);

describe('embed', () => {
  it('gives unit vectors of the stored width, and zeros where there is no text', () => {
    expect(vector('lumo kettle').length).toBe(STORED_DIMENSIONS);
    expect(cosine(vector('lumo kettle'), vector('lumo kettle'))).toBeCloseTo(1, 5);
    expect([...vector('...')].every((value) => value === 0)).toBe(true);
  });

  it('puts texts that share pieces nearer than texts that do not', () => {
    const kettle = vector('lumo electric kettle 1.7 l');
    expect(cosine(kettle, vector('lumo elektric ketle'))).toBeGreaterThan(
      cosine(kettle, vector('vexa drill 18V')) + 0.2,
    );
  });

  it('cuts space into seeded buckets', () => {
    const kettle = vector('lumo kettle');
    const buckets = new Buckets(2, 12, STORED_DIMENSIONS);
    const same = new Buckets(2, 12, STORED_DIMENSIONS);
    expect(buckets.of(kettle, 1)).toBe(same.of(vector('lumo kettle'), 1));
    expect(buckets.of(kettle, 0)).toBeLessThan(4096);
    const titles = 'lamp,drill,kettle,speaker,chair,desk,phone,cable'.split(',').map(vector);
    expect(new Set(titles.map((title) => buckets.of(title, 0))).size).toBeGreaterThan(4);
  });
});

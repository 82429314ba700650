import { describe, expect, it } from 'vitest';
import { parseModel } from '../../../src/dedup/index.js';
import { general } from '../products.js';

const broken = (change: object) => () => parseModel({ ...structuredClone(general), ...change });

describe('parseModel', () => {
  it('reads back what it wrote', () => {
    expect(parseModel(JSON.parse(JSON.stringify(general)))).toEqual(general);
  });

  it('refuses what it cannot use, and says why', () => {
    expect(() => parseModel(null)).toThrow(/model cannot be used/);
    expect(broken({ version: 2 })).toThrow(/version/);
    expect(broken({ features: ['nonsense'] })).toThrow(/nonsense/);
    expect(broken({ thresholds: { match: 0.2, review: 0.5, floor: 0 } })).toThrow(/review threshold/);
    expect(broken({ calibration: { from: [1], to: [] } })).toThrow(/calibration/);
  });

  it('refuses trees that would not end', () => {
    const { forest } = structuredClone(general);
    const inner = forest.feature.findIndex((feature) => feature >= 0);
    forest.left[inner] = inner;
    expect(broken({ forest })).toThrow(/leads to node/);
  });
});

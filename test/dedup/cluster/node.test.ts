import { describe, expect, it } from 'vitest';
import { clusterNode, clusterRules } from '../../../src/dedup/cluster/index.js';

const product = { title: 'x', gtins: ['00012345678905'], internalCodes: [], images: [], variants: {}, attributes: {} };

describe('clusterNode', () => {
  it('takes numbers that tell products apart, in one spelling', () => {
    const node = clusterNode({
      source: 's',
      id: '1',
      product: { ...product, brand: 'Acme', model: 'wh-1000 xm4', mpn: 'WH1000XM4, AB/99-C' },
    });
    expect(node).toEqual({
      key: 's\u001f1',
      source: 's',
      brand: 'Acme',
      gtins: ['00012345678905'],
      codes: ['WH1000XM4', 'AB99C'],
      variants: {},
    });
  });

  it('takes no words and no small numbers', () => {
    expect(clusterNode({ source: 's', id: '1', product: { ...product, model: 'Deluxe', mpn: '12' } }).codes).toEqual(
      [],
    );
  });
});

describe('clusterRules', () => {
  const none = new Set<string>();
  const model = {
    thresholds: { match: 0.7 },
    blocking: { candidates: 14 },
    cluster: { unscored: -2, gtinConflict: 0 },
  };

  it('takes the model over the defaults and the argument over the model', () => {
    const rules = clusterRules(model, { uniqueSources: new Set(['a']) });
    expect(rules).toMatchObject({ unscored: -2, gtinConflict: 0, variantConflict: 1, listed: 7, matchThreshold: 0.7 });
    expect(clusterRules(model, { uniqueSources: none, matchThreshold: 0.9 }).matchThreshold).toBe(0.9);
  });

  it('refuses settings that do not exist or would merge strangers', () => {
    expect(() => clusterRules({ ...model, cluster: { bridge: 1 } }, { uniqueSources: none })).toThrow(/"bridge"/);
    expect(() => clusterRules({ ...model, cluster: { unscored: 0.1 } }, { uniqueSources: none })).toThrow(/unscored/);
  });
});

import { describe, expect, it } from 'vitest';
import { workplace } from './plain-files.js';

const { put, assay } = workplace();

describe('assay evaluate', () => {
  it('measures clusters against the truth', async () => {
    put('clusters.csv', 'source,id,cluster_id\na,1,x\na,2,x\nb,1,x\nb,9,y\n');
    put('truth.csv', 'source,id,entity_id\na,1,E1\nb,1,E1\na,2,E2\na,3,E2\n');
    const { code, out } = await assay('--json', 'evaluate', '--clusters', 'clusters.csv', '--truth', 'truth.csv');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      records: 4,
      missingRecords: 1,
      unknownRecords: 1,
      comparedBy: 'source and id',
      pairs: { predicted: 3, actual: 2, correct: 1 },
    });
    const text = await assay('evaluate', '--clusters', 'clusters.csv', '--truth', 'truth.csv');
    expect(text.out).toMatch(/pairwise +│ 0\.3333 +│ 0\.5000 +│ 0\.4000/);
    expect(text.out).toContain('1 records of the truth are in no cluster, 1 clustered records are not in the truth');
  });

  it('compares by id alone where the sources of the files have other names', async () => {
    put('clusters.csv', 'source,id,cluster_id\nproducts,1,x\nproducts,2,x\n');
    put('truth.csv', 'id,title,source,cluster_id\n1,a,shop_1,7\n2,b,shop_2,7\n');
    const { out } = await assay('--json', 'evaluate', '--clusters', 'clusters.csv', '--truth', 'truth.csv');
    expect(JSON.parse(out)).toMatchObject({ comparedBy: 'id', pairwise: { f1: 1 } });
  });

  it('measures scores against labels', async () => {
    put('scores.csv', 'ltable_id,rtable_id,probability,match\n1,a,0.9,1\n1,b,0.6,1\n2,b,0.4,0\n');
    put('labels.csv', 'ltable_id,rtable_id,label\n1,a,1\n1,b,0\n2,b,1\n3,c,1\n');
    const { out } = await assay('--json', 'evaluate', '--scores', 'scores.csv', '--labels', 'labels.csv');
    expect(JSON.parse(out)).toMatchObject({
      pairs: 4,
      positives: 3,
      missingPairs: 1,
      asMatched: { precision: 0.5, recall: 1 / 3 },
      best: { threshold: 0, recall: 1 },
    });
    const text = await assay('evaluate', '--scores', 'scores.csv', '--labels', 'labels.csv');
    expect(text.out).toContain('4 pairs, 3 positive, 1 without a score');
  });

  it('says what is missing', async () => {
    put('labels.csv', 'ltable_id,rtable_id,label\n1,a,yes\n');
    put('scores.csv', 'ltable_id,rtable_id,probability,match\n1,a,0.9,1\n');
    const labels = await assay('evaluate', '--scores', 'scores.csv', '--labels', 'labels.csv');
    expect(labels).toMatchObject({ code: 1, err: expect.stringContaining('labels.csv:2: the label is "yes"') });
    expect((await assay('evaluate', '--scores', 'scores.csv')).code).toBe(2);
    put('truth.csv', 'id,name\n1,a\n');
    const truth = await assay('evaluate', '--clusters', 'truth.csv', '--truth', 'truth.csv');
    expect(truth).toMatchObject({ code: 1, err: expect.stringContaining('truth.csv:2: needs the columns') });
  });
});

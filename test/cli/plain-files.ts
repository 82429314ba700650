import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll } from 'vitest';
import { main } from '../../src/cli/main.js';
import { installationFolder } from '../../src/installation.js';

/** The shipped model with one tree for its trees: alike in 3-grams and without a conflict of measures is a match. */
const MODEL = {
  ...JSON.parse(readFileSync(join(installationFolder(), 'config', 'models', 'general.json'), 'utf8')),
  features: ['gram_cosine', 'measure_conflict'],
  forest: {
    bias: 0,
    roots: [0],
    feature: [0, -1, 1, -1, -1],
    value: [0.5, -4, 0.5, 4, -3],
    left: [1, 0, 3, 0, 0],
    right: [2, 0, 4, 0, 0],
    missingLeft: [0, 0, 1, 0, 0],
  },
  calibration: { from: [], to: [] },
  thresholds: { match: 0.5, review: 0.2, floor: 0.001 },
  embedding: { dimensions: 64, seed: 1, band: [0, 0], second: { bias: 0, weights: [1, 0] } },
  margin: { weight: 0, low: -6, high: 2 },
  cluster: {},
};

export const LEFT = `id,name,price,label
1,Norvik NV100 compact camera 12 MP,120,x
2,Talbeck TB7 wireless headphones,80,x
3,Ostrum oat flakes 500 g,2.5,x
4,Ostrum oat flakes 1 kg,4.5,x
`;

export const RIGHT = `id,title,maker
a,Norvik NV100 compact camera (12 MP),Norvik
b,"Talbeck TB7 headphones, wireless",Talbeck
c,Ostrum oat flakes 1 kg,Ostrum
d,Garden hose green 20 m,Velda
`;

/** A folder with files, and the command line run in it. */
export function workplace() {
  const folder = mkdtempSync(join(tmpdir(), 'assay-plain-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const put = (name: string, content: string) => writeFileSync(join(folder, name), content);
  put('model.json', JSON.stringify(MODEL));
  put('left.csv', LEFT);
  put('right.csv', RIGHT);
  return {
    put,
    read: (name: string) => readFileSync(join(folder, name), 'utf8'),
    async assay(...argv: string[]) {
      const stdout = new PassThrough();
      const stderr = new PassThrough();
      const signal = new AbortController().signal;
      const code = await main(argv, { stdout, stderr, env: {}, cwd: folder, signal });
      return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
    },
    model: ['--model', join(folder, 'model.json')],
  };
}

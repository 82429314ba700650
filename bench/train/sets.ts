import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { abtBuy } from '../sets/abt-buy.js';
import { amazonGoogle } from '../sets/amazon-google.js';
import { catalogue } from '../sets/catalogue.js';
import { computers } from '../sets/computers.js';
import { marketplace } from '../sets/marketplace.js';
import { pricerunner } from '../sets/pricerunner.js';
import type { LabelledSet } from '../sets/set.js';
import { supermarkets } from '../sets/supermarkets.js';

/** Folder of the project, from the sources and from the build alike. */
export function projectRoot(): string {
  let folder = fileURLToPath(new URL('.', import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = join(folder, '..');
  return resolve(folder);
}

/** Where the data sets lie: ASSAY_DATA, else ../shared/data beside the project. */
export function dataFolder(): string {
  return resolve(process.env.ASSAY_DATA ?? join(projectRoot(), '..', 'shared', 'data'));
}

/** `share`: weight beside the other sets. The made-up marketplace is one narrow idea of the world, so it weighs less. */
export const TRAINING_SETS: readonly { name: string; share: number; load: (data: string) => LabelledSet }[] = [
  { name: 'abt-buy', share: 1, load: abtBuy },
  { name: 'amazon-google', share: 1, load: amazonGoogle },
  { name: 'pricerunner', share: 1, load: pricerunner },
  { name: 'wdc-lspc-computers', share: 1, load: computers },
  { name: 'israel-supermarkets', share: 1, load: supermarkets },
  { name: 'catalogue', share: 1.5, load: () => catalogue(9000, 21) },
  { name: 'marketplace', share: 0.7, load: () => marketplace(160, 33) },
];

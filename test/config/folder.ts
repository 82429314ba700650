import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A configuration folder with the given files (path → text) in a fresh temporary folder. */
export function configFolder(files: Record<string, string>): string {
  const base = mkdtempSync(join(tmpdir(), 'assay-config-'));
  made.push(base);
  const folder = join(base, 'config');
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}

export const SOURCE = `connector: {type: csv, path: feed.csv}
contract: shop
key: id
mapping: {title: name}
`;

export const CONTRACT = `fields:
  id: {type: string, required: true}
  name: {type: string}
`;

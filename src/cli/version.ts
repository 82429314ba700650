import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installationFolder } from '../installation.js';

/** The version of package.json. */
export function packageVersion(): string {
  const text = readFileSync(join(installationFolder(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

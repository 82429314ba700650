import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../records.js';
import type { Mistakes } from './mistakes.js';

export interface NamedFile {
  name: string;
  file: string;
}

/**
 * The YAML files of a folder by name; `<name>.test.yaml` and what is not YAML is left out. A missing folder has none.
 * A name that does not fit or occurs twice (`a.yaml`, `a.yml`) is a mistake.
 */
export function namedFiles(folder: string, mistakes: Mistakes): NamedFile[] {
  const found: NamedFile[] = [];
  for (const entry of entries(folder)) {
    const [, name] = /^(.*)\.ya?ml$/.exec(entry) ?? [];
    if (name === undefined || name.endsWith('.test')) continue;
    const file = join(folder, entry);
    if (!/^[a-z0-9_-]+$/.test(name))
      mistakes.add(file, undefined, `"${name}" cannot be a name: use lower-case letters, digits, "-" and "_"`);
    else if (found.some((other) => other.name === name))
      mistakes.add(file, undefined, `there is already a file for "${name}"`);
    else found.push({ name, file });
  }
  return found.sort((a, b) => compareText(a.name, b.name));
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder).sort(compareText);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

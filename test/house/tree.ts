import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { installationFolder } from '../../src/installation.js';

const root = installationFolder();

/** Paths under a folder of the checkout, with `/`, in order. */
export function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

export const read = (path: string) => readFileSync(join(root, path), 'utf8');

export interface Import {
  from: string;
  /** A path of the checkout for relative imports, else the package. */
  to: string;
  typeOnly: boolean;
}

const STATEMENT = /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/g;
const DYNAMIC = /import\(\s*'([^']+)'\s*\)/g;

/** Every import and re-export of the sources. */
export function importsOf(files: readonly string[]): Import[] {
  return files.flatMap((from) => {
    const text = read(from);
    const resolve = (to: string) =>
      to.startsWith('.') ? posix.join(dirname(from), to).replace(/\.js$/, '.ts') : to.replace(/^node:.*/, 'node');
    return [
      ...[...text.matchAll(STATEMENT)].map(([, type, to]) => ({
        from,
        to: resolve(to!),
        typeOnly: type !== undefined,
      })),
      ...[...text.matchAll(DYNAMIC)].map(([, to]) => ({ from, to: resolve(to!), typeOnly: false })),
    ];
  });
}

/** The folder of `src` that a file is in; `.` for files directly in `src`, undefined outside. */
export function partOf(path: string): string | undefined {
  const [top, part, below] = path.split('/');
  if (top !== 'src') return undefined;
  return below === undefined ? '.' : part;
}

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Making an empty database takes 2 to 4 s of processor time, loading a dump of one 0.5 s: the dump is kept beside the
 * packages, named by the engine's version. Where nothing can be written there, every database is made anew.
 */
export function templateFile(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const packages = entry.slice(0, entry.lastIndexOf('node_modules') + 'node_modules'.length);
  const { version } = JSON.parse(readFileSync(join(packages, '@electric-sql', 'pglite', 'package.json'), 'utf8')) as {
    version: string;
  };
  return join(packages, '.cache', 'assay', `pglite-${version}.tar`);
}

export function readTemplate(): Uint8Array | undefined {
  const file = templateFile();
  return existsSync(file) ? readFileSync(file) : undefined;
}

/** Keeps the dump for the next time; several processes may do so at once. */
export function writeTemplate(dump: Uint8Array): void {
  const file = templateFile();
  const draft = `${file}.${process.pid}.${Date.now()}.tmp`;
  try {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(draft, dump);
    renameSync(draft, file);
  } catch {
    // A cache: without it the next start is slower, and nothing else.
    rmSync(draft, { force: true });
  }
}

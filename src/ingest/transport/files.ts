import { constants } from 'node:fs';
import { type FileHandle, open, readdir, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { AssayError } from '../../errors.js';
import { compareText } from '../../records.js';
import { globBase, globToRegExp, isGlob } from './glob.js';

/** Bytes read at once. */
const CHUNK = 262_144;

/**
 * The files of a path or glob, sorted by code point; relative paths start at the first root.
 *
 * @throws AssayError SOURCE_UNREACHABLE when there is none.
 */
export async function listFiles(path: string, roots: readonly string[]): Promise<string[]> {
  const absolute = isAbsolute(path) ? path : join(roots[0] ?? process.cwd(), path);
  if (!isGlob(path)) return [absolute];
  const pattern = globToRegExp(absolute.split(sep).join('/'));
  const base = globBase(absolute.split(sep).join('/')) || '/';
  await assertInside(base, roots, path);
  const found: string[] = [];
  const deep = pattern.source.includes('.*') || pattern.source.includes('(?:[^/]+/)*');
  const depth = absolute.split(sep).length - base.split('/').length;
  const visit = async (folder: string, left: number): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const child = join(folder, entry.name);
      if (entry.isDirectory() && (deep || left > 1)) await visit(child, left - 1);
      else if (pattern.test(child.split(sep).join('/')) && !entry.isDirectory()) found.push(child);
    }
  };
  await visit(base, depth);
  if (found.length === 0) throw new AssayError('SOURCE_UNREACHABLE', `no file matches ${path}`);
  return found.sort(compareText);
}

/**
 * The bytes of a file below one of the roots, a chunk at a time. The real path is checked and opened, so a symbolic link
 * cannot lead out; pipes and devices are refused.
 *
 * @throws AssayError SOURCE_REFUSED, SOURCE_UNREACHABLE
 */
export async function* readFileChunks(path: string, roots: readonly string[]): AsyncGenerator<Buffer> {
  const real = await assertInside(path, roots, path);
  let handle: FileHandle;
  try {
    handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    throw unreachable(path, error);
  }
  try {
    if (!(await handle.stat()).isFile()) throw new AssayError('SOURCE_REFUSED', `${path} is not a file`);
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(CHUNK), 0, CHUNK);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

async function assertInside(path: string, roots: readonly string[], shownPath: string): Promise<string> {
  const lexical = roots.some((root) => inside(resolve(path), resolve(root)));
  let real: string;
  try {
    real = await realpath(path);
  } catch (error) {
    // What lies outside is not told to exist or not.
    if (!lexical) throw outside(shownPath, roots);
    throw unreachable(shownPath, error);
  }
  for (const root of roots) if (inside(real, await realpath(root))) return real;
  throw outside(shownPath, roots);
}

function inside(path: string, root: string): boolean {
  const way = relative(root, path);
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && !isAbsolute(way));
}

function outside(path: string, roots: readonly string[]): AssayError {
  return new AssayError('SOURCE_REFUSED', `${path} is outside the folders that sources may read (${roots.join(', ')})`);
}

function unreachable(path: string, error: unknown): AssayError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return new AssayError('SOURCE_UNREACHABLE', `${path} cannot be read (${code})`);
}

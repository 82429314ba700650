// Brings a checkout to the point where it can run: installs the locked packages and builds, each only when needed.
// Runs before `npm start`, `npm test` and `bin/assay`; when nothing changed it only stats files.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(`assay needs Node 20 or newer; this is ${process.version}.`);
  process.exit(2);
}

/** @param {string} text */
const digest = (text) => createHash('sha256').update(text).digest('hex');

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (done.status !== 0) {
    console.error(`setup: "${command} ${args.join(' ')}" failed${done.error ? `: ${done.error.message}` : ''}.`);
    process.exit(1);
  }
}

/**
 * Newest modification time (ms) under the folders that the build reads.
 * @param {string[]} folders
 */
function newest(folders) {
  let latest = 0;
  /** @param {string} path */
  const visit = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const child = join(path, entry.name);
      if (entry.isDirectory()) visit(child);
      else latest = Math.max(latest, statSync(child).mtimeMs);
    }
  };
  for (const folder of folders) if (existsSync(join(root, folder))) visit(join(root, folder));
  for (const file of ['tsconfig.json', 'tsconfig.build.json'])
    latest = Math.max(latest, statSync(join(root, file)).mtimeMs);
  return latest;
}

const stampFile = join(root, 'node_modules', '.assay-setup');
const lock = digest(readFileSync(join(root, 'package-lock.json'), 'utf8') + process.version);
if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== lock) {
  console.error('setup: installing packages …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stampFile, lock);
}

const built = join(root, 'dist', '.built');
if (!existsSync(built) || Number(readFileSync(built, 'utf8')) < newest(['src', 'bench', 'fixtures'])) {
  console.error('setup: building …');
  const started = Date.now();
  run('node', [join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json']);
  mkdirSync(dirname(built), { recursive: true });
  writeFileSync(built, String(started));
}

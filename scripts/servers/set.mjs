import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withLock } from './lock.mjs';
import { cacheFolder, runFolder, SERVER_NAMES } from './places.mjs';
import { isFree } from './ports.mjs';
import { contents, end, killTree, ownProcess } from './process.mjs';
import { SERVERS } from './server.mjs';
import { readSettings, withPorts, writeSettings } from './settings.mjs';
import { lastLines } from './tools.mjs';

/** @typedef {import('./index.d.mts').ServerName} ServerName */

/** Looks, a tenth of a second apart, after which a server that is not seen is gone. */
const UNSEEN = 15;

/** @type {typeof import('./index.d.mts').serverSet} */
export function serverSet({ cache = cacheFolder(), run = runFolder(), say = () => {}, signal } = {}) {
  /** @param {ServerName} name */
  const folderOf = (name) => join(run, name);
  /** @param {ServerName} name */
  const processes = (name) =>
    SERVERS[name].pidFiles.map((file) => ownProcess(join(folderOf(name), file), folderOf(name)));
  /** @param {ServerName} name */
  const pid = (name) => processes(name)[0];
  /** @param {ServerName} name */
  const runs = (name) => processes(name).some((each) => each !== undefined);

  /** @param {readonly ServerName[]} [names] */
  async function install(names = SERVER_NAMES) {
    await all(names, async (name) => {
      const seconds = stopwatch();
      const server = SERVERS[name];
      if (await server.install(cache, signal)) say(`${name} ${server.version}: installed in ${seconds()} s`);
    });
  }

  /** @type {import('./index.d.mts').ServerSet['start']} */
  async function start(names = SERVER_NAMES, options = {}) {
    await install(names);
    await withLock(`${run}/start.lock`, () => startInstalled(names, options), signal);
  }

  /** @type {import('./index.d.mts').ServerSet['start']} */
  async function startInstalled(names = SERVER_NAMES, options = {}) {
    const absent = names.filter((name) => !runs(name));
    const had = { ...readSettings(run), ...options };
    const settings = await withPorts(
      had,
      absent.flatMap((name) => SERVERS[name].ports),
    );
    writeSettings(run, settings);
    await all(names, async (name) => {
      const seconds = stopwatch();
      if (absent.includes(name)) await SERVERS[name].launch({ cache, folder: folderOf(name), settings, signal });
      await waitHealthy(name);
      if (absent.includes(name))
        say(`${name} ${SERVERS[name].version}: started in ${seconds()} s, ${SERVERS[name].address(settings)}`);
    });
  }

  /** @param {readonly ServerName[]} [names] */
  async function stop(names = SERVER_NAMES) {
    await all(names, async (name) => {
      if (!runs(name)) return;
      const seconds = stopwatch();
      // What is still being launched would go on after its server was ended.
      for (const file of SERVERS[name].pidFiles.toReversed())
        await end(() => ownProcess(join(folderOf(name), file), folderOf(name)), SERVERS[name].politely);
      say(`${name}: stopped in ${seconds()} s`);
    });
  }

  /** @param {ServerName} name */
  async function kill(name) {
    for (const each of processes(name).toReversed()) if (each !== undefined) await killTree(each);
  }

  /** @param {ServerName} name */
  async function restart(name) {
    await stop([name]);
    const settings = readSettings(run);
    for (const port of SERVERS[name].ports.map((each) => settings.ports[each])) {
      if (port === undefined) throw new Error(`${name} was never started in ${run}`);
      await until(() => isFree(port), 30, `port ${port} of ${name} is in use by another program`);
    }
    await SERVERS[name].launch({ cache, folder: folderOf(name), settings, signal });
    await waitHealthy(name);
  }

  /**
   * @param {ServerName} name
   * @param {number} [seconds]
   */
  async function waitHealthy(name, seconds = 180) {
    const settings = readSettings(run);
    const told = () => `${lastLines(contents(join(folderOf(name), 'log')) ?? '')}`;
    let unseen = 0;
    await until(
      async () => {
        // One that is becoming another program is not seen for a moment, which is long on a busy machine.
        if (runs(name)) unseen = 0;
        else if (++unseen < UNSEEN) return false;
        else throw new Error(`${name} does not run${told()}`);
        return SERVERS[name].healthy(settings);
      },
      seconds,
      () => `${name} does not serve after ${seconds} s${told()}`,
    );
  }

  /**
   * @param {() => Promise<boolean>} reached
   * @param {number} seconds
   * @param {string | (() => string)} otherwise
   */
  async function until(reached, seconds, otherwise) {
    const deadline = performance.now() + seconds * 1000;
    while (!(await reached())) {
      if (performance.now() > deadline) throw new Error(typeof otherwise === 'string' ? otherwise : otherwise());
      await pause(100, undefined, signal === undefined ? {} : { signal });
    }
  }

  /** @param {readonly ServerName[]} [names] */
  async function status(names = SERVER_NAMES) {
    const settings = readSettings(run);
    return all(names, async (name) => {
      const { version, ports, address, healthy } = SERVERS[name];
      const known = settings.ports[ports[0] ?? ''] !== undefined;
      return {
        name,
        version,
        pid: pid(name),
        address: known ? address(settings) : undefined,
        healthy: known && pid(name) !== undefined && (await healthy(settings)),
      };
    });
  }

  function env() {
    const settings = readSettings(run);
    const known = SERVER_NAMES.filter((name) => settings.ports[name] !== undefined);
    const addresses = known.map((name) => [`ASSAY_TEST_${name.toUpperCase()}`, SERVERS[name].address(settings)]);
    return { ...Object.fromEntries(addresses), ASSAY_SERVERS_RUN: run };
  }

  return { run, install, start, stop, status, env, kill, restart, waitHealthy, pid };
}

/**
 * Side by side; waits for all, then throws what failed, so that nothing goes on unseen.
 * @template T
 * @param {readonly ServerName[]} names
 * @param {(name: ServerName) => Promise<T>} work
 * @returns {Promise<T[]>}
 */
async function all(names, work) {
  const results = await Promise.allSettled(names.map(work));
  const failures = results.flatMap((result, i) => {
    if (result.status === 'fulfilled') return [];
    const message = String(result.reason?.message ?? result.reason);
    return [message.startsWith(`${names[i]} `) ? message : `${names[i]}: ${message}`];
  });
  if (failures.length > 0) throw new Error(failures.join('\n'));
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

function stopwatch() {
  const began = performance.now();
  return () => ((performance.now() - began) / 1000).toFixed(1);
}

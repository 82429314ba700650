import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort, isFree } from './ports.mjs';
import { contents } from './process.mjs';

/**
 * What a set of servers was started with, remembered in its run folder, so that another process finds the servers and a
 * restart has the same ports and guarantees.
 * @typedef {{ports: Record<string, number>, fsync: boolean, appendonly: boolean}} Settings
 */

/**
 * @param {string} run
 * @returns {Settings}
 */
export function readSettings(run) {
  const text = contents(fileOf(run));
  const known = text === undefined ? {} : JSON.parse(text);
  return { ports: known.ports ?? {}, fsync: known.fsync ?? true, appendonly: known.appendonly ?? false };
}

/**
 * @param {string} run
 * @param {Settings} settings
 */
export function writeSettings(run, settings) {
  const file = fileOf(run);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, `${JSON.stringify(settings, null, 2)}\n`);
  renameSync(`${file}.${process.pid}`, file);
}

/**
 * Chooses the ports of a server that is about to start: the one the environment names, else the one it had, else a new one. What
 * another program has taken in the meantime is chosen again.
 * @param {Settings} settings
 * @param {readonly string[]} names as in `kafka-controller`
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<Settings>}
 */
export async function withPorts(settings, names, environment = process.env) {
  const ports = { ...settings.ports };
  for (const name of names) {
    const variable = `ASSAY_SERVERS_${name.toUpperCase().replaceAll('-', '_')}_PORT`;
    const wanted = environment[variable];
    if (wanted) {
      const port = Number(wanted);
      if (!Number.isInteger(port) || port < 1 || port > 65_535)
        throw new Error(`${variable} is "${wanted}", not a port`);
      if (!(await isFree(port))) throw new Error(`port ${port} (${variable}) is in use by another program`);
      ports[name] = port;
    } else {
      const had = ports[name];
      if (had === undefined || !(await isFree(had))) ports[name] = await freePort(new Set(Object.values(ports)));
    }
  }
  return { ...settings, ports };
}

/** @param {string} run */
function fileOf(run) {
  return join(run, 'servers.json');
}

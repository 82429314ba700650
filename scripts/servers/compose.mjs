import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SERVER_NAMES } from './places.mjs';
import { readSettings, withPorts, writeSettings } from './settings.mjs';
import { execute } from './tools.mjs';

/** @typedef {import('./index.d.mts').ServerName} ServerName */

const FILES = ['../../deploy/compose.yaml', 'compose.yaml'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);
/** Of servers on loopback that go when the tests end; the compose file insists on some. */
const PASSWORD = 'assay';

/** Whether the servers of deploy/compose.yaml were asked for: ASSAY_SERVERS=compose. */
export const composeWanted = () => process.env.ASSAY_SERVERS === 'compose';

/**
 * The servers of deploy/compose.yaml as a project of its own, for those who have a container engine and ask for it.
 * @type {typeof import('./index.d.mts').serverSet}
 */
export function composeSet({ run = '', say = () => {}, signal } = {}) {
  const project = basename(run)
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, '-');

  /** @param {string[]} words */
  const compose = (...words) => {
    const ports = Object.entries(readSettings(run).ports);
    const variables = ports.map(([name, port]) => [`ASSAY_SERVERS_${name.toUpperCase()}_PORT`, String(port)]);
    const environment = { ...Object.fromEntries(variables), POSTGRES_PASSWORD: PASSWORD, REDIS_PASSWORD: PASSWORD };
    const files = FILES.flatMap((file) => ['-f', file]);
    return execute(['docker', 'compose', '-p', project, ...files, ...words], { environment, signal });
  };
  /** @param {ServerName} name */
  const address = (name) => {
    const port = readSettings(run).ports[name];
    if (port === undefined) return undefined;
    if (name === 'postgres') return `postgres://assay:${PASSWORD}@127.0.0.1:${port}/assay`;
    if (name === 'redis') return `redis://:${PASSWORD}@127.0.0.1:${port}`;
    return `${name === 'kafka' ? '' : 'http://'}127.0.0.1:${port}`;
  };
  /** @param {ServerName} name */
  const pid = (name) => {
    const told = spawnSync('docker', ['inspect', '-f', '{{.State.Pid}}', `${project}-${name}-1`], { encoding: 'utf8' });
    return Number(told.stdout) || undefined;
  };
  const waitHealthy = async (/** @type {ServerName} */ name, seconds = 180) => {
    await compose('up', '-d', '--no-deps', '--no-recreate', '--wait', '--wait-timeout', String(seconds), name);
  };

  return {
    run,
    pid,
    waitHealthy,
    restart: waitHealthy,
    async install(names = SERVER_NAMES) {
      if (spawnSync('docker', ['info'], { stdio: 'ignore' }).status !== 0)
        throw new Error('ASSAY_SERVERS=compose needs a container engine: `docker info` fails');
      await compose('pull', ...names);
    },
    async start(names = SERVER_NAMES) {
      writeSettings(run, await withPorts(readSettings(run), SERVER_NAMES));
      await this.install(names);
      await compose('up', '-d', '--wait', ...names);
      for (const name of names) say(`${name}: started in a container`);
    },
    async stop() {
      // The network and the data go too.
      await execute(['docker', 'compose', '-p', project, 'down', '--volumes'], {});
    },
    async status(names = SERVER_NAMES) {
      return names.map((name) => {
        const id = pid(name);
        return { name, version: '', pid: id, address: address(name), healthy: id !== undefined };
      });
    },
    env() {
      const addresses = SERVER_NAMES.map((name) => [`ASSAY_TEST_${name.toUpperCase()}`, address(name)]);
      return { ...Object.fromEntries(addresses.filter(([, value]) => value !== undefined)), ASSAY_SERVERS_RUN: run };
    },
    async kill(name) {
      await compose('kill', '-s', 'KILL', name);
    },
  };
}

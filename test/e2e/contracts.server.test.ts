/** Contracts get their versions when processes start, in the database or in a registry of its own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/platform/database/port.js';
import { namespaced, openDatabaseRegistry, type SchemaRegistry } from '../../src/platform/registry/index.js';
import { registryApi } from '../../src/serve/registry/index.js';
import { assay } from '../support/process.js';
import { type ServerWorld, serverWorld } from '../support/server-world.js';
import { SmallWorld } from '../support/small-world.js';
import { openStore } from '../support/store.js';
import { type Running, startServing, startWorker } from '../support/worker.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-contracts-'));
const small = new SmallWorld(join(folder, 'small'), 3, 12);
const contract = join(small.config, 'contracts', 'rows.yaml');
const before = readFileSync(contract, 'utf8');
let world: ServerWorld;
let elsewhere: Database;
let app: FastifyInstance;
let external: Record<string, string>;
/** What the two registries have of this installation. */
let inDatabase: SchemaRegistry;
let outside: SchemaRegistry;
beforeAll(async () => {
  world = await serverWorld(join(folder, 'data'));
  elsewhere = await openStore('postgres');
  app = Fastify();
  await app.register(registryApi, { registry: openDatabaseRegistry(elsewhere) });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  external = { ...world.env, PORT: '0', SCHEMA_REGISTRY_URL: address };
  const namespace = world.env.ASSAY_NAMESPACE as string;
  inDatabase = namespaced(openDatabaseRegistry(world.database), namespace);
  outside = namespaced(openDatabaseRegistry(elsewhere), namespace);
});
afterAll(async () => {
  await app?.close();
  await elsewhere?.close();
  await world?.destroy();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the process, and ends it when the registry has so many versions of the contract. */
async function startedUntil(running: Running, registry: SchemaRegistry, versions: number): Promise<string> {
  try {
    await running.started;
    while ((await registry.versions('contract-rows').catch(() => [])).length < versions) await sleep(50);
    expect(await running.stop(), running.stderr()).toBe(0);
    return running.stderr();
  } finally {
    running.kill();
    await running.ended;
  }
}

it('are registered by an API and by a worker that start, before anything is pulled', async () => {
  await startedUntil(startServing(small.config, { ...world.env, PORT: '0' }), inDatabase, 1);
  expect((await inDatabase.subjects()).filter((subject) => subject.startsWith('contract-'))).toEqual(['contract-rows']);
  await startedUntil(startWorker(small.config, external), outside, 1);
  // The next version, told by the other of the two.
  writeFileSync(contract, before.replace('fields:\n', 'fields:\n  size: {type: string}\n'));
  await startedUntil(startServing(small.config, external), outside, 2);
});

it('are registered by a run, whose messages name schemas of the registry that is configured', async () => {
  const { code, stderr } = await assay(['run', '--no-report', '--config', small.config], { env: external });
  expect(code, stderr).toBe(0);
  const subjects = ['canonical-value', 'contract-rows', 'golden-value', 'raw-value'];
  expect(await outside.subjects()).toEqual(expect.arrayContaining(subjects));
  expect(await outside.versions('contract-rows')).toHaveLength(2);
  expect(await inDatabase.subjects()).toEqual(['contract-rows']);
});

it('stop what pulls, and nothing else, when they change as they must not', async () => {
  writeFileSync(contract, before.replace('fields:\n', 'fields:\n  size: {type: string, required: true}\n'));
  const run = await assay(['run', '--no-report', '--config', small.config], { env: external });
  expect(run.code).toBe(1);
  expect(run.stderr).toContain(contract);
  expect(run.stderr).toContain('size');
  const worker = startWorker(small.config, external);
  await worker.started;
  while (!worker.stderr().includes('contracts were not registered')) await sleep(50);
  expect(await worker.stop(), worker.stderr()).toBe(0);
  expect(worker.stderr()).toContain('size');
  expect(await outside.versions('contract-rows')).toHaveLength(2);
});

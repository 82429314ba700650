/**
 * A running API, each of whose servers goes and comes back: what goes on, what waits, and how it is told. Kafka, Postgres and
 * Redis are killed; to Elasticsearch, which takes longest to start, connections are refused (test/integrity kills it too).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Road, roadTo } from '../platform/search/elasticsearch/support.js';
import { assay } from '../support/process.js';
import { kill, restart, type ServerName } from '../support/server-control.js';
import { type ServerWorld, serverWorld } from '../support/server-world.js';
import { SmallWorld } from '../support/small-world.js';
import { type Running, startServing, startWorker } from '../support/worker.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-degrade-'));
const small = new SmallWorld(join(folder, 'small'), 5, 60);
let world: ServerWorld;
let serving: Running;
let worker: Running;
let address: string;
let env: Record<string, string>;
let searchRoad: Road;

interface Product {
  goldenId: string;
  version: number;
  values: { title: string; brand?: string; model?: string; mpn?: string; gtins: string[] };
}
type Stored = Product & { members: { source: string; sourceId: string }[] };
let products: Stored[];
const stored = (): Promise<Stored[]> =>
  world.database.query(
    `select golden_id as "goldenId", version, "values", members from golden_record order by golden_id`,
  );

beforeAll(async () => {
  world = await serverWorld(join(folder, 'data'));
  searchRoad = await roadTo(world.env.ELASTICSEARCH_URL!);
  env = { ...world.env, PORT: '0', ELASTICSEARCH_URL: searchRoad.url };
  const { code, stderr } = await assay(['run', '--no-report', '--config', small.config], { env });
  expect(code, stderr).toBe(0);
  serving = startServing(small.config, env);
  worker = startWorker(small.config, env);
  address = await serving.started;
  await worker.started;
  products = await stored();
});
afterAll(async () => {
  serving?.kill();
  worker?.kill();
  await Promise.all([serving?.ended, worker?.ended]);
  await searchRoad?.close();
  await world?.destroy();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are checked by what is read from them
  body: any;
}
async function get(path: string): Promise<Answer> {
  const response = await fetch(address + path);
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
}

/** The ways to look a product up. */
function ways({ goldenId, values, members }: Stored): string[] {
  const [{ source, sourceId }] = members as [{ source: string; sourceId: string }];
  const [gtin] = values.gtins;
  const code = values.mpn ?? values.model;
  return [
    `/v1/products/${goldenId}`,
    `/v1/products?source=${source}&id=${encodeURIComponent(sourceId)}`,
    ...(gtin === undefined ? [] : [`/v1/products?gtin=${gtin}`]),
    ...(code === undefined || values.brand === undefined
      ? []
      : [`/v1/products?${new URLSearchParams({ brand: values.brand, mpn: code })}`]),
  ];
}
const idsOf = ({ body }: Answer): string[] =>
  'items' in body ? body.items.map((item: Product) => item.goldenId) : [body.goldenId];

/** What /metrics has of a server: its breaker (0: closed) and counts by outcome. */
async function metricsOf(server: ServerName): Promise<Record<string, number>> {
  const { status, body } = await get('/metrics');
  expect(status).toBe(200);
  const figures: Record<string, number> = {};
  for (const [, outcome = 'breaker', value] of String(body).matchAll(
    new RegExp(`^assay_server_(?:breaker|calls_total)\\{server="${server}"(?:,outcome="(\\w+)")?\\} (\\d+)`, 'gm'),
  ))
    figures[outcome] = Number(value);
  return figures;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    if (await holds()) return;
    await sleep(50);
  }
  throw new Error(`never: ${what}\n${serving.stderr()}\n${worker.stderr()}`);
}
const isDegraded = async (server: ServerName): Promise<boolean> =>
  ((await get('/ready')).body.degraded ?? []).includes(server);

const word = () => products[0]!.values.title.split(' ')[0]!;
const search = () => get(`/v1/search?q=${encodeURIComponent(word())}`);

it('answers everything while every server is there', async () => {
  for (const path of ways(products[0]!)) expect(idsOf(await get(path)), path).toContain(products[0]!.goldenId);
  expect((await get('/ready')).body).toEqual({ ready: true });
  const { body, headers } = await search();
  expect(body.items.length).toBeGreaterThan(0);
  expect(body).not.toHaveProperty('degraded');
  expect(headers.has('x-assay-degraded')).toBe(false);
  for (const server of ['kafka', 'postgres', 'redis', 'elasticsearch'] as const)
    expect(await metricsOf(server), server).toMatchObject({ breaker: 0, failures: 0, timeouts: 0, retries: 0 });
});

it('searches in the database while Elasticsearch is gone, and says so', async () => {
  const before = idsOf(await search()).sort();
  await searchRoad.refuse();
  for (let i = 0; i < 3; i++) {
    const { status, body, headers } = await search();
    expect(status).toBe(200);
    expect(headers.get('x-assay-degraded')).toBe('search');
    expect(body.degraded).toContain('elasticsearch');
    expect(body.items.map((item: Product) => item.goldenId).sort()).toEqual(before);
  }
  await until('the breaker opens', async () => {
    await search();
    return isDegraded('elasticsearch');
  });
  const figures = await metricsOf('elasticsearch');
  expect(figures.failures).toBeGreaterThan(0);
  expect(figures.retries).toBeGreaterThan(0);
  expect(figures.refused).toBeGreaterThan(0);
  expect(figures.breaker).toBeGreaterThan(0);
  expect((await get('/ready')).status).toBe(200);
  expect((await get(`/v1/suggest?q=${encodeURIComponent(word())}`)).status).toBe(200);
});

it('looks up from memory and database while Redis is gone', async () => {
  await kill('redis');
  for (const product of products.slice(0, 20))
    for (const path of ways(product)) {
      const answer = await get(path);
      expect(answer.status, path).toBe(200);
      expect(idsOf(answer), path).toContain(product.goldenId);
      expect(answer.headers.has('x-assay-stale')).toBe(false);
    }
  expect(await isDegraded('redis')).toBe(true);
  const figures = await metricsOf('redis');
  expect(figures.breaker).toBeGreaterThan(0);
  expect(figures.failures).toBeGreaterThan(0);
  await restart('redis');
  let asked = 0;
  await until('Redis is used again', async () => {
    await get(`/v1/products/nothing-${asked++}`);
    return !(await isDegraded('redis'));
  });
});

it('goes on serving while Kafka is gone, and ingest waits and goes on after', async () => {
  await kill('kafka');
  small.showDay(2);
  const run = assay(['run', '--no-report', '--config', small.config], { env });
  for (const product of products.slice(20, 30))
    for (const path of ways(product)) expect(idsOf(await get(path)), path).toContain(product.goldenId);
  expect((await search()).status).toBe(200);
  // The API asks it for the lag of consumers only.
  await until('the metrics tell', async () => (await metricsOf('kafka')).failures! > 0);
  expect((await get('/ready')).status).toBe(200);
  await restart('kafka');
  await searchRoad.mend();
  const { code, stderr } = await run;
  expect(code, stderr).toBe(0);
  await until('Kafka is used again', async () => /^assay_consumer_lag\{/m.test((await get('/metrics')).body));
});

it('finds what came meanwhile once Elasticsearch is back', async () => {
  const [changed] = await world.database.query<Product>(
    `select golden_id as "goldenId", version, "values" from golden_record where version > 1 order by golden_id limit 1`,
  );
  expect(changed, 'the second day changes something').toBeDefined();
  await until(
    'lookups tell the second day',
    async () => (await get(`/v1/products/${changed!.goldenId}`)).body.version === changed!.version,
  );
  await until('search is whole again', async () => !('degraded' in (await search()).body));
  await until('the index tells the second day', async () => {
    const { body } = await get(`/v1/search?q=${encodeURIComponent(changed!.values.title)}`);
    return body.items.some(
      (item: { goldenId: string; title: string }) =>
        item.goldenId === changed!.goldenId && item.title === changed!.values.title,
    );
  });
  expect(await isDegraded('elasticsearch')).toBe(false);
});

it('answers what is cached as stale while Postgres is gone, and 503 what is not', async () => {
  const all = (await stored()).filter((product) => ways(product).length === 4);
  const [cached, other] = [all.at(-1), all.at(-2)];
  const fresh = await Promise.all(ways(cached!).map(get));
  expect(fresh.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  await kill('postgres');
  await until('it is known', async () => (await get('/ready')).status === 503);
  const notReady = await get('/ready');
  expect(notReady.body).toMatchObject({ code: 'NOT_READY', detail: expect.stringContaining('database') });
  await until('the breaker opens', async () => {
    await get('/ready');
    return ((await metricsOf('postgres')).breaker ?? 0) > 0;
  });
  const stale = await Promise.all(ways(cached!).map(get));
  for (const [i, answer] of stale.entries()) {
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-assay-stale')).toBe('true');
    expect(answer.body.stale).toBe(true);
    expect(idsOf(answer)).toEqual(idsOf(fresh[i]!));
  }
  for (const path of [...ways(other!), '/v1/sources', `/v1/products/${cached!.goldenId}/history`]) {
    const answer = await get(path);
    expect(answer.status, path).toBe(503);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.body).toMatchObject({ code: 'PLATFORM_UNAVAILABLE', detail: expect.stringContaining('postgres') });
  }
  const found = await search();
  expect(found.status).toBe(200);
  expect(found.body).not.toHaveProperty('degraded');
  const figures = await metricsOf('postgres');
  expect(figures.failures).toBeGreaterThan(0);
  expect(figures.retries).toBeGreaterThan(0);
  await restart('postgres');
  await until('it is ready again', async () => (await get('/ready')).status === 200);
  for (const product of [cached!, other!])
    for (const path of ways(product)) {
      const answer = await get(path);
      expect(answer.status, path).toBe(200);
      expect(answer.headers.has('x-assay-stale')).toBe(false);
    }
});

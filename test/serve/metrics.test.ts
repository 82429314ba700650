import { afterAll, beforeAll, expect, it } from 'vitest';
import { observeProcessing } from '../../src/observe/index.js';
import { openApp, type TestApp } from './open.js';

let store: TestApp;
beforeAll(async () => {
  store = await openApp();
});
afterAll(() => store.close());

it('shows what every step counted, by the names that dashboards use', async () => {
  const { counters, app } = store;
  counters.add('ingest', 'alpha', 'received', 12);
  counters.add('ingest', 'alpha', 'dropped:unchanged', 2);
  counters.add('harmonize', 'alpha', 'refused:MAPPING_FAILED', 1);
  counters.add('dedup', 'alpha', 'applied', 9);
  counters.add('dedup', 'alpha', 'duplicate:exact', 4);
  observeProcessing('alpha', 0.9, 9);
  await app.inject('/v1/search?q=x');
  const { headers, body } = await app.inject('/metrics');
  expect(headers['content-type']).toMatch('text/plain; version=0.0.4');
  for (const line of [
    'products_processed_total{source="alpha",status="processed"} 9',
    'products_processed_total{source="alpha",status="unchanged"} 2',
    'products_processed_total{source="alpha",status="refused"} 1',
    'duplicate_products_total{source="alpha",match_type="exact"} 4',
    'assay_step_records_total{step="ingest",source="alpha",outcome="received"} 12',
    'product_processing_duration_seconds_count{source="alpha"} 9',
    'assay_search_duration_seconds_count{kind="search"} 1',
    'assay_http_request_duration_seconds_count{method="GET",route="/v1/search",status="200"} 1',
  ]) {
    expect(body.split('\n')).toContain(line);
  }
  expect(body).toContain('process_resident_memory_bytes');
});

it('counts once however often it is asked', async () => {
  const ask = async () => (await store.app.inject('/metrics')).body.match(/products_processed_total\{.*\} \d+/g);
  expect(await ask()).toEqual(await ask());
});

it('shows the worst of several breakers of a server, and the sum of what they counted', async () => {
  const figures = { calls: 5, failures: 2, timeouts: 1, retries: 1, refused: 0 };
  const { app, close } = await openApp({
    platform: {
      servers: () => [
        { name: 'redis', breaker: 'open', ...figures },
        { name: 'redis', breaker: 'closed', ...figures },
      ],
      cache: () => ({}),
      lag: () => Promise.reject(new Error('away')),
      pending: () => Promise.reject(new Error('away')),
    },
  });
  const { statusCode, body } = await app.inject('/metrics');
  expect(statusCode).toBe(200);
  expect(body.match(/assay_server_breaker\{.*/g)).toEqual(['assay_server_breaker{server="redis"} 2']);
  expect(body).toContain('assay_server_calls_total{server="redis",outcome="failures"} 4');
  await close();
});

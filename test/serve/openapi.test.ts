import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApp, type TestApp } from './open.js';

interface Operation {
  summary?: string;
  tags?: string[];
  requestBody?: unknown;
  responses: Record<string, { description?: string; content?: Record<string, { schema: unknown }> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

let store: TestApp;
let document: Document;
beforeAll(async () => {
  store = await openApp();
  document = (await store.app.inject('/docs/json')).json();
});
afterAll(() => store.close());

it('is OpenAPI 3.1 and has every route', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths).sort()).toEqual([
    '/health',
    '/metrics',
    '/ready',
    '/v1/products',
    '/v1/products/{id}',
    '/v1/products/{id}/history',
    '/v1/products/{id}/lineage',
    '/v1/products/{id}/members',
    '/v1/products/{id}/similar',
    '/v1/products:batchGet',
    '/v1/resolve',
    '/v1/search',
    '/v1/sources',
    '/v1/suggest',
  ]);
});

it('describes every operation with summary, tag and an answer with a schema', () => {
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const name = `${method} ${path}`;
      expect(operation.summary, name).toBeTruthy();
      expect(operation.tags?.length, name).toBeGreaterThan(0);
      for (const answer of Object.values(operation.responses)) {
        expect(answer.description, name).toBeTypeOf('string');
        for (const { schema } of Object.values(answer.content ?? {})) expect(schema, name).toBeTruthy();
      }
      if (method === 'post') expect(JSON.stringify(operation.requestBody), name).toContain('example');
    }
  }
});

it('resolves every reference', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]!);
  expect(references.length).toBeGreaterThan(5);
  for (const reference of references) {
    expect(reference).toMatch(/^#\/components\/schemas\//);
    expect(document.components.schemas).toHaveProperty(reference.split('/').at(-1)!);
  }
  expect(Object.keys(document.components.schemas).sort()).toEqual(['Problem', 'Product', 'SearchItem', 'Values']);
});

it('serves the documentation without the network', async () => {
  const page = await store.app.inject('/docs/');
  expect(page.statusCode).toBe(200);
  expect(page.body).not.toMatch(/(src|href)="https?:/);
});

import { Script } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SCRIPT } from '../../src/serve/ui/index.js';
import { openApp, type TestApp } from './open.js';

let store: TestApp;
beforeAll(async () => {
  store = await openApp();
});
afterAll(() => store.close());

it('is a page whose every file is served, and nothing else is loaded', async () => {
  const page = await store.app.inject('/');
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  const files = [...page.body.matchAll(/(?:src|href)="(\/ui\/[^"]+)"/g)].map((match) => match[1]!);
  expect(files).toHaveLength(2);
  for (const file of files) expect((await store.app.inject(file)).statusCode).toBe(200);
  expect(page.body).not.toMatch(/https?:\/\//);
  expect((await store.app.inject('/ui/app.js')).headers['content-type']).toMatch('text/javascript');
});

it('allows no inline code and holds the script to text', async () => {
  const policy = String((await store.app.inject('/')).headers['content-security-policy']);
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toMatch(/unsafe-(inline|eval)/);
  expect((await store.app.inject('/')).body).not.toMatch(/<script(?! src=)|<style| on\w+=| style=/);
});

it('has a script that parses and knows no way to write HTML', () => {
  expect(() => new Script(SCRIPT)).not.toThrow();
  expect(SCRIPT).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|DOMParser/);
});

it('reads marked titles back to text', () => {
  const source = SCRIPT.match(/function marked\(html\) \{[\s\S]*?\n\}/)?.[0] ?? '';
  const marked = new Script(`const el = (name, _, text) => ({ name, text }); ${source}; marked`).runInNewContext() as (
    html: string,
  ) => unknown[];
  expect(JSON.parse(JSON.stringify(marked('a &lt;b&gt; <mark>x &amp;lt;</mark>')))).toEqual([
    'a <b> ',
    { name: 'mark', text: 'x &lt;' },
    '',
  ]);
});

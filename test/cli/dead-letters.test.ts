import { afterAll, beforeAll, expect, it } from 'vitest';
import { drop, list, pickedLetters, retry, show } from '../../src/cli/dead-letters.js';
import type { CommandIo } from '../../src/cli/io.js';
import { keyText } from '../../src/records.js';
import type { Workspace } from '../../src/workspace.js';
import { HOSTILE, seed } from '../report/seed.js';
import { Installation } from './report-store.js';

const place = new Installation(['shop_a']);
let workspace: Workspace;
beforeAll(async () => {
  workspace = await place.open();
  await seed(workspace.platform.database);
  await workspace.platform.log.createTopics([{ name: 'raw', partitions: 1, compact: true }]);
});
afterAll(async () => {
  await workspace?.close();
  place.remove();
});

async function printed(work: (io: CommandIo) => Promise<void>): Promise<string> {
  const { io, out } = place.io();
  await work(io);
  return out();
}

const listed = (options: Parameters<typeof list>[2]) => printed((io) => list(workspace, io, options));

it('lists open letters, newest first, and narrows', async () => {
  const out = await listed({});
  expect([...out.matchAll(/^ {2}(d\d)/gm)].map((match) => match[1])).toEqual(['d3', 'd1', 'd2']);
  expect(out).toContain(HOSTILE);
  const narrowed = JSON.parse(await listed({ step: 'ingest', json: true }));
  expect(narrowed).toMatchObject({ total: 1, letters: [{ id: 'd2', origin: 'a.csv:17' }] });
  expect(await listed({ source: 'shop_b' })).toBe('No dead letters.\n');
  expect(await listed({ status: 'dropped' })).toContain('d4');
  expect(await listed({ limit: 1 })).toContain('2 more');
});

it('shows one letter whole', async () => {
  const out = await printed((io) => show(workspace, io, 'd2', {}));
  expect(out).toContain('reason   quote never closed');
  expect(out).toContain('origin   a.csv:17');
  expect(out.endsWith('\n\nx,"y\n')).toBe(true);
  const json = await printed((io) => show(workspace, io, 'd1', { json: true }));
  expect(JSON.parse(json).original).toContain('"id":"a7"');
  await expect(printed((io) => show(workspace, io, 'd9', {}))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('asks for a condition before it changes anything', async () => {
  for (const action of ['drop', 'retry'])
    expect(await place.assay('dead-letters', action)).toMatchObject({ code: 2, err: expect.stringContaining('--all') });
  expect(pickedLetters([], { all: true })).toEqual({});
  expect(pickedLetters(['d1'], { source: 'shop_a' })).toEqual({ ids: ['d1'], source: 'shop_a' });
});

it('sends records again and leaves the rest open', async () => {
  const out = await printed((io) => retry(workspace, io, pickedLetters([], { all: true }), { json: true }));
  expect(JSON.parse(out)).toEqual({ retried: 1, superseded: 0, notRecords: 2 });
  const messages: { key: string; value: string | null }[] = [];
  await workspace.platform.log.consume({ topic: 'raw', maxMessages: 10, untilEnd: true }, async (batch) => {
    messages.push(...batch.messages.map(({ key, value }) => ({ key, value })));
  });
  expect(messages).toHaveLength(1);
  expect(messages[0]?.key).toBe(keyText('shop_a', 'a7'));
  expect(JSON.parse(messages[0]?.value ?? '')).toMatchObject({ contract: 'items', data: { name: '' } });
  expect(await listed({ status: 'retried' })).toContain('d1');
});

it('drops by id with a count', async () => {
  expect(await printed((io) => drop(workspace, io, pickedLetters(['d2', 'd3'], {}), {}))).toBe('2 dropped\n');
  expect(await listed({})).toBe('No dead letters.\n');
});

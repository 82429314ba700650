import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { check, list, show } from '../../src/cli/contracts.js';
import type { CommandIo } from '../../src/cli/io.js';
import { loadConfig } from '../../src/config/index.js';
import { registerContracts } from '../../src/harmonize/index.js';
import type { Workspace } from '../../src/workspace.js';
import { Installation } from './report-store.js';

const place = new Installation(['shop_a']);
const file = join(place.base, 'config', 'contracts', 'shop.yaml');
const before = readFileSync(file, 'utf8');
let workspace: Workspace;
beforeAll(async () => {
  workspace = await place.open();
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

/** The workspace with the contract file as it is now. */
async function now(text = before): Promise<Workspace> {
  writeFileSync(file, text);
  return { ...workspace, config: await loadConfig(join(place.base, 'config'), {}) };
}

const checked = async (text?: string) => {
  const { io, out } = place.io();
  const error = await check(await now(text), io, {}).catch((thrown: unknown) => thrown as Error);
  return { out: out(), error };
};

it('has nothing to list before the first run, and calls the contracts new', async () => {
  expect(await printed((io) => list(workspace, io, {}))).toContain('No versions yet');
  expect(await checked()).toEqual({ out: 'shop is new (backward)\n', error: undefined });
  expect(await workspace.platform.registry.subjects()).toEqual([]);
});

it('checks the files against what is registered, and changes nothing', async () => {
  const { config, platform } = await now();
  await registerContracts(config.contracts, platform.registry);
  expect((await checked()).out).toBe('shop is version 1 (backward)\n');
  const more = before.replace('fields:', 'fields:\n  extra: {type: string}');
  expect((await checked(more)).out).toBe('shop changed, and will be version 2 (backward)\n');
  const required = before.replace('fields:', 'fields:\n  a.new: {type: string, required: true}');
  const { out, error } = await checked(required);
  expect(out).toContain('shop changed, and cannot be version 2 (backward)\n');
  expect(out).toContain(`  ${file}: it does not read what was written with version 1: field "a.new": it is required`);
  expect(error).toMatchObject({ code: 'CHECK_FAILED', message: expect.stringContaining('1 of 1 contracts') });
  expect((await checked(`${required}\ncompatibility: none\n`)).error).toBeUndefined();
  expect(await platform.registry.versions('contract-shop')).toHaveLength(1);
});

it('checks as JSON', async () => {
  const out = await printed(async (io) => check(await now(), io, { json: true }));
  expect(JSON.parse(out)).toEqual([
    { name: 'shop', file, compatibility: 'backward', state: 'registered', version: 1, reasons: [] },
  ]);
});

it('lists versions with ids and levels', async () => {
  const out = await printed((io) => list(workspace, io, {}));
  expect(out).toMatch(/contract-shop +1 +\d+ +BACKWARD/);
  expect(JSON.parse(await printed((io) => list(workspace, io, { json: true })))).toEqual([
    { subject: 'contract-shop', version: 1, id: expect.any(Number), compatibility: 'BACKWARD' },
  ]);
});

it('shows a version by the name of the contract or of the subject', async () => {
  const out = await printed((io) => show(workspace, io, 'shop', undefined, {}));
  expect(out).toContain('version        1\n');
  expect(out).toContain('"namespace": "assay.contract"');
  const json = JSON.parse(await printed((io) => show(workspace, io, 'contract-shop', 1, { json: true })));
  expect(json).toMatchObject({ subject: 'contract-shop', version: 1, schema: { type: 'record', name: 'shop' } });
  for (const [name, version] of [
    ['none', undefined],
    ['shop', 7],
  ] as const)
    await expect(printed((io) => show(workspace, io, name, version, {}))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('is a command', async () => {
  expect(await place.assay('contracts', 'show', 'shop', 'newest')).toMatchObject({ code: 2 });
  await workspace.close();
  writeFileSync(file, before);
  expect(await place.assay('contracts', 'list', '--json')).toMatchObject({
    code: 0,
    out: expect.stringContaining('contract-shop'),
  });
  workspace = await place.open();
});

/** What no server here can be brought to lack: an old Postgres, extensions that are not installed. The rest is tried on real ones. */
import { expect, it } from 'vitest';
import type { Facts } from '../../../../src/platform/database/server/facts.js';
import { judge } from '../../../../src/platform/database/server/requirements.js';

const WELL: Facts = {
  version: '16.4',
  versionNumber: 160004,
  standby: false,
  readOnly: false,
  encoding: 'UTF8',
  fsync: 'on',
  fullPageWrites: 'on',
  synchronousCommit: 'on',
  connections: 97,
  roleConnections: -1,
  databaseConnections: -1,
  role: 'assay',
  superuser: false,
  database: 'store',
  schema: 'public',
  mayUseSchema: true,
  mayCreateTables: true,
  mayCreateExtensions: true,
  now: 0,
  extensions: [
    { name: 'pg_trgm', version: null, available: '1.6', trusted: true },
    { name: 'vector', version: '0.8.0', available: '0.8.5', trusted: false },
  ],
};

const notOk = (changes: Partial<Facts>, poolSize = 10) =>
  judge({ ...WELL, ...changes }, poolSize).filter(({ state }) => state !== 'ok');
const vector = (version: string | null, available: string | null) => [
  { name: 'vector', version, available, trusted: false },
];

it('finds nothing where all is well', () => {
  expect(notOk({})).toEqual([]);
});

it('refuses servers before 14', () => {
  expect(notOk({ version: '13.16', versionNumber: 130016 })).toMatchObject([
    { check: 'version', state: 'wrong', message: 'Postgres 13.16 is too old' },
  ]);
  expect(notOk({ versionNumber: 140000 })).toEqual([]);
});

it('tells how to get an extension: install, update, create', () => {
  const advice = (changes: Partial<Facts>) => notOk(changes).map(({ check, advice: text }) => [check, text]);
  expect(advice({ extensions: vector(null, null) })).toEqual([
    ['vector', expect.stringContaining('Install pgvector 0.8')],
  ]);
  expect(advice({ extensions: [{ name: 'pg_trgm', version: null, available: null, trusted: true }] })).toEqual([
    ['pg_trgm', expect.stringContaining('postgresql-contrib')],
  ]);
  expect(advice({ extensions: vector('0.7.4', '0.8.5') })).toEqual([
    ['vector', 'Run as a superuser: alter extension vector update'],
  ]);
  expect(advice({ extensions: vector('0.7.4', '0.7.4') })).toEqual([
    ['vector', expect.stringContaining('Install pgvector')],
  ]);
  expect(advice({ extensions: vector(null, '0.8.5') })).toEqual([
    ['vector', expect.stringContaining('create extension vector')],
  ]);
  expect(advice({ extensions: vector(null, '0.8.5'), superuser: true })).toEqual([]);
  expect(advice({ extensions: vector('0.10.0', null) })).toEqual([]);
});

it('counts connections by the least of the limits that hold for the role', () => {
  expect(notOk({ connections: 97 }, 50)).toMatchObject([{ check: 'connections', state: 'warning' }]);
  expect(notOk({ databaseConnections: 20 })).toMatchObject([{ check: 'connections' }]);
  expect(notOk({ roleConnections: 20, superuser: true })).toEqual([]);
});

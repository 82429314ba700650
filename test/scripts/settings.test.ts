import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heapOf } from '../../scripts/servers/heap.mjs';
import { readSettings, withPorts, writeSettings } from '../../scripts/servers/settings.mjs';

const run = mkdtempSync(join(tmpdir(), 'assay-settings-'));
const fresh = readSettings(run);
let taken: Server;
let takenPort: number;

beforeAll(async () => {
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  takenPort = (taken.address() as { port: number }).port;
});

afterAll(async () => {
  await new Promise((resolve) => taken.close(resolve));
  rmSync(run, { recursive: true });
});

describe('the settings of a set', () => {
  it('keep what was confirmed, and nothing of the cache, unless told otherwise', () => {
    expect(fresh).toEqual({ ports: {}, fsync: true, appendonly: false });
  });

  it('are found again by another process', () => {
    const settings = { ports: { redis: 20_001 }, fsync: false, appendonly: true };
    writeSettings(run, settings);
    expect(readSettings(run)).toEqual(settings);
  });

  it('choose ports that differ, and keep them', async () => {
    const names = ['kafka', 'kafka-controller', 'redis'];
    const first = await withPorts(fresh, names, {});
    expect(new Set(Object.values(first.ports)).size).toBe(3);
    expect(await withPorts(first, names, {})).toEqual(first);
  });

  it('choose again when another program has taken the port', async () => {
    const { ports } = await withPorts({ ...fresh, ports: { redis: takenPort } }, ['redis'], {});
    expect(ports.redis).not.toBe(takenPort);
  });

  it('have the port that the environment names, or say why not', async () => {
    const free = (await withPorts(fresh, ['x'], {})).ports.x;
    const { ports } = await withPorts(fresh, ['redis'], { ASSAY_SERVERS_REDIS_PORT: String(free) });
    expect(ports).toEqual({ redis: free });
    await expect(
      withPorts(fresh, ['kafka-controller'], { ASSAY_SERVERS_KAFKA_CONTROLLER_PORT: String(takenPort) }),
    ).rejects.toThrow(`port ${takenPort} (ASSAY_SERVERS_KAFKA_CONTROLLER_PORT) is in use`);
    await expect(withPorts(fresh, ['redis'], { ASSAY_SERVERS_REDIS_PORT: 'x' })).rejects.toThrow('not a port');
  });

  it('give Elasticsearch the memory that the environment names, or say why not', () => {
    expect(heapOf({})).toBe('512m');
    expect(heapOf({ ASSAY_SERVERS_ELASTICSEARCH_HEAP: '2g' })).toBe('2g');
    expect(() => heapOf({ ASSAY_SERVERS_ELASTICSEARCH_HEAP: 'much' })).toThrow('"much", not a size');
  });
});

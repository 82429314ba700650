import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askForBackfill, awaitingBackfill } from '../../src/ingest/index.js';
import { database, figures, pull, scratch } from './pulling.js';
import { sendJson, serve } from './support.js';

describe('state', () => {
  it('of an API moves on only after a pull that succeeded', async () => {
    let broken = true;
    const server = await serve((request, response) => {
      const url = new URL(request.url ?? '', 'http://test');
      if (url.searchParams.get('page') === '2') {
        if (broken) response.writeHead(500).end();
        else sendJson(response, []);
      } else
        sendJson(response, [
          { id: 1, at: '2024-05-01T12:00:00Z' },
          { id: 2, at: 'never' },
        ]);
    });
    const given = {
      connector: {
        type: 'rest_api',
        url: server.url,
        allow_private: true,
        retry: { attempts: 2, base_ms: 1 },
        pagination: { type: 'page' },
        updated_since: { param: 'since' },
      },
    };
    try {
      expect((await pull(given)).complete).toBe(false);
      broken = false;
      const good = await pull(given);
      expect(figures(good)).toEqual({ unchanged: 2 });
      expect(good.notices.map(({ code }) => code)).toEqual(['UPDATED_AT_UNREADABLE']);
      await pull(given);
      const asked = server.requests.map(({ url }) => new URL(url, 'http://t').searchParams.get('since'));
      expect(asked.slice(0, -2).every((since) => since === null)).toBe(true);
      expect(asked.at(-1)).toBe('2024-05-01T11:59:00.000Z');
    } finally {
      await server.close();
    }
  });

  it('of an unchanged file is "not modified": nothing is read and nothing is withdrawn', async () => {
    const server = await serve((request, response) => {
      if (request.headers['if-none-match'] === '"a"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"a"' }).end('id,title,at\n1,a,\n2,b,\n');
    });
    const given = { connector: { type: 'csv', path: `${server.url}/feed.csv?key=1`, allow_private: true } };
    try {
      expect(figures(await pull(given))).toEqual({ new: 2 });
      for (let i = 0; i < 2; i++) {
        const again = await pull(given);
        expect([again.notModified, figures(again)]).toEqual([true, {}]);
      }
      rmSync(join(scratch.folder, 'fingerprints', 'shop.bin'));
      expect(figures(await pull(given))).toEqual({ unchanged: 2 });
      await askForBackfill(database, ['shop', 'other']);
      expect(await awaitingBackfill(database, ['shop', 'other'])).toEqual(['shop']);
      expect(figures(await pull(given))).toEqual({ unchanged: 2 });
      expect(await awaitingBackfill(database, ['shop'])).toEqual([]);
      expect((await pull(given)).notModified).toBe(true);
    } finally {
      await server.close();
    }
  });

  it('from the beginning is still asked for when it was asked for during a pull, or the pull did not get to the end', async () => {
    let during = async () => {};
    const server = await serve(async (request, response) => {
      await during();
      if (request.url !== '/feed.csv') response.writeHead(404).end();
      else response.writeHead(200, { etag: '"a"' }).end('id,title,at\n1,a,\n');
    });
    const given = { connector: { type: 'csv', path: `${server.url}/feed.csv`, allow_private: true } };
    const waiting = () => awaitingBackfill(database, ['shop']);
    try {
      await pull(given);
      await askForBackfill(database, ['shop']);
      during = () => askForBackfill(database, ['shop']);
      await pull(given);
      expect(await waiting()).toEqual(['shop']);
      during = async () => {};
      await pull({ connector: { ...given.connector, path: `${server.url}/gone.csv` } });
      expect(await waiting()).toEqual(['shop']);
      await pull(given);
      expect(await waiting()).toEqual([]);
    } finally {
      await server.close();
    }
  });
});

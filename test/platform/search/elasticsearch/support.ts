import type { AddressInfo } from 'node:net';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { Client } from '@elastic/elasticsearch';
import { type ElasticsearchOptions, openElasticsearch } from '../../../../src/platform/search/elasticsearch/index.js';
import type { SearchDocument, SearchQuery } from '../../../../src/platform/search/index.js';
import { freshNamespace, servers } from '../../../support/servers.js';

/** A namespace of its own on the real server. */
export interface Place {
  url: string;
  namespace: string;
  client: Client;
  /** Warnings that adapters opened here logged. */
  told: string[];
  open(options?: Partial<ElasticsearchOptions>): ReturnType<typeof openElasticsearch>;
  /** Names of the namespace's indices. */
  indices(): Promise<string[]>;
  /** Closes what was opened and removes what was made. */
  clear(): Promise<void>;
}

export function place(): Place {
  const url = servers().elasticsearch;
  const namespace = freshNamespace();
  const client = new Client({ node: url });
  const told: string[] = [];
  const opened: { close(): Promise<void> }[] = [];
  const indices = async () => Object.keys(await client.indices.get({ index: `${namespace}-*` })).sort();
  return {
    url,
    namespace,
    client,
    told,
    indices,
    open: async (options = {}) => {
      const logger = { warn: (_details: object, message: string) => void told.push(message) };
      const search = await openElasticsearch({ url, namespace, logger, searchTimeoutMs: 20_000, ...options });
      opened.push(search);
      return search;
    },
    clear: async () => {
      for (const search of opened) await search.close();
      const names = await indices();
      if (names.length > 0) await client.indices.delete({ index: names });
      await client.indices.deleteIndexTemplate({ name: `${namespace}-products` }, { ignore: [404] });
      await client.close();
    },
  };
}

export const QUERY: SearchQuery = { text: '', filters: {}, facets: [], sort: 'relevance', limit: 100 };

export function documentOf(goldenId: string, version: number, title: string): SearchDocument {
  return {
    goldenId,
    version,
    title,
    codes: [],
    sources: ['alpha'],
    attributes: {},
    updatedAt: '2024-01-01T00:00:00.000Z',
  };
}

/** A road to a server that can be cut: `refuse` closes it, `hang` lets nothing pass any more, `mend` opens it again. */
export interface Road {
  url: string;
  refuse(): Promise<void>;
  hang(): void;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function roadTo(url: string): Promise<Road> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let hanging = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server: Server = createServer((incoming) => {
    keep(incoming);
    if (hanging) return;
    const outgoing = createConnection(Number(port), hostname);
    keep(outgoing);
    incoming.pipe(outgoing).pipe(incoming);
    incoming.on('close', () => outgoing.destroy());
    outgoing.on('close', () => incoming.destroy());
  });
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  await listen(0);
  const own = (server.address() as AddressInfo).port;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const refuse = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      cut();
    });
  return {
    url: `http://127.0.0.1:${own}`,
    refuse,
    hang: () => {
      hanging = true;
      cut();
    },
    mend: async () => {
      hanging = false;
      cut();
      if (!server.listening) await listen(own);
    },
    close: () => (server.listening ? refuse() : Promise.resolve()),
  };
}

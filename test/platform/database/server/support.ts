import { connect, createServer, type Server, type Socket } from 'node:net';
import pg from 'pg';
import { freshNamespace, servers } from '../../../support/servers.js';

/** One statement as the superuser, in the database that others are made from unless `url` names another. */
export async function asSuperuser<R extends object>(text: string, url = servers().postgres): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
}

/** The address with another name, password or database. */
export function changed(
  url: string,
  parts: { user?: string; password?: string; database?: string; port?: number },
): string {
  const address = new URL(url);
  if (parts.user !== undefined) address.username = parts.user;
  if (parts.password !== undefined) address.password = parts.password;
  if (parts.database !== undefined) address.pathname = `/${parts.database}`;
  if (parts.port !== undefined) address.port = String(parts.port);
  return address.href;
}

/** A role without any right that was not given to everybody. `drop` also takes away what it has in the database of `url`. */
export async function freshRole(options = 'login'): Promise<{ role: string; drop: (url?: string) => Promise<void> }> {
  const role = freshNamespace();
  await asSuperuser(`create role ${role} ${options}`);
  return {
    role,
    drop: async (url) => {
      if (url !== undefined) await asSuperuser(`drop owned by ${role}`, url);
      await asSuperuser(`drop owned by ${role}; drop role ${role}`);
    },
  };
}

/** A line to the server that can be cut. */
export interface Line {
  url: string;
  /** Cuts every connection when the client sends a statement that matches; the server still gets it if `deliver`. */
  cutAt(pattern: RegExp, deliver: boolean): void;
  /** Cuts every connection now. */
  cut(): void;
  /** While it is down, connections are refused. */
  down(): Promise<void>;
  up(): Promise<void>;
  connections(): number;
  close(): Promise<void>;
}

export async function lineTo(url: string): Promise<Line> {
  const to = new URL(url);
  const pairs = new Set<{ inner: Socket; outer: Socket }>();
  let trigger: { pattern: RegExp; deliver: boolean } | undefined;
  const cut = (): void => {
    for (const { inner, outer } of pairs) {
      inner.destroy();
      outer.destroy();
    }
  };
  const listener = (inner: Socket): void => {
    const outer = connect(Number(to.port), to.hostname);
    const pair = { inner, outer };
    pairs.add(pair);
    inner.on('data', (bytes) => {
      if (trigger?.pattern.test(bytes.toString('latin1')) !== true) {
        outer.write(bytes);
        return;
      }
      const { deliver } = trigger;
      trigger = undefined;
      if (!deliver) cut();
      // The answer proves that the server has done it; it goes no further.
      else outer.removeAllListeners('data').once('data', cut).write(bytes);
    });
    outer.on('data', (bytes) => inner.write(bytes));
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      one.on('error', () => {});
      one.on('close', () => {
        other.destroy();
        pairs.delete(pair);
      });
    }
  };
  let server: Server = createServer(listener);
  const listen = (port: number): Promise<number> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      cut();
    });
  const port = await listen(0);
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(port);
  return {
    url: through.href,
    cutAt: (pattern, deliver) => {
      trigger = { pattern, deliver };
    },
    cut,
    down: stop,
    up: async () => {
      server = createServer(listener);
      await listen(port);
    },
    connections: () => pairs.size,
    close: stop,
  };
}

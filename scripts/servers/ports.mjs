import { createServer } from 'node:net';
import { contents } from './process.mjs';

/** A range that programs rarely have fixed ports in; its end is lowered to where the system's own choices begin. */
const FIRST = 20_000;
const LAST = 32_000;

/**
 * A port of 127.0.0.1 that nobody has.
 *
 * Not one that the system chooses (port 0): those are also given to outgoing connections, so while a server is down for a fault
 * test, a client that tries to reach it may get its port – and even connect to itself.
 * @param {ReadonlySet<number>} [except]
 */
export async function freePort(except = new Set()) {
  const end = Math.min(LAST, Number(contents('/proc/sys/net/ipv4/ip_local_port_range')?.split(/\s+/)[0] ?? LAST));
  const [from, to] = end - FIRST > 1000 ? [FIRST, end] : [1024 * 10, 1024 * 60];
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = from + Math.floor(Math.random() * (to - from));
    if (!except.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`no free port of 127.0.0.1 between ${from} and ${to}`);
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssayError, messageOf } from '../../errors.js';
import type { EmbeddedDatabase } from '../database/index.js';
import type { WireRequest } from '../database/wire.js';
import type { Log } from '../log/index.js';
import type { LogMessage, TopicSpec } from '../log/port.js';
import type { CallFrame, CallName, Calls, ReplyFrame } from './calls.js';
import { onFrame, sendFrame } from './frames.js';

/** Longest path a local socket may have on every system (104 bytes on some, with the closing zero). */
const MAX_PATH = 100;

/** Where the owner of a data directory lets others in: in the directory, or in a private temporary one when its path is too long. */
export function socketPath(folder: string): string {
  const inside = join(folder, 'assay.sock');
  return Buffer.byteLength(inside) <= MAX_PATH ? inside : join(mkdtempSync(join(tmpdir(), 'assay-')), 'assay.sock');
}

export interface ShareServer {
  close(): Promise<void>;
}

/** Answers other processes of this user. A client that goes away leaves no transaction behind. */
export async function shareOn(path: string, database: EmbeddedDatabase | undefined, log: Log): Promise<ShareServer> {
  const sockets = new Set<Socket>();
  let clients = 0;
  const server = createServer((socket) => {
    const client = ++clients;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      database?.relay(client, { op: 'drop' }).catch(() => {});
    });
    const handlers = handlersOf(client, database, log);
    onFrame(socket, (frame) => {
      const { id, name, parameters } = frame as CallFrame;
      answer(handlers, name, parameters).then(
        (reply) => sendFrame(socket, { id, ...reply }),
        (error: unknown) =>
          sendFrame(socket, { id, error: { code: 'INTERNAL', message: messageOf(error), details: {} } }),
      );
    });
  });
  rmSync(path, { force: true });
  await listen(server, path);
  server.unref();
  return {
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Nobody but the user may connect, from the first moment: the mask is set while the socket's file is made. */
function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const mask = process.umask(0o177);
    try {
      server.listen(path, () => {
        server.off('error', reject);
        resolve();
      });
    } finally {
      process.umask(mask);
    }
  });
}

type Handlers = { [name in CallName]: (...parameters: Calls[name]['parameters']) => Promise<Calls[name]['answer']> };

function handlersOf(client: number, database: EmbeddedDatabase | undefined, log: Log): Handlers {
  return {
    database: async (request: WireRequest) => {
      if (database === undefined) throw new AssayError('BAD_REQUEST', 'the database is a server: ask it directly');
      return database.relay(client, request);
    },
    createTopics: async (topics: readonly TopicSpec[]) => void (await log.createTopics(topics)),
    append: async (topic: string, messages: readonly LogMessage[]) => void (await log.append(topic, messages)),
    positions: (topic, group) => log.positions(topic, group),
    compact: (topic) => log.compact(topic),
    erase: (topic, keys) => log.erase(topic, keys),
  };
}

async function answer(handlers: Handlers, name: CallName, parameters: unknown[]): Promise<Omit<ReplyFrame, 'id'>> {
  try {
    const handler = handlers[name] as ((...parameters: unknown[]) => Promise<unknown>) | undefined;
    if (handler === undefined) throw new AssayError('BAD_REQUEST', `there is no call "${String(name)}"`);
    return { answer: await handler(...parameters) };
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return { error: { code: error.code, message: error.message, details: { ...error.details } } };
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Fault, type Listed, openConnector, type PullContext, type PullItem } from '../../src/ingest/index.js';
import { type FileLog, openFileLog } from '../../src/platform/log/index.js';

/** A folder that is removed by the function returned with it. */
export function scratchFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'assay-ingest-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Reading {
  items: PullItem[];
  data: Record<string, unknown>[];
  faults: Fault['fault'][];
  remembered: Record<string, string>;
  notModified: boolean;
  changesOnly: boolean;
}

/** Everything a connector reads. */
export async function read(
  connector: { type: string; [option: string]: unknown },
  root: string,
  given: Partial<PullContext> = {},
): Promise<Reading> {
  const reading: Reading = { items: [], data: [], faults: [], remembered: {}, notModified: false, changesOnly: false };
  const context: PullContext = {
    source: 'test',
    roots: [root],
    env: {},
    signal: new AbortController().signal,
    maxRecordBytes: 1 << 20,
    watermark: undefined,
    remembered: {},
    remember: (name, value) => {
      reading.remembered[name] = value;
    },
    notModified: () => {
      reading.notModified = true;
    },
    changesOnly: () => {
      reading.changesOnly = true;
    },
    notice: () => {},
    ...given,
  };
  for await (const items of openConnector(connector, context)) reading.items.push(...items);
  for (const item of reading.items)
    if ('fault' in item) reading.faults.push(item.fault);
    else reading.data.push((item as Listed).data as Record<string, unknown>);
  return reading;
}

export interface TestServer {
  url: string;
  requests: { url: string; headers: IncomingMessage['headers'] }[];
  close(): Promise<void>;
}

/** A real HTTP server on the loopback address that keeps what it was asked. */
export async function serve(
  handler: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<TestServer> {
  const requests: TestServer['requests'] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', headers: request.headers });
    handler(request, response, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export function sendJson(response: ServerResponse, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export async function openTestLog(folder: string): Promise<FileLog> {
  const log = await openFileLog(join(folder, 'log'), { segmentBytes: 1 << 24, fsync: 'off' });
  await log.createTopics([
    { name: 'raw', partitions: 3, compact: true },
    { name: 'dead-letter', partitions: 2, compact: false },
  ]);
  return log;
}

export interface Message {
  key: string;
  value: string | null;
  headers: Record<string, string>;
}

/** Every message of a topic; the order of one key's messages is the log's. */
export async function messagesOf(log: FileLog, topic: string): Promise<Message[]> {
  const messages: Message[] = [];
  await log.consume({ topic, from: async () => 0, maxMessages: 1000, untilEnd: true }, async (batch) => {
    for (const { key, value, headers } of batch.messages) messages.push({ key, value, headers });
  });
  return messages;
}

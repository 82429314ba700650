import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../errors.js';
import { Engine, startPostgres } from './engine.js';
import { readTemplate, writeTemplate } from './template.js';
import type { WorkerReply, WorkerRequest } from './wire.js';

/** The thread of an embedded database: Postgres blocks it while a statement runs, and nothing else. */
const port = parentPort;
if (port === null) throw new Error('this module runs as a worker thread');
const { folder } = workerData as { folder: string };
const reply = (message: WorkerReply): void => {
  const { bytes } = message;
  port.postMessage(message, bytes === undefined ? [] : [bytes.buffer as ArrayBuffer]);
};

try {
  const files = folder === ':memory:' ? undefined : folder;
  if (files !== undefined) mkdirSync(files, { recursive: true });
  const fresh = files === undefined || !existsSync(join(files, 'PG_VERSION'));
  const template = fresh ? readTemplate() : undefined;
  const postgres = await startPostgres(files, template);
  if (fresh && template === undefined) {
    const dump = await postgres.dumpDataDir('none');
    writeTemplate(new Uint8Array(await dump.arrayBuffer()));
  }
  const engine = new Engine(postgres);
  port.on('message', async ({ id, client, request }: WorkerRequest) => {
    if (request.op !== 'close') {
      reply({ id, ...(await engine.handle(client, request)) });
      return;
    }
    await engine.close();
    reply({ id });
    port.close();
  });
  reply({ id: 0 });
} catch (error) {
  reply({ id: 0, failure: { message: messageOf(error) } });
}

import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { PGlite } from '@electric-sql/pglite';
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

async function startFresh(files: string | undefined): Promise<PGlite> {
  const template = readTemplate();
  const postgres = await startPostgres(files, template);
  if (template === undefined) {
    const dump = await postgres.dumpDataDir('none');
    writeTemplate(new Uint8Array(await dump.arrayBuffer()));
  }
  return postgres;
}

/**
 * Makes the files of an empty database under another name and gives them theirs when they are whole: a process that is
 * killed meanwhile leaves a draft, which the next one throws away, and never half a database.
 */
async function makeFiles(files: string): Promise<void> {
  const draft = `${files}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const postgres = await startFresh(draft);
  await postgres.close();
  renameSync(draft, files);
}

try {
  const files = folder === ':memory:' ? undefined : folder;
  if (files !== undefined && !existsSync(join(files, 'PG_VERSION'))) await makeFiles(files);
  const postgres = files === undefined ? await startFresh(undefined) : await startPostgres(files, undefined);
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

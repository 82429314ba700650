import { createGunzip } from 'node:zlib';
import { AssayError, messageOf } from '../../errors.js';

/** Compressed bytes given to the decompressor at once: they become 16 MiB at most. */
const SLICE = 16_384;

/**
 * Decompresses a stream that starts with the gzip magic bytes and passes any other on as it is. Everything that can be
 * decompressed is handed over before a cut or damaged stream raises SOURCE_MALFORMED.
 */
export async function* gunzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = chunks[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  for (;;) {
    const next = await source.next();
    if (next.done) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
    if (head.length >= 2) break;
  }
  const rest = resumed(head, source);
  if (head[0] === 0x1f && head[1] === 0x8b) yield* inflated(rest);
  else yield* rest;
}

async function* resumed(head: Buffer, source: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (;;) {
      const next = await source.next();
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await source.return?.();
  }
}

async function* inflated(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const inflate = createGunzip({ chunkSize: 131_072 });
  let ready: Buffer[] = [];
  let failure: unknown;
  let settle = () => {};
  inflate.on('data', (chunk: Buffer) => ready.push(chunk));
  inflate.on('error', (error) => {
    failure = error;
    settle();
  });
  const take = () => {
    const taken = ready;
    ready = [];
    return taken;
  };
  const done = (start: (resolve: () => void) => void) =>
    new Promise<void>((resolve) => {
      settle = resolve;
      if (failure === undefined) start(resolve);
      else resolve();
    });
  try {
    for await (const chunk of chunks)
      for (let from = 0; from < chunk.length && failure === undefined; from += SLICE) {
        await done((resolve) => inflate.write(chunk.subarray(from, from + SLICE), () => resolve()));
        yield* take();
      }
    await done((resolve) => inflate.once('end', resolve).end());
    yield* take();
  } finally {
    inflate.destroy();
  }
  if (failure !== undefined)
    throw new AssayError('SOURCE_MALFORMED', `the gzip stream is cut or damaged (${messageOf(failure)})`);
}

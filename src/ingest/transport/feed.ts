import { type Static, Type } from '@sinclair/typebox';
import { AssayError, messageOf } from '../../errors.js';
import { hashHex } from '../../hash.js';
import type { PullContext } from '../connector.js';
import { listFiles, readFileChunks } from './files.js';
import { gunzipped } from './gunzip.js';
import { type HttpAnswer, HttpClient, shown } from './http.js';
import { httpOptions } from './http-options.js';
import { S3 } from './s3.js';
import { s3Schema } from './s3-options.js';

/** Options of every connector that reads files, wherever they are. */
export const feedOptions = {
  path: Type.Unsafe<string | string[]>(
    Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })], {
      description:
        'File, glob, http(s):// address or s3://bucket/key (a glob or a folder ending in `/` too), or a list of them. Relative files start at the first folder of `ingest.roots`. Gzip is recognised by content.',
    }),
  ),
  encoding: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'Encoding, for example windows-1255. A byte order mark wins; UTF-8 when absent.',
    }),
  ),
  max_bytes: Type.Integer({
    default: 68_719_476_736,
    minimum: 1,
    description: 'A file with more bytes than this, after decompression, is cut there and reported.',
  }),
  s3: Type.Optional(s3Schema),
  ...httpOptions,
};

const schema = Type.Object(feedOptions);
export type FeedOptions = Static<typeof schema>;

/** One file of a source: its bytes, decompressed. Reading them may fail in the middle with an AssayError. */
export interface Feed {
  name: string;
  chunks: AsyncIterable<Buffer>;
}

/**
 * The files of a source in order. A file that cannot be opened is handed over all the same; its chunks throw why, so that
 * the others are still read. When the only file of a source answers "not modified", there is none.
 */
export async function* openFeeds(options: FeedOptions, context: PullContext): AsyncGenerator<Feed> {
  const http = new HttpClient(options, context.signal);
  const paths = typeof options.path === 'string' ? [options.path] : options.path;
  const open: Opener = { options, context, http, s3: undefined, only: paths.length === 1 };
  try {
    for (const path of paths) {
      let names: string[];
      try {
        names = await listed(path, open);
      } catch (error) {
        yield { name: display(path), chunks: failing(error) };
        continue;
      }
      open.only &&= names.length === 1;
      for (const name of names) {
        const chunks = await opened(name, open);
        if (chunks)
          yield { name: display(name), chunks: limited(gunzipped(chunks), options.max_bytes, context.signal) };
      }
    }
  } finally {
    await http.close();
  }
}

interface Opener {
  options: FeedOptions;
  context: PullContext;
  http: HttpClient;
  s3: S3 | undefined;
  /** Whether the source is one file; only then may "not modified" stand for the whole. */
  only: boolean;
}

const isS3 = (path: string): boolean => path.startsWith('s3://');
const isHttp = (path: string): boolean => /^https?:\/\//i.test(path);

async function listed(path: string, open: Opener): Promise<string[]> {
  if (isHttp(path)) return [path];
  if (!isS3(path)) return listFiles(path, open.context.roots);
  open.s3 ??= new S3(open.http, open.options.s3 ?? {}, open.context.env);
  return open.s3.list(path);
}

/** Undefined when the file did not change. */
async function opened(path: string, open: Opener): Promise<AsyncIterable<Buffer> | undefined> {
  if (!isHttp(path) && !isS3(path)) return readFileChunks(path, open.context.roots);
  const { context } = open;
  const name = display(path);
  const conditions = `${name} ${hashHex(path)}`;
  const headers = open.only ? conditional(context, conditions) : {};
  let answer: HttpAnswer;
  try {
    answer = isS3(path)
      ? await open.s3!.open(path, headers)
      : await open.http.get({ url: new URL(path), headers }, async (reply) => reply);
  } catch (error) {
    return failing(error);
  }
  if (answer.status === 304) {
    await answer.body.resume();
    keepConditions(context, conditions);
    context.notModified();
    return undefined;
  }
  if (open.only) rememberConditions(context, conditions, answer);
  return wire(answer, name, context.signal);
}

/** Request headers that ask for the file only if it changed since the last successful pull. */
export function conditional(context: PullContext, name: string): Record<string, string> {
  const etag = context.remembered[`etag ${name}`];
  const modified = context.remembered[`modified ${name}`];
  return {
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(modified === undefined ? {} : { 'if-modified-since': modified }),
  };
}

export function rememberConditions(context: PullContext, name: string, answer: HttpAnswer): void {
  const { etag, 'last-modified': modified } = answer.headers;
  if (etag !== undefined) context.remember(`etag ${name}`, etag);
  if (modified !== undefined) context.remember(`modified ${name}`, modified);
}

export function keepConditions(context: PullContext, name: string): void {
  for (const what of ['etag', 'modified']) {
    const value = context.remembered[`${what} ${name}`];
    if (value !== undefined) context.remember(`${what} ${name}`, value);
  }
}

async function* wire(answer: HttpAnswer, name: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of answer.body) yield chunk as Buffer;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new AssayError('SOURCE_UNREACHABLE', `the connection to ${name} was lost (${messageOf(error)})`);
  } finally {
    answer.body.destroy();
  }
}

async function* limited(chunks: AsyncIterable<Buffer>, max: number, signal: AbortSignal): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    bytes += chunk.length;
    if (bytes > max) throw new AssayError('SOURCE_MALFORMED', `the feed has more than max_bytes (${max}) bytes`);
    yield chunk;
  }
}

// biome-ignore lint/correctness/useYield: a feed whose first read fails
async function* failing(error: unknown): AsyncGenerator<Buffer> {
  throw error;
}

function display(path: string): string {
  return isHttp(path) && URL.canParse(path) ? shown(new URL(path)) : path;
}

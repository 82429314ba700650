import { AwsV4Signer } from 'aws4fetch';
import { SaxesParser } from 'saxes';
import { AssayError } from '../../errors.js';
import { compareText } from '../../records.js';
import { globToRegExp, isGlob } from './glob.js';
import type { HttpAnswer, HttpClient } from './http.js';
import type { S3Options } from './s3-options.js';

/** Listing pages read for one path: a million objects. */
const MAX_LISTING_PAGES = 1000;

/** Objects of an S3 bucket, signed with AWS Signature Version 4 and addressed by path. */
export class S3 {
  readonly #http: HttpClient;
  readonly #endpoint: string;
  readonly #keys: { accessKeyId: string; secretAccessKey: string; sessionToken?: string; region: string };

  /** @throws AssayError CONFIG_INVALID without credentials. */
  constructor(http: HttpClient, options: S3Options, env: Readonly<Record<string, string | undefined>>) {
    const region = options.region ?? env.AWS_REGION ?? 'us-east-1';
    const accessKeyId = options.access_key_id ?? env.AWS_ACCESS_KEY_ID;
    const secretAccessKey = options.secret_access_key ?? env.AWS_SECRET_ACCESS_KEY;
    const sessionToken = options.session_token ?? env.AWS_SESSION_TOKEN;
    if (!accessKeyId || !secretAccessKey)
      throw new AssayError(
        'CONFIG_INVALID',
        's3:// paths need s3.access_key_id and s3.secret_access_key, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment',
      );
    this.#http = http;
    this.#endpoint = (options.endpoint ?? `https://s3.${region}.amazonaws.com`).replace(/\/+$/, '');
    this.#keys = { accessKeyId, secretAccessKey, region, ...(sessionToken ? { sessionToken } : {}) };
  }

  /** The objects of `s3://bucket/key`, where the key may be a glob or end in `/` for everything below it; sorted. */
  async list(path: string): Promise<string[]> {
    const { bucket, key } = parse(path);
    const folder = key === '' || key.endsWith('/');
    if (!folder && !isGlob(key)) return [path];
    const pattern = folder ? undefined : globToRegExp(key);
    const found: string[] = [];
    let token: string | undefined;
    for (let page = 0; page < MAX_LISTING_PAGES; page++) {
      const url = new URL(`${this.#endpoint}/${bucket}`);
      url.searchParams.set('list-type', '2');
      url.searchParams.set('prefix', folder ? key : key.slice(0, key.search(/[*?{[]/)));
      if (token !== undefined) url.searchParams.set('continuation-token', token);
      const listing = parseListing(await this.#get(url, async ({ body }) => text(body)));
      for (const name of listing.keys)
        if (pattern ? pattern.test(name) : !name.endsWith('/')) found.push(`s3://${bucket}/${name}`);
      if (listing.next === undefined || listing.next === token) {
        if (found.length === 0) throw new AssayError('SOURCE_UNREACHABLE', `no object matches ${path}`);
        return found.sort(compareText);
      }
      token = listing.next;
    }
    throw new AssayError('SOURCE_MALFORMED', `the listing of ${path} does not end after ${MAX_LISTING_PAGES} pages`);
  }

  async open(path: string, headers: Readonly<Record<string, string>>): Promise<HttpAnswer> {
    const { bucket, key } = parse(path);
    const steps = key.split('/').map(encodeURIComponent).join('/');
    return this.#get(new URL(`${this.#endpoint}/${bucket}/${steps}`), async (answer) => answer, headers);
  }

  async #get<T>(
    url: URL,
    consume: (answer: HttpAnswer) => Promise<T>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const signed = await new AwsV4Signer({ url: url.href, method: 'GET', service: 's3', ...this.#keys }).sign();
    return this.#http.get({ url: signed.url, headers: { ...Object.fromEntries(signed.headers), ...headers } }, consume);
  }
}

function parse(path: string): { bucket: string; key: string } {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(path) ?? [];
  if (!bucket) throw new AssayError('CONFIG_INVALID', `"${path}" is not a path like s3://bucket/folder/file.csv`);
  return { bucket, key: key ?? '' };
}

async function text(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Keys and continuation token of a ListObjectsV2 answer. */
function parseListing(xml: string): { keys: string[]; next: string | undefined } {
  const keys: string[] = [];
  let next: string | undefined;
  let open = '';
  let value = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw new AssayError('SOURCE_MALFORMED', `the S3 listing cannot be read: ${error.message}`);
  });
  parser.on('opentag', ({ name }) => {
    open = name;
    value = '';
  });
  parser.on('text', (part) => {
    value += part;
  });
  parser.on('closetag', ({ name }) => {
    if (name === open && name === 'Key') keys.push(value);
    if (name === open && name === 'NextContinuationToken' && value !== '') next = value;
    open = '';
  });
  parser.write(xml).close();
  return { keys, next };
}

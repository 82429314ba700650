import { AssayError, messageOf } from '../../../errors.js';
import { hashHex } from '../../../hash.js';
import { type PullContext, type PullItem, recordFault } from '../../connector.js';
import { isTooDeep, MAX_DEPTH, parseJson } from '../../formats/json-value.js';
import { looksLikeHtml } from '../../formats/names.js';
import { decode } from '../../formats/text.js';
import { compilePath } from '../../path.js';
import {
  conditional,
  gunzipped,
  type HttpAnswer,
  type HttpClient,
  keepConditions,
  rememberConditions,
} from '../../transport/index.js';
import type { RestOptions } from '../rest-api.js';

export interface ReadPage {
  body: unknown;
  headers: Readonly<Record<string, string>>;
  items: PullItem[];
  /** Of its items; undefined for an empty page. */
  fingerprint: string | undefined;
  rememberConditions(): void;
}

/**
 * Reads one page. Losing the connection in the middle of it is retried.
 *
 * @throws AssayError SOURCE_MALFORMED when it is not JSON, SOURCE_UNREACHABLE, SOURCE_REFUSED
 */
export async function readPage(
  http: HttpClient,
  url: URL,
  name: string,
  options: RestOptions,
  context: PullContext,
  first: boolean,
): Promise<ReadPage | 'unchanged'> {
  const conditions = `${name} ${hashHex(url.href)}`;
  const headers = {
    accept: 'application/json',
    ...(first && options.conditional ? conditional(context, conditions) : {}),
  };
  const answer = await http.get({ url, headers }, async (reply) => ({
    reply,
    text: reply.status === 304 ? '' : await bodyText(reply, options.max_page_bytes),
  }));
  if (answer.reply.status === 304) {
    await answer.reply.body.resume();
    keepConditions(context, conditions);
    context.notModified();
    return 'unchanged';
  }
  const body = parsed(answer.text, answer.reply, name);
  const list = itemsOf(body, options.items, name);
  return {
    body,
    headers: answer.reply.headers,
    items: list.map((data, i) => item(data, `${name}#${i}`)),
    fingerprint: list.length === 0 ? undefined : hashHex(textOf(list) || answer.text),
    rememberConditions: () => rememberConditions(context, conditions, answer.reply),
  };
}

async function bodyText(answer: HttpAnswer, max: number): Promise<string> {
  const parts: string[] = [];
  let size = 0;
  for await (const chunk of decode(gunzipped(answer.body), undefined)) {
    size += chunk.text.length;
    if (size > max) {
      answer.body.destroy();
      throw new AssayError('SOURCE_MALFORMED', `the page has more than max_page_bytes (${max}) bytes`);
    }
    parts.push(chunk.text);
  }
  return parts.join('');
}

function parsed(text: string, { headers }: HttpAnswer, name: string): unknown {
  if (looksLikeHtml(text) || (/\bhtml\b/i.test(headers['content-type'] ?? '') && text.trimStart().startsWith('<'))) {
    const title = /<title[^>]*>([^<]{1,200})/i.exec(text)?.[1]?.trim();
    throw new AssayError(
      'SOURCE_MALFORMED',
      `${name} is an HTML page instead of JSON${title ? ` ("${title}")` : ''}: often a login or error page`,
    );
  }
  try {
    return parseJson(text);
  } catch (error) {
    throw new AssayError('SOURCE_MALFORMED', `${name} is not JSON: ${messageOf(error)}`);
  }
}

function itemsOf(body: unknown, path: string | undefined, name: string): unknown[] {
  if (path !== undefined) {
    const found = compilePath(path)(body);
    if (Array.isArray(found)) return found;
    throw new AssayError('SOURCE_MALFORMED', `${name} has no array at "${path}"${keysOf(body)}`);
  }
  if (Array.isArray(body)) return body;
  const arrays = Object.values(body ?? {}).filter((value) => Array.isArray(value));
  if (arrays.length === 1) return arrays[0] as unknown[];
  throw new AssayError('SOURCE_MALFORMED', `${name} has ${arrays.length} arrays; name one with "items"${keysOf(body)}`);
}

function keysOf(body: unknown): string {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return '';
  return ` (it has ${Object.keys(body).slice(0, 20).join(', ') || 'no keys'})`;
}

function item(data: unknown, origin: string): PullItem {
  if (!isTooDeep(data)) return { data, origin };
  return recordFault(`the record is nested deeper than ${MAX_DEPTH} levels`, textOf(data), origin);
}

function textOf(data: unknown): string {
  try {
    return JSON.stringify(data);
  } catch {
    // Tens of thousands of levels: writing it out recurses too far.
    return '';
  }
}

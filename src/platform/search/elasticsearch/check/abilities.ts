import { type Client, errors } from '@elastic/elasticsearch';
import type { ServerFinding } from '../../../finding.js';
import type { RequestOptions } from '../connection.js';
import { reasonOf } from '../failure.js';
import { LANGUAGES } from '../languages.js';
import type { Names } from '../names.js';
import { ok, warning, wrong } from './finding.js';

type Options = Pick<RequestOptions, 'requestTimeout'>;

/** Whether the server has the analysers that the index is made of: a distribution can leave modules out. */
export async function checkAnalysers(client: Client, options: Options): Promise<ServerFinding> {
  try {
    await client.indices.analyze(
      {
        tokenizer: 'whitespace',
        filter: [
          { type: 'word_delimiter_graph', catenate_all: true },
          'flatten_graph',
          { type: 'edge_ngram', min_gram: 1, max_gram: 3 },
          'unique',
          ...Object.values(LANGUAGES).map((language) => ({ type: 'stemmer' as const, language })),
        ],
        text: 'wh-1000',
      },
      options,
    );
    return ok('modules', 'the analysers are there');
  } catch (error) {
    if (isRefusal(error)) return notAllowed('analyse texts', error, 'the cluster privilege monitor');
    return wrong(
      'modules',
      `an analyser is missing: ${reasonOf(error)}`,
      'Use the official distribution, with analysis-common.',
    );
  }
}

/** Whether the login may do what the adapter does. Servers without logins allow everything. */
export async function checkPrivileges(client: Client, options: Options, names: Names): Promise<ServerFinding> {
  const index = ['read', 'write', 'create_index', 'delete_index', 'manage', 'view_index_metadata'];
  try {
    const { has_all_requested: all, ...had } = await client.security.hasPrivileges(
      {
        cluster: ['monitor', 'manage_index_templates'],
        index: [{ names: [`${names.current}*`], privileges: index }],
      },
      options,
    );
    if (all) return ok('permission', 'everything that is needed is allowed');
    const missing = [had.cluster, ...Object.values(had.index)].flatMap((privileges) =>
      Object.entries(privileges).flatMap(([name, has]) => (has ? [] : [name])),
    );
    return wrong(
      'permission',
      `the user lacks ${missing.join(', ')}`,
      `Give it a role with these privileges, for indices ${names.current}*.`,
    );
  } catch (error) {
    if (isRefusal(error)) return notAllowed('ask for its privileges', error, 'a role');
    return ok('permission', 'the server asks for no login');
  }
}

const SKEW_MS = 5000;

/** Compares clocks. They decide nothing but how long removals are remembered. */
export async function checkClock(client: Client, options: Options, now: () => number): Promise<ServerFinding> {
  const before = now();
  const { nodes } = await client.nodes.stats({ metric: 'os' }, options);
  const after = now();
  const times = Object.values(nodes).flatMap(({ timestamp }) => (timestamp === undefined ? [] : [timestamp]));
  const offs = times.map((time) => (time < before ? time - before : time > after ? time - after : 0));
  const worst = offs.sort((a, b) => Math.abs(b) - Math.abs(a))[0] ?? 0;
  if (Math.abs(worst) <= SKEW_MS) return ok('clock', 'the clocks agree');
  return warning(
    'clock',
    `a server's clock is ${(Math.abs(worst) / 1000).toFixed(0)} s ${worst < 0 ? 'behind' : 'ahead of'} this machine's`,
    'Let both follow a time server (NTP).',
  );
}

export function isRefusal(error: unknown): boolean {
  return error instanceof errors.ResponseError && (error.statusCode === 401 || error.statusCode === 403);
}

export function notAllowed(what: string, error: unknown, privilege: string): ServerFinding {
  return wrong('permission', `the user may not ${what}: ${reasonOf(error)}`, `Give it ${privilege}.`);
}

import type { Client } from '@elastic/elasticsearch';
import type { ServerFinding } from '../../../finding.js';
import { type Synonyms, tokenise } from '../../text/index.js';
import { elasticsearchClient } from '../connection.js';
import { reasonOf } from '../failure.js';
import { namesOf } from '../names.js';
import { checkAnalysers, checkClock, checkPrivileges, isRefusal, notAllowed } from './abilities.js';
import { checkAddress, shownAddress } from './address.js';
import { checkBlocks, checkDisks, checkHealth } from './condition.js';
import { ok, warning, wrong } from './finding.js';
import { checkIndices } from './index-state.js';

export interface ElasticsearchCheckOptions {
  url: string;
  namespace: string;
  synonyms?: Synonyms;
  timeoutMs?: number;
  /** This machine's clock, in milliseconds since 1970. */
  now?: () => number;
}

/** Looks whether a server can search, and says of everything that is amiss what to do. Never throws, and changes nothing. */
export async function checkElasticsearch(options: ElasticsearchCheckOptions): Promise<ServerFinding[]> {
  const { url, synonyms, timeoutMs = 5000 } = options;
  let client: Client;
  try {
    client = elasticsearchClient(url);
  } catch {
    return [wrong('address', 'it is no address', 'Write ELASTICSEARCH_URL as http://host:9200.')];
  }
  try {
    const reached = await checkAddress(client, shownAddress(url), timeoutMs);
    if (reached.some(({ state }) => state === 'wrong')) return reached;
    return [...reached, ...(await look(client, options, timeoutMs)), ...synonymFindings(synonyms)];
  } finally {
    await client.close();
  }
}

async function look(
  client: Client,
  { namespace, now = Date.now }: ElasticsearchCheckOptions,
  timeoutMs: number,
): Promise<ServerFinding[]> {
  const names = namesOf(namespace);
  const options = { requestTimeout: timeoutMs };
  const findings = [await checkPrivileges(client, options, names), await checkAnalysers(client, options)];
  const one = (check: string, look: () => Promise<ServerFinding>) => async () => {
    try {
      findings.push(await look());
    } catch (error) {
      findings.push(unanswered(check, error));
    }
  };
  let any = false;
  try {
    const { states, findings: found } = await checkIndices(client, options, names);
    any = states.length > 0;
    findings.push(...found);
  } catch (error) {
    findings.push(unanswered('index', error));
  }
  const looks = [
    one('health', () => checkHealth(client, options, names, any)),
    one('writable', () => checkBlocks(client, options, names)),
    one('disk', () => checkDisks(client, options)),
    one('clock', () => checkClock(client, options, now)),
  ];
  for (const run of looks) await run();
  return findings;
}

function unanswered(check: string, error: unknown): ServerFinding {
  if (isRefusal(error)) return notAllowed(`look at the ${check}`, error, 'the cluster privilege monitor');
  return wrong(check, `the server gave no answer: ${reasonOf(error)}`, 'Look into its log.');
}

function synonymFindings(synonyms: Synonyms | undefined): ServerFinding[] {
  if (synonyms === undefined) return [];
  const empty = synonyms.filter((group) => group.filter((member) => tokenise(member).length > 0).length < 2);
  if (empty.length === 0) return [ok('synonyms', `${synonyms.length} groups, in use at once: no rebuild is needed`)];
  return [
    warning(
      'synonyms',
      `${empty.length} groups say nothing, such as "${empty[0]?.join(', ')}"`,
      'A group needs two members with letters or digits.',
    ),
  ];
}

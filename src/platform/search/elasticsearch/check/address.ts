import { type Client, errors } from '@elastic/elasticsearch';
import { messageOf } from '../../../../errors.js';
import type { ServerFinding } from '../../../finding.js';
import { reasonOf } from '../failure.js';
import { ok, warning, wrong } from './finding.js';

/** Major version of servers that the client was made for; it also speaks with the next one. */
const MAJOR = 8;

/** The address without a login. */
export function shownAddress(url: string): string {
  return url
    .split(',')
    .map((node) => {
      try {
        const { protocol, host } = new URL(node.trim());
        return `${protocol}//${host}`;
      } catch {
        return '(not an address)';
      }
    })
    .join(', ');
}

/** Who answers at the address. Nothing else needs to be asked when a finding is wrong. */
export async function checkAddress(client: Client, shown: string, timeoutMs: number): Promise<ServerFinding[]> {
  try {
    const { version } = await client.info({}, { requestTimeout: timeoutMs });
    return [ok('address', `Elasticsearch answers at ${shown}`), versionFinding(version.number)];
  } catch (error) {
    return [whyNot(error, shown)];
  }
}

function versionFinding(version: string): ServerFinding {
  const major = Number(version.split('.')[0]);
  if (major < MAJOR)
    return wrong('version', `the server is ${version}, the client is made for ${MAJOR}`, `Use Elasticsearch ${MAJOR}.`);
  if (major > MAJOR)
    return warning(
      'version',
      `the server is ${version}; it is spoken to as if it were ${MAJOR}`,
      `Tests run on Elasticsearch ${MAJOR}; prefer that.`,
    );
  return ok('version', version);
}

function whyNot(error: unknown, shown: string): ServerFinding {
  const set = 'ELASTICSEARCH_URL (platform.elasticsearch_url)';
  if (error instanceof errors.TimeoutError)
    return wrong(
      'address',
      `nothing answers in time at ${shown}`,
      `Check ${set} and whether a firewall stands between.`,
    );
  if (error instanceof errors.ProductNotSupportedError)
    return wrong(
      'product',
      `what answers at ${shown} is not Elasticsearch ${MAJOR}`,
      `Put the address of an Elasticsearch ${MAJOR} into ${set}. OpenSearch and older versions are other products.`,
    );
  if (error instanceof errors.DeserializationError)
    return wrong('product', `what answers at ${shown} is not Elasticsearch: it sends no JSON`, `Check ${set}.`);
  if (error instanceof errors.ResponseError) return answered(error, shown, set);
  const message = messageOf(error);
  if (/EPROTO|wrong version number|SSL|packet length/i.test(message))
    return wrong('protocol', `${shown} does not speak TLS: ${message}`, `Write http:// in ${set}, or turn TLS on.`);
  if (/self.signed|unable to (get|verify)|certificate/i.test(message))
    return wrong(
      'protocol',
      `the certificate of ${shown} is not trusted: ${message}`,
      'Name the authority that signed it in NODE_EXTRA_CA_CERTS.',
    );
  if (/parse error|HTTP\/1|Expected HTTP|other side closed|socket hang up|ECONNRESET/i.test(message))
    return wrong(
      'protocol',
      `what answers at ${shown} does not speak HTTP: ${message}`,
      `Put the HTTP port of Elasticsearch into ${set} (9200 unless set otherwise); with TLS, write https://.`,
    );
  return wrong('address', `nothing answers at ${shown}: ${message}`, `Start Elasticsearch, or correct ${set}.`);
}

function answered(error: errors.ResponseError, shown: string, set: string): ServerFinding {
  const reason = reasonOf(error);
  if (error.statusCode === 401)
    return wrong('login', `the login is refused: ${reason}`, `Put the right user and password into ${set}.`);
  if (error.statusCode === 403)
    return wrong(
      'permission',
      `the user may not ask for the version: ${reason}`,
      'Give it the cluster privilege monitor.',
    );
  if (error.statusCode === 503)
    return wrong('address', `${shown} is starting or has no master: ${reason}`, 'Wait, or look into its log.');
  return wrong(
    'product',
    `what answers at ${shown} is not Elasticsearch ${MAJOR}: status ${error.statusCode}`,
    `Put the address of an Elasticsearch ${MAJOR} into ${set}.`,
  );
}

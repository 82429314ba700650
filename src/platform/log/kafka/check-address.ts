import type { ServerFinding } from '../../finding.js';
import { type Apis, type Listener, probe } from './probe.js';

const CONNECT_MS = 3000;

/** Requests of the log, by number, with the versions that the client has. */
const NEEDED: readonly [api: number, name: string, min: number, max: number][] = [
  [0, 'Produce', 3, 7],
  [1, 'Fetch', 4, 11],
  [2, 'ListOffsets', 0, 3],
  [3, 'Metadata', 0, 6],
  [8, 'OffsetCommit', 0, 5],
  [9, 'OffsetFetch', 1, 4],
  [10, 'FindCoordinator', 1, 2],
  [11, 'JoinGroup', 0, 5],
  [12, 'Heartbeat', 0, 3],
  [13, 'LeaveGroup', 0, 3],
  [14, 'SyncGroup', 0, 3],
  [19, 'CreateTopics', 0, 3],
  [22, 'InitProducerId', 0, 1],
  [24, 'AddPartitionsToTxn', 0, 1],
  [25, 'AddOffsetsToTxn', 0, 1],
  [26, 'EndTxn', 0, 1],
  [28, 'TxnOffsetCommit', 0, 1],
  [32, 'DescribeConfigs', 0, 2],
  [33, 'AlterConfigs', 0, 1],
];

/** Whether a broker listens at the addresses that are configured. One that does is enough, though all are named. */
export async function judgeAddress(
  brokers: readonly string[],
  tls: boolean,
): Promise<{ found: ServerFinding[]; apis?: Apis }> {
  const found: ServerFinding[] = [];
  let apis: Apis | undefined;
  const listeners = await Promise.all(brokers.map((broker) => probeAddress(broker, tls)));
  const answers = listeners.some(({ kind }) => kind === 'kafka');
  for (const [i, listener] of listeners.entries()) {
    const broker = brokers[i] as string;
    if (listener.kind === 'kafka') {
      apis = listener.apis;
      found.push({ check: 'address', state: 'ok', message: `a Kafka broker answers at ${broker}` });
    } else found.push({ ...amiss(broker, listener), state: answers ? 'warning' : 'wrong' });
  }
  return { found, ...(apis !== undefined && { apis }) };
}

async function probeAddress(address: string, tls: boolean): Promise<Listener> {
  const at = address.lastIndexOf(':');
  const port = Number(address.slice(at + 1));
  const host = address.slice(0, at).replace(/^\[|\]$/g, '');
  if (at < 1 || !Number.isInteger(port) || port < 1 || port > 65_535)
    return { kind: 'none', message: 'it is not of the form host:port' };
  return probe(host, port, tls, CONNECT_MS);
}

function amiss(broker: string, listener: Exclude<Listener, { kind: 'kafka' }>): ServerFinding {
  const advice = {
    none: 'Start Kafka, or put the right host and port into KAFKA_BROKERS; a firewall may stand between.',
    other: "Put the port of a broker's client listener into KAFKA_BROKERS (9092 unless set otherwise).",
    tls: 'Set KAFKA_TLS=true (platform.kafka_tls), or use the port of a listener without TLS.',
    'no-tls': 'Set KAFKA_TLS=false (platform.kafka_tls), or use the port of the listener with TLS.',
    certificate:
      "The certificate must be for this host name, and from an authority that Node knows: NODE_EXTRA_CA_CERTS names the file of one's own.",
  }[listener.kind];
  const message =
    listener.kind === 'none'
      ? `nothing answers at ${broker}: ${listener.message}`
      : `${broker}: ${listener.kind === 'certificate' ? 'its certificate is not trusted: ' : ''}${listener.message}`;
  return { check: 'address', state: 'wrong', message, advice };
}

/** Brokers from 0.11 on have what is needed; later ones drop old versions of requests. */
export function judgeProtocol(apis: Apis): ServerFinding {
  const unfit = NEEDED.filter(([api, , min, max]) => {
    const has = apis.get(api);
    return has === undefined || has.max < min || has.min > max;
  });
  if (unfit.length === 0)
    return { check: 'version', state: 'ok', message: `the broker takes all ${NEEDED.length} kinds of requests` };
  const told = unfit.map(([api, name]) => {
    const has = apis.get(api);
    return has === undefined ? name : `${name} (has ${has.min} to ${has.max})`;
  });
  const message = `the broker does not take requests as this client sends them: ${told.join(', ')}`;
  return { check: 'version', state: 'wrong', message, advice: 'Use a Kafka broker of version 2.1 to 4.3.' };
}

/** Clients go on to the addresses that brokers tell: those must be reachable from here too. */
export async function judgeListeners(
  brokers: readonly { host: string; port: number }[],
  tls: boolean,
): Promise<ServerFinding[]> {
  const found = await Promise.all(
    brokers.map(async ({ host, port }): Promise<ServerFinding | undefined> => {
      const listener = await probe(host, port, tls, CONNECT_MS);
      return listener.kind === 'kafka' ? undefined : unreachable(`${host}:${port}`, listener.message);
    }),
  );
  const bad = found.filter((finding) => finding !== undefined);
  if (bad.length > 0) return bad;
  const told = brokers.map(({ host, port }) => `${host}:${port}`).join(', ');
  return [{ check: 'listeners', state: 'ok', message: `brokers are reached where they say: ${told}` }];
}

export function unreachable(address: string, problem: string): ServerFinding {
  return {
    check: 'listeners',
    state: 'wrong',
    message: `a broker tells its clients to go on to ${address}, but there: ${problem}`,
    advice: "Put an address that this machine reaches into the broker's advertised.listeners.",
  };
}

import { randomBytes } from 'node:crypto';
import { messageOf } from '../../../errors.js';
import type { ServerFinding } from '../../finding.js';
import type { TopicSpec } from '../port.js';
import { judgeAddress, judgeListeners, judgeProtocol, unreachable } from './check-address.js';
import { judgeTopics } from './check-topics.js';
import { tryOut } from './check-trial.js';
import { openClient } from './client.js';
import { typeOf } from './failure.js';
import { Names } from './names.js';
import type { KafkaLogOptions } from './options.js';

export interface KafkaCheckOptions extends KafkaLogOptions {
  /** Topics as they should be. */
  topics?: readonly TopicSpec[] | undefined;
  /** This machine's clock, in milliseconds since 1970. */
  now?: (() => number) | undefined;
}

const LIMIT_MS = 10_000;

/**
 * Looks whether brokers can carry the log, and says of everything that is amiss what to do. Never throws. It makes a topic of its
 * own, writes and reads one message, and removes it again: nothing else tells rights and clocks.
 */
export async function checkKafka(options: KafkaCheckOptions): Promise<ServerFinding[]> {
  const findings: ServerFinding[] = [];
  const add = (...found: ServerFinding[]): boolean => {
    findings.push(...found);
    return found.every(({ state }) => state !== 'wrong');
  };
  const { found, apis } = await judgeAddress(options.brokers, options.tls ?? false);
  if (!add(...found) && apis === undefined) return findings;
  if (apis !== undefined && !add(judgeProtocol(apis))) return findings;
  const client = openClient(options, { initialRetryTime: 100, retries: 1 });
  const admin = client.kafka.admin();
  try {
    try {
      await within(admin.connect(), 'no answer to the login');
      const cluster = await within(admin.describeCluster(), 'no answer about the cluster');
      add({ check: 'login', state: 'ok', message: loginOf(options) });
      if (!add(...(await judgeListeners(cluster.brokers, options.tls ?? false)))) return findings;
      add(...(await within(judgeTopics(admin, options, cluster.brokers.length), 'no answer about the topics')));
    } catch (error) {
      const address = elsewhere(error, options.brokers);
      add(address === undefined ? loginFinding(error, options) : unreachable(address, messageOf(error)));
      return findings;
    }
    const name = `${options.namespace}.check-${randomBytes(4).toString('hex')}`;
    const replication = options.replication ?? -1;
    add(...(await tryOut({ client, admin, name, replication, clock: options.now ?? Date.now })));
    return findings;
  } catch (error) {
    return [...findings, wrong('questions', messageOf(error), 'See the log of the broker.')];
  } finally {
    client.destroy();
  }
}

function loginOf({ sasl, namespace }: KafkaCheckOptions): string {
  const names = new Names(namespace);
  const who = sasl === undefined ? 'without a login' : `as ${sasl.username}, ${sasl.mechanism}`;
  return `${who}; topics and groups begin with ${names.group('')}`;
}

function loginFinding(error: unknown, { sasl }: KafkaCheckOptions): ServerFinding {
  const type = typeOf(error);
  const message = messageOf(error);
  if (type === 'UNSUPPORTED_SASL_MECHANISM' || /mechanism/i.test(message))
    return wrong(
      'login',
      `the broker does not take ${sasl?.mechanism ?? 'this login'}: ${message}`,
      'Put a mechanism into KAFKA_SASL (platform.kafka_sasl) that the listener has enabled.',
    );
  if (sasl === undefined)
    return wrong(
      'login',
      `the broker answers, but cuts the connection of a client without a login: ${message}`,
      'The listener wants a login: set KAFKA_SASL, KAFKA_USERNAME and KAFKA_PASSWORD, or use the port of another listener.',
    );
  if (type === 'ILLEGAL_SASL_STATE')
    return wrong(
      'login',
      `the listener takes no login: ${message}`,
      'Leave out KAFKA_SASL, or use the port of the listener with SASL.',
    );
  return wrong(
    'login',
    `the login of ${sasl.username} was refused: ${message}`,
    'Put the right name and password into KAFKA_USERNAME and KAFKA_PASSWORD.',
  );
}

/** The address of a broker that was learnt from another one, when the error is about such. */
function elsewhere(error: unknown, brokers: readonly string[]): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { broker } = at as { broker?: unknown };
    if (typeof broker === 'string') return brokers.includes(broker) ? undefined : broker;
  }
  return undefined;
}

async function within<T>(work: Promise<T>, otherwise: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${otherwise} within ${LIMIT_MS} ms`)), LIMIT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}

const wrong = (check: string, message: string, advice: string): ServerFinding => ({
  check,
  state: 'wrong',
  message,
  advice,
});

import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import kafkajs, {
  type Cluster,
  type ISocketFactoryArgs,
  type Kafka,
  type RetryOptions,
  type SASLOptions,
} from 'kafkajs';
import { CLOSED } from './failure.js';
import { forwardTo } from './logger.js';
import { DEFAULTS, type KafkaLogOptions } from './options.js';
import { quietQueues } from './quiet-queue.js';

const CONNECT_MS = 3000;
const REQUEST_MS = 10_000;
const LOGIN_MS = 5000;
/** Pauses of 0.1 to 1 s, some 4 s in all: what takes longer is tried again by the caller, who knows how long to wait. */
const RETRY = { initialRetryTime: 100, maxRetryTime: 1000, retries: 6 };

/** kafkajs, with a switch to turn it off: its retries go on in the background after its users gave up, then without a wire. */
export interface KafkaClient {
  kafka: Kafka;
  /** Cuts every connection, and lets none be made again. */
  destroy(): void;
}

class Destroyed extends Error {
  constructor() {
    super(CLOSED);
  }
}

export function openClient(options: KafkaLogOptions, retry: RetryOptions = RETRY): KafkaClient {
  quietQueues();
  const { brokers, clientId = DEFAULTS.clientId, tls = false, sasl, logger } = options;
  const sockets = new Set<Socket>();
  let destroyed = false;
  const socketFactory = ({ host, port, ssl, onConnect }: ISocketFactoryArgs): Socket => {
    if (destroyed) throw new Destroyed();
    const socket = ssl
      ? connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }), ...ssl }, onConnect)
      : connectTcp({ host, port }, onConnect);
    socket.setKeepAlive(true, 60_000);
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  const kafka = new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    ssl: tls,
    ...(sasl !== undefined && { sasl: sasl as SASLOptions }),
    connectionTimeout: CONNECT_MS,
    requestTimeout: REQUEST_MS,
    authenticationTimeout: LOGIN_MS,
    retry,
    socketFactory,
    logLevel: kafkajs.logLevel.WARN,
    logCreator: forwardTo(logger, () => destroyed),
  });
  return {
    kafka,
    destroy() {
      destroyed = true;
      for (const socket of sockets) socket.destroy(new Destroyed());
    },
  };
}

/**
 * The connections that kafkajs' consumers stand on, without a consumer: an assigner is given them, and is made with its consumer,
 * which is never started. Reading through them takes no group, and passes by the consumer's own loop, which hands over aborted
 * messages where two aborted transactions overlap, and ends or restarts itself at outages.
 */
export function clusterOf({ kafka }: KafkaClient): Cluster {
  let found: Cluster | undefined;
  kafka.consumer({
    groupId: 'none',
    // Ends of partitions then count open transactions: who reads up to them waits for those to be decided.
    readUncommitted: true,
    allowAutoTopicCreation: false,
    partitionAssigners: [
      ({ cluster }) => {
        found = cluster;
        return {
          name: 'none',
          version: 0,
          assign: async () => [],
          protocol: () => ({ name: 'none', metadata: Buffer.alloc(0) }),
        };
      },
    ],
  });
  if (found === undefined) throw new Error('kafkajs gave no cluster to its assigner');
  return found;
}

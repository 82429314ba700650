import type { PlatformLogger } from '../../platform.js';
import type { MessageCodec } from './codec.js';

export interface KafkaLogOptions {
  /** host:port of brokers to start from; the others are learnt from them. */
  brokers: readonly string[];
  /** Begins the name of every topic, group and transactional id, with a dot. */
  namespace: string;
  clientId?: string | undefined;
  /** TLS with the certificate authorities that Node trusts. */
  tls?: boolean | undefined;
  sasl?: KafkaLogin | undefined;
  /** Copies of every partition of new topics; absent leaves it to the brokers. */
  replication?: number | undefined;
  /** How values are written; absent: UTF-8 text. */
  codec?: MessageCodec | undefined;
  logger?: PlatformLogger | undefined;
  /** A consumer that is silent for so long has its partitions given to others, in milliseconds; brokers refuse less than 6000. */
  sessionTimeoutMs?: number | undefined;
  /** How long an append, an answer or a consumer that runs to the end waits for brokers that are away, in milliseconds. */
  patienceMs?: number | undefined;
}

export interface KafkaLogin {
  mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  username: string;
  password: string;
}

export const DEFAULTS = { clientId: 'assay', sessionTimeoutMs: 10_000, patienceMs: 30_000 } as const;

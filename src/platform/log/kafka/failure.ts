import { AssayError, messageOf } from '../../../errors.js';
import { isConnectionLost } from '../../guard.js';

/** The protocol's name of an error, as UNKNOWN_TOPIC_OR_PARTITION; undefined for errors that are not the broker's answer. */
export function typeOf(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { type } = at as { type?: unknown };
    if (typeof type === 'string') return type;
  }
  return undefined;
}

/** kafkajs' names of errors that mean: the broker cannot be reached, or did not answer in time. */
const AWAY_NAMES = new Set([
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
  'KafkaJSBrokerNotFound',
  'KafkaJSNoBrokerAvailableError',
  'KafkaJSGroupCoordinatorNotFound',
  'KafkaJSMetadataNotLoaded',
  'KafkaJSTopicMetadataNotLoaded',
  'KafkaJSLockTimeout',
]);

/** Answers of brokers that are starting, stopping or electing: the same request succeeds a little later. */
const AWAY_TYPES = new Set([
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'OFFSET_NOT_AVAILABLE',
  'REQUEST_TIMED_OUT',
  'BROKER_NOT_AVAILABLE',
  'REPLICA_NOT_AVAILABLE',
  'NETWORK_EXCEPTION',
  'GROUP_LOAD_IN_PROGRESS',
  'COORDINATOR_LOAD_IN_PROGRESS',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR_FOR_GROUP',
  'NOT_COORDINATOR',
  'NOT_ENOUGH_REPLICAS',
  'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
  'NOT_CONTROLLER',
  'KAFKA_STORAGE_ERROR',
  'CONCURRENT_TRANSACTIONS',
]);

/** The message of the error that a client which was turned off gives to what was under way: no sign of the broker's health. */
export const CLOSED = 'the client is closed';

export function isOutage(error: unknown): boolean {
  if (error instanceof Error && error.message.endsWith(CLOSED)) return false;
  if (isConnectionLost(error)) return true;
  for (let at = error; at instanceof Error; at = at.cause) {
    const { name, type } = at as { name: string; type?: string };
    if (AWAY_NAMES.has(name) || (type !== undefined && AWAY_TYPES.has(type))) return true;
  }
  return false;
}

/** Answers that no repeat and no restart changes: somebody has to set something up. */
const SETUP_TYPES = new Set([
  'TOPIC_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
  'SASL_AUTHENTICATION_FAILED',
  'UNSUPPORTED_SASL_MECHANISM',
  'ILLEGAL_SASL_STATE',
  'UNSUPPORTED_VERSION',
  'INVALID_SESSION_TIMEOUT',
  'INVALID_TRANSACTION_TIMEOUT',
  'POLICY_VIOLATION',
  'INVALID_CONFIG',
  'INVALID_REPLICATION_FACTOR',
  'INVALID_TIMESTAMP',
  'INVALID_RECORD',
]);

export function isSetup(error: unknown): boolean {
  const type = typeOf(error);
  if (type !== undefined) return SETUP_TYPES.has(type);
  for (let at = error; at instanceof Error; at = at.cause)
    if (at.name === 'KafkaJSSASLAuthenticationError' || at.name === 'KafkaJSServerDoesNotSupportApiKey') return true;
  return false;
}

/** The error that callers see: AssayErrors as they are, setup faults as PLATFORM_INVALID, anything else as PLATFORM_UNAVAILABLE. */
export function asAssayError(error: unknown, doing: string): AssayError {
  if (error instanceof AssayError) return error;
  const details = { server: 'kafka', ...(typeOf(error) !== undefined && { type: typeOf(error) }) };
  const code = isSetup(error) ? 'PLATFORM_INVALID' : 'PLATFORM_UNAVAILABLE';
  return new AssayError(code, `kafka: ${doing}: ${messageOf(error)}`, { cause: error, details });
}

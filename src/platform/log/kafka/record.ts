import { isUtf8 } from 'node:buffer';
import type { IHeaders, Message } from 'kafkajs';
import { messageOf } from '../../../errors.js';
import { hash32 } from '../../../hash.js';
import { isUnavailable } from '../../guard.js';
import type { LogMessage, StoredMessage } from '../port.js';
import type { MessageCodec } from './codec.js';
import type { FetchedRecord } from './protocol.js';

/** A message as it is sent, and where. */
export interface Outgoing {
  /** As the brokers know it. */
  topic: string;
  partition: number;
  message: Message;
  key: string;
  bytes: number;
}

/** What a record costs besides key, value and headers, rounded up. */
const OVERHEAD = 40;

/** Messages as they are sent. The partition is the one that the log in files chooses for the key. */
export async function encodeAll(
  plainTopic: string,
  topic: string,
  partitions: number,
  messages: readonly LogMessage[],
  codec: MessageCodec | undefined,
): Promise<Outgoing[]> {
  const out: Outgoing[] = new Array(messages.length);
  for (let i = 0; i < messages.length; i++) {
    const source = messages[i] as LogMessage;
    const { key, headers, timestamp } = source;
    let value: Buffer | null = null;
    if (source.value !== null) {
      if (codec === undefined) value = Buffer.from(source.value);
      else {
        const encoded = codec.encode(plainTopic, source);
        value = Buffer.isBuffer(encoded) ? encoded : await encoded;
      }
    }
    const partition = partitions === 1 ? 0 : hash32(key) % partitions;
    const message: Message = { key: Buffer.from(key), value, partition };
    let bytes = OVERHEAD + (message.key?.length ?? 0) + (value?.length ?? 0);
    if (headers !== undefined) {
      message.headers = headers;
      for (const name in headers) bytes += 2 + 3 * (name.length + (headers[name] as string).length);
    }
    if (timestamp !== undefined) message.timestamp = String(timestamp);
    out[i] = { topic, partition, message, key, bytes };
  }
  return out;
}

/**
 * Messages as they were appended. One that cannot be decoded has its bytes in base64 and the reason in `fault`.
 * @throws AssayError PLATFORM_UNAVAILABLE when what the codec needs is away: that is no fault of the message.
 */
export async function decodeAll(
  plainTopic: string,
  records: readonly FetchedRecord[],
  codec: MessageCodec | undefined,
): Promise<StoredMessage[]> {
  const messages: StoredMessage[] = new Array(records.length);
  for (let i = 0; i < records.length; i++) {
    const record = records[i] as FetchedRecord;
    const { value } = record;
    const message: StoredMessage = {
      offset: Number(record.offset),
      key: record.key?.toString('utf8') ?? '',
      value: null,
      headers: headersOf(record.headers),
      timestamp: Number(record.timestamp),
    };
    if (value !== null) {
      try {
        const decoded = codec === undefined ? textOf(value) : codec.decode(plainTopic, value);
        message.value = typeof decoded === 'string' ? decoded : await decoded;
      } catch (error) {
        if (isUnavailable(error)) throw error;
        message.value = value.toString('base64');
        message.fault = messageOf(error);
      }
    }
    messages[i] = message;
  }
  return messages;
}

function textOf(value: Buffer): string {
  if (!isUtf8(value)) throw new Error('the value is not UTF-8 text');
  return value.toString('utf8');
}

function headersOf(headers: IHeaders): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) found[name] = last.toString('utf8');
  }
  return found;
}

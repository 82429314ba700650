import type { LogMessage } from '../port.js';

/** How the values of messages are written to the brokers. Tombstones have no value and never reach it. */
export interface MessageCodec {
  encode(topic: string, message: LogMessage): Buffer | Promise<Buffer>;
  /** @throws AssayError SCHEMA_INVALID for bytes that it did not write. */
  decode(topic: string, bytes: Buffer): string | Promise<string>;
}

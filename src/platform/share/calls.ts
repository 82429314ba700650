import type { WireReply, WireRequest } from '../database/wire.js';
import type { CompactionResult, LogMessage, PartitionPosition, TopicSpec } from '../log/port.js';

/** What another process may ask of the one that holds the data directory: parameters and answer of each call. */
export interface Calls {
  database: { parameters: [WireRequest]; answer: WireReply };
  createTopics: { parameters: [readonly TopicSpec[]]; answer: undefined };
  append: { parameters: [string, readonly LogMessage[]]; answer: undefined };
  positions: { parameters: [string, string | undefined]; answer: PartitionPosition[] };
  compact: { parameters: [string]; answer: CompactionResult };
  erase: { parameters: [string, readonly string[]]; answer: number };
}

export type CallName = keyof Calls;

export interface CallFrame {
  id: number;
  name: CallName;
  parameters: unknown[];
}

export interface ReplyFrame {
  id: number;
  answer?: unknown;
  error?: { code: string; message: string; details: Record<string, unknown> };
}
